"""Owns the reading of single values into a draft: texts, languages, codes; each mistake at its own place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as Words
from dataclasses import dataclass

from site_builder.nouns.diagnostic import Diagnostic, Location, Severity, found
from site_builder.nouns.record import Cell
from site_builder.nouns.schema import Field
from site_builder.readers.casting import Problem
from site_builder.readers.drafts import Draft, Grammar
from site_builder.readers.suggest import closest, has_lookalike
from site_builder.readers.yaml_retyped import as_number, as_word, is_suspect
from site_builder.readers.yaml_slips import BULLET
from site_builder.readers.yaml_tree import Mapping, Node, Scalar, Sequence, type_names

Labels = Words[str, str]
"""Keys by the labels of their fields, in small letters."""
NO_LABELS: Labels = {}
_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
"""A code or an id."""


@dataclass(frozen=True)
class Values:
    """The reading of the values of one file; what is wrong goes to `findings`."""

    file: str
    grammar: Grammar
    findings: list[Diagnostic]

    def at(self, node: Node) -> Location:
        return Location(self.file, node.line, node.column)

    def expected(self, wanted: str, key: Scalar, node: Node, record: str) -> None:
        """Report a value of the wrong shape: text, list or mapping."""
        if wanted == "list" and isinstance(node, Scalar) and (bullet := BULLET.match(node.text)):
            self.findings.append(
                found("word-bullet", self.at(node), record=record, field=key.text, written=bullet.group(1))
            )
            return
        self.findings.append(
            found(
                f"{wanted}-expected",
                self.at(node),
                key=key.text,
                given=type_names[type(node)],
                record=record,
                field=key.text,
                suggestion=_as_list(node) if wanted == "list" else "",
            )
        )

    def unknown_key(self, key: Scalar, known: Iterable[str], *, record: str, labels: Labels = NO_LABELS) -> str:
        """Report a key that is no field here; return the one that was most likely meant.

        `labels` has the fields by what pages and tables call them, which is what people know of them.
        """
        known = sorted(known)
        named = labels.get(key.text.casefold(), "")
        suggestion = named if named in known else closest(key.text, known)
        name = "cyrillic-key" if has_lookalike(key.text, known) else "unknown-key"
        self.findings.append(
            found(
                name,
                self.at(key),
                key=key.text,
                known=", ".join(known),
                record=record,
                field=key.text,
                suggestion=suggestion,
                length=len(key.text),
            )
        )
        return suggestion

    def plain(self, draft: Draft, item: Field, key: Scalar, node: Node) -> None:
        if not isinstance(node, Scalar):
            draft.spoiled.add(key.text)
            self.expected("text", key, node, draft.shown_id)
        elif self.cast(draft, item, item.name, key.text, node) is None:
            draft.spoiled.add(key.text)

    def localized(self, draft: Draft, item: Field, key: Scalar, node: Node) -> None:
        reported = len(self.findings)
        self._languages(draft, item, key, node)
        wrong = any(finding.severity is Severity.ERROR for finding in self.findings[reported:])
        if wrong or (isinstance(node, Mapping) and node.spoiled):
            draft.spoiled.add(key.text)

    def _languages(self, draft: Draft, item: Field, key: Scalar, node: Node) -> None:
        """Read a text in every language."""
        languages = self.grammar.languages
        if not isinstance(node, Mapping):
            self.findings.append(
                found(
                    "languages-expected",
                    self.at(node),
                    key=key.text,
                    record=draft.shown_id,
                    field=key.text,
                    languages=", ".join(languages),
                )
            )
            return
        if node.flow:
            self.findings.append(
                found("flow-mapping", self.at(node), key=key.text, record=draft.shown_id, field=key.text)
            )
            return
        for language, text in node.entries:
            if language.text not in languages:
                self.findings.append(
                    found(
                        "language-unknown",
                        self.at(language),
                        value=language.text,
                        known=", ".join(languages),
                        suggestion=closest(language.text, languages),
                        record=draft.shown_id,
                        field=key.text,
                        length=len(language.text),
                    )
                )
            elif not isinstance(text, Scalar):
                self.expected("text", language, text, draft.shown_id)
            else:
                self.cast(draft, item, f"{item.name}_{language.text}", f"{key.text}.{language.text}", text)

    def cast(self, draft: Draft, item: Field, column: str, key: str, node: Scalar) -> Cell | None:
        """Cast a typed text into a column of a draft."""
        text = node.text.rstrip("\n") if node.style in ("literal", "folded") else node.text
        if node.comment_column and item.is_plain_text:
            place = Location(self.file, node.end_line, node.comment_column)
            self.findings.append(found("comment-truncates", place, kept=text, record=draft.shown_id, field=key))
            return None
        value, problem = self.grammar.reader(draft.table, item)(text)
        if problem is not None:
            self._problem(problem, node, key, draft.shown_id)
            return None
        length = len(node.text) if node.line == node.end_line else 1
        cell = Cell(value, self.at(node), length, _offset(node))
        draft.cells[column] = cell
        if node.style == "plain" and item.type == "string" and is_suspect(text):
            self._retyped(item, node, key, draft.shown_id)
        return cell

    def _retyped(self, item: Field, node: Scalar, key: str, record: str) -> None:
        """Report a text that another reader of YAML would take for something else."""
        if item.partial_date:
            return
        word, number = as_word(node.text), as_number(node.text)
        if word or number:
            self.findings.append(
                found(
                    "unquoted-word" if word else "unquoted-number",
                    self.at(node),
                    severity=Severity.WARNING,
                    value=node.text,
                    read=word or number,
                    record=record,
                    field=key,
                    suggestion=f'"{node.text}"',
                    length=len(node.text),
                )
            )

    def _problem(self, problem: Problem, node: Scalar, key: str, record: str) -> None:
        is_one_line = node.line == node.end_line
        column = node.column + (1 if is_one_line and node.style != "plain" else 0)
        length = len(node.text) if is_one_line else 1
        if is_one_line and problem.offset >= 0:
            column, length = column + problem.offset, 1
        self.findings.append(
            found(
                problem.name,
                Location(self.file, node.line, column),
                problem.arguments,
                record=record,
                field=key,
                suggestion=problem.suggestion,
                length=length,
                key=key,
            )
        )

    def texts(self, key: Scalar, node: Node, record: str) -> list[Scalar]:
        """Return a list of plain texts."""
        if not isinstance(node, Sequence):
            self.expected("list", key, node, record)
            return []
        for item in node.items:
            if not isinstance(item, Scalar):
                self.expected("text", key, item, record)
        return [item for item in node.items if isinstance(item, Scalar)]


def _as_list(node: Node) -> str:
    """Return the list that was meant by names of codes or records on a line of their own, empty for other texts."""
    names = re.split(r"\s*[,;]\s*", node.text.strip()) if isinstance(node, Scalar) else []
    return f"[{', '.join(names)}]" if names and all(map(_NAME.fullmatch, names)) else ""


def _offset(node: Scalar) -> int:
    """Return how far behind its place a text begins, -1 where it is escaped, folded or stands below its key."""
    quotes = 0 if node.style == "plain" else 2
    is_as_typed = node.line == node.end_line and node.end_column - node.column == len(node.text) + quotes
    return quotes // 2 if is_as_typed else -1
