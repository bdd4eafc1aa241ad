"""Owns the content as it had been published on a day: what stood on the published line at the end of that day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path

from site_builder.shell.disk import FolderRefused, is_content
from site_builder.shell.git import BytesMissing, ask_git, blobs
from site_builder.shell.past import places


class NotPublished(FolderRefused):
    """Nobody can tell what had been published; the words stand below `refused.not_published`."""

    def __init__(self, reason: str, content: Path, **told: object) -> None:
        super().__init__(f"not_published.{reason}", folder=content, **told)


@dataclass(frozen=True)
class Published:
    """A content folder at a commit."""

    commit: str
    files: dict[str, bytes]
    """Bytes by path below the folder."""


def content_on(content: Path, day: date, *, zone: tzinfo) -> Published:
    """Return the content at the last commit of the published line on or before the end of a day in a time zone.

    Raises NotPublished outside git, in a copy whose history was cut off, and for a day before the first commit.
    """
    place = ask_git(content, "rev-parse", "--is-shallow-repository", "--show-prefix")
    if place is None:
        raise NotPublished("no_history", content)
    shallow, _, folder = place.partition("\n")
    if shallow != "false":
        raise NotPublished("cut_off", content, what=day)
    oldest = None
    for line in (ask_git(content, "log", "--first-parent", "--format=%H %ct") or "").splitlines():
        commit, stamp = line.split(" ")
        oldest = datetime.fromtimestamp(int(stamp), zone).date()
        if oldest <= day:
            return Published(commit, _files(content, commit, folder, str(day)))
    if oldest is None:
        raise NotPublished("no_commit", content)
    raise NotPublished("too_early", content, day=day, first=oldest)


def content_at(content: Path, revision: str) -> Published:
    """Return the content before a change: at a commit, or where the line of HEAD left that of a branch.

    Raises NotPublished outside git and where the revision is not known in this copy.
    """
    commit, folder, shallow = _commit(content, revision)
    base = ask_git(content, "merge-base", commit, "HEAD")
    if base is None and shallow:
        raise NotPublished("cut_off", content, what=revision)
    return Published(base or commit, _files(content, base or commit, folder, revision))


def content_of(content: Path, revision: str) -> Published:
    """Return the content exactly as it stood in a commit. Raises NotPublished as `content_at` does."""
    commit, folder, _ = _commit(content, revision)
    return Published(commit, _files(content, commit, folder, revision))


def _commit(content: Path, revision: str) -> tuple[str, str, bool]:
    """Return the full name of a commit, where the folder stands in the repository, whether the history is cut off."""
    place = ask_git(content, "rev-parse", "--is-shallow-repository", "--show-prefix")
    if place is None:
        raise NotPublished("no_history", content)
    shallow, _, folder = place.partition("\n")
    commit = ask_git(content, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        way = "git fetch --unshallow" if shallow != "false" else "git fetch"
        raise NotPublished("unknown_commit", content, revision=revision, command=way)
    return commit, folder, shallow != "false"


def _files(content: Path, commit: str, folder: str, when: str) -> dict[str, bytes]:
    for prefix in places(content, folder):
        listed = dict(_listed(content, commit, prefix))
        if listed:
            try:
                return dict(zip(listed, blobs(content, listed.values()), strict=True))
            except BytesMissing as error:
                raise NotPublished("bytes_missing", content, when=when) from error
    raise NotPublished("not_there", content, when=when)


def _listed(content: Path, commit: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield path and name of the bytes of every file below a folder at a commit, sorted."""
    told = ask_git(content, "ls-tree", "-r", "-z", "--full-tree", commit, "--", prefix or ".")
    for entry in (told or "").split("\0"):
        what, _, path = entry.partition("\t")
        below = path.removeprefix(prefix)
        if what.startswith("100") and all(map(is_content, below.split("/"))):
            yield below, what.split(" ")[2]
