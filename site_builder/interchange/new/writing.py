"""Owns the text of a new record: what is known, what must be filled in, and every other key as a comment."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.interchange.answers import tree_of
from site_builder.interchange.new.form import Form
from site_builder.interchange.prompts import EXPLAINS, Prompter, wrapped
from site_builder.nouns.record import Record
from site_builder.nouns.text import Text, brief
from site_builder.readers.blanks import Line, Shape
from site_builder.readers.file_text import LINE_END
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping, Node, Scalar, Sequence
from site_builder.writers.canonical import Style, canonical
from site_builder.writers.yaml_text import yaml_text

LONGEST_TITLE = 70


def text_of(form: Form, prompter: Prompter) -> str:
    """Return the lines of a new record."""
    active = [line for line in form.lines if line.required or line.key in form.answers.given]
    open_keys = {path for path, _ in form.lacking}
    text = "".join(line for key in active for line in _active(key, form, prompter, open_keys))
    rest = [line for line in form.lines if line not in active]
    prompts = [f"{EXPLAINS}{told}" for told in wrapped(prompter.say("new.rest"))]
    for line in rest:
        if form.wish.table == "updates" and line.key == "items":
            prompts += _items(form, prompter, line)
        else:
            prompts += prompter.optional(line)
    return text + "".join(f"{prompt}\n" for prompt in prompts)


def _active(line: Line, form: Form, prompter: Prompter, open_keys: set[str]) -> Iterator[str]:
    """Yield the lines of a key that is known or must be filled in."""
    if line.key in form.answers.given:
        yield yaml_text(tree_of([line], form.answers.given))
        if line.shape is Shape.TEXTS:
            given = form.answers.given[line.key]
            yield from (f'  # {code}: ""\n' for code in prompter.catalog.codes if code not in given)
        return
    if line.key in open_keys:
        yield from (f"{EXPLAINS}{text}\n" for text in prompter.explained(line))
    yield f"{line.key}:\n"
    if line.shape is Shape.TEXTS:
        codes = prompter.catalog.codes
        first = prompter.language if prompter.language in codes else codes[0]
        yield f"  {first}:\n"
        yield from (f'  # {code}: ""\n' for code in codes if code != first)


def _items(form: Form, prompter: Prompter, line: Line) -> Iterator[str]:
    """Yield an entry for each milestone, with its title and its last status, to be filled in or left as it is."""
    assert form.commitment is not None
    catalog = prompter.catalog
    yield from (f"{EXPLAINS}{text}" for text in prompter.explained(line))
    for inner in line.lines:
        if inner.key in ("status", "obstacle_code"):
            yield from (f"{EXPLAINS}{text}" for text in prompter.explained(inner))
    keys = ", ".join(inner.key for inner in line.lines)
    yield from (f"{EXPLAINS}{text}" for text in wrapped(prompter.say("new.keys", known=keys)))
    yield "# items:"
    for milestone in catalog.children(form.commitment, "milestones"):
        title = Text(catalog.text(milestone, "title").by_language).shown(prompter.language)[0]
        yield f"#   {EXPLAINS}{brief(title, LONGEST_TITLE)}"
        yield f"#   {EXPLAINS}{_last(milestone, prompter)}"
        yield f"#   - milestone: {milestone.id.removeprefix(f'{form.commitment.id}-')}"
        yield "#     status:"


def _last(milestone: Record, prompter: Prompter) -> str:
    """Return the last status that was reported of a milestone."""
    catalog = prompter.catalog
    items = catalog.referring("update_items", "milestone_id", milestone.id)
    told = [
        (str(update.get("reported_on")), str(item.get("status")), str(update.get("round")))
        for item in items
        if item.get("status") and (update := catalog.find("updates", str(item.get("update_id"))))
    ]
    if not told:
        return prompter.say("new.no_report")
    day, status, name = max(told)
    return prompter.say("new.last_status", status=status, day=day, round=name)


def file_of(form: Form, prompter: Prompter, before: bytes | None) -> bytes | None:
    """Return the file with the new record; of a milestone the file of its commitment, None where it cannot be put in.

    `before` is the file as it is.
    """
    if form.wish.table != "milestones":
        return _canonical(form, prompter, text_of(form, prompter).encode("utf-8"))
    assert before is not None
    return _with_milestone(form, prompter, before)


def _canonical(form: Form, prompter: Prompter, content: bytes) -> bytes:
    """Return a file in canonical form; one in which something must still be filled in has none yet."""
    style = Style(prompter.catalog.schemas, prompter.catalog.codes)
    done = canonical(form.path, content, style, shown_as=form.path)
    return content if done.text is None else done.text.encode("utf-8")


def _with_milestone(form: Form, prompter: Prompter, before: bytes) -> bytes | None:
    """Return the file of a commitment with one more milestone after the last; every other line stays as it is."""
    root, _ = parse_yaml(form.path, before)
    if root is None:
        return None
    line_end = "\r\n" if b"\r\n" in before else "\n"
    lines = LINE_END.split(before.removeprefix(b"\xef\xbb\xbf").decode("utf-8").rstrip())
    entry = next(((key, node) for key, node in root.entries if key.text == "milestones"), None)
    if entry is None:
        at = min((key.line for key, _ in root.entries if key.text == "provenance"), default=len(lines) + 1) - 1
        while at > 0 and lines[at - 1].startswith("#"):
            at -= 1
        margin, head = "  ", ["milestones:"]
    else:
        node = entry[1]
        if not isinstance(node, Sequence) or node.flow or not node.items:
            return None
        at, margin, head = min(_end(node), len(lines)), " " * (node.column - 1), []
        while not lines[at - 1].strip():
            at -= 1
        while at < len(lines) and lines[at].startswith(f"{margin} ") and lines[at].lstrip().startswith("#"):
            at += 1
    block = _indented(text_of(form, prompter), margin)
    content = "".join(f"{line}{line_end}" for line in [*lines[:at], *head, *block, *lines[at:]]).encode("utf-8")
    again, _ = parse_yaml(form.path, content)
    if again is None or _milestones(again)[:-1] != _milestones(root) or _others(again) != _others(root):
        return None
    return content


def _indented(text: str, margin: str) -> list[str]:
    """Return the lines of a record as an item of a list."""
    first, *rest = text.rstrip("\n").split("\n")
    return [f"{margin}- {first}", *(f"{margin}  {line}" if line else "" for line in rest)]


def _end(node: Node) -> int:
    """Return the last line of a value."""
    if isinstance(node, Scalar):
        # a text in a block ends on the line after its last one
        return node.end_line - 1 if node.style in ("literal", "folded") and node.end_column == 1 else node.end_line
    below = [inner for _, inner in node.entries] if isinstance(node, Mapping) else node.items
    return max((_end(inner) for inner in below), default=node.line)


def _plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return [(key.text, _plain(inner)) for key, inner in node.entries]
    return [_plain(item) for item in node.items]


def _milestones(root: Mapping) -> list[object]:
    node = next((inner for key, inner in root.entries if key.text == "milestones"), None)
    return [_plain(item) for item in node.items] if isinstance(node, Sequence) else []


def _others(root: Mapping) -> list[object]:
    return [(key.text, _plain(inner)) for key, inner in root.entries if key.text != "milestones"]
