"""What OGP asks of an action-plan repository, tested; a family of requirements is a file here, found by being here.

A family has `REQUIREMENTS`, a tuple of `Requirement`; each is tested by one small function of ground and plan.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from site_builder.derive.repository._ground import Ground as Ground
from site_builder.derive.repository._ground import Requirement
from site_builder.nouns.derived import Row


def requirements() -> tuple[Requirement, ...]:
    """Return every requirement, by id."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    families = [importlib.import_module(f"{__name__}.{name}") for name in names]
    return tuple(sorted((item for family in families for item in family.REQUIREMENTS), key=lambda item: item.id))


def compliance_rows(ground: Ground) -> Iterator[Row]:
    """Yield a row a requirement and plan."""
    wanted = requirements()
    for plan in ground.catalog.rows("plans"):
        for requirement in wanted:
            outcome = requirement.test(ground, plan)
            yield {
                "plan_id": plan.id,
                "requirement_id": requirement.id,
                "as_of": ground.as_of,
                "result": outcome.result,
                "met_count": outcome.met,
                "total_count": outcome.total,
                "up_to_date_until": outcome.until,
                "notes": " ".join(outcome.notes) or None,
                "origins": " ".join(requirement.origins),
            }
