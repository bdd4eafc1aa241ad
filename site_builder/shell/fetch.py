"""Owns the fetching of a published site's releases over the network: over https, within limits, judged by the core."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from site_builder.nouns.release import ADDRESS, INDEX, MANIFEST, ReleaseFolder
from site_builder.readers.release_format import NotUnderstood, parse_index
from site_builder.readers.releases import wanted_files
from site_builder.shell.refusal import Refusal

MOST_LISTED = 5_000_000
"""Bytes of an index or a manifest."""
MOST = 1_000_000_000
"""Bytes of all files together."""
PATIENCE = 30
"""Seconds without any answer."""
DEADLINE = 900
"""Seconds for everything."""
_HERE = "127.0.0.1"
"""This machine, where tests and previews are served."""


class FetchRefused(Refusal):
    """A site cannot be fetched."""


def is_allowed(url: str) -> bool:
    """Whether an address may be fetched: nobody on the way can change what comes over https."""
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname == _HERE)
    except ValueError:
        return False


class _OnlyAllowed(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to where we may go by ourselves."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        if not is_allowed(newurl):
            raise FetchRefused("leads_away", place=req.full_url, url=newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


@dataclass
class _Line:
    """The line to a site, with what is left of the limits."""

    address: str
    ends: float = field(default_factory=lambda: time.monotonic() + DEADLINE)
    left: int = MOST

    def get(self, path: str, most: int) -> bytes | None:
        """Return a file of at most `most` bytes (of a longer one a byte more), None where there is none."""
        url = self.address + path
        most = min(most, self.left)
        try:
            opener = urllib.request.build_opener(_OnlyAllowed)
            with opener.open(url, timeout=PATIENCE) as answer:
                content = self._read(answer, most + 1, url)
        except urllib.error.HTTPError as error:
            if error.code in (404, 410):
                return None
            raise FetchRefused("server_answers", place=url, code=error.code) from error
        except (OSError, HTTPException, ValueError) as error:
            raise FetchRefused("system", place=url, why=getattr(error, "reason", None) or error) from error
        self.left -= len(content)
        if self.left < 0:
            raise FetchRefused("too_much", place=self.address, limit=MOST // 1_000_000)
        return content

    def _read(self, answer: IO[bytes], most: int, url: str) -> bytes:
        parts, size = [], 0
        while size < most and (part := answer.read(min(65536, most - size))):
            parts.append(part)
            size += len(part)
            if time.monotonic() > self.ends:
                raise FetchRefused("too_slow", place=url, limit=DEADLINE)
        return b"".join(parts)


def fetch_releases(url: str, known: Mapping[str, bytes], *, tell: Callable[[str], None]) -> ReleaseFolder:
    """Return the releases of a published site as they came; reading them judges every byte.

    `known` are releases that are here already: of one with the same manifest nothing is fetched again. Raises
    FetchRefused.
    """
    if not is_allowed(url):
        raise FetchRefused("not_https", place=url)
    line = _Line(f"{url.rstrip('/')}/{ADDRESS}")
    shown = line.address.rstrip("/")
    index = line.get(INDEX, MOST_LISTED)
    if index is None:
        raise FetchRefused("no_releases", place=f"{line.address}{INDEX}")
    files = {INDEX: index}
    try:
        for entry in parse_index(index):
            path = f"{entry.name}/{MANIFEST}"
            if (manifest := line.get(path, MOST_LISTED)) is not None:
                files[path] = manifest
        wanted = list(wanted_files(index, files))
    except NotUnderstood:
        return ReleaseFolder(shown, files)
    for path, weight in wanted:
        manifest_path = f"{path.split('/')[0]}/{MANIFEST}"
        if known.get(manifest_path) == files[manifest_path] and path in known:
            files[path] = known[path]
            continue
        tell(path)
        if (content := line.get(path, weight.bytes)) is not None:
            files[path] = content
    return ReleaseFolder(shown, files)
