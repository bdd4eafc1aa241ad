"""Owns the answering of questions: each is asked once, of the database as it is published."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from site_builder.nouns.answer import Answer
from site_builder.nouns.edition import Edition
from site_builder.nouns.output import LATEST, Output
from site_builder.writers.forms.sqlite import database_name
from site_builder.writers.questions import Question, questions, statement
from site_builder.writers.rows import row_count


def answered(edition: Edition, data: Iterable[Output]) -> Mapping[str, Answer]:
    """Return the answer to every question by its name; `data` holds the database among the files of the data set."""
    path = LATEST + database_name(edition.catalog)
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(next(output.content for output in data if output.path == path))
        return {name: _answer(edition, connection, name, question) for name, question in questions().items()}
    finally:
        connection.close()


def _answer(edition: Edition, connection: sqlite3.Connection, name: str, question: Question) -> Answer:
    sql = statement(question, edition.catalog.codes)
    missing = tuple(table for table in question.NEEDS if table not in edition.schemas)
    if missing:
        return Answer(name, sql, unpublished=missing)
    cursor = connection.execute(sql)
    columns = tuple(column for column, *_ in cursor.description)
    rows = tuple(cursor.fetchall())
    lacking = tuple(_lacking(question, columns, rows))
    return Answer(name, sql, columns, rows, lacking=lacking, empty=tuple(_empty(edition, question)))


def _lacking(question: Question, columns: tuple[str, ...], rows: tuple[tuple[Any, ...], ...]) -> Iterable[str]:
    """Return the columns that hold the answer where all of them are empty in every row."""
    telling: tuple[str, ...] = getattr(question, "TELLS", ())
    places = [columns.index(name) for name in telling]
    return telling if rows and not any(row[place] is not None for row in rows for place in places) else ()


def _empty(edition: Edition, question: Question) -> Iterator[str]:
    return (name for name in question.NEEDS if not row_count(edition, edition.schemas[name]))
