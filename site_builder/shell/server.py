"""Owns serving on this machine only: a built folder, or files as they are asked for; and watching for changes."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from os import PathLike
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from site_builder.plan.hosting import FOR_EVER, content_type, headers_of
from site_builder.shell.disk import below

TICK = 0.05
"""Seconds between two looks at the watched folders."""
PAUSE, SETTLING = 0.02, 50
"""Seconds in which nothing may change before a change is read, and how often they are waited for at most."""
Snapshot = dict[str, tuple[int, int]]
"""Time and size of files by path."""
UNKEPT = "no-cache"
"""Stands for a short time: whoever edits wants to see the change at once, not in five minutes."""


class _Headers(http.server.BaseHTTPRequestHandler):
    """Answers as a host should: with its headers, types, and the nearest 404 page."""

    def end_headers(self) -> None:
        for name, value in headers_of(self._file()).items():
            if name == "Cache-Control" and value != FOR_EVER:
                self.send_header(name, UNKEPT)
            elif name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    def _file(self) -> str:
        """Return the path of the asked file below the site."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        return f"{path}index.html" if path.endswith("/") or not path else path

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        folders = PurePosixPath(self._file()).parents
        pages = (self._bytes("/".join([*folder.parts, "404.html"])) for folder in folders if ".." not in folder.parts)
        page = next((page for page in pages if page is not None), None)
        if code != http.HTTPStatus.NOT_FOUND or page is None:
            super().send_error(code, message, explain)
        else:
            self._answer(code, "404.html", page)

    def _answer(self, code: int, name: str, body: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", content_type(name))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _bytes(self, path: str) -> bytes | None:
        """Return the bytes of a file of the site, None where there is none."""
        raise NotImplementedError

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing of single requests."""


class _Folder(_Headers, http.server.SimpleHTTPRequestHandler):
    """Serves a built folder."""

    def guess_type(self, path: str | PathLike[str]) -> str:
        return content_type(PurePosixPath(path).name)

    def _bytes(self, path: str) -> bytes | None:
        file = Path(self.directory, path)
        return file.read_bytes() if file.is_file() else None


class _Files(_Headers):
    """Serves files that are made when they are asked for."""

    def __init__(self, *arguments: Any, file: Callable[[str], bytes | None]) -> None:
        self._make = file
        super().__init__(*arguments)

    def _bytes(self, path: str) -> bytes | None:
        return self._make(path)

    def do_GET(self) -> None:
        """Answer with a file; what is a folder is answered with where its page stands."""
        path = self._file()
        body = self._bytes(path)
        if body is not None:
            self._answer(http.HTTPStatus.OK, PurePosixPath(path).name, body)
        elif self._bytes(f"{path}/index.html") is not None:
            self.send_response(http.HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"/{quote(path)}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.send_error(http.HTTPStatus.NOT_FOUND)

    do_HEAD = do_GET  # noqa: N815 - the name is the library's


def make_server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """Return a server of a folder on 127.0.0.1; port 0 takes a free one."""
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), partial(_Folder, directory=str(folder)))


def make_preview_server(file: Callable[[str], bytes | None], port: int) -> http.server.ThreadingHTTPServer:
    """Return a server on 127.0.0.1 of the files that `file` returns by their paths; port 0 takes a free one."""
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), partial(_Files, file=file))


def serve(server: http.server.ThreadingHTTPServer, *, watched: Iterable[Path], rebuild: Callable[[], None]) -> None:
    """Serve until interrupted; call `rebuild` after each change below the watched folders."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    folders = tuple(watched)
    seen = snapshot(folders)
    try:
        while True:
            time.sleep(TICK)
            now = snapshot(folders)
            if now != seen:
                seen = _settled(folders, now)
                rebuild()
    except KeyboardInterrupt:
        server.shutdown()


def _settled(folders: tuple[Path, ...], seen: Snapshot) -> Snapshot:
    """Return the files once nothing is being written any more, so that none is read half; never wait for long."""
    for _ in range(SETTLING):
        time.sleep(PAUSE)
        now = snapshot(folders)
        if now == seen:
            break
        seen = now
    return seen


def snapshot(folders: Iterable[Path]) -> Snapshot:
    """Return time and size of every file below folders; a folder that is not there has none."""
    found = {}
    for folder in folders:
        with suppress(OSError):
            for entry in below(folder):
                with suppress(OSError):  # it is gone already
                    state = entry.stat()
                    found[entry.path] = (state.st_mtime_ns, state.st_size)
    return found
