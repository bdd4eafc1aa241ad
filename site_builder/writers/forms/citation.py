"""How the data are cited: `CITATION.cff` for tools that know the Citation File Format, `citation.bib` for BibTeX.

Formats: https://citation-file-format.github.io/ (1.2.0) and https://www.bibtex.org/Format/. The publisher is the
author, an office or group and never a person; an address is given only where the site knows its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from site_builder.nouns.edition import Edition
from site_builder.nouns.record import Catalog
from site_builder.nouns.schema import Schemas
from site_builder.writers.dataset import Dataset
from site_builder.writers.forms import File
from site_builder.writers.publication import keywords, version

CFF, BIBTEX = "CITATION.cff", "citation.bib"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""What BibTeX itself calls the months; each style writes them in its own way."""
_LATEX: Mapping[str, str] = {
    **{char: f"\\{char}" for char in "&%$#_"},
    "\\": "\\textbackslash{}",
    # BibTeX counts braces, even those after a backslash
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
}
"""What means something to LaTeX, and how it is written where it means itself."""
NO_LICENCE = frozenset({"NOASSERTION", "NONE"})
"""What SPDX writes where no licence is known; a citation file names licences only."""


@dataclass(frozen=True, slots=True)
class Cited:
    """Which state of the data is cited."""

    day: date
    version: str
    """The number of a release; the newest data have none but their day."""
    url: str
    """Empty where the site does not know its own address."""


def plan_files(catalog: Catalog, schemas: Schemas) -> Iterable[str]:
    return [CFF, BIBTEX]


def write(dataset: Dataset) -> Iterable[File]:
    edition = dataset.edition
    day = version(edition)
    return citation_files(edition, Cited(day, day.isoformat(), edition.base_url))


def citation_files(edition: Edition, cited: Cited) -> Iterable[File]:
    """Return the citation of the newest data, or of a release of them, in both formats."""
    return [(CFF, _cff(edition, cited)), (BIBTEX, _bibtex(edition, cited))]


def _cff(edition: Edition, cited: Cited) -> bytes:
    """Return the citation as YAML: each text as JSON writes it, which is YAML too."""
    licence = str(edition.catalog.site.get("content_licence"))
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": edition.theme.words[_language(edition)].say("citation.message"),
        "type": "dataset",
        "title": _text(edition, "title"),
        "abstract": _text(edition, "description"),
        "authors": [{"name": _text(edition, "publisher")}],
        "version": cited.version,
        "date-released": cited.day.isoformat(),
        "license": "" if licence in NO_LICENCE else licence,
        "url": cited.url,
        "keywords": _keywords(edition),
    }
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in told.items() if value)
    return "".join(lines).encode("utf-8")


def _bibtex(edition: Edition, cited: Cited) -> bytes:
    day = cited.day
    titles = edition.catalog.text(edition.catalog.site, "title").by_language
    others = [title for code, title in titles.items() if code != _language(edition)]
    fields = {
        # two pairs of braces: the name of an office is not taken apart, the letters of a title stay as they are
        "author": f"{{{{{escaped(_text(edition, 'publisher'))}}}}}",
        "title": f"{{{{{escaped(_text(edition, 'title'))}}}}}",
        "year": f"{{{day.year}}}",
        "month": _MONTHS[day.month - 1],
        "version": f"{{{cited.version}}}",
        "url": f"{{{cited.url}}}" if cited.url else "",
        "note": f"{{{escaped('; '.join(others))}}}" if others else "",
        "abstract": f"{{{escaped(_text(edition, 'description'))}}}",
        "keywords": f"{{{escaped(', '.join(_keywords(edition)))}}}" if keywords(edition) else "",
        "copyright": f"{{{escaped(str(edition.catalog.site.get('content_licence')))}}}",
    }
    lines = "".join(f"  {name} = {value},\n" for name, value in fields.items() if value)
    return f"@misc{{{edition.catalog.site.id}-{day.isoformat()},\n{lines}}}\n".encode()


def escaped(text: str) -> str:
    """Return a text as LaTeX reads it, on one line."""
    return "".join(_LATEX.get(char, char) for char in " ".join(text.split()))


def _language(edition: Edition) -> str:
    return str(edition.catalog.site.get("table_language"))


def _text(edition: Edition, name: str) -> str:
    """Return a text of the site in the language of the tables, on one line."""
    return " ".join(edition.catalog.text(edition.catalog.site, name).shown(_language(edition))[0].split())


def _keywords(edition: Edition) -> list[str]:
    labels = (edition.catalog.text(code, "label").shown(_language(edition))[0] for code in keywords(edition))
    return [label for label in labels if label]
