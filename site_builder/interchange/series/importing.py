"""Owns the story of an import of series: read, map, join with what is there, make the files. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from site_builder.interchange.making import Say
from site_builder.interchange.prompts import Prompter
from site_builder.interchange.series.codes import codes_of
from site_builder.interchange.series.ledger import Ledger
from site_builder.interchange.series.mapping import NOTHING, UNIT, Mapped, read_mapping
from site_builder.interchange.series.merging import Merging, Revision, merged
from site_builder.interchange.series.open_sdg import Naming, subjects_of
from site_builder.interchange.series.rows import Keys, Row, Table, Terms
from site_builder.interchange.series.sheets import extended, new_sheet
from site_builder.interchange.series.subjects import (
    SHARED,
    Made,
    Subject,
    facts_of,
    file_of,
    missing_lines,
    record,
)
from site_builder.interchange.series.table import read_table
from site_builder.nouns.diagnostic import Diagnostic, Severity, found, in_order
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.readers.csv_header import value_columns
from site_builder.readers.defaults import dimensions_of
from site_builder.readers.drafts import Grammar
from site_builder.writers.yaml_text import Code, yaml_text

UNKNOWN = "unknown"
"""State of the data of an indicator of which nothing is told."""
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Wish:
    """What is asked of an import."""

    file: str
    """Name of the table or of the folder, as findings name it."""
    language: str
    """Language of the texts."""
    spoken: str = ""
    """Language of the messages."""
    pattern: str = "sdg-{id}"
    """How the id of an indicator is made from its name in a tree of Open SDG."""
    revision: Revision | None = None


@dataclass(frozen=True)
class Place:
    """Where an import goes: the content that is there."""

    files: Files
    catalog: Catalog
    schemas: Schemas

    @property
    def grammar(self) -> Grammar:
        return Grammar(self.schemas, self.catalog.codes)


@dataclass
class Done:
    """What an import made; with an error there is nothing to be written."""

    files: dict[str, bytes] = field(default_factory=dict)
    """Files that are new or longer than they were, by path below the content."""
    findings: list[Diagnostic] = field(default_factory=list)
    made: list[Made] = field(default_factory=list)
    ledgers: list[Ledger] = field(default_factory=list)
    read: int = 0
    """Rows read."""
    origins: dict[str, list[tuple[Table, Row]]] = field(default_factory=dict)
    """Table and row as it was read, of each row at the end of a file, by its path below the content."""

    def at_source(self, finding: Diagnostic, path: str) -> Diagnostic:
        """Return a finding in a file that the import made, at the row of the table from which it was made."""
        made = self.origins.get(path, [])
        before = self.files.get(path, b"").count(b"\n") - len(made)
        if finding.location.line <= before:
            return finding
        table, row = made[finding.location.line - before - 1]
        place, length = table.place(row, finding.field)
        return replace(finding, location=place, length=length)

    @property
    def errors(self) -> list[Diagnostic]:
        return in_order([finding for finding in self.findings if finding.severity is Severity.ERROR])

    def counts(self) -> dict[str, int]:
        """Return how often each kind of thing was met."""
        counts: dict[str, int] = {}
        for ledger in self.ledgers:
            for kind, count in ledger.counts().items():
                counts[kind] = counts.get(kind, 0) + count
        return dict(sorted(counts.items()))


def import_table(content: bytes, mapping: tuple[str, bytes] | None, wish: Wish, place: Place, *, say: Say) -> Done:
    """Return what a tidy table gives; `mapping` is the name and the content of the mapping file."""
    done = Done()
    terms = _terms(mapping, place, done, is_strict=True)
    if done.errors:
        return done
    table = read_table(wish.file, content, terms)
    by_indicator: dict[str, Subject] = {}
    for row in table.rows:
        name = row.group.indicator
        by_indicator.setdefault(name, Subject(name, table)).rows.append(row)
    done.read = table.read
    _finish(_Making(wish, place, terms, done, say), list(by_indicator.values()), [table])
    return done


def import_tree(files: Files, mapping: tuple[str, bytes] | None, wish: Wish, place: Place, *, say: Say) -> Done:
    """Return what a tree of Open SDG gives; `files` has its folders of data, metadata and configuration."""
    done = Done()
    terms = _terms(mapping, place, done, is_strict=False)
    if done.errors:
        return done
    naming = Naming(wish.language, wish.pattern, wish.file)
    found_there = subjects_of(files, naming, place.catalog, terms)
    done.findings += found_there.findings
    done.ledgers.append(found_there.ledger)
    done.read = sum(table.read for table in found_there.tables)
    making = _Making(wish, place, terms, done, say)
    _finish(making, found_there.subjects, found_there.tables)
    if not done.errors:
        used = {subject.tree.get("source") for subject in found_there.subjects}
        made = {name: tree for name, tree in found_there.sources.items() if Code(name) in used}
        done.files |= {f"sources/{name}.yaml": yaml_text(tree).encode("utf-8") for name, tree in made.items()}
    return done


@dataclass(frozen=True)
class _Making:
    """An import at work."""

    wish: Wish
    place: Place
    terms: Terms
    done: Done
    say: Say


def _terms(mapping: tuple[str, bytes] | None, place: Place, done: Done, *, is_strict: bool) -> Terms:
    grammar = place.grammar
    series, observed = place.schemas["series"], place.schemas["observations"]
    dimensions = {item.name: item.codelist for item in dimensions_of(series)}
    mapped: Mapped = NOTHING
    if mapping is not None:
        mapped, findings = read_mapping(*mapping, [*value_columns(grammar), *dimensions])
        done.findings += findings
    lists = {**dimensions, UNIT: series.by_name["unit"].codelist}
    lists["observation_status"] = observed.by_name["observation_status"].codelist
    codes = codes_of(place.catalog, lists, mapped)
    statuses = place.catalog.codes_of.get(lists["observation_status"], ())
    missing = next((str(status.get("code")) for status in statuses if status.get("means") == "missing"), "")
    return Terms(grammar, codes, mapped, missing, is_strict)


def _finish(making: _Making, subjects: Sequence[Subject], tables: Iterable[Table]) -> None:
    """Join the rows with what is there and make the files, unless something is wrong."""
    done = making.done
    for table in tables:
        done.findings += table.findings
        done.ledgers.append(table.ledger)
    for subject in sorted(subjects, key=lambda subject: subject.indicator):
        done.findings += _of_one_unit(subject, making.place.catalog)
        _make(making, subject)
    if done.errors:
        done.files.clear()


def _of_one_unit(subject: Subject, catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield the first row whose unit is another than that of the indicator."""
    indicator = catalog.find("indicators", subject.indicator)
    told = facts_of(subject) if indicator is None else {UNIT: str(indicator.get(UNIT))}
    for row in subject.rows:
        unit = row.group.facts.get(UNIT, told.get(UNIT))
        if unit != told.get(UNIT):
            place, length = subject.table.place(row, UNIT)
            values = {"value": unit, "other": told.get(UNIT, ""), "indicator": subject.indicator}
            yield found("series-two-units", place, values.items(), field=UNIT, length=length)
            return


def _make(making: _Making, subject: Subject) -> None:
    place, terms, done = making.place, making.terms, making.done
    merging = Merging(terms, place.catalog, subject.indicator, making.wish.revision)
    done.findings += merged(merging, [(subject.table, subject.rows)])
    indicator = place.catalog.find("indicators", subject.indicator)
    rows, given = _shared(merging, indicator, place.catalog)
    made = Made(subject.indicator, subject.table.file, indicator is None, len(rows), merging.revised)
    done.made.append(made)
    path = f"indicators/{subject.indicator}"
    if indicator is None:
        tree = record(subject, rows, terms, given)
        has_source = "source" in tree or all(cells[merging.index["source"]] for _, cells in rows)
        lacking = missing_lines(tree, terms, has_source=has_source)
        made.left_to_do = [line.key for line in lacking]
        # a file without a key says nothing to the reader; that nobody knows the state is true
        tree = tree or {"availability": {"availability_state": Code(UNKNOWN)}}
        told = [making.say("import_series.made_from", file=subject.table.file.rpartition("/")[2])]
        if lacking:
            told += [making.say("import_series.prompt")]
        prompter = Prompter(place.catalog, making.wish.spoken, making.say)
        prompts = [text for line in lacking for text in prompter.optional(line)]
        done.files[f"{path}.yaml"] = file_of(tree, told, prompts)
    if rows:
        sheet = place.files.get(f"{path}.csv")
        order = (terms.dimensions, merging.names)
        done.files[f"{path}.csv"] = extended(sheet, *order, rows) if sheet else new_sheet(*order, rows)
        done.origins[f"{path}.csv"] = merging.origins


def _shared(
    merging: Merging, indicator: Record | None, catalog: Catalog
) -> tuple[list[tuple[Keys, Keys]], dict[str, str]]:
    """Return the rows without what the indicator says for all of them, and what a new one shall say."""
    rows, given = merging.kept, {}
    for name in SHARED:
        place = merging.index[name]
        if indicator is None:
            said = {cells[place] for _, cells in rows}
            usual = said.pop() if len(said) == 1 else ""
            if usual:
                given[name] = usual
        else:
            column = merging.column_of[name]
            series = catalog.referring("series", "indicator_id", indicator.id)
            values = {str(item.get(column) or "") for item in (indicator, *series)}
            usual = values.pop() if len(values) == 1 else ""
        if usual:
            rows = [(codes, _without(cells, place, usual)) for codes, cells in rows]
    return rows, given


def _without(cells: Keys, place: int, usual: str) -> Keys:
    return (*cells[:place], "", *cells[place + 1 :]) if cells[place] == usual else cells
