"""Owns the records around the commitments of an import: the site, the plan, organisations, sources."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from site_builder.interchange.making import Making, Tree, us_day
from site_builder.interchange.names import slug
from site_builder.interchange.ogp_rows import Row, whole_number
from site_builder.readers.formats import described_language
from site_builder.writers.yaml_text import Code, Noted, Value

UNKNOWN_LICENCE = "NOASSERTION"
"""SPDX: no claim is made about the licence."""
LICENCE_URL = "https://spdx.github.io/spdx-spec/v2.3/package-information/"
"""Where the standard says what that means."""


def site_tree(making: Making, plan: str, *, country: str, code: str) -> Tree:
    """Return settings with which a site of the country can be built; what nobody told is marked to be confirmed."""
    wish = making.wish
    languages = list(dict.fromkeys((wish.language, wish.spoken)))
    asked = making.say("import.confirm")
    own = [f"{name}.{wish.spoken}" for name in ("title", "description", "publisher")]
    settings = ["plan", "time_zone", "table_language", "content_licence", "content_licence_url", "csv_byte_order_mark"]
    return {
        "id": Code(f"open-action-plan-{slug(code) or 'country'}"),
        "title": making.own("site_title", country=country),
        "description": making.own("site_description", country=country),
        "publisher": Noted(making.own("site_publisher"), asked),
        "plan": Code(plan),
        "time_zone": Noted(Code("UTC"), asked),
        "table_language": Code(wish.spoken),
        "content_licence": Noted(Code(UNKNOWN_LICENCE), f"{asked}\n{making.say('import.confirm_licence')}"),
        "content_licence_url": Code(LICENCE_URL),
        "csv_byte_order_mark": True,
        "languages": [_language(code) for code in languages],
        "provenance": [
            making.told([*own, *settings], "own_words", note="note_site"),
            making.told(["contact"], "missing"),
        ],
    }


def _language(code: str) -> Tree:
    name, locale, direction = described_language(code)
    tree: Tree = {"id": Code(code), "name": name, "format_locale": Code(locale)}
    return {**tree, "direction": Code(direction)} if direction != "ltr" else tree


def plan_tree(making: Making, rows: Sequence[Row], number: int) -> Tree | None:
    """Return the record of a plan from what its rows have in common; None where its years are not told."""
    first, last = _years(rows)
    if not first or not last:
        return None
    country = making.line(rows[0], "Country/Locality") or rows[0].get("Code")
    tree: Tree = {
        "number": number,
        "title": making.own("plan_title", country=country, number=number),
        "short_title": making.own("plan_short_title", number=number),
        "country": Code(rows[0].get("Code").upper()),
        "period_start": Code(str(first)),
        "period_end": Code(str(last)),
        "status": Code("ended" if last < making.wish.as_of.year else "active"),
    }
    told = [making.told(["number", "country", "period_end"], "sourced", source=making.source)]
    told += [
        making.told(
            [f"title.{making.wish.spoken}", f"short_title.{making.wish.spoken}"], "own_words", note="note_plan_title"
        ),
        making.told(["period_start"], "inferred", source=making.source, note="note_period"),
        making.told(["status"], "inferred", source=making.source, note="note_status"),
    ]
    if address := _member_page(rows):
        tree["ogp_url"] = Code(address)
        told.append(making.told(["ogp_url"], "inferred", source=making.source, note="note_member_page"))
    return {**tree, "provenance": [*told, *making.missing("plans", tree, ("organisations", "events"))]}


def _years(rows: Sequence[Row]) -> tuple[int, int]:
    """Return the first and the last year of a plan; 0 where it is not told, and where they run backwards."""
    last = _common(rows, "Action Plan End Year") or max(_of_days(rows, "End Date"), default=0)
    years = _common(rows, "Action Plan Duration (Years)")
    counted = last - years if last and years else 0
    first = _common(rows, "Year Of Submission") or counted or min(_of_days(rows, "Start Date"), default=0)
    likely = all(2000 <= year <= 2100 for year in (first, last))
    return (first, last) if likely and first <= last else (0, 0)


def _common(rows: Sequence[Row], column: str) -> int:
    """Return the number that most rows have, 0 where none has one."""
    numbers = [number for row in rows if (number := whole_number(row.get(column)))]
    return max(sorted(set(numbers)), key=numbers.count, default=0)


def _of_days(rows: Sequence[Row], column: str) -> list[int]:
    return [day.year for row in rows if (day := us_day(row.get(column)))]


def _member_page(rows: Sequence[Row]) -> str:
    """Return the address of the country's page, as the addresses of its commitments have it."""
    for row in rows:
        if match := re.match(r"https://(?:www\.)?opengovpartnership\.org/members/[a-z0-9-]+/", row.get("URL")):
            return match.group()
    return ""


def organisation_tree(making: Making, name: str, kind: str) -> Tree:
    """Return the record of an organisation of which the dataset tells the name only."""
    lang = making.wish.language
    tree: Tree = {"name": making.text(name), "kind": Code(kind or "agency")}
    told = [
        making.told([f"name.{lang}"], "sourced", source=making.source),
        making.told(["kind"], "inferred", source=making.source, note="note_kind" if kind else "note_kind_guessed"),
        making.told(["parent", "valid_from", "website"], "missing"),
    ]
    return {**tree, "provenance": told}


def dataset_tree(making: Making, *, sha256: str, rows: int) -> Tree:
    """Return the source that is the file itself."""
    wish = making.wish
    tree: Tree = {
        "title": making.own("source_dataset", file=wish.file_name),
        "publisher": "Open Government Partnership",
        "note": making.own("source_dataset_note", file=_marked(wish.file_name), sha256=sha256, rows=rows),
    }
    told = [
        making.told([f"title.{wish.spoken}", f"note.{wish.spoken}"], "own_words"),
        making.told(["publisher"], "inferred", note="note_publisher"),
        making.told(["url", "published_on", "retrieved_on", "licence"], "missing"),
    ]
    return {**tree, "provenance": told}


def _marked(name: str) -> str:
    """Return the name of a file so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>&!~|])", r"\\\1", name)


def page_tree(making: Making, commitment: Mapping[str, Value]) -> Tree:
    """Return the source that is a commitment's page, which was not read."""
    ogp_id, address = commitment["ogp_id"], commitment["ogp_url"]
    assert isinstance(ogp_id, Code)
    told = [
        making.told(["url"], "sourced", source=making.source),
        making.told([f"title.{making.wish.spoken}", f"note.{making.wish.spoken}"], "own_words"),
        making.told(["publisher"], "inferred"),
        making.told(["published_on", "retrieved_on", "licence"], "missing"),
    ]
    return {
        "title": making.own("source_page", ogp_id=ogp_id.text),
        "publisher": "Open Government Partnership",
        "url": address,
        "note": making.own("source_page_note"),
        "provenance": told,
    }
