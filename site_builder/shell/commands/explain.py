"""Owns the command `explain`: why a rule is there, what is wrong, what is right."""

from __future__ import annotations

from collections.abc import Iterator

import click

from site_builder.nouns.diagnostic import Severity
from site_builder.nouns.rule import Rule, aligned
from site_builder.nouns.wording import Wording
from site_builder.readers.suggest import closest
from site_builder.shell.options import spoken_in
from site_builder.shell.reports import visible
from site_builder.shell.wording import load_wording


@click.command(name="explain")
@click.argument("name", default="")
@click.option("--list", "is_list", is_flag=True, help="Name every rule, one on a line.")
@click.option(
    "--catalogue", "is_catalogue", is_flag=True, help="Name the rules for each id of the catalogue they come from."
)
@click.option(
    "--lang", default=None, is_eager=True, metavar="LANG", help="Language of the explanation, for example mn."
)
def command(name: str, *, is_list: bool, is_catalogue: bool, lang: str | None) -> None:
    """Explain a rule: why it is there, what is wrong, what is right. NAME stands in brackets after each finding."""
    wording = load_wording()
    language = spoken_in(wording, lang)
    if is_list:
        lines = _list(wording, language)
    elif is_catalogue:
        lines = _catalogue(wording, language)
    elif (rule := wording.rulebook.rules.get(name)) is not None:
        lines = _explained(rule, wording, language)
    else:
        near = closest(name, wording.rulebook.rules) if name else ""
        key = "explain.near" if near else "explain.unknown"
        raise click.UsageError(wording.say(key, language, name=visible(name), near=near))
    click.echo("\n".join(lines))


def _list(wording: Wording, language: str) -> Iterator[str]:
    """Yield a line for each rule: name, severity, what it says."""
    rules = wording.rulebook.rules
    width = max(map(len, rules))
    words = {severity: wording.say(f"severity.{severity}", language) for severity in Severity}
    wide = max(map(len, words.values()))
    for name, rule in sorted(rules.items()):
        yield f"{name:{width}}  {words[rule.severity]:{wide}}  {wording.template(name, language)}"


def _catalogue(wording: Wording, language: str) -> Iterator[str]:
    """Yield a line for each id of the catalogue: the rules that fulfil it, or why there is none."""
    told: dict[str, str] = {}
    for family in wording.rulebook.families:
        told |= {number: f"– {reason[language]}" for number, reason in family.left_out.items()}
    names: dict[str, list[str]] = {}
    for rule in wording.rulebook.rules.values():
        for number in rule.catalogue:
            names.setdefault(number, []).append(rule.name)
    told |= {number: ", ".join(sorted(rules)) for number, rules in names.items()}
    for number in sorted(told):
        yield f"{number}  {told[number]}"


def _explained(rule: Rule, wording: Wording, language: str) -> Iterator[str]:
    yield f"{rule.name} ({wording.say(f'severity.{rule.severity}', language)})"
    yield f"  {wording.template(rule.name, language)}"
    yield ""
    yield rule.why[language].strip()
    sides = [("explain.before", edit.file, edit.right) for edit in rule.setup]
    sides += [("explain.wrong", edit.file, edit.wrong) for edit in rule.shown]
    sides += [("explain.right", edit.file, edit.right) for edit in rule.shown]
    for heading, file, text in sides:
        yield ""
        yield f"{wording.say(heading, language)} ({file})"
        shown = aligned(text) if text else wording.say("explain.no_file", language)
        yield from (f"    {line}" for line in shown.splitlines())
    yield ""
    if rule.proof:
        yield wording.say("explain.proof", language, test=rule.proof)
        yield ""
    yield wording.say("fix", language) + wording.template(rule.name, language, part="hint")
