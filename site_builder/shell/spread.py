"""Owns the spreading of work over processes; the work itself knows nothing of it.

Children are forked: they know all that was worked out before, and nothing is sent to them. What they make they write
where it is to stand, and no content is sent back. What a child leaves undone, because it broke or was killed, is done
here once more: so an error reaches whoever started the program as it would with one process.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, NoReturn, cast

from site_builder.nouns.output import Output, Weight
from site_builder.nouns.spread import Piece, Spread, in_turn
from site_builder.shell.new_files import NewFolder

Told = tuple[str, int, str]
"""What a child tells of a file: its path, its bytes and their hash."""
MOST_PROCESSES = 4
"""Processes that are worth it unasked: what only one can do, such as checking, takes a quarter of the time of one."""
WIDTH = 4
"""Bytes in which the number of a piece is written."""


def worthwhile() -> int:
    """Return how many processes there are when nobody says: one a processor; one where that is not known.

    It is known on Linux, where forking is safe whatever libraries are loaded; macOS warns of it.
    """
    return min(len(os.sched_getaffinity(0)), MOST_PROCESSES) if hasattr(os, "sched_getaffinity") else 1


class Standing(Output):
    """A file that a child has written already; its bytes are read whenever somebody asks for them."""

    def __init__(self, folder: Path, told: Told) -> None:
        path, size, sha256 = told
        self.__dict__ |= {"path": path, "weight": Weight(size, sha256), "place": folder / path}

    @property
    def content(self) -> bytes:
        return cast(Path, self.__dict__["place"]).read_bytes()


def over(processes: int, folder: Path) -> Spread:
    """Return how pieces are done by several processes that write below `folder`; by one where there is no fork."""
    if processes <= 1 or not hasattr(os, "fork"):
        return in_turn
    return lambda pieces: _spread(list(pieces), processes, folder)


def _spread(pieces: Sequence[Piece], processes: int, folder: Path) -> Iterator[list[Output]]:
    with ExitStack() as opened:
        queue, *answers = (opened.enter_context(TemporaryFile()) for _ in range(1 + min(processes, len(pieces))))
        queue.write(b"".join(number.to_bytes(WIDTH, "big") for number in range(len(pieces))))
        queue.seek(0)
        _do_in_children(pieces, queue, answers, folder)
        done = {number: files for answer in answers for number, files in _told(answer)}
    for number, piece in enumerate(pieces):
        yield [Standing(folder, told) for told in done[number]] if number in done else _done_again(piece, folder)


def _done_again(piece: Piece, folder: Path) -> list[Output]:
    """Return the files of a piece that no child finished; what one left of them makes room."""
    files = piece()
    NewFolder(folder).make_room(files)
    return files


def _do_in_children(pieces: Sequence[Piece], queue: BinaryIO, answers: Sequence[BinaryIO], folder: Path) -> None:
    """Let one child an answer do pieces until none is left; if this process is told to stop, they are ended."""
    parent, children = os.getpid(), list[int]()
    # a child never hears Ctrl-C: its parent does, and ends it
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        with suppress(OSError):  # where no more processes are to be had, those that there are do the work
            for answer in answers:
                if child := os.fork():
                    children.append(child)
                else:
                    _be_child(pieces, queue, answer, folder, parent)
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        while children:
            os.waitpid(children[-1], 0)
            children.pop()
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def _be_child(pieces: Sequence[Piece], queue: BinaryIO, answer: BinaryIO, folder: Path, parent: int) -> NoReturn:
    """Do pieces and end, in silence: what could be said of a piece that breaks is said where it is done again."""
    try:
        new = NewFolder(folder)
        # all children read one open file: a number that one has read no other reads
        while os.getppid() == parent and (number := os.read(queue.fileno(), WIDTH)):
            files = _written(pieces[int.from_bytes(number, "big")], new)
            answer.write(json.dumps((int.from_bytes(number, "big"), files)).encode() + b"\n")
            answer.flush()
    finally:
        os.lseek(queue.fileno(), 0, os.SEEK_END)  # nobody begins another piece after one that broke
        os._exit(0)


def _written(piece: Piece, folder: NewFolder) -> list[Told]:
    files = piece()
    folder.write(files)
    return [(file.path, file.weight.bytes, file.weight.sha256) for file in files]


def _told(answer: BinaryIO) -> Iterator[tuple[int, list[Told]]]:
    """Yield the number of each piece that a child has done whole, with its files."""
    answer.seek(0)
    for line in answer:
        if line.endswith(b"\n"):  # the last one may be cut off
            yield json.loads(line)
