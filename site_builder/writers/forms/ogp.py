"""The commitments in the shape of OGP's dataset: its columns, its words for missing. What is not known stays empty.

A column that the content can fill has ND where nothing is recorded: that there is no such value (NA) would be more than
is known. NR stands where nobody has reviewed the plan. A column that the content cannot fill is empty in every row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from site_builder.nouns.edition import Edition
from site_builder.nouns.ogp_dataset import (
    COLUMNS,
    COMPLETION,
    EARLY_RESULTS,
    NO_DATA,
    NOT_REVIEWED,
    OPEN_GOVERNMENT,
    POTENTIAL_FOR_RESULTS,
    POTENTIAL_IMPACT,
    TAGS,
    VALUES,
    Scale,
    tag_code,
)
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.schema import Schemas
from site_builder.readers.date_forms import first_day, last_day
from site_builder.readers.formats import country_name
from site_builder.readers.markdown import plain_field
from site_builder.writers.dataset import Dataset
from site_builder.writers.forms import File
from site_builder.writers.tables import csv_bytes

NAME = "ogp_commitments.csv"
REVIEWS = ("dataset", "results", "review", "design")
"""Kinds of assessments whose codings are the reviewers', in the order in which they are asked."""
CODINGS: Mapping[str, tuple[str, str, Scale]] = {
    "potential_impact": ("Potential Impact", "_Potential Impact", POTENTIAL_IMPACT),
    "potential_for_results": ("Potential for Results", "_Potential for Results", POTENTIAL_FOR_RESULTS),
    "completion": ("Completion (End Of Term)", "_CompletionEndTerm", COMPLETION),
    "early_results": ("Early Results", "_Early Results", EARLY_RESULTS),
    "did_it_open_government": ("Did It Open Government (Overall)", "_OpenGovernment", OPEN_GOVERNMENT),
}
TEXTS = ("problem", "objective", "ambition")

Cells = dict[str, Any]


def plan_files(catalog: Catalog, schemas: Schemas) -> Iterable[str]:
    return [NAME]


def write(dataset: Dataset) -> Iterable[File]:
    edition = dataset.edition
    tags = _tags(edition.catalog)
    rows = [_row(edition, record, tags) for record in edition.catalog.rows("commitments")]
    cells = [[row.get(column, "") for column in COLUMNS] for row in rows]
    yield NAME, csv_bytes(COLUMNS, cells, byte_order_mark=dataset.byte_order_mark)


def _tags(catalog: Catalog) -> Mapping[str, str]:
    """Return the code of each tag that the code list knows."""
    rows = catalog.codes_of.get("policy_areas", ())
    codes = {str(row.get("ogp_tag") or row.get("code")): str(row.get("code")) for row in rows}
    found = {tag: codes.get(tag) or codes.get(tag_code(tag)) for tag in TAGS}
    return {tag: code for tag, code in found.items() if code}


def _row(edition: Edition, record: Record, tags: Mapping[str, str]) -> Cells:
    plan = edition.catalog.by_id["plans"][record.get("plan_id")]
    cells = {
        "Commitment Unique Identifier": record.get("ogp_id") or NO_DATA,
        **_of_plan(edition, plan),
        "Commitment Number": record.get("number"),
        "Commitment Dummy": 1,
        "Theme": _text(edition, record, "theme"),
        **_titles(edition, record),
        "Full Text": _full_text(edition, record) or NO_DATA,
        "Start Date": _us(record.get("start_date")),
        "End Date": _us(record.get("end_date")),
        **_institutions(edition, record),
        **_flags(edition, record, tags),
        **_codings(edition, record, plan),
    }
    return {**cells, "URL": record.get("ogp_url") or NO_DATA}


def _of_plan(edition: Edition, plan: Record) -> Cells:
    country = str(plan.get("country"))
    first, last = first_day(plan.get("period_start")).year, last_day(plan.get("period_end")).year
    submitted = plan.get("submitted_on")
    return {
        "Country/Locality": country_name(country, _language(edition)) or country,
        "Action Plan Number": plan.get("number"),
        "Code": country,
        "Year Of Submission": submitted.year if submitted else NO_DATA,
        "Action Plan End Year": last,
        "Action Plan Duration (Years)": last - first,
        "Action Plan ID": f"AP_{country}{plan.get('number'):02d}",
    }


def _language(edition: Edition) -> Any:
    wanted = edition.catalog.site.get("table_language")
    return next(language for language in edition.catalog.languages if language.code == wanted)


def _text(edition: Edition, record: Record, name: str) -> str:
    """Return a text in the language of the tables; a text that lacks it counts as missing."""
    return str(record.get(f"{name}_{edition.catalog.site.get('table_language')}") or NO_DATA)


def _titles(edition: Edition, record: Record) -> Cells:
    adopted, at_ogp = _text(edition, record, "title"), _text(edition, record, "title_ogp")
    either = adopted if adopted != NO_DATA else at_ogp
    return {"Commitment Title": either, "Short Title": at_ogp if at_ogp != NO_DATA else either}


def _full_text(edition: Edition, record: Record) -> str:
    """Return problem, objective, ambition, note and milestones as one text, each under the name of its field."""
    lang = str(edition.catalog.site.get("table_language"))
    table = edition.schemas["commitments"]
    parts = [
        f"{table.by_name[name].labels.get(lang, name)}: {plain_field(text)}"
        for name in TEXTS
        if (text := record.get(f"{name}_{lang}"))
    ]
    lines = [_milestone(edition, child) for child in edition.catalog.children(record, "milestones")]
    if lines:
        label = edition.schemas["milestones"].labels.get(lang, "milestones")
        parts.append("\n".join([f"{label}:", *lines]))
    return "\n\n".join(parts)


def _milestone(edition: Edition, record: Record) -> str:
    term = " - ".join(_us(day) for day in (record.get("start_date"), record.get("due_baseline")) if day)
    told = f"{record.get('number')}. {_text(edition, record, 'title')}"
    return f"{told} ({term})" if term else told


def _us(day: date | None) -> str:
    return f"{day.month}/{day.day}/{day.year}" if day else NO_DATA


def _institutions(edition: Edition, record: Record) -> Cells:
    named: dict[bool, list[str]] = {True: [], False: []}
    for row in edition.catalog.children(record, "commitment_organisations"):
        organisation = edition.catalog.by_id["organisations"][row.get("organisation_id")]
        name = _text(edition, organisation, "name")
        named[row.get("role") == "lead"].append(name)
    joined = {is_lead: "; ".join(names) or NO_DATA for is_lead, names in named.items()}
    return {"Lead Institution": joined[True], "Supporting Institution(s)": joined[False]}


def _flags(edition: Edition, record: Record, tags: Mapping[str, str]) -> Cells:
    """Return 1 and 0 for each tag; where no policy area is recorded nobody says that a tag does not hold."""
    areas = {row.get("policy_area_code") for row in edition.catalog.children(record, "commitment_policy_areas")}
    return {tag: int(code in areas) if areas else NO_DATA for tag, code in tags.items()}


def _codings(edition: Edition, record: Record, plan: Record) -> Cells:
    catalog = edition.catalog
    reviews = [row for row in catalog.referring("assessments", "plan_id", plan.id) if row.get("kind") in REVIEWS]
    unknown = NO_DATA if reviews else NOT_REVIEWED
    order = {row.id: (REVIEWS.index(str(row.get("kind"))), row.id) for row in reviews}
    findings = sorted(
        (
            row
            for row in catalog.referring("assessment_findings", "commitment_id", record.id)
            if row.get("assessment_id") in order
        ),
        key=lambda row: order[row.get("assessment_id")],
    )
    cells: Cells = {}
    for name, (column, number_column, scale) in CODINGS.items():
        code = _first(findings, name)
        word, number = scale.get(str(code), (unknown, unknown))
        cells |= {column: word, number_column: number}
    verifiable, relevant = _first(findings, "verifiable"), _first(findings, "relevant")
    starred = _first(findings, "starred")
    cells["Verifiable"] = unknown if verifiable is None else "Yes" if verifiable else "No"
    cells["_Relevant"] = unknown if relevant is None else int(relevant)
    cells["Starred (Current Formula) End of Term"] = unknown if starred is None else int(starred)
    found = next((values for row in findings if (values := _values(catalog, row))), None)
    return cells | {column: int(code in found) if found else unknown for code, column in VALUES.items()}


def _first(findings: Iterable[Record], name: str) -> Any:
    return next((value for row in findings if (value := row.get(name)) is not None), None)


def _values(catalog: Catalog, finding: Record) -> set[Any]:
    return {row.get("value_code") for row in catalog.children(finding, "finding_values")}
