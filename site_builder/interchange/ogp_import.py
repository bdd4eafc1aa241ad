"""Owns the story of an import: rows of OGP's dataset in, files of the content and what could not be taken over out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from site_builder.checks.personal_data import shaped
from site_builder.interchange.code_lists import code_lists, codes_by_tag
from site_builder.interchange.making import Making, Say, Tree, Wish
from site_builder.interchange.names import Register, compared
from site_builder.interchange.ogp_commitment import commitment_tree, page_source
from site_builder.interchange.ogp_findings import CODINGS, FLAGS, YEARS, assessment_tree, finding_tree
from site_builder.interchange.ogp_records import dataset_tree, organisation_tree, page_tree, plan_tree, site_tree
from site_builder.interchange.ogp_rows import NEEDED, Row, Selection, whole_number
from site_builder.interchange.prose import Taken
from site_builder.interchange.remarks import Remark, remark
from site_builder.nouns.ogp_dataset import MISSING, TAGS, VALUES
from site_builder.nouns.schema import Schemas
from site_builder.readers.content import language_codes
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping as Node
from site_builder.readers.yaml_tree import Scalar
from site_builder.writers.yaml_text import yaml_text

Files = Mapping[str, bytes]
POLICY_AREAS = "codelists/policy_areas.yaml"
_PLAN_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
USED = frozenset(
    {
        *NEEDED,
        *TAGS,
        *VALUES.values(),
        *YEARS.values(),
        *(column for flags in FLAGS.values() for column in flags.values()),
        *(name for codings in CODINGS.values() for word, number, _ in codings.values() for name in (word, number)),
        *("Short Title", "Theme", "Start Date", "End Date", "Lead Institution", "Supporting Institution(s)", "URL"),
        *("National Or Local", "Year Of Submission", "Action Plan End Year", "Action Plan Duration (Years)"),
        "Action Plan ID",
    }
)
"""Columns that are taken over, or say the same as one that is."""


@dataclass(frozen=True)
class Place:
    """Where an import goes: the content that is there, and what the program brings along."""

    existing: Files
    shipped_lists: Files
    """Code lists of the program, by their path in the content."""
    schemas: Schemas


@dataclass
class Imported:
    """What an import made; with errors there is nothing to be written."""

    files: dict[str, bytes] = field(default_factory=dict)
    errors: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)
    """What was taken out because it is about persons, by kind."""
    unused: Counter[str] = field(default_factory=Counter)
    """Cells with a value in columns that have no place in the content."""
    counts: Counter[str] = field(default_factory=Counter)
    """Records made, by table."""
    plans: list[str] = field(default_factory=list)


def language_for(existing: Files, asked: str, spoken: Sequence[str]) -> str:
    """Return the language of the site in which the program says what is its own; `spoken` begins with the default."""
    codes = language_codes(existing.get("site.yaml", b"")) or (asked, spoken[0])
    return next((code for code in dict.fromkeys((asked, *codes)) if code in spoken and code in codes), "")


def import_plans(selection: Selection, wish: Wish, place: Place, *, say: Say, sha256: str) -> Imported:
    """Return the files of the plans that were asked for; nothing that exists is changed."""
    done = Imported(errors=list(selection.errors), remarks=list(selection.remarks))
    site = place.existing.get("site.yaml")
    languages = language_codes(site) if site else tuple(dict.fromkeys((wish.language, wish.spoken)))
    if wish.language not in languages or not wish.spoken:
        done.errors.append(remark("language_of_site", language=wish.language, known=", ".join(languages)))
    if done.errors or not selection.rows:
        return done
    code = selection.rows[0].get("Code").upper()
    policy_areas = place.existing.get(POLICY_AREAS) or place.shipped_lists.get(POLICY_AREAS, b"")
    making = Making(
        wish,
        place.schemas,
        say,
        codes_by_tag(policy_areas),
        f"ogp-dataset-{sha256[:8]}",
        Taken(_shapes(site)),
        _known_organisations(place.existing),
    )
    if not re.fullmatch("[A-Z]{3}", code):
        done.errors.append(remark("country_code", row=selection.rows[0].line, value=code[:20]))
        return done
    _plans(making, selection.rows, done)
    making.trees[f"sources/{making.source}.yaml"] = dataset_tree(making, sha256=sha256, rows=selection.read)
    for found, (name, kind) in making.new_organisations.items():
        making.trees[f"organisations/{found}.yaml"] = organisation_tree(making, name, kind)
    if site is None and done.plans:
        country = making.line(selection.rows[0], "Country/Locality") or code
        making.trees["site.yaml"] = site_tree(making, done.plans[-1], country=country, code=code)
    lists = code_lists(place.shipped_lists, languages, country=code)
    made = {path: content for path, content in lists if path not in place.existing}
    made |= {path: yaml_text(tree).encode("utf-8") for path, tree in making.trees.items()}
    _conclude(making, made, place.existing, done)
    done.unused.update(_unused(selection.rows))
    return done


def _shapes(site: bytes | None) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what finds the country's numbers, where the site that is there names their shapes."""
    root, _ = parse_yaml("site.yaml", site or b"")
    named = {"mobile_number_shapes": "phone", "personal_number_shapes": "personal_number"}
    told = {
        named[key.text]: shaped(node.text)
        for key, node in (root.entries if root else ())
        if key.text in named and isinstance(node, Scalar)
    }
    return tuple((kind, pattern) for kind, pattern in told.items() if pattern is not None)


def _known_organisations(existing: Files) -> Register:
    """Return the organisations that the content has, by every name under which it knows them."""
    register = Register()
    for path, content in existing.items():
        if not (path.startswith("organisations/") and path.endswith(".yaml")):
            continue
        found = path.removeprefix("organisations/").removesuffix(".yaml")
        register.taken.add(found)
        root, _ = parse_yaml(path, content)
        for key, node in root.entries if root else ():
            if key.text == "name" and isinstance(node, Node):
                for _, text in node.entries:
                    if isinstance(text, Scalar):
                        register.known.setdefault(compared(text.text), found)
    return register


def _plans(making: Making, rows: Sequence[Row], done: Imported) -> None:
    by_plan: dict[int, list[Row]] = {}
    for row in rows:
        by_plan.setdefault(whole_number(row.get("Action Plan Number")) or 0, []).append(row)
    for number, members in sorted(by_plan.items()):
        plan = _plan_id(making.wish, number, members)
        if not _PLAN_ID.fullmatch(plan) or plan in done.plans:
            done.errors.append(remark("plan_id", plan=number, value=plan[:40]))
            continue
        tree = plan_tree(making, members, number)
        if tree is None:
            done.errors.append(remark("plan_years", row=members[0].line, plan=number))
            continue
        done.plans.append(plan)
        making.trees[f"plans/{plan}/plan.yaml"] = tree
        numbered = _numbered(making, _once(making, members))
        for place, row in sorted(numbered.items()):
            commitment = commitment_tree(making, row, place)
            making.trees[f"plans/{plan}/commitments/{_short(place)}.yaml"] = commitment
            if page := page_source(commitment):
                making.trees[f"sources/{page}.yaml"] = page_tree(making, commitment)
        _assessments(making, plan, numbered)


def _plan_id(wish: Wish, number: int, rows: Sequence[Row]) -> str:
    if number in wish.plan_ids:
        return wish.plan_ids[number]
    is_local = rows[0].get("National Or Local").casefold() not in ("", "national")
    return (wish.pattern or ("lap{number}" if is_local else "nap{number}")).replace("{number}", str(number))


def _short(number: int) -> str:
    return f"c{number:02d}"


def _once(making: Making, rows: Iterable[Row]) -> list[Row]:
    """Return the rows of a plan without those that repeat a commitment."""
    first: dict[str, Row] = {}
    for row in rows:
        key = row.get("Commitment Unique Identifier") or f"row {row.line}"
        known = first.setdefault(key, row)
        if known is not row:
            kind = "row_twice" if known.cells == row.cells else "row_twice_differs"
            making.tell(kind, row, "Commitment Unique Identifier", first=known.line)
    return list(first.values())


def _numbered(making: Making, rows: Sequence[Row]) -> dict[int, Row]:
    """Return the rows by the number of the commitment; where it is none or taken, by the next that is free."""
    numbered: dict[int, Row] = {}
    later = []
    for row in rows:
        number = whole_number(row.get("Commitment Number"))
        if number is None or number in numbered:
            later.append(row)
        else:
            numbered[number] = row
    for row in later:
        number = max(numbered, default=0) + 1
        numbered[number] = row
        written = making.line(row, "Commitment Number")[:20]
        making.tell("number_given", row, "Commitment Number", value=written, number=number)
    return numbered


def _assessments(making: Making, plan: str, numbered: Mapping[int, Row]) -> None:
    for report in CODINGS:
        findings: dict[str, Tree] = {}
        for number, row in sorted(numbered.items()):
            if tree := finding_tree(making, row, report):
                findings[_short(number)] = tree
        if findings:
            rows = list(numbered.values())
            making.trees[f"plans/{plan}/assessments/ogp-dataset-{report}.yaml"] = assessment_tree(
                making, report, findings, rows
            )


def _conclude(making: Making, made: Mapping[str, bytes], existing: Files, done: Imported) -> None:
    """Keep the files that are new; refuse those that would change what is there."""
    for path, content in sorted(made.items()):
        if path not in existing:
            done.files[path] = content
            done.counts[_kind(path)] += 1
        elif existing[path] != content:
            done.errors.append(remark("file_exists", file=path))
    for path, tree in making.trees.items():
        if "/commitments/" in path:
            done.counts["milestones"] += _length(tree.get("milestones"))
    done.remarks += making.remarks
    done.removed = making.taken.counts


def _kind(path: str) -> str:
    parts = path.split("/")
    return parts[2] if parts[0] == "plans" and len(parts) == 4 else "plans" if parts[0] == "plans" else parts[0]


def _length(items: object) -> int:
    return len(items) if isinstance(items, list) else 0


def _unused(rows: Iterable[Row]) -> Iterable[str]:
    for row in rows:
        for column, cell in row.cells.items():
            if column not in USED and cell.strip() not in MISSING | {"0", "0.0"}:
                yield column
