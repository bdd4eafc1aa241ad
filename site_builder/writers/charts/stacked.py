"""Owns the stacked bars: parts of wholes, each filled as high as its mark is, gaps left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

HEIGHT, LABEL, PITCH = 16, 18, 60
"""Pixels: height of a bar, room for the letters above it, from one bar to the next."""
LETTER = 2.4
"""Width of a letter in per cent of the chart on a phone."""
FILLED = {"complete": 1.0, "substantial": 0.75, "substantial_or_complete": 0.75, "limited": 0.25}
"""How high a form is filled, as the mark of the same name is; a form that is not here is empty."""
UNCERTAIN, DOTTED, OPEN = "substantial_or_complete", "no_evidence", "not_known"
"""Forms that are striped to the top, have a dotted outline, have no outline: the gap stays a gap."""


LAYERS = {
    "fill": ' class="filled" fill="currentColor" stroke="none"',
    "frame": "",
    "dots": ' stroke-dasharray="2 4"',
    "stripes": ' stroke-width="4" stroke-dasharray="3 5"',
    "letters": ' fill="currentColor" stroke="none" font-size="12"',
}
"""What the pieces of a layer have in common, from the ground up."""
Piece = tuple[str, str]
"""A layer and what is drawn on it."""
WIDTH = 720
"""Pixels: of the chart as a file."""
STYLE = (
    "svg{color:#1a2230}text{font:13px sans-serif;fill:#1a2230;stroke:none}"
    ".title{font-size:18px;font-weight:700}.filled{fill:#0a6cba;stroke:none}"
)
"""Style of the chart as a file; on a page the stylesheet speaks."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: its form, how many of the whole it is, and what is written below it."""

    form: str
    count: int
    number: str
    word: str
    """Stands after the number where there is room for it."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A whole and its parts; they may leave a rest."""

    label: str
    total: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Stacked:
    """All that the chart shows. `id` is unique on its page."""

    id: str
    bars: tuple[Bar, ...]
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a chart that stands alone says besides: the words of its forms and where it comes from."""

    words: tuple[tuple[str, str], ...]
    """Form and its word, in the order of the key."""
    notes: tuple[str, ...]
    """Lines below the chart: source, day, licence."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a part stands: from where and how wide in per cent, how low in pixels."""

    x: float
    width: float
    y: int


def draw_stacked(chart: Stacked) -> str:
    """Return the bars as inline SVG as wide as their place; the page gives their key and their table."""
    return (
        f'<svg class="stacked" role="img" width="100%" height="{PITCH * len(chart.bars)}" {_naming(chart)}'
        f' fill="none" stroke="currentColor">{_named(chart)}{_bars(chart)}</svg>'
    )


def draw_sheet(chart: Stacked, sheet: Sheet) -> str:
    """Return the same bars as a file of its own, with its style, its key and where it comes from."""
    key = 56 + PITCH * len(chart.bars)
    foot = key + 24 * len(sheet.words) + 16
    height = foot + 20 * len(sheet.notes) + 8
    entries = "".join(_entry(form, word, key + 24 * place) for place, (form, word) in enumerate(sheet.words))
    notes = "".join(
        f'<text x="24" y="{foot + 20 * n + 12}">{escape(note)}</text>' for n, note in enumerate(sheet.notes)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{WIDTH}" height="{height}"'
        f' viewBox="0 0 {WIDTH} {height}" {_naming(chart)}>{_named(chart)}<style>{STYLE}</style>'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>'
        f'<g fill="none" stroke="currentColor"><text class="title" x="24" y="34">{escape(chart.title)}</text>'
        f'<svg x="24" y="56" width="{WIDTH - 48}" height="{key - 56}">{_bars(chart)}</svg>{entries}{notes}</g></svg>\n'
    )


def _naming(chart: Stacked) -> str:
    return f'aria-labelledby="{escape(chart.id)}-t {escape(chart.id)}-d"'


def _named(chart: Stacked) -> str:
    name = escape(chart.id)
    return f'<title id="{name}-t">{escape(chart.title)}</title><desc id="{name}-d">{escape(chart.description)}</desc>'


def _entry(form: str, word: str, y: int) -> str:
    """An entry of the key: a part alone and its word."""
    return (
        f'<svg x="24" y="{y}" width="36" height="{HEIGHT}">{_layered(_part(form, Span(0, 100, 0)))}</svg>'
        f'<text x="72" y="{y + 14}">{escape(word)}</text>'
    )


def _bars(chart: Stacked) -> str:
    return _layered(piece for place, bar in enumerate(chart.bars) for piece in _bar(bar, PITCH * place))


def _bar(bar: Bar, y: int) -> Iterator[Piece]:
    yield "letters", f'<text y="{y + 12}">{escape(bar.label)}</text>'
    start = 0
    for part in bar.parts:
        span = Span(_percent(start, bar.total), _percent(part.count, bar.total), y + LABEL)
        yield from _part(part.form, span)
        if words := _words(part, span.width):
            yield "letters", f'<text{_at(span)} y="{y + LABEL + HEIGHT + 14}">{escape(words)}</text>'
        start += part.count


def _layered(pieces: Iterable[Piece]) -> str:
    """Draw pieces layer by layer, each a group with what its pieces have in common."""
    layers: dict[str, list[str]] = {}
    for layer, drawn in pieces:
        layers.setdefault(layer, []).append(drawn)
    return "".join(f"<g{LAYERS[name]}>{''.join(layers[name])}</g>" for name in LAYERS if name in layers)


def _words(part: Part, width: float) -> str:
    """Return what has room below a part of that width in per cent: number and word, the number, nothing."""
    for words in (f"{part.number} {part.word}".rstrip(), part.number):
        if len(words) * LETTER <= width:
            return words
    return ""


def _part(form: str, span: Span) -> Iterator[Piece]:
    """Yield the fill and the frame of a part; of a gap only a dotted ground."""
    high = HEIGHT * FILLED.get(form, 0)
    if high:
        yield "fill", f'<rect{_across(span)} y="{span.y + HEIGHT - high:g}" height="{high:g}"/>'
    if form == UNCERTAIN:
        yield "stripes", _line(span, span.y + (HEIGHT - high) / 2)
    if form == OPEN:
        yield "dots", _line(span, span.y + HEIGHT)
    else:
        layer = "dots" if form == DOTTED else "frame"
        yield layer, f'<rect{_across(span)} y="{span.y}" height="{HEIGHT}"/>'


def _across(span: Span) -> str:
    return f'{_at(span)} width="{span.width:g}%"'


def _at(span: Span) -> str:
    """Return where a part begins; at the edge nothing has to be said."""
    return f' x="{span.x:g}%"' if span.x else ""


def _line(span: Span, y: float) -> str:
    start = f' x1="{span.x:g}%"' if span.x else ""
    return f'<line{start} x2="{round(span.x + span.width, 1):g}%" y1="{y:g}" y2="{y:g}"/>'


def _percent(count: int, total: int) -> float:
    return round(100 * count / total, 1)
