"""What is written last, by the seal, and the sign for GitHub Pages that folders with `_` are to be published."""

from __future__ import annotations

from collections.abc import Iterable

from site_builder.nouns.edition import Edition, Theme
from site_builder.nouns.output import Output
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.seal import CONTENTS, MANIFEST, NOTES, OBJECTS

NO_JEKYLL = ".nojekyll"


def plan_files(catalog: Catalog, schemas: Schemas, theme: Theme) -> Iterable[str]:
    return [NO_JEKYLL, NOTES, MANIFEST, CONTENTS, OBJECTS]


def write(edition: Edition) -> Iterable[Output]:
    return [Output(NO_JEKYLL, b"")]
