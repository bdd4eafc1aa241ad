"""Owns what search can find: every thing of the site with its title, a short line, its address and its words."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas, Table
from site_builder.nouns.text import Text
from site_builder.plan.site_plan import GLOSSARY_PAGE
from site_builder.readers.markdown import title
from site_builder.writers.pages._commitments import period, plan_of
from site_builder.writers.pages._facets import BY_NAME, DERIVED, NONE_STATED, NOT_STATED, heading, value_of
from site_builder.writers.pages._frameworks.naming import plain_title
from site_builder.writers.voice import Voice

LONGEST = 160
"""Characters of a title or line in the list of results; all its words are found nevertheless."""
KINDS = {
    "commitment": "search.kind_commitment",
    "plan": "search.kind_plan",
    "organisation": "search.kind_organisation",
    "indicator": "search.kind_indicator",
    "framework": "search.kind_framework",
    "area": "search.kind_area",
    "page": "search.kind_page",
    "term": "search.kind_term",
    "milestone": "search.kind_milestone",
    "table": "search.kind_table",
    "source": "search.kind_source",
}
"""Phrase that tells a reader what kind of thing something is."""
IDENTIFIED_KINDS = (
    ("commitment", "commitments"),
    ("plan", "plans"),
    ("organisation", "organisations"),
    ("indicator", "indicators"),
    ("framework", "frameworks"),
    ("area", "areas"),
)
"""Kinds of things with a page of their own and their tables, the most wanted first."""
DESCRIBED = frozenset({kind for kind, _ in IDENTIFIED_KINDS} | {"table"})
"""Kinds of page that are found through the record or table that they show."""
UNFOUND = frozenset({"home", "languages", "not-found", "identifier", "embed", "search", "a-to-z"})
"""Kinds of page that nobody searches for."""
_TARGET = re.compile(r"\]\([^)]*\)")
"""The target of a link in Markdown: no word of the text."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be found, before it is put into words; its kind is one of KINDS."""

    kind: str
    subject: Record | Page | Table


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing as the list of results shows it, and what else it is found by."""

    kind: str
    title: str
    line: str
    path: str
    """Path below the output folder, with an anchor where it is a part of a page."""
    names: tuple[str, ...] = ()
    """What else it is called: these words count as those of the title."""
    words: tuple[str, ...] = ()
    """Other texts in which it is found, beside title and line."""
    language: str = ""
    """Language of a title that is not translated."""


def things(catalog: Catalog, schemas: Schemas, pages: Iterable[Page]) -> Iterator[Thing]:
    """Yield everything that can be found, each once, the most wanted kinds first; `pages` are those of one language."""
    for kind, table in IDENTIFIED_KINDS:
        yield from (Thing(kind, record) for record in catalog.rows(table))
    yield from (Thing("page", page) for page in pages if _is_wanted(page, schemas))
    for kind, table in (("term", "glossary"), ("milestone", "milestones")):
        yield from (Thing(kind, record) for record in catalog.rows(table))
    yield from (Thing("table", table) for table in schemas)
    yield from (Thing("source", record) for record in catalog.rows("sources"))


def _is_wanted(page: Page, schemas: Schemas) -> bool:
    """Whether a page is found as a page.

    Not where it shows a record or the commitments of one, nor what have no value in common.
    """
    if page.kind == "facet":
        name, _, slug = page.subject.partition("/")
        facet = BY_NAME[name]
        named = facet.column in schemas[facet.table].reference_of
        return not named and (facet.table == DERIVED or slug not in (NOT_STATED, NONE_STATED))
    return page.kind not in DESCRIBED | UNFOUND


def entry(voice: Voice, thing: Thing) -> Entry:
    """Return a thing in the words of a language."""
    subject = thing.subject
    if isinstance(subject, Page):
        return _page(voice, subject)
    if isinstance(subject, Table):
        return _table(voice, subject)
    return _BY_TABLE[subject.table](voice, subject)


def plan_name(voice: Voice, plan: Record) -> str:
    """Return the short title of a plan, else its title."""
    return voice.plain(plan, "short_title") or voice.plain(plan, "title")


def _shortened(text: str) -> str:
    return textwrap.shorten(text, LONGEST, placeholder="…")


def _named(voice: Voice, kind: str, name: Text, path: str) -> Entry:
    """Return an entry with its title, shortened where it is long; all words of it count."""
    text, language = name.shown(voice.code)
    shown = _shortened(text)
    return Entry(
        kind,
        shown,
        "",
        path,
        names=(text,) if shown != text else (),
        language="" if language == voice.code else language,
    )


def _with(told: Entry, line: str, *, names: Iterable[str] = (), words: Iterable[str] = ()) -> Entry:
    """Return an entry with its line and all it is found by."""
    return replace(
        told,
        line=_shortened(line),
        names=(*told.names, *filter(None, names)),
        words=tuple(_TARGET.sub("]", text) for text in words if text),
    )


def _path(voice: Voice, kind: str, subject: str = "") -> str:
    return voice.edition.plan.address(kind, subject, voice.code) or ""


def _plain(voice: Voice, record: Record, names: Iterable[str]) -> list[str]:
    return [voice.plain(record, name) for name in names]


def _commitment(voice: Voice, record: Record) -> Entry:
    catalog = voice.edition.catalog
    leads = [
        organisation
        for link in catalog.children(record, "commitment_organisations")
        if link.get("role") == "lead" and (organisation := catalog.find("organisations", link.get("organisation_id")))
    ]
    areas = [row.get("policy_area_code") for row in catalog.children(record, "commitment_policy_areas")]
    name = catalog.text(record, "title") or catalog.text(record, "title_ogp")
    untitled = Text({voice.code: voice.say("commitment.untitled", id=record.get("ogp_id") or record.id)})
    line = voice.say("search.number", number=record.get("number"), plan=plan_name(voice, plan_of(voice, record)))
    return _with(
        _named(voice, "commitment", name or untitled, _path(voice, "commitment", record.id)),
        " · ".join([line, *(voice.plain(lead, "name") for lead in leads)]),
        names=[record.get("ogp_id"), voice.plain(record, "title_ogp")],
        words=[
            *_plain(voice, record, ("brief", "theme", "problem", "objective")),
            *(name for lead in leads for name in _plain(voice, lead, ("abbreviation", "also_known_as"))),
            *(voice.label("policy_areas", area) for area in areas),
        ],
    )


def _plan(voice: Voice, record: Record) -> Entry:
    told = _named(voice, "plan", voice.edition.catalog.text(record, "title"), _path(voice, "plan", record.id))
    short = voice.plain(record, "short_title")
    return _with(told, " · ".join(part for part in (short, period(voice, record)) if part), names=[short])


def _organisation(voice: Voice, record: Record) -> Entry:
    # a group has no page of its own: its commitments stand for it, else its place on the list
    own = _path(voice, "organisation", record.id) or _path(voice, "facet", f"organisation/{record.id}")
    path = own or f"{_path(voice, 'organisations')}#{record.id}"
    names = [name for name in _plain(voice, record, ("abbreviation", "also_known_as")) if name]
    line = " · ".join([voice.label("organisation_kinds", record.get("kind")), *names])
    return _with(_named(voice, "organisation", voice.edition.catalog.text(record, "name"), path), line, names=names)


def _indicator(voice: Voice, record: Record) -> Entry:
    code, catalog = record.get("external_code"), voice.edition.catalog
    framework = catalog.find("source_frameworks", record.get("source_framework_id") or "")
    parts = [voice.plain(framework, "name") if framework else "", code or "", voice.label("units", record.get("unit"))]
    told = _named(voice, "indicator", catalog.text(record, "name"), _path(voice, "indicator", record.id))
    series = catalog.referring("series", "indicator_id", record.id)
    codes = dict.fromkeys(str(row.get("series_code")) for row in series if row.get("series_code"))
    return _with(
        told,
        " · ".join(part for part in parts if part),
        names=[code, *codes],
        words=_plain(voice, record, ("definition", "note")),
    )


def _milestone(voice: Voice, record: Record) -> Entry:
    catalog = voice.edition.catalog
    commitment = catalog.find("commitments", record.get("commitment_id"))
    assert commitment is not None, "references are checked before anything is written"
    line = voice.say(
        "search.milestone",
        number=record.get("number"),
        commitment=commitment.get("number"),
        plan=plan_name(voice, plan_of(voice, commitment)),
    )
    path = f"{_path(voice, 'commitment', commitment.id)}#{record.id.rsplit('-', 1)[-1]}"
    return _with(_named(voice, "milestone", catalog.text(record, "title"), path), line)


def _term(voice: Voice, record: Record) -> Entry:
    definition = voice.plain(record, "definition")
    explained = _path(voice, "prose", GLOSSARY_PAGE)
    # without a page that explains the terms, the list of everything names them
    path = f"{explained}#term-{record.id}" if explained else _path(voice, "a-to-z")
    told = _named(voice, "term", voice.edition.catalog.text(record, "term"), path)
    return _with(told, definition, words=[definition])


def _source(voice: Voice, record: Record) -> Entry:
    path = f"{_path(voice, 'sources')}#{record.id}"
    told = _named(voice, "source", voice.edition.catalog.text(record, "title"), path)
    return _with(told, str(record.get("publisher") or ""))


def _table(voice: Voice, table: Table) -> Entry:
    description = Text(table.descriptions).shown(voice.code)[0]
    told = _named(voice, "table", Text(table.labels), _path(voice, "table", table.name))
    labels = (Text(item.labels).shown(voice.code)[0] for item in table.fields)
    return _with(told, description, names=[table.name], words=[description, *labels])


def _page(voice: Voice, page: Page) -> Entry:
    catalog = voice.edition.catalog
    if page.kind == "prose":
        prose = catalog.prose.get((page.subject, voice.code)) or next(
            catalog.prose[page.subject, code] for code in catalog.codes if (page.subject, code) in catalog.prose
        )
        told = _named(voice, "page", Text({prose.language: title(prose.markdown)}), page.path)
        return _with(told, "", words=[prose.markdown])
    if page.kind == "facet":
        value = value_of(voice, page.subject)
        told = _named(voice, "page", Text({voice.code: heading(voice, value)[1]}), page.path)
        total = voice.formats.number(len(catalog.rows("commitments")))
        return _with(told, voice.say("facet.count", count=len(value.commitments), total=total))
    if page.kind in ("framework-report", "framework-sessions"):
        subject, _, report = page.subject.partition("/")
        told = _named(voice, "page", Text({voice.code: voice.say(f"framework.{report or 'sessions'}")}), page.path)
        return _with(told, plain_title(voice, catalog.by_id["frameworks"][subject]))
    plan = catalog.find("plans", page.subject)
    # a kind that no menu names may have no phrase of its own
    name = voice.say(page.kind) if voice.words.has(page.kind) else page.kind
    told = _named(voice, "page", Text({voice.code: name}), page.path)
    return _with(told, plan_name(voice, plan) if plan else page.subject)


def _framework(voice: Voice, record: Record) -> Entry:
    title = Text({voice.code: plain_title(voice, record)})
    told = _named(voice, "framework", title, _path(voice, "framework", record.id))
    words = (voice.plain(record, name) for name in ("title", "description"))
    return _with(told, voice.say("framework"), words=words)


def _area(voice: Voice, record: Record) -> Entry:
    """Return an area, found by its outcomes and issues too."""
    catalog = voice.edition.catalog
    told = _named(voice, "area", catalog.text(record, "title"), _path(voice, "area", record.id))
    below = (row for table in ("outcomes", "issues") for row in catalog.referring(table, "area_id", record.id))
    framework = catalog.by_id["frameworks"][record.get("framework_id")]
    return _with(told, plain_title(voice, framework), words=(voice.plain(row, "title") for row in below))


_BY_TABLE: Mapping[str, Callable[[Voice, Record], Entry]] = {
    "commitments": _commitment,
    "plans": _plan,
    "organisations": _organisation,
    "indicators": _indicator,
    "frameworks": _framework,
    "areas": _area,
    "milestones": _milestone,
    "glossary": _term,
    "sources": _source,
}
