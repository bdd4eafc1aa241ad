"""Owns the writing of many new files below a folder that was empty: none leaves it, none is written over."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePath

from site_builder.nouns.output import Output
from site_builder.shell.refusal import FolderRefused

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
"""How a new file is opened: not through a link, and on Windows without other line ends."""


def write_files(root: Path, outputs: Iterable[Output]) -> None:
    """Write files below a folder that holds nothing yet and is made if need be; none leaves it."""
    root.mkdir(parents=True, exist_ok=True)
    NewFolder(root).write(outputs)


class NewFolder:
    """A folder that was empty when a build began to write below it; several processes may, each other files.

    All that stands below it is made here and was not there before, so that no link can lead elsewhere and a path is
    judged by its text: of the calls to the system only those are made that write. The folder itself is not made: if
    somebody takes it away, what was written is lost, and what is still written must not look like the whole.
    """

    def __init__(self, root: Path) -> None:
        self._made = {"": str(root)}

    def write(self, outputs: Iterable[Output]) -> None:
        """Write files, one after the other."""
        for output in outputs:
            _write_new(self._place(output), output.content)

    def make_room(self, outputs: Iterable[Output]) -> None:
        """Take away what a process that was killed left of some files."""
        for output in outputs:
            Path(self._place(output)).unlink(missing_ok=True)

    def _place(self, output: Output) -> str:
        """Return where a file is to stand, in a folder that is there."""
        if not all(map(_is_name, output.path.split("/"))):
            raise FolderRefused("leaves_folder", place=output.path)
        folder, _, name = output.path.rpartition("/")
        return f"{self._folder(folder)}/{name}"

    def _folder(self, path: str) -> str:
        """Return a folder by its path below the first, made now if nobody has made it yet."""
        if path not in self._made:
            above, _, name = path.rpartition("/")
            folder = f"{self._folder(above)}/{name}"
            try:
                Path(folder).mkdir()
            except FileExistsError:
                if not stat.S_ISDIR(os.lstat(folder).st_mode):
                    raise
            self._made[path] = folder
        return self._made[path]


@lru_cache(4096)
def _is_name(part: str) -> bool:
    """Whether a part of a path names something in its folder: no way up, no drive and no separator of the system."""
    return part not in ("", os.pardir) and PurePath(part).name == part


def _write_new(path: str, content: bytes) -> None:
    """Write a file that is not there yet, without a buffer between: it stands in memory whole."""
    file = os.open(path, _NEW, 0o666)
    try:
        left = memoryview(content)
        while left:  # the system may take less than all of it
            left = left[os.write(file, left) :]
    finally:
        os.close(file)
