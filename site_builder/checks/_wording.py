"""Owns the slips of a whole text: how it was pasted, cut, left unfinished, or written in the wrong place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from site_builder.checks._text_slips import Slip
from site_builder.checks._written_texts import Text, Texts, written_texts
from site_builder.nouns.diagnostic import Severity
from site_builder.nouns.record import Catalog, Language, Prose
from site_builder.readers.formats import script_of
from site_builder.readers.lookalikes import CYRILLIC, LATIN, words_of

_SPACES = re.compile(r"(?<=[^\s|]) {2,}(?=[^\s|])")
_SPLIT = re.compile(r"-(?<=[^\W\d_]-)[ \n]+(?=[^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]+")
_STANDING_ALONE = re.compile(r"(?<!-)(?<!-\s)[^\W\d_]+")
_TAG = re.compile(
    r"<(?:/?(?:a|abbr|b|base|big|blockquote|body|br|button|center|code|div|em|embed|font|form|frame|h[1-6]|head|hr|html"
    r"|i|iframe|img|input|ins|del|li|link|mark|meta|object|ol|p|pre|s|script|small|span|strike|strong|style|sub|sup|svg"
    r"|table|tbody|td|th|thead|tr|u|ul|video|audio)\b[^<>]*>|!--)",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"(?<!\w)(?:TBD|TBC|TBA|TODO|FIXME|xxx+|ххх+|XXXX+|ХХХХ+|\?{3,}|_{4,})(?!\w)|(?:[Ll]orem [Ii]psum|LOREM IPSUM)"
)
_SIGNS_OF_IT = ("TB", "TODO", "FIXME", "xxx", "ххх", "XXXX", "ХХХХ", "???", "____", "orem ", "OREM ")
_NOTHING = re.compile(r"[-–—.…?_*\s]{1,5}")
_MONGOLIAN = re.compile("[\u1800-\u18af]")
_OF_SCRIPT = {"Latn": LATIN, "Cyrl": CYRILLIC, "Mong": _MONGOLIAN}
_CLOSING = {"»": "«", "”": "“„"}
"""Marks that end what is quoted, with those that begin it."""
_MARK = re.compile(r"(?<!\d)”|»")
"""A mark that ends a quotation; behind a figure it may be one of inches."""
FEWEST, SHARE = 16, 0.8
"""Letters of another script that a text has at least, and their part of all, where it is said to be in it."""
LONG, WORDS = 15, 3
"""Letters and words from which on capitals are hard to read: below, a text may be an abbreviation."""
REMAINDER = 3
"""Letters that the end of a word has at least that was split at the end of a line."""

Look = Callable[[Text], Iterator[Slip]]


@dataclass(frozen=True)
class Wording:
    """The looks at whole texts; they know the content only to tell a word from the rest of one."""

    catalog: Catalog

    def slips(self, texts: Texts) -> Iterator[tuple[Text, Iterator[Slip]]]:
        """Yield the texts of a column with what is wrong with them; a look at all of them comes first."""
        together = texts.together()
        looks: list[tuple[Look, Callable[[str], object]]] = []
        if self._may_be_foreign(texts.language, together):
            script = _script(texts.language)
            looks.append((self._other_script, lambda text: _may_be_in_another(text, script)))
        if _SPLIT.search(together):
            looks.append((self._split, _SPLIT.search))
        if "<" in together:
            looks.append((_html, _TAG.search))
        if any(mark in together for mark in _CLOSING):
            looks.append((_closed, _MARK.search))
        if any(sign in together for sign in _SIGNS_OF_IT):
            looks.append((_unfinished, _UNFINISHED.search))
        if texts.field is not None:
            looks.append((_bare, _is_bare))
            if "  " in together:
                looks.append((_spaces, _SPACES.search))
            if texts.field.localized:
                looks.append((_capitals, str.isupper))
                if not texts.field.markdown and "\n" in together:
                    looks.append((_broken, lambda text: "\n" in text.strip()))
        for look, may_find in looks:
            yield from ((text, look(text)) for text in texts.such(may_find))

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """Every word of the content that stands by itself somewhere, in small letters."""
        everything = (texts.together() for texts in written_texts(self.catalog))
        return frozenset(word for text in everything for word in _STANDING_ALONE.findall(text.lower()))

    def _split(self, text: Text) -> Iterator[Slip]:
        """Yield the first word that was split at the end of a line: what follows the hyphen is no word by itself."""
        words = words_of(text.written)
        for match in _SPLIT.finditer(words):
            end = _LETTERS.match(words, match.end())
            if end is None or not end.group().islower() or len(end.group()) < REMAINDER:
                continue
            if end.group() not in self._vocabulary:
                begin = match.start()
                while begin and words[begin - 1].isalpha():
                    begin -= 1
                meant = words[begin : match.start()] + end.group()
                yield Slip("split-word", start=begin, written=words[begin : end.end()], suggestion=meant)
                return

    def _may_be_foreign(self, language: Language, together: str) -> bool:
        script = _script(language)
        if script == "Latn":
            return not together.isascii() and bool(CYRILLIC.search(together) or _MONGOLIAN.search(together))
        return script == "Mong" or (script == "Cyrl" and bool(LATIN.search(together)))

    def _other_script(self, text: Text) -> Iterator[Slip]:
        """Yield a text that is written in the script of another language, unless that one has the same text."""
        expected = _script(text.language)
        counts = dict(_letters_by_script(text.written))
        total, own = counts.pop(""), counts.pop(expected)
        foreign = max(counts, key=lambda script: counts[script])
        few = 1 if expected == "Mong" else FEWEST
        if counts[foreign] < few or counts[foreign] < SHARE * total or (expected == "Mong" and own):
            return
        if not self._is_the_same_elsewhere(text):
            yield Slip("other-script", told=(("language", text.language.code), ("script", foreign)))

    def _is_the_same_elsewhere(self, text: Text) -> bool:
        if isinstance(text.source, Prose) or text.field is None:
            return False
        columns = text.field.columns(self.catalog.codes)
        return any(text.source.get(column) == text.written for column in columns if column != text.column)


@lru_cache(maxsize=8_000)
def _letters_by_script(text: str) -> tuple[tuple[str, int], ...]:
    """Return how many letters of each script a text has, and of all together; most texts stay as they are."""
    words = words_of(text)
    counts = [(script, len(letters.findall(words))) for script, letters in _OF_SCRIPT.items()]
    return (*counts, ("", len(re.findall(r"[^\W\d_]", words))))


def _script(language: Language) -> str:
    """Return the script of a language as far as it is known here: by its alphabet, else by its code."""
    for script, letters in _OF_SCRIPT.items():
        if letters.match(language.alphabet):
            return script
    script = script_of(language.code) if language.code else ""
    return script if script in _OF_SCRIPT else ""


def _may_be_in_another(text: str, script: str) -> bool:
    """Whether a text can be mostly in another script than this one."""
    if script == "Latn":
        return not text.isascii()
    return script == "Mong" or LATIN.search(text) is not None


def _html(text: Text) -> Iterator[Slip]:
    if match := _TAG.search(words_of(text.written)):
        yield Slip("html-in-text", start=match.start(), written=match.group())


def _unfinished(text: Text) -> Iterator[Slip]:
    if match := _UNFINISHED.search(words_of(text.written)):
        yield Slip("placeholder-text", start=match.start(), written=match.group())


def _closed(text: Text) -> Iterator[Slip]:
    """Yield a mark that ends a quotation that never began.

    Some languages begin and end with the same mark, or end with what others begin with: then all come in pairs.
    """
    words = words_of(text.written)
    for mark, begins in _CLOSING.items():
        ends = [match.start() for match in _MARK.finditer(words) if match.group() == mark]
        begun = sum(map(words.count, begins))
        if len(ends) > begun and (begun or len(ends) % 2):
            yield Slip("quote-not-begun", start=ends[-1], written=mark, told=(("begins", begins[0]),))


def _spaces(text: Text) -> Iterator[Slip]:
    if match := _SPACES.search(words_of(text.written)):
        yield Slip("double-space", start=match.start(), written=match.group(), suggestion=" ")


def _broken(_text: Text) -> Iterator[Slip]:
    yield Slip("line-break")


def _is_bare(text: str) -> bool:
    return len(text) < 6 and _NOTHING.fullmatch(text) is not None


def _bare(text: Text) -> Iterator[Slip]:
    yield Slip("placeholder-text", start=0, written=text.written)


def _capitals(text: Text) -> Iterator[Slip]:
    words = _LETTERS.findall(text.written)
    if len(words) >= WORDS and sum(map(len, words)) >= LONG:
        yield Slip("capitals-only", Severity.NOTICE)
