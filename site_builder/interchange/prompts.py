"""Owns how the keys of a file are put before somebody who fills it in: as comments that explain, and as keys to fill.

Every line to be filled in begins with a number sign and a space, as editors comment a line out; a line that explains
begins with two signs, so that it is a comment still when the first one is taken away.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from site_builder.interchange.making import Say
from site_builder.nouns.record import Catalog
from site_builder.nouns.text import Text
from site_builder.readers.blanks import PROVENANCE, Line, Shape

WIDTH = 96
"""Characters of a line that explains."""
SHOWN_CODES = 30
"""Codes of a list that are shown; of a longer list its file is named."""
ON_ONE_LINE = 5
EXPLAINS = "## "


@dataclass(frozen=True)
class Prompter:
    """Speaks of the keys of a content in one language."""

    catalog: Catalog
    language: str
    say: Say

    def explained(self, line: Line, *, brief: bool = False) -> Iterator[str]:
        """Yield the lines that explain a key: name, meaning, what is written, the codes with their labels."""
        label, text = (Text(texts).shown(self.language)[0] for texts in (line.labels, line.descriptions))
        codes = [] if brief else self.codes(line)
        told = [f"{label}." if brief else f"{label}: {text}", "" if codes else self.form(line)]
        if line.required:
            told.append(self.say("new.required"))
        yield from wrapped(" ".join(part for part in told if part))
        if len(codes) <= ON_ONE_LINE:
            yield from wrapped("; ".join(f"{code} = {name}" for code, name in codes))
        else:
            yield from (f"  {code} = {name}" for code, name in codes)

    def form(self, line: Line) -> str:
        """Return in words what is written under a key; empty where the meaning tells it."""
        item = line.item
        if item is None or line.names or line.shape is Shape.TEXTS:
            return ""
        if item.codelist:
            known = self.catalog.codes_of.get(item.codelist, ())
            if len(known) > SHOWN_CODES:
                return self.say("new.form.long_list", file=f"codelists/{item.codelist}.yaml")
            return self.say("new.form.code", known=" | ".join(str(record.get("code")) for record in known))
        if line.refers_to:
            target = Text(self.catalog.schemas[line.refers_to].labels).shown(self.language)[0]
            return self.say("new.form.reference", table=target)
        kind = "partial_date" if item.partial_date else "address" if item.format == "uri" else item.type
        return "" if kind == "string" else self.say(f"new.form.{kind}")

    def codes(self, line: Line) -> list[tuple[str, str]]:
        """Return the codes that can be chosen with their labels; none where the list is too long to be shown."""
        known = self.catalog.codes_of.get(line.item.codelist, ()) if line.item and line.item.codelist else ()
        if len(known) > SHOWN_CODES:
            return []
        labels = (self.catalog.text(record, "label").shown(self.language)[0] for record in known)
        return [(str(record.get("code")), label) for record, label in zip(known, labels, strict=True)]

    def optional(self, line: Line) -> Iterator[str]:
        """Yield a key that may be left out, as a comment: what explains it and what is to be filled in."""
        yield from (f"{EXPLAINS}{text}" for text in self.explained(line))
        yield from (f"# {text}" for text in self._keys(line))

    def _keys(self, line: Line) -> Iterator[str]:
        """Yield a key with what is to be filled in below it."""
        if line.shape is Shape.TEXTS:
            yield f"{line.key}:"
            yield from (f'  {code}: ""' for code in self.catalog.codes)
        elif line.shape is Shape.CODES:
            yield f"{line.key}: []"
        elif line.shape is Shape.RECORDS:
            yield f"{line.key}:"
            yield from self._item(line.lines)
        elif line.shape is Shape.RECORD:
            yield f"{line.key}:"
            yield from (f"  {text}" for text in self._below(line.lines))
        else:
            yield f"{line.key}:"

    def _item(self, lines: Iterable[Line]) -> Iterator[str]:
        """Yield the first record of a list; its first key stands behind the dash."""
        dash = "  - "
        for text in self._below(lines):
            is_comment = text.startswith("#")
            yield f"    {text}" if is_comment or dash == "" else f"{dash}{text}"
            dash = dash if is_comment else ""

    def _below(self, lines: Iterable[Line]) -> Iterator[str]:
        """Yield the keys of a record within another, each briefly explained; how to tell an origin stands once."""
        for line in lines:
            if line.key != PROVENANCE:
                yield from (f"{EXPLAINS}{text}" for text in self.explained(line, brief=True))
                yield from self._keys(line)


def wrapped(text: str) -> list[str]:
    """Return a text on lines that an editor shows whole; codes and addresses stay in one piece."""
    return textwrap.wrap(text, WIDTH, break_on_hyphens=False, break_long_words=False)
