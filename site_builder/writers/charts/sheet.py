"""Owns a drawing as a file of its own: its words above and below it, its colours, nothing that a policy forbids."""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

PAPER, INK, SOFT, SKY, OCHRE, LINE = "#fdfcfa", "#1a2230", "#566070", "#0a6cba", "#8a5800", "#d5d8de"
"""Colours of the light page; a file is looked at anywhere, so it brings its own paper."""
WIDTH, MARGIN = 720, 24
FONT = "-apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Lines and letters of a chart, as wide as what they are put into."""

    markup: str
    height: int
    """In pixels."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a sheet, from top to bottom."""

    language: str
    heading: str
    subheading: str
    drawing: Drawing
    description: str
    """What the drawing shows, for those who cannot see it."""
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Type:
    """A size of letters, in pixels, with the characters that a line holds; Cyrillic is wide."""

    size: int
    characters: int
    ink: str
    weight: int = 400


_HEADING, _SUBHEADING, _NOTE = _Type(20, 54, INK, 700), _Type(14, 80, SOFT), _Type(12, 92, SOFT)


def draw_sheet(sheet: Sheet) -> bytes:
    """Return the SVG file. Colours are attributes: a policy that forbids inline styles leaves them alone."""
    above, y = _lines(sheet.heading, _HEADING, MARGIN)
    subheading, y = _lines(sheet.subheading, _SUBHEADING, y)
    top = y + 16
    below, y = [], top + sheet.drawing.height + 12
    for note in sheet.notes:
        lines, y = _lines(note, _NOTE, y)
        below += lines
        y += 4
    height = y + MARGIN - 4
    code = escape(sheet.language)
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" lang="{code}" xml:lang="{code}" role="img" '
        f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" aria-labelledby="t d" '
        f'font-family="{FONT}" color="{INK}"><title id="t">{escape(sheet.heading)}</title>'
        f'<desc id="d">{escape(sheet.description)}</desc>'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>{"".join([*above, *subheading])}'
        f'<svg x="{MARGIN}" y="{top}" width="{WIDTH - 2 * MARGIN}" height="{sheet.drawing.height}" overflow="visible" '
        f'fill="none" stroke="currentColor" stroke-width="1.5">{sheet.drawing.markup}</svg>{"".join(below)}</svg>\n'
    )
    return text.encode("utf-8")


def _lines(text: str, kind: _Type, y: int) -> tuple[list[str], int]:
    """Return a text as lines of at most so many characters, and where it ends."""
    lines = []
    for words in _broken(text, kind.characters):
        y += round(kind.size * 1.4)
        lines.append(
            f'<text x="{MARGIN}" y="{y}" font-size="{kind.size}" font-weight="{kind.weight}" '
            f'fill="{kind.ink}">{escape(words)}</text>'
        )
    return lines, y


def _broken(text: str, characters: int) -> Iterator[str]:
    """Yield a text line by line; what is longer than a line is cut.

    `textwrap` does the same for every kind of white space, in thirty times the time: more than the rest of a sheet.
    """
    line = ""
    for word in text.replace("\n", " ").split(" "):
        if line and len(line) + len(word) >= characters:
            yield line
            line = ""
        line = f"{line} {word}" if line else word
        while len(line) > characters:
            yield line[:characters]
            line = line[characters:]
    if line:
        yield line
