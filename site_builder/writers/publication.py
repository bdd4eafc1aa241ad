"""Owns a data set as catalogues tell of it: what it is, what it covers, in which files it can be had.

The page for people, the catalogue for portals and the citation take it from here; none of them is known here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, cast

from site_builder.nouns.edition import Edition
from site_builder.nouns.output import LATEST, Weight
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Table
from site_builder.nouns.text import Text
from site_builder.plan.hosting import content_type, ending
from site_builder.plan.identity import identifier, part_identifier, site_identifier
from site_builder.readers.date_forms import first_day, last_day
from site_builder.writers.dictionary import Column, columns_of

CATALOGUE = "data/catalog.jsonld"
"""The catalogue for data portals."""
PACKED = frozenset({".sqlite", ".xlsx", ".zip"})
"""Endings of forms whose bytes change with the tool that packs them."""
ENDS = ("period", "period_end")
TABLE_FORMS = (".csv", ".json", ".jsonl")
ABOUT = frozenset({"SHA256SUMS", "CONTENT-SHA256SUMS", "CITATION.cff", "citation.bib"})
"""Files of the newest data that are no form of it."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """A file in which a data set can be had."""

    path: str
    """Path below the site."""
    weight: Weight

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def media_type(self) -> str:
        return content_type(self.path).partition(";")[0]

    @property
    def is_packed(self) -> bool:
        """Whether its bytes depend on the tool that packed it, and not on the data alone."""
        return ending(self.path) in PACKED

    @property
    def size(self) -> int:
        """Its bytes; of a packed form no more than two digits are told, as the others are not sure."""
        return _rounded(self.weight.bytes) if self.is_packed else self.weight.bytes

    @property
    def sha256(self) -> str:
        """By what it is known to be whole; empty for a packed form."""
        return "" if self.is_packed else self.weight.sha256


def _rounded(count: int) -> int:
    step = int(10 ** max(len(str(count)) - 2, 0))
    return (count + step // 2) // step * step


@dataclass(frozen=True)
class Publication:
    """A data set that is published: everything, one table, one plan, or one indicator."""

    identifier: str
    title: Text
    description: Text
    page: tuple[str, str]
    """Kind and subject of its page."""
    plans: tuple[Record, ...]
    """The plans that it covers."""
    distributions: tuple[Distribution, ...]
    columns: tuple[Column, ...] = ()
    """What is measured, where it is one table."""
    sources: tuple[Record, ...] = ()
    """What it rests on."""
    periods: tuple[str, ...] = ()
    """Years, months and days of its values, where it covers others than those of plans."""
    areas: tuple[str, ...] = ()
    """Codes of the countries of its values."""

    @cached_property
    def begin(self) -> str:
        """First year, month or day that it covers; empty where none is known."""
        begins = self.periods or tuple(str(plan.get("period_start")) for plan in self.plans if plan.get("period_start"))
        return min(begins, key=first_day, default="")

    @cached_property
    def end(self) -> str:
        """Last year, month or day that it covers; empty where none is known."""
        ends = self.periods or tuple(str(plan.get("period_end")) for plan in self.plans if plan.get("period_end"))
        return max(ends, key=last_day, default="")

    @property
    def countries(self) -> tuple[str, ...]:
        """Codes of ISO 3166-1, three letters each."""
        return self.areas or tuple(sorted({plan.get("country") for plan in self.plans if plan.get("country")}))


def api_description(catalog: Catalog, language: str) -> str:
    """Return the path of the description of the static JSON in a language."""
    suffix = "" if language == catalog.site.get("table_language") else f".{language}"
    return f"data/openapi{suffix}.json"


def version(edition: Edition) -> date:
    """Return the version of the newest data: the day for which it is computed."""
    return edition.derived.as_of


def catalogue_identifier(catalog: Catalog) -> str:
    """Return the permanent identifier of the catalogue of all data sets."""
    return part_identifier(site_identifier(catalog), "catalogue")


def whole_identifier(catalog: Catalog) -> str:
    """Return the permanent identifier of the data set of everything."""
    return part_identifier(site_identifier(catalog), "data")


def whole(edition: Edition) -> Publication:
    """Return the data set of everything, in the forms that hold all tables and those that describe them."""
    catalog = edition.catalog
    parts = {f"{table.name}{form}" for table in edition.schemas for form in TABLE_FORMS}
    names = (path.removeprefix(LATEST) for path in edition.plan.files if path.startswith(LATEST))
    forms = sorted(name for name in names if "/" not in name and name not in parts | ABOUT)
    return Publication(
        whole_identifier(catalog),
        catalog.text(catalog.site, "title"),
        catalog.text(catalog.site, "description"),
        ("data", ""),
        catalog.rows("plans"),
        _found(edition, forms),
        sources=catalog.rows("sources"),
    )


def of_table(edition: Edition, table: Table) -> Publication:
    """Return the data set that one table is."""
    catalog = edition.catalog
    return Publication(
        part_identifier(site_identifier(catalog), f"data/{table.name}"),
        Text(table.labels),
        Text(table.descriptions),
        ("table", table.name),
        catalog.rows("plans"),
        _found(edition, (f"{table.name}{form}" for form in TABLE_FORMS)),
        columns=columns_of(edition, table),
        sources=_named_by(edition, table),
    )


def of_plans(edition: Edition) -> tuple[Publication, ...]:
    """Return the data set of each plan that can be had by itself."""
    catalog = edition.catalog
    found = []
    for plan in catalog.rows("plans"):
        distributions = _found(edition, [f"plans/{plan.id}.zip"])
        if distributions:
            found.append(
                Publication(
                    part_identifier(identifier(catalog, "plans", plan.id), "data"),
                    catalog.text(plan, "title"),
                    catalog.text(catalog.site, "description"),
                    ("plan", plan.id),
                    (plan,),
                    distributions,
                )
            )
    return tuple(found)


def of_indicator(edition: Edition, indicator: Record) -> Publication | None:
    """Return the data set that the values of an indicator are, None where it has none; worked out once."""
    key, memory = ("publication", indicator.id), edition.memory
    if key not in memory:
        memory[key] = _of_indicator(edition, indicator)
    return cast("Publication | None", memory[key])


def _of_indicator(edition: Edition, indicator: Record) -> Publication | None:
    catalog = edition.catalog
    series = catalog.referring("series", "indicator_id", indicator.id)
    used, periods = set[Any](), set[Any]()
    for item in series:
        sources, *ends = catalog.columns("observations").part("series_id", item.id).columns("source_id", *ENDS)
        used.update(sources)
        periods.update(*ends)
    if not used:
        return None
    return Publication(
        part_identifier(identifier(catalog, "indicators", indicator.id), "data"),
        catalog.text(indicator, "name"),
        catalog.text(indicator, "definition") or catalog.text(indicator, "name"),
        ("indicator", indicator.id),
        (),
        _found(edition, [f"indicators/{indicator.id}.{ending}" for ending in ("csv", "json")]),
        sources=tuple(source for name in sorted(used) if (source := catalog.find("sources", name or ""))),
        periods=tuple(sorted({str(period) for period in periods if period})),
        areas=tuple(sorted({str(item.get("ref_area")) for item in series if item.get("ref_area")})),
    )


def keywords(edition: Edition) -> tuple[Record, ...]:
    """Return the codes of the subjects of all commitments: what the data are about in a few words."""
    used = {row.get("policy_area_code") for row in edition.catalog.rows("commitment_policy_areas")}
    return tuple(code for code in edition.catalog.codes_of.get("policy_areas", ()) if code.get("code") in used)


def _found(edition: Edition, names: Iterable[str]) -> tuple[Distribution, ...]:
    """Return the files of the newest data that this edition really has."""
    paths = (LATEST + name for name in names)
    return tuple(Distribution(path, edition.weights[path]) for path in paths if path in edition.weights)


def _named_by(edition: Edition, table: Table) -> tuple[Record, ...]:
    """Return the sources that the provenance of a table's values names."""
    rows = edition.catalog.referring("provenance", "table_name", table.name)
    named = {row.get("source_id") for row in rows}
    return tuple(record for record in edition.catalog.rows("sources") if record.id in named)
