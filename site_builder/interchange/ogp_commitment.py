"""Owns what a row of OGP's dataset says of the promise: texts, dates, organisations, policy areas, milestones."""

from __future__ import annotations

import re
from collections.abc import Mapping

from site_builder.interchange.bodies import kind_of
from site_builder.interchange.full_text import Parts, Told, parts_of
from site_builder.interchange.making import Making, Tree, us_day
from site_builder.interchange.names import ROLES, split_names
from site_builder.interchange.ogp_rows import Row, whole_number
from site_builder.interchange.prose import as_markdown, one_line, plain
from site_builder.nouns.ogp_dataset import MISSING, TAGS
from site_builder.writers.yaml_text import Code, Value

TEXTS = ("problem", "objective", "ambition", "note")


def commitment_tree(making: Making, row: Row, number: int) -> Tree:
    """Return the record of a commitment; what has no place in it is remarked."""
    tree: Tree = {"number": number}
    is_told = whole_number(row.get("Commitment Number")) == number
    told: list[Tree] = [making.told(["number"], "sourced" if is_told else "inferred", source=making.source)]
    _identity(making, row, tree)
    title = making.line(row, "Commitment Title")
    short = making.line(row, "Short Title")
    if title:
        tree["title"] = making.text(title)
    if short and short != title:
        tree["title_ogp"] = making.text(short)
    if not title and not short:
        making.tell("no_title", row, "Commitment Title")
    if theme := making.line(row, "Theme"):
        tree["theme"] = making.text(theme)
    _dates(making, row, tree)
    parts = parts_of(making.taken.out(plain(row.get("Full Text"))), title)
    tree |= {name: making.text(as_markdown(parts.texts[name])) for name in TEXTS if parts.texts.get(name)}
    if address := _page(making, row):
        tree["ogp_url"] = Code(address)
    tree |= _lists(making, row, parts)
    told += _provenance(making, row, tree, parts)
    return {**tree, "provenance": told}


def _identity(making: Making, row: Row, tree: Tree) -> None:
    ogp_id = row.get("Commitment Unique Identifier")
    if ogp_id and making.fits("commitments", "ogp_id", ogp_id):
        tree["ogp_id"] = Code(ogp_id)
    elif ogp_id:
        making.tell("no_ogp_id", row, "Commitment Unique Identifier", value=one_line(ogp_id)[:40])


def _dates(making: Making, row: Row, tree: Tree) -> None:
    """Add the dates of a commitment; those that are no days or run backwards are left out."""
    days = {}
    for column, name in (("Start Date", "start_date"), ("End Date", "end_date")):
        text = row.get(column)
        if text and (day := us_day(text)):
            days[name] = day
        elif text:
            making.tell("no_day", row, column, value=one_line(making.taken.out(plain(text)))[:60])
    if len(days) == 2 and days["start_date"] > days["end_date"]:
        making.tell("days_backwards", row, "Start Date", start=days["start_date"], end=days["end_date"])
        return
    tree.update(days)


def _page(making: Making, row: Row) -> str:
    """Return the address of the commitment's page, empty where the cell holds no address."""
    address = row.get("URL")
    if not address:
        return ""
    if not making.fits("commitments", "ogp_url", address):
        making.tell("no_address", row, "URL")
        return ""
    return address


def _lists(making: Making, row: Row, parts: Parts) -> Mapping[str, Value]:
    areas = []
    for tag in TAGS:
        value = row.cells.get(tag, "").strip()
        if value in ("1", "1.0") and tag in making.tags:
            areas.append(making.tags[tag])
        elif value in ("1", "1.0"):
            making.tell("no_tag", row, tag)
        elif value not in ("0", "0.0") and value not in MISSING:
            making.tell("no_flag", row, tag, value=one_line(value)[:40])
    organisations = _organisations(making, row)
    milestones = [_milestone(making, place, told) for place, told in enumerate(parts.milestones, 1)]
    lists: dict[str, Value] = {
        "policy_areas": [Code(code) for code in sorted(set(areas))],
        "organisations": organisations,
        "milestones": milestones,
    }
    return {name: items for name, items in lists.items() if items}


def _organisations(making: Making, row: Row) -> list[Value]:
    rows: dict[tuple[str, str], Tree] = {}
    for column, is_lead in (("Lead Institution", True), ("Supporting Institution(s)", False)):
        cell = making.taken.out(plain(row.get(column)))
        names, left_out = split_names(cell)
        if left_out:
            making.tell("persons_cell", row, column, count=left_out)
        for name in names:
            if len(name) > 250:
                making.tell("no_name", row, column, length=len(name))
                continue
            words = one_line(name)
            kind = kind_of(words)
            found, is_new = making.organisations.id_of(words)
            if is_new:
                making.new_organisations[found] = (words, kind)
            role = "lead" if is_lead else ROLES.get(kind, "support")
            rows.setdefault((found, role), {"organisation": Code(found), "role": Code(role)})
        if len(names) > 1 and "," in cell:
            making.tell("split_names", row, column, count=len(names))
    return list(rows.values())


def _milestone(making: Making, place: int, told: Told) -> Tree:
    tree: Tree = {"id": Code(f"m{place:02d}"), "number": place, "title": making.text(told.title)}
    tree["title_complete"] = told.is_whole
    if told.start:
        tree["start_date"] = told.start
    if told.due_as_adopted:
        tree["due_as_adopted"] = making.text(told.due_as_adopted)
    if told.due:
        tree["due_baseline"] = told.due
    if told.rest:
        tree["note"] = making.text(as_markdown(told.rest))
    return tree


def _provenance(making: Making, row: Row, tree: Tree, parts: Parts) -> list[Tree]:
    """Return where the values come from; what was read out of prose is inferred."""
    lang = making.wish.language
    localized = ("title", "title_ogp", "theme", *TEXTS)
    as_told = [f"{name}.{lang}" for name in localized[:3] if name in tree]
    as_told += [name for name in ("ogp_id", "start_date", "end_date", "policy_areas") if name in tree]
    texts = [f"{name}.{lang}" for name in TEXTS if name in tree]
    entries = [making.told(as_told, "sourced", source=making.source)] if as_told else []
    if texts:
        note = "" if parts.in_form else "note_whole_text"
        entries.append(making.told(texts, "sourced", source=making.source, note=note))
    if "ogp_url" in tree:
        entries.append(making.told(["ogp_url"], "sourced", source=page_source(tree) or making.source))
    for name in ("organisations", "milestones"):
        if name in tree:
            entries.append(making.told([name], "inferred", source=making.source, note=f"note_{name}"))
    if not row.get("Lead Institution"):
        entries.append(making.told(["lead"], "missing"))
    if parts.texts and "milestones" not in tree:
        making.tell("no_milestones", row, "Full Text")
    return [*entries, *making.missing("commitments", tree, ("values", "policy_areas", "organisations", "milestones"))]


def page_source(tree: Mapping[str, Value]) -> str:
    """Return the id of the source that is the commitment's page, empty where it has no id of OGP."""
    ogp_id = tree.get("ogp_id")
    if not isinstance(ogp_id, Code) or "ogp_url" not in tree:
        return ""
    return "ogp-" + re.sub(r"[^a-z0-9]", "", ogp_id.text.lower())
