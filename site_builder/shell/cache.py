"""Owns what is remembered between builds: a file that can be thrown away at any time, and is when it is not right."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

Made = TypeVar("Made")


@dataclass(frozen=True)
class Cache:
    """A file below a folder of its own; without one nothing is remembered."""

    path: Path | None = None
    _made: dict[str, tuple[Hashable, Any]] = field(default_factory=dict, compare=False)

    def once(self, name: str, of: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is made of something, as it was made the last time if that was made of the same."""
        known = self._made.get(name)
        if known is None or known[0] != of:
            known = self._made[name] = (of, make())
        made: Made = known[1]
        return made

    def load(self, maker: str) -> Mapping[str, Any]:
        """Return what the same maker remembered; nothing of another, and nothing that was damaged."""
        if self.path is None:
            return {}
        try:
            head, _, body = self.path.read_bytes().partition(b"\n")
            if head.decode("ascii", "replace") != _head(maker, body):
                return {}
            remembered = json.loads(body)
        except (OSError, ValueError):
            return {}
        return remembered if isinstance(remembered, dict) else {}

    def save(self, maker: str, remembered: Mapping[str, Any]) -> None:
        """Remember something for the next time. Where that is not possible, the next time costs as much as this one.

        It is written aside and then renamed, and git is told to look away: a cache must not make the content
        seem changed.
        """
        if self.path is None:
            return
        with contextlib.suppress(OSError):
            folder = self.path.parent
            folder.mkdir(parents=True, exist_ok=True)
            ignored = folder / ".gitignore"
            if not ignored.exists():
                ignored.write_text("*\n", "utf-8")
            body = json.dumps(remembered, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
            handle, aside = tempfile.mkstemp(prefix=f"{self.path.name}.new-", dir=folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(_head(maker, body).encode("ascii") + b"\n" + body)
                Path(aside).replace(self.path)
            finally:
                Path(aside).unlink(missing_ok=True)


def _head(maker: str, body: bytes) -> str:
    return f"{maker} {sha256(body).hexdigest()}"
