"""The database: a table a published table with its keys, the questions as views, a full-text index."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import chain, islice, repeat
from typing import Any

from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Reference, Schemas
from site_builder.nouns.unavailable import DatabaseUnavailable
from site_builder.writers.columns import Values, columns_of_rows
from site_builder.writers.dataset import Dataset, Sheet
from site_builder.writers.dictionary import DICTIONARY, Column, dictionary_header, dictionary_rows
from site_builder.writers.forms import File
from site_builder.writers.full_text import COLUMNS, Keys, text_entries
from site_builder.writers.package import said
from site_builder.writers.questions import questions, statement
from site_builder.writers.tables import json_lines, plain_number

APART = True
"""It shares only rows with other forms."""
PRAGMAS = ("page_size = 4096", "encoding = 'UTF-8'", "auto_vacuum = none", "secure_delete = on")
"""What decides the bytes of a file and is otherwise up to how the library was built."""
TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
"""Type of a column; all others are text, days among them, since the library has no type for a day."""
SEARCH = f"""create virtual table search using fts5 (
    {", ".join(f"{name} unindexed" for name in COLUMNS[:3])}, {", ".join(COLUMNS[3:])},
    tokenize = 'unicode61 remove_diacritics 0'
)"""
"""Letters keep their marks: й is no и."""
SEARCH_WORDS = """create table search_words (
    "language" TEXT NOT NULL,
    "word" TEXT NOT NULL,
    "search_key" TEXT NOT NULL,
    primary key ("language", "word")
) without rowid"""
SHADOWS = ("data", "idx", "content", "docsize", "config")
"""Endings of the tables in which the library keeps a full-text index, arranged as it likes."""
Member = tuple[str, Callable[[], bytes]]
"""Name of a file into which a packed form can be taken apart, and what makes its bytes."""
STORED_AS_IT_IS = frozenset({str, int, float, bool, type(None)})
"""Types of values that the library takes; a truth becomes 0 or 1."""
MOST_PARAMETERS = 900
"""Values that are handed over with a statement; however the library was built, it takes 999."""
STATEMENTS = "statements.sql"
"""Name under which the hash of what a database says counts the statements that make its tables, views and indexes."""
TRUTH = re.compile(r'"(\w+)" INTEGER(?: NOT NULL)? check \("\1" in \(0, 1\)\)')
"""A column of truths in the statement of its table."""
OWN = frozenset({"about", "data_dictionary", "search", "search_words"})
"""Tables of the file beside the published ones."""


def plan_files(catalog: Catalog, schemas: Schemas) -> Iterable[str]:
    return [database_name(catalog)]


def write(dataset: Dataset) -> Iterable[File]:
    yield database_name(dataset.edition.catalog), database(dataset)


def database_name(catalog: Catalog) -> str:
    """Return the name of the database."""
    return f"{catalog.site.id}.sqlite"


def database(dataset: Dataset) -> bytes:
    """Return the database as a file; the same dataset gives the same bytes with the same SQLite."""
    connection = connect(dataset)
    try:
        return connection.serialize()
    finally:
        connection.close()


def connect(dataset: Dataset) -> sqlite3.Connection:
    """Return a connection to the database in memory, complete and ready to be asked.

    Raises DatabaseUnavailable where Python's SQLite has no full-text search.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")
    connection.execute("begin")
    for sheet in dataset.sheets.values():
        _add_sheet(connection, sheet)
    _add_dictionary(connection, dataset)
    _add_about(connection, dataset)
    _add_search(connection, dataset)
    _add_questions(connection, dataset)
    connection.execute("commit")
    return connection


def members(content: bytes) -> Iterator[Member]:
    """Yield what a database says: its statements, and each table as the JSON Lines that lie beside it.

    How the library arranged all this makes no difference. Raises sqlite3.DatabaseError where the bytes are no database.
    """
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    kept = connection.execute("select type, name, sql from sqlite_master where sql is not null order by type, name")
    statements = kept.fetchall()
    virtual = [name for _, name, sql in statements if sql.upper().startswith("CREATE VIRTUAL")]
    arranged = {f"{name}_{part}" for name in virtual for part in SHADOWS}
    said = [(kind, name, sql) for kind, name, sql in statements if name not in arranged]
    yield STATEMENTS, "".join(f"{sql};\n" for _, _, sql in said).encode
    yield from ((f"{name}.jsonl", partial(_rows, connection, name, sql)) for kind, name, sql in said if kind == "table")
    connection.close()


def _rows(connection: sqlite3.Connection, table: str, statement: str) -> bytes:
    """Return a table as JSON Lines; a number that has no fraction, and a truth, stand there as in other forms."""
    order = "1, 2" if statement.endswith("without rowid") else "rowid"
    rows = connection.execute(f'select * from "{table}" order by {order}')  # noqa: S608 - a name in the database
    names, truths = [column[0] for column in rows.description], {*TRUTH.findall(statement)}
    read = zip(names, columns_of_rows(rows), strict=False)  # where there are no rows, no columns are read
    columns = [Values([*values.each(_truth if name in truths else _number)]) for name, values in read]
    return json_lines(names, columns).content


def _truth(value: Any) -> bool | None:
    return None if value is None else bool(value)


def _number(value: Any) -> object:
    return plain_number(value) if type(value) is float else value


def _add_sheet(connection: sqlite3.Connection, sheet: Sheet) -> None:
    connection.execute(_create(sheet))
    _insert(connection, sheet.name, dict(zip(sheet.header, sheet.values, strict=True)))
    for reference in sheet.table.references:
        # a key that begins with the column is an index of it already
        if reference.field not in {key[0] for key in (sheet.table.key, *sheet.table.unique_keys)}:
            index = f"{sheet.name}_by_{reference.field}"
            connection.execute(f'create index "{index}" on "{sheet.name}" ("{reference.field}")')


def _create(sheet: Sheet) -> str:
    """Return the statement that makes a table."""
    table = sheet.table
    lines = [_column(column) for column in sheet.columns]
    lines.append(f"primary key ({_names(table.key)})")
    lines += [f"unique ({_names(key)})" for key in table.unique_keys]
    lines += [_foreign_key(reference) for reference in table.references]
    body = ",\n    ".join(lines)
    return f'create table "{table.name}" (\n    {body}\n)'


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _column(column: Column) -> str:
    """Return the definition of a column; a truth is 0 or 1."""
    filled = " NOT NULL" if column.required else ""
    truth = f' check ("{column.name}" in (0, 1))' if column.type == "boolean" else ""
    return f'"{column.name}" {TYPES.get(column.type, "TEXT")}{filled}{truth}'


def _foreign_key(reference: Reference) -> str:
    """Return the definition of a reference; it names no column, which means the key of the other table.

    It is judged when a transaction ends, so that rows may be added in any order.
    """
    return f'foreign key ("{reference.field}") references "{reference.table}" deferrable initially deferred'


def _insert(connection: sqlite3.Connection, table: str, columns: Mapping[str, Values]) -> None:
    """Add rows by their columns: many with a statement, which is handed over once what stands in all of them."""
    filled = {name: values for name, values in columns.items() if values.kinds - {type(None)}}
    shared = {name: _stored(values.only[0]) for name, values in filled.items() if values.only}
    own = {name: _stored_column(values) for name, values in filled.items() if name not in shared}
    place = ", ".join([*(f"?{number}" for number in range(1, len(shared) + 1)), *"?" * len(own)])
    begin = f'insert into "{table}" ({_names([*shared, *own])}) values '  # noqa: S608 - the names are checked
    count = max((len(values.in_order) for values in filled.values()), default=0)
    rows = zip(*own.values(), strict=True) if own else repeat((), count)
    while block := list(islice(rows, (MOST_PARAMETERS - len(shared)) // max(len(own), 1))):
        connection.execute(begin + ", ".join([f"({place})"] * len(block)), [*shared.values(), *chain(*block)])


def _insert_one_by_one(
    connection: sqlite3.Connection, table: str, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> None:
    """Add rows with a statement each: before one with many the index of texts would put away the part it is making."""
    places = ", ".join("?" * len(header))
    statement = f'insert into "{table}" ({_names(header)}) values ({places})'  # noqa: S608 - the names are checked
    connection.executemany(statement, rows)


def _stored_column(values: Values) -> Iterable[object]:
    """Return the values of a column as the database holds them."""
    return values.in_order if values.kinds <= STORED_AS_IT_IS else values.each(_stored)


def _stored(value: Any) -> object:
    """Return a value as the database holds it: a day as ISO text; a truth becomes 0 or 1 by itself."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def _add_dictionary(connection: sqlite3.Connection, dataset: Dataset) -> None:
    header = dictionary_header(dataset.edition)
    whole = {"position", "required"}
    columns = ",\n    ".join(f'"{name}" {"INTEGER" if name in whole else "TEXT"}' for name in header)
    key = _names((DICTIONARY[0], DICTIONARY[2]))
    connection.execute(f"create table data_dictionary (\n    {columns},\n    primary key ({key})\n)")
    rows = dictionary_rows(dataset.edition)
    _insert(connection, "data_dictionary", dict(zip(header, columns_of_rows(rows), strict=True)))


def _add_about(connection: sqlite3.Connection, dataset: Dataset) -> None:
    """Add the one row that says what the file is, of which day, under which licence and how it is read."""
    edition = dataset.edition
    site, codes = edition.catalog.site, edition.catalog.codes
    row = {
        "site_id": site.id,
        "as_of": edition.derived.as_of,
        "schema_version": edition.schema_version,
        "licence": site.get("content_licence"),
        "licence_url": site.get("content_licence_url"),
    }
    for name in ("title", "description", "publisher"):
        row |= {f"{name}_{code}": site.get(f"{name}_{code}") for code in codes}
    row |= {f"citation_{code}": said(edition, "data.cite", code) for code in codes}
    row |= {f"reading_{code}": said(edition, "package.database", code).strip() for code in codes}
    columns = ",\n    ".join(f'"{name}" TEXT' for name in row)
    connection.execute(f"create table about (\n    {columns}\n)")
    _insert(connection, "about", {name: Values((value,)) for name, value in row.items()})


def _add_search(connection: sqlite3.Connection, dataset: Dataset) -> None:
    try:
        connection.execute(SEARCH)
    except sqlite3.OperationalError as error:
        raise DatabaseUnavailable(sqlite3.sqlite_version) from error
    connection.execute(SEARCH_WORDS)
    for language in dataset.edition.catalog.languages:
        keys = Keys(language)
        _insert_one_by_one(connection, "search", COLUMNS, text_entries(dataset, keys))
        words = ((language.code, word, key) for word, key in sorted(keys.known.items()))
        _insert_one_by_one(connection, "search_words", ("language", "word", "search_key"), words)
    connection.execute("insert into search (search) values ('optimize')")


def _add_questions(connection: sqlite3.Connection, dataset: Dataset) -> None:
    """Add a view a question; one that needs a table which is not published is left out."""
    for name, question in _answerable(dataset):
        connection.execute(f"create view question_{name} as\n{question}")


def _answerable(dataset: Dataset) -> Iterator[tuple[str, str]]:
    for name, question in questions().items():
        if {*question.NEEDS} <= {*dataset.sheets, *OWN}:
            yield name, statement(question, dataset.edition.catalog.codes)
