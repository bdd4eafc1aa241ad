"""Owns the spreading of work over processes; the work itself knows nothing of it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator

from site_builder.nouns.output import Output
from site_builder.nouns.page import Page

Render = Callable[[Page], Output]
_current: list[Render] = []
"""The work of this process, handed to its children by fork: what it needs is never sent between processes."""


def over(processes: int) -> Callable[[Render, Iterable[Page]], Iterable[Output]]:
    """Return a `map` for pages over several processes; one process, or a system without fork, is plain `map`."""
    if processes <= 1 or "fork" not in multiprocessing.get_all_start_methods():
        return map
    return lambda render, pages: _forked(render, list(pages), processes)


def _forked(render: Render, pages: list[Page], processes: int) -> Iterator[Output]:
    _current.append(render)
    try:
        with multiprocessing.get_context("fork").Pool(processes) as pool:
            yield from pool.map(_one, pages, chunksize=max(1, len(pages) // (processes * 8)))
    finally:
        _current.pop()


def _one(page: Page) -> Output:
    return _current[-1](page)
