"""The page of a rule: what it says, why it is there, what is wrong, what is right, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog
from site_builder.nouns.rule import Edit, Rule, aligned
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text
from site_builder.readers.blanks import blanks
from site_builder.writers.pages import Crumb
from site_builder.writers.pages._blanks import CONTENT
from site_builder.writers.pages._rules import in_code, speaking
from site_builder.writers.voice import Voice

TEMPLATE = "rule.html"


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    for name in catalog.rulebook.rules:
        for code in speaking(catalog):
            yield Page("rule", name, code, f"{code}/rules/{name}/index.html")


def view(voice: Voice) -> dict[str, Any]:
    rule = voice.edition.catalog.rulebook.rules[voice.page.subject]
    message = voice.edition.wording.template(rule.name, voice.code)
    return {
        "title": f"{rule.name}: {message.replace('`', '')}",
        "description": rule.why[voice.code].strip(),
        "crumbs": [Crumb(voice.link("home"), voice.say("home")), Crumb(voice.link("rules"), voice.say("rules"))],
        "here": rule.name,
        "message": in_code(message),
        "name": rule.name,
        "severity": voice.say(f"rules.{rule.severity}"),
        "why": rule.why[voice.code].strip(),
        "setup": [(edit.file, aligned(edit.right or "")) for edit in rule.setup],
        "wrong": [_side(voice, edit, edit.wrong) for edit in rule.shown],
        "right": [_side(voice, edit, edit.right) for edit in rule.shown],
        "hint": in_code(voice.edition.wording.template(rule.name, voice.code, part="hint")),
        "kinds": _kinds(voice, rule),
        "command": f"python3 build.py explain {rule.name}",
        "proof": rule.proof,
        "change": voice.say("rules.change") if rule.is_change else "",
    }


def _kinds(voice: Voice, rule: Rule) -> list[tuple[str, str]]:
    """Return the pages of the fields of the files in which its example is wrong, each once."""
    shown = [edit.file.removeprefix(CONTENT) for edit in rule.shown if edit.file.startswith(CONTENT)]
    edition = voice.edition
    return [
        (voice.link("file-kind", blank.name), voice.say("fields.title", name=voice.shown(Text(blank.labels))))
        for blank in blanks(edition.schemas, edition.catalog.codes)
        if any(blank.kind.pattern.match(path) for path in shown)
    ]


def _side(voice: Voice, edit: Edit, text: str | None) -> tuple[str, str]:
    return edit.file, aligned(text) if text is not None else voice.say("rules.no_file")
