"""Owns organisations as one cell names them: where one ends, what kind it is, which id it gets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, count

from site_builder.interchange.bodies import BODY
from site_builder.interchange.prose import REMOVED

LONGEST_ID = 60
_RESERVED = frozenset({"con", "prn", "aux", "nul", "index", "null", "none", "true", "false", "yes", "no", "on", "off"})
"""Words that are file names of Windows, of the site, or values of YAML."""
_OF = re.compile(r"^(?:ministry|minister|department|committee|commission|secretariat) (?:of|for)\b", re.I)
_FORM = re.compile(r"state actors involved:?|csos?, private sector, ?multilaterals, working groups:?", re.I)
"""Headings of OGP's form that came along."""
_POST = re.compile(
    r"\b(?:consultant|expert|advis[eo]r|director|specialist|officer|head|manager|coordinator|chief)\b", re.I
)
ROLES: Mapping[str, str] = {"civil_society": "civil_society", "company": "private", "media": "media"}
"""Role of one that supports, by its kind; public bodies support."""


def split_names(text: str) -> tuple[list[str], int]:
    """Return the names in a cell, each once, and how many pieces were left out as they speak of a person."""
    lines = [list(_pieces(line)) for line in re.split(r"[;\n\t•]+", _FORM.sub("\n", text))]
    kept = [piece for line in lines for piece in _without_persons(line)]
    left_out = sum(map(len, lines)) - len(kept)
    bare = [re.sub(r"^(?:and|or) ", "", piece.strip(' .:-–"“”«»')) for piece in kept]
    unique = {name.casefold(): name for name in reversed(bare) if any(char.isalpha() for char in name)}
    return list(reversed(unique.values())), left_out


def _without_persons(pieces: list[str]) -> list[str]:
    """Return the pieces of a line without those that speak of a person, and without the name before such a piece."""
    kept: list[str] = []
    for piece in pieces:
        if REMOVED in piece or (_POST.search(piece) and not BODY.search(piece)):
            while kept and not BODY.search(kept[-1]):
                kept.pop()
        else:
            kept.append(piece)
    return kept


def _pieces(line: str) -> Iterator[str]:
    """Yield what a line names: apart by commas, else by full stops."""
    if "," not in line and len(re.findall(r"\w{3}\. [^\W\d_]", line)) > 1:
        return (piece for piece in re.split(r"(?<=\w{3})\.\s+", line) if piece.strip())
    return _at_commas(line)


def _at_commas(line: str) -> Iterator[str]:
    """Yield what stands between commas, but not within brackets or in the middle of a ministry's name."""
    whole = ""
    for part in re.split(r",(?![^()]*\))", line):
        piece = part.strip()
        if whole and _goes_on(whole, piece):
            whole = f"{whole}, {piece}"
            continue
        if whole:
            yield whole
        whole = piece
    if whole:
        yield whole


def _goes_on(before: str, piece: str) -> bool:
    """Whether a piece is no name of its own: `Ministry of Education, Science and Technology`."""
    if not piece or (piece[:1].islower() and not piece.startswith(("and the ", "e-"))):
        return bool(piece)
    short = len(piece.split()) <= 4 and not BODY.search(piece)
    return bool(_OF.match(before)) and short and " and " in piece


@dataclass
class Register:
    """Ids of organisations by their names; ids that are taken are not given again."""

    known: dict[str, str] = field(default_factory=dict)
    """Ids by name, as names are compared."""
    taken: set[str] = field(default_factory=set)

    def id_of(self, name: str) -> tuple[str, bool]:
        """Return the id of an organisation and whether it is new."""
        key = compared(name)
        if key in self.known:
            return self.known[key], False
        base = slug(name)
        more = (f"{base}-{number}" if base else f"org-{number}" for number in count(2 if base else 1))
        found = next(candidate for candidate in chain([base] if base else [], more) if candidate not in self.taken)
        self.known[key] = found
        self.taken.add(found)
        return found, True


def compared(name: str) -> str:
    """Return a name as it is compared: without case, marks and signs."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def slug(name: str) -> str:
    """Return an id in ASCII, empty where a name has too few Latin letters to give one."""
    plain = unicodedata.normalize("NFKD", name)
    letters = [char for char in plain if char.isalpha()]
    latin = [char for char in letters if char.isascii()]
    if len(latin) < 2 or len(latin) * 2 < len(letters):
        return ""
    bare = "".join(char for char in plain if not unicodedata.combining(char)).lower().replace("'", "").replace("’", "")
    made = re.sub(r"[^a-z0-9]+", "-", bare.encode("ascii", "replace").decode()).strip("-")
    if len(made) > LONGEST_ID:
        made = made[:LONGEST_ID].rpartition("-")[0] or made[:LONGEST_ID]
    made = re.sub(r"(?:-(?:of|the|and|for|in|or|to))+$", "", made)
    if not made[:1].isalpha() or made in _RESERVED or re.fullmatch(r"org-\d+", made):
        made = f"org-{made}" if not made.startswith("org-") else f"{made}-x"
    return made.strip("-")
