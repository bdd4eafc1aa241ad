"""Owns the promise that a coded value stands in its code list."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.record import Catalog
from site_builder.readers.suggest import closest
from site_builder.readers.usual_words import usual_code


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield codes that no list has, and lists that a schema names but no file holds. Each place once."""
    lists = {name: [str(record.get("code")) for record in records] for name, records in catalog.codes_of.items()}
    reported: set[Location] = set()
    for table in catalog.schemas:
        for item in table.fields:
            if not item.codelist:
                continue
            if catalog.is_unread(f"codelists/{item.codelist}"):
                continue
            if item.codelist not in lists:
                yield found(
                    "codelist-missing",
                    Location(table.file),
                    value=item.codelist,
                    field=item.name,
                    suggestion=closest(item.codelist, lists),
                )
                continue
            codes, columns = lists[item.codelist], catalog.columns(table.name)
            known = set(codes)
            for record, value in columns.given(item.name) if not columns.distinct(item.name) <= known else ():
                if value in known or (cell := record.cells[item.name]).location in reported:
                    continue
                reported.add(cell.location)
                yield found(
                    "code-unknown",
                    cell.location,
                    value=cell.value,
                    list=item.codelist,
                    known=", ".join(codes),
                    record=record.id,
                    field=table.key_in_yaml(item),
                    length=cell.length,
                    suggestion=_labelled(str(cell.value), catalog, item.codelist)
                    or usual_code(item.name, str(cell.value), known)
                    or closest(str(cell.value), codes),
                )


def _labelled(written: str, catalog: Catalog, codelist: str) -> str:
    """Return the code whose label somebody wrote in its place, in whichever language; else what alone means it."""
    said = written.strip().casefold()
    for record in catalog.codes_of[codelist]:
        if said in {str(record.get(f"label_{code}") or "").casefold() for code in catalog.codes}:
            return str(record.get("code"))
    meant = [str(record.get("code")) for record in catalog.codes_of[codelist] if record.get("means") == said]
    return meant[0] if len(meant) == 1 else ""
