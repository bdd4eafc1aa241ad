"""Owns the parts of a commitment's full text: what OGP's form asks, and the milestones told in prose.

The form is in English: a text in another language, or without the form's headings, stays one piece.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from site_builder.readers.date_forms import read_day

_ASKED = {
    "problem": r"what is the public problem\b[^?\n]{0,90}\?|what is the problem\b[^?\n]{0,90}\?",
    "objective": r"what is the commitment\??|what does the measure consist of\?",
    "ambition": r"how will the (?:commitment|implementation)\b[^?\n]{0,90}\?",
    "note": r"(?:how does the measure relate|why is this commitment relevant)\b[^?\n]{0,80}\?",
    "milestones": r"milestone activity with a verifiable deliverable|verifiable and measurable milestones[^\n:]{0,60}"
    r"|actions required/milestones for completion:?|activities (?:for )?(?:and )?measurable results of [^\n:]{0,60}:?",
}
"""Questions of the form, wherever they stand."""
_HEADED = {
    "problem": r"status quo(?: or problem)?[^\n:.]{0,40}|problem statement|problem to be addressed",
    "objective": r"main objective[^\n:.]{0,24}|objectives?(?= *[:\n\t])|general description[^\n:.]{0,24}"
    r"|brief description(?: of (?:the )?commitment)?(?: *\(140 character limit\))?|commitment description",
    "ambition": r"ambition(?= *[:\n\t])|expected impact(?= *[:\n\t])",
    "milestones": r"milestones?(?= *[:\n\t])",
    "note": r"additional information|expected results?(?: \d+)?(?= *[:\n\t])|other actors involved[^\n\t]{0,40}"
    r"|csos?, private sector[^\n\t]{0,50}|state actors involved|lead implementing agency/actor"
    r"|commitment start and end date|ogp values?(?= *[:\n\t])|relevance(?= *[:\n\t])|grand challenge[^\n\t:]{0,40}",
}
"""Headings of the form's older editions, at the beginning of a line."""
_HEADING = re.compile(
    "|".join(
        [rf"(?P<{kind}_asked>{form})" for kind, form in _ASKED.items()]
        + [rf"(?:^|(?<=\n)|(?<=\t))(?P<{kind}_headed>{form})" for kind, form in _HEADED.items()]
    ),
    re.I,
)
_PART_BEGINS = r" *[:–-]? *\n?"

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_DAY = r"\d{1,2}[./-]\d{1,2}[./-]\d{4}\.?|\d{4}-\d{2}-\d{2}"
_MONTH = rf"(?:{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?,? \d{{4}}"
_QUARTER = r"(?:IV|I{1,3}|[1-4])(?:st|nd|rd|th)? quarter (?:of )?\d{4}|Q[1-4] \d{4}"
_TERM = rf"(?:{_DAY}|{_QUARTER}|(?:\d{{1,2}} )?{_MONTH}|\d{{1,2}}[./]\d{{4}})"
_SPAN = re.compile(rf"[ \t|,(–-]*({_TERM})[ \t|–-]+(?:(?:to|until) )?({_TERM})[ \t|).–-]*(?: \d{{1,3}})?$", re.I)
_BETWEEN = re.compile(rf"{_TERM}[ \t|–-]+(?:(?:to|until) )?{_TERM}", re.I)
_ONE = re.compile(rf"[ \t|,(–-]*(?:by |until )?({_TERM})[ \t|).–-]*$", re.I)
_COLUMNS = re.compile(
    r"^[ \t:|]*(?:budget|(?:start(?:ing)?|end) ?date:?|date of completion[^\n\t:]{0,20}:?|[ \t:|])+\s*", re.I
)
"""Headings of the columns of a table whose form was lost."""
LONGEST_TITLE = 600
"""Characters of a milestone's title; a longer one is cut after a word and marked as such."""


@dataclass(frozen=True, slots=True)
class Told:
    """A milestone as prose tells it."""

    title: str
    is_whole: bool = True
    start: date | None = None
    due: date | None = None
    due_as_adopted: str = ""
    """The words for a deadline that is no day."""
    rest: str = ""
    """What stood beside it in its table: a budget, an institution."""


@dataclass
class Parts:
    """A full text in parts by our field, and its milestones."""

    texts: dict[str, str] = field(default_factory=dict)
    milestones: list[Told] = field(default_factory=list)
    in_form: bool = False
    """Whether headings of OGP's form were found."""


def parts_of(text: str, title: str) -> Parts:
    """Return the parts of a plain full text; `title` is not repeated."""
    parts = Parts()
    pieces = list(_pieces(text))
    parts.in_form = len(pieces) > 1
    if not parts.in_form:
        before, told = _milestones(text, anywhere=False)
        parts.milestones = told
        _add(parts, "objective", _without(before, title))
        return parts
    has_objective = any(kind == "objective" for kind, _ in pieces)
    for kind, piece in pieces:
        if kind == "before":
            _add(parts, "note" if has_objective else "objective", _without(piece, title))
        elif kind == "milestones":
            rest, told = _milestones(piece, anywhere=True)
            parts.milestones += told
            _add(parts, "note", rest)
        else:
            _add(parts, kind, _without(piece, title))
    if not parts.milestones and "note" in parts.texts:
        parts.texts["note"], parts.milestones = _milestones(parts.texts["note"], anywhere=False)
        parts.texts = {kind: told for kind, told in parts.texts.items() if told}
    return parts


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces between headings, each with what its heading asks."""
    kind, heading, begins = "before", "", 0
    for match in _HEADING.finditer(text):
        yield kind, _headed(heading, text[begins : match.start()])
        kind, begins = str(match.lastgroup).split("_")[0], match.end()
        heading = match.group() if kind == "note" else ""
    yield kind, _headed(heading, text[begins:])


def _headed(heading: str, piece: str) -> str:
    """Return a piece with its heading where the field does not say the same."""
    answer = piece.strip(" \t\n|:–-")
    asked = heading.strip(" :")
    return f"{asked}{'' if asked.endswith('?') else ':'} {answer}" if heading and answer else "" if heading else piece


def _add(parts: Parts, kind: str, piece: str) -> None:
    piece = re.sub(rf"^{_PART_BEGINS}", "", piece.strip(" \t\n|:")).strip(" \t\n|")
    if piece:
        known = parts.texts.get(kind)
        parts.texts[kind] = f"{known}\n\n{piece}" if known else piece


def _without(piece: str, title: str) -> str:
    """Return a piece without the title that many texts repeat at their beginning."""
    begin = piece.lstrip()
    return begin[len(title) :] if title and begin.casefold().startswith(title.casefold()) else piece


def _milestones(text: str, *, anywhere: bool) -> tuple[str, list[Told]]:
    """Return what stands around the milestones, and them; numbers must follow one another from the first.

    Where it is not said that milestones follow, numbers count at the beginnings of lines only, and two at the least.
    """
    line = r"(?:^|(?<=\n))" if not anywhere else r"(?:^|(?<=[\s|:;.]))"
    for form in (
        rf"{line}(?P<major>\d{{1,2}})\.(?P<n>\d{{1,2}})(?![./-]?\d)[.:)]?[ ]+(?=[^\W\d_\"“«(])",
        r"(?:^|(?<=\n)|(?<=[ \t]))(?:milestone|activity)[ ]?(?:no\.? ?)?(?P<n>\d{1,2})(?! *\.\d)[ ]*[.:)–-]*[ ]*",
        rf"{line}(?P<n>\d{{1,2}})[.)][ ]+(?=[^\W\d_\"“«(])",
        rf"{line}(?P<letter>[a-z])\)[ ]+",
    ):
        marks = list(_in_order(re.finditer(form, text, re.I)))
        if len(marks) >= (1 if anywhere and "P<major>" not in form else 2):
            ends = [*(mark.start() for mark in marks[1:]), _end(text, marks[-1].end())]
            told = [_told(text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
            before = _COLUMNS.sub("", text[: marks[0].start()])
            rest = text[ends[-1] :].strip()
            return f"{before}\n\n{rest}".strip(), [milestone for milestone in told if milestone is not None]
    return _by_terms(text) if anywhere else (text, [])


def _end(text: str, begins: int) -> int:
    """Return where the last milestone ends: at an empty line, unless its dates stand behind it."""
    for match in re.compile(r"\n[ \t]*\n").finditer(text, begins):
        if not _SPAN.search(text[match.end() :].split("\n\n")[0].strip()):
            return match.start()
    return len(text)


def _by_terms(text: str) -> tuple[str, list[Told]]:
    """Return the milestones of a list without numbers: each ends with the two terms between which it is done."""
    told, begins = [], 0
    body = _COLUMNS.sub("", text)
    for match in _BETWEEN.finditer(body):
        milestone = _told(re.sub(r"^\W*\d{1,3}\s+", "", body[begins : match.end()]))
        told += [milestone] if milestone is not None else []
        begins = match.end()
    return (body[begins:], told) if len(told) > 1 else (text, [])


def _in_order(found: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the marks that count on: 1, 2, 3; 1.1, 1.2, 2.1; a, b, c."""
    major, wanted = 0, 1
    for match in found:
        groups = match.groupdict()
        number = int(groups["n"]) if groups.get("n") else ord(str(groups.get("letter", "`")).lower()) - ord("`")
        if groups.get("major"):
            above = int(groups["major"])
            if number == 1 and above > major:
                major, wanted = above, 1
            elif above != major:
                continue
        if number == wanted:
            wanted += 1
            yield match


def _told(piece: str) -> Told | None:
    piece = re.sub(r"\n(?:activity|expected result)[ ]?\d.*", "", piece, flags=re.I | re.S)
    words = " ".join(piece.replace("\t", " | ").split()).strip(" |;")
    start = due = None
    as_adopted = ""
    if match := _SPAN.search(words):
        (start, _), (due, as_adopted) = _first(match[1]), _last(match[2])
    elif match := _ONE.search(words):
        due, as_adopted = _last(match[1])
    title, _, rest = (words[: match.start()] if match else words).partition(" | ")
    title, rest = title.rstrip(" |,;–-("), rest.rstrip(" |,;–-(")
    if not title:
        return None
    if start and due and start > due:
        start = None
    is_whole = len(title) <= LONGEST_TITLE
    if not is_whole:
        title = title[:LONGEST_TITLE].rpartition(" ")[0] + "…"
    return Told(title, is_whole, start, due, as_adopted, rest)


def _first(text: str) -> tuple[date | None, str]:
    """Return the day on which a term begins, where it is told to the day."""
    return _day(text.strip("., ")), text


def _last(text: str) -> tuple[date | None, str]:
    """Return the last day of a term, and its words where they are no day."""
    plain = text.strip("., ")
    if day := _day(plain):
        return day, ""
    if match := re.fullmatch(r"(?:\d{1,2} )?([a-z]+)\.?,? (\d{4})", plain, re.I):
        return _end_of_month(int(match[2]), _MONTHS.get(match[1].lower(), 0)), plain
    if match := re.search(r"\b(IV|I{1,3}|[1-4])\w{0,2} quarter|\bQ([1-4])", plain, re.I):
        quarter = ("", "I", "II", "III", "IV").index(match[1].upper()) if match[1] and match[1].isalpha() else 0
        return _end_of_month(int(plain[-4:]), 3 * (quarter or int(match[1] or match[2]))), plain
    if match := re.fullmatch(r"(\d{1,2})[./](\d{4})", plain):
        return _end_of_month(int(match[2]), int(match[1])), plain
    return None, plain


def _end_of_month(year: int, month: int) -> date | None:
    if not (1 <= month <= 12 and 2000 <= year <= 2100):
        return None
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(text: str) -> date | None:
    """Return a day of which there is no doubt; with two numbers that both may be a month there is."""
    read = read_day(text)
    if isinstance(read, date):
        return read if 2000 <= read.year <= 2100 else None
    if match := re.fullmatch(r"(\d{1,2}) ([a-z]+)\.? (\d{4})", text, re.I):
        return _made(int(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1]))
    if match := re.fullmatch(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", text):
        one, two, year = (int(part) for part in match.groups())
        if one == two or two > 12:
            return _made(year, one, two)
        if one > 12:
            return _made(year, two, one)
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 2000 <= year <= 2100 else None
    except ValueError:
        return None
