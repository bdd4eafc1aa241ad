"""Owns what speaks of all other files of a build: their list with hashes, packed copies, the notes on the build."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain

from site_builder import __version__
from site_builder.nouns.edition import Edition
from site_builder.nouns.output import LATEST, Output
from site_builder.nouns.release import ADDRESS
from site_builder.nouns.spread import Spread, in_turn
from site_builder.plan.hosting import content_type, headers_of
from site_builder.writers.content_hashes import SUMS as CONTENT_SUMS
from site_builder.writers.content_hashes import content_sums, known_hashes
from site_builder.writers.exports.hosts import base_path, target_url

NOTES = "build.json"
MANIFEST = "manifest-sha256.txt"
CONTENTS = "content-manifest-sha256.txt"
OBJECTS = "s3-metadata.json"
PACKINGS = ("gz",)
"""Endings of packed copies that can be written. Brotli would need a library beside Python's own for the same texts."""
_TEXTS = ("text/", "application/json", "application/ld+json", "application/jsonl", "application/xml")
_MORE_TEXTS = frozenset({"image/svg+xml", "application/atom+xml", "application/manifest+json", "application/geo+json"})
_LEAST = 512
"""Bytes below which packing saves nothing worth a file."""


def sealed(
    edition: Edition, outputs: Iterable[Output], *, packings: Iterable[str] = (), spread: Spread = in_turn
) -> list[Output]:
    """Return all files of a site: those given, what is told of them, and their packed copies.

    The manifest lists what is published but for itself and the notes, which hold its hash; packed copies are left
    out, since other versions of a packer give other bytes for the same text. The manifest of contents is the same
    with every version, and so is what two builds have to agree on that were made in different places.
    """
    files = [*outputs, Output(OBJECTS, b"")]
    files[-1] = Output(OBJECTS, _objects(edition, files))
    contents = Output(CONTENTS, content_sums(files, known=_known(files)))
    manifest = Output(MANIFEST, _manifest([*files, contents]))
    files += [contents, manifest, Output(NOTES, _notes(edition, manifest, contents))]
    packed = [partial(_packed, output) for _ in set(packings) & set(PACKINGS) for output in files if _is_text(output)]
    return [*files, *chain.from_iterable(spread(packed))]


def _known(outputs: Iterable[Output]) -> Mapping[str, str]:
    """Return the hashes that stand in the data already: in the newest, and in every release."""
    known: dict[str, str] = {}
    for output in outputs:
        folder, slash, name = output.path.rpartition("/")
        if name == CONTENT_SUMS and output.path.startswith((LATEST, ADDRESS)):
            known |= known_hashes(output.content, folder + slash)
    return known


def _manifest(outputs: Iterable[Output]) -> bytes:
    """Return the hashes of files, sorted by path, as `sha256sum --check` reads them."""
    lines = (f"{output.weight.sha256}  {output.path}\n" for output in sorted(outputs, key=_path))
    return "".join(lines).encode("utf-8")


def _path(output: Output) -> str:
    return output.path


def _notes(edition: Edition, manifest: Output, contents: Output) -> bytes:
    notes = {
        "generator": f"open-action-plan {__version__}",
        "as_of": edition.derived.as_of.isoformat(),
        "base_url": edition.base_url or None,
        "data_commit": edition.history.commit or None,
        "schema_version": edition.schema_version,
        "languages": list(edition.catalog.codes),
        "pages": len(edition.plan.pages),
        "findings": dict(sorted(Counter(str(finding.severity) for finding in edition.findings).items())),
        "findings_by_rule": dict(sorted(Counter(finding.name for finding in edition.findings).items())),
        "waived": len(edition.waived),
        "waived_by_rule": dict(sorted(Counter(finding.name for finding in edition.waived).items())),
        "manifest": manifest.path,
        "manifest_sha256": manifest.weight.sha256,
        "content_manifest": contents.path,
        "content_manifest_sha256": contents.weight.sha256,
    }
    return (json.dumps(notes, indent=2) + "\n").encode()


def _objects(edition: Edition, outputs: Iterable[Output]) -> bytes:
    """Return what an object store has to be told with each file, and where old addresses lead."""
    base = base_path(edition.base_url)
    objects: dict[str, dict[str, str]] = {}
    for path in sorted({*(output.path for output in outputs), MANIFEST, CONTENTS, NOTES}):
        headers = headers_of(path)
        objects[path] = {"ContentType": headers["Content-Type"], "CacheControl": headers["Cache-Control"]}
    for redirect in edition.plan.redirects:
        key = redirect.address + ("index.html" if redirect.address.endswith("/") else "")
        objects.setdefault(key, {})["WebsiteRedirectLocation"] = target_url(redirect, base)
    lines = (f"{json.dumps(path)}: {json.dumps(told)}" for path, told in sorted(objects.items()))
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode("ascii")


def _is_text(output: Output) -> bool:
    if output.path.startswith(ADDRESS):
        return False  # a release stands as it was made: nothing is put beside its files
    kind = content_type(output.path).partition(";")[0]
    return output.weight.bytes >= _LEAST and (kind.startswith(_TEXTS) or kind in _MORE_TEXTS)


def _packed(output: Output) -> list[Output]:
    """Return a packed copy; without a clock in it the same text gives the same bytes."""
    return [Output(f"{output.path}.gz", gzip.compress(output.content, compresslevel=9, mtime=0))]
