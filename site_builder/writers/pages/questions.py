"""The questions that the data answers: each with its answer of the day, and the query that gives it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from site_builder.nouns.answer import Answer
from site_builder.nouns.output import LATEST
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.forms.sqlite import database_name
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._cells import Heading, cell, headings
from site_builder.writers.questions import questions
from site_builder.writers.voice import Voice

TEMPLATE = "questions.html"
ROWS_SHOWN, COLUMNS_SHOWN = 10, 8
"""Rows and columns of an answer on the page; the query gives all."""


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    return in_languages("questions", "", "data/questions", catalog)


def view(voice: Voice) -> dict[str, Any]:
    told = voice.edition.answers
    answers = [_answer(voice, told[name]) for name in questions() if name in told]
    title = voice.say("questions")
    answered = sum(answer.is_given for answer in told.values())
    name = database_name(voice.edition.catalog)
    return {
        "title": title,
        "description": voice.say("questions.description", count=len(answers)),
        "lede": voice.say("questions.lede", count=len(answers), answered=answered),
        "crumbs": [Crumb(voice.link("home"), voice.say("home")), Crumb(voice.link("data"), voice.say("data"))],
        "here": title,
        "questions": answers,
        "database": Markup('<a href="{}"><code translate="no">{}</code></a>').format(voice.to(LATEST + name), name),
    }


def _answer(voice: Voice, answer: Answer) -> dict[str, Any]:
    question = questions()[answer.question]
    schemas = voice.edition.schemas
    tables = [schemas[name] for name in question.NEEDS if name in schemas]
    shown = headings(voice, answer.columns, [*tables, *schemas])
    count, first = len(answer.rows), answer.rows[:ROWS_SHOWN]
    filled = _filled(shown, first)
    aside: tuple[str, ...] = getattr(question, "ASIDE", ())
    told = [heading for heading in filled if heading.name not in aside][:COLUMNS_SHOWN]
    rows = "questions.rows" if count <= ROWS_SHOWN else "questions.first_rows"
    counts = [voice.say(rows, count=count, shown=ROWS_SHOWN)]
    if len(filled) > len(told):
        counts.append(voice.say("questions.first_columns", count=len(filled), shown=len(told)))
    return {
        "name": answer.question,
        "number": voice.formats.number(question.NUMBER),
        "ask": voice.say(f"asked.{answer.question}.ask"),
        "read": voice.say(f"asked.{answer.question}.read"),
        "headings": told,
        "rows": [[cell(voice, heading, row) for heading in told] for row in first],
        "count": " ".join(counts),
        "state": _state(voice, answer, shown),
        "sql": answer.sql,
        "view": "" if answer.unpublished else f"question_{answer.question}",
    }


def _filled(shown: list[Heading], rows: Iterable[tuple[Any, ...]]) -> list[Heading]:
    """Return the columns that have a value in one of the rows."""
    listed = list(rows)
    return [item for item in shown if any(row[place] is not None for row in listed for place in item.places.values())]


def _state(voice: Voice, answer: Answer, shown: list[Heading]) -> str:
    """Return why there is no answer, empty where there is one."""
    if lacking := answer.lacking:
        columns = Markup(", ").join(heading.label for heading in shown if heading.name in lacking)
        return voice.say("questions.lacking", count=len(answer.rows), columns=columns)
    if answer.rows:
        return ""
    if lacking := answer.unpublished:
        return voice.say("questions.unpublished", count=len(lacking), tables=_tables(voice, lacking))
    if lacking := answer.empty:
        return voice.say("questions.empty", count=len(lacking), tables=_tables(voice, lacking))
    return voice.say("questions.nothing")


def _tables(voice: Voice, names: Iterable[str]) -> Markup:
    """Return the names of tables, linked to their pages where they have one."""
    linked = []
    for name in names:
        href, code = voice.link("table", name), Markup('<code translate="no">{}</code>').format(name)
        linked.append(Markup('<a href="{}">{}</a>').format(href, code) if href else code)
    return Markup(", ").join(linked)
