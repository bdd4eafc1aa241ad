"""Owns the reading of a whole content folder, file by file, into one catalog; refuses to touch the disk."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.record import Catalog, Inflection, Language, Prose, Record
from site_builder.nouns.schema import Schemas
from site_builder.readers.catalog import build_catalog
from site_builder.readers.drafts import Draft, Grammar, grammar_of
from site_builder.readers.file_names import meant_path
from site_builder.readers.file_text import decode, line_ends
from site_builder.readers.formats import is_locale
from site_builder.readers.layout import SHEET, unread_ids
from site_builder.readers.markdown import title
from site_builder.readers.records import read_file
from site_builder.readers.series_csv import read_series_csv
from site_builder.readers.suggest import closest
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.readers.yaml_tree import Mapping as Tree
from site_builder.readers.yaml_tree import Scalar, Sequence

_CODE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
_MISNAMED = frozenset({"file-name", "folder-name"})
_PROSE = re.compile(r"pages/(?P<slug>[^/]+)/(?P<language>[^/]+)\.md\Z")


def read_content(
    files: Mapping[str, bytes], schemas: Schemas, *, folder: str = "content", again: bool = False
) -> tuple[Catalog, list[Diagnostic]]:
    """Return the catalog of a content folder and every mistake in its files; an empty one without schemas.

    `files` maps paths below the folder to their bytes; `folder` is its name in findings. With `again` nearly the same
    files will be read once more.
    """
    if not schemas.tables:
        return Catalog(schemas, (), {}), []
    findings: list[Diagnostic] = []
    codes = language_codes(files.get("site.yaml", b""))
    grammar = grammar_of(schemas, codes)
    if not _all_usable(files, grammar):
        return build_catalog((), schemas, (), {})[0], _without_languages(files, grammar, folder)
    drafts: list[Draft] = []
    unread: set[str] = set()
    prose: dict[tuple[str, str], Prose] = {}
    sheets = {match["id"]: path for path in sorted(files) if (match := SHEET.pattern.match(path))}
    for path in sorted(files.keys() - set(sheets.values())):
        shown = f"{folder}/{path}"
        if match := _PROSE.match(path):
            page, found_here = _read_prose(match["slug"], match["language"], files[path], shown, codes)
            if page is not None:
                prose[page.slug, page.language] = page
        else:
            read, found_here = _read_named(path, files, grammar, shown=shown, again=again)
            drafts.extend(read)
            if not read:
                unread |= unread_ids(path)
            elif any(finding.name in _MISNAMED for finding in found_here):
                unread |= unread_ids(meant_path(path))  # whether anything names it is seen when it has its name
        findings.extend(found_here)
    observations, found_here = _read_sheets(
        {name: (f"{folder}/{path}", files[path]) for name, path in sheets.items()}, drafts, unread, grammar=grammar
    )
    findings.extend(found_here)
    catalog, found_between = build_catalog(drafts, schemas, codes, prose, unread=unread, observations=observations)
    return replace(catalog, languages=_languages(catalog, codes)), findings + found_between


def _read_named(
    path: str, files: Mapping[str, bytes], grammar: Grammar, *, shown: str, again: bool
) -> tuple[list[Draft], list[Diagnostic]]:
    """Return the drafts of a file and what was found in it.

    A file with a name that is no id is read under the name that was meant, so that what names its record is not
    reported, too; a copy beside the file of that name is left out, and only its name is reported.
    """
    read, findings = read_file(path, files[path], grammar, shown_as=shown, again=again)
    misnamed = next((finding for finding in findings if finding.name == "file-name"), None)
    if misnamed is None:
        return read, findings
    meant = meant_path(path)
    pairs = list(zip(path.split("/"), meant.split("/"), strict=True)) if meant else []
    if meant in files and pairs[:-1] == [(old, old) for old, _ in pairs[:-1]]:
        return [], [found("file-copy", misnamed.location, value=pairs[-1][0], other=pairs[-1][1])]
    if meant and meant not in files:
        read, findings = read_file(meant, files[path], grammar, shown_as=shown)
        if not any(finding.name == "file-name" for finding in findings):
            name, better = next((old, new) for old, new in pairs if old != new)
            return read, [_renamed(misnamed, path, name, better), *findings]
    wrong = dict(misnamed.arguments)["value"]
    folders = path.split("/")[:-1]
    return [], [_renamed(misnamed, path, wrong if wrong in folders else path.split("/")[-1], "")]


def _renamed(misnamed: Diagnostic, path: str, name: str, better: str) -> Diagnostic:
    """Return what is said of a name that is no id, of the folder or of the file that has it."""
    told = dict(misnamed.arguments) | {"value": name}
    kind = "folder-name" if name in path.split("/")[:-1] else "file-name"
    return replace(misnamed, name=kind, arguments=tuple(sorted(told.items())), suggestion=better)


def _read_sheets(
    sheets: Mapping[str, tuple[str, bytes]], drafts: list[Draft], unread: set[str], *, grammar: Grammar
) -> tuple[list[Record], list[Diagnostic]]:
    """Return the values in the CSV files, by id of the indicator; their series join `drafts`, what is lost `unread`."""
    indicators = {draft.id: draft for draft in drafts if draft.table.name == "indicators"}
    inline: dict[str, list[Draft]] = {}
    for draft in drafts:
        if draft.table.name == "series" and draft.parent is not None and draft.id:
            inline.setdefault(draft.parent.id, []).append(draft)
    observations: list[Record] = []
    findings: list[Diagnostic] = []
    for name, (shown, content) in sheets.items():
        if name not in indicators:
            if name not in unread:
                findings.append(found("csv-alone", Location(shown), value=name, suggestion=closest(name, indicators)))
            continue
        rows, found_here = read_series_csv(shown, content, indicators[name], inline.get(name, []), grammar=grammar)
        findings.extend(found_here)
        if rows is None:
            unread.add(name)
            continue
        if rows.has_lost_some:
            unread.add(name)
        drafts.extend(rows.series)
        observations.extend(rows.observations)
    return observations, findings


def _without_languages(files: Mapping[str, bytes], grammar: Grammar, folder: str) -> list[Diagnostic]:
    """Return why the site has no languages; without them nothing else can be judged."""
    shown = f"{folder}/site.yaml"
    if "site.yaml" not in files:
        return [found("site-missing", Location(shown))]
    drafts, findings = read_file("site.yaml", files["site.yaml"], grammar, shown_as=shown)
    for draft in drafts:
        cell = draft.cells.get("format_locale")
        if cell is not None and not is_locale(str(cell.value)):
            findings.append(
                found("locale-unknown", cell.location, value=cell.value, field="format_locale", length=cell.length)
            )
    named = [finding for finding in findings if finding.name not in ("language-unknown", "languages-expected")]
    return named or [found("no-language", Location(shown))]


def _all_usable(files: Mapping[str, bytes], grammar: Grammar) -> bool:
    """Whether there are languages, each with a code that can stand in an address and a locale that is known."""
    if not grammar.languages or not all(_CODE.fullmatch(code) for code in grammar.languages):
        return False
    drafts, _ = read_file("site.yaml", files["site.yaml"], grammar, shown_as="site.yaml")
    languages = [draft for draft in drafts if draft.table.name == "languages"]
    return all(
        draft.id and "format_locale" in draft.cells and is_locale(str(draft.cells["format_locale"].value))
        for draft in languages
    )


def language_codes(content: bytes) -> tuple[str, ...]:
    """Return the codes of `languages:` in the site file, before anything else can be read."""
    root, _ = parse_yaml("site.yaml", content)
    for key, node in root.entries if root else ():
        if key.text == "languages" and isinstance(node, Sequence):
            written = (
                text.text
                for item in node.items
                if isinstance(item, Tree)
                for name, text in item.entries
                if name.text == "id" and isinstance(text, Scalar)
            )
            return tuple(dict.fromkeys(written))
    return ()


def _languages(catalog: Catalog, codes: tuple[str, ...]) -> tuple[Language, ...]:
    records = {record.get("language_code"): record for record in catalog.rows("languages")}
    return tuple(
        Language(
            code,
            str(record.get("name") or code),
            str(record.get("format_locale") or code),
            str(record.get("alphabet") or ""),
            str(record.get("direction") or "ltr"),
            str(record.get("writing_mode") or "horizontal-tb"),
            Inflection(
                str(record.get("search_alike") or ""),
                str(record.get("search_dropped") or ""),
                str(record.get("search_endings") or ""),
            ),
        )
        for code in codes
        if (record := records.get(code)) is not None
    )


def _read_prose(
    slug: str, language: str, content: bytes, shown: str, languages: tuple[str, ...]
) -> tuple[Prose | None, list[Diagnostic]]:
    text, findings = decode(shown, content)
    if language not in languages:
        return None, [
            *findings,
            found(
                "language-unknown",
                Location(shown),
                value=language,
                known=", ".join(languages),
                suggestion=closest(language, languages),
            ),
        ]
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", slug):
        findings.append(found("folder-name", Location(shown), value=slug))
    if text is None:
        return None, findings
    findings += line_ends(shown, text)
    if not title(text):
        findings.append(found("page-without-title", Location(shown)))
    return Prose(slug, language, text.replace("\r\n", "\n"), Location(shown)), findings
