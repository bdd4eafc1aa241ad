"""Methods of progress against published results, and what they say where nothing can be assessed."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.derive.progress import escap_anticipated_progress, escap_current_status, methods, open_sdg
from site_builder.derive.progress import unsd_progress_chart as unsd
from site_builder.nouns.progress import NOT_ASSESSED, Point, Trend, Verdict

VECTORS = Path(__file__).parent / "vectors" / "progress.csv"
with VECTORS.open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream))
NAMES = {"not_available": NOT_ASSESSED}
DIRECTIONS = {"1": "increase", "-1": "decrease"}


def trend(*values: tuple[int, float], direction: str = "increase", **known: object) -> Trend:
    return Trend(tuple(Point(year, value) for year, value in values), direction, **known)  # type: ignore[arg-type]


def number(text: str) -> float | None:
    return float(text) if text else None


# Statistics Canada, Open SDG


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["series"])
def test_a_published_result_is_reproduced(row: dict[str, str]) -> None:
    values = {(row[f"{end}_year"], row[f"{end}_value"]) for end in ("base", "current") if row[f"{end}_value"]}
    points = tuple(Point(int(float(year)), float(value)) for year, value in sorted(values))
    question = Trend(
        points,
        DIRECTIONS[row["direction"]],
        number(row["target"]),
        int(float(row["target_year"])),
        base_year=int(float(row["base_year"])),
        limit=number(row["limit"]),
    )
    verdict = open_sdg.judge(question)
    assert verdict.status == NAMES.get(row["status"], row["status"])
    for found, published in ((verdict.value, row["progress_value"]), (verdict.score, row["score"])):
        assert found == (pytest.approx(float(published), abs=1e-9, rel=0) if published else None)


def test_all_published_results_are_there() -> None:
    assert len(ROWS) == 132
    assert sum(not row["progress_value"] for row in ROWS) == 7


@pytest.mark.parametrize(
    ("rate", "status", "score"),
    [
        (0.015, "substantial_progress", 2.5),
        (0.005, "moderate_progress", 0.0),
        (0.0, "limited_progress", -2.5),
        (-0.02, "deterioration", -5.0),
        (-0.001, "deterioration", -2.625),
    ],
)
def test_a_rate_on_a_threshold_belongs_to_the_better_side(rate: float, status: str, score: float) -> None:
    verdict = open_sdg._without_target(rate, 1.0, None)
    assert (verdict.status, verdict.score) == (status, pytest.approx(score))


@pytest.mark.parametrize(
    ("groups", "score", "status"),
    [
        ([[5.0], [0.0]], 2.5, "substantial_progress"),
        ([[5.0, 3.0], [-5.0]], -0.5, "limited_progress"),
        ([[0.0]], 0.0, "moderate_progress"),
        ([[-2.5]], -2.5, "limited_progress"),
        ([[-2.5], [-2.6]], -2.55, "deterioration"),
    ],
)
def test_several_series_together_have_the_mean_of_the_means_of_their_groups(
    groups: list[list[float]], score: float, status: str
) -> None:
    assert open_sdg.aggregate(groups) == (pytest.approx(score), status)


@pytest.mark.parametrize(
    ("base", "bend"), [(200, 1), (250, 1), (100, 0), (50, 1 - 0.5**4.44), (150, 1 - 0.5**4.44), (0.5, 1)]
)
def test_near_its_limit_a_series_need_not_grow_as_fast(base: float, bend: float) -> None:
    assert open_sdg._bend(base, 100) == pytest.approx(bend, abs=1e-9)


def test_at_its_limit_a_series_that_stays_has_the_best_score() -> None:
    verdict = open_sdg.judge(trend((2015, 100), (2020, 100), limit=100.0))
    assert (verdict.status, verdict.score) == ("substantial_progress", 5)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (trend((2015, 1), (2020, 2), direction=""), "no_direction"),
        (trend((2015, 1), (2020, 2), direction="none"), "no_direction"),
        (trend((2015, 1), (2020, 2), direction="band"), "direction_not_covered"),
        (trend(), "no_values"),
        (trend((2010, 1), (2014, 2)), "no_value_since_base_year"),
        (trend((2010, 1), (2016, 2)), "one_year_only"),
        (trend((2015, 1), (2015, 2), (2020, 3)), "several_values_a_year"),
        (trend((2015, -1), (2020, 2)), "sign_changed"),
        (trend((2015, math.nan), (2020, 2)), "no_number"),
        (trend((2015, 5), (2020, 4), target=5.0), "target_equals_base"),
        (trend((2015, 5), (2020, 6), target=8.0, target_year=2015), "target_year_passed"),
        (trend((2015, -5), (2020, -6), target=8.0), "sign_changed"),
        (Trend((Point(2015, 1), Point(2019, 2, after_break=True), Point(2020, 2)), "increase"), "series_break"),
        (trend((2015, -1), (2020, 2), direction="parity"), "no_ratio"),
        (trend((2015, 45), (2020, 47), direction="parity", scale=100.0), "no_target"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_assessed_says_why(question: Trend, reason: str) -> None:
    verdict = open_sdg.judge(question)
    assert (verdict.status, verdict.reason, verdict.value, verdict.score) == (NOT_ASSESSED, reason, None, None)


def test_a_later_first_value_stands_for_the_base_year() -> None:
    verdict = open_sdg.judge(trend((2012, 50), (2017, 10), (2022, 11)))
    assert verdict.base == Point(2017, 10)
    assert verdict.value == pytest.approx(1.1 ** (1 / 5) - 1)


def test_a_break_that_was_declared_harmless_is_crossed() -> None:
    points = (Point(2015, 1.0), Point(2019, 2.0, after_break=True))
    assert open_sdg.judge(Trend(points, "increase", across_breaks=True)).status == "substantial_progress"


def test_a_break_before_the_base_year_does_no_harm() -> None:
    points = (Point(2010, 9.0), Point(2012, 1.0, after_break=True), Point(2015, 1.0), Point(2020, 2.0))
    assert open_sdg.judge(Trend(points, "increase")).status == "substantial_progress"


def test_a_base_of_zero_counts_as_a_thousandth_and_nothing_that_stays_nothing_does_not_deteriorate() -> None:
    assert open_sdg.judge(trend((2015, 0), (2016, 0.002))).value == pytest.approx(1.0)
    assert open_sdg.judge(trend((2015, 0), (2020, 0))).status == "limited_progress"


def test_negative_values_that_come_nearer_to_zero_have_increased() -> None:
    assert open_sdg.judge(trend((2015, -10), (2020, -5))).status == "substantial_progress"


@pytest.mark.parametrize(
    ("last", "status"), [(0.98, "target_achieved"), (1.03, "target_achieved"), (0.9, "substantial_progress")]
)
def test_a_ratio_is_judged_by_how_far_it_is_from_parity(last: float, status: str) -> None:
    verdict = open_sdg.judge(trend((2015, 0.8), (2020, last), direction="parity"))
    assert verdict.status == status
    assert verdict.current == Point(2020, last)


def test_a_share_of_women_is_judged_by_how_far_it_is_from_half() -> None:
    assert open_sdg.judge(trend((2015, 40), (2020, 62), direction="parity", target=50.0)).status == "deterioration"
    assert open_sdg.judge(trend((2015, 40), (2020, 55), direction="parity", target=50.0)).value == pytest.approx(
        -((55 / 60) ** (1 / 5) - 1) / abs((50 / 60) ** (1 / 15) - 1)
    )


# ESCAP


def share(*values: tuple[int, float], direction: str = "increase", **known: object) -> Trend:
    """Return a trend of values in per cent."""
    return trend(*values, direction=direction, scale=100.0, **known)


@pytest.mark.parametrize(
    ("question", "values", "status", "anticipated"),
    [
        (
            share((2019, 7.1), (2022, 7.6), target=100.0, current_year=2025),
            (6.480560, 8.132129, 9.094822),
            0.176602,
            0.279542,
        ),
        (
            share((2019, 14.0), (2020, 17.4), (2022, 23.9), target=100.0, current_year=2025),
            (5.956953, 38.413900, 66.185496),
            3.451286,
            6.404359,
        ),
        (
            share((2011, 5.5), (2020, 6.334511), target=5.0, direction="decrease", current_year=2025),
            (5.857287, 6.847788, 7.399370),
            -11.553902,
            -17.987943,
        ),
    ],
)
def test_escaps_measures_are_reproduced(
    question: Trend, values: tuple[float, float, float], status: float, anticipated: float
) -> None:
    now, later = escap_current_status.judge(question), escap_anticipated_progress.judge(question)
    assert now.base and now.current and later.current
    found = (now.base.value, now.current.value, later.current.value)
    assert found == pytest.approx(values, abs=6e-7, rel=0)
    # the third series is printed with seven digits, which leaves the sixth place of its result open
    assert now.value == pytest.approx(status, abs=5e-6, rel=0)
    assert later.value == pytest.approx(anticipated, abs=5e-6, rel=0)


@pytest.mark.parametrize(
    ("question", "now", "later"),
    [
        (share((2015, 10), (2022, 60), target=50.0), "on_track", "will_meet"),
        (share((2015, 10), (2022, 20), target=100.0), "slow", "accelerate"),
        (share((2015, 20), (2022, 10), target=100.0), "regression", "no_progress"),
        (share((2015, 20), (2022, 20), target=100.0), "regression", "no_progress"),
        (share((2015, 20), (2022, 50), target=50.0, direction="parity"), "on_track", "no_progress"),
    ],
)
def test_escaps_classes(question: Trend, now: str, later: str) -> None:
    assert escap_current_status.judge(question).status == now
    assert escap_anticipated_progress.judge(question).status == later


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (share((2015, 10), (2022, 60)), "no_target"),
        (share((2022, 60), target=70.0), "one_year_only"),
        (share(target=70.0), "no_values"),
        (share((2015, 10), (2022, 160), target=70.0), "out_of_bounds"),
        (trend((2015, 10), (2022, 60), target=70.0), "no_limit"),
        (share((2015, 10), (2022, 8), target=10.0), "target_equals_base"),
        (share((2015, 10), (2022, 8), target=10.0, direction=""), "no_direction"),
        (share((2015, 10), (2022, 8), target=12.0, target_year=2015), "target_year_passed"),
        (Trend((Point(2018, 1), Point(2019, 2, after_break=True)), "increase", 9, scale=100.0), "series_break"),
    ],
)
def test_escap_says_why_nothing_can_be_assessed(question: Trend, reason: str) -> None:
    for method in (escap_current_status, escap_anticipated_progress):
        assert (method.judge(question).status, method.judge(question).reason) == (NOT_ASSESSED, reason)


def test_a_share_is_never_predicted_past_all() -> None:
    verdict = escap_anticipated_progress.judge(share((2015, 50), (2016, 95), target=100.0, target_year=2100))
    assert verdict.current
    assert 95 < verdict.current.value <= 100


def test_at_a_bound_the_last_value_is_carried() -> None:
    verdict = escap_anticipated_progress.judge(share((2015, 0), (2020, 40), target=100.0))
    assert verdict.current == Point(2030, 40)


# UNSD


@pytest.mark.parametrize(
    ("question", "status"),
    [
        (trend((2015, 50), (2020, 55), target=50.0), "met_or_on_track"),
        (trend((2015, 50), (2020, 99.2), target=100.0), "met_or_on_track"),
        (trend((2015, 50), (2020, 0.9), target=0.0, direction="decrease"), "met_or_on_track"),
        (trend((2015, 50), (2022, 60), target=80.0), "fair_progress"),
        (trend((2015, 50), (2022, 50.1), target=80.0), "stagnation_or_regression"),
        (trend((2015, 50), (2022, 45), target=80.0), "stagnation_or_regression"),
        (trend((2015, 100), (2016, 102)), "met_or_on_track"),
        (trend((2015, 100), (2016, 101.9)), "fair_progress"),
        (trend((2015, 1000), (2016, 1005)), "fair_progress"),
        (trend((2015, 1000), (2016, 1004)), "stagnation_or_regression"),
        (trend((2015, 1000), (2016, 979), direction="decrease"), "met_or_on_track"),
        (trend((2015, 1000), (2016, 1010), direction="decrease"), "stagnation_or_regression"),
    ],
)
def test_the_levels_of_the_progress_chart(question: Trend, status: str) -> None:
    assert unsd.judge(question).status == status


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        (trend((2015, 0), (2020, 5), target=100.0), "zero"),
        (trend((2015, -1), (2020, 5), target=100.0), "sign_changed"),
        (trend((2015, 5), (2020, 4), target=5.0), "target_equals_base"),
        (trend((2015, 5), (2020, 4), direction="parity"), "direction_not_covered"),
        (trend((2015, 5)), "one_year_only"),
        (trend((2015, 5), (2020, 6), target=8.0, target_year=2015), "target_year_passed"),
    ],
)
def test_the_progress_chart_says_why_nothing_can_be_assessed(question: Trend, reason: str) -> None:
    assert unsd.judge(question).reason == reason


# All methods


def test_the_same_series_can_get_different_verdicts() -> None:
    question = trend((2015, 20), (2022, 22), target=30.0, limit=100.0, scale=100.0)
    assert {name: method.judge(question).status for name, method in methods().items()} == {
        "escap_anticipated_progress": "accelerate",
        "escap_current_status": "slow",
        "open_sdg": "limited_progress",
        "unsd_progress_chart": "fair_progress",
    }


points = st.lists(
    st.builds(
        Point, st.integers(1990, 2040), st.floats(-1e6, 1e6) | st.sampled_from([0.0, 100.0, 1e-300]), st.booleans()
    ),
    max_size=5,
)
questions = st.builds(
    Trend,
    points.map(tuple),
    st.sampled_from(["increase", "decrease", "parity", "band", "none", ""]),
    st.none() | st.floats(-1e6, 1e6) | st.sampled_from([0.0, 1.0, 50.0, 100.0]),
    st.integers(1990, 2100),
    st.integers(1990, 2030),
    st.none() | st.integers(1990, 2040),
    st.none() | st.sampled_from([1.0, 100.0]),
    st.none() | st.sampled_from([1.0, 100.0]),
    st.booleans(),
)


@settings(max_examples=400, deadline=None)
@given(question=questions)
def test_no_numbers_break_a_method_and_every_verdict_is_whole(question: Trend) -> None:
    for name, method in methods().items():
        verdict: Verdict = method.judge(question)
        assert (verdict.status == NOT_ASSESSED) == bool(verdict.reason), name
        if verdict.status != NOT_ASSESSED:
            assert verdict.base is not None and verdict.current is not None, name
