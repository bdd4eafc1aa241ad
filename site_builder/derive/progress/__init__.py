"""Methods of progress. A method is a file here, found by being here; its name is that of the file.

The contract: a module with `judge(trend)` that returns a `Verdict` and never raises for any numbers: what cannot be
assessed is `not_assessed` with a reason. It is a pure function of the trend. Its docstring names the source of the
method. Its name needs a code in list `progress_methods`, its statuses codes in `progress_statuses`, its reasons codes
in `progress_reasons`, what it worked out on its way (`Verdict.inputs`) codes in `progress_input_kinds`: whoever reads
table `progress_inputs` must be able to repeat the result. A status has a `level` (2 enough, 1 forward and not enough,
0 standstill or back), by which methods are compared. A method that defines how the scores of several series become
one offers `aggregate(groups)`: the scores by series, each at least one, in; score and status out (table
`progress_summary`). Names that begin with `_` are what methods share.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Protocol, cast

from site_builder.nouns.progress import Trend, Verdict


class Method(Protocol):
    """What a file in this folder offers."""

    def judge(self, trend: Trend) -> Verdict:
        """Return what the method says of a series."""
        ...


def methods() -> Mapping[str, Method]:
    """Return every method by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return {name: cast(Method, importlib.import_module(f"{__name__}.{name}")) for name in names}
