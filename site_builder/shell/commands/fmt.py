"""Owns the command `fmt`: which files it takes, what it shows, what it writes."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from site_builder.nouns.diagnostic import Diagnostic, in_order
from site_builder.readers.file_text import LINE_END
from site_builder.readers.schemas import read_schemas
from site_builder.shell.disk import FolderRefused, read_folder, rewrite_file
from site_builder.shell.options import spoken_in, wrong_call
from site_builder.shell.reports import SPACES, UNSEEN, Report, formats, visible
from site_builder.shell.resources import found_folder
from site_builder.shell.wording import Wording, load_wording
from site_builder.writers.canonical import Formatted, Style, canonical
from site_builder.writers.canonical.letters import read_alphabets

ENCODINGS = ("cp1251", "cp866", "koi8-r", "iso8859-5", "mac-cyrillic", "cp1252", "utf-16")
"""Old encodings of Cyrillic and Western texts that a file can be converted from."""
YAML = (".yaml", ".yml")


@click.command(name="fmt")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--check", is_flag=True, help="Write nothing; show the difference and exit with 1 where there is one.")
@click.option(
    "--from",
    "encoding",
    type=click.Choice(ENCODINGS, case_sensitive=False),
    default=None,
    help="Convert files from an old encoding to UTF-8, and show the result.",
)
@click.option(
    "--fix-letters",
    is_flag=True,
    help="Mend words with letters of two alphabets, or with ї, є, ѳ, ö in place of ү, ө; each is shown.",
)
@click.option(
    "--content",
    type=click.Path(path_type=Path),
    default=Path("content"),
    show_default=True,
    metavar="DIR",
    help="Folder with the YAML files; every PATH lies in it.",
)
@click.option("--schemas", type=click.Path(path_type=Path), default=None, metavar="DIR", help="Folder of the schemas.")
@click.option("--lang", default=None, is_eager=True, metavar="LANG", help="Language of the messages, for example mn.")
def command(**options: Any) -> None:
    """Put YAML files of the content into their one canonical form; nothing that is read changes.

    Without a PATH: all of them. A file with mistakes in its YAML is left alone and the others are done.
    """
    wording = load_wording()
    clerk = _Clerk(options["content"], wording, spoken_in(wording, options["lang"]), options["check"])
    try:
        sys.exit(_run(clerk, options))
    except FolderRefused as refused:
        raise wrong_call(refused, wording, clerk.language) from refused


@dataclass(frozen=True)
class _Clerk:
    """Where the files lie and in which words they are spoken of."""

    folder: Path
    wording: Wording
    language: str
    check: bool

    def say(self, key: str, /, **values: object) -> str:
        return self.wording.say(f"fmt.{key}", self.language, **values)

    def tell(self, key: str, /, **values: object) -> None:
        """Say a sentence to people."""
        click.echo(visible(self.say(key, **values)), err=True)

    def refuse(self, key: str, path: Path | str) -> click.UsageError:
        return click.UsageError(visible(self.say(key, file=path)))

    def shown(self, path: str) -> str:
        """Return the path of a file as people know it."""
        return (self.folder / path).as_posix()


def _run(clerk: _Clerk, options: Mapping[str, Any]) -> int:
    """Format what was asked for; return the exit code."""
    files = read_folder(clerk.folder)
    chosen = _chosen(clerk, files, options["paths"])
    if options["encoding"] and not options["paths"]:
        raise click.UsageError(clerk.say("from_needs_files"))
    if links := [path for path in chosen if (clerk.folder / path).is_symlink()]:
        raise clerk.refuse("link", clerk.shown(links[0]))
    schemas, _ = read_schemas(read_folder(options["schemas"] or found_folder("schemas")))
    alphabets = read_alphabets(files.get("site.yaml", b""))
    languages = tuple(alphabet.language for alphabet in alphabets)
    style = Style(schemas, languages, alphabets if options["fix_letters"] else ())
    before = {path: files[path] for path in chosen}
    encoding = options["encoding"]
    read = {path: _converted(clerk, path, files[path], encoding) if encoding else files[path] for path in chosen}
    done = {path: canonical(path, read[path], style, shown_as=clerk.shown(path)) for path in chosen}
    after = dict(_results(before, read, done))
    for path in after if clerk.check or encoding else ():
        click.echo("\n".join(_difference(clerk.shown(path), before[path], after[path], endless=clerk.say("endless"))))
    _tell_repairs(clerk, [done[path] for path in after], letters=options["fix_letters"])
    for path in () if clerk.check else after:
        rewrite_file(clerk.folder / path, after[path])
        clerk.tell("written", file=clerk.shown(path))
    return _summary(clerk, read, done, after)


def _chosen(clerk: _Clerk, files: Mapping[str, bytes], paths: Sequence[Path]) -> list[str]:
    """Return the files below the paths that were asked for; a path elsewhere is refused."""
    root = clerk.folder.resolve()
    if not paths:
        return [path for path in files if path.endswith(YAML)]
    chosen: dict[str, None] = {}
    for path in paths:
        place = path.parent.resolve() / path.name if path.name not in ("", "..") else path.resolve()
        if not place.is_relative_to(root):
            raise clerk.refuse("outside", path)
        if place.is_symlink():
            raise clerk.refuse("link", path)
        below = place.relative_to(root).as_posix()
        found = [file for file in files if file.endswith(YAML) and (below in (".", file) or _lies_in(file, below))]
        if not found and not place.is_dir():
            raise clerk.refuse("no_yaml" if place.exists() else "no_file", path)
        chosen.update(dict.fromkeys(found))
    return list(chosen)


def _lies_in(file: str, folder: str) -> bool:
    return file.startswith(f"{folder}/")


def _converted(clerk: _Clerk, path: str, content: bytes, encoding: str) -> bytes:
    """Return a file in UTF-8; one that is in UTF-8 already, or not in the encoding, is refused."""
    shown = clerk.shown(path)
    if not content.isascii() and _decodes(content, "utf-8"):
        raise clerk.refuse("is_utf8", shown)
    if not _decodes(content, encoding):
        raise click.UsageError(visible(clerk.say("not_in_encoding", file=shown, encoding=encoding)))
    text = LINE_END.sub("\n", content.decode(encoding))
    if any(not char.isprintable() and char not in "\n\t\u00a0\u00ad\ufeff" for char in text):
        raise click.UsageError(visible(clerk.say("not_in_encoding", file=shown, encoding=encoding)))
    return text.encode("utf-8")


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _results(
    before: Mapping[str, bytes], read: Mapping[str, bytes], done: Mapping[str, Formatted]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files that are to be written, with their new content; a converted one also with mistakes in it."""
    for path, formatted in done.items():
        after = read[path] if formatted.text is None else formatted.text.encode("utf-8")
        if after != before[path]:
            yield path, after


def _difference(file: str, before: bytes, after: bytes, *, endless: str) -> Iterator[str]:
    """Yield the difference between two versions as people read it: what cannot be seen has a sign."""
    old, new = (_lines(content, endless) for content in (before, after))
    for line in difflib.unified_diff(old, new, file, file, lineterm=""):
        yield "".join(char if char.isprintable() else SPACES.get(char, UNSEEN) for char in line)


def _lines(content: bytes, endless: str) -> list[str]:
    """Return the lines of a file; where the last one does not end, that is said as programs for differences say it."""
    lines = content.decode("utf-8", "replace").split("\n")
    return lines[:-1] if not lines[-1] else [*lines, f"\\ {endless}"]


def _tell_repairs(clerk: _Clerk, done: Sequence[Formatted], *, letters: bool) -> None:
    """Show everything that is read otherwise than before."""
    repairs = [repair for formatted in done for repair in formatted.repairs]
    for repair in repairs:
        place = repair.location
        clerk.tell(
            f"repair.{repair.kind}",
            place=f"{place.file}:{place.line}:{place.column}",
            old=_marked(repair.old),
            new=_marked(repair.new),
        )
    if letters and not any(repair.kind == "letters" for repair in repairs):
        clerk.tell("no_letters")


def _marked(text: str) -> str:
    """Return a piece of a text between marks where its ends could not be seen."""
    return text if text and text == text.strip() else f"'{text}'"


def _summary(
    clerk: _Clerk, read: Mapping[str, bytes], done: Mapping[str, Formatted], after: Mapping[str, bytes]
) -> int:
    """Say why files were left alone and how many there are of each kind; return the exit code."""
    left = [path for path, formatted in done.items() if formatted.text is None]
    findings = in_order([finding for path in left for finding in done[path].findings])
    if findings:
        click.echo(_report(clerk, findings, read), err=True, nl=False)
    for path in left:
        if not done[path].findings:
            clerk.tell("unsafe", file=clerk.shown(path))
    if left:
        clerk.tell("left_alone", count=len(left))
    if after and clerk.check:
        clerk.tell("would_change", count=len(after))
    elif after:
        clerk.tell("changed", count=len(after))
    elif not left:
        clerk.tell("clean", count=len(done))
    return 1 if left or (after and clerk.check) else 0


def _report(clerk: _Clerk, findings: Sequence[Diagnostic], read: Mapping[str, bytes]) -> str:
    lines = {
        clerk.shown(path): LINE_END.split(content.decode("utf-8", "replace").removeprefix("\ufeff"))
        for path, content in read.items()
        if clerk.shown(path) in {finding.location.file for finding in findings}
    }
    return formats()["text"](Report(tuple(findings), clerk.wording, clerk.language, lines))
