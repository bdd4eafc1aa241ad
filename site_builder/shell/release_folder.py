"""Owns the folder of releases on the disk: a new one comes into it whole or not at all."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from site_builder.nouns.output import Output
from site_builder.nouns.release import ADDRESS, INDEX, ReleaseFolder
from site_builder.shell.disk import FolderRefused, read_folder, refused
from site_builder.shell.new_files import write_files

_ASIDE = re.compile(r"\.(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\.new")


def read_releases_in(folder: Path, *, shown: str) -> ReleaseFolder:
    """Return what stands in a folder of releases, or in that of a published site.

    What a killed run left of a release is passed over: the folder is as it was before.
    """
    inside = folder.joinpath(*ADDRESS.strip("/").split("/"))
    if inside.is_dir():
        folder, shown = inside, f"{shown}/{ADDRESS.strip('/')}"
    files = read_folder(folder)
    days = {day for day, _ in _unfinished(folder)}
    return ReleaseFolder(shown, {path: content for path, content in files.items() if path.split("/")[0] not in days})


def _unfinished(folder: Path) -> list[tuple[str, Path]]:
    """Return the day and the place aside of releases that a killed run did not finish.

    A release counts from the moment at which the index that lists it has left the place aside.
    """
    asides = ((_ASIDE.fullmatch(path.name), path) for path in sorted(folder.iterdir()) if path.is_dir())
    return [(match["day"], path) for match, path in asides if match and (path / INDEX).is_file()]


def add_release(folder: Path, day: str, outputs: Iterable[Output]) -> None:
    """Write a release and the index that lists it; until the last step everything is as it was before."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_away(folder)
        if (folder / day).exists():
            raise FolderRefused("no_release", place=folder / day)
        aside = folder / f".{day}.new"
        aside.mkdir()
        # what comes first is the mark by which a killed run is known
        ordered = sorted(outputs, key=lambda output: (output.path != INDEX, output.path))
        try:
            write_files(aside, ordered)
            (aside / day).rename(folder / day)
            (aside / INDEX).replace(folder / INDEX)
        except OSError:
            _clear_away(folder)
            raise
        aside.rmdir()
    except OSError as error:
        raise refused(folder, error) from error


def _clear_away(folder: Path) -> None:
    """Take away what a killed run left."""
    for day, aside in _unfinished(folder):
        if (folder / day).is_dir():
            shutil.rmtree(folder / day)
        shutil.rmtree(aside)
    for aside in sorted(folder.iterdir()):
        if aside.is_dir() and _ASIDE.fullmatch(aside.name):
            shutil.rmtree(aside)
