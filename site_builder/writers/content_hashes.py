"""Owns hashes of what files say: those of packed forms are over their content, the same with every packer's version."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256

from site_builder.nouns.output import Output
from site_builder.plan.hosting import ending
from site_builder.writers.forms.sqlite import dump
from site_builder.writers.package import checksums

SUMS = "CONTENT-SHA256SUMS"
"""The hashes of the newest data."""
OF_BYTES = frozenset({"SHA256SUMS", "manifest-sha256.txt", "build.json"})
"""Names of files that tell the bytes of packed forms: what they say changes with the packer."""


def content_hash(path: str, content: bytes) -> str:
    """Return the SHA-256 of what a file says.

    Of an archive (and a workbook is one) it is that of the lines `hash  name` of its members, sorted by name; of a
    database that of its dump; of any other file that of its bytes.
    """
    unpack = _UNPACKED.get(ending(path), _as_it_is)
    digest = sha256()
    for part in unpack(content):
        digest.update(part)
    return digest.hexdigest()


def content_sums(outputs: Iterable[Output], *, below: str = "", known: Mapping[str, str] | None = None) -> bytes:
    """Return a line `hash  name` a file, sorted by name; `known` holds hashes by path that were worked out before.

    Files that tell the bytes of packed forms are left out.
    """
    lines = (
        f"{(known or {}).get(output.path) or _content_hash_of(output)}  {output.path.removeprefix(below)}\n"
        for output in sorted(outputs, key=lambda output: output.path)
        if output.path.rpartition("/")[2] not in OF_BYTES
    )
    return "".join(lines).encode("utf-8")


def _content_hash_of(output: Output) -> str:
    is_packed = ending(output.path) in _UNPACKED
    return content_hash(output.path, output.content) if is_packed else output.weight.sha256


def known_hashes(sums: bytes, below: str) -> Mapping[str, str]:
    """Return the hashes of such lines by path."""
    parts = (line.split("  ", 1) for line in sums.decode("utf-8").splitlines())
    return {f"{below}{name}": digest for digest, name in parts}


def _as_it_is(content: bytes) -> Iterator[bytes]:
    yield content


def _members(content: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield checksums((name, archive.read(name)) for name in archive.namelist())


_UNPACKED: Mapping[str, Callable[[bytes], Iterator[bytes]]] = {".zip": _members, ".xlsx": _members, ".sqlite": dump}
"""What a packed form says, by its ending."""
