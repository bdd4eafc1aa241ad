"""The promise that content hashes say what files say: the same from every packer, another for every other content."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from decimal import Decimal
from hashlib import sha256
from itertools import cycle, islice
from pathlib import Path

import pytest
from conftest import Files

from site_builder.nouns.edition import Edition
from site_builder.nouns.output import Output
from site_builder.writers.columns import Values
from site_builder.writers.content_hashes import content_hash, content_sums
from site_builder.writers.dataset import Dataset
from site_builder.writers.forms.sqlite import database, members

LATEST = "data/latest/"
PACKED = (".zip", ".xlsx", ".sqlite")
TELL_BYTES = {"manifest-sha256.txt", "build.json", f"{LATEST}SHA256SUMS", f"{LATEST}packs/SHA256SUMS"}
"""Files that tell the bytes of packed forms."""


def zipped_again(content: bytes, *, level: int, date_time: tuple[int, int, int, int, int, int]) -> bytes:
    """An archive with the same members, packed as another version of a packer might."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(stream, "w") as target:
        for name in reversed(source.namelist()):
            member = zipfile.ZipInfo(name, date_time)
            member.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(member, source.read(name), compresslevel=level)
    return stream.getvalue()


def stored_again(content: bytes, place: Path, *statements: str) -> bytes:
    """A database with the same content, arranged as another version of SQLite might; `statements` change it."""
    path = place / "again.sqlite"
    path.write_bytes(content)
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in (*statements, "pragma page_size = 16384", "vacuum"):
        connection.execute(statement)
    connection.close()
    return path.read_bytes()


def packed_again(path: str, content: bytes, place: Path) -> bytes:
    if path.endswith(".sqlite"):
        rebuilt = "insert into search (search) values ('rebuild')"
        return stored_again(content, place, "pragma user_version = 7", rebuilt)
    return zipped_again(content, level=1, date_time=(1999, 12, 31, 23, 59, 58))


@pytest.fixture(scope="module")
def packed(fictional_outputs: Files) -> Files:
    return {path: content for path, content in fictional_outputs.items() if path.endswith(PACKED)}


def test_another_packer_gives_the_same_content_hash(packed: Files, tmp_path: Path) -> None:
    assert {path.rpartition(".")[2] for path in packed} == {"zip", "xlsx", "sqlite"}
    for path, content in packed.items():
        again = packed_again(path, content, tmp_path)
        assert sha256(again).digest() != sha256(content).digest(), path
        assert content_hash(path, again) == content_hash(path, content), path


def test_the_manifest_of_contents_is_equal_with_another_packer(fictional_outputs: Files, tmp_path: Path) -> None:
    told = fictional_outputs["content-manifest-sha256.txt"]
    own = {"content-manifest-sha256.txt"}
    again = [
        Output(path, packed_again(path, content, tmp_path) if path.endswith(PACKED) else content)
        for path, content in fictional_outputs.items()
        if path not in own
    ]
    assert content_sums(again) == told


def test_every_file_is_listed_but_those_that_tell_the_bytes_of_packed_forms(fictional_outputs: Files) -> None:
    told = dict(
        reversed(line.split("  ", 1)) for line in fictional_outputs["content-manifest-sha256.txt"].decode().splitlines()
    )
    assert set(told) == set(fictional_outputs) - TELL_BYTES - {"content-manifest-sha256.txt"}
    sums = dict(
        reversed(line.split("  ", 1)) for line in fictional_outputs[f"{LATEST}CONTENT-SHA256SUMS"].decode().splitlines()
    )
    latest = {path for path in told if path.startswith(LATEST) and not path.startswith(f"{LATEST}packs/")}
    assert {f"{LATEST}{name}" for name in sums} == latest - {f"{LATEST}CONTENT-SHA256SUMS"}
    for path, digest in told.items():
        by_itself = content_hash(path, fictional_outputs[path])
        assert digest == by_itself, path
        if not path.endswith(PACKED):
            assert digest == sha256(fictional_outputs[path]).hexdigest(), path
        assert sums.get(path.removeprefix(LATEST), digest) == digest


def test_no_other_file_tells_the_bytes_of_a_packed_form(fictional_outputs: Files, packed: Files) -> None:
    digests = [sha256(content).hexdigest().encode() for content in packed.values()]
    for path, content in fictional_outputs.items():
        if path not in TELL_BYTES and not path.endswith(PACKED):
            assert not any(digest in content for digest in digests), path


def test_the_tables_of_the_database_say_what_the_json_lines_beside_it_say(fictional_outputs: Files) -> None:
    (database,) = (content for path, content in fictional_outputs.items() if path.endswith(".sqlite"))
    told = {name: read() for name, read in members(database)}
    beside = {
        path.removeprefix(LATEST): content for path, content in fictional_outputs.items() if path.endswith(".jsonl")
    }
    assert {name: told.get(name) for name in beside} == beside
    assert told.keys() - beside.keys() == {
        "statements.sql",
        *(f"{name}.jsonl" for name in ("about", "data_dictionary", "search", "search_words")),
    }


def test_a_number_that_no_float_holds_is_told_alike_in_the_database_and_beside_it(fictional_edition: Edition) -> None:
    dataset = Dataset(fictional_edition)
    sheet = dataset.sheets["measures"]
    numbers = map(Decimal, cycle(("9007199254740993", "1E+300", "-0", "0.10", "7.0", "4503599627370497.1")))
    sheet.values[sheet.header.index("value")] = Values(tuple(islice(numbers, len(sheet.rows))))
    told = next(read() for name, read in members(database(dataset)) if name == "measures.jsonl")
    assert told == dataset.json_lines("measures")
    assert told.count(b'"value": 9007199254740992.0,')


@pytest.mark.parametrize(
    "statement",
    [
        "update commitments set title_en = title_en || '.' where rowid = 1",
        "delete from search where rowid = 1",
        "drop view question_late_organisations",
        "update about set as_of = '2026-07-01'",
        "drop index milestone_schedule_by_commitment_id",
    ],
)
def test_a_changed_database_has_another_content_hash(packed: Files, statement: str, tmp_path: Path) -> None:
    (path,) = (path for path in packed if path.endswith(".sqlite"))
    assert content_hash(path, stored_again(packed[path], tmp_path, statement)) != content_hash(path, packed[path])


def test_a_changed_member_of_an_archive_gives_another_content_hash() -> None:
    def archive(**members: str) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as target:
            for name, text in members.items():
                target.writestr(name, text)
        return stream.getvalue()

    one = content_hash("x.zip", archive(a="1", b="2"))
    assert content_hash("x.zip", archive(b="2", a="1")) == one
    assert len({one, content_hash("x.zip", archive(a="2", b="1")), content_hash("x.zip", archive(a="1"))}) == 3
