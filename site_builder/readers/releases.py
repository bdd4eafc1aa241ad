"""Owns the reading of earlier releases: nothing is believed that does not weigh what was written down of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.output import Weight, weight_of
from site_builder.nouns.release import INDEX, MANIFEST, Release, ReleaseFolder
from site_builder.readers.release_format import (
    Listed,
    NotUnderstood,
    Predecessor,
    index_bytes,
    is_safe,
    parse_files,
    parse_index,
    parse_manifest,
    predecessor,
)

Read = tuple[Release, Predecessor]


def read_releases(folders: Iterable[ReleaseFolder]) -> tuple[tuple[Release, ...], list[Diagnostic]]:
    """Return the releases of all folders, the oldest first, and everything that is wrong with them.

    With anything wrong no release is returned: what follows from half of them would only confuse.
    """
    together: dict[str, Read] = {}
    findings: list[Diagnostic] = []
    for folder in folders:
        read, wrong = _read_folder(folder)
        findings += wrong
        for release, before in read:
            known, _ = together.setdefault(release.name, (release, before))
            if known.files[MANIFEST] != release.files[MANIFEST]:
                place = Location(f"{release.place}/{MANIFEST}")
                findings.append(found("release-disagrees", place, day=release.name, other=known.place))
    chain = [together[name] for name in sorted(together)]
    if not findings:
        findings += _unchained(chain)
    return (() if findings else tuple(release for release, _ in chain)), findings


def _read_folder(folder: ReleaseFolder) -> tuple[list[Read], list[Diagnostic]]:
    if not folder.files:
        return [], []
    place = Location(f"{folder.name}/{INDEX}")
    if INDEX not in folder.files:
        return [], [found("release-index-missing", place)]
    try:
        listed = parse_index(folder.files[INDEX])
    except NotUnderstood:
        return [], [found("release-index-broken", place)]
    read: list[Read] = []
    findings = list(_unlisted(folder, listed))
    for entry in listed:
        release, wrong = _read_release(folder, entry)
        findings += wrong
        if release is not None:
            read.append(release)
    if not findings and index_bytes(release for release, _ in read) != folder.files[INDEX]:
        findings.append(found("release-index-edited", place))
    return read, findings


def _unlisted(folder: ReleaseFolder, listed: Iterable[Listed]) -> Iterator[Diagnostic]:
    """Yield what stands in the folder and belongs to no release."""
    names = {entry.name for entry in listed}
    told = set()
    for path in sorted(folder.files):
        top = path.split("/")[0]
        if path != INDEX and top not in names and top not in told:
            told.add(top)
            yield found("release-unlisted", Location(f"{folder.name}/{top}"), value=top)


def _read_release(folder: ReleaseFolder, entry: Listed) -> tuple[Read | None, list[Diagnostic]]:
    prefix = f"{entry.name}/"
    files = {path.removeprefix(prefix): content for path, content in folder.files.items() if path.startswith(prefix)}
    place = f"{folder.name}/{entry.name}"
    if not files:
        return None, [found("release-missing", Location(f"{folder.name}/{INDEX}"), day=entry.name)]
    if MANIFEST not in files:
        return None, [found("release-file-missing", Location(f"{place}/{MANIFEST}"), day=entry.name)]
    if sha256(files[MANIFEST]).hexdigest() != entry.sha256:
        return None, [found("release-changed", Location(f"{place}/{MANIFEST}"), day=entry.name)]
    try:
        release, before = parse_manifest(files, place)
    except NotUnderstood:
        return None, [found("release-broken", Location(f"{place}/{MANIFEST}"), day=entry.name)]
    if release.day != entry.day:
        return None, [found("release-broken", Location(f"{place}/{MANIFEST}"), day=entry.name)]
    return (release, before), list(_altered(release))


def _altered(release: Release) -> Iterator[Diagnostic]:
    """Yield the files of a release that are not as they were: changed, gone, or not its own."""
    for path in sorted({*release.weights, *release.files} - {MANIFEST}):
        place = Location(f"{release.place}/{path}")
        if not is_safe(path):
            yield found("release-path", Location(f"{release.place}/{MANIFEST}"), value=path)
        elif path not in release.files:
            yield found("release-file-missing", place, day=release.name)
        elif path not in release.weights:
            yield found("release-file-extra", place, day=release.name)
        elif weight_of(release.files[path]) != release.weights[path]:
            yield found("release-changed", place, day=release.name)


def _unchained(chain: Iterable[Read]) -> Iterator[Diagnostic]:
    """Yield the releases that do not name the one before them as it is."""
    last: Release | None = None
    for release, before in chain:
        expected = predecessor(last)
        if before != expected:
            place = Location(f"{release.place}/{MANIFEST}")
            if before.name and before.name != expected.name:
                yield found("release-previous-missing", place, day=release.name, previous=before.name)
            else:
                yield found("release-fork", place, day=release.name, previous=expected.name)
        last = release


def wanted_files(index: bytes, manifests: Mapping[str, bytes]) -> Iterator[tuple[str, Weight]]:
    """Yield path and weight of each file that has to be fetched, as far as the manifests are there and understood.

    Paths that would leave the folder are left out: reading says of each that it is refused.
    """
    for entry in parse_index(index):
        manifest = manifests.get(f"{entry.name}/{MANIFEST}")
        if manifest is not None and sha256(manifest).hexdigest() == entry.sha256:
            for path, weight in parse_files(manifest).items():
                if is_safe(path):
                    yield f"{entry.name}/{path}", weight
