"""Checks turn the catalog into findings; a family of rules is a file here, found by being here.

A family has `check(catalog) -> Iterator[Diagnostic]`. Its words stand in the message catalogues under the
name of each finding. A rule that depends on the day reads `catalog.as_of`, the day of the picture (reports dated
later are not known yet), or `catalog.run_on`, beyond which nothing can have happened; where the day is None it is
silent. A rule about a change reads `catalog.published`, the content before it, and is silent where that is None.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache

from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.record import Catalog

Check = Callable[[Catalog], Iterator[Diagnostic]]


@cache
def families() -> tuple[tuple[str, Check], ...]:
    """Return every family of rules in this folder by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    modules = [(name, importlib.import_module(f"{__name__}.{name}")) for name in names]
    return tuple((name, module.check) for name, module in modules if hasattr(module, "check"))


def check_catalog(catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield what every family finds; without languages nothing can be judged."""
    if not catalog.languages:
        return
    for _, check in families():
        yield from check(catalog)
