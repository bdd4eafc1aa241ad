"""Owns the measuring of whole builds, each in a process of its own. No part of the test suite.

python tests/bench.py                    1,000 synthetic commitments in one process
python tests/bench.py --n 5000 --jobs 2  more of them, rendered by two processes
python tests/bench.py --real             the content of this repository
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from corpus import write_corpus

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2026-11-22"


@dataclass(frozen=True)
class Cost:
    """What a process took."""

    wall: float
    """Seconds by the clock."""
    cpu: float
    """Seconds of processor time, of the process and of its children."""
    memory: int
    """Most memory that it had at once, in MiB."""
    said: str
    """What it printed on standard error."""


def cost_of_build(out: Path, *, content: Path | None = None, jobs: int = 1) -> Cost:
    """Build a content folder, by default that of the repository, in a fresh process.

    Raises CalledProcessError where the build fails. Needs os.wait4, which Windows lacks.
    """
    command = [sys.executable, "-m", "site_builder", "build", "--as-of", AS_OF, "--out", str(out), "--jobs", str(jobs)]
    if content is not None:
        command += ["--content", str(content)]
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        child = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command, stderr=text)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // unit, text)


def main() -> None:
    """Build once and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--n", type=int, default=1000, help="number of synthetic commitments, up to 9999")
    parser.add_argument("--jobs", type=int, default=1, help="processes that render pages")
    parser.add_argument("--real", action="store_true", help="build the content of this repository instead")
    parser.add_argument("--without-reports", action="store_true", help="commitments alone, no report on each")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if options.real:
            subject = "The content of this repository"
            cost = cost_of_build(folder / "site", jobs=options.jobs)
        else:
            size = write_corpus(folder / "content", options.n, with_reports=not options.without_reports)
            subject = f"{options.n:,} synthetic commitments ({size / 1e6:.1f} MB of content)"
            cost = cost_of_build(folder / "site", content=folder / "content", jobs=options.jobs)
    made = re.search(r"(\d+) pages, (\d+) files", cost.said)
    pages, files = made.groups() if made else ("?", "?")
    processes = "one process" if options.jobs == 1 else f"{options.jobs} processes"
    print(f"{subject}, {processes}: {pages} pages, {files} files")
    print(f"{cost.wall:.1f} s of wall clock, {cost.cpu:.1f} s of CPU, {cost.memory} MiB of memory")


if __name__ == "__main__":
    main()
