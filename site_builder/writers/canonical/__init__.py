"""Owns the one form in which content is written: text in, text out, and nothing that is read has changed.

A library that keeps comments ties each one to the entry before it: with the keys put in order, what was said of one
entry would stand beside another, and letters that were typed by their number come back as letters. Here every
comment goes to the entry that it describes, and what was written is read again and compared before it is returned.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.nouns.file_kind import FileKind
from site_builder.nouns.schema import Schemas
from site_builder.readers.file_text import LINE_END, decode
from site_builder.readers.layout import file_kind
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping, Node, Scalar
from site_builder.writers.canonical.comments import comments_of, place_comments
from site_builder.writers.canonical.letters import Alphabet, mend_letters
from site_builder.writers.canonical.planting import Block, Planter, Slot, in_file_order
from site_builder.writers.canonical.rendering import plain_text, render
from site_builder.writers.canonical.repairs import (
    Repair,
    composed,
    mend_texts,
    replace_no_break_spaces,
    single_spaced,
)

ATTEMPTS = 8
"""How often a file is read again after no-break spaces were replaced, one of each line at a time."""


@dataclass(frozen=True)
class Style:
    """What the form depends on beside the text."""

    schemas: Schemas
    languages: tuple[str, ...]
    """Languages in the order of the site: texts stand in it."""
    alphabets: tuple[Alphabet, ...] = ()
    """Those by which letters are mended; none: letters stay."""


@dataclass(frozen=True)
class Formatted:
    """A file in canonical form, or why it was left alone."""

    text: str | None
    """None: the file was left alone."""
    repairs: tuple[Repair, ...] = ()
    """What is read otherwise than before."""
    findings: tuple[Diagnostic, ...] = ()
    """Why it was left alone; none although there is no text: it cannot be written again without a loss."""


def canonical(path: str, content: bytes, style: Style, *, shown_as: str) -> Formatted:
    """Return a file of the content in canonical form; `path` is its path below the content folder.

    A file that YAML or the schema would read with a loss is left alone.
    """
    known = file_kind(path)
    if known is None or not path.endswith(".yaml"):
        return Formatted(None, findings=(found("unknown-file", Location(shown_as), file=path),))
    text, findings = decode(shown_as, content)
    if text is None:
        return Formatted(None, findings=tuple(findings))
    text = LINE_END.sub("\n", text)
    root, repairs, findings = _read(shown_as, text)
    if root is None:
        return Formatted(None, findings=tuple(findings))
    # a no-break space and the space put in its place fill one column each: the places in both texts are the same
    lines = _replaced(text, repairs).split("\n")
    tree = Planter(style.schemas, style.languages).plant(root, known[0])
    slots = in_file_order(tree)
    if losses := list(_losses(shown_as, slots)):
        return Formatted(None, findings=tuple(losses))
    mends = [composed, single_spaced, *([mend_letters(style.alphabets)] if style.alphabets else [])]
    repairs += mend_texts(slots, mends, shown_as, lines)
    written = _written(tree, lines)
    if not _same(written, root, comments_of(lines, slots), (style, known[0])):
        return Formatted(None)
    return Formatted(written, tuple(sorted(repairs, key=lambda repair: repair.location)))


def _read(file: str, text: str) -> tuple[Mapping | None, list[Repair], list[Diagnostic]]:
    """Return the tree of a text without errors, with the no-break spaces that had to be replaced for it."""
    repairs: list[Repair] = []
    for _ in range(ATTEMPTS):
        root, findings = parse_yaml(file, text.encode("utf-8"))
        errors = [finding for finding in findings if finding.severity is Severity.ERROR]
        if root is not None and not errors:
            return root, repairs, []
        text, replaced = replace_no_break_spaces(file, text, errors)
        if not replaced:
            break
        repairs += replaced
    return None, [], errors


def _replaced(text: str, repairs: Sequence[Repair]) -> str:
    lines = text.split("\n")
    for repair in repairs:
        line, at = lines[repair.location.line - 1], repair.location.column - 1
        lines[repair.location.line - 1] = f"{line[:at]}{repair.new}{line[at + 1 :]}"
    return "\n".join(lines)


def _losses(file: str, slots: Sequence[Slot]) -> Iterator[Diagnostic]:
    """Yield what is read with a loss that would no longer be seen in canonical form."""
    for slot in slots:
        value = slot.value
        name = slot.key.text if slot.key else ""
        if isinstance(value, Block) and value.localized and value.flow:
            yield found("flow-mapping", Location(file, value.line, value.column), key=name, field=name)
        elif isinstance(value, Scalar) and slot.is_text and value.comment_column:
            place = Location(file, value.end_line, value.comment_column)
            yield found("comment-truncates", place, kept=value.text, field=name)


def _written(tree: Block, lines: Sequence[str]) -> str:
    return render(tree, place_comments(lines, tree), lines)


def _same(written: str, root: Mapping, comments: Sequence[Any], by: tuple[Style, FileKind]) -> bool:
    """Whether what was written is read as the tree is, with all comments, and is written the same again."""
    again, findings = parse_yaml("", written.encode("utf-8"))
    if again is None or findings or _values(again) != _values(root):
        return False
    style, kind = by
    tree = Planter(style.schemas, style.languages).plant(again, kind)
    lines = written.split("\n")
    kept = comments_of(lines, in_file_order(tree))
    if sorted(comment.text for comment in kept) != sorted(comment.text for comment in comments):
        return False
    return _written(tree, lines) == written


def _values(node: Node) -> Any:
    """Return what is read of a tree: texts, lists in their order, mappings in any."""
    if isinstance(node, Scalar):
        return plain_text(node)
    if isinstance(node, Mapping):
        return {key.text: _values(value) for key, value in node.entries}
    return [_values(item) for item in node.items]
