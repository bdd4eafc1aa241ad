"""Owns what belongs to the evidence pack of a commitment: its rows in every table and what they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from site_builder.nouns.edition import Edition
from site_builder.nouns.schema import Table
from site_builder.writers.package import readme_name, spoken, zipped
from site_builder.writers.rows import Cells, table_rows
from site_builder.writers.tables import csv_bytes

OWNED_BY = ("commitment_id", "update_id", "update_item_id", "milestone_id")
"""Columns by which a row belongs to a commitment: directly, or through a row that does."""
NAMED = ("plans", "assessments", "organisations", "sources")
"""Tables of which a pack has only the rows that others in it name; a table stands before those that it names."""

Pack = dict[str, list[Cells]]
"""Rows of a pack by table."""


def gather(edition: Edition) -> Mapping[str, Pack]:
    """Return the rows of every pack by commitment; each table is read through once."""
    packs: dict[str, Pack] = {record.id: {} for record in edition.catalog.rows("commitments")}
    owners: dict[str, dict[str, str]] = {column: {} for column in OWNED_BY}
    owners["commitment_id"] = {commitment: commitment for commitment in packs}
    records: dict[tuple[str, str], str] = {}
    for table in edition.schemas:
        for row, owner in _owned(edition, table, owners):
            packs[owner].setdefault(table.name, []).append(row)
            keys = _values(edition, table, row)
            if len(table.key) == 1 and table.key[0] in owners:
                owners[table.key[0]][keys[0]] = owner
            records[table.name, "/".join(keys)] = owner
    _add_provenance(edition, packs, records)
    _add_named(edition, packs)
    return packs


def _owned(edition: Edition, table: Table, owners: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[Cells, str]]:
    """Yield the rows of a table that belong to a commitment, with it."""
    columns = table.columns(edition.catalog.codes)
    name = next((name for name in OWNED_BY if name in columns), None)
    if name is None or table.name in NAMED:
        return
    place, known = columns.index(name), owners[name]
    for row in table_rows(edition, table):
        if owner := known.get(row[place]):
            yield row, owner


def _values(edition: Edition, table: Table, row: Cells) -> list[str]:
    """Return the parts of a row's key."""
    columns = table.columns(edition.catalog.codes)
    return [str(row[columns.index(name)]) for name in table.key]


def _add_provenance(edition: Edition, packs: Mapping[str, Pack], records: Mapping[tuple[str, str], str]) -> None:
    """Give each row of provenance to the commitment of whose values it speaks."""
    table = edition.schemas["provenance"]
    columns = table.columns(edition.catalog.codes)
    of, record = columns.index("table_name"), columns.index("record_id")
    for row in table_rows(edition, table):
        if owner := records.get((row[of], row[record])):
            packs[owner].setdefault("provenance", []).append(row)


def _add_named(edition: Edition, packs: Mapping[str, Pack]) -> None:
    """Add to each pack what its rows name."""
    codes = edition.catalog.codes
    known: dict[str, dict[str, Cells]] = {}
    places: dict[str, list[tuple[int, str]]] = {}
    for table in edition.schemas:
        columns = table.columns(codes)
        if table.name in NAMED:
            known[table.name] = {row[columns.index(table.key[0])]: row for row in table_rows(edition, table)}
        places[table.name] = [
            (columns.index(column), target) for column, target in table.reference_of.items() if target in NAMED
        ]
    for pack in packs.values():
        named: dict[str, set[str]] = {name: set() for name in NAMED}
        for table_name in [*pack, *NAMED]:
            if named.get(table_name):
                pack[table_name] = [known[table_name][key] for key in sorted(named[table_name])]
            for row in pack.get(table_name, ()):
                for place, target in places[table_name]:
                    if row[place] in known[target]:
                        named[target].add(row[place])


def pack_bytes(edition: Edition, commitment: str, pack: Pack) -> bytes:
    """Return the zip of a pack; the same rows give the same bytes."""
    catalog = edition.catalog
    mark = bool(catalog.site.get("csv_byte_order_mark"))
    record = catalog.by_id["commitments"][commitment]
    plan = catalog.by_id["plans"][record.get("plan_id")]
    files = {
        f"{name}.csv": csv_bytes(edition.schemas[name].columns(catalog.codes), rows, byte_order_mark=mark)
        for name, rows in pack.items()
    }
    for code in catalog.codes:
        title = next(
            (catalog.text(record, name) for name in ("title", "title_ogp") if catalog.text(record, name)), None
        )
        name = f"{commitment}: {title.shown(code)[0]}" if title else commitment
        shown = catalog.text(plan, "title").shown(code)[0]
        files[readme_name(catalog, code)] = spoken(edition, "pack.readme", code, name=name, plan=shown)
    return zipped(files)
