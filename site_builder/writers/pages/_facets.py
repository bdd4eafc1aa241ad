"""Owns the ways in which commitments are told apart: one entry a facet, all else follows from the schemas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from markupsafe import Markup, escape

from site_builder.nouns.derived import Derived
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Field
from site_builder.nouns.text import Text
from site_builder.readers.formats import capital
from site_builder.writers.voice import Voice

DERIVED = "commitment_summary"
"""Table of the statuses, which change from day to day."""
NOT_STATED, NONE_STATED = "not-stated", "none-stated"
"""Values of commitments for which no source states one, and of those for which a source says that there is none."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to tell commitments apart; its words are the phrases `facet.<name>` and `facet.<name>.heading`."""

    name: str
    """Its part of the address."""
    table: str
    """Where the values come from: the commitment itself, what is derived of it, or a list inside it."""
    column: str
    absent: str = "fact.missing_short"
    """Phrase for commitments without a value; empty where each has one."""
    role: str = ""
    """Only rows of this role count."""
    told: str = ""
    """Name under which provenance says that there is no value, where it is not the column."""


FACETS = (
    Facet("plan", "commitments", "plan_id", absent=""),
    Facet("calendar", DERIVED, "schedule_status", absent=""),
    Facet("reviewers", DERIVED, "irm_completion", absent="answer.no_completion"),
    Facet("government", DERIVED, "government_status", absent="answer.no_report"),
    Facet("lead", "commitment_organisations", "organisation_id", role="lead", told="lead"),
    Facet("organisation", "commitment_organisations", "organisation_id", told="organisations"),
    Facet("theme", "commitments", "theme"),
    Facet("value", "commitment_values", "value_code", told="values"),
    Facet("policy-area", "commitment_policy_areas", "policy_area_code", told="policy_areas"),
)
"""Every facet, in the order in which they are offered."""
BY_NAME = {facet.name: facet for facet in FACETS}


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet with the commitments that have it."""

    facet: Facet
    slug: str
    label: str
    """As it stands in a list, with markup where it is in another language."""
    plain: str
    commitments: tuple[Record, ...]

    @property
    def subject(self) -> str:
        return f"{self.facet.name}/{self.slug}"


def subjects(catalog: Catalog) -> Iterator[str]:
    """Yield the subject of each facet page.

    A status has a page for each code, also for one that no commitment has today: it may have tomorrow, and an
    address that was passed on must stay. Other facets have pages for the values that occur, if they are two or more.
    """
    commitments = catalog.rows("commitments")
    for facet in FACETS if commitments else ():
        if facet.table == DERIVED:
            codes = catalog.codes_of.get(_field(catalog, facet).codelist, ())
            found = [*(code.get("code") for code in codes), *([NOT_STATED] if facet.absent else [])]
        else:
            found = sorted({slug for commitment in commitments for slug in slugs(facet, catalog, commitment)})
            found = found if len(found) > 1 else []
        for slug in found:
            yield f"{facet.name}/{slug}"


def slugs(facet: Facet, catalog: Catalog, commitment: Record, derived: Derived | None = None) -> tuple[str, ...]:
    """Return the values that a commitment has, as they stand in the address; it always has one."""
    localized = _field(catalog, facet).localized
    found = []
    for row in _rows(facet, catalog, commitment, derived):
        raw = slug_of_text(catalog.text(commitment, facet.column)) if localized else row.get(facet.column)
        if raw:
            found.append(raw)
    if found:
        return tuple(dict.fromkeys(found))
    told = catalog.told_of(commitment).get(facet.told or facet.column, ())
    return (NONE_STATED if any(row.get("status") == "none_stated" for row in told) else NOT_STATED,)


def _rows(facet: Facet, catalog: Catalog, commitment: Record, derived: Derived | None) -> Iterable[Any]:
    if facet.table == "commitments":
        return (commitment,)
    if facet.table == DERIVED:
        return (derived.row(DERIVED, commitment.id),) if derived else ()
    rows = catalog.children(commitment, facet.table)
    return [row for row in rows if row.get("role") == facet.role] if facet.role else rows


def slug_of_text(text: Text) -> str:
    """Return a free text as a part of an address: its first language in ASCII letters, else a hash of it.

    Texts that differ only in case or in punctuation are one value.
    """
    words = next(iter(text.by_language.values()), "")
    slug = re.sub(r"[^a-z0-9]+", "-", words.casefold()).strip("-")
    if words.isascii() and slug not in ("", NOT_STATED, NONE_STATED) and len(slug) <= 60:
        return slug
    return f"x{sha256(words.casefold().encode()).hexdigest()[:8]}" if words else ""


def _field(catalog: Catalog, facet: Facet) -> Field:
    return catalog.schemas[facet.table].by_name[facet.column]


# as a language shows them


def values(voice: Voice, facet: Facet) -> tuple[Value, ...]:
    """Return the values of a facet that commitments have, in the order of their list, what is not stated last."""
    key = ("facet", facet.name)
    if key not in voice.memory:
        edition = voice.edition
        found: dict[str, list[Record]] = {}
        for commitments in edition.commitments_of.values():
            for commitment in commitments:
                for slug in slugs(facet, edition.catalog, commitment, edition.derived):
                    found.setdefault(slug, []).append(commitment)
        shown = [_value(voice, facet, slug, records) for slug, records in found.items()]
        voice.memory[key] = tuple(sorted(shown, key=lambda value: _place(voice, value)))
    return cast(tuple[Value, ...], voice.memory[key])


def value_of(voice: Voice, subject: str) -> Value:
    """Return the value that a page is about, also where no commitment has it."""
    name, _, slug = subject.partition("/")
    found = (value for value in values(voice, BY_NAME[name]) if value.slug == slug)
    return next(found, None) or _value(voice, BY_NAME[name], slug, [])


def useful(voice: Voice) -> list[tuple[Facet, tuple[Value, ...]]]:
    """Return the facets that tell commitments apart, with their values."""
    each = ((facet, values(voice, facet)) for facet in FACETS)
    return [(facet, found) for facet, found in each if len(found) > 1]


def tokens(voice: Voice) -> Mapping[str, str]:
    """Return the values of each commitment for the script that narrows the list.

    Each is the place of a facet and of a value among those that `useful` offers, `4.12`: a long list names
    thousands of them.
    """
    if ("facet tokens", "") not in voice.memory:
        found: dict[str, list[str]] = {}
        for place, (_, told) in enumerate(useful(voice)):
            for number, value in enumerate(told):
                for commitment in value.commitments:
                    found.setdefault(commitment.id, []).append(f"{place}.{number}")
        voice.memory["facet tokens", ""] = {key: " ".join(words) for key, words in found.items()}
    return cast(Mapping[str, str], voice.memory["facet tokens", ""])


def entry(voice: Voice, value: Value) -> tuple[str, str, int]:
    """Return a value as it stands in a list of values: link, label, number of commitments."""
    label = value.label if isinstance(value.label, Markup) else capital(value.label)
    return voice.link("facet", value.subject), label, len(value.commitments)


def linked(voice: Voice, name: str, commitment: Record) -> tuple[str, ...]:
    """Return the values of a commitment, each linked to the page of all that share it; nothing where none is stated."""
    facet = BY_NAME[name]
    found = slugs(facet, voice.edition.catalog, commitment, voice.edition.derived)
    return tuple(_link(voice, facet, slug, commitment) for slug in found if slug not in (NOT_STATED, NONE_STATED))


def _link(voice: Voice, facet: Facet, slug: str, commitment: Record) -> str:
    label = _label(voice, facet, slug, commitment)[0]
    href = voice.link("facet", f"{facet.name}/{slug}")
    return Markup('<a href="{}">{}</a>').format(href, label) if href else label


def _value(voice: Voice, facet: Facet, slug: str, commitments: list[Record]) -> Value:
    label, plain = _label(voice, facet, slug, next(iter(commitments), None))
    return Value(facet, slug, label, plain, tuple(commitments))


def _label(voice: Voice, facet: Facet, slug: str, commitment: Record | None) -> tuple[str, str]:
    """Return what a value is called, with and without markup; a free text is that of `commitment`."""
    if slug in (NOT_STATED, NONE_STATED):
        said = voice.say(facet.absent if slug == NOT_STATED else "fact.none_stated")
        return (said, said)
    item = _field(voice.edition.catalog, facet)
    if item.localized:
        return (voice.text(commitment, facet.column), voice.plain(commitment, facet.column)) if commitment else ("", "")
    record, name = _named(voice.edition.catalog, facet, slug)
    if record is None:
        return slug, slug
    return voice.text(record, name), voice.plain(record, name)


def _named(catalog: Catalog, facet: Facet, slug: str) -> tuple[Record | None, str]:
    """Return the record that names a value, and the field of its name."""
    item = _field(catalog, facet)
    if item.codelist:
        return catalog.code(item.codelist, slug), "label"
    table = catalog.schemas[catalog.schemas[facet.table].reference_of[facet.column]]
    name = "short_title" if "short_title" in table.by_name else next(f.name for f in table.fields if f.localized)
    return catalog.find(table.name, slug), name


def _place(voice: Voice, value: Value) -> tuple[int, Any]:
    """Return the key that sorts a value: by its place in the code list, by plan, else by the alphabet."""
    if value.slug in (NOT_STATED, NONE_STATED):
        return 2, value.slug
    catalog = voice.edition.catalog
    item = _field(catalog, value.facet)
    if item.codelist:
        code = catalog.code(item.codelist, value.slug)
        return 0, code.get("position") if code else 0
    if value.facet.column == "plan_id":
        plan = catalog.find("plans", value.slug)
        return 0, -plan.get("number") if plan else 0
    return 1, voice.formats.alphabetical(value.plain)


def heading(voice: Voice, value: Value) -> tuple[str, str]:
    """Return the heading of a value's page, with and without markup."""
    phrase = voice.say(f"facet.{value.facet.name}.heading", value="\0")
    return Markup(escape(phrase)).replace("\0", escape(value.label)), phrase.replace("\0", value.plain)
