"""Owns what is asked of git: the commit of the content, when it was made, when each file was last changed."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path


@dataclass(frozen=True)
class Commit:
    """The commit that a clean working tree is exactly as in."""

    name: str
    made_at: datetime


def head_of(folder: Path) -> Commit | None:
    """Return the commit of HEAD; None outside git, without commits, or when the tree was changed."""
    changed = _git(folder, "status", "--porcelain", "--untracked-files=normal")
    told = _git(folder, "log", "-1", "--format=%H %ct")
    if changed or changed is None or not told:
        return None
    name, stamp = told.split()
    return Commit(name, datetime.fromtimestamp(int(stamp), UTC))


def changed_on(folder: Path, zone: tzinfo) -> Mapping[str, date]:
    """Return the day on which each file below a folder was last changed, by its path there; nothing outside git.

    The day of the commit, in a time zone; a history that was cut off gives nothing, since its oldest commit would
    seem to have changed every file.
    """
    if _git(folder, "rev-parse", "--is-shallow-repository") != "false":
        return {}
    log = _git(folder, "log", "--relative", "--name-only", "--format=%x00%ct", "-z", "--", ".")
    days: dict[str, date] = {}
    day: date | None = None
    for part in (log or "").split("\0"):
        name = part.strip("\n")
        if name.isdecimal():
            day = datetime.fromtimestamp(int(name), zone).date()
        elif name and day is not None:
            days.setdefault(name, day)
    return days


def _git(folder: Path, *words: str) -> str | None:
    """Return what git prints, None where it cannot be asked."""
    try:
        answer = subprocess.run(
            ["git", "-C", str(folder), *words],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None
