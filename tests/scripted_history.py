"""Owns one invented history of a small plan: what was done in each commit, and by hand the events that follow.

A line of events is `kind table/record field: old → new`, then what else is known. Things that formatters, editors
and restorers of order do stand here with no line below them: they are no events.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from history import Repository

C01, REPORT, SECOND = (
    "plans/demo/commitments/c01.yaml",
    "plans/demo/updates/2026-h1/c01.yaml",
    "plans/demo/updates/2026-h2/c01.yaml",
)

FIRST_REPORT = """\
reported_on: 2026-07-10
organisation: ministry
items:
  - milestone: m01
    status: completed
    completed_on: 2026-07-01
    evidence:
      - id: e01
        kind: web
        title:
          en: "The page"
        url: https://example.org/page
  - milestone: m02
    status: in_progress
    note:
      en: "Call us any time."
    date_change:
      old_due: 2027-03-01
      new_due: 2027-05-31
      reason:
        en: "The list is long."
      decision:
        en: "Decision 7"
"""
SECOND_REPORT = """\
reported_on: 2027-01-10
organisation: ministry
items:
  - milestone: m01
    status: in_progress
    reason:
      en: "The page fell off the web."
  - milestone: m02
    status: in_progress
"""
OLD_SCHEMA = """\
number: 2
title:
  en: "Count the boats"
responsible: council
heading:
  en: "Boats"
goals: [count, tell]
"""


@dataclass(frozen=True)
class Step:
    """One commit: its message, when it was made, what was done before it and what it tells."""

    message: str
    at: str
    do: Callable[[Repository], object]
    events: str = ""

    @property
    def day(self) -> date:
        """Day on which it is published, where the site is."""
        return datetime.fromisoformat(self.at).astimezone(ZoneInfo("Asia/Ulaanbaatar")).date()

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.events.split("\n") if line.strip()]


def _begin(repo: Repository) -> None:
    base = Path(__file__).resolve().parent / "cases" / "base"
    for part in ("organisations", "pages", "plans", "sources"):
        shutil.copytree(base / part, repo.content / part)
    shutil.copy(base / "site.yaml", repo.content)


def _elsewhere(repo: Repository) -> None:
    (repo.root / "README.md").write_text("Not content.\n")


def _reword(repo: Repository) -> None:
    repo.change(C01, "Publish every tender in one place", "Publish all tenders in one place")
    repo.change(C01, "Тендер бүрийг нэг дор нийтлэх", "Бүх тендерийг нэг дор нийтлэх")


def _move_dates(repo: Repository) -> None:
    repo.change(C01, "due_baseline: 2026-08-01", "due_baseline: 2026-09-01")
    repo.change("plans/demo/plan.yaml", "period_end: 2027", "period_end: 2028")


def _reformat(repo: Repository) -> None:
    """Do all that is no event at once: another order, quoting, folding, comments, line ends, a byte-order mark."""
    text = repo.read(C01)
    head, milestones, rest = re.split(r"(?=^milestones:|^measures:)", text, flags=re.M)
    first, second = re.split(r"(?=  - id: m02)", milestones.removeprefix("milestones:\n"))
    rest = rest.replace('"Tenders on the page"', ">-\n        Tenders\n        on the page")
    first = first.replace('"Open the page"', "|-\n        Open the\n        page")
    again = f"# put in order\n{rest}milestones:\n{second}{first}{head}".replace(
        "number: 1\ntitle", "number: '1'\ntitle"
    )
    repo.write(C01, b"\xef\xbb\xbf" + again.replace("\n", "\r\n").encode())


def _change_list(repo: Repository) -> None:
    repo.change(C01, "    role: lead", "    role: lead\n  - organisation: council\n    role: support")
    repo.change(
        C01,
        "    due_baseline: 2027-03-01\n",
        "    due_baseline: 2027-03-01\n  - id: m03\n    number: 3\n    title:\n      en: Show it\n",
    )


def _move_folder(repo: Repository) -> None:
    old, new = repo.content, repo.root / "data" / "content"
    new.parent.mkdir()
    old.rename(new)
    repo.folder = "data/content"
    repo.change("site.yaml", "Office of the plan", "Bureau of the plan")


def _shuffle(repo: Repository) -> None:
    repo.rename("organisations/council.yaml", "organisations/civil/council.yaml")
    repo.rename("sources/plan-text.yaml", "sources/plan-text.yml")
    repo.write("2026/organisations/ministry.yaml", repo.read("organisations/ministry.yaml"))


def _shuffle_back(repo: Repository) -> None:
    repo.rename("organisations/civil/council.yaml", "organisations/council.yaml")
    repo.rename("sources/plan-text.yml", "sources/plan-text.yaml")
    repo.remove("organisations/ministry.yaml")


def _finish_shuffling(repo: Repository) -> None:
    repo.rename("2026/organisations/ministry.yaml", "organisations/ministry.yaml")


def _evidence(repo: Repository) -> None:
    text = repo.read(REPORT)
    start, end = text.index("      - id: e01"), text.index("  - milestone: m02")
    proof = '      - id: e02\n        kind: photo\n        title:\n          en: "A photo"\n        url: https://example.org/p\n'
    repo.write(REPORT, text[:start] + proof + text[end:])


def _correct(repo: Repository) -> None:
    repo.change(C01, "start_date: 2026-02-01", "start_date: 2026-02-03")
    repo.change(C01, "Nobody can find the tenders.", "Few can find the tenders.")
    repo.add(C01, "ambition:\n  en: High\n")


def _branch(repo: Repository) -> None:
    """Leave two commits on a branch and go back to the published line."""
    repo.git("checkout", "-q", "-b", "work")
    repo.change(C01, "Few can find", "Nearly nobody finds")
    repo.commit("First try", at="2026-09-01T01:00:00Z")
    repo.change(C01, "Nearly nobody finds", "Hardly anybody finds")
    repo.commit("Second try", at="2026-09-01T02:00:00Z")
    repo.git("checkout", "-q", "main")
    repo.write("plans/demo/documents/letter.yaml", 'kind: letter\ntitle:\n  en: "Letter"\ndated_on: 2026-08\n')


STEPS = (
    Step(
        "The plan is published",
        # already the next day where the site is
        "2026-02-01T20:00:00Z",
        _begin,
        """
        added commitments/demo-c01: → Publish every tender in one place | in demo demo-c01
        added organisations/council: → Open Plan Council
        added organisations/ministry: → Ministry of Examples
        added organisations/office: → Office of the plan
        added plans/demo: → First plan of Exemplia | in demo
        added site/demo: → Open plan of Exemplia
        added sources/plan-text: → Text of the plan
        """,
    ),
    Step("Something else in the same repository", "2026-02-02T01:00:00Z", _elsewhere),
    Step(
        "Both languages say it in other words",
        "2026-02-03T01:00:00Z",
        _reword,
        """
        text_changed commitments/demo-c01 title_en: Publish every tender in one place → Publish all tenders in one place | in demo demo-c01
        text_changed commitments/demo-c01 title_mn: Тендер бүрийг нэг дор нийтлэх → Бүх тендерийг нэг дор нийтлэх | in demo demo-c01
        """,
    ),
    Step(
        "Only the translation is mended",
        "2026-02-04T01:00:00Z",
        lambda repo: repo.change(C01, "Бүгдийг нэг хуудсанд жагсаана.", "Нэг хуудсанд бүгдийг жагсаана."),
        """
        translation commitments/demo-c01 brief_mn: Бүгдийг нэг хуудсанд жагсаана. → Нэг хуудсанд бүгдийг жагсаана. | in demo demo-c01
        """,
    ),
    Step(
        "An objective in one language",
        "2026-02-05T01:00:00Z",
        lambda repo: repo.add(C01, "objective:\n  en: All tenders are seen.\n"),
        "text_changed commitments/demo-c01 objective_en: → All tenders are seen. | in demo demo-c01",
    ),
    Step(
        "The objective is translated",
        "2026-02-06T01:00:00Z",
        lambda repo: repo.add(C01, "  mn: Тендер бүр харагдана.\n"),
        "translation commitments/demo-c01 objective_mn: → Тендер бүр харагдана. | in demo demo-c01",
    ),
    Step(
        "Dates are moved in the records themselves",
        "2026-02-07T01:00:00Z",
        _move_dates,
        """
        date_moved milestones/demo-c01-m01 due_baseline: 2026-08-01 → 2026-09-01 | 31 days | in demo demo-c01 demo-c01-m01
        date_moved plans/demo period_end: 2027 → 2028 | 366 days | in demo
        """,
    ),
    Step("A formatter and two editors pass by", "2026-02-08T01:00:00Z", _reformat),
    Step(
        "The file is broken",
        "2026-02-09T01:00:00Z",
        lambda repo: repo.add(C01, "title: [not closed\n"),
        "unreadable commitments/demo-c01: → plans/demo/commitments/c01.yaml | in demo demo-c01",
    ),
    Step(
        "It is broken otherwise",
        "2026-02-09T02:00:00Z",
        lambda repo: repo.add(C01, "\x01"),
        "unreadable commitments/demo-c01: → plans/demo/commitments/c01.yaml | in demo demo-c01",
    ),
    Step(
        "It is mended, with another number than before it broke",
        "2026-02-10T01:00:00Z",
        lambda repo: repo.write(
            C01, repo.read(C01).replace("title: [not closed\n\x01", "").replace("value: 1200", "value: 1300")
        ),
        "value_changed measures/demo-c01-tenders value: 1200 → 1300 | in demo demo-c01",
    ),
    Step(
        "A milestone and an organisation come",
        "2026-02-11T01:00:00Z",
        _change_list,
        """
        added milestones/demo-c01-m03: → Show it | in demo demo-c01 demo-c01-m03
        value_changed commitment_organisations/demo-c01/council/support organisation_id: → council | in demo demo-c01
        """,
    ),
    Step(
        "The organisation goes, and where a value comes from is another",
        "2026-02-12T01:00:00Z",
        lambda repo: (
            repo.change(C01, "  - organisation: council\n    role: support\n", ""),
            repo.change("plans/demo/plan.yaml", "country, period_start, period_end, status]", "country, period_start, status]"),
        ),
        """
        value_changed commitment_organisations/demo-c01/council/support organisation_id: council → | in demo demo-c01
        value_changed plans/demo provenance: period_end: sourced plan-text → | in demo
        """,
    ),
    Step(
        "The folder moves, and the publisher changes its name at once",
        "2026-03-01T01:00:00Z",
        _move_folder,
        "text_changed site/demo publisher_en: Office of the plan → Bureau of the plan",
    ),
    Step("Files are put in other folders, one is copied", "2026-03-02T01:00:00Z", _shuffle),
    Step("They go back, the copy stays", "2026-03-03T01:00:00Z", _shuffle_back),
    Step("It takes the place of the first", "2026-03-04T01:00:00Z", _finish_shuffling),
    Step(
        "A commitment in an old schema",
        "2026-03-05T01:00:00Z",
        lambda repo: repo.write("plans/demo/commitments/c02.yaml", OLD_SCHEMA),
        "added commitments/demo-c02: → Count the boats | in demo demo-c02",
    ),
    Step(
        "It changes in fields that nobody knows any more",
        "2026-03-06T01:00:00Z",
        lambda repo: repo.write(
            "plans/demo/commitments/c02.yaml",
            OLD_SCHEMA.replace("council", "ministry").replace('"Boats"', '"All boats"').replace("count, tell", "tell, count"),
        ),
        """
        text_changed commitments/demo-c02 heading_en: Boats → All boats | in demo demo-c02
        value_changed commitments/demo-c02 responsible: council → ministry | in demo demo-c02
        """,
    ),
    Step(
        "It is withdrawn (#7)",
        "2026-03-07T01:00:00Z",
        lambda repo: repo.remove("plans/demo/commitments/c02.yaml"),
        "withdrawn commitments/demo-c02: Count the boats → | pull request 7 | in demo demo-c02",
    ),
    Step(
        "The first report",
        "2026-07-12T01:00:00Z",
        lambda repo: repo.write(REPORT, FIRST_REPORT),
        """
        added updates/demo-2026-h1-c01: | reported 2026-07-10 | in demo demo-c01
        date_moved date_changes/demo-2026-h1-c01/demo-c01-m02 new_due: 2027-03-01 → 2027-05-31 | 91 days | because The list is long. | reported 2026-07-10 | by Decision 7 | in demo demo-c01 demo-c01-m02
        evidence_added evidence/demo-2026-h1-c01-m01-e01: → The page | reported 2026-07-10 | in demo demo-c01 demo-c01-m01
        status update_items/demo-2026-h1-c01-m01 status: → completed | happened 2026-07-01 | reported 2026-07-10 | in demo demo-c01 demo-c01-m01
        status update_items/demo-2026-h1-c01-m02 status: → in_progress | reported 2026-07-10 | in demo demo-c01 demo-c01-m02
        """,
    ),
    Step(
        "A proof is exchanged",
        "2026-07-13T01:00:00Z",
        _evidence,
        """
        evidence_added evidence/demo-2026-h1-c01-m01-e02: → A photo | reported 2026-07-10 | in demo demo-c01 demo-c01-m01
        evidence_removed evidence/demo-2026-h1-c01-m01-e01: The page → | reported 2026-07-10 | in demo demo-c01 demo-c01-m01
        """,
    ),
    Step(
        "A published report is changed, which is a correction without a reason",
        "2026-07-14T01:00:00Z",
        lambda repo: repo.change(REPORT, "Call us any time.", "Call 99112233 or write to someone@gmail.com."),
        """
        correction update_items/demo-2026-h1-c01-m02 note_en: Call us any time. → Call […] or write to […] | reported 2026-07-10 | in demo demo-c01 demo-c01-m02
        """,
    ),
    Step(
        "Dates as in the order (#12)\n\nThe order says so.\n\nCorrection: two values were not as in the order,\n  which was read again\nCo-authored-by: Secret Person <secret.person@example.org>",
        "2026-08-01T01:00:00Z",
        _correct,
        """
        correction commitments/demo-c01 problem_en: Nobody can find the tenders. → Few can find the tenders. | because two values were not as in the order, which was read again | pull request 12 | in demo demo-c01
        correction milestones/demo-c01-m01 start_date: 2026-02-01 → 2026-02-03 | 2 days | because two values were not as in the order, which was read again | pull request 12 | in demo demo-c01 demo-c01-m01
        text_changed commitments/demo-c01 ambition_en: → High | pull request 12 | in demo demo-c01
        """,
    ),
    Step(
        "A letter, while somebody works on a branch",
        "2026-09-01T03:00:00Z",
        _branch,
        "added documents/demo-letter: → Letter | happened 2026-08 | in demo",
    ),
    Step(
        "Merge pull request #14 from somebody/work",
        "2026-09-02T01:00:00Z",
        lambda repo: repo.git("merge", "-q", "--no-ff", "--no-commit", "work"),
        """
        text_changed commitments/demo-c01 problem_en: Few can find the tenders. → Hardly anybody finds the tenders. | pull request 14 | in demo demo-c01
        """,
    ),
    Step(
        "The plan ends\n\nSee merge request group/plans!15",
        "2026-12-01T01:00:00Z",
        lambda repo: repo.change("plans/demo/plan.yaml", "status: active", "status: ended"),
        "status plans/demo status: active → ended | pull request 15 | in demo",
    ),
    Step(
        "The second report",
        "2027-01-12T01:00:00Z",
        lambda repo: repo.write(SECOND, SECOND_REPORT),
        """
        added updates/demo-2026-h2-c01: | reported 2027-01-10 | in demo demo-c01
        reopened update_items/demo-2026-h2-c01-m01 status: completed → in_progress | because The page fell off the web. | reported 2027-01-10 | in demo demo-c01 demo-c01-m01
        """,
    ),
)  # fmt: skip


def play(root: Path) -> Repository:
    """Return a repository in which all steps were done."""
    repo = Repository.make(root, "old/inhalt")
    (root / "old").mkdir()
    for step in STEPS:
        step.do(repo)
        repo.commit(step.message, at=step.at)
    return repo
