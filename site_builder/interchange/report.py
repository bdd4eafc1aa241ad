"""Owns the report of an import: what was made, what was left out where and why, what is to be done next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from site_builder.interchange.making import Say, Wish
from site_builder.interchange.ogp_import import Imported
from site_builder.interchange.remarks import Remark

ROWS_SHOWN = 2_000
"""Lines of the table of what was left out; more are counted."""


def told(remark: Remark, say: Say) -> str:
    """Return the words of a remark, with the place of its row."""
    values = {"column": remark.column, **dict(remark.values)}
    words = say(f"import.remark.{remark.kind}", **values)
    return say("import.in_row", row=remark.row, words=words) if remark.row else words


def markdown(done: Imported, wish: Wish, say: Say) -> str:
    """Return the report as Markdown."""
    return "\n".join(_lines(done, wish, say)).rstrip() + "\n"


def summary(done: Imported, say: Say) -> Iterator[str]:
    """Yield the report in a few lines, for a terminal: counts only."""
    yield say("import.made", **_made(done))
    yield say("import.removed", **_removed(done))
    kinds = Counter(remark.kind for remark in done.remarks)
    for kind, count in sorted(kinds.items()):
        yield say("import.counted", count=count, words=say(f"import.kind.{kind}"))
    if done.unused:
        yield say("import.unused_count", count=len(done.unused), cells=sum(done.unused.values()))


def _made(done: Imported) -> dict[str, int]:
    tables = ("plans", "commitments", "milestones", "organisations", "assessments", "sources", "codelists")
    return {table: done.counts[table] for table in tables}


def _removed(done: Imported) -> dict[str, int]:
    kinds = ("contact_block", "name", "mail", "phone", "personal_number", "secret")
    return {kind: done.removed[kind] for kind in kinds}


def _lines(done: Imported, wish: Wish, say: Say) -> Iterator[str]:
    yield f"# {say('import.report_title', file=_cell(wish.file_name), country=_cell(wish.country))}"
    yield ""
    yield say("import.made", **_made(done))
    yield ""
    yield say("import.removed", **_removed(done))
    yield say("import.removed_note")
    yield ""
    yield f"## {say('import.next_title')}"
    yield ""
    yield say("import.next")
    yield ""
    yield f"## {say('import.left_out_title')}"
    yield ""
    if done.remarks:
        yield from _table(done.remarks, say)
    else:
        yield say("import.nothing_left_out")
    yield ""
    if done.unused:
        yield f"## {say('import.unused_title')}"
        yield ""
        yield say("import.unused_note")
        yield ""
        yield f"| {say('import.column')} | {say('import.cells')} |"
        yield "|---|---:|"
        for column, count in sorted(done.unused.items()):
            yield f"| {_cell(column)} | {count} |"


def _table(remarks: list[Remark], say: Say) -> Iterator[str]:
    heads = (say(f"import.{name}") for name in ("commitment", "row", "column", "reason"))
    yield f"| {' | '.join(heads)} |"
    yield "|---|---:|---|---|"
    for remark in remarks[:ROWS_SHOWN]:
        values = {"column": remark.column, **dict(remark.values)}
        words = say(f"import.remark.{remark.kind}", **values)
        row = str(remark.row or "")
        yield f"| {_cell(remark.commitment)} | {row} | {_cell(remark.column)} | {_cell(words)} |"
    if len(remarks) > ROWS_SHOWN:
        yield ""
        yield say("import.more", count=len(remarks) - ROWS_SHOWN)


def _cell(text: str) -> str:
    """Return a text so that it stays in its cell and marks nothing up."""
    return re.sub(r"([\\|*_\[\]<>`])", r"\\\1", " ".join(text.split()))
