"""Whatever hands and tools do to a file: no traceback, no hang, and what is read is what was written, or is reported.

More than ten thousand files in a run; `FUZZING=20` makes twenty times as many.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from random import Random

import pytest
from conftest import ROOT
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from mangling import CELL_SLIPS, SLIPS, mangled
from manual import NOW, base_files, folder_of
from written import held_by, held_in, lost_of, lost_of_sheet, written_in

from site_builder.composition import Inputs, check
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.readers.drafts import Grammar
from site_builder.readers.file_text import LINE_END
from site_builder.readers.records import read_file
from site_builder.readers.schemas import read_schemas
from site_builder.readers.series_csv import read_series_csv
from site_builder.shell.disk import read_folder
from site_builder.shell.wording import load_wording

Slipped = tuple[str, int, int]
TIMES = int(os.environ.get("FUZZING", "1"))
SECONDS = 5.0
"""What reading one file, or checking the smallest content, may take of the processor at the most."""
BASE = folder_of(base_files(ROOT), "content")
FICTIONAL = read_folder(ROOT / "tests" / "fictional" / "content")
PLAN, OLD_PLAN = "plans/fic1", "plans/fic0"
FILES: Mapping[str, Mapping[str, bytes]] = {
    "commitments": {"plans/demo/commitments/c01.yaml": BASE["plans/demo/commitments/c01.yaml"]},
    "reports": {
        path: FICTIONAL[path]
        for path in (f"{PLAN}/updates/2026-h1/c02.yaml", f"{PLAN}/updates/2025-h2/c02.yaml")
    },
    "plans": {
        path: FICTIONAL[path]
        for path in (
            f"{PLAN}/responses/more-boats.yaml", f"{PLAN}/meetings/forum.yaml", f"{PLAN}/amendments/foghorn.yaml",
            f"{PLAN}/assessments/self.yaml", f"{OLD_PLAN}/assessments/results.yaml",
            f"{PLAN}/documents/adopted-plan.yaml",
        )
    } | {"plans/demo/plan.yaml": BASE["plans/demo/plan.yaml"]},
    "whole content": {
        path: FICTIONAL[path]
        for path in (
            "organisations/lighthouse-agency.yaml", "sources/fic1-text.yaml", "glossary.yaml", "waivers.yaml",
            "redirects.yaml", "tombstones.yaml",
        )
    } | {path: BASE[path] for path in ("site.yaml", "codelists/roles.yaml")},
    "frameworks": {path: text for path, text in BASE.items() if path.startswith(("frameworks/", "source_frameworks/"))},
    "indicators": {path: text for path, text in BASE.items() if re.match(r"indicators/.*\.yaml", path)},
}  # fmt: skip
"""Files of every kind, by family; small ones, so that a slip hits something."""
EACH = 1700
"""Files that are made of each family."""
SHEETS, CHECKS, FILES_AT_ONCE = 600, 32, 9
"""Files of values that are made, and contents that are checked as a whole, each with several changed files."""
JOBLESS, VALUES = BASE["indicators/jobless.yaml"], BASE["indicators/jobless.csv"]
SCHEMAS, THEME = folder_of(base_files(ROOT), "schemas"), folder_of(base_files(ROOT), "themes/default")
WORDING = load_wording()
QUICK = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)
AT_ONCE = 8
"""Slips of one example: each is made alone, and all of them one after the other."""


DICE = st.integers(0, 2**24 - 1).map(Random)
"""All that happens to a file follows from one number: drawn one by one, slips would repeat themselves."""


def slips(dice: Random, names: Sequence[str] = tuple(SLIPS), count: int = AT_ONCE) -> list[Slipped]:
    """Return so many slips of these."""
    return [(dice.choice(names), dice.randrange(2**16), dice.randrange(2**16)) for _ in range(count)]


@cache
def grammar() -> Grammar:
    return Grammar(read_schemas(read_folder(ROOT / "schemas"))[0], ("en", "mn"))


@contextmanager
def no_hang() -> Iterator[None]:
    """Stop with an error what takes the processor too long; where there is no such clock, it takes as long."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(*_: object) -> None:
        raise AssertionError(f"it took more than {SECONDS} seconds")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def series_of(content: bytes, made_by: list[Slipped]) -> Iterator[bytes]:
    """Yield a file after each slip alone, then after the first two, the first three and so on."""
    yield from (mangled(content, [slip]) for slip in made_by)
    together = mangled(content, made_by[:1])
    for slip in made_by[1:]:
        together = mangled(together, [slip])
        yield together


def assert_read_or_reported(path: str, content: bytes) -> None:
    with no_hang():
        drafts, findings = read_file(path, content, grammar(), shown_as=path)
    assert_placed(content, findings)
    written = written_in(content)
    if written is None:
        assert any(finding.blocks for finding in findings), content
    elif drafts or not any(finding.blocks for finding in findings):
        lost = lost_of(written, held_by(drafts), findings)
        assert not lost, (path, lost, findings, content.decode("utf-8"))


def assert_placed(content: bytes, findings: list[Diagnostic]) -> None:
    """Every finding points at something in its file."""
    lines = LINE_END.split(content.decode("utf-8", "replace").removeprefix("\ufeff"))
    for finding in findings:
        place = finding.location
        assert 1 <= place.line <= len(lines), (finding, content)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1, (finding, content)


@pytest.mark.parametrize("family", FILES)
def test_a_file_after_any_slips_is_read_as_it_was_written_or_reported(family: str) -> None:
    made = set(FILES[family].values())
    count = len(made) + EACH

    @settings(QUICK, max_examples=EACH * TIMES // 10)
    @given(DICE)
    def look(dice: Random) -> None:
        path = dice.choice(sorted(FILES[family]))
        for content in series_of(FILES[family][path], slips(dice)):
            if content not in made:
                assert_read_or_reported(path, content)
                made.add(content)

    look()
    assert len(made) >= count


def test_a_file_of_values_after_any_slips_is_read_as_it_was_written_or_reported() -> None:
    """The file beside an indicator is a table, not a tree."""
    [indicator, *series], _ = read_file("indicators/jobless.yaml", JOBLESS, grammar(), shown_as="jobless.yaml")
    assert not series or all(draft.table.name != "series" for draft in series)
    made = {VALUES}

    @settings(QUICK, max_examples=SHEETS * TIMES // 10)
    @given(DICE)
    def look(dice: Random) -> None:
        for content in series_of(VALUES, slips(dice, [*SLIPS, *CELL_SLIPS, *CELL_SLIPS])):
            with no_hang():
                rows, findings = read_series_csv("x.csv", content, indicator, [], grammar=grammar())
            assert_placed(content, findings)
            lost = lost_of_sheet(content, rows, findings)
            assert not lost, (lost, findings, content)
            made.add(content)

    look()
    assert len(made) > SHEETS


WRITTEN = sorted(path for path in BASE if "codelists" not in path)


def test_a_content_after_any_slips_is_checked_to_the_end_and_nothing_is_lost() -> None:
    """Several files at once, through all of the check; a file may also go, or stand under another name."""
    made: set[tuple[str, bytes]] = set()

    @settings(QUICK, max_examples=CHECKS * TIMES)
    @given(DICE)
    def look(dice: Random) -> None:
        hands = zip(dice.sample(WRITTEN, FILES_AT_ONCE), slips(dice, count=FILES_AT_ONCE), strict=True)
        lost = dice.choice([*WRITTEN, *[""] * len(WRITTEN)])
        changed = {path: mangled(BASE[path], [slip]) for path, slip in hands if path != lost}
        made.update((path, content) for path, content in changed.items() if content != BASE[path])
        content = {path: text for path, text in {**BASE, **changed}.items() if path != lost}
        with no_hang():
            result = check(Inputs(content, SCHEMAS, THEME, NOW, WORDING))
        findings = [*result.findings, *result.waived]
        told = {finding.location.file for finding in findings if finding.blocks}
        if "content/site.yaml" in told:
            return
        held = held_in(record for rows in result.catalog.tables.values() for record in rows)
        for path, text in content.items():
            shown = f"content/{path}"
            here = [finding for finding in findings if finding.location.file == shown]
            if path.endswith(".yaml") and path in changed:
                written = written_in(text)
                assert written is not None or shown in told, (path, text)
                if shown in held or shown not in told:
                    missing = lost_of(written or (), held.get(shown, {}), here, is_joined=True)
                    assert not missing, (path, missing, here, text.decode("utf-8"))
            elif path.endswith(".md") and path in changed and shown not in told:
                [page] = [page for page in result.catalog.prose.values() if page.location.file == shown]
                assert page.markdown == text.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")

    look()
    assert len(made) >= 7 * CHECKS, len(made)


@pytest.mark.parametrize("lost", ["start_date", "title_mn", "number", "milestone_id", "value_code"])
def test_a_value_that_goes_missing_would_be_noticed(lost: str) -> None:
    path, content = "plans/demo/commitments/c01.yaml", BASE["plans/demo/commitments/c01.yaml"] + b"values: [open]\n"
    drafts, findings = read_file(path, content, grammar(), shown_as=path)
    written = written_in(content)
    assert written
    assert not findings
    assert lost_of(written, held_by(drafts), findings) == []
    next(draft for draft in drafts if lost in draft.cells).cells.pop(lost)
    assert len(lost_of(written, held_by(drafts), findings)) == 1


def test_more_than_ten_thousand_files_are_made() -> None:
    assert EACH * len(FILES) + SHEETS + 7 * CHECKS >= 10_000
