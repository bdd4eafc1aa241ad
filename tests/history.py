"""Owns repositories made for tests: commits at fixed moments by one invented person, on a published line."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

PERSON, MAILBOX = "Secret Person", "secret.person@example.org"
"""Who made every commit, and must never be told."""


@dataclass
class Repository:
    """A repository with a content folder somewhere in it."""

    root: Path
    folder: str
    """Where the content stands, from the root."""

    @classmethod
    def make(cls, root: Path, folder: str) -> Repository:
        """Return a new repository without a commit."""
        root.mkdir(parents=True)
        repository = cls(root, folder)
        repository.git("init", "-q", "-b", "main")
        return repository

    @property
    def content(self) -> Path:
        return self.root / self.folder

    def git(self, *words: str, at: str = "2026-01-01T00:00:00Z") -> str:
        """Run git at a fixed moment, without any settings of the machine."""
        moment = str(int(datetime.fromisoformat(at).astimezone(UTC).timestamp()))
        people = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", PERSON), ("EMAIL", MAILBOX), ("DATE", f"{moment} +0000"))
        }
        alone = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        command = ["git", "-C", str(self.root), *words]
        answer = subprocess.run(
            command, capture_output=True, text=True, check=True, env={**os.environ, **people, **alone}
        )
        return answer.stdout.strip()

    def commit(self, message: str, *, at: str) -> None:
        """Commit everything as it is."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, at=at)

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file of the content."""
        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode())

    def read(self, path: str) -> str:
        return (self.content / path).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")

    def change(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file of the content."""
        text = self.read(path)
        assert text.count(old) == 1, (path, old)
        self.write(path, text.replace(old, new))

    def add(self, path: str, text: str) -> None:
        """Add text at the end of a file of the content."""
        self.write(path, self.read(path) + text)

    def remove(self, path: str) -> None:
        (self.content / path).unlink()

    def rename(self, old: str, new: str) -> None:
        """Move a file of the content."""
        self.write(new, (self.content / old).read_bytes())
        self.remove(old)


def long_history(root: Path, files: Mapping[str, bytes], *, commits: int) -> Repository:
    """Return a repository in which each commit after the first moves a date and rewords a title of one commitment."""
    repository = Repository.make(root, "content")
    stream = b"".join(_stream(dict(files), commits))
    subprocess.run(["git", "-C", str(root), "fast-import", "--quiet"], input=stream, check=True)
    repository.git("reset", "-q", "--hard")
    return repository


def _stream(files: dict[str, bytes], commits: int) -> Iterator[bytes]:
    """Yield the commits as `git fast-import` reads them, an hour apart."""
    changed = [path for path in sorted(files) if "/commitments/" in path]
    yield from _one(0, files)
    for number in range(1, commits):
        path = changed[number % len(changed)]
        text = re.sub(
            rb"due_baseline: 20(..)",
            lambda year: b"due_baseline: 20%02d" % ((int(year[1]) + 1) % 100),
            files[path],
            count=1,
        )
        files[path] = re.sub(rb'(  en: ")', rb"\g<1>Again %d: " % number, text, count=1)
        yield from _one(number, {path: files[path]})


def _one(number: int, files: Mapping[str, bytes]) -> Iterator[bytes]:
    message = f"Change {number} (#{number + 1})".encode()
    yield b"commit refs/heads/main\ncommitter %s <%s> %d +0000\n" % (
        PERSON.encode(),
        MAILBOX.encode(),
        1767225600 + 3600 * number,
    )
    yield b"data %d\n%s\n" % (len(message), message)
    for path in sorted(files):
        yield b"M 100644 inline content/%s\ndata %d\n%s\n" % (path.encode(), len(files[path]), files[path])
