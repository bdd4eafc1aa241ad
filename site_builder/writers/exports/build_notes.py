"""What hosting and readers of the build need to know: `build.json` and `.nojekyll`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from site_builder import __version__
from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [".nojekyll", "build.json"]


def write(edition: Edition) -> Iterable[Output]:
    notes = {
        "generator": f"open-action-plan {__version__}",
        "as_of": edition.derived.as_of.isoformat(),
        "base_url": edition.base_url or None,
        "languages": list(edition.catalog.codes),
        "pages": len(edition.plan.pages),
        "findings": dict(sorted(Counter(str(finding.severity) for finding in edition.findings).items())),
        "waived": len(edition.waived),
    }
    return [Output(".nojekyll", b""), Output("build.json", (json.dumps(notes, indent=2) + "\n").encode())]
