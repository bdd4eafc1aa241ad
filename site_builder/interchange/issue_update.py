"""Owns how answers to "report progress" become the file of an update; every id in it is one of the content's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from site_builder.interchange.issue_form import Answers
from site_builder.interchange.remarks import Remark, remark
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.suggest import closest
from site_builder.writers.yaml_text import Code, Value, yaml_text

LONGEST_TEXT = 4_000
"""Characters of an answer that is published as it is."""
_ROUND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\]{4,2000}")
_LONGEST_NAME = 40


@dataclass
class Update:
    """What becomes of answers: a file, or the reasons why there is none."""

    path: str = ""
    """Path below the content."""
    content: bytes = b""
    wrong: list[Remark] = field(default_factory=list)


@dataclass
class _Reading:
    """Answers being read against a catalog; what is wrong with them is gathered, nothing stops at the first."""

    given: Answers
    catalog: Catalog
    wrong: list[Remark] = field(default_factory=list)

    def refuse(self, kind: str, key: str, *, near: str = "", commitment: str = "") -> None:
        self.wrong.append(remark(kind, value=self.given.get(key, ""), near=near, of=commitment))

    def day(self, key: str) -> date | None:
        """Return a day of the calendar."""
        text = self.given.get(key)
        if text is None:
            return None
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass  # said below: it has the form of a day and is none
        self.refuse("no_day", key)
        return None

    def code(self, key: str, codelist: str) -> str | None:
        """Return a code; the host gives the whole choice, which begins with it."""
        text = self.given.get(key)
        code = text.split(" · ")[0] if text else None
        if code is not None and self.catalog.code(codelist, code) is None:
            self.refuse("no_code", key)
            return None
        return code

    def text(self, key: str) -> str | None:
        text = self.given.get(key)
        if text is not None and len(text) > LONGEST_TEXT:
            self.wrong.append(remark("too_long", count=len(text), limit=LONGEST_TEXT))
            return None
        return text

    def percent(self, key: str) -> Decimal | None:
        text = self.given.get(key)
        if text is None:
            return None
        try:
            number = Decimal(text.removesuffix("%").strip().replace(",", "."))
        except InvalidOperation:
            number = Decimal(-1)
        if not (number.is_finite() and 0 <= number <= 100 and len(text) < 10):
            self.refuse("no_percent", key)
            return None
        return number

    def localized(self, key: str) -> dict[str, Value]:
        """Return a text in the languages of the site in which it was given."""
        texts = {code: self.text(f"{key}_{code}") for code in self.catalog.codes}
        return {code: text for code, text in texts.items() if text}


def is_round_name(text: str) -> bool:
    """Whether a round of reports can be called so: the name is that of a folder."""
    return len(text) <= _LONGEST_NAME and _ROUND.fullmatch(text) is not None


def update_of(given: Answers, catalog: Catalog) -> Update:
    """Return the update that answers tell of; with anything wrong in them there is no file."""
    reading = _Reading(given, catalog)
    commitment = _commitment(reading)
    reported_on = reading.day("reported_on")
    round_name = given.get("round", "")
    if not is_round_name(round_name):
        reading.refuse("no_round", "round")
    item = _item(reading, commitment)
    if reading.wrong or commitment is None or reported_on is None:
        return Update(wrong=reading.wrong)
    # the names of the folder and of the file are those of the commitment's own file
    plan, _, name = commitment.location.file.split("/")[-3:]
    tree: dict[str, Value] = {"reported_on": reported_on, "items": [item]}
    return Update(f"plans/{plan}/updates/{round_name}/{name}", yaml_text(tree).encode("utf-8"))


def _commitment(reading: _Reading) -> Record | None:
    written = reading.given.get("commitment", "")
    found = reading.catalog.find("commitments", written)
    if found is None:
        near = closest(written[:_LONGEST_NAME], (record.id for record in reading.catalog.rows("commitments")))
        reading.refuse("no_commitment_near" if near else "no_commitment", "commitment", near=near)
    return found


def _milestone(reading: _Reading, commitment: Record | None) -> str | None:
    """Return the short id of a milestone that was named by its number or by an id."""
    written = reading.given.get("milestone")
    if written is None or commitment is None:
        return None
    for record in reading.catalog.rows("milestones"):
        if record.parent == commitment.id:
            short = record.id.removeprefix(f"{commitment.id}-")
            if written in (record.id, short, str(record.get("number"))):
                return short
    reading.refuse("no_milestone", "milestone", commitment=commitment.id)
    return None


def _item(reading: _Reading, commitment: Record | None) -> Mapping[str, Value]:
    milestone, status = _milestone(reading, commitment), reading.code("status", "statuses")
    percent, completed_on = reading.percent("progress_pct"), reading.day("completed_on")
    item: dict[str, Value] = {}
    if milestone is not None:
        item["milestone"] = Code(milestone)
    if status is not None:
        item["status"] = Code(status)
    if percent is not None:
        item["progress_pct"] = percent
    if completed_on is not None:
        item["completed_on"] = completed_on
    item["note"] = reading.localized("note")
    item["evidence"] = _evidence(reading)
    return item


def _evidence(reading: _Reading) -> list[Value]:
    keys = ("evidence_url", "evidence_title", "evidence_kind", "evidence_language")
    if not any(key in reading.given for key in keys):
        return []
    address, title, kind = reading.given.get(keys[0]), reading.text(keys[1]), reading.code(keys[2], "evidence_kinds")
    language = reading.given.get(keys[3], "").split(" · ")[0]
    if address is not None and not _ADDRESS.fullmatch(address):
        reading.refuse("no_address", "evidence_url")
    if not title or kind is None or language not in reading.catalog.codes:
        reading.wrong.append(remark("evidence_needs"))
        return []
    named: dict[str, Value] = {"id": Code("e01"), "kind": Code(kind), "title": {language: title}}
    return [{**named, "url": Code(address)} if address else named]
