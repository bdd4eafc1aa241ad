"""Owns the time band: the small drawing of a plan's years, its deadlines, its end and the as-of day."""

from dataclasses import dataclass
from datetime import date
from html import escape

MANY = 12
"""Above this number of ticks, neighbours of one shape share a mark with their count: a band stays below 3 kB."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A deadline: its day, its shape (hollow, half, full or crossed) and a short label such as "3"."""

    day: date
    shape: str
    label: str


@dataclass(frozen=True, slots=True)
class Band:
    """All that a band shows. `id` is unique on its page; `small` leaves out every letter, for use in lists."""

    id: str
    first_day: date
    last_day: date
    as_of: date
    ticks: tuple[Tick, ...]
    title: str
    description: str
    small: bool = False

    @property
    def radius(self) -> int:
        return 4 if self.small else 6

    def at(self, day: date) -> float:
        """A day in per cent of the width: the drawing stretches with the page, its marks and letters do not.

        Room is kept on the right for what lies after the end, on the left for an as-of day before the start.
        """
        after = max(self.as_of, *(tick.day for tick in self.ticks), self.as_of) > self.last_day
        start, end = (9.0 if self.as_of < self.first_day else 1.0), (84.0 if after else 96.0)
        if day > self.last_day:
            return 90.0
        span = max((self.last_day - self.first_day).days, 1)
        return round(start + (end - start) * max((day - self.first_day).days, 0) / span, 1)


def draw_band(band: Band) -> str:
    """The band as inline SVG: no style of its own, readable without colour, explained by title and desc."""
    row, gap = (11, 5.0) if band.small else (18, 9.0)
    placed = _rows(band, gap)
    axis = 4 + row * (1 + max((level for _, _, level in placed), default=0)) + band.radius
    name = escape(band.id)
    shapes = {shape: mark for shape, mark in _marks(band.radius).items() if any(t.shape == shape for t, _, _ in placed)}
    defs = "".join(f'<g id="{name}-{shape}">{mark}</g>' for shape, mark in shapes.items())
    marks, labels = [], []
    feet: dict[float, int] = {}
    for tick, x, level in placed:
        y = axis - band.radius - row * level - row // 2
        marks.append(f'<line x1="{x}%" x2="{x}%" y1="{y + band.radius}" y2="{feet.get(x, axis)}"/>')
        marks.append(f'<use href="#{name}-{tick.shape}" x="{x}%" y="{y}"/>')
        labels.append(f'<text x="{x}%" y="{y + 4}">{escape(tick.label)}</text>' if tick.label else "")
        feet[x] = y - band.radius
    years, notches = _years(band, axis)
    now, now_label = _now(band, axis)
    letters = f'<g transform="translate(10)">{"".join(labels)}</g>{years}{now_label}'
    return (
        f'<svg class="band{" small" if band.small else ""}" role="img" width="100%" '
        f'height="{axis + (6 if band.small else 24)}" aria-labelledby="{name}-t {name}-d" '
        f'fill="none" stroke="currentColor" stroke-width="1.5"><title id="{name}-t">{escape(band.title)}</title>'
        f'<desc id="{name}-d">{escape(band.description)}</desc>{f"<defs>{defs}</defs>" if defs else ""}'
        f"{_plan(band, axis)}{notches}{now}{''.join(marks)}"
        + ("" if band.small else f'<g class="letters" fill="currentColor" stroke="none" font-size="12">{letters}</g>')
        + "</svg>"
    )


def _marks(r: int) -> dict[str, str]:
    ring = f'<circle r="{r}"/>'
    return {
        "hollow": ring,
        "half": f'{ring}<path d="M-{r} 0a{r} {r} 0 0 0 {2 * r} 0z" fill="currentColor"/>',
        "full": f'<circle r="{r}" fill="currentColor"/>',
        "crossed": f'<path d="M-{r}-{r} {r} {r}M-{r} {r} {r}-{r}" stroke-width="2"/>',
    }


def _few(band: Band) -> list[Tick]:
    """The ticks in order of their days; too many are gathered by ever longer spells until few are left."""
    known = _marks(band.radius)
    ticks = [tick if tick.shape in known else Tick(tick.day, "hollow", tick.label) for tick in band.ticks]
    gathered, days = sorted(ticks, key=lambda tick: tick.day), 1
    while len(gathered) > MANY and days < 4000:
        spells: dict[tuple[int, str], list[Tick]] = {}
        for tick in sorted(ticks, key=lambda tick: tick.day):
            spells.setdefault((tick.day.toordinal() // days, tick.shape), []).append(tick)
        gathered = [Tick(s[0].day, s[0].shape, s[0].label if len(s) == 1 else f"×{len(s)}") for s in spells.values()]
        days *= 3
    return sorted(gathered, key=lambda tick: tick.day)


def _rows(band: Band, gap: float) -> list[tuple[Tick, float, int]]:
    """Ticks too near each other stand in rows above one another, the first of a day lowest."""
    ends: list[float] = []
    placed = []
    for tick in _few(band):
        x = band.at(tick.day)
        level = next((number for number, end in enumerate(ends) if x - end >= gap), len(ends))
        ends[level : level + 1] = [x]
        placed.append((tick, x, level))
    return placed


def _plan(band: Band, axis: int) -> str:
    start, end, half = band.at(band.first_day), band.at(band.last_day), band.radius + 1
    return (
        f'<g stroke-width="3"><line class="years" x1="{start}%" x2="{end}%" y1="{axis}" y2="{axis}"/>'
        f'<line class="end" x1="{end}%" x2="{end}%" y1="{axis - half}" y2="{axis + half}"/></g>'
    )


def _years(band: Band, axis: int) -> tuple[str, str]:
    """Labels and notches of each new year; the first year too if there is room; at most six labels in all."""
    marks = [(year, band.at(date(year, 1, 1))) for year in range(band.first_day.year + 1, band.last_day.year + 1)]
    notches = "".join(f'<line x1="{x}%" x2="{x}%" y1="{axis}" y2="{axis + 5}"/>' for _, x in marks)
    if not marks or marks[0][1] - band.at(band.first_day) >= 10:
        marks.insert(0, (band.first_day.year, band.at(band.first_day)))
    labels = (f'<text x="{x}%" y="{axis + 18}">{year}</text>' for year, x in marks[:: (len(marks) + 5) // 6])
    return "".join(labels), notches


def _now(band: Band, axis: int) -> tuple[str, str]:
    """The as-of day: a pointer within the plan's years, else an arrow with its year that leaves on its side."""
    if band.first_day <= band.as_of <= band.last_day:
        x = band.at(band.as_of)
        pointer = f'<svg x="{x}%" overflow="visible"><path d="M-5 0H5L0 7Z" fill="currentColor"/></svg>'
        return f'<g class="now"><line x1="{x}%" x2="{x}%" y1="0" y2="{axis + 6}"/>{pointer}</g>', ""
    later = band.as_of > band.last_day
    inner, edge, head = (band.at(band.last_day), 99.5, "M-7-5 0 0-7 5") if later else (9.0, 0.5, "M7-5 0 0 7 5")
    dots = f'<line x1="{inner}%" x2="{edge}%" y1="{axis}" y2="{axis}" stroke-dasharray="2 4"/>'
    arrow = f'<svg x="{edge}%" y="{axis}" overflow="visible"><path d="{head}"/></svg>'
    anchor = ' text-anchor="end"' if later else ""
    label = f'<text class="now" x="{edge}%" y="{axis + 18}"{anchor}>{band.as_of.year}</text>'
    return f'<g class="now">{dots}{arrow}</g>', label
