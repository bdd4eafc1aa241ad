"""Owns what a waiver does: it takes a known break out of the findings and is itself reported when useless."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from site_builder.nouns.diagnostic import Diagnostic, Severity, found
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.suggest import closest

WAIVABLE_ERRORS = frozenset(
    {"adopted-text-changed", "baseline-changed", "done-before-start", "organisation-ended", "start-after-end"}
)
"""Errors in what was adopted that a waiver of kind as_adopted may take out; any warning can be waived."""
DEPEND_ON_THE_DAY = frozenset({"no-final-status", "not-started-unexplained", "overdue-unexplained", "report-overdue"})
"""Rules that an earlier day does not need: a waiver of one of them is never called useless."""
DEPEND_ON_NAMES = frozenset({"organisation-unused"})
"""Rules that are not judged while names elsewhere are mistyped."""


def apply_waivers(
    findings: Iterable[Diagnostic], catalog: Catalog, *, as_of: date, rules: Iterable[str]
) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Return the findings that stand, with those on waivers themselves, and the findings that were waived."""
    rules = frozenset(rules)
    waivers = {
        (record.get("rule"), record.get("record")): record
        for record in catalog.rows("waivers")
        if record.get("rule") and record.get("record")
    }
    used: set[tuple[str, str]] = set()
    refused: set[tuple[str, str]] = set()
    standing: list[Diagnostic] = []
    waived: list[Diagnostic] = []
    for finding in findings:
        key = (finding.name, finding.record)
        waiver = waivers.get(key)
        if waiver is None or _expired(waiver, as_of):
            standing.append(finding)
        elif not _may_waive(waiver, finding):
            refused.add(key)
            standing.append(finding)
        else:
            used.add(key)
            waived.append(finding)
    unclear = _unclear(catalog, has_errors=any(finding.severity is Severity.ERROR for finding in standing))
    standing.extend(
        _refused(record) if key in refused else _useless(record, as_of, rules)
        for key, record in waivers.items()
        if key not in used and (key in refused or _expired(record, as_of) or key[0] not in rules or not unclear(*key))
    )
    return standing, waived


def _unclear(catalog: Catalog, *, has_errors: bool) -> Callable[[str, str], bool]:
    """Return what tells of a rule and a record whether nobody can say now that the rule is kept.

    Something could not be read, in the record or, as a rule may look at other records, anywhere; or the day decides,
    or a name that is mistyped elsewhere.
    """
    spoiled = {record.id for records in catalog.tables.values() for record in records if record.spoiled}
    above = tuple(f"{name}-" for name in spoiled)  # what stands in a record is compared with it
    return lambda rule, record: bool(
        catalog.unread
        or rule in DEPEND_ON_THE_DAY
        or (has_errors and rule in DEPEND_ON_NAMES)
        or record in spoiled
        or record.startswith(above)
    )


def _may_waive(waiver: Record, finding: Diagnostic) -> bool:
    if finding.severity is not Severity.ERROR:
        return True
    return finding.name in WAIVABLE_ERRORS and waiver.get("kind") == "as_adopted"


def _expired(waiver: Record, as_of: date) -> bool:
    expires = waiver.get("expires_on")
    return bool(expires and expires < as_of)


def _refused(waiver: Record) -> Diagnostic:
    return found(
        "waiver-not-allowed",
        waiver.where("rule"),
        rule=waiver.get("rule"),
        target=waiver.get("record"),
        record=waiver.id,
        field="rule",
        length=len(str(waiver.get("rule"))),
    )


def _useless(waiver: Record, as_of: date, rules: frozenset[str]) -> Diagnostic:
    rule = str(waiver.get("rule"))
    if rule not in rules:
        return found(
            "waiver-rule-unknown",
            waiver.where("rule"),
            value=rule,
            record=waiver.id,
            field="rule",
            suggestion=closest(rule, rules),
            length=len(rule),
        )
    if _expired(waiver, as_of):
        return found(
            "waiver-expired",
            waiver.where("expires_on"),
            severity=Severity.WARNING,
            rule=rule,
            target=waiver.get("record"),
            expired=waiver.get("expires_on"),
            record=waiver.id,
            field="expires_on",
            length=waiver.cells["expires_on"].length,
        )
    return found(
        "waiver-unused",
        waiver.where("rule"),
        severity=Severity.WARNING,
        rule=rule,
        target=waiver.get("record"),
        record=waiver.id,
        field="rule",
        length=len(rule),
    )
