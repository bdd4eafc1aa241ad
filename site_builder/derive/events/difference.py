"""Owns the difference between two publications by the ids of records; refuses to know what a column means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from site_builder.nouns.past import Flat, Past, Publication, Version

Key = tuple[str, str]
"""Table and full id of a record."""
Around = Mapping[Key, Flat]
"""The version of a file in which a record stands."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A record that a publication added, removed or changed."""

    old: Flat | None
    new: Flat | None
    around: Around
    """Where it stands now; where it stood, if it is gone."""

    @property
    def record(self) -> Flat:
        """The record as it is now, else as it was."""
        record = self.new or self.old
        assert record is not None, "a difference has a side"
        return record


@dataclass(frozen=True, slots=True)
class Step:
    """What one publication did to the records."""

    publication: Publication
    differences: tuple[Difference, ...]
    """Sorted by table and id."""
    unreadable: tuple[str, ...]
    """Paths of files whose version could not be read."""


@dataclass
class Walk:
    """The content as it was last readable, file by file; a record is known by its id wherever it stands."""

    past: Past
    files: dict[str, dict[Key, Flat]] = field(default_factory=dict)
    held: Counter[Key] = field(default_factory=Counter)
    """In how many files a record stands: one that is copied first and removed later was never away."""

    def step(self, publication: Publication) -> Step:
        """Go on to a publication and return what it did."""
        before: dict[Key, tuple[Flat, Around]] = {}
        after: dict[Key, tuple[Flat, Around]] = {}
        unreadable = []
        for path, blob in publication.files:
            version = self.past.versions.get((path, blob), ()) if blob else ()
            if version is None:
                unreadable.append(path)
                continue
            old, new = self.files.get(path, {}), _keyed(version)
            self.files[path] = new
            for key in old.keys() - new.keys():
                self.held[key] -= 1
                before[key] = old[key], old
            for key, record in new.items():
                if key not in old:
                    self.held[key] += 1
                elif old[key].values == record.values:
                    continue
                else:
                    before[key] = old[key], old
                after[key] = record, new
        differences = []
        for key in sorted(before.keys() | after.keys()):
            if key in before and key in after:
                differences.append(Difference(before[key][0], *after[key]))
            elif key in after and self.held[key] == 1:
                differences.append(Difference(None, *after[key]))
            elif key in before and not self.held[key]:
                differences.append(Difference(before[key][0], None, before[key][1]))
        return Step(publication, tuple(differences), tuple(unreadable))


def _keyed(version: Version) -> dict[Key, Flat]:
    return {(record.table, record.id): record for record in version}
