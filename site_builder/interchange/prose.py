"""Owns what becomes of a cell of prose: plain text without HTML, without persons; refuses to know what it is about."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from site_builder.checks.personal_data import PERSONAL, TAKEN_OUT
from site_builder.interchange.bodies import BODY

REMOVED = TAKEN_OUT
"""Stands where something about a person was taken out; the same in every language."""

_CODE = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)", re.I | re.S)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.I)
_ITEM = re.compile(r"<li\b[^<>]*>", re.I)
_INLINE = re.compile(r"</?(?:b|i|u|em|strong|span|a|sup|sub|font|small|mark)\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[a-z][^<>]*>|<!--.*?-->|<![^<>]*>", re.I | re.S)
_MARKED = r"\\\g<0>"
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff"
    "\ue000-\uf8ff\U000e0000-\U000e007f\ud800-\udfff\U000f0000-\U0010ffff]"
)
"""Control characters, marks without width, and the private signs that PDF files leave behind."""
_BULLET = re.compile(r"^[ ]*[•●▪◦➢‣·∙■□–][ ]+", re.M)

_MAIL = re.compile(r"[\w.+%-]{1,64}(?:@|\s?\[at\]\s?|\s?\(at\)\s?)[\w-]{1,64}(?:\.[\w-]{1,63}){1,5}", re.I)
_PHONE = re.compile(
    r"(?<![\w/.-])(?:"
    r"\+\s?\d[\d ()./-]{6,20}\d"
    r"|\(\+?0?\d{2,5}\)\s?\d[\d -]{3,10}\d"
    r"|0\d{8,10}"
    r"|0\d{2,4}[ /-]\d{2,4}[ -]?\d{2,4}(?:[ -]?\d{2,4})?"
    r"|(?:tel|telephone|phone|mobile|mob|cell|fax)\b[.:\s]{1,3}[\d(+][\d ()./-]{4,20}\d"
    r")(?![\w/-])",
    re.I,
)
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĶĻŁŃŅŇŌŐŔŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚА-ЯЁЂЃЄЅІЇЈЉЊЋЌЎЏҐӨҮ"
_WORD = rf"(?:(?:a[dlnrst]|el)-|d['’])?[{_UPPER}][\w'’-]+"
_LINK = r"(?:d[aeiou]|das|dos|del|della|des|la|le|los|van|von|de[nr]|te[nr]|zu[mr]?|af|av|bin|binti?|ibn|abu|al|el)"
"""Small words that stand within a name."""
_LINKED = rf"(?:[ ]{_LINK}){{1,2}}[ ]{_WORD}(?:[ ]{_WORD})?"
_TITLED = re.compile(
    rf"(?<!\w)(?:Mr|Mrs|Ms|Miss|Mme|Dr|Prof|Eng|Hon|H\.\s?E|Sr|Sra)(?:\.\s{{0,2}}|\s)"
    rf"(?:[{_UPPER}]\.[ ]?){{0,3}}(?:{_LINK}[ ]){{0,2}}{_WORD}(?:[ ](?:[{_UPPER}]\.[ ]?)?{_WORD}){{0,2}}"
    rf"(?:{_LINKED}){{0,2}}"
)
_NAME_BEFORE = re.compile(
    rf"(?<!\w){_WORD}(?:(?:[ ]{_WORD}){{1,2}}|(?={_LINKED}))(?:{_LINKED}){{0,2}}(?P<rest>[ ]?[(,:–-]?[ ]?\[…\])"
)
_LABELLED = re.compile(
    r"(?<!\w)((?:contact person|person in charge|focal point|name of (?:the )?responsible person[^:\t\n]{0,60})"
    r"[ ]?[:\t][ ]?)"
    r"[^\n\t;|]+",
    re.I,
)
_BLOCK = re.compile(
    r"(?:^|(?<=\n)|(?<=\t))[ ]*(?:contact information|contact details|name of (?:the )?responsible person)\b"
    r".*?(?=\n[ ]*(?:other actors involved|state actors involved|cso|additional information|milestone|what is the|"
    r"expected result|status quo|main objective|brief description)|\Z)",
    re.I | re.S,
)
"""The part of OGP's form that names whom to call, up to the next heading of the form."""
_CONTACT = re.compile(r"^[ ]*contacts?[ ]?[:\t][^\n]+\n?", re.I | re.M)
"""A line of its own that says the same."""


@dataclass
class Taken:
    """What was taken out of texts because it is about persons, counted by kind."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...] = ()
    """What else is looked for: the numbers of the country."""
    counts: Counter[str] = field(default_factory=Counter)

    def out(self, text: str) -> str:
        """Return a text without contact blocks, mail addresses, telephone numbers and names after a title."""
        for block in (_BLOCK, _CONTACT):
            text, count = block.subn("", text)
            self.counts["contact_block"] += count
        for kind, pattern, instead in (
            ("name", _LABELLED, rf"\1{REMOVED}"),
            ("mail", _MAIL, REMOVED),
            ("phone", _PHONE, REMOVED),
            ("name", _TITLED, REMOVED),
            *((kind, pattern, REMOVED) for kind, pattern in (*PERSONAL, *self.patterns)),
        ):
            text, count = pattern.subn(instead, text)
            self.counts[kind] += count
        return _NAME_BEFORE.sub(self._name, text)

    def _name(self, match: re.Match[str]) -> str:
        """Return what stands instead of two or three names before something that was taken out; bodies stay."""
        if BODY.search(match.group()):
            return match.group()
        self.counts["name"] += 1
        return REMOVED + match["rest"]


def plain(text: str) -> str:
    """Return a text without HTML, control characters and odd spaces; tabs and ends of lines stay."""
    for _ in range(2):
        text = _CODE.sub(" ", text)
        text = _TAG.sub(" ", _INLINE.sub("", _ITEM.sub("\n- ", _BREAK.sub("\n", text))))
        text = html.unescape(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = _UNSEEN.sub("", re.sub(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000\x85]", " ", text))
    text = _BULLET.sub("- ", text)
    lines = (re.sub(r" *\t[ \t]*", "\t", re.sub(r" {2,}", " ", line)).strip(" ") for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """Return a plain text on one line."""
    return " ".join(plain(text).split())


def as_markdown(text: str) -> str:
    """Return a plain text so that Markdown shows it as it is; its paragraphs and lists stay."""
    return "\n".join(_line(line.replace("\t", " | ").strip(" |")) for line in text.split("\n")).strip()


def _line(line: str) -> str:
    """Return a line without anything that Markdown would take for a mark: lists stay."""
    line = re.sub(r"[\\`*]|(?<!\w)_|_(?!\w)", _MARKED, line)
    line = re.sub(r"<(?=[\w/!?])|&(?=#?\w{1,32};)|\](?=[(\[:])", _MARKED, line)
    return re.sub(r"(?<=\])\(|^(?:#{1,6}|\+|[=>]|-{2,})(?=\s|$|-|=|>|\w)|^=+$", _MARKED, line)
