"""Owns a record: one row of a written table, with the place of every value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from site_builder.nouns.diagnostic import Location
from site_builder.nouns.row_cells import Cell, RowCells
from site_builder.nouns.text import Text


class Record(NamedTuple):
    """One row of a written table; `cells` are keyed by column (`title_en`)."""

    table: str
    id: str
    """Key of the row; the parts of a composite key are joined by a slash."""
    cells: Mapping[str, Cell]
    location: Location
    parent: str = ""
    """Id of the record in which this one is nested."""
    parent_table: str = ""
    spoiled: frozenset[str] = frozenset()
    """Keys in YAML about which something was reported already."""
    context: tuple[str, ...] = ()
    """Ids that a short reference may continue: the commitment, the plan."""

    def get(self, column: str) -> Any:
        """Return the value of a column, None where there is none."""
        cells = self.cells
        if type(cells) is RowCells:
            # what RowCells.value does; a long table is asked so often that one call less counts
            place = cells.shape.index.get(column)
            return None if place is None else cells.values_in_order[place]
        cell = cells.get(column)
        return None if cell is None else cell.value

    def values(self) -> dict[str, Any]:
        """Return the values by column, without their places."""
        if type(self.cells) is RowCells:
            return self.cells.plain()
        return {column: cell.value for column, cell in self.cells.items()}

    def where(self, column: str) -> Location:
        """Return the place of a column's value, else of the record."""
        cell = self.cells.get(column)
        return self.location if cell is None else cell.location

    def text(self, field_name: str, languages: tuple[str, ...]) -> Text:
        """Return a localized field in all its languages."""
        texts = {lang: self.get(f"{field_name}_{lang}") for lang in languages}
        return Text({lang: text for lang, text in texts.items() if text is not None})
