"""Owns the state of a preview: the last good edition, what was found since, and the page with its findings."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from markupsafe import Markup

from site_builder.composition import Checked, edition
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.nouns.edition import History
from site_builder.nouns.page import Page
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.wording import Wording
from site_builder.shell.reports import visible
from site_builder.writers.html import Press
from site_builder.writers.on_demand import OnDemand
from site_builder.writers.templates import TemplateBroken

SCRIPT, STYLE, WAITING = "__preview.js", "__preview.css", "__preview/"
"""What only a preview has: how a page reloads and how findings look; where a page waits for the next state."""
PATIENCE = 25.0
"""Seconds after which a waiting page asks again."""
SHOWN = 30
"""Findings that a page shows; the terminal has all."""
WHOLES = frozenset({"commitment_id", "indicator_id", "framework_id", "assessment_id"})
"""Columns that name the thing of which a record is a part."""
_PAGE = Markup(
    '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8"><title>{}</title></head>\n<body><h1>{}</h1>'
)
_BODY_BEGINS = re.compile(rb"<body[^>]*>\n?")
_SCRIPT = b"""\
"use strict";
(function () {
  var state = document.getElementById("preview").dataset.state;
  function wait() {
    fetch("/__preview/" + state, { cache: "no-store" }).then(function (answer) {
      return answer.text();
    }).then(function (now) {
      if (now !== state) { location.reload(); } else { wait(); }
    }).catch(function () { setTimeout(wait, 1000); });
  }
  wait();
})();
"""
_STYLE = b"""\
#preview { margin: 1rem 0; padding: 1rem; border: .2rem solid #b3261e; background: #fff; color: #1a1a1a; }
#preview a { color: #0b4f8a; }
#preview.clean { border-color: #767676; }
#preview summary { font-weight: 700; cursor: pointer; color: #1a1a1a; }
#preview li { margin: .75rem 0; }
#preview code { overflow-wrap: anywhere; }
"""


class Preview:
    """The site as its content stands; with mistakes, as it last stood without."""

    def __init__(self, wording: Wording, language: str) -> None:
        self._wording, self._language = wording, language
        self._site: OnDemand | None = None
        self._checked: Checked | None = None
        self._refused = ""
        self._state = 0
        self._turn = threading.Lock()
        self._changed = threading.Condition()

    def show(self, checked: Checked, look_back: Callable[[], History], *, base_url: str = "") -> None:
        """Take a new state of the content; the site follows it where it has no mistakes.

        `look_back` tells the history, which is asked for only where the site will be shown.
        """
        site = None if checked.has_errors else OnDemand(edition(checked, base_url=base_url, history=look_back()))
        with self._turn:
            self._checked, self._refused = checked, ""
            self._site = site or self._site
        self._tell_waiting()

    def refuse(self, sentence: str) -> None:
        """Take over that the content could not be read at all: each page says why until it can be."""
        with self._turn:
            self._refused = sentence
        self._tell_waiting()

    def _tell_waiting(self) -> None:
        with self._changed:
            self._state += 1
            self._changed.notify_all()

    def wait(self, state: str) -> bytes:
        """Return the number of the state once it is another one, or after a while."""
        with self._changed:
            self._changed.wait_for(lambda: str(self._state) != state, timeout=PATIENCE)
            return str(self._state).encode()

    def file(self, path: str) -> bytes | None:
        """Return the bytes of a file of the site; a page has its findings and reloads when the content changes."""
        if path in (SCRIPT, STYLE):
            return _SCRIPT if path == SCRIPT else _STYLE
        if path.startswith(WAITING):
            return self.wait(path.removeprefix(WAITING))
        with self._turn:
            if self._site is None:
                title = self._wording.say("preview.nothing_yet", self._language)
                return self._page_of_its_own(title, None) if path.endswith(".html") else None
            page = self._site.pages.get(path)
            try:
                content = self._lost(page) if page and page.kind == "not-found" else self._site.file(path)
            except TemplateBroken as broken:
                return self._page_of_its_own(str(broken), page)
            if content is None or page is None:
                return content
            return _BODY_BEGINS.sub(lambda body: body[0] + self._panel(page).encode(), content, count=1)

    def _lost(self, page: Page) -> bytes:
        """Return the page for addresses where nothing is, which may lie at any depth: it links from the root."""
        assert self._site is not None
        return Press(replace(self._site.edition, base_url="/")).render(page).content

    def _page_of_its_own(self, title: str, page: Page | None) -> bytes:
        """Return a page that has only findings: there was no good state yet, or a template does not work."""
        text = _PAGE.format(self._language, title, title)
        return f"{text}{self._panel(page)}</body></html>\n".encode()

    def _panel(self, page: Page | None) -> Markup:
        language = page.language if page and page.language in self._wording.languages else self._language
        here, elsewhere = self._findings(page)
        said = [(key, found) for key, found in (("preview.here", here), ("preview.elsewhere", elsewhere)) if found]
        has_errors = self._checked is not None and self._checked.has_errors
        is_urgent = has_errors or here or self._refused
        parts = [
            Markup('<section id="preview" lang="{}" data-state="{}"{}>').format(
                language, self._state, Markup("") if is_urgent else Markup(' class="clean"')
            ),
            Markup('<link rel="stylesheet" href="/{}"><script src="/{}" defer></script>').format(STYLE, SCRIPT),
        ]
        if self._refused:
            parts.append(Markup("<p><b>{}</b><br>{}</p>").format(self._say("preview.unread", language), self._refused))
        elif has_errors:
            parts.append(Markup("<p><b>{}</b></p>").format(self._say("preview.held_back", language)))
        if not said and not self._refused:
            parts.append(Markup("<p>{}</p>").format(self._say("summary.clean", language)))
        for key, found in said:
            parts.append(
                Markup("<details{}><summary>{}</summary><ul>{}</ul></details>").format(
                    Markup(" open") if key == "preview.here" or not here else "",
                    self._say(key, language, count=len(found)),
                    Markup("").join(self._items(found, language)),
                )
            )
        return Markup("\n").join([*parts, Markup("</section>\n")])

    def _say(self, key: str, language: str, **values: object) -> str:
        return self._wording.say(key, language, **values)

    def _items(self, findings: Iterable[Diagnostic], language: str) -> Iterator[Markup]:
        for finding in list(findings)[:SHOWN]:
            place = finding.location
            yield Markup("<li><code>{}:{}:{}</code> {}: {} <code>[{}]</code><br>{}{}</li>").format(
                visible(place.file),
                place.line,
                place.column,
                self._say(f"severity.{finding.severity}", language),
                visible(self._wording.message(finding, language)),
                self._named(finding.name, language),
                self._say("fix", language),
                visible(self._wording.hint(finding, language)),
            )

    def _named(self, rule: str, language: str) -> str:
        """Return the name of a rule, linked to the page that explains it where the site has one."""
        path = self._site.edition.plan.address("rule", rule, language) if self._site else None
        return Markup('<a href="/{}">{}</a>').format(path, rule) if path else rule

    def _findings(self, page: Page | None) -> tuple[list[Diagnostic], list[Diagnostic]]:
        """Return the findings in the file of the thing that a page is about, and all others; errors first."""
        if self._checked is None or self._refused:
            return [], []
        findings = sorted(self._checked.findings, key=lambda finding: (not finding.blocks, finding.order()))
        files = self._files_of(page)
        here = [finding for finding in findings if finding.location.file in files]
        return here, [finding for finding in findings if finding.location.file not in files]

    def _files_of(self, page: Page | None) -> frozenset[str]:
        assert self._site is not None or page is None
        if page is None or self._site is None:
            return frozenset()
        catalog, subject = self._site.edition.catalog, page.subject
        told = (record for table in catalog.tables for record in _about(catalog, table, subject)) if subject else ()
        prose = [text.location.file for (slug, _), text in catalog.prose.items() if slug == subject]
        return frozenset([record.location.file for record in told] + prose)


def _about(catalog: Catalog, table: str, subject: str) -> Iterator[Record]:
    """Yield the record of a table with an id, and those that are parts of it or tell of it."""
    if (record := catalog.find(table, subject)) is not None:
        yield record
    for column in WHOLES & catalog.schemas[table].by_name.keys():
        yield from catalog.referring(table, column, subject)
