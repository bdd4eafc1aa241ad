"""Owns what is asked of git: the commit of the content, when it was made, when each file was last changed, bytes."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

PATIENCE = 120
"""Seconds after which an answer is not waited for."""
_CALL = ("git", "--no-replace-objects", "--no-pager")


class BytesMissing(Exception):
    """A copy of a repository does not hold the bytes of a version."""


@dataclass(frozen=True)
class Commit:
    """The commit that a clean working tree is exactly as in."""

    name: str
    made_at: datetime


def head_of(folder: Path) -> Commit | None:
    """Return the commit of HEAD; None outside git, without commits, or when the tree was changed."""
    changed = ask_git(folder, "status", "--porcelain", "--untracked-files=normal")
    told = None if changed or changed is None else ask_git(folder, "log", "-1", "--format=%H %ct")
    if not told:
        return None
    name, stamp = told.split()
    return Commit(name, datetime.fromtimestamp(int(stamp), UTC))


def changed_on(folder: Path, zone: tzinfo) -> Mapping[str, date]:
    """Return the day on which each file below a folder was last changed, by its path there; nothing outside git.

    The day of the commit, in a time zone; a history that was cut off gives nothing, since its oldest commit would
    seem to have changed every file.
    """
    if ask_git(folder, "rev-parse", "--is-shallow-repository") != "false":
        return {}
    log = ask_git(folder, "log", "--relative", "--name-only", "--format=%x00%ct", "-z", "--", ".")
    days: dict[str, date] = {}
    day: date | None = None
    for part in (log or "").split("\0"):
        name = part.strip("\n")
        if name.isdecimal():
            day = datetime.fromtimestamp(int(name), zone).date()
        elif name and day is not None:
            days.setdefault(name, day)
    return days


def ask_git(folder: Path, *words: str) -> str | None:
    """Return what git prints, None where it cannot be asked."""
    try:
        answer = subprocess.run(
            [*_CALL, "-C", str(folder), *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None


def blobs(folder: Path, names: Iterable[str]) -> Iterator[bytes]:
    """Yield the bytes of versions of files by their names, all asked of one process, one after the other.

    Raises BytesMissing where this copy of the repository does not hold them.
    """
    command = [*_CALL, "-C", str(folder), "cat-file", "--batch"]
    # a copy without all bytes would fetch each from the network; newer versions of git can be told not to
    environment = {**os.environ, "GIT_NO_LAZY_FETCH": "1"}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment) as process:
        asked, told = process.stdin, process.stdout
        assert asked is not None and told is not None, "both ends were opened"
        for name in names:
            try:
                asked.write(f"{name}\n".encode())
                asked.flush()
            except OSError as error:
                raise BytesMissing(name) from error
            head = told.readline().split()
            if len(head) != 3 or head[1] != b"blob":
                asked.close()
                raise BytesMissing(name)
            yield told.read(int(head[2]))
            told.read(1)
