"""Owns hashes of what files say: those of packed forms are over their content, the same with every packer's version."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from site_builder.nouns.output import Output, weight_of
from site_builder.plan.hosting import ending
from site_builder.writers.forms.sqlite import Member, members
from site_builder.writers.package import listed

SUMS = "CONTENT-SHA256SUMS"
"""The hashes of the newest data."""
OF_BYTES = frozenset({"SHA256SUMS", "manifest-sha256.txt", "build.json"})
"""Names of files that tell the bytes of packed forms: what they say changes with the packer."""
DATABASE, ROWS = ".sqlite", ".jsonl"
"""Endings of a database and of the files of its tables."""


def content_hash(path: str, content: bytes, *, known: Mapping[str, str] | None = None) -> str:
    """Return the SHA-256 of what a file says.

    Of a packed form it is that of the lines `hash  name` of its members, sorted by name: an archive has files (and a
    workbook is one), a database its statements and a file of JSON Lines a table. Of any other file it is that of its
    bytes. `known` holds hashes of members by name that were worked out before.
    """
    unpack = _UNPACKED.get(ending(path))
    if unpack is None:
        return weight_of(content).sha256
    hashes = known or {}
    told = ((name, hashes.get(name) or weight_of(read()).sha256) for name, read in unpack(content))
    return weight_of(listed(told)).sha256


def content_sums(outputs: Iterable[Output], *, below: str = "", known: Mapping[str, str] | None = None) -> bytes:
    """Return a line `hash  name` a file, sorted by name; `known` holds hashes by path that were worked out before.

    Files that tell the bytes of packed forms are left out.
    """
    files = sorted(outputs, key=lambda output: output.path)
    lines = (
        f"{(known or {}).get(output.path) or _content_hash_of(output, files)}  {output.path.removeprefix(below)}\n"
        for output in files
        if output.path.rpartition("/")[2] not in OF_BYTES
    )
    return "".join(lines).encode("utf-8")


def _content_hash_of(output: Output, files: Iterable[Output]) -> str:
    kind = ending(output.path)
    if kind not in _UNPACKED:
        return output.weight.sha256
    # most of what a database says lies beside it, and to read that back would take longer than all other hashes
    beside = _rows_in(output.path.rpartition("/")[0], files) if kind == DATABASE else {}
    return content_hash(output.path, output.content, known=beside)


def _rows_in(folder: str, files: Iterable[Output]) -> Mapping[str, str]:
    """Return the hashes of the tables that lie in a folder, by name."""
    parts = ((*output.path.rpartition("/"), output) for output in files if output.path.endswith(ROWS))
    return {name: output.weight.sha256 for place, _, name, output in parts if place == folder}


def known_hashes(sums: bytes, below: str) -> Mapping[str, str]:
    """Return the hashes of such lines by path."""
    parts = (line.split("  ", 1) for line in sums.decode("utf-8").splitlines())
    return {f"{below}{name}": digest for digest, name in parts}


def _files(content: bytes) -> Iterator[Member]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        yield from ((name, partial(archive.read, name)) for name in archive.namelist())


_UNPACKED: Mapping[str, Callable[[bytes], Iterator[Member]]] = {".zip": _files, ".xlsx": _files, DATABASE: members}
"""What packed forms say, by their endings."""
