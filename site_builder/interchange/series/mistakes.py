"""Owns how a mistake in a table of others is told: at its cell, and what runs on through many lines once."""

from __future__ import annotations

from dataclasses import dataclass

from site_builder.nouns.diagnostic import Location, found
from site_builder.readers.casting import Problem
from site_builder.readers.csv_reports import Reports
from site_builder.readers.csv_text import CsvText


@dataclass
class Mistakes:
    """The mistakes of one table."""

    text: CsvText
    reports: Reports
    prose_at: int = 0
    """Line of words that was told last: the next one belongs to it."""

    def tell(self, name: str, place: Location, **values: object) -> None:
        """Tell one by the name of its rule."""
        length = int(str(values.pop("length", 1)))
        column = str(values.get("key", ""))
        self.reports.add(found(name, place, values.items(), field=column, length=length))

    def refuse(self, problem: Problem, place: Location, key: str, length: int) -> None:
        """Tell why a cell is no value of its column."""
        if problem.offset >= 0:
            place, length = Location(place.file, place.line, place.column + problem.offset), 1
        values = {**dict(problem.arguments), "key": key}
        meant = problem.suggestion.strip('"')
        self.reports.add(found(problem.name, place, values.items(), field=key, suggestion=meant, length=length))

    def prose(self, number: int, place: int) -> None:
        """Tell words where a value should stand, once for the lines that follow each other."""
        if number - 1 != self.prose_at:
            at, length = self.text.place(number, place)
            self.tell("csv-text-line", at, value=self.text.written(at, length), length=length)
        self.prose_at = number
