"""Owns what becomes of a value that is there already: the same is skipped, another is a conflict or a new version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from site_builder.interchange.series.ledger import Left
from site_builder.interchange.series.rows import Keys, Row, Table, Terms
from site_builder.nouns.diagnostic import Diagnostic, found
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.csv_reports import Reports
from site_builder.readers.defaults import usual_values
from site_builder.readers.drafts import Grammar

COMPARED = ("value", "observation_status", "series_break", "lower_bound", "upper_bound")
"""Columns that make another value of a value; where the others differ, what is there stays and that is told."""
Key = tuple[Keys, str, str]
"""Codes, first and last period."""


@dataclass(frozen=True)
class Revision:
    """That values which differ are taken as a new version, and why they do."""

    vintage: str
    reason: str = ""
    language: str = ""


@dataclass
class Merging:
    """The joining of new rows with the values of one indicator."""

    terms: Terms
    catalog: Catalog
    indicator: str
    revision: Revision | None
    known: dict[Key, list[Record]] = field(init=False)
    seen: dict[tuple[Key, str], tuple[Table, Row]] = field(default_factory=dict)
    kept: list[tuple[Keys, Keys]] = field(default_factory=list)
    """Codes and cells of the rows that are new."""
    origins: list[tuple[Table, Row]] = field(default_factory=list)
    """Where each of them stood: the table and the row as it was read."""
    revised: int = 0

    def __post_init__(self) -> None:
        sheet = self.terms.sheet
        grammar = self.terms.grammar
        observed = grammar.schemas["observations"]
        self.names = list(sheet)
        self.index = {name: place for place, name in enumerate(self.names)}
        self.column_of = {name: column for name, (column, _) in sheet.items()}
        self.read: Mapping[str, Callable[[str], Any]] = {
            name: _typed(grammar, observed, item) for name, (_, item) in sheet.items()
        }
        self.usual = usual_values(observed)
        self.known = _known(self.catalog, self.indicator, self.terms.dimensions)
        self.soft = [name for name in self.names if name not in (*COMPARED, "period", "period_end", "vintage")]

    def take(self, table: Table, row: Row, reports: Reports) -> None:
        """Keep a row, skip it or report it."""
        cells, index = row.cells, self.index
        key = (row.group.codes, cells[index["period"]], cells[index["period_end"]])
        vintage = cells[index["vintage"]]
        first_table, first = self.seen.setdefault((key, vintage), (table, row))
        if first is not row:
            self._again(table, row, (first_table, first), reports)
            return
        versions = self.known.get(key, [])
        same_version = [record for record in versions if str(record.get("vintage") or "") == vintage]
        other = same_version[0] if vintage and same_version else versions[-1] if versions and not vintage else None
        if other is None:
            self._keep(table, row, cells)
        elif not self._differs(cells, other):
            table.ledger.add(Left(table.file, "", "same"), row.line)
            self._told_otherwise(table, row, other)
        elif self.revision is not None and not vintage and str(other.get("vintage") or "") != self.revision.vintage:
            self._keep(table, row, self._as_version(cells, self.revision))
            self.revised += 1
        else:
            reports.add(self._conflict(table, row, other))

    def _keep(self, table: Table, row: Row, cells: Keys) -> None:
        self.kept.append((row.group.codes, cells))
        self.origins.append((table, row))

    def _again(self, table: Table, row: Row, before: tuple[Table, Row], reports: Reports) -> None:
        """Skip a row that repeats one of the same import, report one that contradicts it."""
        first_table, first = before
        if all(self.read[name](row.cells[at]) == self.read[name](first.cells[at]) for name, at in self.index.items()):
            table.ledger.add(Left(table.file, "", "repeated"), row.line)
            return
        place, length = table.place(row, "value")
        values = {
            "period": row.cells[self.index["period"]],
            "value": row.cells[self.index["value"]],
            "other": first.cells[self.index["value"]],
            "first_file": first_table.file,
            "first_line": first.line,
        }
        reports.add(found("value-twice", place, values.items(), record=self.indicator, field="value", length=length))

    def _differs(self, cells: Keys, other: Record) -> bool:
        """Whether a row says another thing of its value than what is there; silence does not differ."""
        value = self.read["value"](cells[self.index["value"]])
        if value != other.get("value"):
            return True
        for name in COMPARED[1:]:
            written = cells[self.index[name]]
            if written and self.read[name](written) != other.get(self.column_of[name]):
                return True
        return False

    def _told_otherwise(self, table: Table, row: Row, other: Record) -> None:
        for name in self.soft:
            written = row.cells[self.index[name]]
            if written and self.read[name](written) != other.get(self.column_of[name]):
                table.ledger.add(Left(table.file, name, "kept"), row.line)

    def _as_version(self, cells: Keys, revision: Revision) -> Keys:
        values = list(cells)
        values[self.index["vintage"]] = revision.vintage
        notes = [place for name, place in self.index.items() if name.startswith("note_")]
        note = self.index.get(f"note_{revision.language}")
        if note is not None and revision.reason and not any(values[place] for place in notes):
            values[note] = revision.reason
        return tuple(values)

    def _conflict(self, table: Table, row: Row, other: Record) -> Diagnostic:
        place, length = table.place(row, "value")
        where = other.where("value")
        values = {
            "period": row.cells[self.index["period"]],
            "value": self._shown(row.cells),
            "other": self._shown_record(other),
            "first_file": where.file,
            "first_line": where.line,
            "indicator": self.indicator,
        }
        return found("series-conflict", place, values.items(), record=self.indicator, field="value", length=length)

    def _shown(self, cells: Keys) -> str:
        written = (cells[self.index[name]] for name in COMPARED)
        return ", ".join(text for text in written if text) or "–"

    def _shown_record(self, record: Record) -> str:
        said = (record.get(self.column_of[name]) for name in COMPARED if name != "series_break")
        return ", ".join(str(value) for value in said if value is not None)


def _typed(grammar: Grammar, table: Any, item: Any) -> Callable[[str], Any]:
    reader = grammar.reader(table, item)
    return lambda text: reader(text)[0] if text else None


def _known(catalog: Catalog, indicator: str, dimensions: Iterable[str]) -> dict[Key, list[Record]]:
    """Return the values that an indicator has, the newest version last."""
    names = tuple(dimensions)
    known: dict[Key, list[Record]] = {}
    for series in catalog.referring("series", "indicator_id", indicator):
        codes = tuple(str(series.get(name)) for name in names)
        for record in catalog.referring("observations", "series_id", series.id):
            key = (codes, str(record.get("period")), str(record.get("period_end") or ""))
            known.setdefault(key, []).append(record)
    for versions in known.values():
        versions.sort(key=lambda record: str(record.get("vintage") or ""))
    return known


def merged(merging: Merging, tables: Iterable[tuple[Table, Iterable[Row]]]) -> Iterator[Diagnostic]:
    """Join the rows of tables with what is there; yield what contradicts."""
    for table, rows in tables:
        reports = Reports([])
        for row in rows:
            merging.take(table, row, reports)
        reports.close()
        yield from reports.findings
