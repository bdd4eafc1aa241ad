"""Owns the reading of CONTRIBUTING.md: its blocks by the files that they name, and a project that followed them."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from manual import base_files

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
_BLOCK = re.compile(r"^```(\w+) (\S+)(?: ([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A fenced block that says what it is: the content of a file, a change of one, what a command answers."""

    language: str
    named: str
    """The file, or the command."""
    options: str
    text: str


BLOCKS = tuple(Block(match[1], match[2], match[3] or "", match[4]) for match in _BLOCK.finditer(GUIDE))
REPORT = "content/plans/nap3/updates/2021-h1/c01.yaml"
"""What people write; everything else is what the program is made of."""
RECIPES = tuple(
    block for block in BLOCKS if block.language in {"json", "python", "yaml", "html"} and block.named != REPORT
)


def the_one(named: str) -> Block:
    """Return the one recipe for a file."""
    (block,) = (block for block in RECIPES if block.named == named)
    return block


def follow(block: Block, project: Path) -> None:
    """Do in a project what a recipe says: write the file, put the text at the end of one that is there."""
    place = project / block.named
    if block.language == "json":
        table = json.loads(place.read_text("utf-8"))
        table["fields"].append(json.loads(block.text))
        place.write_text(json.dumps(table, ensure_ascii=False), "utf-8")
        return
    assert place.parent.is_dir(), f"{block.named}: there is no such folder"
    before = place.read_text("utf-8") if place.is_file() else ""
    place.write_text(before + block.text, "utf-8")


def project_in(folder: Path) -> Path:
    """Write the program with the smallest valid content, without what tests and hosts need."""
    shutil.copytree(ROOT / "site_builder", folder / "site_builder")
    for path, content in base_files(ROOT).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    return folder
