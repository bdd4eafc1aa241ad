"""The reports on a framework as they stand on pages: each is a file here, with its parts and the order of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from site_builder.nouns.record import Record
from site_builder.writers.pages._frameworks.alignment import alignment_parts
from site_builder.writers.pages._frameworks.availability import availability_parts
from site_builder.writers.pages._frameworks.coverage import coverage_parts
from site_builder.writers.pages._frameworks.data_plan import data_plan_parts
from site_builder.writers.pages._frameworks.gaps import gap_parts
from site_builder.writers.pages._frameworks.groups import group_parts
from site_builder.writers.pages._frameworks.inclusiveness import inclusiveness_parts
from site_builder.writers.pages._frameworks.parts import Part
from site_builder.writers.pages._frameworks.progress import progress_parts
from site_builder.writers.pages._frameworks.typology import typology_parts
from site_builder.writers.voice import Voice

REPORTS: Mapping[str, Callable[[Voice, Record], Iterable[Part]]] = {
    "coverage": coverage_parts,
    "inclusiveness": inclusiveness_parts,
    "gaps": gap_parts,
    "disaggregation": group_parts,
    "availability": availability_parts,
    "alignment": alignment_parts,
    "gap-types": typology_parts,
    "progress": progress_parts,
    "data-plan": data_plan_parts,
}
"""By the last part of their addresses, in the order in which a reader needs them."""
SESSIONS = "sessions"
"""The hand-out, which has a page of its own kind."""
