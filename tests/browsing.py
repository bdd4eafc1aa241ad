"""Owns the browser of the tests: one Chromium a process, sites served once, tabs handed from test to test."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from site_builder.shell.server import make_server

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True)
class Host:
    """A built site, served with the headers that a host should send."""

    folder: Path
    address: str

    def url(self, path: str) -> str:
        return f"{self.address}/{path}"


@contextmanager
def served(folder: Path) -> Iterator[Host]:
    """Serve a folder as the preview does."""
    server = make_server(folder, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Host(folder, f"http://127.0.0.1:{server.server_address[1]}")
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass(frozen=True)
class Tabs:
    """Tabs of a browser, kept by what they were opened with: a window of its own costs a test a second."""

    browser: Browser
    kept: dict[str, Page] = field(default_factory=dict)

    @contextmanager
    def opened(self, *, viewport: ViewportSize, **options: bool) -> Iterator[Page]:
        """Hand out the tab of a context with some options, in its first size.

        It still shows what the test before went to. Who listened then hears it still, and nobody reads what they hear.
        """
        key = repr((viewport, sorted(options.items())))
        page = self.kept.pop(key, None) or self.browser.new_context(viewport=viewport, **options).new_page()
        if page.viewport_size != viewport:
            page.set_viewport_size(viewport)
        yield page
        self.kept[key] = page


@contextmanager
def started() -> Iterator[Browser]:
    """Start a Chromium, or skip the test where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no Chromium found (looked for {', '.join(NAMES)}); .ci/run installs one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
