"""Owns the whole answer to a proposed change in a language: the verdict, what was found, what changes, what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.nouns.change_set import ChangeSet, OtherFile
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.edition import Edition
from site_builder.nouns.page import Page
from site_builder.nouns.text import brief
from site_builder.nouns.wording import Wording
from site_builder.writers.differences import word_difference
from site_builder.writers.proposals.sections import Narrator, Section, published_at
from site_builder.writers.proposals.segments import Segment, segments

SENTENCE = 300
"""Characters of a sentence about a mistake that are shown."""


@dataclass(frozen=True)
class Proposal:
    """A change that is judged, before it is said in a language."""

    changes: ChangeSet
    findings: tuple[Diagnostic, ...]
    """Of the content after the change, each with whether the change brought it."""
    wording: Wording
    after: Edition | None
    """None where neither content can be named, since its site file is broken."""
    before: Edition | None
    as_of: str
    allows_bulk: bool = False

    @property
    def introduced(self) -> tuple[Diagnostic, ...]:
        """The errors and warnings that the change brought: errors first, of them those from which others follow."""
        ranks = [Severity.ERROR, Severity.WARNING]
        brought = [one for one in self.findings if one.introduced is not False and one.severity in ranks]
        return tuple(sorted(brought, key=lambda one: (ranks.index(one.severity), not self._is_root(one), one.order())))

    def _is_root(self, finding: Diagnostic) -> bool:
        """Whether a finding stands in a file that cannot be read, from which others follow."""
        return finding.location.file.endswith(tuple(f"/{path}" for path in self.changes.unreadable))

    @property
    def is_refused_for_size(self) -> bool:
        return self.changes.bulk.deletes_many and not self.allows_bulk

    @property
    def passes(self) -> bool:
        return not any(finding.blocks for finding in self.findings) and not self.is_refused_for_size

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it can be told, that of record first."""
        if self.after is None:
            return self.wording.languages
        catalog = (self.before or self.after).catalog
        plans = sorted(catalog.rows("plans"), key=lambda plan: (plan.id == catalog.site.get("plan_id"), plan.id))
        record = plans[-1].get("adopted_language") if plans else None
        known = [code for code in self.after.catalog.codes if code in self.wording.languages]
        return tuple(sorted(known, key=lambda code: code != record)) or self.wording.languages

    def name_of(self, language: str) -> str:
        """Return what a language calls itself."""
        known = self.after.catalog.languages if self.after else ()
        return next((one.name for one in known if one.code == language), language)


@dataclass(frozen=True)
class Mistake:
    """A finding in the words of a language."""

    place: str
    severity: str
    message: str
    hint: str
    rule: str
    href: str


@dataclass(frozen=True)
class Telling:
    """All that is said of a change in a language, in the order in which it is said."""

    verdict: str
    notes: tuple[tuple[Segment, ...], ...]
    """What must be seen before anything else: too large, unreadable."""
    mistakes: tuple[Mistake, ...]
    summary: str
    sections: tuple[Section, ...]
    effects_title: str
    effects: tuple[str, ...]
    files_title: str
    files: tuple[tuple[Segment, ...], ...]
    foot: str


def telling(proposal: Proposal, language: str) -> Telling:
    """Return what is said of a change in a language."""
    return _Teller(proposal, language).telling()


def verdict(proposal: Proposal, language: str) -> str:
    """Return in one line whether a change can be taken as it is."""
    return _Teller(proposal, language).verdict()


@dataclass(frozen=True)
class _Teller:
    proposal: Proposal
    language: str

    def say(self, key: str, /, **values: object) -> str:
        return self.proposal.wording.say(f"diff.{key}", self.language, **values)

    def word(self, key: str) -> str:
        return self.proposal.wording.say(key, self.language)

    def telling(self) -> Telling:
        changes = self.proposal.changes
        narrator = self._narrator()
        lines = tuple(narrator.sections(changes.events)) if narrator else ()
        effects = tuple(map(narrator.effect, changes.effects or ())) if narrator else ()
        return Telling(
            self.verdict(),
            tuple(self._notes()),
            tuple(map(self._mistake, self.proposal.introduced)),
            self._summary(),
            lines,
            self.say("effects"),
            effects,
            self.say("files"),
            tuple(map(self._file, changes.other_files)),
            self._foot(),
        )

    def _narrator(self) -> Narrator | None:
        after = self.proposal.after
        if after is None or self.language not in after.catalog.codes:
            return None
        return Narrator(after, self.proposal.before, self.language, self.proposal.changes.stale)

    def verdict(self) -> str:
        counts = Counter(finding.severity for finding in self.proposal.introduced)
        errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
        if self.proposal.passes:
            parts = [self.word("report.passed"), self.say("no_mistakes")]
        elif errors:
            parts = [self.word("report.not_yet"), self.say("mistakes", count=errors)]
        else:
            parts = [self.word("report.not_yet"), self.say("too_large")]
        if warnings:
            parts.append(self.say("warnings", count=warnings))
        return f"{parts[0]}: {', '.join(parts[1:])}"

    def _notes(self) -> Iterator[tuple[Segment, ...]]:
        changes, bulk = self.proposal.changes, self.proposal.changes.bulk
        if bulk.deletes_many:
            key = "deletes_many" if self.proposal.is_refused_for_size else "deletes_many_allowed"
            yield (Segment("", self.say(key, count=bulk.unexplained, limit=bulk.limits.deleted)),)
        if bulk.changes_many:
            yield (Segment("", self.say("changes_many", count=bulk.files, organisations=len(bulk.organisations))),)
        for paths, key in ((changes.unreadable, "unreadable"), (changes.unread_before, "unread_before")):
            for path in paths:
                yield Segment("code", path), Segment("", f" {self.say(key)}")

    def _mistake(self, finding: Diagnostic) -> Mistake:
        wording, place = self.proposal.wording, finding.location
        return Mistake(
            f"{place.file}:{place.line}:{place.column}",
            wording.say(f"severity.{finding.severity}", self.language),
            brief(wording.message(finding, self.language), SENTENCE),
            brief(wording.say("fix", self.language) + wording.hint(finding, self.language), SENTENCE),
            finding.name,
            published_at(self.proposal.before, Page("rule", finding.name, self.language, "")),
        )

    def _summary(self) -> str:
        changes = self.proposal.changes
        if changes.is_empty:
            return self.say("nothing")
        told = sum(event["kind"] != "unreadable" for event in changes.events)
        if not (told or changes.other_files or changes.unreadable) and self.proposal.after is not None:
            return self.say("form_only", count=changes.bulk.files)
        counted = (
            ("changes", told),
            ("deletions", changes.bulk.deleted),
            ("stale", len(changes.stale)),
            ("other_files", len(changes.other_files)),
            ("form_files", changes.in_form_only),
        )
        parts = [self.say(key, count=count) for key, count in counted if count]
        return f"{', '.join(parts)}." if parts else ""

    def _file(self, file: OtherFile) -> tuple[Segment, ...]:
        before, after = file.before, file.after
        name = Segment("code", file.path)
        if before is None or after is None:
            return name, Segment("", f": {self.say('file_added' if before is None else 'file_removed')}")
        if file.path.endswith(".md") and before and after:
            return name, Segment("", ": "), *segments(word_difference(before, after))
        old, new = Counter(before.splitlines()), Counter(after.splitlines())
        taken, put = (old - new).total(), (new - old).total()
        return name, Segment("", f": {self.say('file_lines', added=put, removed=taken)}")

    def _foot(self) -> str:
        parts = [self.say("as_of", day=self.proposal.as_of)]
        if self.proposal.changes.effects is None:
            parts.append(self.say("not_counted"))
        old = sum(one.introduced is False and one.severity is Severity.ERROR for one in self.proposal.findings)
        if old:
            parts.append(self.say("old_mistakes", count=old))
        return " ".join(parts)
