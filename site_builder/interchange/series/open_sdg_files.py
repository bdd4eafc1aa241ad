"""Owns the layout of a tree of Open SDG: which file belongs to which indicator, and its YAML with front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.interchange.series.ledger import Ledger, Left
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.readers.file_text import decode
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Node, Scalar

_DATA = re.compile(r"data/indicator_(?P<id>[\w.-]+)\.csv")
_META = re.compile(r"meta/(?:(?P<language>[A-Za-z-]{2,10})/)?(?P<id>[\w.-]+)\.(?:md|ya?ml)")
_CONFIG = re.compile(r"indicator-config/(?P<id>[\w.-]+)\.ya?ml")
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<front>(?:.*?\r?\n)?)---[ \t]*(?:\r?\n(?P<body>.*))?\Z", re.DOTALL)
FOLDERS = ("data", "meta", "indicator-config")
TOLERATED = frozenset({"empty-value", "curly-quotes", "byte-order-mark", "comment-truncates"})
"""Findings of our own YAML that are no mistake in files of others: an empty value says nothing there."""
BODY = "page_content"
"""Key under which the text below a front matter is kept."""


@dataclass(frozen=True)
class Said:
    """A value under a key, with the file and the language in which it stands."""

    file: str
    key: str
    node: Node
    language: str

    @property
    def line(self) -> int:
        return self.node.line

    @property
    def text(self) -> str:
        """The value as text, empty where it is none."""
        return self.node.text.strip() if isinstance(self.node, Scalar) else ""


@dataclass
class Papers:
    """What a tree has of one indicator."""

    data: str = ""
    said: list[Said] = field(default_factory=list)

    def first(self, *keys: str) -> Said | None:
        """Return the first value that says something, in the order of the keys."""
        return next((said for key in keys for said in self.said if said.key == key and said.text), None)


def sorted_out(
    files: Mapping[str, bytes], languages: tuple[str, ...], usual: str, ledger: Ledger
) -> tuple[dict[str, Papers], list[Diagnostic]]:
    """Return the papers of each indicator, and what cannot be read; other files are told."""
    papers: dict[str, Papers] = {}
    findings: list[Diagnostic] = []
    for path, content in sorted(files.items()):
        if match := _DATA.fullmatch(path):
            papers.setdefault(match["id"], Papers()).data = path
        elif match := _META.fullmatch(path) or _CONFIG.fullmatch(path):
            language = match.groupdict().get("language") or usual
            if language not in languages:
                ledger.add(Left(path, "", "no_language", language))
                continue
            said, wrong = _read(path, content, language)
            findings += wrong
            papers.setdefault(match["id"], Papers()).said += said
        else:
            ledger.add(Left(path, "", "no_file"))
    return papers, findings


def _read(path: str, content: bytes, language: str) -> tuple[list[Said], list[Diagnostic]]:
    """Return the values of a file: YAML, or YAML between dashes and text below it."""
    body, offset = "", 0
    if path.endswith(".md"):
        text, findings = decode(path, content.removeprefix(b"\xef\xbb\xbf"))
        if text is None:
            return [], findings
        match = _FRONT.match(text)
        if match is None and not text.startswith("---"):
            content, body, offset = b"", text.strip(), 1
        elif match is not None:
            content, body = f"---\n{match['front']}".encode(), (match["body"] or "").strip()
            offset = text.count("\n", 0, match.end("front")) + 2
    said = [Said(path, BODY, Scalar(body, offset, 1, offset, 1, "literal"), language)] if body else []
    if not content.removeprefix(b"\xef\xbb\xbf").strip().removeprefix(b"---").strip():
        return said, []
    root, findings = parse_yaml(path, content)
    wrong = [finding for finding in findings if finding.name not in TOLERATED]
    entries = root.entries if root else ()
    return [*(Said(path, key.text.casefold(), node, language) for key, node in entries), *said], wrong
