"""Owns one schema file as it was read: the shapes in it, and where in its text a mistake stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.readers.file_text import decode
from site_builder.readers.suggest import closest


@dataclass
class SchemaFile:
    """The reading of one schema file: what it holds, and what is wrong with it."""

    file: str
    text: str
    tree: dict[str, Any]
    table: str = ""
    findings: list[Diagnostic] = field(default_factory=list)
    is_broken: bool = False
    """Whether nothing can be judged by it."""

    def report(self, name: str, key: str, *, item: str = "", is_broken: bool = False, **values: Any) -> None:
        """Report what stands at a key, of a field or of the whole table."""
        where = ".".join(part for part in (self.table, item) if part) or "datapackage"
        self.is_broken = self.is_broken or is_broken
        suggestion = str(values.pop("suggestion", ""))
        self.findings.append(
            found(
                name,
                self._place(item, key),
                field=where,
                suggestion=suggestion,
                length=len(key) + 2,
                **{"key": key, **values},
            )
        )

    def _place(self, item: str, key: str) -> Location:
        """Return the place of a key: after the name of its field, else the first of that name in the file."""
        start, end = 0, len(self.text)
        if item and (named := re.search(rf'"name"\s*:\s*"{re.escape(item)}"', self.text)):
            start = named.start()
            following = re.compile(r'"name"\s*:').search(self.text, named.end())
            end = following.start() if following else end
        place = self.text.find(f'"{key}"', start, end)
        before = self.text[: max(start, place)]
        return Location(self.file, before.count("\n") + 1, len(before) - before.rfind("\n"))

    def entries(self, tree: Mapping[str, Any], key: str, item: str = "") -> list[dict[str, Any]]:
        """Return the objects of a list; report any other shape."""
        value = tree.get(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            self.report("schema-value", key, item=item, value=shortened(value), is_broken=True)
            return []
        return value

    def names(self, tree: Mapping[str, Any], key: str) -> tuple[str, ...]:
        """Return the names in a list, or a single name; report any other shape."""
        value = tree.get(key, [])
        value = [value] if isinstance(value, str) else value
        if not is_names(value):
            self.report("schema-value", key, value=shortened(value), is_broken=True)
            return ()
        return tuple(value)

    def texts(self, tree: Mapping[str, Any], key: str, item: str = "") -> dict[str, str]:
        """Return a text in every language; report any other shape."""
        value = tree.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            self.report("schema-mapping", key, item=item, is_broken=True)
            return {}
        return value

    def refuse_unknown(self, tree: Mapping[str, Any], known: Iterable[str], item: str = "") -> None:
        """Report the keys that nobody knows."""
        for key in tree:
            if key not in known:
                self.report("schema-property", key, item=item, suggestion=closest(key, known))


def shortened(value: object) -> str:
    """Return a value as JSON has it, as long as a finding can show it."""
    return json.dumps(value, ensure_ascii=False)[:40]


def read_schema_file(
    files: Mapping[str, bytes], path: str, folder: str, findings: list[Diagnostic]
) -> SchemaFile | None:
    """Return the reading of a file of the schema folder; None where it cannot be read, which is reported."""
    shown = f"{folder}/{path}"
    if path not in files:
        findings.append(found("schema-file-missing", Location(shown), file=path))
        return None
    text, wrong = decode(shown, files[path])
    findings.extend(wrong)
    if text is None:
        return None
    try:
        tree = json.loads(text)
    except json.JSONDecodeError as error:
        findings.append(found("schema-syntax", Location(shown, error.lineno, error.colno)))
    except (ValueError, RecursionError):
        findings.append(found("schema-syntax", Location(shown)))
    else:
        if isinstance(tree, dict):
            return SchemaFile(shown, text, tree)
        findings.append(found("schema-syntax", Location(shown)))
    return None


def is_names(value: object) -> TypeGuard[list[str]]:
    """Whether a value is a list of texts."""
    return isinstance(value, list) and all(isinstance(name, str) for name in value)
