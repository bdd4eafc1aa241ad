"""Owns the holding of a folder while a program writes below it, so that no other one takes it for left behind.

The system holds it for this process and those that it forks, and lets go when the last of them ends, however it ends.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where no folder can be held
    fcntl = None  # type: ignore[assignment]


@contextmanager
def held(folder: Path) -> Iterator[None]:
    """Hold a folder for the time being; where that is not possible nothing is done."""
    with _opened(folder) as descriptor:
        _is_taken(descriptor)
        yield


def is_held(folder: Path) -> bool:
    """Whether a process that runs holds a folder."""
    with _opened(folder) as descriptor:
        return descriptor is not None and not _is_taken(descriptor)


@contextmanager
def _opened(folder: Path) -> Iterator[int | None]:
    """Open a folder; None where that is not possible."""
    descriptor = None
    if fcntl is not None:
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _is_taken(descriptor: int | None) -> bool:
    """Take hold of an open folder; return whether nobody else had it."""
    if descriptor is not None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a file system without holds
            pass
    return True
