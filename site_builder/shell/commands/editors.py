"""Owns the command that makes the files for editors anew from schemas and code lists, or says that they are stale."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from site_builder.readers.content import read_content
from site_builder.readers.schemas import read_schemas
from site_builder.shell.called import called
from site_builder.shell.disk import FolderRefused, put_files, read_folder
from site_builder.shell.job import shown_path
from site_builder.shell.options import spoken_in, wrong_call
from site_builder.shell.resources import found_folder
from site_builder.shell.wording import load_wording
from site_builder.writers.editors import editor_files


@click.command(name="editors")
@click.option("--check", is_flag=True, help="Write nothing; name the files that are stale and exit with 1.")
@click.option("--content", type=click.Path(path_type=Path), default=Path("content"), show_default=True, metavar="DIR")
@click.option("--out", type=click.Path(path_type=Path), default=Path(), metavar="DIR", help="Folder of the project.")
@click.option("--lang", default=None, is_eager=True, metavar="LANG", help="Language of the messages, for example mn.")
def command(*, check: bool, content: Path, out: Path, lang: str | None) -> None:
    """Make the files with which editors complete, explain and check: JSON Schemas for VS Code, forms of Sveltia CMS.

    They follow from the schemas, the code lists and the languages; run it when one of these has changed.
    """
    wording = load_wording()
    language = spoken_in(wording, lang)
    try:
        schemas, wrong = read_schemas(read_folder(found_folder("schemas")))
        catalog, _ = read_content(read_folder(content), schemas, folder=shown_path(content))
        if wrong or not catalog.rows("site") or not catalog.languages:
            raise click.UsageError(wording.say("editors.unread", language, command=called()))
        made = editor_files(catalog, schemas)
        stale = {path: text for path, text in made.items() if not _is(out / path, text)}
        if stale and not check:
            put_files(out, stale)
    except (FolderRefused, OSError) as refused:
        raise wrong_call(refused, wording, language) from refused
    for path in stale:
        click.echo(path)
    key = "fresh" if not stale else "stale" if check else "written"
    click.echo(wording.say(f"editors.{key}", language, count=len(stale), command=called()), err=True)
    sys.exit(1 if stale and check else 0)


def _is(path: Path, content: bytes) -> bool:
    """Whether a file holds a content; git may have given it the line ends of the system."""
    return path.is_file() and path.read_bytes().replace(b"\r\n", b"\n") == content
