"""Owns the drawing of the theme's pictures from their SVG sources, once, with a browser: python3 tests/pictures.py

Each PNG carries the hash of the source from which it was drawn, so that a test can tell a stale one without a
browser. Needs the packages of the test environment and a Chromium.
"""

from __future__ import annotations

import shutil
import struct
import zlib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

THEME = Path(__file__).resolve().parent.parent / "themes" / "default"
SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"Source"
"""Under this name a picture carries the SHA-256 of its source."""


@dataclass(frozen=True)
class Picture:
    """A file of the theme and the drawing from which it is made."""

    source: str
    target: str
    width: int
    height: int

    def is_icon_file(self) -> bool:
        return self.target.endswith(".ico")


PICTURES = (
    Picture("pictures/social.svg", "static/social.png", 1200, 630),
    Picture("static/icon.svg", "static/icon-192.png", 192, 192),
    Picture("static/icon.svg", "static/favicon.ico", 32, 32),
)


def chunk(name: bytes, content: bytes) -> bytes:
    """Return a part of a PNG file."""
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def with_source(png: bytes, source: bytes) -> bytes:
    """Return a PNG that carries the hash of its source right after its head."""
    after_head = len(SIGNATURE) + 25
    told = chunk(b"tEXt", KEYWORD + b"\0" + sha256(source).hexdigest().encode())
    return png[:after_head] + told + png[after_head:]


def icon_file(png: bytes, size: int) -> bytes:
    """Return an ICO file with one PNG in it."""
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, size, size, 0, 0, 1, 32, len(png), 22) + png


def main() -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the tests that read this file need no browser

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-gpu"])
        for picture in PICTURES:
            source = (THEME / picture.source).read_bytes()
            page = browser.new_page(viewport={"width": picture.width, "height": picture.height})
            page.set_content(
                f"<style>*{{margin:0}}svg{{display:block;width:100vw;height:100vh}}</style>{source.decode()}"
            )
            png = with_source(page.screenshot(omit_background=True), source)
            page.close()
            target = THEME / picture.target
            target.write_bytes(icon_file(png, picture.width) if picture.is_icon_file() else png)
            print(f"{target.name}: {target.stat().st_size} bytes")
        browser.close()


if __name__ == "__main__":
    main()
