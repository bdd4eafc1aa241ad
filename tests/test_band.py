"""The promises of the time band: small, well formed, readable without colour, the same each time."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from xml.etree.ElementTree import Element, fromstring

import pytest

from site_builder.writers.charts.band import MANY, Band, Tick, draw_band

SHAPES = ("hollow", "half", "full", "crossed")

PLAN = Band(
    id="band-demo-c01",
    first_day=date(2019, 1, 1),
    last_day=date(2021, 12, 31),
    as_of=date(2026, 11, 22),
    ticks=(
        Tick(date(2019, 8, 1), "full", "1"),
        Tick(date(2019, 12, 15), "half", "2"),
        Tick(date(2020, 6, 15), "hollow", "3"),
        Tick(date(2021, 2, 1), "crossed", "4"),
    ),
    title="Time band",
    description="The plan ran from 2019 to 2021. 4 of 4 milestones have a due date.",
)


def parsed(svg: str) -> Element:
    return fromstring(svg)  # noqa: S314 our own drawing, no foreign input


def uses(svg: str) -> list[tuple[str, float, int]]:
    """Shape, place in per cent and height of each tick, from left to right."""
    found = re.findall(r'<use href="#[^"]*-(\w+)" x="([\d.]+)%" y="(-?\d+)"/>', svg)
    return [(shape, float(x), int(y)) for shape, x, y in found]


def line(svg: str, name: str) -> dict[str, str]:
    found = parsed(svg).find(f".//line[@class='{name}']")
    assert found is not None
    return dict(found.attrib)


def test_it_is_an_image_with_a_title_and_a_description_in_words() -> None:
    root = parsed(draw_band(PLAN))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "band-demo-c01-t band-demo-c01-d"
    title, desc = root.find("title"), root.find("desc")
    assert title is not None
    assert desc is not None
    assert (title.get("id"), title.text) == ("band-demo-c01-t", PLAN.title)
    assert (desc.get("id"), desc.text) == ("band-demo-c01-d", PLAN.description)


def test_ids_come_from_the_id_passed_so_that_two_bands_share_a_page() -> None:
    first = set(re.findall(r'\bid="([^"]+)"', draw_band(PLAN)))
    second = set(re.findall(r'\bid="([^"]+)"', draw_band(replace(PLAN, id="band-demo-c02"))))
    assert len(first) == len(second) > 2
    assert not first & second


@pytest.mark.parametrize("small", [False, True])
def test_nothing_in_it_needs_a_style_a_script_or_another_host(*, small: bool) -> None:
    svg = draw_band(replace(PLAN, small=small))
    assert not re.search(r"style|script|http|url\(|#[0-9a-f]{6}", svg)


@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_is_drawn_and_differs_from_the_others(shape: str) -> None:
    assert shape in {name for name, _, _ in uses(draw_band(PLAN))}
    defs = dict(re.findall(r'<g id="band-demo-c01-(\w+)">(.*?)</g>', draw_band(PLAN)))
    assert len({defs[name] for name in SHAPES}) == len(SHAPES)


def test_an_unknown_shape_is_drawn_hollow() -> None:
    svg = draw_band(replace(PLAN, ticks=(Tick(date(2020, 1, 1), "starry", "1"),)))
    assert [shape for shape, _, _ in uses(svg)] == ["hollow"]


def test_ticks_stand_in_the_order_of_their_days_wherever_they_are_written() -> None:
    svg = draw_band(replace(PLAN, ticks=PLAN.ticks[::-1]))
    places = [x for _, x, _ in uses(svg)]
    assert places == sorted(places)
    assert svg == draw_band(PLAN)


def test_ticks_of_one_day_are_staggered_above_one_another() -> None:
    day = date(2020, 6, 15)
    svg = draw_band(replace(PLAN, ticks=tuple(Tick(day, "hollow", str(number)) for number in (1, 2, 3))))
    assert len({x for _, x, _ in uses(svg)}) == 1
    heights = [y for _, _, y in uses(svg)]
    assert all(low - high >= 12 for low, high in pairwise(heights))
    assert min(heights) > 0


def test_ticks_too_near_to_tell_apart_are_staggered_too() -> None:
    ticks = (Tick(date(2020, 6, 15), "hollow", "1"), Tick(date(2020, 6, 20), "full", "2"))
    (_, _, first), (_, _, second) = uses(draw_band(replace(PLAN, ticks=ticks)))
    assert first > second


def test_after_the_end_the_as_of_day_is_an_arrow_at_the_right_edge_with_its_year() -> None:
    svg = draw_band(PLAN)
    assert float(line(svg, "end")["x1"].rstrip("%")) < 90
    assert '<text class="now" x="99.5%"' in svg
    assert ">2026</text>" in svg


def test_within_the_plan_the_as_of_day_is_a_pointer() -> None:
    svg = draw_band(replace(PLAN, as_of=date(2020, 7, 1)))
    place = float(re.findall(r'<g class="now"><line x1="([\d.]+)%"', svg)[0])
    assert 45 < place < 55
    assert "2026" not in svg
    assert float(line(svg, "end")["x1"].rstrip("%")) > 95


def test_before_the_plan_the_as_of_day_is_an_arrow_at_the_left_edge() -> None:
    svg = draw_band(replace(PLAN, as_of=date(2018, 7, 1)))
    assert '<text class="now" x="0.5%"' in svg
    assert float(line(svg, "years")["x1"].rstrip("%")) > 5


def test_a_deadline_after_the_end_stands_beyond_the_end_mark() -> None:
    svg = draw_band(replace(PLAN, as_of=date(2020, 7, 1), ticks=(Tick(date(2022, 6, 1), "hollow", "1"),)))
    ((_, place, _),) = uses(svg)
    assert float(line(svg, "end")["x1"].rstrip("%")) < place < 100


def test_a_plan_without_dated_milestones_still_shows_its_years() -> None:
    svg = draw_band(replace(PLAN, ticks=()))
    assert uses(svg) == []
    assert [year for year in ("2019", "2020", "2021") if f">{year}</text>" in svg] == ["2019", "2020", "2021"]


def test_a_plan_of_one_day_and_one_of_thirty_years_are_drawn() -> None:
    draw_band(replace(PLAN, last_day=PLAN.first_day))
    svg = draw_band(replace(PLAN, last_day=date(2049, 12, 31)))
    assert svg.count("<text") <= 6 + len(PLAN.ticks)


def test_the_small_band_has_every_tick_and_no_letter() -> None:
    svg = draw_band(replace(PLAN, small=True))
    assert svg.count('<path d="M0 4V') == len(PLAN.ticks)
    assert "<text" not in svg
    assert not re.search(r"\bid=|#", svg)
    assert parsed(svg).findtext("title") == PLAN.description
    assert int(re.findall(r'height="(\d+)"', svg)[0]) < 40


def test_what_people_wrote_is_escaped() -> None:
    tick = Tick(date(2020, 1, 1), "full", "<1&")
    band = replace(PLAN, id='a"b', title="<b>&", description='"Өмнө" <i>', ticks=(tick,))
    root = parsed(draw_band(band))
    assert root.findtext("title") == "<b>&"
    assert root.findtext("desc") == '"Өмнө" <i>'


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("count", [1, MANY, 60, 600])
def test_it_stays_below_3_kb_and_loses_no_milestone(count: int, shape: str) -> None:
    days = [PLAN.first_day + timedelta(days=number * 17 % 1090) for number in range(count)]
    ticks = tuple(Tick(day, shape, str(number)) for number, day in enumerate(days))
    svg = draw_band(replace(PLAN, ticks=ticks))
    parsed(svg)
    assert len(svg.encode()) <= 3000
    counted = [int(number) for number in re.findall(r"×(\d+)", svg)]
    assert sum(counted) + len(uses(svg)) - len(counted) == count


def test_mixed_shapes_stay_below_3_kb() -> None:
    days = [PLAN.first_day + timedelta(days=number * 9) for number in range(120)]
    ticks = tuple(Tick(day, SHAPES[number % 4], str(number)) for number, day in enumerate(days))
    assert len(draw_band(replace(PLAN, ticks=ticks)).encode()) <= 3000


def test_the_same_band_gives_the_same_bytes() -> None:
    assert draw_band(PLAN) == draw_band(replace(PLAN))
