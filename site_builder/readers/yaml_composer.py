"""Owns the way from the bytes of a YAML file to its tree; refuses whatever of YAML a clerk would not expect.

PyYAML's C scanner gives the events; the tree is built here, so that depth is counted while events arrive,
every scalar stays the text that was typed, and each trap of YAML is a finding at its own column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

import yaml

from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.readers.file_text import LINE_END, decode, line_ends
from site_builder.readers.yaml_slips import explain_syntax_error
from site_builder.readers.yaml_tree import Mapping, Node, Scalar, Sequence

DEPTH_LIMIT = 8
"""Levels of nesting a file may have."""

SMALL, REMEMBERED = 20_000, 400
"""Bytes of a file that is remembered between two readings, and how many of them are: code lists, above all."""

_OPENING = "“”„‘"
_CURLY = re.compile(f"[{_OPENING}][^“”„]*[“”’]")
"""A text in curly quotes; a text that only begins and ends with words in such quotes is none."""
_COMMENT = re.compile(r"\s+(#)")
_STYLES = {None: "plain", "": "plain", "'": "single", '"': "double", "|": "literal", ">": "folded"}


class _Stop(Exception):
    """Ends the building of a tree that is not worth going on with."""


def parse_yaml(file: str, content: bytes) -> tuple[Mapping | None, list[Diagnostic]]:
    """Return the tree of a YAML file whose top is a mapping, and everything found on the way.

    The tree is None where nothing can be read from the file. It may be the one of an earlier reading of the same
    bytes: nobody changes a tree.
    """
    root, findings = _remembered(file, content) if len(content) <= SMALL else _parse(file, content)
    return root, list(findings)


def _parse(file: str, content: bytes) -> tuple[Mapping | None, list[Diagnostic]]:
    text, findings = decode(file, content)
    if text is None:
        return None, [replace(finding, suggestion=_convertible(finding)) for finding in findings]
    findings += line_ends(file, text)
    builder = _Builder(file, LINE_END.split(text), findings)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except _Stop:
        return None, findings
    except yaml.YAMLError as error:
        told = {finding.location for finding in findings if finding.severity is Severity.ERROR}
        slips = explain_syntax_error(file, builder.lines, error)
        findings.extend(slip for slip in slips if slip.location not in told)
        return None, findings
    root = builder.root
    if root is None:
        findings.append(found("file-empty", Location(file)))
    elif not isinstance(root, Mapping):
        findings.append(_not_a_mapping(file, builder.lines, root))
    else:
        return root, findings
    return None, findings


_remembered = lru_cache(REMEMBERED)(_parse)


def _convertible(finding: Diagnostic) -> str:
    """Return the name by which the command `fmt` knows the encoding of a file of YAML, empty where it is none."""
    guess = dict(finding.arguments).get("guess", "") if finding.name == "not-utf8" else ""
    return {"Windows-1251": "cp1251", "UTF-16": "utf-16"}.get(guess, "")


def _not_a_mapping(file: str, lines: list[str], root: Node) -> Diagnostic:
    for number, line in enumerate(lines, 1):
        if match := re.match(r"\s*[\w.-]+:(\u00a0)", line):
            return found("no-break-space", Location(file, number, match.start(1) + 1))
        if match := re.match(r"\s*[a-z_]+:(?=[^\s/])", line):
            return found("space-after-colon", Location(file, number, match.end()))
    if root.line > len(lines):  # a file of `---` alone has its value behind its end
        return found("not-a-mapping", Location(file, len(lines), len(lines[-1]) + 1))
    return found("not-a-mapping", Location(file, root.line, root.column))


@dataclass
class _Builder:
    """Builds the tree from events; `stack` holds the open mappings and lists."""

    file: str
    lines: list[str]
    findings: list[Diagnostic]
    root: Node | None = None
    stack: list[Mapping | Sequence] = field(default_factory=list)
    keys: list[Scalar | None] = field(default_factory=list)
    """The key that waits for its value, one a level."""
    seen: list[dict[str, Scalar]] = field(default_factory=list)
    documents: int = 0

    def take(self, event: yaml.Event) -> None:
        """Add one event to the tree."""
        if isinstance(event, yaml.ScalarEvent):
            usable = not (event.anchor or event.tag) or not self._refuse_jargon(event)
            self._place(self._scalar(event), usable=usable)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(event, Mapping(*_start(event), flow=bool(event.flow_style)))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(event, Sequence(*_start(event), flow=bool(event.flow_style)))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop().end = _end(event)
            self.keys.pop()
            self.seen.pop()
        elif isinstance(event, yaml.AliasEvent):
            line, column = _start(event)
            self.findings.append(found("yaml-anchor", self._at(line, column), written=f"*{event.anchor}"))
            self._place(Scalar("", line, column, line, column, "alias"), usable=False)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.findings.append(found("several-documents", self._at(*_start(event)), length=3))
                raise _Stop

    def _at(self, line: int, column: int) -> Location:
        return Location(self.file, line, column)

    def _refuse_jargon(self, event: yaml.NodeEvent) -> bool:
        """Report the anchor and the tag of a value; return whether there was one."""
        line, column = _start(event)
        if event.anchor:
            self.findings.append(found("yaml-anchor", self._at(line, column), written=f"&{event.anchor}"))
        tag = getattr(event, "tag", None)
        if tag:
            written = self.lines[line - 1][column - 1 :].split(maxsplit=1)[0]
            self.findings.append(found("yaml-tag", self._at(line, column), written=written, length=len(written)))
        return bool(event.anchor or tag)

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        begin, end = event.start_mark, event.end_mark
        assert begin is not None and end is not None, "the parser marks every event"
        end_line, end_column = end.line + 1, end.column + 1
        style = _STYLES[event.style]
        scalar = Scalar(event.value, begin.line + 1, begin.column + 1, end_line, end_column, style)
        if style == "plain" and end_line <= len(self.lines):
            line = self.lines[end_line - 1]
            if "#" in line and (match := _COMMENT.match(line, end_column - 1)):
                scalar.comment_column = match.start(1) + 1
        return scalar

    def _open(self, event: yaml.CollectionStartEvent, node: Mapping | Sequence) -> None:
        usable = not self._refuse_jargon(event)
        if len(self.stack) >= DEPTH_LIMIT:
            self.findings.append(found("nested-too-deep", self._at(node.line, node.column), limit=DEPTH_LIMIT))
            raise _Stop
        self._place(node, usable=usable)
        self.stack.append(node)
        self.keys.append(None)
        self.seen.append({})

    def _place(self, node: Node, *, usable: bool) -> None:
        """Put a node where it belongs: as the root, an item, a key or a value."""
        if not self.stack:
            self.root = node
            return
        parent = self.stack[-1]
        if isinstance(parent, Sequence):
            if usable and self._has_value(node, "-"):
                parent.items.append(node)
            return
        key = self.keys[-1]
        if key is None:
            self.keys[-1] = self._key(node)
            return
        self.keys[-1] = None
        if not key.text:
            return
        if usable and self._has_value(node, key.text, key):
            parent.entries.append((key, node))
        else:
            parent.spoiled.add(key.text)

    def _key(self, node: Node) -> Scalar:
        """Return the node as a key; a key that cannot be used comes back without text."""
        unusable = Scalar("", node.line, node.column, node.line, node.column)
        if isinstance(node, Scalar) and node.style == "alias":
            return unusable
        if not isinstance(node, Scalar) or not node.text:
            self.findings.append(found("key-not-text", self._at(node.line, node.column)))
            return unusable
        if "\u00a0" in node.text:
            line = self.lines[node.line - 1]
            column = line.index("\u00a0") + 1 if "\u00a0" in line else node.column
            self.findings.append(found("no-break-space", self._at(node.line, column)))
            node = replace(node, text=node.text.strip("\u00a0"))
        if node.text == "<<" and node.style == "plain":
            self.findings.append(found("yaml-anchor", self._at(node.line, node.column), written="<<", length=2))
            return unusable
        first = self.seen[-1].setdefault(node.text, node)
        if first is not node:
            self.findings.append(
                found(
                    "duplicate-key",
                    self._at(node.line, node.column),
                    key=node.text,
                    first_line=first.line,
                    field=node.text,
                    length=len(node.text),
                )
            )
            parent = self.stack[-1]
            if isinstance(parent, Mapping):
                parent.spoiled.add(node.text)
            return unusable
        return node

    def _dash(self, node: Scalar) -> Scalar:
        """Return the dash of an item that is empty."""
        line = self.lines[node.line - 1] if node.line <= len(self.lines) else ""
        column = line.rfind("-", 0, node.column) + 1 or node.column
        return Scalar("-", node.line, column, node.line, column + 1)

    def _has_value(self, node: Node, key: str, at: Scalar | None = None) -> bool:
        """Whether a value was given; reports the empty ones and the ones in curly quotes."""
        if not isinstance(node, Scalar) or node.style != "plain":
            return True
        if node.text in ("", "~", "null"):
            place = at or self._dash(node)
            rest = self.lines[place.line - 1][place.end_column - 1 :] if place.line <= len(self.lines) else ""
            if match := re.match(r":?\s+(#)", rest):
                self.findings.append(
                    found(
                        "comment-truncates",
                        self._at(place.line, place.end_column + match.start(1)),
                        kept="",
                        lost=rest[match.start(1) :].strip(),
                        field=key,
                    )
                )
            else:
                self.findings.append(
                    found("empty-value", self._at(place.line, place.column), key=key, field=key, length=len(key))
                )
            return False
        if node.text[0] in _OPENING and _CURLY.fullmatch(node.text):
            self.findings.append(
                found(
                    "curly-quotes",
                    self._at(node.line, node.column),
                    field=key,
                    suggestion=_quoted(node.text[1:-1]),
                )
            )
            node.text = node.text[1:-1].strip() or node.text
        return True


def _quoted(text: str) -> str:
    """Return a text in straight double quotes, as it must be written."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _start(event: yaml.Event) -> tuple[int, int]:
    assert event.start_mark is not None, "the parser marks every event"
    return event.start_mark.line + 1, event.start_mark.column + 1


def _end(event: yaml.Event) -> tuple[int, int]:
    assert event.end_mark is not None, "the parser marks every event"
    return event.end_mark.line + 1, event.end_mark.column + 1
