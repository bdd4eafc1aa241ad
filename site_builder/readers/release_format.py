"""Owns how releases are written down: the manifest of one and the index of all; refuses to judge what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from site_builder.nouns.output import Weight
from site_builder.nouns.release import MANIFEST, Cause, Release, totals

FORMAT = "open-action-plan releases 1"
"""Stands in every index and manifest; another number will mean another shape."""
_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HASH = re.compile(r"[0-9a-f]{64}")


class NotUnderstood(Exception):
    """A text is no index or manifest; never leaves the readers."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A release as the index names it."""

    day: date
    sha256: str
    """Of its manifest."""

    @property
    def name(self) -> str:
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Predecessor:
    """The release before, as a manifest names it."""

    name: str = ""
    sha256: str = ""
    """Of its manifest: with it, nobody can exchange an old release and leave the newer ones as they are."""


def is_safe(path: str) -> bool:
    """Whether a path stays below its folder on every system."""
    return len(path) <= 200 and bool(_PATH.fullmatch(path))


def predecessor(release: Release | None) -> Predecessor:
    """Return a release as the next one names it; the first has none before it."""
    return Predecessor(release.name, sha256(release.files[MANIFEST]).hexdigest()) if release else Predecessor()


def manifest_bytes(release: Release, before: Predecessor) -> bytes:
    """Return what a release says of itself."""
    told = {
        "format": FORMAT,
        **_told_everywhere(release),
        "previous": {"date": before.name, "sha256": before.sha256} if before.name else None,
        "step": release.step,
        "step_causes": [{"rule": cause.rule, "table": cause.table, "name": cause.name} for cause in release.causes],
        "changes": {table: dict(counts) for table, counts in release.counts.items()},
        "files": [
            {"path": path, "bytes": weight.bytes, "sha256": weight.sha256}
            for path, weight in sorted(release.weights.items())
        ],
    }
    return _json(told)


def index_bytes(releases: Iterable[Release]) -> bytes:
    """Return the index of releases, the newest first; it says nothing that their manifests do not say."""
    newest_first = sorted(releases, key=lambda release: release.day, reverse=True)
    return _json({"format": FORMAT, "releases": [_entry(release) for release in newest_first]})


def _told_everywhere(release: Release) -> Mapping[str, Any]:
    """Return what the index and the manifest both say of a release."""
    return {
        "date": release.name,
        "version": release.version,
        "kind": release.kind,
        "notes": dict(sorted(release.notes.items())),
        "reason": dict(sorted(release.reason.items())),
        "schema_version": release.schema_version,
        "commit": release.commit or None,
    }


def _entry(release: Release) -> Mapping[str, Any]:
    return {
        **_told_everywhere(release),
        "previous": release.previous or None,
        "changes": totals(release.counts),
        "files": len(release.weights),
        "bytes": release.size,
        "manifest": f"{release.name}/{MANIFEST}",
        "manifest_sha256": sha256(release.files[MANIFEST]).hexdigest(),
    }


def _json(told: Mapping[str, Any]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def parse_index(content: bytes) -> list[Listed]:
    """Return the releases that an index names. Raises NotUnderstood."""
    try:
        index = _object(content)
        listed = [Listed(_day(entry["date"]), _hash(entry["manifest_sha256"])) for entry in index["releases"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise NotUnderstood from error
    if len({entry.day for entry in listed}) != len(listed):
        raise NotUnderstood
    return listed


def parse_files(manifest: bytes) -> Mapping[str, Weight]:
    """Return the files that a manifest names, be their paths safe or not. Raises NotUnderstood."""
    try:
        files = _object(manifest)["files"]
        return {_text(file["path"]): Weight(_count(file["bytes"]), _hash(file["sha256"])) for file in files}
    except (KeyError, TypeError, AttributeError) as error:
        raise NotUnderstood from error


def parse_manifest(files: Mapping[str, bytes], place: str) -> tuple[Release, Predecessor]:
    """Return the release of a folder, its files unjudged, and the one that it names before it.

    Raises NotUnderstood.
    """
    weights = parse_files(files[MANIFEST])
    try:
        told = _object(files[MANIFEST])
        before = told["previous"] and Predecessor(
            _day(told["previous"]["date"]).isoformat(), told["previous"]["sha256"]
        )
        release = Release(
            day=_day(told["date"]),
            version=_version(told["version"]),
            kind=_text(told["kind"]),
            notes=_texts(told["notes"]),
            reason=_texts(told["reason"]),
            schema_version=_text(told["schema_version"]),
            commit=_text(told["commit"] or ""),
            previous=before.name if before else "",
            step=_text(told["step"]),
            causes=tuple(
                Cause(_text(cause["rule"]), _text(cause["table"]), _text(cause["name"]))
                for cause in told["step_causes"]
            ),
            counts={_text(table): _counts(counts) for table, counts in told["changes"].items()},
            weights=weights,
            files=files,
            place=place,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise NotUnderstood from error
    return release, before or Predecessor()


def _object(content: bytes) -> dict[str, Any]:
    try:
        told = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotUnderstood from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise NotUnderstood
    return told


def _day(value: Any) -> date:
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise NotUnderstood from error
    raise NotUnderstood


def _hash(value: Any) -> str:
    if isinstance(value, str) and _HASH.fullmatch(value):
        return value
    raise NotUnderstood


def _version(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}\.[0-9]{1,6}\.[0-9]{1,6}", value):
        return value
    raise NotUnderstood


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    raise NotUnderstood


def _count(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise NotUnderstood


def _texts(value: Any) -> dict[str, str]:
    return {_text(key): _text(text) for key, text in value.items()}


def _counts(value: Any) -> dict[str, int]:
    return {_text(key): _count(count) for key, count in value.items()}
