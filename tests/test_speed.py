"""The promises of speed: the real content builds at once, and no step is quadratic."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from bench import cost_of_build
from conftest import LARGE, REAL_DAY, Files, Work, inputs_of
from corpus import corpus, read_codes

from site_builder.composition import check, edition
from site_builder.shell.wording import Wording
from site_builder.writers.downloads import write_data

REAL_CPU_SECONDS = 6.5
"""Processor time that a build of the real content may take, start of Python included.

Alone on a machine it stays below 4.5 s (`tests/bench.py --real`); here another worker runs beside it, which makes each
second of work take up to half as long again.
"""
STEEPEST = 6.0
"""Times the work that four times the commitments may take: a linear step takes 4, a quadratic one 16."""
TRIES = 3
"""A busy machine slows a process down, nothing makes it faster: the best of a few tries counts."""


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell what a child process took")
def test_the_real_content_builds_in_a_few_seconds_of_cpu(tmp_path: Path) -> None:
    seconds: list[float] = []
    while len(seconds) < TRIES and min(seconds, default=REAL_CPU_SECONDS) >= REAL_CPU_SECONDS:
        seconds.append(cost_of_build(tmp_path / "site").cpu)
    assert min(seconds) < REAL_CPU_SECONDS


def test_four_times_the_commitments_take_about_four_times_the_work(
    work: Callable[[int], Work], large_work: Work
) -> None:
    assert len(large_work.outputs) > 2 * LARGE
    many = large_work.cpu_seconds  # what a first build pays for is in it: no harm, and in the next try it is not
    ratios: list[float] = []
    while len(ratios) < TRIES and min(ratios, default=STEEPEST) >= STEEPEST:
        ratios.append(many / work(LARGE // 4).cpu_seconds)
        if ratios[-1] >= STEEPEST:
            many = min(many, work(LARGE).cpu_seconds)
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
        few = seconds(25)
        ratios.append(seconds(100) / few)
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
