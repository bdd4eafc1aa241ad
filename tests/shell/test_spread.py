"""Work spread over processes comes out as if one had done it: the same files, the same errors, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from site_builder.nouns.output import Output
from site_builder.nouns.spread import in_turn
from site_builder.shell.new_files import write_files
from site_builder.shell.spread import over
from site_builder.writers.templates import TemplateBroken

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="without fork there is one process")

SLOW_BUILD = r"""
import os, signal, sys, time
from pathlib import Path
from site_builder.nouns.output import Output
from site_builder.shell.disk import replaced
from site_builder.shell.spread import over

signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs tests in the background does not hear Ctrl-C

def piece(number):
    time.sleep(0.1)
    os.write(1, b"%d\n" % os.getpid())
    return [Output(f"en/{number}.html", b"new")]

with replaced(Path(sys.argv[1])) as aside:
    list(over(2, aside)([lambda number=number: piece(number) for number in range(10_000)]))
"""


def page(number: int) -> list[Output]:
    return [Output(f"en/{number}.html", b"page %d" % number), Output(f"mn/{number}.html", b"")]


def only_elsewhere(happening: Callable[[], object]) -> list[Output]:
    """Let something happen in a child; here all is well."""
    if os.getpid() != HERE:
        happening()
    return page(5)


HERE = os.getpid()


def test_files_of_several_processes_are_those_of_one_in_the_same_order(tmp_path: Path) -> None:
    pieces = [partial(page, number) for number in range(100)]
    done = list(over(3, tmp_path)(pieces))
    told = [[(file.path, file.content, file.weight) for file in files] for files in done]
    assert told == [[(file.path, file.content, file.weight) for file in files] for files in in_turn(pieces)]
    assert (tmp_path / "en/99.html").read_bytes() == b"page 99", "a child wrote it where it is to stand"
    assert list(over(3, tmp_path)([])) == []


def test_the_first_error_comes_as_with_one_process(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def broken(number: int) -> list[Output]:
        raise TemplateBroken(f"page {number}")

    pieces = [
        partial(page, 0),
        *(partial(broken, number) for number in (1, 2)),
        *(partial(page, n) for n in range(3, 5000)),
    ]
    with pytest.raises(TemplateBroken, match=r"^page 1$"):
        list(over(4, tmp_path)(pieces))
    assert capfd.readouterr() == ("", "")
    assert not (tmp_path / "en/4999.html").exists(), "nothing is begun after an error"


def memory_runs_out() -> None:
    raise MemoryError


@pytest.mark.parametrize("happening", [memory_runs_out, lambda: os.kill(os.getpid(), signal.SIGKILL)])
def test_what_a_child_leaves_undone_is_done_after_all(happening: Callable[[], object], tmp_path: Path) -> None:
    pieces = [*(partial(page, number) for number in range(5)), partial(only_elsewhere, happening), partial(page, 6)]
    done = list(over(2, tmp_path)(pieces))
    assert [files[0].content for files in done] == [b"page %d" % number for number in range(7)]


def test_what_a_killed_child_left_of_a_file_makes_room_for_the_whole(tmp_path: Path) -> None:
    def killed() -> None:
        write_files(tmp_path, [Output("en/5.html", b"pa")])
        os.kill(os.getpid(), signal.SIGKILL)

    [files] = over(2, tmp_path)([partial(only_elsewhere, killed)])
    write_files(tmp_path, files)
    assert (tmp_path / "en/5.html").read_bytes() == b"page 5"


def test_without_processes_to_be_had_the_work_is_done_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    assert [files[0].path for files in over(2, tmp_path)([partial(page, 1)])] == ["en/1.html"]
    monkeypatch.delattr(os, "fork")
    assert over(2, tmp_path) is in_turn


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_ended_leaves_no_process_and_the_old_site(
    sent: signal.Signals, tmp_path: Path, root: Path
) -> None:
    site = tmp_path / "_site"
    site.mkdir()
    command = [sys.executable, "-c", SLOW_BUILD, str(site)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    build = subprocess.Popen(command, cwd=root, start_new_session=True, text=True, **pipes)
    assert build.stdout is not None
    children: set[int] = set()
    while len(children) < 2:
        children.add(int(build.stdout.readline()))
    assert build.pid not in children
    # Ctrl-C reaches all processes of a terminal, a kill one
    (os.killpg if sent == signal.SIGINT else os.kill)(build.pid, sent)
    _, said = build.communicate(timeout=30)  # returns when nobody is left who could say something
    assert said.count("Traceback") == (sent == signal.SIGINT), "children say nothing"
    for _ in range(100):
        if not is_there(build.pid):
            break
        time.sleep(0.1)
    assert not is_there(build.pid)
    assert list(site.iterdir()) == []
    if sent == signal.SIGINT:
        assert [path.name for path in tmp_path.iterdir()] == ["_site"]


def is_there(group: int) -> bool:
    """Whether a process of a group runs."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
