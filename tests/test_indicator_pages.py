"""What the pages of indicators promise: the numbers of the tables, what is not known, a chart that hides no gap."""

from __future__ import annotations

import csv
import gc
import gzip
import io
import json
import re
from datetime import date
from html import escape

import pytest
from conftest import Files
from jsonschema import Draft202012Validator
from lxml import etree

from site_builder.composition import Checked, edition
from site_builder.derive.framework_reports import Ground
from site_builder.writers.charts.multiples import Multiples, Said
from site_builder.writers.charts.plot import Goal, Line, Plot
from site_builder.writers.charts.sheet import Drawing, Sheet, draw_sheet
from site_builder.writers.charts.trend import Trend, draw_trend
from site_builder.writers.html import Press

CHART_BUDGET = 1536


def page(files: Files, slug: str, language: str = "en") -> str:
    return files[f"{language}/{slug}index.html"].decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def rows(files: Files, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[f"data/latest/{table}.csv"].decode("utf-8-sig"))))


@pytest.mark.parametrize("language", ["en", "mn"])
def test_every_indicator_has_a_page_to_which_the_list_leads(real: Checked, real_outputs: Files, language: str) -> None:
    listed = page(real_outputs, "indicators/", language)
    for record in real.catalog.rows("indicators"):
        assert f'href="{record.id}/"' in listed or f'href="{record.id}/index.html"' in listed
        assert f"{language}/indicators/{record.id}/index.html" in real_outputs
    assert re.search(r'<a href="indicators/(index\.html)?">', page(real_outputs, "", language))


def test_without_indicators_there_is_no_list_and_nothing_leads_to_it(fictional_outputs: Files) -> None:
    assert not [
        path
        for path in fictional_outputs
        if "/indicators/" in path and path.endswith("index.html") and "/data/" not in path and "/fields/" not in path
    ]
    for there in ("", "data/"):
        assert ">Indicators</a></li>" not in page(fictional_outputs, there)


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


def test_several_series_are_told_together_with_how_many_count(real_outputs: Files) -> None:
    together = [row for row in rows(real_outputs, "progress_summary") if int(row["question_count"]) > 1]
    for row in together:
        told = words(page(real_outputs, f"indicators/{row['indicator_id']}/"))
        said = f"the mean of {row['assessed_count']} series and targets of {row['question_count']}"
        assert (said in told) == (int(row["assessed_count"]) > 1)
    assert any(int(row["assessed_count"]) > 1 for row in together)


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
    assert Line((2000, 2001, 2002, 2007), (1, 2, 2, 9)).pieces() == [(0, 3), (3, 4)]
    assert Line((2000, 2001, 2002), (1, 2, 2), breaks=(2,)).pieces() == [(0, 2), (2, 3)]
    assert Line((2010, 2012, 2014), (1, 1, 1), breaks=(0,)).pieces() == [(0, 3)]


@pytest.mark.parametrize("value", [0.0, -3.5, 1e-7, 1e12])
def test_any_numbers_can_be_drawn(value: float) -> None:
    drawn = draw_trend(Trend("t", Plot((Line((2020,), (value,)),)), ("",), (), "Title", "What it shows.", str))
    assert "nan" not in drawn
    assert "<circle" in drawn


def test_the_scale_holds_every_value_and_target_and_has_round_ends() -> None:
    scale = Plot((Line((2000, 2020), (43.3, 74.2)),), (Goal(2030, 100),)).scale
    assert (scale[0], scale[-1]) == (0, 100)
    assert float(Plot((Line((2000, 2001), (-2.2, 3.1)),)).scale[0]) <= -2.2


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
        commitment = page(real_outputs, f"commitments/{measures[link['measure_id']]['commitment_id']}/")
        named = re.escape(escape(measures[link["measure_id"]]["name_en"], quote=False))
        there = f"indicators/{link['indicator_id']}/"
        assert re.search(rf'<th scope="row">{named}(?:(?!</th>).)*href="[^"]*{there}', commitment), link
    notice = "it is not a decision of the programme"
    for row in rows(real_outputs, "indicators"):
        assert (notice in page(real_outputs, f"indicators/{row['indicator_id']}/")) == (row["illustrative"] == "true")


def test_the_files_of_an_indicator_hold_all_its_values_and_stand_on_its_page_with_their_size(
    real_outputs: Files,
) -> None:
    indicator = {row["series_id"]: row["indicator_id"] for row in rows(real_outputs, "series")}
    values: dict[str, list[dict[str, str]]] = {row["indicator_id"]: [] for row in rows(real_outputs, "indicators")}
    for row in rows(real_outputs, "observations"):
        values[indicator[row["series_id"]]].append(row)
    for name, expected in values.items():
        assert rows(real_outputs, f"indicators/{name}") == expected, name
        told = json.loads(real_outputs[f"data/latest/indicators/{name}.json"])
        inside = [row for series in told["indicator"]["series"] for row in series["observations"]]
        assert sorted(row["observation_id"] for row in inside) == sorted(row["observation_id"] for row in expected)
        assert set(told["codes"]["units"][told["indicator"]["unit"]]) == {
            f"{word}_{code}" for word in ("label", "definition") for code in ("en", "mn")
        }
        html = page(real_outputs, f"indicators/{name}/", "mn")
        for ending in ("csv", "json"):
            size = len(real_outputs[f"data/latest/indicators/{name}.{ending}"])
            assert re.search(
                rf'href="\.\./\.\./\.\./data/latest/indicators/{name}\.{ending}"[^(]*\({size:,} байт\)', html
            )
        drawn = real_outputs.get(f"mn/indicators/{name}/chart.svg")
        assert drawn is None or f'href="chart.svg" download>chart.svg</a> ({len(drawn):,} байт)' in html
    assert any(path.endswith("/chart.svg") for path in real_outputs)


def test_the_json_of_an_indicator_is_as_its_description_says(real_outputs: Files) -> None:
    described = json.loads(real_outputs["data/openapi.json"])
    schema = {"$ref": "#/components/schemas/indicator_file", "components": described["components"]}
    judge = Draft202012Validator(schema)
    for name in ("unemployment-rate", "fine-particles", "basic-sanitation"):
        judge.validate(json.loads(real_outputs[f"data/latest/indicators/{name}.json"]))


@pytest.mark.parametrize("language", ["en", "mn"])
def test_a_chart_as_a_file_has_its_own_colours_title_and_description(real_outputs: Files, language: str) -> None:
    drawn = 0
    for row in rows(real_outputs, "indicators"):
        content = real_outputs.get(f"{language}/indicators/{row['indicator_id']}/chart.svg")
        if content is None:
            continue
        drawn += 1
        svg = etree.fromstring(content)
        named = {"s": "http://www.w3.org/2000/svg"}
        assert svg.findtext("s:title", namespaces=named) == row[f"name_{language}"]
        assert svg.findtext("s:desc", namespaces=named)
        assert not svg.xpath("//*[@class or @style]")
        assert "chart.svg" in page(real_outputs, f"indicators/{row['indicator_id']}/", language)
    assert drawn > 20


def test_the_lines_of_a_sheet_hold_every_word_and_none_is_too_long() -> None:
    notes = ("word " * 60, "short", "x" * 200, "two\nlines")
    svg = etree.fromstring(draw_sheet(Sheet("en", "Heading", "", Drawing("", 0), "", notes)))
    lines = svg.xpath("//s:text/text()", namespaces={"s": "http://www.w3.org/2000/svg"})
    assert max(map(len, lines)) <= 92
    assert "".join("".join(lines).split()) == "".join(f"Heading{''.join(notes)}".split())


def test_columns_of_values_are_those_of_the_values_known_on_the_day(real: Checked) -> None:
    catalog, names = real.catalog, ("period", "value", "source_id")
    for day in (date(2012, 1, 1), date(2026, 11, 22)):
        ground = Ground(catalog, day)
        for series in catalog.rows("series"):
            rows = [tuple(map(row.get, names)) for row in ground.values(series)]
            assert list(zip(*ground.columns(series, *names), strict=True)) == rows, series.id


def test_each_group_has_a_small_chart_with_its_name_and_latest_value(real_outputs: Files) -> None:
    html = page(real_outputs, "indicators/unemployment-rate/")
    part = html[html.index('class="multiples"') : html.index("<details")]
    assert part.count("<svg class") == part.count("<figcaption>") == 5
    assert re.search(r"<figcaption>Women, 15 years and over</figcaption><svg.*?>4\.366</text>", part)
    assert (
        len({tuple(re.findall(r'text-anchor="end"><text[^>]*>([^<]*)', svg)) for svg in part.split("<svg class")[1:]})
        == 1
    )


def test_small_charts_stop_at_gaps_and_breaks_and_show_intervals() -> None:
    line = Line((2000, 2001, 2002, 2003, 2009), (1, 2, 2, 3, 4), breaks=(2,), intervals=((1, 1, 3),))
    (svg,) = Multiples((line,)).draw(str, [Said("Whose", "4")])
    assert svg.count("M") == 2
    assert 'stroke-dasharray="2 4"' in svg
    assert svg.count("<circle") == 5
    assert re.search(r'<line x1="([\d.]+%)" x2="\1" y1="\d+" y2="\d+"/>', svg)


def test_every_number_that_a_method_used_stands_in_the_table_and_on_the_page(real_outputs: Files) -> None:
    kinds = {
        row["code"]: row["label_en"] for row in rows(real_outputs, "codelists") if row["list"] == "progress_input_kinds"
    }
    shown = 0
    for row in rows(real_outputs, "progress_inputs"):
        text = words(page(real_outputs, f"indicators/{row['indicator_id']}/")).replace(",", "")
        number = f"{round(float(row['value']), 4):.4f}".rstrip("0").rstrip(".")
        year = f" ({row['period']})" if row["period"] else ""
        label = kinds[row["input_kind"]]
        assert f"{label[0].upper()}{label[1:]}: {number}{year}" in text, row
        shown += 1
    assert shown > 60


def test_the_methods_stand_side_by_side_with_the_numbers_of_the_table(real_outputs: Files) -> None:
    text = words(page(real_outputs, "progress/"))
    asked = {(row["indicator_id"], row["series_id"], row["target_id"]) for row in rows(real_outputs, "progress")}
    for row in rows(real_outputs, "method_comparison"):
        assert int(row["question_count"]) == len(asked)
        if row["method"] != row["other_method"]:
            assert f"{row['same_count']} of {row['both_count']} {row['one_count']} {row['neither_count']}" in text
        else:
            assert f"Can assess {row['both_count']} of {row['question_count']} series and targets" in text
    table = page(real_outputs, "progress/")
    assert table[table.index('id="verdicts"') :].count('<th scope="row">') == len(asked)


def test_each_method_leads_to_where_those_who_made_it_describe_it(real_outputs: Files) -> None:
    html = page(real_outputs, "progress/")
    described = {row["code"]: row["defined_at"] for row in rows(real_outputs, "codelists") if row["defined_at"]}
    for row in rows(real_outputs, "method_comparison"):
        assert f'href="{described[row["method"]]}"' in html
    assert "We know no address" not in html


def test_an_indicator_has_a_permanent_address_that_names_its_pages_and_files(real_outputs: Files) -> None:
    told = json.loads(real_outputs["id/indicator/poverty-national/index.json"])
    assert told["status"] == "active"
    assert {found["language"] for found in told["pages"]} == {"en", "mn"}
    assert "../../../data/latest/indicators/poverty-national.json" in {found["path"] for found in told["data"]}
    assert "id/framework/social-development/index.html" in real_outputs
    urls = {row["indicator_id"]: row["url"] for row in rows(real_outputs, "indicators")}
    assert urls["poverty-national"] == told["identifier"]


def test_an_indicator_page_is_small(real_outputs: Files) -> None:
    for path, content in real_outputs.items():
        if re.fullmatch(r"..(/indicators/[^/]+|/progress)/index\.html", path):
            assert len(gzip.compress(content)) <= 20_000, path


def test_a_page_leaves_nothing_in_memory_once_it_is_rendered(real: Checked) -> None:
    issue = edition(real)
    press = Press(issue)
    first, second = [page for page in issue.plan.pages if page.kind == "indicator" and page.language == "en"][:2]
    press.render(first)
    press.render(second)  # what is the same on several pages is remembered from now on
    gc.disable()
    gc.freeze()  # so that the collector looks at what comes now alone
    try:
        press.render(first)
        assert gc.collect() == 0  # a build switches it off: what only it could free stays to the end
    finally:
        gc.unfreeze()
        gc.enable()
