"""The promises of speed: the real content builds at once, and no step is quadratic."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest
from bench import cost_of_build
from conftest import REAL_DAY, Files, Work, inputs_of
from corpus import corpus, read_codes

from site_builder.composition import check, edition
from site_builder.shell.wording import Wording
from site_builder.writers.downloads import write_data

REAL_CPU_YARDS = 40.0
"""Processor time that a build of the real content may take, start of Python included, in yardsticks (see below).

Where this was written a yardstick takes 0.2 s when nothing else runs. What runs beside makes both longer alike.
"""
STEEPEST = 6.0
"""Times the work that four times the commitments may take: a linear step takes 4, a quadratic one 16."""
MANY = 48
"""Commitments of the larger plan: enough that a quadratic step would show."""
TRIES = 3
"""A busy machine slows a process down, nothing makes it faster: the best of a few tries counts."""


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell what a child process took")
def test_the_real_content_builds_in_a_few_seconds_of_cpu(tmp_path: Path) -> None:
    yards: list[float] = []
    while len(yards) < TRIES and min(yards, default=REAL_CPU_YARDS) >= REAL_CPU_YARDS:
        before = yardstick()
        seconds = cost_of_build(tmp_path / "site").cpu
        yards.append(2 * seconds / (before + yardstick()))
    assert min(yards) < REAL_CPU_YARDS


def test_measuring_runs_as_the_readme_says_without_anything_installed(root: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    asked = [sys.executable, "tests/bench.py", "--help"]
    answer = subprocess.run(asked, cwd=root, env=bare, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr


def yardstick() -> float:
    """Return the processor time of a fixed piece of work of the kind that a build does: texts, mappings, patterns."""
    started = time.process_time()
    for _ in range(8):
        words = [f"word{number % 997}" for number in range(60_000)]
        counts: dict[str, int] = {}
        for word in words:
            counts[word] = counts.get(word, 0) + len(word.replace("w", "ww").upper())
        text = json.dumps({word: [count, word] for word, count in counts.items()}) * 8
        assert len(re.findall(r"[a-z]+[0-9]{3}", text)) > 7_000
        assert json.loads(f"[{text[: len(text) // 8]}]")
        assert "".join(sorted(escape(word) for word in words))
    return time.process_time() - started


def test_four_times_the_commitments_take_about_four_times_the_work(
    work: Callable[[int], Work],
) -> None:
    work(MANY // 4)  # pays for what only the first build of a process pays for
    ratios: list[float] = []
    while len(ratios) < TRIES and min(ratios, default=STEEPEST) >= STEEPEST:
        many = work(MANY)
        assert len(many.outputs) > 2 * MANY
        ratios.append(many.cpu_seconds / work(MANY // 4).cpu_seconds)
    assert min(ratios) < STEEPEST


def test_four_times_the_commitments_take_about_four_times_the_work_for_the_data(
    schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    def seconds(count: int) -> float:
        inputs = inputs_of(corpus(count, read_codes()), schema_files, theme_files, REAL_DAY, wording)
        issue = edition(check(inputs))
        started = time.process_time()
        assert len(write_data(issue)) > count
        return time.process_time() - started

    ratios: list[float] = []
    while len(ratios) < TRIES and min(ratios, default=STEEPEST) >= STEEPEST:
        few = seconds(10)
        ratios.append(seconds(40) / few)
    assert min(ratios) < STEEPEST


def test_a_small_corpus_is_the_beginning_of_a_large_one() -> None:
    codes = read_codes()
    small, large = corpus(2, codes), corpus(3, codes)
    assert small == corpus(2, codes)
    assert {path for path in large if small.get(path) != large[path]} == {
        "plans/syn/plan.yaml",
        "plans/syn/commitments/c0003.yaml",
        "plans/syn/updates/2025-h1/c0003.yaml",
    }


def test_a_record_of_the_corpus_and_its_report_are_as_long_as_a_record_of_the_real_plan(real_content: Files) -> None:
    # the third plan, whose text was read; of the others little more than titles is known
    def mean(files: Files, plan: str) -> float:
        records = [path for path in files if f"plans/{plan}/commitments/" in path]
        reports = [path for path in files if f"plans/{plan}/updates/" in path]
        return sum(len(files[path]) for path in (*records, *reports)) / len(records)

    assert mean(corpus(20, read_codes()), "syn") == pytest.approx(mean(real_content, "nap3"), rel=0.25)
