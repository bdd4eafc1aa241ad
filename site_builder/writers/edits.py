"""Owns how an edit of the content is said in a language: what changed in which field, why, and by which commit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from urllib.parse import urlsplit

from markupsafe import Markup

from site_builder.derive.events.kinds import Column, is_date, kinds_of
from site_builder.nouns.derived import Row
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.text import brief
from site_builder.readers.formats import language_name
from site_builder.readers.markdown import plain_field
from site_builder.writers import happenings
from site_builder.writers.differences import word_difference
from site_builder.writers.happenings import Told, milestone_anchor, plain
from site_builder.writers.voice import Voice

SENT = 60
"""Characters of a text before and after that are sent on."""
NAMED_BY_PAGE = frozenset({"plans", "commitments", "organisations", "milestones"})
"""Tables whose records the line need not name: their page, or the number of the milestone, does."""
NAMES = ("title", "name")


def told(voice: Voice, row: Row) -> Told:
    """Return a happening or an edit in words, worked out once a language."""
    if "event" not in row:
        return happenings.told(voice, row)
    key = ("told", row["happening_id"])
    if key not in voice.memory:
        voice.memory[key] = _told(voice, row)
    return cast(Told, voice.memory[key])


def commit_address(catalog: Catalog, commit: str) -> str:
    """Return the address of a commit in the repository that the site names, empty where it names none."""
    repository = str(catalog.site.get("repository_url") or "").rstrip("/")
    if not repository:
        return ""
    is_gitlab = "gitlab" in (urlsplit(repository).hostname or "")
    return f"{repository}/-/commit/{commit}" if is_gitlab else f"{repository}/commit/{commit}"


def _told(voice: Voice, row: Row) -> Told:
    event: Row = row["event"]
    milestone = voice.edition.catalog.find("milestones", row["milestone_id"] or "")
    said, sent = _many(voice, row) if row["count"] > 1 else _said(voice, event)
    return Told(
        row,
        voice.label("event_kinds", row["kind"]),
        milestone.get("number") if milestone else None,
        said,
        *_place(voice, row),
        sent=sent,
    )


def _place(voice: Voice, row: Row) -> tuple[str, str, str]:
    """Return kind and subject of the page that shows the thing, and the place there; what is gone has none."""
    catalog = voice.edition.catalog
    for table, kind in (("commitments", "commitment"), ("plans", "plan"), ("organisations", "organisation")):
        subject = row[f"{kind}_id"] or ""
        if catalog.find(table, subject) and voice.link(kind, subject):
            milestone = catalog.find("milestones", row["milestone_id"] or "") if kind == "commitment" else None
            return kind, subject, milestone_anchor(milestone.id) if milestone else ""
    return "changes", "", ""


def _many(voice: Voice, row: Row) -> tuple[str, str]:
    """Return how many records of a table changed alike."""
    event = row["event"]
    table = voice.field_label_of_table(event["table_name"])
    field = field_of(voice, event) if event["field"] else ""
    key = "event.many_field" if field else "event.many"
    said = voice.say(key, count=row["count"], table=table, field=field)
    return said, plain(said)


def _said(voice: Voice, event: Row) -> tuple[str, str]:
    """Return what changed, for a page and to be sent on."""
    old, new = event["old_value"] or "", event["new_value"] or ""
    reason = voice.say("event.reason", reason=event["reason"]) if event["reason"] else ""
    name = "" if event["table_name"] in NAMED_BY_PAGE else _name(voice, event)
    if event["kind"] == "unreadable":
        return Markup("<code>{}</code>").format(new), new
    if not event["field"]:
        is_named = event["table_name"] in NAMED_BY_PAGE - {"milestones"} and event["kind"] == "added"
        shown = "" if is_named else _change(old, new)
        return shown, brief(old or new, SENT)
    label = field_of(voice, event)
    change, sent = values(voice, event, old, new)
    days = voice.say("milestone.slippage", count=event["days"]) if event["days"] is not None else ""
    about = Markup(", ").join(part for part in (name, label) if part)
    shown = Markup("{}: {}").format(about, Markup(", ").join(part for part in (change, days) if part))
    sending = f"{plain(about)}: {', '.join(part for part in (sent, plain(days)) if part)}"
    return Markup(_and(shown, reason)), plain(_and(sending, reason))


def values(voice: Voice, event: Row, old: str, new: str) -> tuple[Markup, str]:
    """Return the change from one value to another as it is shown, and as it is sent on."""
    column: Column = kinds_of(voice.edition.catalog).column(event["table_name"], event["field"])
    item = column.item
    if item is not None and item.codelist:
        old, new = (str(plain(voice.label(item.codelist, code))) if code else "" for code in (old, new))
    elif item is not None and (item.type == "date" or item.partial_date):
        days = [voice.day(value) if is_date(value) else value for value in (old, new)]
        return _from_to(voice, *days), _sent(voice, *map(plain, days))
    elif column.language or (item is not None and item.is_plain_text and not column.is_reference):
        if item is not None and item.markdown:
            old, new = plain_field(old) if old else "", plain_field(new) if new else ""
        marked = word_difference(old, new)
        if column.language not in ("", voice.code):
            marked = Markup('<span lang="{}">{}</span>').format(column.language, marked)
        return marked, _sent(voice, brief(old, SENT), brief(new, SENT))
    if column.is_reference and item is not None:
        old, new = (_named(voice, event["table_name"], item.name, value) for value in (old, new))
    return _from_to(voice, old, new), _sent(voice, brief(plain(old), SENT), brief(plain(new), SENT))


def _named(voice: Voice, table: str, column: str, value: str) -> str:
    """Return the name of the record to which a value refers, else the value."""
    target = voice.edition.schemas[table].reference_of.get(column, "")
    record = voice.edition.catalog.find(target, value)
    return name_in(voice, record) or value if record else value


def name_in(voice: Voice, record: Record) -> str:
    """Return the name of a record, empty where it has none."""
    fields = voice.edition.schemas[record.table].by_name
    return next(filter(None, (voice.bare(record, name) for name in NAMES if name in fields)), "")


def _and(said: str, more: str) -> str:
    """Return a sentence with another after it."""
    stop = "" if plain(said).endswith((".", "!", "?", "…")) else "."
    return Markup("{}{} {}").format(said, stop, more) if more else said


def _from_to(voice: Voice, old: str, new: str) -> Markup:
    if old and new:
        return Markup(voice.say("happening.from_to", old="<del>{}</del>", new="<ins>{}</ins>")).format(old, new)
    return _change(old, new)


def _change(old: str, new: str) -> Markup:
    """Return a value that came or went."""
    return Markup("<ins>{}</ins>").format(new) if new else Markup("<del>{}</del>").format(old) if old else Markup()


def _sent(voice: Voice, old: str, new: str) -> str:
    return voice.say("happening.from_to", old=old, new=new) if old and new else new or old


def field_of(voice: Voice, event: Mapping[str, Any]) -> str:
    """Return the label of the field that changed, with its language where it has several."""
    catalog = voice.edition.catalog
    column = kinds_of(catalog).column(event["table_name"], event["field"])
    label = voice.field_label(column.item) if column.item is not None else event["field"]
    language = next((language for language in catalog.languages if language.code == column.language), None)
    if language is None:
        return label
    return voice.say("event.in_language", field=label, language=language_name(language, voice.language))


def _name(voice: Voice, event: Row) -> str:
    """Return the name of the record that changed, else that of its table."""
    record = voice.edition.catalog.find(event["table_name"], event["record_id"])
    return (name_in(voice, record) if record else "") or voice.field_label_of_table(event["table_name"])
