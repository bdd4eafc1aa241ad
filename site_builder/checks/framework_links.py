"""Owns the promises between outcomes, populations and indicators of a framework."""

from __future__ import annotations

from collections.abc import Iterator

from site_builder.checks._about import about
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.record import Catalog, Record

ADOPTED = "adopted"
NEW_OUTCOME, ORIGINAL = "new_outcome", "original"
"""The decision that an indicator brought its outcome with it, and the origin of outcomes that were there before."""


def check(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield links that contradict each other, and outcomes, groups and indicators that nothing serves."""
    roles = _roles(catalog)
    yield from _targets_without_reference(catalog, roles)
    yield from _both_roles(catalog, roles)
    yield from _required_for_nobody(catalog, roles)
    yield from _additional(catalog)
    yield from _codes_of_populations(catalog)
    if catalog.rows("outcomes"):
        yield from _issues_for_nothing(catalog)
        yield from _unserved(catalog)
        yield from _unseen(catalog, roles)


def _roles(catalog: Catalog) -> dict[tuple[str, str], set[str]]:
    """Return the populations by outcome and meaning of their role."""
    roles: dict[tuple[str, str], set[str]] = {}
    for row in catalog.rows("inclusions"):
        role = catalog.means("inclusion_roles", row.get("role"))
        roles.setdefault((row.get("outcome_id"), role), set()).add(row.get("population_id"))
    return roles


def _targets_without_reference(catalog: Catalog, roles: dict[tuple[str, str], set[str]]) -> Iterator[Diagnostic]:
    for row in catalog.rows("inclusions"):
        outcome = catalog.find("outcomes", row.get("outcome_id") or "")
        is_target = catalog.means("inclusion_roles", row.get("role")) == "target"
        if is_target and outcome and (outcome.id, "reference") not in roles and "populations" not in outcome.spoiled:
            yield about("target-without-reference", row, "population_id", value=row.get("population_id"))


def _both_roles(catalog: Catalog, roles: dict[tuple[str, str], set[str]]) -> Iterator[Diagnostic]:
    """Yield a target population that is to be compared with itself."""
    for row in catalog.rows("inclusions"):
        outcome, population = row.get("outcome_id"), row.get("population_id")
        is_target = catalog.means("inclusion_roles", row.get("role")) == "target"
        if is_target and population in roles.get((outcome, "reference"), set()):
            yield about("target-is-reference", row, "population_id", severity=Severity.WARNING, value=population)


def _required_for_nobody(catalog: Catalog, roles: dict[tuple[str, str], set[str]]) -> Iterator[Diagnostic]:
    for row in catalog.rows("required_disaggregations"):
        population, outcome = row.get("population_id"), row.get("outcome_id")
        known = catalog.find("populations", population or "") and catalog.find("outcomes", outcome or "")
        if known and population not in roles.get((outcome, "target"), set()):
            yield about("disaggregation-without-target", row, "population_id", value=population, other=outcome)
        elif known:
            yield from _of_another_dimension(catalog, row)


def _of_another_dimension(catalog: Catalog, row: Record) -> Iterator[Diagnostic]:
    """Yield a breakdown in which the population that requires it cannot be seen."""
    population, dimension = catalog.by_id["populations"][row.get("population_id")], row.get("sdmx_dimension")
    own = population.get("sdmx_dimension")
    if own and dimension and own != dimension:
        values = {"value": dimension, "other": own, "target": population.id}
        yield about("dimension-of-another", row, "sdmx_dimension", severity=Severity.WARNING, **values)


def _additional(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield indicators called additional for an outcome that had adopted one, or new with one that was there."""
    for outcome in catalog.rows("outcomes"):
        links = catalog.referring("outcome_indicators", "outcome_id", outcome.id)
        adopted = [row for row in links if row.get("decision") == ADOPTED]
        for row in links:
            if row.get("decision") == NEW_OUTCOME and outcome.get("origin") == ORIGINAL:
                yield about("new-outcome-of-plan", row, "decision", severity=Severity.WARNING, value=outcome.id)
        for row in links:
            if adopted and row.get("decision") == "additional":
                other = adopted[0].get("indicator_id")
                yield about("additional-after-adopted", row, "decision", value=outcome.id, other=other)


def _codes_of_populations(catalog: Catalog) -> Iterator[Diagnostic]:
    for row in catalog.rows("populations"):
        if row.get("sdmx_code") and not row.get("sdmx_dimension") and "sdmx_dimension" not in row.spoiled:
            yield about("code-without-dimension", row, "sdmx_code", value=row.get("sdmx_code"))
        elif not _has_known_code(catalog, row):
            name = _list_of(row)
            shown = ", ".join(str(record.get("code")) for record in catalog.codes_of[name])
            yield about("code-unknown", row, "sdmx_code", value=row.get("sdmx_code"), list=name, known=shown)


def _list_of(population: Record) -> str:
    """Return the code list of the dimension in which a population is known."""
    return f"sdmx_{population.get('sdmx_dimension')}".lower()


def _has_known_code(catalog: Catalog, population: Record) -> bool:
    """Whether the code of a population, where it has one, is in the list of its dimension."""
    if population.get("sdmx_code") and not population.get("sdmx_dimension"):
        return False
    codes = catalog.codes_of.get(_list_of(population), ())
    code = population.get("sdmx_code")
    return not codes or code is None or any(record.get("code") == code for record in codes)


def _issues_for_nothing(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield issues that must be acted on for no outcome: no page of an outcome leads to them."""
    for issue in catalog.rows("issues"):
        if not catalog.referring("outcome_issues", "issue_id", issue.id) and "outcomes" not in issue.spoiled:
            yield about("issue-without-outcome", issue, "title", severity=Severity.WARNING)


def _unserved(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield outcomes without an indicator and indicators without an outcome, unless they say so themselves."""
    served = {row.get("outcome_id") for row in _adopted(catalog)}
    for outcome in catalog.rows("outcomes"):
        if outcome.id not in served and not outcome.get("indicator_gap"):
            yield about("outcome-without-indicator", outcome, "title", severity=Severity.WARNING)
        elif outcome.id in served and outcome.get("indicator_gap"):
            value = outcome.get("indicator_gap")
            yield about("gap-though-indicator", outcome, "indicator_gap", severity=Severity.WARNING, value=value)
    for indicator in catalog.rows("indicators"):
        linked = catalog.referring("outcome_indicators", "indicator_id", indicator.id)
        if not linked and not indicator.get("context_only") and "outcomes" not in indicator.spoiled:
            yield about("indicator-without-outcome", indicator, "name", severity=Severity.WARNING)
        adopted = [row for row in linked if catalog.means("indicator_decisions", row.get("decision")) == ADOPTED]
        if adopted and indicator.get("context_only"):
            value = adopted[0].get("outcome_id")
            yield about("context-though-outcome", indicator, "context_only", severity=Severity.WARNING, value=value)


def _adopted(catalog: Catalog) -> Iterator[Record]:
    """Yield the links that were decided for the indicator."""
    for row in catalog.rows("outcome_indicators"):
        if catalog.means("indicator_decisions", row.get("decision")) == ADOPTED:
            yield row


def _unseen(catalog: Catalog, roles: dict[tuple[str, str], set[str]]) -> Iterator[Diagnostic]:
    """Yield target populations of an outcome for which none of its indicators has a value."""
    indicators: dict[str, list[str]] = {}
    for row in _adopted(catalog):
        indicators.setdefault(row.get("outcome_id"), []).append(row.get("indicator_id"))
    for row in catalog.rows("inclusions"):
        outcome, population = row.get("outcome_id"), catalog.find("populations", row.get("population_id") or "")
        if population is None or population.id not in roles.get((outcome, "target"), set()):
            continue
        if catalog.means("inclusion_roles", row.get("role")) != "target" or outcome not in indicators:
            continue
        if population.id in roles.get((outcome, "reference"), set()):
            continue
        if any(map(catalog.is_unread, indicators[outcome])) or not _has_known_code(catalog, population):
            continue
        series = [row for name in indicators[outcome] for row in _measured(catalog, name)]
        if series and not any(_shows(row, population) for row in series):
            yield about(
                "target-group-unseen",
                row,
                "population_id",
                severity=Severity.WARNING,
                value=population.id,
                other=outcome,
            )


def _measured(catalog: Catalog, indicator: str) -> Iterator[Record]:
    """Yield the series of an indicator that have values; that there is none is no value."""
    observed = catalog.columns("observations")
    for series in catalog.referring("series", "indicator_id", indicator):
        (values,) = observed.part("series_id", series.id).columns("value")
        if any(value is not None for value in values):
            yield series


def _shows(series: Record, population: Record) -> bool:
    """Whether a series is that of a population, known by its code."""
    dimension, code = population.get("sdmx_dimension"), population.get("sdmx_code")
    return bool(dimension and code) and series.get(str(dimension).lower()) == code
