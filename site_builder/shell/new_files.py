"""Owns the writing of many new files below a folder that holds nothing yet: none leaves it, none is written over."""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePath

from site_builder.nouns.output import Output
from site_builder.shell.refusal import FolderRefused

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""How a new file is opened: not through a link, and on Windows without other line ends."""


def write_files(root: Path, outputs: Iterable[Output]) -> None:
    """Write files below a folder that holds nothing yet, one after the other; none leaves it.

    All that stands below it is made here and was not there before, so that no link can lead elsewhere and a path is
    judged by its text: of the calls to the system only those are made that write.
    """
    root.mkdir(parents=True, exist_ok=True)
    made = {"": root}
    for output in outputs:
        if not all(map(_is_name, output.path.split("/"))):
            raise FolderRefused("leaves_folder", place=output.path)
        folder, _, name = output.path.rpartition("/")
        _write_new(f"{_made(folder, made)}/{name}", output.content)


@lru_cache(4096)
def _is_name(part: str) -> bool:
    """Whether a part of a path names something in its folder: no way up, no drive and no separator of the system."""
    return part not in ("", os.pardir) and PurePath(part).name == part


def _made(folder: str, made: dict[str, Path]) -> Path:
    """Return a folder by its path below the first, made now where it is not among those that were `made`."""
    if folder not in made:
        above, _, name = folder.rpartition("/")
        made[folder] = _made(above, made) / name
        made[folder].mkdir()
    return made[folder]


def _write_new(path: str, content: bytes) -> None:
    """Write a file that is not there yet, without a buffer between: it stands in memory whole."""
    file = os.open(path, _NEW, 0o666)
    try:
        left = memoryview(content)
        while left:  # the system may take less than all of it
            left = left[os.write(file, left) :]
    finally:
        os.close(file)
