"""Owns the measuring of whole builds, each in a process of its own. No part of the test suite.

python tests/bench.py                    1,000 synthetic commitments in one process
python tests/bench.py --n 5000 --jobs 2  more of them, by two processes
python tests/bench.py --real             the content of this repository
python tests/bench.py --n 10 --indicators 1000  indicators with 240 values each, beside few commitments
python tests/bench.py --history 1000     what that many commits cost, read anew and remembered
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # a project is run from its folder, without being installed

from corpus import corpus, read_codes, write_corpus  # noqa: E402
from history import Repository, long_history  # noqa: E402

from site_builder.composition import Inputs, check  # noqa: E402
from site_builder.derive.events import event_rows  # noqa: E402
from site_builder.shell.cache import Cache  # noqa: E402
from site_builder.shell.disk import read_folder  # noqa: E402
from site_builder.shell.past import read_past  # noqa: E402
from site_builder.shell.wording import load_wording  # noqa: E402

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
    # Python keeps what it compiled, as on a user's machine
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        child = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command, stderr=text)
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // unit, text)


def cost_of_history(repository: Repository, cache: Cache) -> tuple[float, int]:
    """Return the seconds of processor time that all events of a repository cost, git included, and their number."""
    wording, theme = load_wording(), read_folder(ROOT / "themes" / "default")
    inputs = Inputs(read_folder(repository.content), read_folder(ROOT / "schemas"), theme, date(2027, 1, 1), wording)
    checked = check(inputs)
    gc.collect()
    gc.disable()  # as the command does
    try:
        started = _processor_time()
        rows = event_rows(read_past(repository.content, checked, cache=cache), checked.catalog, checked.as_of)
        return _processor_time() - started, len(rows)
    finally:
        gc.enable()


def _processor_time() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def bench_history(commits: int, commitments: int) -> None:
    """Read a synthetic history without and with a memory and print what it took."""
    with tempfile.TemporaryDirectory() as place:
        repository = long_history(Path(place, "repository"), corpus(commitments, read_codes()), commits=commits)
        cache = Cache(Path(place, "cache", "events.json"))
        cold, events = cost_of_history(repository, cache)
        warm, _ = cost_of_history(repository, cache)
        assert cache.path is not None
        size = cache.path.stat().st_size / 1e6
    print(f"{commits:,} commits on {commitments} commitments: {events:,} events")
    print(f"{cold:.2f} s of CPU read anew, {warm:.2f} s remembered ({size:.1f} MB)")


def main() -> None:
    """Build once and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--n", type=int, default=1000, help="number of synthetic commitments, up to 9999")
    parser.add_argument("--jobs", type=int, default=1, help="processes that make the files")
    parser.add_argument("--real", action="store_true", help="build the content of this repository instead")
    parser.add_argument("--without-reports", action="store_true", help="commitments alone, no report on each")
    parser.add_argument("--history", type=int, default=0, metavar="N", help="read N commits, twice")
    parser.add_argument("--indicators", type=int, default=0, help="number of indicators with 240 values each")
    options = parser.parse_args()
    if options.history:
        bench_history(options.history, min(options.n, 200))
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if options.real:
            subject = "The content of this repository"
            cost = cost_of_build(folder / "site", jobs=options.jobs)
        else:
            kinds = {"with_reports": not options.without_reports, "indicators": options.indicators}
            size = write_corpus(folder / "content", options.n, **kinds)
            subject = f"{options.n:,} synthetic commitments, {options.indicators:,} indicators ({size / 1e6:.1f} MB)"
            cost = cost_of_build(folder / "site", content=folder / "content", jobs=options.jobs)
    made = re.search(r"(\d+) pages, (\d+) files", cost.said)
    pages, files = made.groups() if made else ("?", "?")
    processes = "one process" if options.jobs == 1 else f"{options.jobs} processes"
    print(f"{subject}, {processes}: {pages} pages, {files} files")
    print(f"{cost.wall:.1f} s of wall clock, {cost.cpu:.1f} s of CPU, {cost.memory} MiB of memory")


if __name__ == "__main__":
    main()
