"""Owns the options that several commands have, and what their values mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from site_builder.shell.refusal import Refusal, sentence_of
from site_builder.shell.reports import formats
from site_builder.shell.wording import DEFAULT_LANGUAGE, Wording, language_of_messages, load_wording

CACHE = Path(".cache/events.json")
"""What builds remember, below the project; git does not see it."""
Command = TypeVar("Command", bound=Callable[..., Any])


def wrong_call(error: Exception, wording: Wording, language: str) -> click.UsageError:
    """Return the end of a command that cannot do its work."""
    return click.UsageError(sentence_of(error, wording, language))


def wrong_option(context: click.Context, reason: str, /, **told: object) -> click.BadParameter:
    """Return the end of a command that was given an option nobody understands, in the language that was asked for."""
    wording = load_wording()
    asked = context.params.get("messages") or context.params.get("lang")
    language = asked if asked in wording.languages else DEFAULT_LANGUAGE
    return click.BadParameter(sentence_of(Refusal(reason, **told), wording, language))


def day(context: click.Context, _parameter: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise ValueError(value)
        return date.fromisoformat(value)
    except ValueError as error:
        raise wrong_option(context, "not_a_day", value=value) from error


def base_url(context: click.Context, _parameter: click.Parameter, value: str) -> str:
    if value and not value.startswith(("https://", "http://")):
        raise wrong_option(context, "no_address")
    return value


def _reports(
    context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, Path], ...]:
    wanted = tuple(value.partition("=") for value in values)
    for name, _, file in wanted:
        if name not in formats() or not file:
            raise wrong_option(context, "no_report", known=", ".join(formats()))
    return tuple((name, Path(file)) for name, _, file in wanted)


def shared(command: Command) -> Command:
    """Add the options that build, check and serve have in common."""
    options = (
        click.option(
            "--lang", default=None, is_eager=True, metavar="LANG", help="Language of the messages, for example mn."
        ),
        click.option(
            "--format",
            "report_format",
            type=click.Choice(list(formats())),
            default="text",
            help="How mistakes are reported: text for people, the others for programs.",
        ),
        click.option(
            "--report",
            "reports",
            callback=_reports,
            multiple=True,
            metavar="FORMAT=FILE",
            help="Write the report into a file, too, in another format; may be repeated.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return placed(command)


def spoken_in(wording: Wording, asked: str | None) -> str:
    """Return the language of the messages; one that the program does not speak is a wrong call."""
    if asked is not None and asked not in wording.languages:
        known = ", ".join(wording.languages)
        raise click.UsageError(wording.say("refused.not_spoken", language_of_messages(wording, None), known=known))
    return language_of_messages(wording, asked)


def placed(command: Command) -> Command:
    """Add the options that say where everything stands, and for which day."""
    options = (
        click.option(
            "--content",
            type=click.Path(path_type=Path),
            default=None,
            metavar="DIR",
            help="Folder with the YAML files (content).",
        ),
        click.option(
            "--schemas",
            type=click.Path(path_type=Path),
            default=None,
            metavar="DIR",
            help="Folder with the descriptions of all tables (schemas).",
        ),
        click.option(
            "--theme",
            type=click.Path(path_type=Path),
            default=None,
            metavar="DIR",
            help="Folder with a theme, or with parts of one: what it lacks is taken from themes/default.",
        ),
        click.option(
            "--releases",
            type=click.Path(path_type=Path),
            default=None,
            metavar="DIR",
            help="Folder with the earlier releases. Else: releases beside the content, where it is there.",
        ),
        click.option(
            "--previous",
            default="",
            metavar="DIR|URL",
            help="Earlier releases from elsewhere, too: a folder, or a published site (a folder or https:// address).",
        ),
        click.option(
            "--as-of",
            callback=day,
            default=None,
            metavar="YYYY-MM-DD",
            help="Day for which the site is computed. Else: the day of the newest commit; today if files were changed.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def dated(command: Command) -> Command:
    """Add the option of the commands that can go back to what had been published on a day."""
    return click.option(
        "--published",
        callback=day,
        default=None,
        metavar="YYYY-MM-DD",
        help="Content as it had been published at the end of that day, from git; --as-of defaults to that day.",
    )(command)


def compared(command: Command) -> Command:
    """Add the option of the commands that judge a proposed change."""
    return click.option(
        "--against",
        default="",
        metavar="REV",
        help="Judge the content as a change of that commit or branch: mistakes that were there before stop nothing.",
    )(command)
