"""Owns one invented pull request on the fictional plan: more than ten kinds of change, all of them without mistakes."""

from __future__ import annotations

from collections.abc import Mapping

PLAN = "plans/fic1"
CORRECTED = """
    reason:
      en: "The report had been typed in wrongly."
      mn: "Тайланг буруу бичсэн байсан."
"""[:-1]
INDICATOR = """\
name:
  en: "Share of boats with a number"
  mn: "Дугаартай завины хувь"
unit: percent
direction: increase
source: tide-statistics
retrieved_on: 2026-03-15
series:
  - observations:
      - period: 2024
        value: 40
"""
TOWNS = "period,sex,value,note_en,note_mn\n2023,F,30,,\n2024,F,35,,\n"
MISTYPED = """\
        note:
          en: "Mistyped until June 2026."
          mn: "2026 оны зургаадугаар сар хүртэл буруу бичсэн байв."
"""
NEW_REPORT = """\
reported_on: 2026-06-25
organisation: ministry-of-examples
items:
  - milestone: m01
    status: in_progress
    note:
      en: "A third of the pages is drawn."
      mn: "Хуудасны гуравны нэгийг зурсан."
    date_change:
      old_due: 2027-06-30
      new_due: 2027-09-30
      reason:
        en: "The fog stayed longer than the plan allowed."
        mn: "Манан төлөвлөснөөс удаан тогтсон."
      decision:
        en: "Council for the Open Plan, Decision 12 (invented)"
        mn: "Нээлттэй төлөвлөгөөний зөвлөлийн 12 дугаар шийдвэр (зохиомол)"
    evidence:
      - id: e01
        kind: photo
        title:
          en: "The drawn pages"
          mn: "Зурсан хуудас"
        url: https://example.org/photos/pages.html
        dated_on: 2026-06-20
"""
ONE_MORE_ITEM = """\
  - milestone: m04
    status: completed
    completed_on: 2026-06-10
    evidence:
      - id: e01
        kind: report
        title:
          en: "The printed bill"
          mn: "Хэвлэсэн төлбөрийн баримт"
        url: https://example.org/bill.html
"""
THE_SAME_STATUS = """\
  - milestone: m02
    status: partly
    progress_pct: 80
    note:
      en: "The second **archive** has been searched."
      mn: "Хоёр дахь **архивыг** үзсэн."
"""
NEW_ORGANISATION = """\
name:
  en: "Umbrella Makers' Guild"
  mn: "Шүхэр үйлдвэрлэгчдийн холбоо"
kind: civil_society
"""

EDITS = (
    (
        "commitments/c05.yaml",
        "organisations:\n",
        "organisations:\n  - organisation: umbrella-makers\n    role: support\n",
    ),
    ("commitments/c06.yaml", "baseline: 2027-06-30\n", "baseline: 2027-06-30\n    due_current: 2027-09-30\n"),
    ("commitments/c01.yaml", "who owns which paper boat, and download", "who owns each paper boat, and download"),
    ("commitments/c01.yaml", "Аль цаасан завь хэнийх", "Цаасан завь бүр хэнийх"),
    ("commitments/c03.yaml", "The Moon is sometimes late, and there", "The Moon is often late and cold, and there"),
    ("commitments/c02.yaml", "Үүлний төсвийг ил болгох", "Үүлний төсвийг нийтэд ил болгох"),
    ("updates/2026-h1/c01.yaml", "progress_pct: 40", f"progress_pct: 45{CORRECTED}"),
    ("updates/2026-h1/c03.yaml", "status: not_done", "status: partly"),
    ("updates/2026-h1/c03.yaml", "The word does not fit on a page.", "The word fits on half a page."),
    ("updates/2026-h1/c03.yaml", "Үг нь хуудсанд багтдаггүй.", "Үг нь хагас хуудсанд багтдаг."),
)
"""File below the plan, what stands there once, what stands there after the change."""


def before(fictional: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the fictional content with an indicator and its sheet."""
    return {**fictional, "indicators/numbers.yaml": INDICATOR.encode(), "indicators/numbers.csv": TOWNS.encode()}


def after(fictional: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the same content with the change."""
    files = before(fictional)
    for path, old, new in EDITS:
        text = files[f"{PLAN}/{path}"].decode()
        assert text.count(old) == 1, (path, old)
        files[f"{PLAN}/{path}"] = text.replace(old, new).encode()
    files["indicators/numbers.yaml"] = (INDICATOR.replace("value: 40", "value: 42") + MISTYPED).encode()
    files["indicators/numbers.csv"] = TOWNS.replace("2024,F,35,,", "2024,F,36,Mistyped,Буруу бичсэн").encode()
    files["indicators/numbers.csv"] += b"2025,F,41,,\n"
    files[f"{PLAN}/updates/2026-h1/c06.yaml"] = NEW_REPORT.encode()
    files[f"{PLAN}/updates/2026-h1/c02.yaml"] += ONE_MORE_ITEM.encode()
    files[f"{PLAN}/updates/2026-h1/c03.yaml"] += THE_SAME_STATUS.encode()
    files["organisations/umbrella-makers.yaml"] = NEW_ORGANISATION.encode()
    del files[f"{PLAN}/meetings/hearing.yaml"]
    return files
