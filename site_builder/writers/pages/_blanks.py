"""Owns how the keys of a file are shown: a section for each record in it, a row for each key."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from site_builder.nouns.schema import Field
from site_builder.nouns.text import Text, brief
from site_builder.readers.blanks import PROVENANCE, Line, Shape
from site_builder.writers.voice import Voice

CONTENT = "content/"
LONGEST_EXAMPLE = 60
CODES_SHOWN = 30
"""Codes of a list that a page names; all stand in the table of code lists."""


def shown_path(path: str) -> str:
    """Return the path of a kind of file as people read it: `content/plans/<plan>/plan.yaml`."""
    return CONTENT + re.sub(r"\{(\w+)\}", r"<\1>", path)


def sections(voice: Voice, lines: Sequence[Line], table: str) -> Iterator[dict[str, Any]]:
    """Yield the keys of a file, then those of the records in it; how an origin is told comes once, at the end."""
    yield from _sections(voice, lines, table, "")
    if told := next(_origins(lines), None):
        yield _section(voice, told, PROVENANCE)


def _sections(voice: Voice, lines: Sequence[Line], table: str, above: str) -> Iterator[dict[str, Any]]:
    yield {"path": above, "rows": [_row(voice, line, table, above) for line in lines]}
    for line in lines:
        if line.lines and line.key != PROVENANCE:
            path = _path(above, line)
            _, *rest = _sections(voice, line.lines, line.table, path)
            yield _section(voice, line, path)
            yield from rest


def _section(voice: Voice, line: Line, path: str) -> dict[str, Any]:
    return {
        "path": path,
        "label": voice.shown(Text(line.labels)),
        "text": voice.shown(Text(line.descriptions)),
        "rows": [_row(voice, inner, line.table, path) for inner in line.lines],
    }


def _origins(lines: Iterable[Line]) -> Iterator[Line]:
    """Yield the keys under which origins are told, from the outside in."""
    for line in lines:
        if line.key == PROVENANCE:
            yield line
        yield from _origins(line.lines)


def _path(above: str, line: Line) -> str:
    return f"{above}.{line.key}" if above else line.key


def _row(voice: Voice, line: Line, table: str, above: str) -> dict[str, Any]:
    codelist = line.item.codelist if line.item else ""
    codes = voice.edition.catalog.codes_of.get(codelist, ()) if codelist else ()
    shown = codes if len(codes) <= CODES_SHOWN else ()
    path = _path(above, line)
    return {
        "key": line.key,
        "id": path,
        "label": voice.shown(Text(line.labels)),
        "text": voice.shown(Text(line.descriptions)),
        "required": line.required,
        "written": _written(voice, line),
        "codes": [(str(code.get("code")), voice.label(codelist, str(code.get("code")))) for code in shown],
        "list": codelist if codes and not shown else "",
        "list_href": voice.link("table", "codelists"),
        "table": line.refers_to,
        "table_href": voice.link("table", line.refers_to) if line.refers_to else "",
        "below": ("#" + (path if line.key != PROVENANCE else PROVENANCE)) if line.lines else "",
        "example": "" if line.names else _example(voice, line, table),
    }


def _written(voice: Voice, line: Line) -> str:
    """Return in words what stands under a key."""
    if line.shape is not Shape.VALUE:
        return str(voice.say(f"fields.shape.{line.shape.value}"))
    item = line.item
    assert item is not None
    if item.codelist or line.refers_to:
        return str(voice.say("fields.code" if item.codelist else "fields.reference"))
    return str(voice.say(_type(item)))


def _type(item: Field) -> str:
    if item.partial_date:
        return "fields.partial_date"
    return "fields.address" if item.format == "uri" else f"type.{item.type}"


def _example(voice: Voice, line: Line, table: str) -> str:
    """Return the first value of the content, empty where it has none or where codes tell enough."""
    item = line.item
    if item is None or item.codelist or line.shape is Shape.CODES:
        return ""
    column = f"{item.name}_{voice.code}" if item.localized else item.name
    values = voice.edition.catalog.columns(table).values(column)
    value = next((value for value in values if value is not None), None)
    # of a text that is in no language of its own nobody could tell how it is read aloud
    if value is None or not (item.localized or str(value).isascii()):
        return ""
    return str(value).lower() if isinstance(value, bool) else brief(str(value), LONGEST_EXAMPLE)
