"""Owns the time band: the small drawing of a plan's years, its deadlines, its end and the as-of day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from html import escape

from site_builder.writers.charts.sheet import OCHRE, SKY, Drawing

MANY = 12
"""Of more ticks than this, neighbours of one shape share a mark with their count: a band stays below 3 kB."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A deadline: its day, its shape (hollow, half, full or crossed) and a short label such as "3"."""

    day: date
    shape: str
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """All that a band shows. `id` is unique on its page; `small` leaves out every letter and id, for lists."""

    id: str
    first_day: date
    last_day: date
    as_of: date
    ticks: tuple[Tick, ...]
    title: str
    description: str
    small: bool = False
    in_file: bool = False
    """Whether it stands in a file of its own, out of reach of the stylesheet, and brings its colours along."""


def draw_band(band: Band) -> str:
    """The band as inline SVG: no style of its own, readable without colour, explained by title and desc.

    A small one is explained by its title alone, which is then the description.
    """
    drawing, name = band_drawing(band), escape(band.id)
    look = f'width="100%" height="{drawing.height}" fill="none" stroke="currentColor" stroke-width="1.5"'
    if band.small:
        words = f"<title>{escape(band.description)}</title>"
        return f'<svg class="band small" role="img" {look}>{words}{drawing.markup}</svg>'
    return (
        f'<svg class="band" role="img" {look} aria-labelledby="{name}-t {name}-d">'
        f'<title id="{name}-t">{escape(band.title)}</title><desc id="{name}-d">{escape(band.description)}</desc>'
        f"{drawing.markup}</svg>"
    )


def band_drawing(band: Band) -> Drawing:
    """The lines and letters of the band, as wide as what they are put into."""
    radius, row, gap = (4, 11, 5.0) if band.small else (6, 18, 9.0)
    at = _places(band)
    placed = _rows(band, at, gap)
    axis = 4 + row * (1 + max((level for _, _, level in placed), default=0)) + radius
    name = escape(band.id)
    forms, shown = _marks(radius), sorted({tick.shape for tick, _, _ in placed})
    defs = "".join(f'<g id="{name}-{shape}">{forms[shape]}</g>' for shape in shown)
    marks, labels = [], []
    feet: dict[float, int] = {}
    for tick, x, level in placed:
        y = axis - radius - row * level - row // 2
        foot = feet.get(x, axis)
        if band.small:
            # a list has hundreds of bands: each mark says its place once and names no form elsewhere
            stem = f'<path d="M0 {radius}V{foot - y}"/>'
            marks.append(f'<svg x="{x}%" y="{y}" overflow="visible">{stem}{forms[tick.shape]}</svg>')
        else:
            marks.append(f'<line x1="{x}%" x2="{x}%" y1="{y + radius}" y2="{foot}"/>')
            marks.append(f'<use href="#{name}-{tick.shape}" x="{x}%" y="{y}"/>')
        labels.append(f'<text x="{x}%" y="{y + 4}">{escape(tick.label)}</text>' if tick.label else "")
        feet[x] = y - radius
    years, notches = _years(band, at, axis)
    now, now_label = _now(band, at, axis)
    drawn = f"{_plan(band, at, axis)}{notches}{now}{''.join(marks)}"
    if band.small:
        return Drawing(drawn, axis + 6)
    letters = (
        '<g class="letters" fill="currentColor" stroke="none" font-size="12">'
        f'<g transform="translate(10)">{"".join(labels)}</g>{years}{now_label}</g>'
    )
    return Drawing(f"<defs>{defs}</defs>{drawn}{letters}", axis + 24)


def _places(band: Band) -> Callable[[date], float]:
    """Days in per cent of the width: the drawing stretches with the page, its marks and letters do not.

    Room is kept on the right for what lies after the end, on the left for an as-of day before the start.
    """
    after = any(day > band.last_day for day in (band.as_of, *(tick.day for tick in band.ticks)))
    start, end = (9.0 if band.as_of < band.first_day else 1.0), (84.0 if after else 96.0)
    span = max((band.last_day - band.first_day).days, 1)

    def place(day: date) -> float:
        share = max((day - band.first_day).days, 0) / span
        return 90.0 if day > band.last_day else round(start + (end - start) * share, 1)

    return place


def _marks(r: int) -> dict[str, str]:
    return {
        "hollow": f'<circle r="{r}"/>',
        "half": f'<circle r="{r}"/><path d="M-{r} 0a{r} {r} 0 0 0 {2 * r} 0z" fill="currentColor"/>',
        "full": f'<circle r="{r}" fill="currentColor"/>',
        "crossed": f'<path d="M-{r}-{r} {r} {r}M-{r} {r} {r}-{r}" stroke-width="2"/>',
    }


def _few(band: Band) -> list[Tick]:
    """The ticks in order of their days; too many are gathered by ever longer spells until few are left."""
    ticks = [tick if tick.shape in _marks(0) else replace(tick, shape="hollow") for tick in band.ticks]
    ticks.sort(key=lambda tick: tick.day)
    gathered, days = ticks, 1
    while len(gathered) > MANY and days < 4000:
        spells: dict[tuple[int, str], list[Tick]] = {}
        for tick in ticks:
            spells.setdefault((tick.day.toordinal() // days, tick.shape), []).append(tick)
        gathered = [replace(s[0], label=f"×{len(s)}") if len(s) > 1 else s[0] for s in spells.values()]
        days *= 3
    return gathered


def _rows(band: Band, at: Callable[[date], float], gap: float) -> list[tuple[Tick, float, int]]:
    """Ticks too near each other stand in rows above one another, the first of a day lowest."""
    ends: list[float] = []
    placed = []
    for tick, x in ((tick, at(tick.day)) for tick in _few(band)):
        level = next((number for number, end in enumerate(ends) if x - end >= gap), len(ends))
        ends[level : level + 1] = [x]
        placed.append((tick, x, level))
    return placed


def _plan(band: Band, at: Callable[[date], float], axis: int) -> str:
    start, end, half = at(band.first_day), at(band.last_day), 5 if band.small else 7
    return (
        f'<g stroke-width="3"><line {_years_ink(band)} x1="{start}%" x2="{end}%" y1="{axis}" y2="{axis}"/>'
        f'<line class="end" x1="{end}%" x2="{end}%" y1="{axis - half}" y2="{axis + half}"/></g>'
    )


def _years(band: Band, at: Callable[[date], float], axis: int) -> tuple[str, str]:
    """Labels and notches of each new year, and of the first if there is room; at most six labels in all."""
    first, last = band.first_day.year, band.last_day.year
    marks = [(year, at(date(year, 1, 1))) for year in range(first + 1, last + 1)]
    notches = "".join(f'<line x1="{x}%" x2="{x}%" y1="{axis}" y2="{axis + 5}"/>' for _, x in marks)
    if not marks or marks[0][1] - at(band.first_day) >= 10:
        marks.insert(0, (first, at(band.first_day)))
    labels = (f'<text x="{x}%" y="{axis + 18}">{year}</text>' for year, x in marks[:: (len(marks) + 5) // 6])
    return "".join(labels), notches


def _now(band: Band, at: Callable[[date], float], axis: int) -> tuple[str, str]:
    """The as-of day: a pointer within the plan's years, else an arrow with its year at the edge."""
    if band.first_day <= band.as_of <= band.last_day:
        x = at(band.as_of)
        pointer = f'<svg x="{x}%" overflow="visible"><path d="M-5 0H5L0 7Z" fill="currentColor"/></svg>'
        return f'<g {_now_ink(band)}><line x1="{x}%" x2="{x}%" y1="0" y2="{axis + 6}"/>{pointer}</g>', ""
    later = band.as_of > band.last_day
    inner, edge = (at(band.last_day), 99.5) if later else (at(band.first_day), 0.5)
    head = "M-7-5 0 0-7 5" if later else "M7-5 0 0 7 5"
    dots = f'<line x1="{inner}%" x2="{edge}%" y1="{axis}" y2="{axis}" stroke-dasharray="2 4"/>'
    arrow = f'<svg x="{edge}%" y="{axis}" overflow="visible"><path d="{head}"/></svg>'
    anchor = "end" if later else "start"
    label = f'<text {_now_ink(band)} x="{edge}%" y="{axis + 18}" text-anchor="{anchor}">{band.as_of.year}</text>'
    return f"<g {_now_ink(band)}>{dots}{arrow}</g>", label


def _years_ink(band: Band) -> str:
    return f'stroke="{SKY}"' if band.in_file else 'class="years"'


def _now_ink(band: Band) -> str:
    return f'color="{OCHRE}"' if band.in_file else 'class="now"'
