"""Owns the reports on frameworks and indicators: computed tables, a file each, empty where there is no framework."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import itemgetter

from site_builder.derive.framework_reports._ground import Ground as Ground
from site_builder.derive.framework_reports.alignment import alignment_rows
from site_builder.derive.framework_reports.availability import availability_rows
from site_builder.derive.framework_reports.coverage import coverage_rows
from site_builder.derive.framework_reports.data_plan import action_rows
from site_builder.derive.framework_reports.gaps import gap_rows
from site_builder.derive.framework_reports.groups import group_rows
from site_builder.derive.framework_reports.inclusiveness import inclusiveness_rows, population_rows
from site_builder.derive.framework_reports.method_comparison import comparison_rows
from site_builder.derive.framework_reports.progress import progress_rows
from site_builder.derive.framework_reports.progress_inputs import input_rows
from site_builder.derive.framework_reports.progress_summary import summary_rows
from site_builder.derive.framework_reports.sessions import framework_rows, session_rows
from site_builder.derive.framework_reports.typology import typology_rows
from site_builder.nouns.derived import Row, Tables

REPORTS: Mapping[str, Callable[[Ground], Iterable[Row]]] = {
    "coverage_summary": coverage_rows,
    "inclusiveness": inclusiveness_rows,
    "population_summary": population_rows,
    "framework_gaps": gap_rows,
    "disaggregation_gaps": group_rows,
    "data_availability": availability_rows,
    "alignment": alignment_rows,
    "gap_typology": typology_rows,
    "data_plan_schedule": action_rows,
    "session_summary": session_rows,
    "framework_summary": framework_rows,
    "progress": progress_rows,
    "progress_inputs": input_rows,
    "progress_summary": summary_rows,
    "method_comparison": comparison_rows,
}


def report_tables(ground: Ground) -> Tables:
    """Return every report by the name of its table, for a catalog as it is seen on its as-of day."""
    return Tables({name: partial(_in_order, ground, name) for name in REPORTS})


def _in_order(ground: Ground, name: str) -> list[Row]:
    """Return the rows of a report sorted by their key."""
    key = itemgetter(*ground.catalog.schemas[name].key)
    return sorted(REPORTS[name](ground), key=key)
