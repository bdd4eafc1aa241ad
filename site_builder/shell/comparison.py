"""Owns the two sides of a comparison: a folder or a commit each, read and judged as a change of one into the other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from site_builder.composition import Inputs, compare, spoken
from site_builder.nouns.change_set import Limits
from site_builder.nouns.release import ReleaseFolder
from site_builder.shell.disk import read_folder
from site_builder.shell.job import Day, Folders, now, read_earlier, shown_path
from site_builder.shell.published import content_at, content_of
from site_builder.shell.wording import Wording
from site_builder.writers.proposals.telling import Proposal


@dataclass(frozen=True)
class Sides:
    """What is compared: the names of folders or commits; no second one: the working folder."""

    first: str
    second: str = ""
    fetched: tuple[ReleaseFolder, ...] = ()
    """Earlier releases that were fetched from elsewhere."""


def folder_of(side: str) -> Path | None:
    """Return the folder with content that a side names, also by the project in which it stands; None: a commit."""
    folder = Path(side)
    if not folder.is_dir():
        return None
    within = folder / "content"
    return within if (within / "site.yaml").is_file() and not (folder / "site.yaml").is_file() else folder


def propose(folders: Folders, day: Day, sides: Sides, *, wording: Wording, limits: Limits) -> Proposal:
    """Judge the second side as a change of the first."""
    own = folder_of(sides.second) if sides.second else folders.content
    places = {"content": own or folders.content, "schemas": folders.schemas, "theme": folders.theme}
    if folders.own_theme is not None:
        places["own_theme"] = folders.own_theme
    files = {kind: read_folder(path) for kind, path in places.items() if kind != "content"}
    inputs = Inputs(
        read_folder(own) if own else content_of(folders.content, sides.second).files,
        files["schemas"],
        files["theme"],
        day.value,
        wording,
        own_theme=files.get("own_theme", {}),
        folders={kind: shown_path(path) for kind, path in places.items()},
        releases=(*read_earlier(folders), *sides.fetched),
        published=_first(folders, sides),
        run_on=now(),
    )
    checked, changes = compare(inputs, limits)
    known = [spoken(side) for side in (checked, checked.before) if side is not None and side.is_told]
    before = spoken(checked.before) if checked.before and checked.before.is_told else None
    after = known[0] if known else None
    return Proposal(changes, checked.findings, wording, after, before, checked.as_of.isoformat())


def _first(folders: Folders, sides: Sides) -> dict[str, bytes]:
    """Return the files of the first side; a branch that the working folder left: as it was where they parted."""
    folder = folder_of(sides.first)
    if folder is not None:
        return read_folder(folder)
    taken = content_of if sides.second else content_at
    return taken(folders.content, sides.first).files
