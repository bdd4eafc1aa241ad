"""Owns what a row of OGP's dataset says of the reviews: codings of the design and of the results, by OGP's scales."""

from __future__ import annotations

from collections.abc import Mapping

from site_builder.interchange.making import Making, Tree
from site_builder.interchange.ogp_rows import Row
from site_builder.nouns.ogp_dataset import (
    COMPLETION,
    EARLY_RESULTS,
    OPEN_GOVERNMENT,
    POTENTIAL_FOR_RESULTS,
    POTENTIAL_IMPACT,
    VALUES,
    Scale,
)
from site_builder.writers.yaml_text import Code, Value

Coding = tuple[str, str, Scale]
"""Column of the word, column of the number, scale."""

CODINGS: Mapping[str, Mapping[str, Coding]] = {
    "design": {
        "potential_impact": ("Potential Impact", "_Potential Impact", POTENTIAL_IMPACT),
        "potential_for_results": ("Potential for Results", "_Potential for Results", POTENTIAL_FOR_RESULTS),
        "completion": ("Completion (Progress Report)", "_CompletionProgress", COMPLETION),
    },
    "results": {
        "completion": ("Completion (End Of Term)", "_CompletionEndTerm", COMPLETION),
        "early_results": ("Early Results", "_Early Results", EARLY_RESULTS),
        "did_it_open_government": ("Did It Open Government (Overall)", "_OpenGovernment", OPEN_GOVERNMENT),
    },
}
"""Codings by the report that made them, and by our field."""
FLAGS: Mapping[str, Mapping[str, str]] = {
    "design": {
        "verifiable": "Verifiable",
        "relevant": "_Relevant",
        "starred": "Starred (Current Formula) Progress Report",
    },
    "results": {"starred": "Starred (Current Formula) End of Term"},
}
YEARS: Mapping[str, str] = {
    "design": "Report Publication Year (Progress Report)",
    "results": "Report Publication Year (End Of Term)",
}
_YES, _NO = frozenset({"1", "1.0", "yes", "true"}), frozenset({"0", "0.0", "no", "false"})


def finding_tree(making: Making, row: Row, report: str) -> Tree:
    """Return the codings that one of the two reports gave a commitment; empty where it gave none."""
    tree: Tree = {}
    for name, column in FLAGS[report].items():
        if name != "starred" and (answer := _flag(making, row, column)) is not None:
            tree[name] = answer
    if report == "design":
        values = [code for code, column in VALUES.items() if _flag(making, row, column)]
        if values:
            tree["ogp_values"] = [Code(code) for code in values]
    for name, coding in CODINGS[report].items():
        if code := _coded(making, row, coding):
            tree[name] = Code(code)
    if tree and (starred := _flag(making, row, FLAGS[report]["starred"])) is not None:
        tree["starred"] = starred
    return tree


def _flag(making: Making, row: Row, column: str) -> bool | None:
    text = row.get(column).casefold()
    if text in _YES or text in _NO:
        return text in _YES
    if text:
        making.tell("no_flag", row, column, value=making.line(row, column)[:40])
    return None


def _coded(making: Making, row: Row, coding: Coding) -> str:
    """Return our code for a word of a scale; a number beside it that says something else is remarked."""
    column, number_column, scale = coding
    word = row.get(column)
    code = next((code for code, (name, _) in scale.items() if name.casefold() == word.casefold()), "")
    if word and not code:
        making.tell("no_coding", row, column, value=making.line(row, column)[:60])
    number = row.get(number_column).removesuffix(".0")
    if code and number and number != str(scale[code][1]):
        making.tell("coding_differs", row, column, value=word, number=number[:10])
    return code


def assessment_tree(making: Making, report: str, findings: Mapping[str, Tree], rows: list[Row]) -> Tree:
    """Return the assessment of a plan by one of its two reports; `findings` by the short id of the commitment."""
    years = {year for row in rows if (year := row.get(YEARS[report]).removesuffix(".0"))}
    year = years.pop() if len(years) == 1 else ""
    tree: Tree = {"assessor": making.own(f"assessor_{report}"), "kind": Code("dataset")}
    if year.isascii() and year.isdigit() and 2000 <= int(year) <= 2100:
        tree["published_on"] = Code(year)
    items: list[Value] = [{"commitment": Code(short), **finding} for short, finding in findings.items()]
    told = [
        making.told(
            [f"assessor.{making.wish.spoken}", f"note.{making.wish.spoken}"], "own_words", source=making.source
        ),
        making.told(["kind", "source", "findings"], "sourced", source=making.source),
    ]
    if "published_on" in tree:
        told.append(making.told(["published_on"], "sourced", source=making.source, note="note_report_year"))
    else:
        told.append(making.told(["published_on"], "missing"))
    tree |= {"source": Code(making.source), "note": making.own("note_findings")}
    return {**tree, "findings": items, "provenance": told}
