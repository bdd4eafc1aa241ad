"""Owns the reading of what was published earlier from git: commits of the published line, bytes of every version.

Names and addresses of people are never asked for; of a message only a number and the reason of a correction are kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from hashlib import sha256
from pathlib import Path

from site_builder.composition import Checked
from site_builder.nouns import file_kind
from site_builder.nouns.past import NO_PAST, Flat, Past, Publication, Version
from site_builder.readers import defaults, file_text, layout, versions, yaml_composer, yaml_tree
from site_builder.readers.time_zone import zone_of
from site_builder.readers.versions import old_kind, read_version
from site_builder.shell.cache import Cache
from site_builder.shell.git import BytesMissing, ask_git, blobs

MOVES = 20
"""Times that the content folder may have been moved: what goes on longer is no history."""
SHARE = 0.5
"""Part of the files of a folder that must have come from one other place for it to have been moved from there."""
_MERGED = re.compile(r"^Merge pull request #(\d{1,9})\b|\(#(\d{1,9})\)$|^See merge request \S*!(\d{1,9})$", re.M)
_CORRECTION = re.compile(r"^Correction:[ \t]*(\S[^\n]*(?:\n[ \t]+\S[^\n]*)*)", re.M)
_RAW = ("--raw", "-z", "--no-renames", "--no-abbrev", "--no-relative", "--no-ext-diff", "--no-color")
_LOG = ("--reverse", "--first-parent", "-m", *_RAW)
_FORMAT = ("--no-show-signature", "--no-notes", "--encoding=UTF-8", "--format=%H %ct%n%B")
_MAKERS = (defaults, file_kind, file_text, layout, versions, yaml_composer, yaml_tree)
"""The modules that decide what is remembered: with another of them everything is read anew."""

Files = dict[str, str]
"""Name of the new bytes by path, empty where there are none."""


@dataclass(frozen=True)
class _Commit:
    """A commit as git lists it."""

    name: str
    stamp: int
    message: str
    files: Files


def read_past(content: Path, checked: Checked, *, cache: Cache, until: str = "") -> Past:
    """Return every publication of a content folder with what stood in each version of each file.

    `until` names the last commit of the published line that counts, by default the newest.

    Outside git, without git and in a folder that was never committed nothing is known. A copy of the history that
    was cut off, or that lacks some of the bytes, tells nothing but where it ends.
    """
    place = ask_git(content, "rev-parse", "--is-shallow-repository", "--show-prefix", "HEAD")
    if place is None:
        return NO_PAST
    zone = zone_of(checked.catalog)
    known = (content.absolute(), place, until, zone, checked.schemas, checked.schema_version)
    return cache.once("past", known, lambda: _past(content, place, checked, cache=cache, until=until))


def _past(content: Path, place: str, checked: Checked, *, cache: Cache, until: str) -> Past:
    zone = zone_of(checked.catalog)
    shallow, _, rest = place.partition("\n")
    folder, _, head = rest.rpartition("\n")
    if shallow != "false":
        return Past(cut_off=_first_day(content, zone))
    commits = _commits(content, folder, head)
    if until:
        known = set((ask_git(content, "log", "--first-parent", "--format=%H", until) or "").split())
        commits = [commit for commit in commits if commit.name in known]
    publications = [_publication(commit, zone) for commit in commits]
    wanted = dict.fromkeys(pair for publication in publications for pair in publication.files if pair[1])
    try:
        return Past(tuple(publications), _versions(content, list(wanted), checked, cache))
    except BytesMissing:
        return Past(cut_off=_first_day(content, zone))


def _first_day(content: Path, zone: tzinfo) -> date | None:
    """Return the day of the oldest commit that there is."""
    stamps = (ask_git(content, "log", "--first-parent", "--format=%ct") or "").split()
    return datetime.fromtimestamp(int(stamps[-1]), zone).date() if stamps else None


# commits


def _commits(content: Path, folder: str, head: str) -> list[_Commit]:
    """Return the commits up to one that changed records, the oldest first, with paths below the content folder.

    Where the folder was moved, what was done to it in its earlier place belongs to it.
    """
    found: list[_Commit] = []
    for _, commits in _stays(content, folder, head):
        found = [*commits, *found]
    return [commit for commit in found if commit.files]


def places(content: Path, folder: str) -> Iterator[str]:
    """Yield where the content folder stood in its repository, the newest place first."""
    return (place for place, _ in _stays(content, folder))


def _stays(content: Path, folder: str, tip: str = "HEAD") -> Iterator[tuple[str, list[_Commit]]]:
    """Yield each place of the content folder, the newest first, with the commits that changed it there."""
    for _ in range(MOVES):
        commits = _log(content, folder, tip)
        if not commits:
            return
        begins = _newest_beginning(commits, folder)
        first, later = commits[begins], commits[begins + 1 :]
        origin, files = _moved_from(content, first, folder)
        if origin is None and begins:
            origin = folder  # nothing was moved here: all of it had been deleted, and this is what came then
        moved = _Commit(first.name, first.stamp, first.message, files)
        yield folder, [moved, *(_within(commit, folder) for commit in later)]
        if origin is None:
            return
        folder, tip = origin, f"{first.name}^1"


def _newest_beginning(commits: list[_Commit], folder: str) -> int:
    """Return the place of the commit since which the folder was never without files: it may have been moved back."""
    there: set[str] = set()
    begins = 0
    for place, commit in enumerate(commits):
        came = {path for path, blob in commit.files.items() if blob and path.startswith(folder)}
        if came and not there:
            begins = place
        there |= came
        there.difference_update(path for path, blob in commit.files.items() if not blob)
    return begins


def _log(content: Path, folder: str, tip: str) -> list[_Commit]:
    told = ask_git(content, "log", tip, *_LOG, *_FORMAT, "--", f":(top,literal){folder or '.'}")
    return list(_read_log(told or ""))


def _read_log(told: str) -> Iterator[_Commit]:
    """Yield the commits of a log in which every part ends with a NUL: a message, then modes and path of each file."""
    parts = iter(told.split("\0"))
    head, files = "", Files()
    for part in map(_without_line_end, parts):
        if part.startswith(":"):
            modes = part[1:].split(" ")
            # links and other repositories are no files of ours
            files[next(parts)] = modes[3] if modes[1].startswith("100") else ""
        elif part:
            if head:
                yield _commit(head, files)
            head, files = part, Files()
    if head:
        yield _commit(head, files)


def _without_line_end(part: str) -> str:
    return part.lstrip("\n")


def _commit(head: str, files: Files) -> _Commit:
    told, _, message = head.partition("\n")
    name, stamp = told.split(" ")
    return _Commit(name, int(stamp), message, files)


def _within(commit: _Commit, folder: str) -> _Commit:
    return _Commit(commit.name, commit.stamp, commit.message, _records(commit.files.items(), folder))


def _records(files: Iterable[tuple[str, str]], folder: str) -> Files:
    """Return the files of records below a folder by their path there."""
    below = {path.removeprefix(folder): blob for path, blob in files if path.startswith(folder)}
    return {path: blob for path, blob in below.items() if old_kind(path) is not None}


def _moved_from(content: Path, first: _Commit, folder: str) -> tuple[str | None, Files]:
    """Return the place from which a commit moved the folder, None if from none, and what the commit changed in it."""
    came = _records(first.files.items(), folder)
    told = ask_git(content, "diff-tree", "-r", *_RAW, f"{first.name}^1", first.name)
    whole = next(_read_log(f"{first.name} 0\n\0{told or ''}")).files
    gone = [path for path, blob in whole.items() if not blob and not (folder and path.startswith(folder))]
    tails = ((path, next((tail for tail in _tails(path) if tail in came), "")) for path in gone)
    places = Counter(path.removesuffix(tail) for path, tail in tails if tail)
    origin, count = max(places.items(), key=lambda place: (place[1], place[0]), default=("", 0))
    if not came or count < SHARE * len(came):
        return None, came
    return origin, {**_records(((path, "") for path in gone), origin), **came}


def _tails(path: str) -> Iterator[str]:
    """Yield a path without its folders, one after another, the longest first."""
    parts = path.split("/")
    return ("/".join(parts[place:]) for place in range(len(parts)))


def _publication(commit: _Commit, zone: tzinfo) -> Publication:
    message = commit.message.rstrip()
    merged = _MERGED.search(message)
    correction = _CORRECTION.search(message)
    return Publication(
        commit.name,
        datetime.fromtimestamp(commit.stamp, zone).date(),
        tuple(sorted(commit.files.items())),
        int(next(filter(None, merged.groups()))) if merged else None,
        " ".join(correction.group(1).split()) if correction else "",
    )


# versions


def _versions(
    content: Path, wanted: list[tuple[str, str]], checked: Checked, cache: Cache
) -> dict[tuple[str, str], Version | None]:
    """Return what stood in each version, read once for each name of bytes and remembered by it."""
    sources = b"".join(Path(str(module.__file__)).read_bytes() for module in _MAKERS)
    maker = sha256(checked.schema_version.encode() + sources).hexdigest()
    remembered = cache.load(maker)
    new = [pair for pair in wanted if _name(*pair) not in remembered]
    entries = {_name(*pair): remembered[_name(*pair)] for pair in wanted if _name(*pair) in remembered}
    if new:
        for (path, blob), text in zip(new, blobs(content, [blob for _, blob in new]), strict=True):
            entries[_name(path, blob)] = read_version(path, text, checked.schemas)
        cache.save(maker, entries)
    return {
        pair: None if entries[_name(*pair)] is None else tuple(Flat(*record) for record in entries[_name(*pair)])
        for pair in wanted
    }


def _name(path: str, blob: str) -> str:
    return f"{blob} {path}"
