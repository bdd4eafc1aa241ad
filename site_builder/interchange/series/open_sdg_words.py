"""Owns what the keys of Open SDG's metadata and configuration are among our fields and concepts."""

from __future__ import annotations

from collections.abc import Mapping

NAMES = ("indicator_name", "indicator_available", "national_indicator_available", "graph_title")
"""Keys that may hold the name of an indicator; the first that is there counts."""
NUMBERS = ("indicator_number", "indicator")
UNITS = ("computation_units", "unit_measure", "unit_of_measure")
FIELDS: Mapping[str, str] = {
    "indicator_definition": "definition",
    "national_indicator_description": "definition",
    "stat_conc_def": "definition",
    "data_footnote": "note",
    "page_content": "note",
}
"""Fields of ours with free text."""
CONCEPTS: Mapping[str, str] = {
    "computation_definitions": "definition",
    "computation_calculations": "method_of_computation",
    "data_comp": "method_of_computation",
    "computation_numerator": "method_of_computation",
    "computation_denominator": "method_of_computation",
    "comments_limitations": "limitations",
    "rec_use_lim": "limitations",
    "computation_disaggregation": "availability_and_disaggregation",
    "coverage": "availability_and_disaggregation",
    "national_geographical_coverage": "availability_and_disaggregation",
    "rationale": "rationale",
    "class_system": "classifications",
    "source_type": "data_sources",
    "coll_method": "collection_method",
    "freq_coll": "collection_calendar",
    "rel_cal_policy": "release_calendar",
    "admin_release_date": "release_calendar",
    "admin_next_release": "release_calendar",
    "national_indicator_periodicity": "release_calendar",
    "data_source": "data_providers",
    "compiling_org": "data_compilers",
    "inst_mandate": "institutional_mandate",
    "data_validation": "validation",
    "adjustment": "adjustments",
    "imputation": "missing_values",
    "reg_agg": "regional_aggregations",
    "doc_method": "documentation",
    "qual_mgmnt": "quality",
    "quality_mgmnt": "quality",
    "quality_assure": "quality",
    "quality_assmnt": "quality",
    "comparability": "comparability",
    "other_doc": "references",
    "goal_meta_link": "references",
}
"""Concepts of the metadata of the Sustainable Development Goals, by key or SDMX concept."""
DIRECTIONS: Mapping[str, str] = {"positive": "increase", "negative": "decrease"}
TARGET_YEAR = "2030"
"""Year of a target of which the configuration names none: the default of the format."""
STATES: Mapping[str, tuple[str, str, bool | None]] = {
    "complete": ("available", "not_available", True),
    "inprogress": ("partial", "planned", None),
    "notstarted": ("partial", "not_available", False),
    "notapplicable": ("partial", "not_applicable", False),
}
"""State of availability by reporting status, with values and without; then whether the status promises values."""
OPTION_KEYS = frozenset(
    {"series", "unit", "disaggregation", "direction", "base_year", "target_year", "target", "limit", "group"}
)
"""Keys of an entry of `progress_calculation_options` that are understood."""
SOURCE_KEYS = ("organisation", "url", "url_text")
"""What is taken of a source: in a list, or as `source_organisation_1` and so on."""
