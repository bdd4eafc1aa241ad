"""Owns the report of an import of series: what was made, what is left to do, what has no place and where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator

from site_builder.interchange.making import Say
from site_builder.interchange.series.importing import Done
from site_builder.interchange.series.ledger import Left, Tally

ROWS_SHOWN = 5_000
"""Lines of the table of what was left out; more are counted."""


def summary(done: Done, say: Say) -> Iterator[str]:
    """Yield the report in a few lines, for a terminal."""
    yield _made(done, say)
    for kind, count in done.counts().items():
        yield say("import.counted", count=count, words=say(f"import_series.kind.{kind}"))
    to_do = [made for made in done.made if made.left_to_do]
    if to_do:
        yield say("import_series.left_to_do", count=len(to_do))
        for made in to_do:
            yield f"  indicators/{made.indicator}.yaml: {', '.join(made.left_to_do)}"


def _made(done: Done, say: Say) -> str:
    new = sum(made.is_new for made in done.made)
    rows, revised = sum(made.rows for made in done.made), sum(made.revised for made in done.made)
    extended = sum(not made.is_new and made.rows > 0 for made in done.made)
    return say("import_series.made", read=done.read, rows=rows, revised=revised, new=new, extended=extended)


def markdown(done: Done, file: str, say: Say) -> str:
    """Return the report as Markdown."""
    return "\n".join(_lines(done, file, say)).rstrip() + "\n"


def _lines(done: Done, file: str, say: Say) -> Iterator[str]:
    yield f"# {say('import_series.report_title', file=_cell(file))}"
    yield ""
    yield _made(done, say)
    yield ""
    yield _row(say(f"import_series.head.{name}") for name in ("indicator", "rows", "todo"))
    yield "|---|---:|---|"
    for made in done.made:
        yield _row((_cell(made.indicator), str(made.rows), ", ".join(made.left_to_do)))
    yield ""
    yield f"## {say('import.left_out_title')}"
    yield ""
    told = sorted((left, tally) for ledger in done.ledgers for left, tally in _items(ledger.entries))
    if not told:
        yield say("import.nothing_left_out")
        return
    yield _row(say(f"import_series.head.{name}") for name in ("file", "column", "value", "count", "line", "reason"))
    yield "|---|---|---|---:|---:|---|"
    for left, (count, line) in told[:ROWS_SHOWN]:
        words = say(f"import_series.left.{left.kind}", **dict(left.arguments))
        cells = (left.file, left.column, left.value)
        yield _row((*map(_cell, cells), str(count), str(line or ""), _cell(words)))
    more = len(told[ROWS_SHOWN:]) + sum(ledger.more for ledger in done.ledgers)
    if more:
        yield ""
        yield say("import.more", count=more)


def _items(entries: dict[Left, Tally]) -> Iterator[tuple[Left, tuple[int, int]]]:
    return ((left, (tally.count, tally.line)) for left, tally in entries.items())


def _row(cells: Iterator[str] | tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(text: str) -> str:
    """Return a text so that it stays in its cell and marks nothing up."""
    return re.sub(r"([\\|*_\[\]<>`])", r"\\\1", " ".join(text.split()))
