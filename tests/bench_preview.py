"""Owns the measuring of the preview: how long after a file was written a browser has its page.

    python tests/bench_preview.py

It serves a copy of this repository, as last committed and with its history, changes a commitment of the real content
again and again and asks as a page does: it waits for the next state, then loads itself. Standard library only.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
CHANGED = "content/plans/nap3/commitments/c01.yaml"
PAGE = "en/commitments/nap3-c01/index.html"
_ADDRESS = re.compile(r"http://[0-9.]+:[0-9]+/")
_STATE = re.compile(r'data-state="([0-9]+)"')
SETTLED = 0.3
"""Seconds between a page and the next change: whoever writes looks at the page first."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve the site of a project and give its address; what the program says is passed over."""
    command = [sys.executable, "-m", "site_builder", "serve", "--port", "0"]
    with (
        subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process,
        ThreadPoolExecutor(1) as reader,
    ):
        assert process.stderr is not None, "it was opened"
        address = next(match[0] for line in process.stderr if (match := _ADDRESS.search(line)))
        reader.submit(process.stderr.read)
        try:
            yield address
        finally:
            process.terminate()


def asked(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return str(answer.read().decode())


def _state(page: str) -> str:
    found = _STATE.search(page)
    assert found is not None, "each page says of which state it is"
    return found[1]


def measure(folder: Path, times: int) -> tuple[list[float], list[float]]:
    """Return the seconds from each change to the word that there is a new state, and to the page that shows it."""
    file = folder / CHANGED
    before = file.read_text("utf-8")
    heard, shown = [], []
    with served(folder) as address, ThreadPoolExecutor(1) as waiting:
        page = asked(address + PAGE)
        for number in range(times):
            told = waiting.submit(asked, f"{address}__preview/{_state(page)}")
            time.sleep(SETTLED)
            started, change = time.perf_counter(), f"Change {number} of"
            file.write_text(before.replace("Improve", f"{change}: improve", 1), "utf-8")
            while change not in page:  # what is seen half written has a state of its own
                told.result()
                word = time.perf_counter() - started
                page = asked(address + PAGE)
                told = waiting.submit(asked, f"{address}__preview/{_state(page)}") if change not in page else told
            heard.append(word)
            shown.append(time.perf_counter() - started)
    return heard, shown


def main() -> None:
    """Print the median and the longest of both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="how many changes")
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "copy")
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
        heard, shown = measure(folder, times)
    for name, seconds in (("told", heard), ("shown", shown)):
        print(f"{name:6} median {median(seconds):.2f} s, longest {max(seconds):.2f} s, of {times} changes")


if __name__ == "__main__":
    main()
