"""Whatever stands in a file, a check ends soon with findings: no traceback, no command, no way out of the tree."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import ROOT, without_data
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from manual import NOW, Files, base_files, folder_of

from site_builder.composition import Checked, Inputs, check
from site_builder.nouns.output import Output
from site_builder.readers.schemas import read_schemas
from site_builder.readers.yaml_composer import parse_yaml
from site_builder.shell.cli import main
from site_builder.shell.disk import FolderRefused, read_folder, replace_folder
from site_builder.shell.job import Run
from site_builder.shell.reports import Report, formats
from site_builder.shell.wording import Wording, load_wording

FOLDERS = {"content": "content", "schemas": "schemas", "theme": "themes/default"}
BASE: Files = base_files(ROOT)
WORDING = Wording(load_wording().catalogues)
"""Without the rulebook: what is built here need not explain the rules."""
OFFICE, COMMITMENT, SITE = (
    "content/organisations/office.yaml",
    "content/plans/demo/commitments/c01.yaml",
    "content/site.yaml",
)
PROSE = "content/pages/about/en.md"
NAME = 'name:\n  en: "A"\n  mn: "Б"\n'
SECONDS = 5.0
"""What one check may take at the most; the base takes a tenth of a second."""
QUICK = settings(
    deadline=None, max_examples=25, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)


def checked(changes: Mapping[str, str | bytes]) -> Checked:
    """Check the base with some files written over."""
    written = {path: text.encode("utf-8") if isinstance(text, str) else text for path, text in changes.items()}
    files = {**BASE, **written}
    inputs = {kind: folder_of(files, folder) for kind, folder in FOLDERS.items()}
    return check(Inputs(**inputs, as_of=NOW, wording=WORDING))


def found_in(changes: Mapping[str, str | bytes]) -> list[str]:
    """Return the names of all findings; each can be said in every language and format, and it did not take long."""
    started = time.process_time()
    result = checked(changes)
    assert time.process_time() - started < SECONDS
    files = {path: text.encode("utf-8") if isinstance(text, str) else text for path, text in changes.items()}
    inputs = {kind: folder_of({**BASE, **files}, folder) for kind, folder in FOLDERS.items()}
    for language in WORDING.languages:
        report = Run(result, inputs, FOLDERS).report(WORDING, language)
        for emit in formats().values():
            emit(report).encode("utf-8")
    return [finding.name for finding in result.findings]


def base_text(path: str, old: str, new: str) -> dict[str, str]:
    text = BASE[path].decode("utf-8")
    assert old in text
    return {path: text.replace(old, new)}


# ---- YAML that was made to hurt

BOMBS = {
    "brackets": "a: " + "[" * 90_000,
    "braces": "a: " + "{a: " * 40_000,
    "dashes": "- " * 90_000 + "x",
    "a block in a block": "\n".join(" " * depth + "a:" for depth in range(600)),
    "aliases of aliases": 'a: &a ["x", "x"]\n'
    + "".join(f"b{place}: &b{place} [*b{place - 1}, *b{place - 1}]\n" for place in range(1, 25)),
    "a line of letters": "name:\n  en: " + "x" * 199_000,
    "a line of points": "name:\n  en: " + "a." * 99_000,
    "colons": "a: " * 60_000,
    "spaces": "a:" + " " * 190_000 + "b: c",
    "double quotes": "a: " + '"' * 100_000,
    "single quotes": "a: '" + "''" * 90_000,
    "escapes": 'a: "' + '\\"' * 90_000,
    "a key": "k" * 190_000 + ": b: c",
    "an explicit key": "? " + "k" * 190_000 + "\n: 1",
    "mistakes on every line": "a: b: c\n" * 5_000,
    "unknown fields": "\n".join(f"key{number}: 1" for number in range(3_000)),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_only_a_finding(bomb: str) -> None:
    assert found_in({OFFICE: BOMBS[bomb]})


LONG_VALUES = {
    "a date of spaces": (COMMITMENT, "end_date: 2027-06-30", 'end_date: "2019' + " " * 190_000 + 'x"'),
    "a number of zeros": (COMMITMENT, "value: 1200", "value: " + "0" * 190_000 + "x"),
    "a number of 100,000 digits": (COMMITMENT, "value: 1200", "value: " + "9" * 100_000),
    "a count of 5,000 digits": (COMMITMENT, "number: 1\ntitle", "number: " + "9" * 5000 + "\ntitle"),
    "an id of letters": (COMMITMENT, "id: tenders", "id: " + "a" * 190_000),
    "an id of parts": (COMMITMENT, "id: tenders", "id: " + "a-" * 90_000),
    "a code": (COMMITMENT, "role: lead", "role: " + "а" * 90_000),
    "a language": (SITE, "  - id: mn", "  - id: " + "m" * 190_000),
    "a locale": (SITE, "mn_MN", "m" * 190_000),
    "a time zone": (SITE, "Asia/Ulaanbaatar", "A/" * 90_000),
}


@pytest.mark.parametrize("value", LONG_VALUES)
def test_a_value_without_end_is_only_a_finding(value: str) -> None:
    assert found_in(base_text(*LONG_VALUES[value]))


def test_the_report_of_a_long_value_can_be_read() -> None:
    result = checked(base_text(COMMITMENT, "role: lead", "role: " + "x" * 90_000))
    text = formats()["text"](Report(result.findings, WORDING, "en", {}))
    assert max(map(len, text.splitlines())) < 1200


MARKDOWN = {
    "brackets": "[" * 50_000,
    "stars": "**a*" * 30_000,
    "underscores": "_" * 90_000,
    "open links": "[a](b " * 20_000,
    "links in links": "[" * 5000 + "](x)" * 5000,
    "backticks": "".join("`" * length + " " for length in range(400)),
    "quotes": ">" * 50_000,
    "pointed brackets": "<" * 90_000,
    "comments": "<!--" * 40_000,
    "lists": "\n".join(" " * depth + "- a" for depth in range(400)),
    "a link of spaces": "](" + " " * 90_000 + "a",
    "references": "[a]: /url\n\n" * 8000,
}


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_that_hurts_is_read_in_time(text: str) -> None:
    found_in({PROSE: f"# T\n\n{MARKDOWN[text]}"})
    found_in(base_text(COMMITMENT, '"Nobody can find the tenders."', json.dumps(MARKDOWN[text])))


def test_reading_takes_time_in_proportion_to_the_milestones() -> None:
    def seconds(count: int) -> float:
        rows = "".join(
            f'  - id: m{number}\n    number: {number}\n    title:\n      en: "T"\n      mn: "Т"\n'
            for number in range(count)
        )
        parts = [f"number: {place + 2}\nmilestones:\n{rows}" for place in range(4)]
        started = time.process_time()
        checked({f"content/plans/demo/commitments/x{place}.yaml": part for place, part in enumerate(parts)})
        return time.process_time() - started

    seconds(10)
    assert seconds(2500) < 12 * max(seconds(625), 0.1)


# ---- YAML that few people know

ODD = {
    "a complex key": ("? [a, b]\n: 1\n", {"key-not-text"}),
    "a mapping as a key": ("? {c: d}\n: 2\n", {"key-not-text"}),
    "an empty key": ('"": 1\n', {"key-not-text"}),
    "an explicit key without a value": ("? website\n", {"empty-value"}),
    "a tag that runs a program": ('website: !!python/object/apply:os.system ["id"]\n', {"yaml-tag"}),
    "a tag directive": ("%TAG ! tag:x,2000:\n---\nwebsite: !x y\n", {"yaml-tag"}),
    "an unknown directive": ("%YAML 3.0\n---\nkind: agency\n", {"yaml-syntax"}),
    "an alias as a key": ("*a : 1\n", {"yaml-anchor"}),
    "an alias of itself": ("website: &a [*a]\n", {"yaml-anchor"}),
    "the same key in braces": ("abbreviation: {en: a, en: b}\n", {"duplicate-key", "flow-mapping"}),
    "names of Python": ("__class__: 1\n__init__: 2\n__proto__: 3\n", {"unknown-key"}),
    "names with braces": ('"{0.__class__}": 1\n"{value}": 2\n"{": 3\n', {"unknown-key"}),
    "half a character": ('abbreviation:\n  en: "\\ud800"\n', {"unknown-escape"}),
    "NUL": ("abbreviation: \0\n", {"control-character"}),
    "NUL by an escape": ('abbreviation:\n  en: "\\0"\n', {"invisible-character"}),
    "a command to the terminal by an escape": ('website: "\\e[31m"\n', {"invisible-character"}),
    "a line separator by an escape": ('abbreviation:\n  en: "a\\Lb"\n', {"invisible-character"}),
    "a mark of direction": ("abbreviation:\n  en: \u200fשלום\n", {"invisible-character"}),
    "a second byte-order mark": ("abbreviation:\n  en: a\ufeffb\n", {"invisible-character"}),
}


@pytest.mark.parametrize("odd", ODD)
def test_odd_yaml_has_its_own_finding(odd: str) -> None:
    text, names = ODD[odd]
    start = "" if text.startswith("%") else f"{NAME}kind: agency\n"
    found = set(found_in({OFFICE: f"{start}{text}"}))
    assert names <= found
    assert found - names <= {"required-missing"}


@pytest.mark.parametrize("written", ["{0.__class__}", "{value}", "{", "}", "{}", "%s", "{{ 7*7 }}", "{% raw %}"])
@pytest.mark.parametrize("path", ["kind: ", "website: ", "parent: "])
def test_braces_in_a_value_stay_braces_in_the_message(written: str, path: str) -> None:
    kind = "" if path == "kind: " else "kind: agency\n"
    result = checked({OFFICE: f"{NAME}{kind}{path}{json.dumps(written)}\n"})
    assert len(result.findings) == 1
    for language in WORDING.languages:
        assert f"`{written}`" in WORDING.message(result.findings[0], language)


def test_a_warning_never_hides_the_error_at_the_same_place() -> None:
    """The file would be lost with a word about its line ends only."""
    found = found_in({OFFICE: ": x\r\n kind: agency\r\nname:\r\n"})
    assert {"bad-indentation", "windows-line-ends"} <= set(found)


def test_line_ends_of_old_macs_are_line_ends() -> None:
    text = f"{NAME}kind: nothing\n".replace("\n", "\r")
    [finding] = checked({OFFICE: text}).findings
    assert (finding.name, finding.location.line, finding.location.column) == ("code-unknown", 4, 7)


def test_signs_of_the_mongolian_script_are_welcome() -> None:
    text = "name:\n  en: A\n  mn: ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ ᠬᠡᠯᠡ\u180b\u180e\nkind: agency\n"
    assert found_in({OFFICE: text}) == []


# ---- anything at all

WRITTEN = sorted(path for path in BASE if path.startswith("content/") and "codelists" not in path)
SCALARS = st.sampled_from(
    ["", "~", "[]", "{}", "NO", "1.10", "-", "'", '"', "|", "2019-02-30", "9" * 30, "en", "m01", "demo-c01", "*a", "&a",
     "../x", "{0}", '"\\0"', '"\\n"', "missing", "ministry", "lead", "true", "\u00a0", "[[a]]", "{a: {b: c}}", "# x"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["id", "title", "en", "mn", "name", "kind", "number", "milestones", "organisations", "organisation", "role",
     "items", "milestone", "evidence", "date_change", "provenance", "fields", "status", "source", "sources",
     "languages", "terms", "codes", "code", "label", "waivers", "rule", "record", "values", "links", "findings",
     "reported_on", "start_date", "end_date", "due_baseline", "period_start", "plan", "commitment", "time_zone"]
)  # fmt: skip
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=5)),
    max_leaves=12,
)
PLACES = st.sampled_from(
    [*WRITTEN, OFFICE, "content/waivers.yaml", "content/glossary.yaml", "content/codelists/roles.yaml",
     "content/plans/demo/updates/2026-h1/c01.yaml", "content/plans/demo/assessments/x.yaml", "content/x/y.yaml",
     "content/plans/demo/responses/x.yaml", "content/plans/../plan.yaml", "content/pages/../en.md"]
)  # fmt: skip


def lines(tree: object, indent: str = "") -> Iterator[str]:
    """Yield a tree as the lines of YAML, as an editor would write it."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from [f"{indent}{key}: {value}"] if isinstance(value, str) else [f"{indent}{key}:"]
            yield from () if isinstance(value, str) else lines(value, f"{indent}  ")
    elif isinstance(tree, list):
        for value in tree:
            below = [value] if isinstance(value, str) else list(lines(value))
            yield from (f"{indent}{'  ' if place else '- '}{line}" for place, line in enumerate(below))
    else:
        yield f"{indent}{tree}"


@QUICK
@given(path=PLACES, content=st.binary(max_size=300))
def test_any_bytes_in_any_file_are_only_findings(path: str, content: bytes) -> None:
    found_in({path: content})


@QUICK
@given(path=PLACES, tree=TREES)
def test_any_fields_in_any_file_are_only_findings(path: str, tree: object) -> None:
    found_in({path: "\n".join(lines(tree))})


@settings(QUICK, max_examples=400)
@given(st.one_of(st.binary(max_size=200), st.text("a:-[]{}'\"#&*!|>%@`,? \n\t\\“\u00a0", max_size=40).map(str.encode)))
def test_any_bytes_are_parsed_to_a_tree_or_a_finding(content: bytes) -> None:
    tree, findings = parse_yaml("x.yaml", content)
    assert tree is not None or findings
    places = content.decode("utf-8", "replace").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in findings:
        assert 1 <= finding.location.line <= len(places)
        assert 1 <= finding.location.column <= len(places[finding.location.line - 1]) + 1


# ---- schemas

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.sampled_from(["", "plan_id", "string"]),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["fields", "name", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)
SHAPES: list[tuple[str, object]] = [
    ("list for a schema", []),
    ("null for a schema", None),
    ("text for a schema", "x"),
    ("no fields", {}),
    ("fields as a mapping", {"fields": {"name": "x"}}),
    ("fields of texts", {"fields": ["x"]}),
    ("a field without a name", {"fields": [{"type": "string"}]}),
    ("a field whose name is no name", {"fields": [{"name": "__class__"}]}),
    ("a field named twice", {"fields": [{"name": "a"}, {"name": "a"}]}),
]


@pytest.mark.parametrize(("what", "shape"), SHAPES, ids=[what for what, _ in SHAPES])
def test_a_schema_of_odd_shape_is_only_a_finding(what: str, shape: object) -> None:
    for path in ("schemas/commitments.json", "schemas/datapackage.json"):
        assert found_in({path: json.dumps(shape)}), what


@settings(QUICK, max_examples=120)
@given(
    table=st.sampled_from(["commitments", "site", "provenance", "date_changes"]),
    key=st.sampled_from(["fields", "primaryKey", "uniqueKeys", "foreignKeys", "labels", "descriptions"]),
    value=JSON,
)
def test_any_value_in_a_schema_is_read_or_refused(table: str, key: str, value: object) -> None:
    path = f"{table}.json"
    schemas = folder_of(BASE, "schemas")
    tree = {**json.loads(schemas[path]), key: value}
    tables, findings = read_schemas({**schemas, path: json.dumps(tree).encode()})
    assert tables.tables or findings


@settings(QUICK, max_examples=30)
@given(
    key=st.sampled_from(
        ["type", "format", "constraints", "labels", "localized", "codelist", "partial_date", "minimum", "maximum",
         "pattern", "enum", "required", "maxLength", "unique"]
    ),
    value=JSON | st.sampled_from(["(", "date", "uri", "\\p", -1, ["1"], "roles", {"pattern": "["}]),
)  # fmt: skip
def test_any_property_of_a_field_is_read_or_refused(key: str, value: object) -> None:
    tree = json.loads(BASE["schemas/commitments.json"])
    item = next(field for field in tree["fields"] if field["name"] == "brief_as_adopted_length")
    inner = key in ("minimum", "maximum", "pattern", "enum", "required", "maxLength", "unique")
    (item.setdefault("constraints", {}) if inner else item)[key] = value
    found_in({"schemas/commitments.json": json.dumps(tree)})


def test_a_schema_nested_without_end_is_only_a_finding() -> None:
    assert found_in({"schemas/commitments.json": "[" * 90_000}) == ["schema-syntax"]


# ---- the settings of the site

SETTINGS = {
    "a time zone that is a file": ("Asia/Ulaanbaatar", "../../etc/passwd", "time-zone-unknown"),
    "an absolute time zone": ("Asia/Ulaanbaatar", "/etc/passwd", "time-zone-unknown"),
    "a time zone that is a folder": ("Asia/Ulaanbaatar", "Asia", "time-zone-unknown"),
    "a language that is a path": ("  - id: mn", "  - id: ../x", "id-form"),
    "a language that is a list": ("  - id: mn", "  - id: [mn]", "text-expected"),
    "a language with braces": ("  - id: mn", '  - id: "{0}"', "id-form"),
    "a locale that is a path": ("mn_MN", "../x", "locale-unknown"),
    "no locale": ("    format_locale: mn_MN\n", "", "required-missing"),
    "an address that runs a script": ("https://creativecommons.org", "javascript:alert(1)//a.b", "address-form"),
    "an id that is a path": ("id: demo", "id: ../demo", "id-form"),
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_that_leads_astray_is_refused(setting: str) -> None:
    old, new, name = SETTINGS[setting]
    assert name in found_in(base_text(SITE, old, new))


# ---- ids and file names

NAMES = {
    "organisations/COM1.yaml": {"file-name"},
    "organisations/a b.yaml": {"file-name"},
    "organisations/{0}.yaml": {"file-name"},
    "organisations/é.yaml": {"file-name"},
    "organisations/a\nb.yaml": {"file-name"},
    "organisations/a::b.yaml": {"file-name"},
    "organisations/" + "a" * 200 + ".yaml": {"file-name"},
    "organisations/a\u202eb.yaml": {"file-name"},
    "organisations/a\x1b[31m.yaml": {"file-name"},
    "organisations/x/y.yaml": {"unknown-file"},
    "organisations/.yaml": {"unknown-file"},
    "organisations/a.YAML": {"unknown-file"},
    "codelists/../x.yaml": {"unknown-file"},
    "plans/../x/plan.yaml": {"unknown-file"},
}


@pytest.mark.parametrize("name", NAMES)
def test_a_file_name_that_cannot_be_an_id_is_refused(name: str) -> None:
    assert set(found_in({f"content/{name}": f"{NAME}kind: agency\n"})) == NAMES[name]


@pytest.mark.parametrize("written", ["../x", "a/b", "a#b", "a?b", "a%2fb", "..", "a.b", "C:", "a\\\\b", "<b>", "1.10"])
def test_an_id_that_could_be_a_path_or_an_address_is_refused(written: str) -> None:
    assert found_in(base_text(COMMITMENT, "id: tenders", f'id: "{written}"')) == ["id-form"]


# ---- links

UNSAFE = ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "//evil.example", "vbscript:x", "mailto:a@b.c",
          "http:evil", "https:/evil", "file:///etc/passwd"]  # fmt: skip
UNKNOWN = ["../../etc", "/etc/passwd", "\\\\evil", "?x=1", "..", ".", "demo-c01/../x", "demo-c01?x", "&#47;&#47;evil"]


@pytest.mark.parametrize("target", [*UNSAFE, *UNKNOWN])
def test_a_link_that_leads_astray_is_refused_in_pages_and_texts(target: str) -> None:
    link = f"see [a]({target}) there"
    for changes in (
        {PROSE: f"# T\n\n{link}\n"},
        base_text(COMMITMENT, '"Nobody can find the tenders."', json.dumps(link)),
    ):
        names = found_in(changes)
        assert names
        assert set(names) <= {"link-unsafe", "link-unknown", "translation-links"}


# ---- reports

POISON = "x\n::error file=a,line=1::pwned%0A::warning::\x1b[31m\u202e\r"


@pytest.mark.parametrize(
    "changes",
    [
        {OFFICE: f"{NAME}kind: {json.dumps(POISON)}\n"},
        {OFFICE: f"{NAME}kind: agency\n{json.dumps(POISON)}: 1\n"},
        {f"content/organisations/{POISON.replace('/', '')}.yaml": f"{NAME}kind: agency\n"},
        base_text(COMMITMENT, "organisation: ministry", f"organisation: {json.dumps(POISON)}"),
    ],
    ids=["value", "key", "file name", "reference"],
)
def test_nothing_in_a_value_or_a_name_becomes_a_command_of_a_terminal_or_a_workflow(
    changes: Mapping[str, str],
) -> None:
    result = checked(changes)
    count = len(result.findings)
    files = {**BASE, **{path: text.encode() for path, text in changes.items()}}
    inputs = {kind: folder_of(files, folder) for kind, folder in FOLDERS.items()}
    report = Run(result, inputs, FOLDERS).report(WORDING, "en")
    github = formats()["github"](report)
    assert github.count("\n") == count
    assert all(re.match(r"::error file=[^:,]*,line=\d+,col=\d+,title=[a-z-]+::", line) for line in github.splitlines())
    for name in ("text", "github"):
        text = formats()[name](report).replace("\n", "")
        assert text.isprintable()
        assert not any(line.startswith("::") for line in formats()["text"](report).splitlines())
    assert len(json.loads(formats()["json"](report))) == count
    sarif = json.loads(formats()["sarif"](report))
    for row in sarif["runs"][0]["results"]:
        uri = row["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[\w.~%/-]+", uri, re.ASCII)


# ---- the built site

HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onclick='alert(1)",
    "{{ 7 * 191 }}{% include 'base.html' %}{0.__class__}{value}%(x)s",
    "&lt;script&gt; ]]> --> \\ =1+1 <javascript:alert(1)> [a][r]\n\n[r]: javascript:alert(1)",
]


class _Page(HTMLParser):
    """Gathers what a browser could run, but for the scripts that the theme brings and blocks of data."""

    def __init__(self, scripts: Iterable[str]) -> None:
        super().__init__()
        self.runs: list[str] = []
        self.own = tuple(f"/{path}" for path in scripts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        targets = [value or "" for name, value in attrs if name in ("href", "src", "action")]
        if tag == "script" and ((dict(attrs).get("src") or "").endswith(self.own) or _is_data(dict(attrs))):
            return
        if tag in ("script", "iframe", "object", "embed", "img") or any(name.startswith("on") for name in names):
            self.runs.append(self.get_starttag_text() or tag)
        self.runs += [value for value in targets if re.match(r"\s*(?:javascript|data|vbscript):|//", value, re.I)]


def _is_data(attributes: Mapping[str, str | None]) -> bool:
    return attributes == {"type": "application/ld+json"}


@pytest.mark.parametrize("hostile", HOSTILE, ids=["html", "templates", "entities"])
def test_hostile_texts_are_shown_and_never_run(hostile: str, fictional_content: Files) -> None:
    text = json.dumps(hostile, ensure_ascii=False)
    changes: dict[str, bytes] = {}
    for path, content in fictional_content.items():
        written = content.decode("utf-8")
        if path.endswith(".yaml"):
            written = re.sub(r'(?m)^(\s+(?:en|mn): )"(?:[^"\\]|\\.)*"$', lambda match: f"{match[1]}{text}", written)
        else:
            written = f"# {hostile}\n\n{hostile}\n"
        changes[f"content/{path}"] = written.encode("utf-8")
    files = {path: content for path, content in BASE.items() if not path.startswith("content/")} | changes
    inputs = {kind: folder_of(files, folder) for kind, folder in FOLDERS.items()}
    result = check(Inputs(**inputs, as_of=NOW, wording=WORDING))
    assert [finding.name for finding in result.findings if finding.severity == "error"] == []
    outputs = without_data(result)
    pages = [content.decode("utf-8") for path, content in outputs.items() if path.endswith(".html")]
    assert len(pages) > 50
    for page in pages:
        parser = _Page(path for path in outputs if path.startswith("static/") and path.endswith(".js"))
        parser.feed(page)
        assert parser.runs == []
    if "191" in hostile:
        assert not re.search(r"(?<![0-9a-f])1337(?![0-9a-f])", "".join(pages)), "7 times 191 was worked out"


# ---- the disk

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")


@needs_links
@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "nowhere", "self"])
def test_a_link_out_of_the_tree_nowhere_or_to_itself_is_refused(target: str, tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "self").symlink_to(target)
    with pytest.raises(FolderRefused):
        read_folder(content)


@needs_links
def test_a_name_that_is_no_text_can_still_be_shown(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/a\xff.yaml"
    try:
        Path(os.fsdecode(name)).write_bytes(b"")
    except OSError:
        pytest.skip("this file system refuses such names")
    assert list(read_folder(tmp_path)) == ["a\ufffd.yaml"]


@pytest.mark.parametrize("out", ["content", ".", "file", "file/below", "link"])
def test_the_site_never_takes_the_place_of_something_else(
    out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "site.yaml").write_text("id: x\n")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "elsewhere").mkdir()
    if sys.platform != "win32":
        (tmp_path / "link").symlink_to("elsewhere")
    elif out == "link":
        pytest.skip("links need rights on Windows")
    before = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FolderRefused):
        replace_folder(Path(out), [Output("build.json", b'{"generator": "open-action-plan 0"}')])
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")) == before


@needs_links
def test_a_refusal_is_one_plain_line_whatever_the_file_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = tmp_path / "content"
    content.mkdir()
    (content / "a\n::error::pwned").symlink_to("/etc")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["check", "--schemas", str(ROOT / "schemas"), "--as-of", "2026-06-30"])
    assert result.exit_code == 2
    assert not any(line.startswith("::") for line in result.output.splitlines())
