"""Owns the addresses of everything that is published as JSON: what a program may rely on; refuses to know any page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.nouns.edition import Edition
from site_builder.nouns.output import LATEST
from site_builder.plan.hosting import DATA, IDENTIFIERS, RELEASES
from site_builder.writers.package import descriptor_name
from site_builder.writers.publication import CATALOGUE, api_description

TABLES = f"{LATEST}{{table_name}}.json"
PROMISES = ("api.promise_addresses", "api.promise_columns", "api.promise_versions", "api.promise_limits")
"""Phrases of what a program may rely on."""
_PLACE = re.compile(r"\{(\w+)\}")
_FAMILIES = (
    (TABLES, "api.table"),
    (f"{LATEST}commitments/{{commitment_id}}.json", "api.commitment"),
    (f"{LATEST}indicators/{{indicator_id}}.json", "api.indicator"),
    (f"{IDENTIFIERS}{{type}}/{{id}}/index.json", "api.thing"),
    (f"{RELEASES}index.json", "api.releases"),
    (f"{RELEASES}{{date}}/release.json", "api.release"),
    (f"{RELEASES}{{date}}/changes.json", "api.changes"),
    (CATALOGUE, "api.catalogue"),
)
"""Addresses that programs use, and the phrase that tells what stands there."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address, or all of a kind."""

    template: str
    """Path below the site; a part that differs stands in braces."""
    phrase: str
    """Phrase that tells what stands there."""
    example: str
    """A path of the kind that is there."""

    @property
    def places(self) -> tuple[str, ...]:
        """Names of the parts that differ."""
        return tuple(_PLACE.findall(self.template))

    @property
    def parts(self) -> tuple[str, ...]:
        """The template cut at the parts that differ: every second part is the name of one."""
        return tuple(_PLACE.split(self.template))


def addresses(edition: Edition) -> Iterator[Address]:
    """Yield the addresses of which this edition has a file, the most used first."""
    paths = sorted(path for path in edition.plan.files if path.endswith((".json", ".jsonld")))
    told = {api_description(edition.catalog, code) for code in edition.catalog.codes}
    for template, phrase in (*_FAMILIES, *_descriptors(edition)):
        found = [path for path in paths if path not in told and _fits(edition, template, path)]
        told.update(found)
        if found:
            yield Address(template, phrase, _shown(found))
    for path in paths:
        # what another form adds is no secret, even while nobody has described it here
        if path not in told and path.startswith((DATA, IDENTIFIERS)) and not path.startswith(RELEASES):
            yield Address(path, "api.other", path)


def _descriptors(edition: Edition) -> Iterator[tuple[str, str]]:
    for code in edition.catalog.codes:
        yield LATEST + descriptor_name(edition.catalog, code), "api.descriptor"
    yield f"{LATEST}csvw-metadata.json", "api.csvw"


def _fits(edition: Edition, template: str, path: str) -> bool:
    if template == TABLES:
        return path.removeprefix(LATEST).removesuffix(".json") in edition.schemas and path.count("/") == 2
    return bool(_pattern(template).fullmatch(path))


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)))


def _shown(found: list[str]) -> str:
    """Return the example that says most: a commitment where there is one, else the first."""
    commitments = f"{LATEST}commitments.json"
    return commitments if commitments in found else found[0]
