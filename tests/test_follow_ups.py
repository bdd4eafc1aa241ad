"""One slip of a hand gets one message: what only follows from it is not reported beside it."""

from __future__ import annotations

import pytest
from conftest import ROOT
from manual import NOW, Files, base_files, folder_of

from site_builder.checks.introduced import marked
from site_builder.composition import Inputs, check
from site_builder.nouns.diagnostic import Location, found
from site_builder.shell.wording import Wording

FOLDERS = {"content": "content", "schemas": "schemas", "theme": "themes/default"}
COMMITMENT = "content/plans/demo/commitments/c01.yaml"
PLAN = "content/plans/demo/plan.yaml"
REPORT = "content/plans/demo/updates/2026-h1/c01.yaml"
ITEM = """\
  - milestone: m01
    status: in_progress
    date_change:
      old_due: 2026-08-01
      new_due: 2026-09-01
      reason:
        en: "The money came late."
        mn: "Мөнгө оройтсон."
    evidence:
      - id: e01
        kind: web
        title:
          en: "The page of the tenders"
          mn: "Тендерийн хуудас"
        url: https://example.org/tenders
        archived_url: https://web.archive.org/web/2026/https://example.org/tenders
"""
UPDATE = f"reported_on: 2026-06-20\norganisation: ministry\nitems:\n{ITEM}"


@pytest.fixture(scope="module")
def base() -> Files:
    return base_files(ROOT)


@pytest.mark.parametrize(
    ("path", "right", "wrong", "told"),
    [
        (COMMITMENT, 'en: "Publish every tender in one place"', "en: Publish every tender # in one place", "comment"),
        (COMMITMENT, 'en: "Publish every tender', 'en: "Publish\u200b every tender', "invisible-character"),
        (COMMITMENT, "start_date: 2026-01-15", "эхлэлт: 2026-01-15", "unknown-key"),
        (COMMITMENT, '  mn: "Бүгдийг нэг', 'mn: "Бүгдийг нэг', "language-out-of-place"),
        (COMMITMENT, "organisation: ministry", "organisation: minіstry", "cyrillic-letter"),
        (COMMITMENT, "organisation: council", "organisation: kouncil-of-elders", "reference-unknown"),
        (PLAN, "organisation: office", "organisation: [office]", "text-expected"),
        (REPORT, ITEM, ITEM + ITEM, "duplicate-row"),
    ],
)
def test_a_slip_is_told_once(path: str, right: str, wrong: str, told: str, base: Files, wording: Wording) -> None:
    before = {**base, REPORT: UPDATE.encode()}
    assert before[path].decode().count(right) == 1
    now = {**before, path: before[path].decode().replace(right, wrong).encode()}
    inputs = {kind: folder_of(now, folder) for kind, folder in FOLDERS.items()}
    published = folder_of(before, "content")
    findings = check(Inputs(**inputs, as_of=NOW, wording=wording, published=published, run_on=NOW)).findings
    fresh = [finding.name for finding in findings if finding.introduced]
    assert len(fresh) == 1, fresh
    assert fresh[0].startswith(told)


@pytest.mark.parametrize(("before", "now", "is_new"), [(8, 8, False), (8, 7, False), (8, 9, True)])
def test_a_finding_that_counts_is_new_only_when_there_is_more_of_it(before: int, now: int, is_new: object) -> None:
    old, new = (
        found("evidence-not-kept", Location("plan.yaml", line), count=count, total=20 + count, named=f"e{count}")
        for line, count in ((3, before), (4, now))
    )
    assert [finding.introduced for finding in marked([new], [old])] == [is_new]
    assert [finding.introduced for finding in marked([new, new], [old])][1] is True
