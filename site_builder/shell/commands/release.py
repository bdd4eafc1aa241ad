"""Owns the command `release`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import click

from site_builder.checks.personal_data import personal_patterns
from site_builder.nouns.release import Kind, Release, Step, Wish
from site_builder.shell.cache import Cache
from site_builder.shell.desk import Desk
from site_builder.shell.job import Run, run_release
from site_builder.shell.notes import in_languages
from site_builder.shell.options import CACHE, shared
from site_builder.shell.reports import formats


@click.command(name="release")
@shared
@click.option(
    "--notes",
    multiple=True,
    metavar="TEXT",
    help="What the release brings, in the main language; LANG=TEXT in another one, once for each.",
)
@click.option(
    "--notes-file", multiple=True, metavar="FILE", help="The same from a file; LANG=FILE for another language."
)
@click.option(
    "--kind",
    type=click.Choice([str(kind) for kind in Kind]),
    default=str(Kind.REGULAR),
    show_default=True,
    help="A correction mends a mistake in an earlier release and says which.",
)
@click.option("--reason", multiple=True, metavar="TEXT", help="What a correction mends; LANG=TEXT in another language.")
def command(**options: Any) -> None:
    """Keep the data of a day for ever, in releases/ beside the content.

    With mistakes nothing is written. What is in releases/ never changes again: commit it with the content.
    """
    desk = Desk(options, may_begin=True)
    if (options["kind"] == Kind.CORRECTION) != bool(options["reason"]):
        raise click.UsageError(desk.wording.say("refused.reason", desk.language))
    run = desk.checked()
    if run.checked.has_errors:
        desk.tell(desk.wording.say("summary.nothing_written", desk.language))
        sys.exit(1)
    wish = desk.guarded(lambda: _wish(run, options))
    made, refusals = desk.guarded(lambda: run_release(run, wish, desk.folders, cache=Cache(CACHE)))
    if made is None:
        report = run.report_on(tuple(refusals), desk.wording, desk.language)
        click.echo(formats()[desk.report_format](report), nl=False)
        sys.exit(1)
    desk.tell_day(run.checked.as_of)
    for sentence in _told(made, partial(_say, desk)):
        desk.tell(sentence)


def _say(desk: Desk, key: str, **values: object) -> str:
    return desk.wording.say(f"released.{key}", desk.language, **values)


def _told(made: Release, say: Callable[..., str]) -> Iterator[str]:
    yield say("made", version=made.version, count=len(made.files), place=made.place)
    if made.kinds:
        yield ", ".join(say(f"count.{kind}", count=count) for kind, count in made.kinds.items()) + "."
    else:
        yield say("first" if made.step == Step.FIRST else "nothing")


def _wish(run: Run, options: dict[str, Any]) -> Wish:
    catalog = run.checked.catalog
    read = partial(
        in_languages,
        main=str(catalog.site.get("table_language")),
        codes=catalog.codes,
        private=personal_patterns(catalog),
    )
    return Wish(Kind(options["kind"]), read(options["notes"], options["notes_file"]), read(options["reason"], ()))
