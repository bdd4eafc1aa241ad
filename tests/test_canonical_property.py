"""Whatever an editor types, the canonical form is read as it was, keeps each comment in its place, and is stable.

`CANONICAL_EXAMPLES=5000` looks longer.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from canonical_form import COMMITMENT, assert_read_alike, formatted, reading
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.readers.drafts import Grammar
from site_builder.readers.schemas import read_schemas
from site_builder.shell.disk import read_folder
from site_builder.writers.canonical import Style

EXAMPLES = int(os.environ.get("CANONICAL_EXAMPLES", "40"))
TRAPS = "no Yes on null ~ 0261556 12:30 1e3 1_000 1.10 2019-08-01 0x1F .5 - -- # a:b a# ? << ="
WORDS = st.one_of(
    st.text(st.sampled_from("abcөүЖ#:-'\"\\“”[]{}&*!%@`~|>?,=.0"), min_size=1, max_size=9),
    st.sampled_from(TRAPS.split(" ")),
    st.sampled_from(("\u00a0", "a\u00a0b", "🙂", "\u200b", "\u0454", "é", "и\u0306", "\ufeff", "\U0001f468\u200d🙂")),
    st.text(min_size=1, max_size=12),
)
SPACES = re.compile(r"\s+")
PLAIN = re.compile(r"\w[^:#]*[\w.,]")
"""What may stand without quotes; most of the rest is an error, or is cut short."""


def one_line(words: list[str]) -> str:
    return unicodedata.normalize("NFC", SPACES.sub(" ", " ".join(words)).strip(" "))


TEXTS = st.lists(WORDS, min_size=1, max_size=30).map(one_line).filter(lambda text: text == text.strip() != "")
CODES = st.sampled_from(["moh", "transparency", "no", "0123", "1e3", "12:30", "a-b_c", "2019", "3.8.1", "on", "x.en"])
DATES = st.dates().map(str)


def single(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def double(text: str) -> str:
    named = {'"': '\\"', "\\": "\\\\"}
    return '"' + "".join(named.get(char) or _numbered(char) for char in text) + '"'


def _numbered(char: str) -> str:
    return char if char.isprintable() and char != "\u0454" else f"\\U{ord(char):08x}"


SETTINGS = settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@dataclass
class Hand:
    """A careless hand: writes a record line by line, with comments that name what they are about."""

    draw: Callable[[st.SearchStrategy], object]
    lines: list[str] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)
    """What each comment is about: the beginning of the entry, by the comment."""

    def chance(self) -> bool:
        return bool(self.draw(st.booleans()))

    def comment(self, margin: str, about: str) -> None:
        if self.chance() and self.chance():
            self.lines.append("")
        if self.chance() and self.chance():
            mark = f"#{len(self.comments)}§ {about}"
            self.comments[mark] = about
            self.lines.append(f"{margin}{mark}")

    def write(self, margin: str, name: str, value: str) -> None:
        # above an item it stands at the item's hyphen: further in, it would belong to the item before
        self.comment(margin.partition("-")[0], name)
        self.lines += f"{margin}{name}: {value}".split("\n")

    def text(self, margin: str) -> str:
        """Return a text in a random spelling; further lines are indented."""
        text = str(self.draw(TEXTS))
        spelling = self.draw(st.sampled_from(["plain", "single", "double", "folded", "literal"]))
        if spelling == "double" or not text.isprintable():
            return double(text)
        if spelling == "single":
            return single(text)
        if spelling == "plain":
            return text if PLAIN.fullmatch(text) and text.lower() != "null" else single(text)
        inner = f"{margin}  "
        if spelling == "literal":
            return f"|-\n{inner}{text}" + (f"\n{inner}- {text}" if self.chance() else "")
        return f">-\n{inner}" + text.replace(" ", f"\n{inner}", 1)

    def mapping(self, margin: str, entries: Mapping[str, Callable[[str, str], None]]) -> None:
        names = self.draw(st.permutations(list(entries)))
        for name in names:
            entries[name](margin, name)
            margin = margin.replace("-", " ")

    def localized(self, margin: str, name: str) -> None:
        self.write(margin, name, "")
        inner = margin.replace("-", " ") + "  "
        self.mapping(inner, {code: lambda at, code: self.write(at, code, self.text(at)) for code in ("en", "mn")})

    def code(self, margin: str, name: str) -> None:
        code = str(self.draw(CODES))
        end = ""
        if self.chance() and self.chance():
            end = f" #{len(self.comments)}§ {name}"
            self.comments[end.strip()] = name
        self.write(margin, name, str(self.draw(st.sampled_from([code, double(code), single(code)]))) + end)

    def day(self, margin: str, name: str) -> None:
        self.write(margin, name, str(self.draw(DATES)))

    def number(self, margin: str, name: str) -> None:
        self.write(margin, name, str(self.draw(st.integers(-5, 2000))))

    def codes(self, margin: str, name: str) -> None:
        codes = self.draw(st.lists(CODES, min_size=1, max_size=12))
        assert isinstance(codes, list)
        if self.chance():
            self.write(margin, name, f"[{', '.join(codes)}]")
            return
        self.write(margin, name, "")
        inner = margin.replace("-", " ") + str(self.draw(st.sampled_from(["", "  ", "    "])))
        self.lines += [f"{inner}- {code}" for code in codes]

    def records(self, margin: str, name: str) -> None:
        self.write(margin, name, "")
        inner = margin.replace("-", " ") + "  "
        kinds = MILESTONE if name == "milestones" else ORIGIN
        entries = {key: lambda at, key: kinds[key](self, at, key) for key in kinds}
        for _ in range(int(str(self.draw(st.integers(1, 3))))):
            self.mapping(f"{inner}- ", entries)


MILESTONE = {"id": Hand.code, "title": Hand.localized, "number": Hand.number, "due_baseline": Hand.day}
ORIGIN = {"status": Hand.code, "fields": Hand.codes, "note": Hand.localized}
RECORD = {
    "number": Hand.number,
    "ogp_id": Hand.code,
    "title": Hand.localized,
    "continuity": Hand.code,
    "start_date": Hand.day,
    "note": Hand.localized,
    "values": Hand.codes,
    "milestones": Hand.records,
    "provenance": Hand.records,
    "unheard_of": Hand.codes,
    "yes": Hand.code,
}


@st.composite
def records(draw: Callable[[st.SearchStrategy], object]) -> tuple[str, dict[str, str]]:
    """Return a record as somebody typed it, and what each comment in it is about."""
    hand = Hand(draw)
    chosen = draw(st.lists(st.sampled_from(list(RECORD)), min_size=1, max_size=6, unique=True))
    assert isinstance(chosen, list)
    hand.mapping("", {key: lambda at, key: RECORD[key](hand, at, key) for key in chosen})
    return "\n".join(hand.lines) + "\n", hand.comments


@cache
def style() -> Style:
    """Return the style; no fixture, whose thousand fields would be printed with each example that fails."""
    return Style(read_schemas(read_folder(Path(__file__).parent.parent / "schemas"))[0], ("en", "mn"))


@cache
def grammar() -> Grammar:
    return Grammar(style().schemas, style().languages)


@settings(SETTINGS)
@given(records())
def test_formatting_never_changes_what_is_read(record: tuple[str, dict[str, str]]) -> None:
    text, comments = record
    done = formatted(text, style())
    assert done.text is not None, (done.findings, text)
    assert not done.repairs or any(char in text for char in "\u2000\u3000\u0306"), done.repairs
    before, after = (reading(COMMITMENT, one.encode(), grammar()) for one in (text, done.text))
    assert before == after
    assert formatted(done.text, style()).text == done.text
    assert_read_alike(COMMITMENT, done.text, style())
    assert_comments_stay(done.text, comments)


def assert_comments_stay(text: str, comments: Mapping[str, str]) -> None:
    """Each comment is there once: on the line of what it is about, or above it with nothing but comments between."""
    lines = text.split("\n")
    for comment, about in comments.items():
        [place] = [number for number, line in enumerate(lines) if line.endswith(comment)]
        entry = re.compile(rf'\s*(?:- )?"?{about}"?:')
        below = (line for line in lines[place:] if line.strip() and not line.strip().startswith("#"))
        first = next(below)
        hoisted = re.match(r"\s*- ", first)
        assert entry.match(first) or hoisted, (comment, text)


@settings(SETTINGS)
@given(st.one_of(st.text(max_size=200), records().flatmap(lambda record: torn(record[0]))))
def test_any_text_is_formatted_or_left_alone_for_a_reason(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    done = formatted(content, style())
    assert done.text is not None or done.findings, text


def torn(text: str) -> st.SearchStrategy[str]:
    """Return a record with a piece of it taken out or put elsewhere."""
    places = st.integers(0, len(text))
    return st.tuples(places, places, places).map(lambda at: text[: at[0]] + text[at[1] : at[1] + 9] + text[at[2] :])
