"""Everything with a name in the order of the alphabet; a long list goes on over several pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, cast

from markupsafe import Markup

from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.nouns.text import Text
from site_builder.readers.formats import capital
from site_builder.writers.findable import KINDS, Thing, entry
from site_builder.writers.pages import Crumb, in_languages
from site_builder.writers.pages._commitments import period, plan_of
from site_builder.writers.pages._frameworks.naming import plain_title
from site_builder.writers.voice import Voice

TEMPLATE = "a_to_z.html"
LISTED = (
    ("commitment", "commitments"),
    ("organisation", "organisations"),
    ("plan", "plans"),
    ("indicator", "indicators"),
    ("framework", "frameworks"),
    ("area", "areas"),
    ("term", "glossary"),
)
"""Kinds of thing on the list, each with its table."""
MOST_ON_A_PAGE = 400
"""Names on one page, so that it stays below 40 kB also in an alphabet of two bytes a letter."""
OTHER = "0–9"
"""Heads the names that begin with no letter."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name on the list."""

    title: str
    """As it is sorted."""
    shown: str
    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of the alphabet with the names that begin with it; on a long list, those on one page."""

    sign: str
    id: str
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A link in the list of letters or of parts; `current` is the value of aria-current."""

    href: str
    name: str
    current: str = ""


def things(catalog: Catalog) -> Iterator[Thing]:
    """Yield what the list names."""
    for kind, table in LISTED:
        yield from (Thing(kind, record) for record in catalog.rows(table))


def plan_pages(catalog: Catalog, schemas: Schemas) -> Iterable[Page]:
    count = sum(1 for _ in things(catalog))
    yield from in_languages("a-to-z", "", "index", catalog)
    for number in range(2, -(-count // MOST_ON_A_PAGE) + 1):
        yield from in_languages("a-to-z", str(number), f"index/{number}", catalog)


def view(voice: Voice) -> dict[str, Any]:
    parts = _parts(voice)
    number = int(voice.page.subject or 1)
    letters = parts[number - 1] if parts else []
    count = sum(1 for _ in things(voice.edition.catalog))
    heading = voice.say("a-to-z")
    here = heading if number == 1 else voice.say("a-to-z.part", title=heading, number=number)
    crumbs = [Crumb(voice.link("home"), voice.say("home"))]
    return {
        "title": here,
        "description": voice.say("a-to-z.lede", count=count),
        "crumbs": crumbs if number == 1 else [*crumbs, Crumb(voice.link("a-to-z"), heading)],
        "here": here,
        "lede": voice.say("a-to-z.lede", count=count),
        "jumps": list(_jumps(voice, parts)),
        "steps": [
            Step(_link(voice, place), _span(part), "page" if place == number else "")
            for place, part in enumerate(parts, 1)
        ]
        if len(parts) > 1
        else [],
        "letters": [
            {
                "sign": letter.sign,
                "id": letter.id,
                "names": [(voice.to(name.path), name.shown, name.what) for name in letter.names],
            }
            for letter in letters
        ],
    }


def _link(voice: Voice, number: int) -> str:
    return voice.link("a-to-z", "" if number == 1 else str(number))


def _span(part: list[Letter]) -> str:
    first, last = part[0].sign, part[-1].sign
    return first if first == last else f"{first} – {last}"


def _jumps(voice: Voice, parts: list[list[Letter]]) -> Iterator[Step]:
    """Yield a link to the place where each letter begins."""
    seen: set[str] = set()
    for number, part in enumerate(parts, 1):
        own = _link(voice, number) if str(number) != (voice.page.subject or "1") else ""
        for letter in part:
            if letter.sign not in seen:
                seen.add(letter.sign)
                yield Step(f"{own}#{letter.id}", letter.sign)


def _parts(voice: Voice) -> list[list[Letter]]:
    """Return the letters by page, worked out once a language."""
    key = ("a-to-z", "")
    if key not in voice.memory:
        names = sorted(
            _names(voice),
            key=lambda name: (_sign(name) != OTHER, voice.formats.alphabetical(name.title), name.path),
        )
        pages = [names[start : start + MOST_ON_A_PAGE] for start in range(0, len(names), MOST_ON_A_PAGE)]
        voice.memory[key] = [list(_letters(page)) for page in pages]
    return cast(list[list[Letter]], voice.memory[key])


def _names(voice: Voice) -> Iterator[Name]:
    for thing in things(voice.edition.catalog):
        told = entry(voice, thing)
        shown = voice.shown(Text({told.language or voice.code: capital(told.title)}))
        yield Name(told.title, shown, told.path, _what(voice, thing))


def _what(voice: Voice, thing: Thing) -> str:
    """Return what a thing is, with what tells it from others of its name."""
    record = thing.subject
    assert isinstance(record, Record), "pages and tables are not on the list"
    more = ""
    if thing.kind == "commitment":
        plan = plan_of(voice, record)
        name = voice.bare(plan, "short_title") or voice.bare(plan, "title")
        more = voice.say("search.number", number=record.get("number"), plan=name)
    elif thing.kind == "organisation":
        more = voice.bare(record, "abbreviation")
    elif thing.kind == "plan":
        more = period(voice, record)
    elif thing.kind == "area":
        more = plain_title(voice, voice.edition.catalog.by_id["frameworks"][record.get("framework_id")])
    return Markup(" · ").join(part for part in (voice.say(KINDS[thing.kind]), more) if part)


def _letters(names: list[Name]) -> Iterator[Letter]:
    for sign, group in groupby(names, key=_sign):
        yield Letter(sign, "other" if sign == OTHER else f"letter-{ord(sign[0]):x}", tuple(group))


def _sign(name: Name) -> str:
    """Return the letter under which a name stands."""
    first = name.title.casefold().strip("“”„«»\"'")[:1]
    return first.upper() if first.isalpha() else OTHER
