"""Owns how the filled rows of a returned workbook become files of updates, each value with the cell it came from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from site_builder.derive.rounds import Round, debts_of
from site_builder.interchange.issue_update import is_round_name
from site_builder.interchange.rounds.cells import Choices, Place, Slips, choices_of
from site_builder.interchange.rounds.columns import (
    LOCKED,
    ROWS,
    YES,
    Column,
    Say,
    evidence_columns,
    milestone_columns,
)
from site_builder.interchange.rounds.made import Item, Made, Path
from site_builder.interchange.rounds.sheets import Finder, Grid, Seal, read_seal
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.suggest import closest
from site_builder.readers.xlsx import WorkbookRefused, read_workbook
from site_builder.writers.yaml_text import Code, Value, yaml_text


@dataclass(frozen=True)
class Returned:
    """A workbook that came back."""

    name: str
    content: bytes


def read_returned(
    book: Returned, catalog: Catalog, reported_on: date, says: Mapping[str, Say]
) -> tuple[list[Made], Slips]:
    """Return the updates of a workbook and what is wrong in it; `catalog` is as seen on the day of the report.

    `says` has every language that the program speaks, the one of the messages first.
    """
    slips = Slips()
    whole = Place(book.name)
    try:
        sheets = read_workbook(book.content)
    except WorkbookRefused as refused:
        slips.add(f"workbook-{refused.kind.replace('_', '-')}", whole)
        return [], slips
    seal = read_seal(sheets)
    if seal is None:
        slips.add("workbook-foreign", whole)
        return [], slips
    if not is_round_name(seal.round) or not debts_of(catalog, Round(seal.plan, seal.round)):
        slips.add("workbook-of-nothing", whole, plan=seal.plan[:60], round=seal.round[:60])
        return [], slips
    choices = _choices(catalog, seal, says)
    finder = Finder(book.name, [sheet for sheet in sheets if sheet.name != seal.sheet], says, choices, slips)
    milestones = finder.grid("milestones", milestone_columns(catalog.codes))
    evidence = finder.grid("evidence", evidence_columns(catalog.codes))
    if milestones is None or evidence is None:
        return [], slips
    reading = _Reading(catalog, seal, reported_on, slips, milestones)
    made = list(reading.files(evidence))
    return ([] if slips.all else made), slips


def _choices(catalog: Catalog, seal: Seal, says: Mapping[str, Say]) -> Choices:
    lists = {
        name: [
            (str(record.get("code")), label)
            for record in catalog.codes_of.get(name, ())
            for label in catalog.text(record, "label").by_language.values()
        ]
        for name in ("statuses", "evidence_kinds")
    }
    lists[YES] = [(code, say(f"round_book.{code}")) for say in says.values() for code in (YES, "no")]
    lists[ROWS] = [(name, name) for name in seal.rows]
    shown = {
        name: tuple(catalog.text(record, "label").shown(seal.language)[0] for record in catalog.codes_of.get(name, ()))
        for name in ("statuses", "evidence_kinds")
    }
    say = next(iter(says.values()))
    return choices_of(lists, {**shown, YES: (say("round_book.yes"), say("round_book.no")), ROWS: tuple(seal.rows)})


@dataclass
class _Reading:
    """A workbook being read; what is wrong with it is gathered."""

    catalog: Catalog
    seal: Seal
    reported_on: date
    slips: Slips
    grid: Grid
    items: dict[str, Item] = field(default_factory=dict)
    """By the short id of what the row reports on, in the order of the sheet."""
    unchanged: dict[str, Place] = field(default_factory=dict)
    """Where it was said that nothing changed, by the short id of the commitment."""

    def files(self, evidence: Grid) -> Iterator[Made]:
        """Yield the file of each commitment on which something is reported."""
        for row in self.grid.row_numbers():
            if not self.grid.is_empty(row):
                self.read_row(row)
        for row in evidence.row_numbers():
            if not evidence.is_empty(row):
                self.read_evidence(evidence, row)
        by_commitment: dict[str, list[str]] = {}
        for short, item in self.items.items():
            if not item.is_empty:
                by_commitment.setdefault(self.commitment_of(short), []).append(short)
        for commitment, place in self.unchanged.items():
            if commitment in by_commitment:
                self.slips.add("no-change-with-report", place)
            else:
                yield self.made(commitment, [])
        for commitment, shorts in by_commitment.items():
            if commitment not in self.unchanged:
                yield self.made(commitment, shorts)

    def commitment_of(self, short: str) -> str:
        """Return the short id of the commitment of a row."""
        found = self.record(short)
        whole = found.parent if found is not None and found.table == "milestones" else f"{self.seal.plan}-{short}"
        return whole.removeprefix(f"{self.seal.plan}-")

    def record(self, short: str) -> Record | None:
        """Return the commitment or milestone that a row is about, if the organisation leads it."""
        full = f"{self.seal.plan}-{short}"
        record = self.catalog.find("commitments", full) or self.catalog.find("milestones", full)
        commitment = record.parent if record is not None and record.table == "milestones" else full
        return record if commitment in self._led else None

    @property
    def _led(self) -> frozenset[str]:
        rows = self.catalog.referring("commitment_organisations", "organisation_id", self.seal.organisation)
        return frozenset(row.get("commitment_id") for row in rows if row.get("role") == "lead")

    def read_row(self, row: int) -> None:
        """Read a row to which something can be reported; one that is only as it was sent reports nothing."""
        grid = self.grid
        short = grid.text(row, "id")
        place = grid.place(row, "id")
        if not short:
            self.slips.add("row-without-id", place)
            return
        record = self.record(short)
        sealed = self.seal.rows.get(short)
        if record is None or sealed is None:
            self.slips.add("row-unknown", place, value=short[:60], suggestion=closest(short[:60], self.seal.rows))
            return
        if short in self.items:
            self.slips.add("row-twice", place, value=short)
            return
        for key, told in zip(LOCKED, sealed, strict=True):
            if grid.text(row, key) != told:
                self.slips.add("locked-changed", grid.place(row, key), value=grid.text(row, key)[:60], suggestion=told)
        self.items[short] = self.item(row, short, record)

    def item(self, row: int, short: str, record: Record) -> Item:
        item = Item(self.grid.place(row, "id"))
        new_due = self.put(item, row, "new_due", "date_change", "new_due")
        for key in ("status", "progress_pct", "completed_on"):
            self.put(item, row, key, key)
        # why and by whom belongs to the move of the date where there is one, else to the status
        above = ("date_change",) if new_due is not None else ()
        for code in self.catalog.codes:
            self.put(item, row, f"note_{code}", "note", code)
            self.put(item, row, f"reason_{code}", *above, "reason", code)
            self.put(item, row, f"decision_{code}", *above, "decision", code)
        if new_due is not None:
            self.move(item, row, record)
        self.no_change(row, short, record)
        return item

    def put(self, item: Item, row: int, key: str, *path: str) -> Value | None:
        grid = self.grid
        value = grid.cells.value(row, grid.at[key], grid.columns[key])
        item.put(value, grid.place(row, key), *path)
        return value

    def move(self, item: Item, row: int, record: Record) -> None:
        """Add the date before a move; it is the one that the content has, and the one that the workbook showed."""
        place = self.grid.place(row, "new_due")
        shown = self.grid.text(row, "due")
        due = self.told_before(record, shown) or record.get("due_current") or record.get("due_baseline")
        if record.table == "commitments":
            self.slips.add("deadline-of-milestones", place)
        elif due is None:
            self.slips.add("deadline-unknown", place)
        elif due.isoformat() != shown:
            self.slips.add("deadline-changed", place, value=shown, now=due.isoformat())
        else:
            item.put(due, place, "date_change", "old_due")

    def told_before(self, record: Record, shown: str) -> date | None:
        """Return the date before a move that was taken over from this very round already."""
        for change in self.catalog.referring("date_changes", "milestone_id", record.id):
            update = self.catalog.find("updates", change.get("update_id"))
            old: date = change.get("old_due")
            if update is not None and update.get("round") == self.seal.round and old.isoformat() == shown:
                return old
        return None

    def no_change(self, row: int, short: str, record: Record) -> None:
        grid = self.grid
        value = grid.cells.value(row, grid.at["no_change"], grid.columns["no_change"])
        if value is not None and record.table == "milestones":
            self.slips.add("no-change-place", grid.place(row, "no_change"))
        elif value:
            self.unchanged[short] = grid.place(row, "no_change")

    def read_evidence(self, grid: Grid, row: int) -> None:
        """Read evidence and add it to the row that it is for."""
        columns: Mapping[str, Column] = grid.columns

        def value(key: str) -> Value | None:
            return grid.cells.value(row, grid.at[key], columns[key])

        before = len(self.slips.all)
        of = value("of")
        if not isinstance(of, Code):
            if len(self.slips.all) == before:
                self.slips.add("evidence-of-nothing", grid.place(row, "of"))
            return
        item = self.items.get(of.text)
        if item is None:
            self.slips.add("evidence-of-nothing", grid.place(row, "of"))
            return
        number = len(item.evidence)
        told: dict[str, Value] = {"id": Code(f"e{number + 1:02d}")}
        item.origins["evidence", number] = grid.place(row, "of")
        titles = {code: value(f"title_{code}") for code in self.catalog.codes}
        for code in titles:
            item.origins["evidence", number, "title", code] = grid.place(row, f"title_{code}")
        for key in ("kind", "title", "url", "dated_on", "independent"):
            if key == "title":
                given: Value | None = {code: text for code, text in titles.items() if text is not None} or None
                item.origins["evidence", number, key] = grid.place(row, f"title_{self.catalog.codes[0]}")
            else:
                given = value(key)
                item.origins["evidence", number, key] = grid.place(row, key)
            if given is not None:
                told[key] = given
        for key in ("kind", "title"):
            if key not in told and len(self.slips.all) == before:
                self.slips.add("evidence-needs", item.origins["evidence", number, key])
        item.evidence.append(told)

    def made(self, commitment: str, shorts: list[str]) -> Made:
        """Return the file of a commitment; the folder and the name are those that the content gives."""
        full = f"{self.seal.plan}-{commitment}"
        record = self.catalog.by_id["commitments"][full]
        name = record.location.file.rsplit("/", 1)[-1]
        tree: dict[str, Value] = {"reported_on": self.reported_on, "organisation": Code(self.seal.organisation)}
        origins: dict[Path, Place] = {(): self.unchanged.get(commitment) or self.items[shorts[0]].place}
        if not shorts:
            tree["no_change"] = True
        items: list[Value] = []
        for number, short in enumerate(shorts):
            item = self.items[short]
            origins["items", number] = item.place
            origins.update({("items", number, *path): place for path, place in item.origins.items()})
            own = short.removeprefix(f"{commitment}-")
            named: dict[str, Value] = {"milestone": Code(own)} if short != commitment else {}
            items.append({**named, **item.values, "evidence": item.evidence})
        tree["items"] = items
        rows = {f"{self.seal.plan}-{short}": item.place for short, item in self.items.items()}
        return Made(f"plans/{self.seal.plan}/updates/{self.seal.round}/{name}", yaml_text(tree), origins, rows)
