"""Owns how the notes of a release are given on the command line: a text, or a file, for each language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from site_builder.shell.refusal import Refusal

_LANGUAGE = re.compile(r"([a-z]{2,3}(?:-[A-Za-z0-9]+)*)=(.*)", re.DOTALL)
MOST = 10_000
"""Characters of a note: more is a document of its own."""


class NotesRefused(Refusal):
    """A note cannot be published."""


def in_languages(
    texts: Iterable[str], files: Iterable[str], *, main: str, codes: tuple[str, ...], private: Iterable[re.Pattern[str]]
) -> dict[str, str]:
    """Return texts by language; what names no language is in the main one. Raises NotesRefused.

    `private` finds what must not be published.
    """
    notes: dict[str, str] = {}
    given = [(*_split(text, main, codes), False) for text in texts]
    given += [(*_split(name, main, codes), True) for name in files]
    for code, written, is_file in given:
        text = (_read(Path(written)) if is_file else written).strip()
        if code in notes:
            raise NotesRefused("note_twice", language=code)
        if not text or len(text) > MOST:
            raise NotesRefused("note_length", language=code, limit=MOST)
        if any(not char.isprintable() and char != "\n" for char in text):
            raise NotesRefused("note_unseen", language=code)
        if found := next((match for pattern in private if (match := pattern.search(text))), None):
            raise NotesRefused("note_personal", language=code, value=found.group())
        notes[code] = text
    return notes


def _split(given: str, main: str, codes: tuple[str, ...]) -> tuple[str, str]:
    match = _LANGUAGE.fullmatch(given)
    if match is None:
        return main, given
    if match[1] not in codes:
        raise NotesRefused("no_language", language=match[1], known=", ".join(codes))
    return match[1], match[2]


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NotesRefused("not_utf8", place=path) from error
    except OSError as error:
        raise NotesRefused("system", place=path, why=error.strerror) from error
