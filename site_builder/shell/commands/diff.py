"""Owns the command `diff`: what a change does, in plain words, for those who have to agree to it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from site_builder.nouns.change_set import Limits
from site_builder.shell.comparison import Sides, propose
from site_builder.shell.desk import Desk
from site_builder.shell.job import fetch_earlier
from site_builder.shell.options import placed
from site_builder.shell.proposals import forms
from site_builder.writers.proposals.telling import Proposal

ALL = "both"
LIMITS = Limits()
Command = TypeVar("Command", bound=Callable[..., Any])


def _limit(name: str, default: int, **told: str) -> Callable[[Command], Command]:
    return click.option(
        name, type=click.IntRange(0), default=default, metavar="N", show_default=True, help=f"{told['help']}."
    )


@click.command(name="diff")
@click.argument("first", metavar="A")
@click.argument("second", metavar="[B]", default="")
@placed
@click.option(
    "--format",
    "form",
    type=click.Choice(list(forms())),
    default="text",
    help="text for a terminal, markdown for a comment on a pull request, json for programs.",
)
@click.option(
    "--lang",
    default=None,
    metavar="LANG|both",
    help="Language, for example mn, or both. Else: that of the system in text, both in markdown and json.",
)
@_limit("--max-deleted", LIMITS.deleted, help="Records that may be deleted without a tombstone.")
@_limit(
    "--max-files", LIMITS.files, help="Files of many organisations that may change before the change is called large"
)
@_limit("--max-organisations", LIMITS.organisations, help="Organisations from which on these files are those of many.")
@click.option("--allow-bulk", is_flag=True, help="Do not refuse a change that deletes more.")
def command(**options: Any) -> None:
    """Tell in plain words what changed between A and B, each a folder or a commit, and whether it can be merged.

    B is the working folder where it is not named; A is then taken as it was where the two parted.
    """
    lang = options["lang"]
    desk = Desk({**options, "lang": None if lang == ALL else lang, "report_format": "text"})
    limits = Limits(options["max_deleted"], options["max_files"], options["max_organisations"])
    desk.progress("comparing")
    fetched = desk.guarded(lambda: fetch_earlier(desk.folders, tell=desk.fetching))
    sides = Sides(options["first"], options["second"], fetched)
    proposal = desk.guarded(lambda: propose(desk.folders, desk.day, sides, wording=desk.wording, limits=limits))
    proposal = replace(proposal, allows_bulk=options["allow_bulk"])
    desk.progress("")
    one = lang is not None or options["form"] == "text"
    languages = (desk.language,) if one and lang != ALL else proposal.languages
    click.echo(forms()[options["form"]](proposal, _tellable(proposal, languages)), nl=False)
    desk.tell_day(proposal.as_of)
    sys.exit(0 if proposal.passes else 1)


def _tellable(proposal: Proposal, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages in which the content can be told, else that of record: names come from the content."""
    known = tuple(language for language in languages if language in proposal.languages)
    return known or proposal.languages[:1]
