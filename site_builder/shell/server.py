"""Owns the preview: serves a built site on this machine only and builds again when a file changes."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Callable, Iterable
from os import PathLike
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from site_builder.plan.hosting import FOR_EVER, content_type, headers_of

UNKEPT = "no-cache"
"""Stands for a short time: whoever edits wants to see the change at once, not in five minutes."""


class _Site(http.server.SimpleHTTPRequestHandler):
    """Serves the built folder as a host should: with its headers, types, and the nearest 404 page."""

    def end_headers(self) -> None:
        for name, value in headers_of(self._file()).items():
            if name == "Cache-Control" and value != FOR_EVER:
                self.send_header(name, UNKEPT)
            elif name != "Content-Type":
                self.send_header(name, value)
        super().end_headers()

    def guess_type(self, path: str | PathLike[str]) -> str:
        return content_type(PurePosixPath(path).name)

    def _file(self) -> str:
        """Return the path of the asked file below the site."""
        path = unquote(urlsplit(self.path).path).lstrip("/")
        return f"{path}index.html" if path.endswith("/") or not path else path

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = self._nearest("404.html")
        if code != http.HTTPStatus.NOT_FOUND or page is None:
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", content_type(page.name))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _nearest(self, name: str) -> Path | None:
        """Return the file of a name in the nearest folder above what was asked for."""
        root = Path(self.directory)
        places = (root.joinpath(*folder.parts, name) for folder in PurePosixPath(self._file()).parents)
        return next((place for place in places if ".." not in place.parts and place.is_file()), None)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the library's
        """Say nothing of single requests."""


def make_server(folder: Path, port: int) -> http.server.ThreadingHTTPServer:
    """Return a server of a folder on 127.0.0.1; port 0 takes a free one."""
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(_Site, directory=str(folder)))


def serve(server: http.server.ThreadingHTTPServer, *, watched: Iterable[Path], rebuild: Callable[[], None]) -> None:
    """Serve until interrupted; call `rebuild` after each change below the watched folders."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    folders = tuple(watched)
    seen = snapshot(folders)
    try:
        while True:
            time.sleep(0.5)
            now = snapshot(folders)
            if now != seen:
                seen = now
                rebuild()
    except KeyboardInterrupt:
        server.shutdown()


def snapshot(folders: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """Return time and size of every file below folders."""
    found = {}
    for folder in folders:
        for path in folder.rglob("*"):
            try:
                state = path.stat()
            except OSError:
                continue
            if path.is_file():
                found[path] = (state.st_mtime_ns, state.st_size)
    return found
