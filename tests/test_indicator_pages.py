"""What the pages of indicators promise: the numbers of the tables, what is not known, a chart that hides no gap."""

from __future__ import annotations

import csv
import gzip
import io
import re

import pytest
from conftest import Files

from site_builder.composition import Checked
from site_builder.writers.charts.trend import Dot, Goal, Line, Trend, draw_trend, pieces

CHART_BUDGET = 1536


def page(files: Files, slug: str, language: str = "en") -> str:
    return files[f"{language}/{slug}index.html"].decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def rows(files: Files, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/latest/{table}.csv"].decode("utf-8-sig"))))


def chart(*dots: Dot, goals: tuple[Goal, ...] = ()) -> Trend:
    return Trend("t", (Line("", dots),), goals, "Title", "What it shows.", str)


@pytest.mark.parametrize("language", ["en", "mn"])
def test_every_indicator_has_a_page_to_which_the_list_leads(real: Checked, real_outputs: Files, language: str) -> None:
    listed = page(real_outputs, "indicators/", language)
    for record in real.catalog.rows("indicators"):
        assert f'href="{record.id}/"' in listed or f'href="{record.id}/index.html"' in listed
        assert f"{language}/indicators/{record.id}/index.html" in real_outputs


def test_without_indicators_there_is_no_list_and_nothing_leads_to_it(fictional_outputs: Files) -> None:
    assert not [
        path
        for path in fictional_outputs
        if "/indicators/" in path and path.endswith("index.html") and "/data/" not in path
    ]
    assert ">Indicators</a></li>" not in page(fictional_outputs, "data/")


def test_every_value_stands_on_the_page_of_its_indicator(real_outputs: Files) -> None:
    of_series = {row["series_id"]: row["indicator_id"] for row in rows(real_outputs, "series")}
    numbers: dict[str, set[str]] = {}
    for row in rows(real_outputs, "observations"):
        numbers.setdefault(of_series[row["series_id"]], set()).add(row["value"])
    assert len(numbers) > 20
    for indicator, values in numbers.items():
        shown = words(page(real_outputs, f"indicators/{indicator}/")).replace(",", "")
        assert not {value for value in values if value and value not in shown}, indicator


def test_each_method_says_what_the_table_says_or_why_it_says_nothing(real_outputs: Files) -> None:
    labels = {(row["list"], row["code"]): row["label_en"] for row in rows(real_outputs, "codelists")}
    for row in rows(real_outputs, "progress"):
        text = words(page(real_outputs, f"indicators/{row['indicator_id']}/")).casefold()
        assert labels["progress_methods", row["method"]].casefold() in text
        said = labels["progress_statuses", row["status"]]
        reason = f": {labels['progress_reasons', row['reason']]}" if row["reason"] else ""
        assert f"{said}{reason}".casefold() in text, row["progress_id"]


def test_a_target_says_who_set_it_and_a_missing_one_is_said_to_be_missing(real_outputs: Files) -> None:
    text = words(page(real_outputs, "indicators/basic-sanitation/"))
    assert "100 per cent by 2030 (set by the Sustainable Development Goals)" in text
    assert "no target is set in our sources" in words(page(real_outputs, "indicators/poverty-national/"))


def test_a_break_is_drawn_and_said(real_outputs: Files) -> None:
    html = page(real_outputs, "indicators/poverty-national/")
    assert 'stroke-dasharray="2 4"' in html
    assert "not to be compared" in words(html)
    assert "Break in the series" in words(html)


def test_a_chart_is_small_and_explained(real_outputs: Files) -> None:
    drawn = [
        found[0]
        for path, content in real_outputs.items()
        if "/indicators/" in path and (found := re.search(r'<svg class="trend".*</svg>', content.decode()))
    ]
    assert len(drawn) > 34
    for svg in drawn:
        assert len(gzip.compress(svg.encode())) <= CHART_BUDGET
        assert "style=" not in svg
        assert re.search(r'<title id="trend-t">.+</title><desc id="trend-d">.+</desc>', svg)


def test_a_line_joins_nothing_across_a_gap_or_a_break() -> None:
    gap = (Dot(2000, 1), Dot(2001, 2), Dot(2002, 2), Dot(2007, 9))
    assert [len(piece) for piece in pieces(gap)] == [3, 1]
    broken = (Dot(2000, 1), Dot(2001, 2), Dot(2002, 2, is_after_break=True))
    assert [len(piece) for piece in pieces(broken)] == [2, 1]
    assert [len(piece) for piece in pieces((Dot(2010, 1), Dot(2012, 1), Dot(2014, 1)))] == [3]


@pytest.mark.parametrize("value", [0.0, -3.5, 1e-7, 1e12])
def test_any_numbers_can_be_drawn(value: float) -> None:
    drawn = draw_trend(chart(Dot(2020, value)))
    assert "nan" not in drawn
    assert "<circle" in drawn


def test_the_scale_holds_every_value_and_target_and_has_round_ends() -> None:
    scale = chart(Dot(2000, 43.3), Dot(2020, 74.2), goals=(Goal(2030, 100, "target"),)).scale
    assert (scale[0], scale[-1]) == (0, 100)
    assert float(chart(Dot(2000, -2.2), Dot(2001, 3.1)).scale[0]) <= -2.2


def test_a_page_names_the_outcomes_and_the_commitments_numbers_and_marks_illustrations(real_outputs: Files) -> None:
    titles = {row["outcome_id"]: row for row in rows(real_outputs, "outcomes")}
    for link in rows(real_outputs, "outcome_indicators"):
        html = page(real_outputs, f"indicators/{link['indicator_id']}/")
        assert titles[link["outcome_id"]]["title_en"] in words(html)
        assert "illustrative" in words(html[html.index('id="links"') :]) or link["illustrative"] == "false"
    measures = {row["measure_id"]: row for row in rows(real_outputs, "measures")}
    for link in rows(real_outputs, "indicator_measures"):
        html = page(real_outputs, f"indicators/{link['indicator_id']}/")
        assert re.search(rf"commitments/{measures[link['measure_id']]['commitment_id']}/[^>]*>[^<]", html)
    notice = "it is not a decision of the programme"
    for row in rows(real_outputs, "indicators"):
        assert (notice in page(real_outputs, f"indicators/{row['indicator_id']}/")) == (row["illustrative"] == "true")
