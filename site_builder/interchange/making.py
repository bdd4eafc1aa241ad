"""Owns what all parts of an import share: the wish, the phrases, what was made so far, entries of provenance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from site_builder.interchange.names import Register
from site_builder.interchange.ogp_rows import Row
from site_builder.interchange.prose import Taken, one_line, plain
from site_builder.interchange.remarks import Remark, remark
from site_builder.nouns.schema import Schemas
from site_builder.readers.drafts import Grammar
from site_builder.writers.yaml_text import Code, Value

Say = Callable[..., str]
"""Says a phrase of the program by its key, in the language of the site that the program speaks."""
Tree = dict[str, Value]


@dataclass(frozen=True)
class Wish:
    """What is asked of an import."""

    country: str
    """Code or name, as asked."""
    plans: tuple[int, ...]
    """Numbers of plans; none: all of the country."""
    plan_ids: Mapping[int, str]
    """Ids that were asked for single plans."""
    pattern: str
    """How the id of a plan is made from its number: `nap{number}`; empty: by whether the plan is national."""
    language: str
    """Language of the texts."""
    spoken: str
    """Language of the site in which the program can say something of its own."""
    as_of: date
    file_name: str


@dataclass
class Making:
    """An import at work: the files made so far, the organisations known, what was said."""

    wish: Wish
    schemas: Schemas
    say: Say
    tags: Mapping[str, str]
    """Codes of policy areas by OGP's column."""
    source: str
    """Id of the dataset among the sources."""
    taken: Taken
    organisations: Register
    new_organisations: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name and kind by id, of those that have no file yet."""
    trees: dict[str, Tree] = field(default_factory=dict)
    """Files to be written, by path."""
    remarks: list[Remark] = field(default_factory=list)

    def tell(self, kind: str, row: Row, column: str = "", **values: object) -> None:
        """Say what could not be taken over from a cell."""
        commitment = one_line(row.get("Commitment Unique Identifier"))[:40]
        self.remarks.append(remark(kind, row=row.line, commitment=commitment, column=column, **values))

    def line(self, row: Row, column: str) -> str:
        """Return a cell as a text on one line, without what is about persons."""
        return one_line(self.taken.out(plain(row.get(column))))

    @cached_property
    def _grammar(self) -> Grammar:
        return Grammar(self.schemas, (self.wish.language,))

    def fits(self, table: str, name: str, text: str) -> bool:
        """Whether a text can stand in a field."""
        described = self.schemas[table]
        return self._grammar.reader(described, described.by_name[name])(text)[1] is None

    def own(self, key: str, **values: object) -> Tree:
        """Return words of the program as a text of the content."""
        return {self.wish.spoken: self.say(f"import.{key}", **values)}

    def text(self, words: str) -> Tree:
        """Return words of the dataset as a text of the content."""
        return {self.wish.language: words}

    def told(self, fields: Iterable[str], status: str, *, source: str = "", note: str = "", **values: object) -> Tree:
        """Return an entry of provenance; `note` is the key of a phrase."""
        entry: Tree = {"fields": [Code(name) for name in fields], "status": Code(status)}
        if source:
            entry["source"] = Code(source)
        if note:
            entry["note"] = self.own(note, **values)
        return entry

    def missing(self, table: str, tree: Mapping[str, Value], nested: Iterable[str] = ()) -> list[Tree]:
        """Return the entry that says which fields of a record the dataset does not tell."""
        known = self.schemas[table].by_column_stem.items()
        names = [stem for stem, item in known if item.listed and stem not in tree]
        names += [name for name in nested if not tree.get(name)]
        return [self.told(names, "missing")] if names else []


def us_day(text: str) -> date | None:
    """Return a day as the dataset writes it, month first; None where it is none."""
    parts = text.strip().split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    month, day, year = (int(part) for part in parts)
    try:
        made = date(year + 2000 if len(parts[2]) == 2 else year, month, day)
    except ValueError:
        return None
    return made if 2000 <= made.year <= 2100 else None
