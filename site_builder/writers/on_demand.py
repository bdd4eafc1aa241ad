"""Owns the making of single files of a site when they are asked for, for a preview; the bytes are those of a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

from site_builder.nouns.answer import Answer
from site_builder.nouns.edition import Edition
from site_builder.nouns.output import LATEST, Output, Weight
from site_builder.nouns.page import Page
from site_builder.writers.answers import answered
from site_builder.writers.downloads import weigh, write_data
from site_builder.writers.exports import Export, exports
from site_builder.writers.html import Press
from site_builder.writers.seal import sealed

Value = TypeVar("Value")


class Later(Mapping[str, Value]):
    """A mapping that is made when somebody first looks into it."""

    def __init__(self, make: Callable[[], Mapping[str, Value]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, Value]:
        return self._make()

    def __getitem__(self, key: str) -> Value:
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


class OnDemand:
    """The files of an edition, each made when it is asked for: most pages need none of the data."""

    def __init__(self, edition: Edition) -> None:
        weights: Mapping[str, Weight] = Later(lambda: weigh(self._data))
        answers: Mapping[str, Answer] = Later(lambda: answered(edition, self._data))
        self._bare = edition
        self.edition = replace(edition, weights=weights, answers=answers)
        self._press = Press(self.edition)
        self._written: dict[Export, Mapping[str, bytes]] = {}

    def file(self, path: str) -> bytes | None:
        """Return the bytes of a file of the site, None where it has none of that path."""
        if path in self.pages:
            return self._press.render(self.pages[path]).content
        if path not in self.edition.plan.files:
            return None
        if path in self._export_of:
            written = self._exported(self._export_of[path])
        else:
            written = self._data_files if path.startswith(LATEST) else {}
        return written[path] if path in written else self._rest.get(path)

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Pages by path."""
        return {page.path: page for page in self.edition.plan.pages}

    @cached_property
    def _data(self) -> list[Output]:
        return write_data(self._bare)

    @cached_property
    def _data_files(self) -> Mapping[str, bytes]:
        return _by_path(self._data)

    @cached_property
    def _export_of(self) -> Mapping[str, Export]:
        """The export that writes each file."""
        catalog, schemas, theme = self.edition.catalog, self.edition.schemas, self.edition.theme
        return {path: export for export in exports() for path in export.plan_files(catalog, schemas, theme)}

    def _exported(self, export: Export) -> Mapping[str, bytes]:
        if export not in self._written:
            self._written[export] = _by_path(export.write(self.edition))
        return self._written[export]

    @cached_property
    def _rest(self) -> Mapping[str, bytes]:
        """What speaks of all other files, and with it all of them: seldom looked at in a preview."""
        pages = map(self._press.render, self.edition.plan.pages)
        written = (Output(*item) for export in exports() for item in self._exported(export).items())
        return _by_path(sealed(self.edition, [*self._data, *pages, *written]))


def _by_path(outputs: Iterable[Output]) -> Mapping[str, bytes]:
    return {output.path: output.content for output in outputs}
