"""Owns what hands and tools do to a file: each slip a pure function of a text and two numbers that say where and how.

A text stands for bytes, decoded as UTF-8 with `surrogateescape`, so that slips of bytes and of letters go together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Slip = Callable[[str, int, int], str]
"""The text, where, how; the numbers may be of any size."""

VALUES = (
    "", "~", "null", "[]", "{}", "NO", "yes", "1.10", "0261556", "12:30", "1e3", "-", "'", '"', "|", ">", "2019-02-30",
    "9" * 30, "en", "m01", "demo-c01", "*a", "&a", "&a x", "!!str 5", "../x", "{0}", '"\\0"', '"\\n"', '"\\x41\\u0416"',
    "missing", "ministry", "lead", "true", "True", "тийм", "\u00a0", "[[a]]", "{a: {b: c}}", "[a, b]", "{en: a, mn: b}",
    "# x", "a # b", "a#b", "a: b", "'it''s'", '" x "', "x:", "%", "@x", "`x`", "- x", "? x", "<<", "12 000", "1,5", "٣",
    "01.02.2026", "02/01/2026", "2026-1-5", "2026-01", "2026", "2026-01-15T00:00:00Z", "2026-01-15 ",
    "http://x", "x@y.z",
    "a\u2013b", "“x”", "‘x’ and “y”", "„x“", "a\u200bb", "и\u0306", "🙂", "=1+1", "<b>x</b>", "[a](javascript:b)",
)  # fmt: skip
INSERTED = (
    "\t", " ", "  ", "\n", "\n\n", "\r", "\v", "\f", "\0", "\x1b[31m", "\x85", "\u2028", "\u00a0", "\u00ad", "\u200b",
    "\u202e", "\ufeff", "\ufffd", "\udc98", "\udcd0", "\udcff\udcfe", ":", ": ", " #", "#", "-", "- ", "? ", "'", '"',
    "“", "”", "’", "…", "\u2013", "•\t", "|", ">", "[", "]", "{", "}", ",", "&", "*", "!", "%", "@", "`", "\\", "\\u",
    "=", "<<: *a", "---\n", "...\n", "а", "о", "Ө", "й", "x", "0", "🙂",
)  # fmt: skip
TWINS = dict(zip("aceopxyABEKMHOPCTXасеорхуАВЕКМНОРСТХ", "асеорхуАВЕКМНОРСТХaceopxyABEKMHOPCTX", strict=True))
"""Letters of one keyboard that look like those of the other."""
KEYS = (
    "id", "title", "en", "mn", "name", "kind", "number", "milestones", "organisations", "organisation", "role", "items",
    "milestone", "evidence", "date_change", "provenance", "fields", "status", "source", "languages", "codes", "code",
    "label", "values", "links", "reported_on", "start_date", "plan", "commitment", "position", "url", "__class__", "1",
)  # fmt: skip

_ENTRY = re.compile(r"^(\s*(?:- +)*)([^\s:#]+):(?:[ ]+(.*))?$")


def _lines(change: Callable[[list[str], int, int], object]) -> Slip:
    """Make a slip of the whole text of one that changes a list of lines in place."""

    def slip(text: str, where: int, how: int) -> str:
        lines = text.split("\n")
        change(lines, where % len(lines), how)
        return "\n".join(lines)

    return slip


def _line(change: Callable[[str, int], str]) -> Slip:
    """Make a slip of the whole text of one that changes a line."""

    def put(lines: list[str], at: int, how: int) -> None:
        lines[at] = change(lines[at], how)

    return _lines(put)


def _value(change: Callable[[str, int], str]) -> Slip:
    """Make a slip of the whole text of one that changes a value on the line of its key."""

    def put(line: str, how: int) -> str:
        match = _ENTRY.match(line)
        return f"{match[1]}{match[2]}: {change(match[3] or '', how)}" if match else line

    return _line(put)


def _key(change: Callable[[str, int], str]) -> Slip:
    def put(line: str, how: int) -> str:
        match = _ENTRY.match(line)
        return line.replace(match[2], change(match[2], how), 1) if match else line

    return _line(put)


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _block(lines: list[str], at: int) -> int:
    """Return the line behind an entry and what is indented below it."""
    end = at + 1
    while end < len(lines) and len(_margin(lines[end])) > len(_margin(lines[at])):
        end += 1
    return end


def _swap(lines: list[str], at: int, how: int) -> None:
    other = how % len(lines)
    lines[at], lines[other] = lines[other], lines[at]


def _move_block(lines: list[str], at: int, how: int) -> None:
    end = _block(lines, at)
    moved = lines[at:end]
    del lines[at:end]
    place = how % (len(lines) + 1)
    lines[place:place] = moved


def _double_block(lines: list[str], at: int, how: int) -> None:
    end = _block(lines, at)
    place = end if how % 2 else how % (len(lines) + 1)
    lines[place:place] = lines[at:end]


def _cut_block(lines: list[str], at: int, _how: int) -> None:
    del lines[at : _block(lines, at)]


def _indent_block(lines: list[str], at: int, how: int) -> None:
    margin = (" ", "  ", "    ", "\t", "\u00a0\u00a0")[how % 5]
    for place in range(at, _block(lines, at)):
        lines[place] = margin + lines[place]


def _dedent_block(lines: list[str], at: int, how: int) -> None:
    for place in range(at, _block(lines, at)):
        lines[place] = lines[place][min(1 + how % 4, len(_margin(lines[place]))) :]


def _conflict(lines: list[str], at: int, how: int) -> None:
    end = min(at + 1 + how % 3, len(lines))
    lines[at:end] = ["<<<<<<< HEAD", *lines[at:end], "=======", *lines[at:end], ">>>>>>> upstream"]


def _fold(lines: list[str], at: int, how: int) -> None:
    """A value goes on in the next line, as a text pasted from Word does."""
    lines.insert(at + 1, _margin(lines[at]) + ("  ", "", "    ")[how % 3] + "that goes on, үргэлжилнэ")


def _from_another_line(lines: list[str], at: int, how: int) -> None:
    match, other = _ENTRY.match(lines[at]), _ENTRY.match(lines[how % len(lines)])
    if match and other:
        lines[at] = f"{match[1]}{match[2]}: {other[3] or ''}"


def _key_twice(lines: list[str], at: int, how: int) -> None:
    match = _ENTRY.match(lines[at])
    if match:
        lines.insert(_block(lines, at), f"{match[1].replace('-', ' ')}{match[2]}: {VALUES[how % len(VALUES)]}")


def _new_key(lines: list[str], at: int, how: int) -> None:
    value = VALUES[how // len(KEYS) % len(VALUES)]
    lines.insert(at, f"{_margin(lines[at])}{KEYS[how % len(KEYS)]}: {value}")


def _deep(lines: list[str], at: int, how: int) -> None:
    depth = 1 + how % 12
    margin = _margin(lines[at])
    if how % 2:
        lines.insert(at, f"{margin}deep: " + "[" * depth + "x" + "]" * depth)
    else:
        lines[at:at] = [f"{margin}{'  ' * step}deep:" for step in range(depth)]


def _twin(line: str, how: int) -> str:
    places = [place for place, letter in enumerate(line) if letter in TWINS]
    if not places:
        return line
    place = places[how % len(places)]
    return line[:place] + TWINS[line[place]] + line[place + 1 :]


def _figure(line: str, how: int) -> str:
    places = [place for place, letter in enumerate(line) if letter.isdigit()]
    if not places:
        return line
    place = places[how % len(places)]
    return line[:place] + "0123456789OlО-. ٣"[how // 7 % 17] + line[place + 1 :]


def _day(value: str, how: int) -> str:
    match = re.search(r"(\d{4})-(\d\d)-(\d\d)", value)
    if not match:
        return value
    year, month, day = match.groups()
    forms = (
        f"{day}.{month}.{year}", f"{day}/{month}/{year}", f"{year}-{int(month)}-{int(day)}", f"{year}-{day}-{month}",
        f"{year}-{month}", f"{year}", f"{year} оны {month} сарын {day}", f"{year}-{month}-{day}T00:00:00Z",
        f'"{value}"',
        f"{year}\u2013{month}\u2013{day}", f"{year}-{month}-{day} # day", f"{year}-02-30", f"0{year}-{month}-{day}",
    )  # fmt: skip
    return forms[how % len(forms)]


def _quoting(value: str, how: int) -> str:
    plain = value.strip("\"'")
    forms = (plain, f"'{plain}'", f'"{plain}"', f"“{plain}”", f"‘{plain}’", f'"{plain}', f"{plain}'", f'"{plain}" x',
             f"«{plain}»",
             f"\u00a0{plain}", f'{plain} # "{plain}"', f'"“{plain}”"', f"{plain}:", f"!!str {plain}")  # fmt: skip
    return forms[how % len(forms)]


def _shaped(value: str, how: int) -> str:
    forms = (f"[{value}]", f"{{en: {value}}}", f"[{value}, {value}]", f"{{{value}}}", f"- {value}", f"|\n  {value}",
             f">-\n      {value}\n      {value}", f"\n        {value}", f"&a {value}", f"!x {value}",
             f"{value}, {value}")  # fmt: skip
    return forms[how % len(forms)]


def _named(key: str, how: int) -> str:
    forms = (
        key.upper(), key.capitalize(), f"{key}s", f"{key}_", key.replace("_", "-"), key.replace("_", " "), f'"{key}"',
        f"'{key}'", f"{key}\u00a0", f"? {key}", key[:-1] or "x", key + key[-1], KEYS[how % len(KEYS)], f"{key} ",
        f"{key}_en", f"{key}_id", f"[{key}]", f"!k {key}", f"&k {key}", "<<", "", "~",
    )  # fmt: skip
    return forms[how % len(forms)]


def _pasted(line: str, how: int) -> str:
    place = how % (len(line) + 1)
    text = INSERTED[how // 3 % len(INSERTED)]
    return line[:place] + text + line[place:]


def _typed_over(line: str, how: int) -> str:
    place = how % (len(line) + 1)
    return line[:place] + INSERTED[how // 3 % len(INSERTED)] + line[place + 1 :]


def _rubbed_out(line: str, how: int) -> str:
    place = how % (len(line) + 1)
    return line[:place] + line[place + 1 + how // 11 % 3 :]


def _marked(line: str, how: int) -> str:
    """A list becomes a mapping, a mapping a list."""
    margin, rest = _margin(line), line.lstrip()
    if rest.startswith("- "):
        return margin + ("", "  ", "-", "--- ", "\u2022 ", "* ")[how % 6] + rest[2:]
    return margin + ("- ", "-", "- - ", "\u2013 ", "# ", "? ")[how % 6] + rest


def _punctuated(line: str, how: int) -> str:
    forms = (": ", ":", " :", " : ", "：", "=", ":\t", ":\u00a0", ":  ", " ")
    return line.replace(": ", forms[how % len(forms)], 1)


def _encoded(text: str, where: int, how: int) -> str:
    content = text.encode("utf-8", "surrogateescape")
    codecs = ("cp1251", "utf-16", "utf-16-be", "utf-32", "koi8-r", "utf-8-sig", "cp1252")
    if how % 8 == 7:
        content = content[: where % (len(content) + 1)]
    else:
        content = text.encode("utf-8", "replace").decode("utf-8").encode(codecs[how % 8], "replace")
    return content.decode("utf-8", "surrogateescape")


def _some_bytes(text: str, where: int, how: int) -> str:
    content = text.encode("utf-8", "surrogateescape")
    place = where % (len(content) + 1)
    put = how.to_bytes((how.bit_length() + 7) // 8 or 1, "big")
    return (content[:place] + put + content[place + how % 3 :]).decode("utf-8", "surrogateescape")


SLIPS: Mapping[str, Slip] = {
    "a line cut": _lines(lambda lines, at, _how: lines.pop(at)),
    "a line doubled": _lines(lambda lines, at, _how: lines.insert(at, lines[at])),
    "two lines swapped": _lines(_swap),
    "an entry moved": _lines(_move_block),
    "an entry doubled": _lines(_double_block),
    "an entry cut": _lines(_cut_block),
    "an entry indented": _lines(_indent_block),
    "an entry moved to the left": _lines(_dedent_block),
    "a line indented": _line(lambda line, how: ("", " ", "  ", "   ", "\t", "\u00a0")[how % 6] + line),
    "another margin": _line(lambda line, how: " " * (how % 7) + line.lstrip()),
    "a line cut short": _line(lambda line, how: line[: how % (len(line) + 1)]),
    "lines joined": _lines(lambda lines, at, _how: lines.__setitem__(slice(at, at + 2), ["".join(lines[at : at + 2])])),
    "marks of a conflict": _lines(_conflict),
    "a text that goes on": _lines(_fold),
    "the value of another field": _lines(_from_another_line),
    "a key twice": _lines(_key_twice),
    "a key more": _lines(_new_key),
    "something nested": _lines(_deep),
    "a letter of the other keyboard": _line(_twin),
    "another figure": _line(_figure),
    "another day": _value(_day),
    "another value": _value(lambda _value, how: VALUES[how % len(VALUES)]),
    "a value between something": _value(_quoting),
    "a value of another shape": _value(_shaped),
    "a value without end": _value(lambda value, how: (value or "x")[:80] * (2000 if how % 50 == 0 else how % 40)),
    "another key": _key(_named),
    "something pasted": _line(_pasted),
    "something typed over": _line(_typed_over),
    "something rubbed out": _line(_rubbed_out),
    "a dash more or less": _line(_marked),
    "another colon": _line(_punctuated),
    "another capital": _line(lambda line, how: line.upper() if how % 2 else line.title()),
    "Windows line ends": lambda text, _where, how: text.replace("\n", ("\r\n", "\r", "\n\r", "\n\n")[how % 4]),
    "a byte-order mark": lambda text, _where, _how: "\ufeff" + text,
    "the end lost": lambda text, where, _how: text[: where % (len(text) + 1)],
    "the start lost": lambda text, where, _how: text[where % (len(text) + 1) :],
    "another encoding": _encoded,
    "some bytes": _some_bytes,
}
"""Every slip by what one would call it."""


def _cell(change: Callable[[list[str], int, int], object]) -> Slip:
    """Make a slip of the whole text of one that changes the cells of a line in place."""

    def put(line: str, how: int) -> str:
        cells = line.split(",")
        change(cells, how % len(cells), how // len(cells))
        return ",".join(cells)

    return _line(put)


def _every_line(change: Callable[[list[str], int], object]) -> Slip:
    """Make a slip of the whole text of one that changes the cells of every line in place."""

    def slip(text: str, where: int, _how: int) -> str:
        rows = [line.split(",") for line in text.split("\n")]
        for cells in rows:
            if len(cells) > 1:
                change(cells, where % len(cells))
        return "\n".join(",".join(cells) for cells in rows)

    return slip


def _swap_cells(cells: list[str], at: int, how: int) -> None:
    other = how % len(cells)
    cells[at], cells[other] = cells[other], cells[at]


CELL_SLIPS: Mapping[str, Slip] = {
    "another cell": _cell(lambda cells, at, how: cells.__setitem__(at, VALUES[how % len(VALUES)])),
    "a cell in quotes": _cell(lambda cells, at, _how: cells.__setitem__(at, f'"{cells[at]}"')),
    "a cell with a comma": _cell(lambda cells, at, how: cells.__setitem__(at, f'"{cells[at]}, {how % 99}"')),
    "a cell with a line break": _cell(lambda cells, at, _how: cells.__setitem__(at, f'"{cells[at]}\nx"')),
    "a cell with quotes": _cell(lambda cells, at, _how: cells.__setitem__(at, f'"{cells[at]} ""x"""')),
    "a cell more": _cell(lambda cells, at, _how: cells.insert(at, "")),
    "a cell less": _cell(lambda cells, at, _how: cells.pop(at)),
    "two cells swapped": _cell(_swap_cells),
    "a column cut": _every_line(lambda cells, at: cells.pop(at)),
    "a column doubled": _every_line(lambda cells, at: cells.insert(at, cells[at])),
    "a column at the end": _every_line(lambda cells, at: cells.append(cells.pop(at))),
    "an empty column": _every_line(lambda cells, _at: cells.append("")),
    "semicolons": lambda text, _where, how: text.replace(",", (";", "\t", "|", ", ", ",,")[how % 5]),
    "commas in numbers": lambda text, _where, how: text.replace(".", ",", 1 + how % 5),
}
"""Slips in a table with commas."""
_ALL = {**SLIPS, **CELL_SLIPS}


def mangled(content: bytes, slips: list[tuple[str, int, int]]) -> bytes:
    """Return a file after some slips, one after the other."""
    text = content.decode("utf-8", "surrogateescape")
    for name, where, how in slips:
        text = _slipped(text, name, where, how)
    return text.encode("utf-8", "surrogateescape")


def _slipped(text: str, name: str, where: int, how: int) -> str:
    """Return the text after a slip there, or soon after it where there is nothing to slip on."""
    tries = (_ALL[name](text, where + step, how + step) for step in range(6))
    return next((tried for tried in tries if tried != text), text)
