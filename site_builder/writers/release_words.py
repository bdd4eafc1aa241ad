"""Owns what is said of a release in words, the same on pages, in feeds and in its own files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from site_builder.nouns.edition import Edition
from site_builder.nouns.page import Page
from site_builder.nouns.release import ADDRESS, Cause, Release
from site_builder.nouns.text import Text
from site_builder.readers.formats import Formats
from site_builder.readers.layout import written_tables
from site_builder.writers.voice import Voice

MOST_CAUSES = 5
"""Causes of a version that are told; the manifest of the release has all."""


def kind_of(voice: Voice, release: Release) -> str:
    """Return what kind of release it is."""
    return voice.say(f"release.kind.{release.kind}")


def version_reason(voice: Voice, release: Release) -> str:
    """Return why the version of a release is what it is, in a sentence."""
    causes = [_cause(voice, cause) for cause in release.causes]
    more = len(causes) - MOST_CAUSES
    told = "; ".join(causes[:MOST_CAUSES])
    if more > 0:
        told = f"{told}; {voice.say('release.more_causes', count=more)}"
    return voice.say(f"release.step.{release.step}", causes=told)


def _cause(voice: Voice, cause: Cause) -> str:
    return voice.say(f"release.cause.{cause.rule}", table=cause.table, name=cause.name)


def counted(voice: Voice, kinds: Mapping[str, int]) -> str:
    """Return how many differences of each kind there are, in words; of none it is said that there is none."""
    parts = [voice.say(f"release.count.{kind}", count=count) for kind, count in kinds.items()]
    return ", ".join(parts) or voice.say("release.no_change")


def by_table(release: Release, *, written: bool) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Yield the counts of the tables that people write, or of those that are computed."""
    return ((table, counts) for table, counts in release.counts.items() if (table in written_tables()) == written)


def table_name(voice: Voice, table: str) -> str:
    """Return the name of a table; one that is gone is called by its technical name."""
    schemas = voice.edition.schemas
    return Text(schemas[table].labels).shown(voice.code)[0] if table in schemas else table


def heading(voice: Voice, release: Release) -> str:
    """Return the name of a release."""
    return voice.say("release.title", version=release.version, day=voice.formats.day(release.day))


def page_address(edition: Edition, release: Release, language: str) -> str:
    """Return the full address of the page of a release, which may be planned yet or not; empty where none is known."""
    return f"{edition.base_url}{language}/{release.path('')}" if edition.base_url else ""


def citation(voice: Voice, release: Release) -> str:
    """Return how a release is cited."""
    site = voice.edition.catalog.site
    cite = voice.say(
        "release.cite",
        publisher=voice.plain(site, "publisher"),
        title=voice.plain(site, "title"),
        version=release.version,
        day=voice.formats.day(release.day),
        licence=site.get("content_licence"),
    )
    return f"{cite} {page_address(voice.edition, release, voice.code)}".rstrip()


def changes_text(edition: Edition, release: Release, code: str) -> bytes:
    """Return what CHANGES.md says: kind, notes, version and the differences by table."""
    language = next(item for item in edition.catalog.languages if item.code == code)
    voice = Voice(edition, Page("release", release.name, code, release.path("CHANGES.md")), Formats(language))
    lines = [
        f"# {voice.plain(edition.catalog.site, 'title')}",
        f"## {heading(voice, release)}",
        kind_of(voice, release),
        Text(release.reason).shown(code)[0],
        Text(release.notes).shown(code)[0],
        version_reason(voice, release),
    ]
    if release.previous:
        lines.append(f"## {voice.say('release.since', day=voice.formats.day(release.previous))}")
        for key, written in (("release.written", True), ("release.computed", False)):
            lines += _listed(voice, voice.say(key), by_table(release, written=written))
        if not release.counts:
            lines.append(voice.say("release.no_change"))
        lines.append(voice.say("release.not_compared"))
    return ("\n\n".join(line for line in lines if line) + "\n").encode("utf-8")


def _listed(voice: Voice, name: str, tables: Iterable[tuple[str, Mapping[str, int]]]) -> list[str]:
    lines = [f"- {table_name(voice, table)} (`{table}`): {counted(voice, counts)}" for table, counts in tables]
    return [f"### {name}", "\n".join(lines)] if lines else []


def feed_path(language: str) -> str:
    """Return the path of the feed of releases below the output folder."""
    return f"{language}/{ADDRESS}feed.xml"


def size_of(voice: Voice, count: int) -> str:
    """Return a number of bytes in words, rounded to two digits."""
    unit, digits = ("megabytes", 6) if count >= 1_000_000 else ("kilobytes", 3)
    rounded = Decimal(f"{Decimal(count).scaleb(-digits):.2g}")
    return voice.say(f"release.{unit}", size=voice.formats.number(rounded))
