"""Shared inputs of the tests: the real content and the fictional plan, read and built once a session."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from corpus import corpus, read_codes
from history import Repository
from scripted_history import play

from site_builder.composition import Checked, Inputs, build, check, edition
from site_builder.nouns.edition import Edition
from site_builder.nouns.output import Output
from site_builder.nouns.past import Past
from site_builder.shell.cache import Cache
from site_builder.shell.disk import read_folder
from site_builder.shell.past import read_past
from site_builder.shell.wording import Wording, load_wording

ROOT = Path(__file__).resolve().parent.parent
REAL_DAY = date(2026, 11, 22)
FICTIONAL_DAY = date(2026, 6, 30)
AFTER = date(2027, 2, 1)
"""A day after all of the scripted history."""

Files = Mapping[str, bytes]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def schema_files() -> Files:
    return read_folder(ROOT / "schemas")


@pytest.fixture(scope="session")
def theme_files() -> Files:
    return read_folder(ROOT / "themes" / "default")


@pytest.fixture(scope="session")
def real_content() -> Files:
    return read_folder(ROOT / "content")


@pytest.fixture(scope="session")
def fictional_content(real_content: Files) -> Files:
    """The fictional plan with the code lists of the real content."""
    codelists = {path: content for path, content in real_content.items() if path.startswith("codelists/")}
    return {**codelists, **read_folder(ROOT / "tests" / "fictional" / "content")}


@pytest.fixture(scope="session")
def wording() -> Wording:
    return load_wording()


def inputs_of(content: Files, schemas: Files, theme: Files, day: date, wording: Wording) -> Inputs:
    return Inputs(content, schemas, theme, day, wording)


@pytest.fixture(scope="session")
def real(real_content: Files, schema_files: Files, theme_files: Files, wording: Wording) -> Checked:
    return check(inputs_of(real_content, schema_files, theme_files, REAL_DAY, wording))


@pytest.fixture(scope="session")
def fictional(fictional_content: Files, schema_files: Files, theme_files: Files, wording: Wording) -> Checked:
    return check(inputs_of(fictional_content, schema_files, theme_files, FICTIONAL_DAY, wording))


@pytest.fixture(scope="session")
def real_edition(real: Checked) -> Edition:
    return edition(real)


@pytest.fixture(scope="session")
def fictional_edition(fictional: Checked) -> Edition:
    return edition(fictional)


@pytest.fixture(scope="session")
def real_outputs(real: Checked) -> dict[str, bytes]:
    return _by_path(build(real))


@pytest.fixture(scope="session")
def fictional_outputs(fictional: Checked) -> dict[str, bytes]:
    return _by_path(build(fictional))


@dataclass(frozen=True)
class Work:
    """A synthetic plan, checked and built, and what that took."""

    checked: Checked
    outputs: Mapping[str, bytes]
    cpu_seconds: float


LARGE = 300
"""Commitments of the large plan, each with five milestones and a report."""


@pytest.fixture(scope="session")
def work(schema_files: Files, theme_files: Files, wording: Wording) -> Callable[[int], Work]:
    """The checking and building of a synthetic plan of so many commitments."""

    def done(count: int) -> Work:
        inputs = inputs_of(corpus(count, read_codes()), schema_files, theme_files, REAL_DAY, wording)
        gc.collect()
        gc.disable()  # as the command does
        try:
            started = time.process_time()
            checked = check(inputs)
            outputs = build(checked)
            return Work(checked, _by_path(outputs), time.process_time() - started)
        finally:
            gc.enable()

    return done


@pytest.fixture(scope="session")
def large_work(work: Callable[[int], Work]) -> Work:
    done = work(LARGE)
    assert not done.checked.findings
    return done


@pytest.fixture(scope="session")
def large(large_work: Work) -> Checked:
    return large_work.checked


@pytest.fixture(scope="session")
def large_edition(large: Checked) -> Edition:
    return edition(large)


@pytest.fixture(scope="session")
def large_outputs(large_work: Work) -> Files:
    return large_work.outputs


@pytest.fixture(scope="session")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return play(tmp_path_factory.mktemp("history") / "repository")


@pytest.fixture(scope="session")
def demo(
    scripted: Repository, real_content: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> Checked:
    """The content as the history left it, with code lists."""
    codelists = {path: content for path, content in real_content.items() if path.startswith("codelists/")}
    return check(inputs_of({**codelists, **read_folder(scripted.content)}, schema_files, theme_files, AFTER, wording))


@pytest.fixture(scope="session")
def past(scripted: Repository, demo: Checked) -> Past:
    return read_past(scripted.content, demo, cache=Cache())


def _by_path(outputs: list[Output]) -> dict[str, bytes]:
    return {output.path: output.content for output in outputs}


def write_to(folder: Path, outputs: Mapping[str, bytes]) -> Path:
    """Write outputs below a folder, for the tools that read files."""
    for path, content in outputs.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder
