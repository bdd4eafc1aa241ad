"""Owns what a YAML syntax error means in plain words: which slip on which line; refuses to build anything."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from site_builder.nouns.diagnostic import Diagnostic, Location, found

_ANYWHERE = frozenset({"tab-indent", "no-break-space", "curly-quotes"})
"""Slips that YAML may read past without a word."""
BESIDE = 2
"""Columns by which the hand misses the place of an entry."""
_KEY = r"\s*(?:- +)*[\w.-]+:"
_BLOCK = re.compile(r"^(\s*)(?:- +)*(?:[\w.-]+:\s+)?[|>][+-]?\d?\s*$")
_NBSP_INDENT = re.compile(r"^[ ]*(\u00a0)")
_NBSP_VALUE = re.compile(rf"^{_KEY}(\u00a0)")
_TAB = re.compile(r"^ *(\t)")
_CURLY = re.compile(rf"^{_KEY}\s+([“”„‘’])")
_COLON = re.compile(rf"^{_KEY}\s+[^\s\"'|>\[{{#&*!%@`].*?(:)(?:\s|$)")
_SPECIAL = re.compile(rf"^(?:{_KEY}\s+|\s*- +)([@%`*&!])")
_QUOTED = re.compile(rf"^(?:{_KEY}\s+|\s*- +)(?:'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\")(\s*[^\s#,\]}}].*)$")
_FLOW = re.compile(rf"^(?:{_KEY}\s+|\s*- +)([\[{{]).*[\]}}]\s*([^\s#,].*)$")
BULLET = re.compile(r"^\s*([•·▪●◦‣∙–—\uf0b7])(?=\s)")
"""What Word writes before the entries of a list, and what its correction makes of a hyphen."""
_NO_SPACE = re.compile(r"^\s*(?:- +)*[a-z_]+(:)(?=[^\s/])")
_HYPHEN = re.compile(r"^\s*(-)(?=[^\W\d_]|[\"'])")
_FIELD = re.compile(r"^(\s*(?:- +)*)[\w.-]+:(?:\s|$)")
_NAME = re.compile(r"^\s*(?:- +)*([a-z_]+)\s*$")
"""A line that is only the name of a field."""
_OPENED = re.compile(rf"^(?:{_KEY}\s+|\s*- +)(?:(\")(?:[^\"\\]|\\.)*|(')(?:[^']|'')*)$")
_MIDDLE = re.compile(r"^(={7})\s*$")
"""The mark of git between two versions, left when the other two were deleted."""
_MARKS = (
    (_MIDDLE, "merge-conflict"),
    (_HYPHEN, "space-after-hyphen"),
    (_TAB, "tab-indent"),
    (_NBSP_INDENT, "no-break-space"),
    (_NBSP_VALUE, "no-break-space"),
    (_CURLY, "curly-quotes"),
)
"""Slips that one pattern tells, in the order in which they are looked for."""


def explain_syntax_error(file: str, lines: list[str], error: yaml.YAMLError) -> list[Diagnostic]:
    """Return the slips that can be seen in a file which YAML cannot read; at least one."""
    first = _first_line(error)
    above = _above(lines, first)
    slips = [slip for slip in _slips(file, lines) if _explains(slip, first, above)]
    if slips:
        return slips
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return [found("yaml-syntax", Location(file))]
    context, problem = str(error.context), str(error.problem)
    place = _place(file, lines, error.problem_mark)
    opened = place if error.context_mark is None else _place(file, lines, error.context_mark)
    name = place if "mapping values" in problem else opened
    if slip := _unclosed_quote(place, lines) or _colonless(name, lines, problem):
        return [slip]
    if re.search("escape c|hexdecimal", problem):
        return [_escape(place, lines)]
    if "<document start>" in problem:
        ends = [number for number, line in enumerate(lines[: place.line - 1], 1) if line.startswith("...")]
        return [found("several-documents", Location(file, ends[-1] if ends else place.line), length=3)]
    if error.context_mark is not None and "quoted scalar" in context:
        return [found("unclosed-quote", opened)]
    if "flow" in context:
        return [found("unclosed-bracket", _bracket(opened, lines) if "flow node" in context else opened)]
    if "simple key" in context:
        return [found("bad-indentation", opened)]
    if "expected" in problem or "block" in context:
        return [_out_of_line(place, lines) or _beside(place, lines) or found("bad-indentation", place)]
    return [_beside(place, lines) or found("yaml-syntax", place)]


def _explains(slip: Diagnostic, first: int, above: int) -> bool:
    """Whether a slip can be why YAML stopped: a field without its space is seen by it on the line below only."""
    is_near = slip.location.line >= first or (slip.name == "space-after-colon" and slip.location.line == above)
    return is_near or slip.name in _ANYWHERE


def _above(lines: list[str], number: int) -> int:
    """Return the number of the line above that says something, 0 where there is none."""
    rows = range(min(number, len(lines) + 1) - 1, 0, -1)
    return next((row for row in rows if lines[row - 1].strip() and not lines[row - 1].lstrip().startswith("#")), 0)


def _place(file: str, lines: list[str], mark: yaml.Mark) -> Location:
    """Return the place of a mark, which may lie behind the end of the file."""
    if mark.line < len(lines):
        return Location(file, mark.line + 1, min(mark.column, len(lines[mark.line])) + 1)
    return Location(file, len(lines), len(lines[-1]) + 1)


def _bracket(place: Location, lines: list[str]) -> Location:
    """Return the bracket before a place where something else was expected."""
    for number in range(place.line, 0, -1):
        line = lines[number - 1][: place.column if number == place.line else None]
        if (column := max(line.rfind("["), line.rfind("{"))) >= 0:
            return Location(place.file, number, column + 1)
    return place


def _first_line(error: yaml.YAMLError) -> int:
    """Return the line from which on YAML was not content; 1 where it did not say."""
    marks = [getattr(error, name, None) for name in ("context_mark", "problem_mark")]
    return min((mark.line + 1 for mark in marks if mark is not None), default=1)


def _out_of_line(place: Location, lines: list[str]) -> Diagnostic | None:
    """Return that an entry of a list begins a column or two beside the entries above, where it does."""
    if not lines[place.line - 1].lstrip(" ").startswith("- "):
        return None
    for number in range(place.line - 1, 0, -1):
        line = lines[number - 1]
        column = len(line) - len(line.lstrip(" ")) + 1
        if line.lstrip(" ").startswith("- ") and 0 < abs(column - place.column) <= BESIDE:
            values = (("column", place.column), ("other", column), ("other_line", number))
            return found("list-out-of-line", place, values)
    return None


def _unclosed_quote(place: Location, lines: list[str]) -> Diagnostic | None:
    """Return that a text above was left open, where a field follows it: YAML stops at the next quote."""
    texts = {number for number, _ in _outside_of_blocks(lines)}
    for number in range(min(place.line, len(lines)), 0, -1):
        if number in texts and (match := _OPENED.match(lines[number - 1])):
            column = max(match.start(1), match.start(2)) + 1
            fields = (_FIELD.match(line) for line in lines[number : place.line])
            is_left = any(field is not None and field.end(1) < column for field in fields)
            return found("unclosed-quote", Location(place.file, number, column)) if is_left else None
    return None


def _colonless(place: Location, lines: list[str], problem: str) -> Diagnostic | None:
    """Return that the line above is a name without its colon, where YAML took the two lines for one."""
    above = _above(lines, place.line) if "mapping values" in problem else place.line
    is_meant = "mapping values" in problem or "expected ':'" in problem
    if not is_meant or not above or (match := _NAME.match(lines[above - 1])) is None:
        return None
    name = match.group(1)
    return found("colon-missing", Location(place.file, above, match.start(1) + 1), key=name, length=len(name))


def _beside(place: Location, lines: list[str]) -> Diagnostic | None:
    """Return that a field begins a column or two beside the field above, where it does."""
    if (field := _FIELD.match(lines[place.line - 1])) is None:
        return None
    column = field.end(1) + 1
    rows = [row for row in (number for number, _ in _outside_of_blocks(lines)) if row < place.line]
    fields = ((row, match.end(1) + 1) for row in reversed(rows) if (match := _FIELD.match(lines[row - 1])))
    row, other = next(fields, (0, 0))
    is_below = column > other and lines[row - 1].rstrip().endswith(":")
    if not row or not 0 < abs(column - other) <= BESIDE or column > place.column or is_below:
        return None
    values = (("column", column), ("other", other), ("other_line", row))
    return found("field-out-of-line", Location(place.file, place.line, column), values)


def _escape(place: Location, lines: list[str]) -> Diagnostic:
    line = lines[place.line - 1]
    start = max(0, line.rfind("\\", 0, place.column))
    written = line[start : start + 2]
    return found("unknown-escape", Location(place.file, place.line, start + 1), written=written, length=2)


def _slips(file: str, lines: list[str]) -> Iterator[Diagnostic]:
    """Yield one slip a line, outside of block texts."""
    for number, line in _outside_of_blocks(lines):
        if slip := _slip(Location(file, number), line):
            yield slip


def _outside_of_blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the lines that are neither comments nor inside of a block text, each with its number."""
    block_indent = -1
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip(" "))
        if block_indent >= 0 and (not line.strip() or indent > block_indent):
            continue
        block_indent = -1
        if match := _BLOCK.match(line):
            block_indent = len(match.group(1))
        if not line.lstrip().startswith("#"):
            yield number, line


def _slip(row: Location, line: str) -> Diagnostic | None:
    def at(match: re.Match[str], group: int = 1) -> Location:
        return Location(row.file, row.line, match.start(group) + 1)

    if match := BULLET.match(line):
        return found("word-bullet", at(match), written=match.group(1))
    for pattern, name in _MARKS:
        if match := pattern.match(line):
            return found(name, at(match), length=len(match.group(1)))
    if match := _SPECIAL.match(line) or _FLOW.match(line):
        return found("special-character", at(match), character=match.group(1))
    if match := _QUOTED.match(line):
        return found("text-after-quote", at(match), rest=match.group(1).strip())
    if match := _COLON.match(line):
        value = line[line.index(":") + 1 :].strip()
        return found("colon-in-text", at(match), suggestion='"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"')
    if match := _NO_SPACE.match(line):
        return found("space-after-colon", at(match))
    return None
