"""Owns the import of a tree of Open SDG: its tables, metadata and configuration as indicators of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from site_builder.interchange.making import Tree
from site_builder.interchange.names import slug
from site_builder.interchange.prose import Taken
from site_builder.interchange.series.ledger import Ledger, Left
from site_builder.interchange.series.mapping import INDICATOR, UNIT
from site_builder.interchange.series.open_sdg_files import sorted_out
from site_builder.interchange.series.open_sdg_progress import tell_progress
from site_builder.interchange.series.open_sdg_record import Telling, tell_record, tell_rest
from site_builder.interchange.series.open_sdg_sources import tell_sources
from site_builder.interchange.series.rows import Table, Terms
from site_builder.interchange.series.subjects import Subject
from site_builder.interchange.series.table import read_table
from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.record import Catalog
from site_builder.readers.layout import TOTAL
from site_builder.readers.usual_words import SERIES
from site_builder.writers.yaml_text import Code

Files = Mapping[str, bytes]
_SERIES_CODE = re.compile(r"[A-Z]{2}(?:_[A-Z0-9]+)+")
"""The code of a series at the United Nations, such as SI_POV_NAHC; anything else is a name."""


@dataclass
class Found:
    """What a tree holds."""

    subjects: list[Subject] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    sources: dict[str, Tree] = field(default_factory=dict)
    """Sources that the content does not have, by id."""
    findings: list[Diagnostic] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)


@dataclass(frozen=True)
class Naming:
    """How texts are told and ids are made."""

    language: str
    pattern: str
    folder: str
    """Name of the tree in findings."""


def subjects_of(files: Files, naming: Naming, catalog: Catalog, terms: Terms) -> Found:
    """Return the indicators of a tree that have data, each with its rows and what is told of it."""
    done = Found()
    papers, done.findings = sorted_out(files, catalog.codes, naming.language, done.ledger)
    taken = Taken()
    for name, paper in papers.items():
        if not paper.data:
            first = paper.said[0].file if paper.said else name
            done.ledger.add(Left(first, "", "no_data", name))
            continue
        table = read_table(paper.data, files[paper.data], terms)
        done.tables.append(table)
        if not table.rows and not table.findings:
            done.ledger.add(Left(paper.data, "", "no_data", name))
            continue
        for subject in _split(_id(name, naming, terms), table, done.ledger, terms.mapped.codes.get(SERIES, {})):
            _check_id(subject, done, terms)
            telling = Telling(paper, terms, catalog, done.ledger, taken)
            _tell(telling, subject, done, naming.language)
            done.subjects.append(subject)
    for kind, number in taken.counts.items():
        if number:
            done.ledger.add(Left(naming.folder, "", "person", kind), count=number)
    return done


def _id(name: str, naming: Naming, terms: Terms) -> str:
    """Return the id of an indicator: as the mapping says, else by the pattern."""
    made = naming.pattern.replace("{id}", name.lower().replace(".", "-").replace("_", "-"))
    return terms.mapped.codes.get(INDICATOR, {}).get(name, made)


def _split(indicator: str, table: Table, ledger: Ledger, short: Mapping[str, str]) -> list[Subject]:
    """Return one subject a series and unit of a table: with several, each is an indicator of its own.

    `short` has what the mapping says for the id, by series or unit as written.
    """
    series = {row.group.series: None for row in table.rows}
    units = {row.group.unit_as_written: None for row in table.rows}
    subjects: dict[tuple[str, str], Subject] = {}
    taken: set[str] = set()
    for row in table.rows:
        key = (row.group.series, row.group.unit_as_written)
        if key not in subjects:
            parts = [key[0] if len(series) > 1 else "", key[1] if len(units) > 1 else ""]
            ends = [short.get(part) or _short(part) for part in parts if part]
            name = _free("-".join([indicator, *ends]), taken)
            subjects[key] = Subject(name, table, series=key[0], unit_as_written=key[1])
            if len(series) > 1 or len(units) > 1:
                told = [key[0]] if key[0] else []
                told += [key[1]] if len(units) > 1 and key[1] else []
                subjects[key].part = ", ".join(told)
                ledger.add(Left(table.file, "", "split", subjects[key].part, (("indicator", name),)), row.line)
        subjects[key].rows.append(row)
        row.group.indicator = subjects[key].indicator
    return list(subjects.values()) or [Subject(indicator, table)]


def _short(text: str) -> str:
    return slug(text) or ("percent" if text.strip() == "%" else "x" if text else "")


def _free(name: str, taken: set[str]) -> str:
    """Return an id that no other part of the same table has."""
    found_free = next(made for made in chain([name], (f"{name}-{n}" for n in count(2))) if made not in taken)
    taken.add(found_free)
    return found_free


def _check_id(subject: Subject, done: Found, terms: Terms) -> None:
    """Report an id that is none, or that two tables would share."""
    indicators = terms.grammar.schemas["indicators"]
    _, problem = terms.grammar.reader(indicators, indicators.by_name["indicator_id"])(subject.indicator)
    place = Location(subject.table.file)
    if problem is not None:
        values = {**dict(problem.arguments), "key": INDICATOR}
        meant = problem.suggestion
        done.findings.append(found(problem.name, place, values.items(), field=INDICATOR, suggestion=meant))
    for other in done.subjects:
        if other.indicator == subject.indicator:
            values = {"value": subject.indicator, "other": other.table.file}
            done.findings.append(found("series-indicator-twice", place, values.items(), field=INDICATOR))


def _tell(telling: Telling, subject: Subject, done: Found, language: str) -> None:
    """Fill the tree of a subject; of an indicator that exists nothing is changed."""
    if telling.catalog.find("indicators", subject.indicator) is not None:
        files = {said.file: None for said in telling.papers.said}
        for file in files:
            done.ledger.add(Left(file, "", "record_kept", subject.indicator))
        return
    unit = next((row.group.facts[UNIT] for row in subject.rows if UNIT in row.group.facts), "")
    if unit:
        telling.tree[UNIT] = Code(unit)
    tell_record(telling, has_rows=bool(subject.rows))
    tell_sources(telling, done.sources, language)
    tell_progress(telling, subject)
    tell_rest(telling)
    _name_parts(telling, subject)
    subject.tree = telling.tree


def _name_parts(telling: Telling, subject: Subject) -> None:
    """Add to the name the part of the table that the indicator is; the code of its only series has a field."""
    names = telling.tree.get("name")
    part = subject.part or subject.series
    if not subject.part and _SERIES_CODE.fullmatch(part):
        telling.tree["series"] = list(_coded(subject, part, telling.terms.dimensions))
        return
    if part and isinstance(names, dict):
        telling.tree["name"] = {code: f"{text}: {part}" for code, text in names.items()}


def _coded(subject: Subject, code: str, dimensions: tuple[str, ...]) -> Iterator[Tree]:
    """Yield each breakdown of an indicator with the code of the series at its publisher."""
    for codes in dict.fromkeys(row.group.codes for row in subject.rows):
        named = zip(dimensions, codes, strict=True)
        yield {"series_code": Code(code), **{name: Code(own) for name, own in named if own != TOTAL}}
