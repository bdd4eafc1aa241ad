"""The promises of events: what a history tells, what it does not, and no lie about what is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from conftest import AFTER, ROOT, Files
from history import MAILBOX, PERSON, Repository
from scripted_history import STEPS

from site_builder.composition import Checked, edition
from site_builder.derive.events import event_rows
from site_builder.nouns.edition import History
from site_builder.nouns.past import NO_PAST, Past
from site_builder.readers.content import read_content
from site_builder.readers.schemas import read_schemas
from site_builder.readers.versions import read_version
from site_builder.shell.cache import Cache
from site_builder.shell.disk import read_folder
from site_builder.shell.past import read_past
from site_builder.shell.published import NotPublished, content_on

Rows = list[Mapping[str, Any]]


@pytest.fixture(scope="session")
def rows(past: Past, demo: Checked) -> Rows:
    return event_rows(past, demo.catalog, AFTER)


def line(row: Mapping[str, Any]) -> str:
    """Return an event as the scripted history writes it."""
    things = " ".join(row[name] for name in ("plan_id", "commitment_id", "milestone_id") if row[name])
    parts = [
        f"{row['kind']} {row['table_name']}/{row['record_id']}"
        + (f" {row['field']}" if row["field"] else "")
        + ":"
        + (f" {row['old_value']}" if row["old_value"] else "")
        + (" →" if row["old_value"] or row["new_value"] else "")
        + (f" {row['new_value']}" if row["new_value"] else ""),
        f"{row['days']} days" if row["days"] is not None else "",
        f"because {row['reason']}" if row["reason"] else "",
        f"pull request {row['pull_request']}" if row["pull_request"] else "",
        f"happened {row['happened_on']}" if row["happened_on"] else "",
        f"reported {row['reported_on']}" if row["reported_on"] else "",
        f"by {row['decision']}" if row["decision"] else "",
        f"in {things}" if things else "",
    ]
    return " | ".join(part for part in parts if part)


def test_the_scripted_history_gives_exactly_the_events_written_by_hand(rows: Rows) -> None:
    expected = sorted((step.day, text) for step in STEPS for text in step.lines)
    assert sorted((row["published_on"], line(row)) for row in rows) == expected


@pytest.mark.parametrize("content", ["real_content", "fictional_content", "base"])
def test_the_past_knows_records_by_the_same_ids_as_the_present(
    content: str, schema_files: Files, request: pytest.FixtureRequest
) -> None:
    base = ROOT / "tests" / "cases" / "base"
    files = read_folder(base) if content == "base" else request.getfixturevalue(content)
    schemas, _ = read_schemas(schema_files, "schemas")
    # values in sheets are no records of the past
    catalog, _ = read_content({path: text for path, text in files.items() if path.endswith(".yaml")}, schemas)
    present = {(table, record.id) for table, rows in catalog.tables.items() if table != "provenance" for record in rows}
    versions = [read_version(path, text, schemas) for path, text in files.items() if path.endswith(".yaml")]
    assert {(record.table, record.id) for version in versions for record in version or ()} == present


def test_the_history_has_every_kind_of_event(rows: Rows, demo: Checked) -> None:
    kinds = {record.get("code") for record in demo.catalog.codes_of["event_kinds"]}
    assert {row["kind"] for row in rows} == kinds


def test_ids_are_their_own_and_the_same_in_every_copy_of_the_history(
    scripted: Repository, demo: Checked, rows: Rows, tmp_path: Path
) -> None:
    ids = [row["event_id"] for row in rows]
    assert len(set(ids)) == len(ids) == len(sorted(ids))
    scripted.git("clone", "-q", str(scripted.root), str(tmp_path / "copy"))
    copy = read_past(tmp_path / "copy" / scripted.folder, demo, cache=Cache())
    assert event_rows(copy, demo.catalog, AFTER) == rows


def test_who_made_a_commit_is_told_nowhere(scripted: Repository, demo: Checked, tmp_path: Path) -> None:
    cache = Cache(tmp_path / ".cache" / "events.json")
    past = read_past(scripted.content, demo, cache=cache)
    assert cache.path is not None
    told = f"{past} {event_rows(past, demo.catalog, AFTER)} {cache.path.read_text('utf-8')}"
    assert PERSON in scripted.git("log") and MAILBOX in scripted.git("log")
    assert PERSON not in told and MAILBOX not in told


def test_what_is_published_after_the_day_is_left_out(demo: Checked, past: Past, rows: Rows) -> None:
    day = date(2026, 7, 13)
    early = edition(replace(demo, as_of=day), history=History(past=past)).derived.tables["events"]
    assert list(early) == [row for row in rows if row["published_on"] <= day]
    assert 0 < len(early) < len(rows)


def test_a_tree_with_changes_tells_what_was_published(
    scripted: Repository, demo: Checked, rows: Rows, tmp_path: Path
) -> None:
    scripted.git("clone", "-q", str(scripted.root), str(tmp_path / "copy"))
    copy = Repository(tmp_path / "copy", scripted.folder)
    copy.change("plans/demo/plan.yaml", "status: ended", "status: withdrawn")
    assert event_rows(read_past(copy.content, demo, cache=Cache()), demo.catalog, AFTER) == rows


def test_a_folder_that_was_moved_away_and_back_leaves_no_trace_and_one_that_was_deleted_does(
    scripted: Repository, demo: Checked, rows: Rows, tmp_path: Path
) -> None:
    scripted.git("clone", "-q", str(scripted.root), str(tmp_path / "copy"))
    copy = Repository(tmp_path / "copy", scripted.folder)
    for old, new in ((scripted.folder, "elsewhere"), ("elsewhere", scripted.folder)):
        copy.git("mv", old, new)
        copy.commit("Moved", at="2026-12-01T00:00:00Z")
    assert event_rows(read_past(copy.content, demo, cache=Cache()), demo.catalog, AFTER) == rows
    copy.git("rm", "-rq", scripted.folder)
    copy.commit("Deleted", at="2026-12-01T00:00:00Z")
    copy.git("checkout", "-q", "HEAD^", "--", scripted.folder)
    copy.commit("Brought back", at="2026-12-01T00:00:00Z")
    told = event_rows(read_past(copy.content, demo, cache=Cache()), demo.catalog, AFTER)
    assert [row for row in told if row in rows] == rows
    late = [row["kind"] for row in told if row not in rows]
    assert late.count("withdrawn") == late.count("added") > 5


# what is not known


def test_a_history_that_was_cut_off_tells_only_where(scripted: Repository, demo: Checked, tmp_path: Path) -> None:
    scripted.git("clone", "-q", "--depth", "3", f"file://{scripted.root}", str(tmp_path / "shallow"))
    shallow = read_past(tmp_path / "shallow" / scripted.folder, demo, cache=Cache())
    assert shallow == Past(cut_off=STEPS[-3].day)
    assert not shallow.is_known and event_rows(shallow, demo.catalog, AFTER) == []


def test_a_history_without_all_bytes_is_cut_off(scripted: Repository, demo: Checked, tmp_path: Path) -> None:
    scripted.git("clone", "-q", "--no-hardlinks", str(scripted.root), str(tmp_path / "holes"))
    holes = Repository(tmp_path / "holes", scripted.folder)
    blob = holes.git("rev-parse", "HEAD~2:data/content/plans/demo/plan.yaml")
    objects = tmp_path / "holes" / ".git" / "objects"
    assert (objects / blob[:2] / blob[2:]).is_file()
    (objects / blob[:2] / blob[2:]).unlink()
    assert read_past(holes.content, demo, cache=Cache()).cut_off == STEPS[0].day


def test_outside_git_nothing_is_known(demo: Checked, tmp_path: Path) -> None:
    assert read_past(tmp_path, demo, cache=Cache()) == NO_PAST


def test_without_git_nothing_is_known(scripted: Repository, demo: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert read_past(scripted.content, demo, cache=Cache()) == NO_PAST


def test_a_folder_that_was_never_committed_has_no_past(scripted: Repository, demo: Checked, tmp_path: Path) -> None:
    scripted.git("clone", "-q", str(scripted.root), str(tmp_path / "copy"))
    (tmp_path / "copy" / "new").mkdir()
    past = read_past(tmp_path / "copy" / "new", demo, cache=Cache())
    assert not past.is_known and past.cut_off is None


# what is remembered


def test_what_is_remembered_is_used_and_changes_nothing(
    scripted: Repository, demo: Checked, past: Past, tmp_path: Path
) -> None:
    cache = Cache(tmp_path / ".cache" / "events.json")
    assert cache.path is not None
    assert read_past(scripted.content, demo, cache=cache) == past
    maker = cache.path.read_bytes().split(b" ")[0].decode()
    remembered = dict(cache.load(maker))
    assert len(remembered) == len(past.versions)
    # a memory that was tampered with shows that nothing is read twice
    name = next(name for name in remembered if name.endswith("site.yaml"))
    cache.save(maker, {**remembered, name: None})
    assert None in [version for (path, _), version in read_past(scripted.content, demo, cache=cache).versions.items()]
    assert {entry.name for entry in cache.path.parent.iterdir()} == {".gitignore", "events.json"}


@pytest.mark.parametrize("damage", ["cut", "byte", "other", "empty", "folder"])
def test_a_memory_that_is_damaged_or_of_another_program_is_made_anew(
    damage: str, scripted: Repository, demo: Checked, past: Past, tmp_path: Path
) -> None:
    path = tmp_path / "events.json"
    read_past(scripted.content, demo, cache=Cache(path))
    whole = path.read_bytes()
    path.unlink()
    if damage == "folder":
        path.mkdir()
    else:
        middle = len(whole) // 2
        path.write_bytes(
            {
                "cut": whole[:middle],
                "byte": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
                "other": b"f" * 64 + whole[64:],
                "empty": b"",
            }[damage]
        )
    assert read_past(scripted.content, demo, cache=Cache(path)) == past
    assert damage == "folder" or path.read_bytes() == whole


def test_a_memory_that_cannot_be_kept_is_no_mistake(scripted: Repository, demo: Checked, past: Past) -> None:
    assert read_past(scripted.content, demo, cache=Cache(Path("/proc/nowhere/events.json"))) == past


# what had been published on a day

UB = ZoneInfo("Asia/Ulaanbaatar")


def test_the_content_of_a_day_is_that_of_the_last_commit_by_the_end_of_it(scripted: Repository) -> None:
    # 23:00 of 1 February in Greenwich was the next day where the site is
    found = content_on(scripted.content, date(2026, 2, 2), zone=UB)
    assert "plans/demo/commitments/c01.yaml" in found.files
    assert "Publish every tender in one place" in found.files["plans/demo/commitments/c01.yaml"].decode()
    assert (
        "Publish all tenders"
        in content_on(scripted.content, date(2026, 2, 3), zone=UB).files["plans/demo/commitments/c01.yaml"].decode()
    )
    # a day without a commit, after the folder had moved
    later = content_on(scripted.content, date(2026, 6, 30), zone=UB).files
    assert b"Bureau of the plan" in later["site.yaml"] and "plans/demo/updates/2026-h1/c01.yaml" not in later
    assert content_on(scripted.content, AFTER, zone=UB).files == read_folder(scripted.content)


def test_events_of_a_publication_end_with_it(scripted: Repository, demo: Checked, rows: Rows) -> None:
    for day in (date(2026, 2, 5), date(2026, 7, 13)):
        commit = content_on(scripted.content, day, zone=UB).commit
        early = read_past(scripted.content, demo, cache=Cache(), until=commit)
        assert event_rows(early, demo.catalog, AFTER) == [row for row in rows if row["published_on"] <= day]


def test_a_day_of_which_nobody_can_tell_is_refused_with_a_reason(scripted: Repository, tmp_path: Path) -> None:
    with pytest.raises(NotPublished, match="too_early"):
        content_on(scripted.content, date(2026, 2, 1), zone=UB)
    with pytest.raises(NotPublished, match="no_history"):
        content_on(tmp_path, AFTER, zone=UB)
    scripted.git("clone", "-q", "--depth", "2", f"file://{scripted.root}", str(tmp_path / "shallow"))
    with pytest.raises(NotPublished, match="cut_off"):
        content_on(tmp_path / "shallow" / scripted.folder, AFTER, zone=UB)
    scripted.git("clone", "-q", str(scripted.root), str(tmp_path / "whole"))
    (tmp_path / "whole" / "never").mkdir()
    with pytest.raises(NotPublished, match="not_there"):
        content_on(tmp_path / "whole" / "never", AFTER, zone=UB)
