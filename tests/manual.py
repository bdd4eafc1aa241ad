"""Owns the reading of the cases in tests/cases/: what an editor did, and the exact report it gets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from site_builder.shell.disk import read_folder

CASES = Path(__file__).resolve().parent / "cases"
NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
"""The moment at which every case is checked."""
CLEAN = "No mistakes found.\n"

CUT_SHORT = frozenset(
    {
        "happening_kinds",
        "plan_measures",
        "policy_areas",
        "progress_input_kinds",
        "progress_reasons",
        "progress_statuses",
        "repository_notes",
        "repository_requirements",
        "schedule_statuses",
    }
)
"""Long code lists of which the base has the first few codes: it is checked a thousand times in a run, and reading all
codes of the project took half of each time. The whole lists are checked with the real content.
"""
CODES_KEPT = 4

_CODE = re.compile(rb"(?m)^(?=  - code: )")
_HEADING = re.compile(r"## (.+)")
_FENCE = re.compile(r"(`{3,})(\w+)(?: (\S.*))?")
_ESCAPE = re.compile(r"\{U\+([0-9A-F]{4,6})\}|\{0x([0-9A-F]{2})\}|\{cp1251:(.*?)\}|\{(\d+) times:(.*?)\}")

Files = Mapping[str, bytes]


class CaseUnreadable(Exception):
    """A case does not keep to the convention of tests/cases/README.md; the text says how."""


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the file it names, its text."""

    language: str
    path: str
    text: str


@dataclass(frozen=True)
class Case:
    """What an editor did and the report that follows."""

    title: str
    family: str
    """Name of the file in which it stands, without its ending."""
    blocks: tuple[Block, ...]
    report: str

    @property
    def rules(self) -> frozenset[str]:
        """Names of the rules that the report shows."""
        return frozenset(re.findall(r"^\S+:\d+:\d+: \w+: .* \[([a-z0-9-]+)\]$", self.report, re.MULTILINE))

    @property
    def is_refused(self) -> bool:
        """Whether the report holds an error, so that nothing is written."""
        return bool(re.search(r"^\S+:\d+:\d+: error: ", self.report, re.MULTILINE))

    def applied_to(self, base: Files) -> dict[str, bytes]:
        """Return the files of the base, by path from the project's root, after what the editor did."""
        files = dict(base)
        for block in self.blocks:
            if block.language == "deleted":
                del files[block.path]
            elif block.language == "diff":
                files[block.path] = self._changed(files[block.path], block)
            else:
                files[block.path] = unescaped(block.text)
        return files

    def _changed(self, content: bytes, block: Block) -> bytes:
        lines = block.text.splitlines(keepends=True)
        if wrong := [line for line in lines if line[0] not in " +-"]:
            raise CaseUnreadable(f"{self.title}: a line of a diff begins with +, - or a space: {wrong[0]!r}")
        old = b"".join(unescaped(line[1:]) for line in lines if line[0] in " -")
        new = b"".join(unescaped(line[1:]) for line in lines if line[0] in " +")
        if content.count(old) != 1:
            raise CaseUnreadable(f"{self.title}: the old lines stand {content.count(old)} times in {block.path}")
        return content.replace(old, new)


def unescaped(text: str) -> bytes:
    """Return the bytes of a text in which `{U+00A0}`, `{0xC4}`, `{cp1251:Яам}`, `{9 times:[}` stand for themselves."""
    parts: list[bytes] = []
    end = 0
    for match in _ESCAPE.finditer(text):
        parts.append(text[end : match.start()].encode("utf-8"))
        code, byte, older, times, repeated = match.groups()
        if code:
            parts.append(chr(int(code, 16)).encode("utf-8"))
        elif byte:
            parts.append(bytes([int(byte, 16)]))
        elif older:
            parts.append(older.encode("cp1251"))
        else:
            parts.append(repeated.encode("utf-8") * int(times))
        end = match.end()
    return b"".join([*parts, text[end:].encode("utf-8")])


def read_cases(folder: Path = CASES) -> tuple[Case, ...]:
    """Return every case, in the order of the files."""
    paths = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    return tuple(case for path in paths for case in _cases(path))


def _cases(path: Path) -> Iterator[Case]:
    title, blocks, open_block, lines = "", [], None, []
    for line in [*path.read_text(encoding="utf-8").splitlines(keepends=True), "## end\n"]:
        if open_block is not None:
            if line.strip() != open_block.group(1):
                lines.append(line)
                continue
            blocks.append(Block(open_block.group(2), open_block.group(3) or "", "".join(lines)))
            open_block, lines = None, []
        elif match := _FENCE.fullmatch(line.strip()):
            open_block = match
        elif match := _HEADING.fullmatch(line.strip()):
            if title:
                yield _case(title, path.stem, blocks)
            title, blocks = match.group(1), []


def _case(title: str, family: str, blocks: list[Block]) -> Case:
    reports = [block for block in blocks if block.language == "report"]
    if len(reports) != 1 or blocks[-1] is not reports[0] or len(blocks) < 2:
        raise CaseUnreadable(f"{family}.md: '{title}' needs what was done, then one report")
    if nameless := [block for block in blocks[:-1] if "/" not in block.path]:
        raise CaseUnreadable(f"{family}.md: a block of '{title}' names no file: {nameless[0].language}")
    return Case(title, family, tuple(blocks[:-1]), unescaped(reports[0].text).decode("utf-8"))


def base_files(root: Path) -> dict[str, bytes]:
    """Return the files of the smallest valid project, by path from its root: the base content of the cases
    with the schemas and the theme of the project, and its code lists where the base has none of its own.
    """
    codelists = {
        path: _first_codes(content) if PurePosixPath(path).stem in CUT_SHORT else content
        for path, content in _below(root / "content", "content").items()
        if path.startswith("content/codelists/")
    }
    return {
        **codelists,
        **_below(CASES / "base", "content"),
        **_below(root / "schemas", "schemas"),
        **_below(root / "themes" / "default", "themes/default"),
    }


def _first_codes(content: bytes) -> bytes:
    head, *codes = _CODE.split(content)
    assert len(codes) > CODES_KEPT, "a list that is short already"
    return b"".join([head, *codes[:CODES_KEPT]])


def folder_of(files: Files, folder: str) -> dict[str, bytes]:
    """Return the files below a folder by path below it."""
    start = f"{folder}/"
    return {path.removeprefix(start): content for path, content in files.items() if path.startswith(start)}


def _below(folder: Path, name: str) -> dict[str, bytes]:
    return {f"{name}/{path}": content for path, content in read_folder(folder).items()}
