"""Owns what is asked of git: when the content was committed and whether it was changed since."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path


def committed_at(folder: Path) -> datetime | None:
    """Return the committer date of HEAD; None outside git, without commits, or when the tree was changed."""
    changed = _git(folder, "status", "--porcelain", "--untracked-files=normal")
    stamp = _git(folder, "log", "-1", "--format=%ct")
    if changed or changed is None or not stamp:
        return None
    return datetime.fromtimestamp(int(stamp), UTC)


def _git(folder: Path, *words: str) -> str | None:
    """Return what git prints, None where it cannot be asked."""
    try:
        answer = subprocess.run(
            ["git", "-C", str(folder), *words], capture_output=True, text=True, check=False, timeout=30
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout.strip() if answer.returncode == 0 else None
