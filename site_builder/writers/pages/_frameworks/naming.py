"""Owns how frameworks, areas, outcomes, issues and indicators are named on pages, and marked as illustrations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup, escape

from site_builder.nouns.derived import Row
from site_builder.nouns.record import Record
from site_builder.readers.layout import MARK
from site_builder.writers.pages import Crumb
from site_builder.writers.voice import Voice


def short(record: Record, parent: str) -> str:
    """Return the id of a record within its parent."""
    return record.id.removeprefix(f"{parent}-")


def anchor(record: Record) -> str:
    """Return where an outcome or an issue stands on the page of its area."""
    return f"{record.table.removesuffix('s')}-{short(record, record.get('area_id'))}"


def numbered(records: Iterable[Record]) -> list[Record]:
    """Return records by the number that they have among their like."""
    return sorted(records, key=lambda record: (record.get("number") or 0, record.id))


def areas_of(voice: Voice, framework: Record) -> list[Record]:
    return numbered(voice.edition.catalog.referring("areas", "framework_id", framework.id))


def below(voice: Voice, framework: Record, table: str) -> list[Record]:
    """Return the outcomes or the issues of a framework, in the order of its areas."""
    referring = voice.edition.catalog.referring
    return [row for area in areas_of(voice, framework) for row in numbered(referring(table, "area_id", area.id))]


def marked(voice: Voice, shown: str, *told: Record | Row) -> str:
    """Return what is shown, followed by a mark where what tells it is an illustration and nobody's decision."""
    if not any(item.get(MARK) for item in told):
        return shown
    return Markup('{} <small class="due">{}</small>').format(shown, voice.say("indicator.illustrative_word"))


def heading_of(voice: Voice, framework: Record) -> str:
    """Return the title of a framework, marked unless it says itself that it is an illustration."""
    title = voice.text(framework, "title")
    return title if _says_so(voice, voice.plain(framework, "title")) else marked(voice, title, framework)


def _says_so(voice: Voice, title: str) -> bool:
    return voice.say("indicator.illustrative_word").casefold() in title.casefold()


def plain_title(voice: Voice, framework: Record) -> str:
    """Return the short title of a framework without markup; that it is an illustration is always said."""
    title = voice.plain(framework, "short_title") or voice.plain(framework, "title")
    word = voice.say("indicator.illustrative_word")
    if framework.get(MARK) and not _says_so(voice, title):
        return voice.say("framework.marked", title=title, word=word)
    return title


def notice(voice: Voice, framework: Record) -> str:
    """Return the warning at the head of each page of an illustration, with what the framework itself says of it."""
    if not framework.get(MARK):
        return ""
    return Markup("<b>{}</b> {}").format(voice.say("framework.notice"), voice.text(framework, "note"))


def area_named(voice: Voice, area: Record) -> str:
    return Markup('<a href="{}">{}</a>').format(voice.link("area", area.id), voice.text(area, "title"))


def placed(voice: Voice, record: Record, *, with_mark: bool = True) -> str:
    """Return an outcome or an issue, linked to where it stands on the page of its area."""
    href = voice.link("area", record.get("area_id"))
    text = voice.text(record, "title")
    shown = Markup('<a href="{}#{}">{}</a>').format(href, anchor(record), text) if href else text
    return marked(voice, shown, record) if with_mark else shown


def indicator_named(voice: Voice, indicator: Record) -> str:
    return marked(voice, voice.named("indicator", indicator), indicator)


def organisation_named(voice: Voice, name: str | None) -> str:
    """Return a body linked to its page; where none is stated, that."""
    record = voice.edition.catalog.find("organisations", name or "")
    return voice.named("organisation", record) if record else missing(voice)


def missing(voice: Voice) -> Markup:
    return Markup('<span class="missing">{}</span>').format(voice.say("fact.missing_short"))


def share(voice: Voice, count: int, total: int) -> str:
    """Return a count with what it is of."""
    return voice.say("plan.out_of", value=voice.formats.number(count), total=total)


def way_to(voice: Voice, framework: Record) -> list[Crumb]:
    """Return the way to a page below that of a framework."""
    return [
        Crumb(voice.link("home"), voice.say("home")),
        Crumb(voice.link("frameworks"), voice.say("frameworks")),
        Crumb(voice.link("framework", framework.id), plain_title(voice, framework)),
    ]


def summary_of(voice: Voice, table: str, framework: Record) -> Row:
    """Return the one row of a framework in a table of reports."""
    (row,) = [
        row
        for row in voice.edition.derived.referring(table, "framework_id", framework.id)
        if row.get("record_table", "frameworks") == "frameworks"
    ]
    return row


def aligned(voice: Voice, record: Record) -> dict[str, Row]:
    """Return of how many outcomes of a framework or of an area each thing holds, by what is counted."""
    rows = voice.edition.derived.referring("alignment", "record_id", record.id)
    return {row["measure"]: row for row in rows if row["record_table"] == record.table}


def head_of(voice: Voice, framework: Record, heading: str) -> dict[str, Any]:
    """Return what every page below a framework shows at its head."""
    name = plain_title(voice, framework)
    return {
        "title": voice.say("framework.page_title", page=heading, name=name),
        "kicker": Markup('<a href="{}">{}</a>').format(voice.link("framework", framework.id), escape(name)),
        "heading": marked(voice, heading, framework),
        "notice": notice(voice, framework),
        "crumbs": way_to(voice, framework),
        "here": heading,
    }
