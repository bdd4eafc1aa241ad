"""What reports say agrees in itself, with the calendar and with what was published; each debt is told once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Protocol

import pytest
from conftest import FICTIONAL_DAY, ROOT
from manual import NOW, Files, base_files, folder_of

from site_builder.checks.unfinished import check as unfinished
from site_builder.composition import Checked, Inputs, check
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.readers.formats import rest_days
from site_builder.shell.wording import Wording

FOLDERS = {"content": "content", "schemas": "schemas", "theme": "themes/default"}
COMMITMENT = "content/plans/demo/commitments/c01.yaml"
UPDATE = "content/plans/demo/updates/2026-h1/c01.yaml"
NOT_STARTED = "reported_on: 2026-06-01\nitems:\n  - milestone: m01\n    status: not_started\n"
WAIVER = """waivers:
  - rule: {rule}
    record: {record}
    kind: {kind}
    reason:
      en: "It is known."
      mn: "Мэдэж байгаа."
{more}"""

Texts = Mapping[str, str]


class Judge(Protocol):
    """Checks the smallest content with some of its files written anew, as a change of it with others."""

    def __call__(
        self, written: Texts, *, published: Texts | None = None, day: datetime = NOW, run_on: datetime | None = NOW
    ) -> list[Diagnostic]: ...


@pytest.fixture(scope="module")
def base() -> Files:
    return base_files(ROOT)


@pytest.fixture
def judge(base: Files, wording: Wording) -> Judge:
    def judged(
        written: Texts, *, published: Texts | None = None, day: datetime = NOW, run_on: datetime | None = NOW
    ) -> list[Diagnostic]:
        files = {**base, **{path: text.encode() for path, text in written.items()}}
        inputs = {kind: folder_of(files, folder) for kind, folder in FOLDERS.items()}
        before = None
        if published is not None:
            old = {**base, **{path: text.encode() for path, text in published.items()}}
            before = folder_of(old, "content")
        return list(check(Inputs(**inputs, as_of=day, wording=wording, published=before, run_on=run_on)).findings)

    return judged


def names(findings: list[Diagnostic]) -> list[str]:
    return [finding.name for finding in findings]


def commitment(base: Files, number: int, lead: str = "ministry", milestones: int = 2) -> dict[str, str]:
    """Return the files of another commitment, with as many milestones, led by an organisation of its own."""
    text = base[COMMITMENT].decode()
    text = text.replace('number: 1\ntitle:\n  en: "Publish', f'number: {number}\ntitle:\n  en: "({number}) Publish')
    text = text.replace("organisation: ministry", f"organisation: {lead}").replace(
        "Тендер бүрийг", f"({number}) Тендер"
    )
    more = "".join(
        f'  - id: m{place:02d}\n    number: {place}\n    title:\n      en: "Step {place} of {number}"\n'
        f'      mn: "{number}-ийн {place} дүгээр алхам"\n    due_baseline: 2027-0{place % 3 + 1}-01\n'
        for place in range(3, milestones + 1)
    )
    text = text.replace("measures:\n", f"{more}measures:\n", 1)
    body = f'name:\n  en: "Ministry of {lead}"\n  mn: "{lead} яам"\nkind: ministry\n'
    return {f"content/plans/demo/commitments/c{number:02d}.yaml": text, f"content/organisations/{lead}.yaml": body}


def several(base: Files, count: int) -> dict[str, str]:
    """Return the files of more commitments, each led by another ministry."""
    return {
        path: text for number in range(2, count + 2) for path, text in commitment(base, number, f"m{number}").items()
    }


# Reports and the calendar


def test_a_report_from_the_future_is_refused_by_the_day_of_the_run_and_not_by_that_of_the_picture(judge: Judge) -> None:
    later = {UPDATE: NOT_STARTED.replace("2026-06-01", "2026-08-01")}
    august = datetime(2026, 8, 1, 12, tzinfo=UTC)
    assert names(judge(later)) == ["report-from-future"]
    assert judge(later, run_on=august) == []
    assert judge(later, run_on=None) == []


def test_nobody_has_to_make_up_a_day_that_is_not_known(fictional: Checked) -> None:
    item = fictional.catalog.find("update_items", "fic1-2026-h1-c01-m03")
    assert item is not None and item.get("status") == "completed" and item.get("completed_on") is None
    assert "completed-without-day" not in names(list(fictional.findings))


@pytest.mark.parametrize(
    ("locale", "days"), [("en_GB", {5, 6}), ("mn_MN", {5, 6}), ("ar_EG", {4, 5}), ("fa_IR", {4}), ("xx_XX", set())]
)
def test_the_days_of_rest_are_those_of_the_locale(locale: str, days: set[int]) -> None:
    assert rest_days(locale) == days


# What a plan owes


def test_what_was_not_reported_is_told_once_a_plan(fictional: Checked, real: Checked) -> None:
    told = [finding for finding in fictional.findings if finding.name in ("report-overdue", "no-final-status")]
    assert [(finding.name, finding.record) for finding in told] == [
        ("no-final-status", "fic0"),
        ("report-overdue", "fic1"),
    ]
    assert [dict(finding.arguments)["count"] for finding in told] == ["3", "1"]
    waived = {finding.record: dict(finding.arguments) for finding in real.waived if finding.name == "no-final-status"}
    assert (waived["nap3"]["count"], waived["nap3"]["total"]) == ("38", "38")


def test_what_is_overdue_without_a_word_is_told_and_what_is_explained_is_not(fictional: Checked) -> None:
    told = [finding for finding in fictional.findings if finding.name == "overdue-unexplained"]
    assert [finding.record for finding in told] == ["fic1-c02-m04"]
    assert dict(told[0].arguments) == {"days": str((FICTIONAL_DAY - date(2026, 3, 31)).days), "due": "2026-03-31"}


def test_without_a_day_nothing_is_late(fictional: Checked) -> None:
    assert list(unfinished(fictional.catalog)) != []
    assert list(unfinished(replace(fictional.catalog, as_of=None))) == []


def test_a_waiver_of_what_depends_on_the_day_is_not_called_useless_on_an_earlier_one(judge: Judge) -> None:
    written = WAIVER.format(rule="report-overdue", record="demo", kind="known", more="")
    assert judge({"content/waivers.yaml": written}) == []
    assert judge({"content/waivers.yaml": written}, day=datetime(2026, 12, 1, tzinfo=UTC)) == []
    assert names(judge({}, day=datetime(2026, 12, 1, tzinfo=UTC))) == ["report-overdue"]


# Evidence


def test_one_address_that_proves_six_milestones_is_told_once(base: Files, judge: Judge) -> None:
    text = commitment(base, 1, milestones=7)[COMMITMENT].replace("(1) ", "")
    items = "".join(
        f"  - milestone: m{place:02d}\n    status: in_progress\n    evidence:\n      - id: e01\n        kind: report\n"
        '        title:\n          en: "Report of the year"\n          mn: "Жилийн тайлан"\n'
        "        url: https://example.org/report.html\n"
        "        archived_url: https://example.com/archive/report.html\n"
        for place in range(1, 8)
    )
    found = judge({COMMITMENT: text, UPDATE: f"reported_on: 2026-06-01\nitems:\n{items}"})
    assert [(finding.name, finding.record) for finding in found] == [
        ("evidence-proves-many", "demo-2026-h1-c01-m06-e01")
    ]


# Changes


def test_many_deletions_are_told_unless_each_is_said_to_be_withdrawn(base: Files, judge: Judge) -> None:
    before = commitment(base, 2, "second", milestones=12)
    (finding,) = (finding for finding in judge({}, published=before) if finding.name == "mass-deletion")
    assert (finding.severity, finding.blocks) == (Severity.WARNING, False)
    assert dict(finding.arguments)["count"] == "15"
    stones = "tombstones:\n" + "".join(
        f"  - thing_id: {thing}\n    thing_table: {table}\n    withdrawn_on: 2026-06-01\n"
        '    reason:\n      en: "Entered twice."\n      mn: "Хоёр удаа бүртгэсэн."\n'
        for thing, table in (("demo-c02", "commitments"), ("second", "organisations"))
    )
    assert judge({"content/tombstones.yaml": stones}, published=before) == []


def test_a_change_in_the_files_of_five_organisations_is_told(base: Files, judge: Judge) -> None:
    before = several(base, 5)
    after = {path: text.replace("One page lists them all.", "A page lists all.") for path, text in before.items()}
    told = [finding for finding in judge(after, published=before) if finding.name == "many-organisations"]
    assert [dict(finding.arguments)["named"] for finding in told] == ["m2, m3, m4, m5, m6"]
    four = {**after, "content/plans/demo/commitments/c06.yaml": before["content/plans/demo/commitments/c06.yaml"]}
    assert "many-organisations" not in names(judge(four, published=before))
    assert "many-organisations" not in names(judge(after, published={})), "a new plan comes in one change"


def test_a_report_that_was_typed_in_wrongly_is_corrected_with_a_reason(judge: Judge) -> None:
    wrong = {UPDATE: NOT_STARTED.replace("not_started", "not_started\n    progress_pct: 30")}
    right = NOT_STARTED.replace("not_started", "not_started\n    progress_pct: 0")
    reason = '    reason:\n      en: "30 was typed for 0."\n      mn: "0-ийг 30 гэж бичсэн байсан."\n'
    assert names(judge({UPDATE: right}, published=wrong)) == ["report-edited"]
    assert judge({UPDATE: right + reason}, published=wrong) == []


def test_what_is_added_to_a_report_is_no_edit(judge: Judge) -> None:
    more = '    note:\n      en: "The office is looking for a room."\n      mn: "Алба өрөө хайж байна."\n'
    assert judge({UPDATE: NOT_STARTED + more}, published={UPDATE: NOT_STARTED}) == []


def test_a_deadline_that_a_report_moves_is_moved_in_the_open(base: Files, judge: Judge) -> None:
    moved = base[COMMITMENT].decode().replace("2026-08-01", "2026-08-01\n    due_current: 2026-10-01")
    change = "    date_change:\n      old_due: 2026-08-01\n      new_due: 2026-10-01\n"
    assert names(judge({COMMITMENT: moved}, published={})) == ["due-moved-in-silence"]
    assert judge({COMMITMENT: moved, UPDATE: NOT_STARTED + change}, published={}) == []


def test_a_slip_in_copying_the_adopted_text_is_mended_with_a_waiver(base: Files, judge: Judge) -> None:
    mended = base[COMMITMENT].decode().replace('en: "Open the page"', 'en: "Open the pages"')
    waiver = WAIVER.format(rule="adopted-text-changed", record="demo-c01-m01", kind="as_adopted", more="")
    assert names(judge({COMMITMENT: mended}, published={})) == ["adopted-text-changed", "translation-stale"]
    assert names(judge({COMMITMENT: mended, "content/waivers.yaml": waiver}, published={})) == ["translation-stale"]


def test_formatting_and_our_own_words_change_without_a_question(base: Files, judge: Judge) -> None:
    own = (
        base[COMMITMENT]
        .decode()
        .replace("title, brief", "title.en, brief")
        .replace(
            "    source: plan-text\n", "    source: plan-text\n  - fields: [title.mn]\n    status: own_translation\n", 1
        )
    )
    changed = own.replace("Тендер бүрийг нэг дор нийтлэх", "Бүх тендерийг нэг дор нийтлэх")
    folded = changed.replace(
        'en: "Publish every tender in one place"', "en: >-\n    Publish every tender\n    in one place"
    )
    # that nobody has checked our translation was so before
    assert [found for found in judge({COMMITMENT: folded}, published={COMMITMENT: own}) if found.introduced] == []


# Waivers


def test_a_waiver_that_has_expired_is_told_beside_what_it_excused(base: Files, judge: Judge) -> None:
    early = base[COMMITMENT].decode().replace("start_date: 2026-02-01", "start_date: 2026-01-01")
    more = "    expires_on: 2026-06-29\n"
    waiver = WAIVER.format(rule="milestone-before-commitment", record="demo-c01-m01", kind="as_adopted", more=more)
    found = judge({COMMITMENT: early, "content/waivers.yaml": waiver})
    assert names(found) == ["milestone-before-commitment", "waiver-expired"]


def test_a_waiver_of_another_error_is_refused(base: Files, judge: Judge) -> None:
    broken = base[COMMITMENT].decode().replace("Nobody can find the tenders.", "Nobody can find [them](nowhere).")
    waiver = WAIVER.format(rule="link-unknown", record="demo-c01", kind="known", more="")
    found = judge({COMMITMENT: broken, "content/waivers.yaml": waiver})
    assert names(found) == ["link-unknown", "waiver-not-allowed"]
