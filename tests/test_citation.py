"""The citation: a file judged by the schema of its format, and one that a strict reader of BibTeX reads."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import REAL_DAY, Files, inputs_of

from site_builder.composition import Checked, check, edition
from site_builder.shell.wording import Wording
from site_builder.writers.dataset import Dataset
from site_builder.writers.forms import citation
from site_builder.writers.forms.citation import escaped

CFF, BIBTEX = "data/latest/CITATION.cff", "data/latest/citation.bib"
SPECIAL = r"Salt & \{pepper\} 100% of $5 #1 a_b ~c^d"


def judged(folder: Path, *contents: bytes) -> subprocess.CompletedProcess[str]:
    paths = [folder / f"CITATION-{number}.cff" for number in range(len(contents))]
    for path, content in zip(paths, contents, strict=True):
        path.write_bytes(content)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.citation-file-format"]
    command += [str(path) for path in paths]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class Bib:
    """A strict reader of one entry of BibTeX: braces must balance, nothing may follow, no field may come twice."""

    def __init__(self, text: str) -> None:
        self.text, self.place = text, 0

    def entry(self) -> tuple[str, str, dict[str, str]]:
        """Return the type, the key and the fields."""
        self.expect("@")
        kind = self.until("{").strip()
        key = self.until(",").strip()
        fields: dict[str, str] = {}
        while not self.at("}"):
            name = self.until("=").strip()
            assert name.isidentifier(), name
            assert name not in fields, name
            fields[name] = self.braced() if self.at("{") else self.macro()
            self.expect(",")
        self.expect("}")
        assert not self.text[self.place :].strip()
        return kind, key, fields

    def space(self) -> None:
        while self.place < len(self.text) and self.text[self.place].isspace():
            self.place += 1

    def at(self, char: str) -> bool:
        self.space()
        return self.text[self.place] == char

    def expect(self, char: str) -> None:
        assert self.at(char), self.text[self.place :][:40]
        self.place += 1

    def until(self, char: str) -> str:
        end = self.text.index(char, self.place)
        found, self.place = self.text[self.place : end], end + 1
        return found

    def macro(self) -> str:
        name = self.text[self.place : self.text.index(",", self.place)]
        assert name in ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
        self.place += len(name)
        return name

    def braced(self) -> str:
        """Return what stands in a pair of braces; BibTeX counts them whether or not a backslash stands before."""
        depth, start = 0, self.place
        while True:
            depth += {"{": 1, "}": -1}.get(self.text[self.place], 0)
            self.place += 1
            if depth == 0:
                return self.text[start + 1 : self.place - 1]


def read(content: bytes) -> tuple[str, str, dict[str, str]]:
    return Bib(content.decode("utf-8")).entry()


def test_every_citation_file_is_valid_by_its_format(
    real_outputs: Files, fictional_outputs: Files, chain: Files, tmp_path: Path
) -> None:
    released = [content for path, content in chain.items() if path.endswith("/CITATION.cff")]
    assert len(released) == 3
    verdict = judged(tmp_path, real_outputs[CFF], fictional_outputs[CFF], *released)
    assert verdict.returncode == 0, verdict.stdout


def test_the_judge_refuses_a_licence_that_nobody_knows(real_outputs: Files, tmp_path: Path) -> None:
    wrong = real_outputs[CFF].replace(b"CC-BY-4.0", b"CC-BY-9.9")
    assert judged(tmp_path, wrong).returncode == 1


def test_a_site_whose_licence_nobody_has_confirmed_yet_has_a_valid_citation(
    real_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording, tmp_path: Path
) -> None:
    site = real_content["site.yaml"].replace(b"content_licence: CC-BY-4.0", b"content_licence: NOASSERTION")
    inputs = inputs_of({**real_content, "site.yaml": site}, schema_files, theme_files, REAL_DAY, brief_wording)
    files = dict(citation.write(Dataset(edition(check(inputs)))))
    assert "license" not in yaml.safe_load(files["CITATION.cff"])
    assert judged(tmp_path, files["CITATION.cff"]).returncode == 0


def test_the_citation_file_tells_publisher_version_day_and_licence(real_outputs: Files) -> None:
    told: dict[str, Any] = yaml.safe_load(real_outputs[CFF])
    assert told["type"] == "dataset"
    assert told["title"] == "Open Action Plan: Mongolia"
    assert told["authors"] == [{"name": "Open Action Plan project"}]
    assert told["version"] == told["date-released"] == "2026-11-22"
    assert told["license"] == "CC-BY-4.0"
    assert "health" in told["keywords"]


def test_an_address_is_told_only_where_it_is_known(real: Checked, real_outputs: Files) -> None:
    assert "url" not in yaml.safe_load(real_outputs[CFF])
    assert "url" not in read(real_outputs[BIBTEX])[2]
    moved = dict(citation.write(Dataset(edition(real, base_url="https://host.example/a_b/"))))
    assert yaml.safe_load(moved["CITATION.cff"])["url"] == "https://host.example/a_b/"
    assert read(moved["citation.bib"])[2]["url"] == "https://host.example/a_b/"


def test_a_release_is_cited_by_its_own_number_and_page(chain: Files, released_outputs: Files) -> None:
    index = json.loads(chain["index.json"])
    assert [entry["version"] for entry in index["releases"]][-1] == "1.0.0"
    for entry in index["releases"]:
        folder = f"{entry['date']}/"
        told = yaml.safe_load(chain[f"{folder}CITATION.cff"])
        assert (told["version"], told["date-released"]) == (entry["version"], entry["date"])
        assert told["url"] == f"https://example.org/plan/en/data/releases/{folder}"
        assert f"en/data/releases/{folder}index.html" in released_outputs
        fields = read(chain[f"{folder}citation.bib"])[2]
        assert (fields["version"], fields["url"]) == (told["version"], told["url"])
        for name in ("SHA256SUMS", "CONTENT-SHA256SUMS"):
            hashes = dict(reversed(line.split("  ")) for line in chain[folder + name].decode().splitlines())
            for file in ("CITATION.cff", "citation.bib", "datapackage.json"):
                assert hashes[file] == hashlib.sha256(chain[folder + file]).hexdigest()


def test_a_strict_reader_of_bibtex_reads_the_citation(real_outputs: Files) -> None:
    kind, key, fields = read(real_outputs[BIBTEX])
    assert (kind, key) == ("misc", "open-action-plan-mongolia-2026-11-22")
    assert fields["title"] == "{Open Action Plan: Mongolia}"
    assert fields["author"] == "{Open Action Plan project}"
    assert fields["note"] == "Нээлттэй төлөвлөгөө: Монгол Улс"
    assert (fields["year"], fields["month"], fields["version"]) == ("2026", "nov", "2026-11-22")


def test_nothing_in_a_text_means_anything_to_latex() -> None:
    text = escaped(SPECIAL)
    assert text.count("{") == text.count("}")
    _, _, fields = read(f"@misc{{key,\n  title = {{{text}}},\n}}".encode())
    assert fields["title"] == text
    bare = text
    for command in ("\\textbackslash{}", "\\textbraceleft{}", "\\textbraceright{}", "\\textasciitilde{}"):
        bare = bare.replace(command, "")
    bare = bare.replace("\\textasciicircum{}", "")
    for char in "&%$#_":
        bare = bare.replace(f"\\{char}", "")
    assert not set(bare) & set("\\{}&%$#_~^")


def test_the_reader_refuses_what_is_no_bibtex() -> None:
    for wrong in (b"@misc{key,\n  title = {a,\n}", b"@misc{key,\n  month = {a}},\n}", b"@misc{key,\n  month = nov\n}"):
        with pytest.raises((AssertionError, ValueError, IndexError)):
            read(wrong)


def test_a_citation_is_one_text_on_one_line(real_outputs: Files) -> None:
    lines = real_outputs[CFF].decode("utf-8").splitlines()
    assert all(": " in line for line in lines)
    assert json.loads(lines[1].partition(": ")[2])
