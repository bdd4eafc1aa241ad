"""Owns the preview: serves a built site on this machine only and builds again when a file changes."""

from __future__ import annotations

import functools
import http.server
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cache-Control": "no-store",
}
"""Headers with which the site is served, as a host should."""


class _Site(http.server.SimpleHTTPRequestHandler):
    """Serves the built folder with the headers above and its own 404 page."""

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != http.HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

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
