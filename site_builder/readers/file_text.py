"""Owns the way from the bytes of a file to its text, and where its lines end; refuses to know what is written in it."""

from __future__ import annotations

import re

from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found

SIZE_LIMIT = 200_000
"""Bytes a file may have."""
LINE_END = re.compile(r"\r\n|\r|\n")
"""What ends a line for YAML and for editors alike; Python's splitlines knows nine ends more."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
"""What YAML refuses, and what ends a line for YAML but not for an editor."""
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?= |\r?$)", re.MULTILINE)
"""What git leaves in a file that two people changed in the same place: in every kind of file of the content."""


def decode(file: str, content: bytes, *, limit: int = SIZE_LIMIT) -> tuple[str | None, list[Diagnostic]]:
    """Return the text of a file, and what was wrong with its bytes; None where it cannot be read."""
    findings: list[Diagnostic] = []
    if len(content) > limit:
        return None, [found("file-too-large", Location(file), size=len(content) // 1000, limit=limit // 1000)]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [found("not-utf8", Location(file), byte=f"0x{content[0]:02X}", guess="UTF-16")]
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
        findings.append(found("byte-order-mark", Location(file), severity=Severity.WARNING))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = LINE_END.split(content[: error.start].decode("utf-8", "replace"))
        findings.append(
            found(
                "not-utf8",
                Location(file, len(before), len(before[-1]) + 1),
                byte=f"0x{content[error.start]:02X}",
                guess=_guess_encoding(content),
            )
        )
        return None, findings
    if match := _CONFLICT.search(text):
        line = text.count("\n", 0, match.start()) + 1
        return None, [*findings, found("merge-conflict", Location(file, line), length=len(match.group()))]
    if match := _CONTROL.search(text):
        before = LINE_END.split(text[: match.start()])
        place = Location(file, len(before), len(before[-1]) + 1)
        findings.append(found("control-character", place, code=f"U+{ord(match.group()):04X}"))
        return None, findings
    return text, findings


def line_ends(file: str, text: str) -> list[Diagnostic]:
    """Return that a file has line ends which change with every editor, where it has."""
    return [found("windows-line-ends", Location(file), severity=Severity.WARNING)] if "\r\n" in text else []


def _guess_encoding(content: bytes) -> str:
    """Return the likely encoding of a file that is no UTF-8: Windows-1251 where it reads as Cyrillic."""
    text = content.decode("cp1251", "replace")
    high = [char for char in text if char > "\x7f"]
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in high)
    return "Windows-1251" if high and cyrillic / len(high) > 0.8 else "an older encoding"
