"""Owns how a mistake in a CSV file of values is told: what, where, and what was meant; refuses to find any."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from site_builder.nouns.diagnostic import Location, found
from site_builder.readers.casting import Problem
from site_builder.readers.csv_reports import Reports
from site_builder.readers.csv_text import CsvText
from site_builder.readers.date_forms import is_prose, span


@dataclass
class Mistakes:
    """The mistakes in one file, told of the indicator whose values it holds, where that is one."""

    text: CsvText
    reports: Reports
    record: str = ""
    """Id of the indicator."""
    prose_at: int = 0
    """Line of words that was seen last: the next one belongs to it."""

    def report(self, name: str, place: Location, *, field: str = "", **values: Any) -> None:
        """Report what is wrong at a place."""
        length = values.pop("length", 1)
        self.reports.add(found(name, place, values.items(), record=self.record, field=field, length=length))

    def problem(self, problem: Problem, number: int, key: str, index: int) -> None:
        """Report why a cell is no value of its column."""
        place, length = self.text.place(number, index)
        text = (self.text.cells(number) or [""] * (index + 1))[index]
        if key == "period" and (ends := span(text)):
            self.report("period-of-years", place, value=text, first=ends[0], last=ends[1], length=length)
            return
        if key == "period" and not problem.suggestion and is_prose(text):
            self.prose(number, index)
            return
        self.problem_at(place, length, problem, key)

    def prose(self, number: int, index: int) -> None:
        """Report words where a value should stand, once for the lines that follow each other."""
        if number - 1 != self.prose_at:
            place, length = self.text.place(number, index)
            self.report("csv-text-line", place, value=self.text.written(place, length), length=length)
        self.prose_at = number

    def problem_at(self, place: Location, length: int, problem: Problem, key: str) -> None:
        """Report why what stands at a place is no value of its column."""
        if problem.offset >= 0:
            place, length = Location(place.file, place.line, place.column + problem.offset), 1
        self.reports.add(
            found(
                problem.name,
                place,
                {**dict(problem.arguments), "key": key}.items(),
                record=self.record,
                field=key,
                suggestion=problem.suggestion.strip('"'),
                length=length,
            )
        )
