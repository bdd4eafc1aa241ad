"""A preview follows the content at once, shows findings where they belong, and never loses the last good state."""

from __future__ import annotations

import re
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from urllib.error import HTTPError

import pytest
from conftest import ROOT, Files
from manual import NOW, base_files, folder_of
from test_speed import yardstick

from site_builder.composition import Checked, Inputs, check
from site_builder.nouns.edition import NO_HISTORY
from site_builder.shell.preview import SCRIPT, Preview
from site_builder.shell.server import make_preview_server
from site_builder.shell.wording import Wording

FOLDERS = {"content": "content", "schemas": "schemas", "theme": "themes/default"}
COMMITMENT = "content/plans/demo/commitments/c01.yaml"
PAGE = "en/commitments/demo-c01/index.html"
PANEL = re.compile(rb'<section id="preview".*?</section>\n', re.DOTALL)
PACKED = (".zip", ".xlsx", ".sqlite")
AFTER_A_CHANGE = 1.5
"""Yardsticks (tests/test_speed.py) between a change of the real content and the new page.

On a machine with nothing else to do a yardstick takes 0.2 s: these leave two tenths of half a second to git, to the
watching of the folders and to the browser (tests/bench_preview.py).
"""


@pytest.fixture(scope="module")
def base() -> Files:
    return base_files(ROOT)


def checked(files: Files, wording: Wording) -> Checked:
    inputs = {kind: folder_of(files, folder) for kind, folder in FOLDERS.items()}
    return check(Inputs(**inputs, as_of=NOW, wording=wording))


def shown(preview: Preview, path: str = PAGE) -> str:
    content = preview.file(path)
    assert content is not None
    return content.decode()


def with_slip(files: Files, old: bytes = b"end_date: 2027-06-30", new: bytes = b"end_date: 2027.06.30") -> Files:
    assert old in files[COMMITMENT]
    return {**files, COMMITMENT: files[COMMITMENT].replace(old, new)}


@pytest.fixture
def preview(base: Files, brief_wording: Wording) -> Preview:
    made = Preview(brief_wording, "en")
    made.show(checked(base, brief_wording), lambda: NO_HISTORY)
    return made


def test_each_file_is_that_of_a_build(fictional: Checked, fictional_outputs: Files, brief_wording: Wording) -> None:
    preview = Preview(brief_wording, "en")
    preview.show(fictional, lambda: NO_HISTORY)
    paths = sorted(fictional_outputs)
    data = [path for path in paths if path.startswith("data/latest/") and path.count("/") == 2]
    for path in {*paths[::9], *data, "build.json", "index.html", "en/data/index.html", "mn/data/questions/index.html"}:
        made, built = preview.file(path), fictional_outputs[path]
        if path.endswith("404.html"):  # links from the root of the preview: it is shown at any depth
            assert made is not None
        elif path.endswith(".html"):
            assert made is not None and PANEL.sub(b"", made) == built
        elif not path.endswith(PACKED):
            assert made == built, path
    assert preview.file("en/nowhere/index.html") is None


def test_a_mistake_leaves_the_page_and_is_shown_on_it(base: Files, brief_wording: Wording, preview: Preview) -> None:
    before = shown(preview)
    preview.show(checked(with_slip(base), brief_wording), lambda: NO_HISTORY)
    after = shown(preview)
    assert PANEL.sub(b"", after.encode()) == PANEL.sub(b"", before.encode())
    panel = after.partition('<section id="preview"')[2].partition("</section>")[0]
    assert "date-form" in panel and f"{COMMITMENT}:9:11" in panel and "2027.06.30" in panel
    assert "1 finding concerns this page" in panel
    assert "1 finding elsewhere" in shown(preview, "en/index.html")
    assert "Бусад газар 1 зүйл илэрсэн" in shown(preview, "mn/index.html")
    preview.show(checked(base, brief_wording), lambda: NO_HISTORY)
    assert "date-form" not in shown(preview)


def test_without_any_good_state_there_are_the_mistakes_to_read(base: Files, brief_wording: Wording) -> None:
    preview = Preview(brief_wording, "mn")
    preview.show(checked(with_slip(base), brief_wording), lambda: NO_HISTORY)
    assert "date-form" in shown(preview, "index.html")
    preview.show(checked(base, brief_wording), lambda: NO_HISTORY)
    assert "date-form" not in shown(preview, "index.html")


def test_content_that_cannot_be_read_is_told_on_each_page(base: Files, brief_wording: Wording) -> None:
    preview = Preview(brief_wording, "en")
    preview.refuse("content: there is no such <folder>.")
    assert "content: there is no such &lt;folder&gt;." in shown(preview, "index.html")
    preview.show(checked(base, brief_wording), lambda: NO_HISTORY)
    assert "no such" not in shown(preview)
    preview.refuse("content: there is no such folder.")
    assert "content: there is no such folder." in shown(preview) and "demo" in shown(preview)
    assert "No mistakes found" not in shown(preview)


def test_a_finding_leads_to_the_page_of_its_rule(base: Files, wording: Wording) -> None:
    preview = Preview(wording, "en")
    for files in (base, with_slip(base)):
        preview.show(checked(files, wording), lambda: NO_HISTORY)
    target = re.search('<a href="/([^"]+)">date-form</a>', shown(preview))
    assert target is not None and "date-form" in shown(preview, target[1]).partition("</section>")[2]


def test_what_stands_in_the_content_is_text_in_the_panel(base: Files, brief_wording: Wording, preview: Preview) -> None:
    slip = with_slip(base, b"end_date: 2027-06-30", b"end_date: '</section><script>alert(1)</script>'")
    preview.show(checked(slip, brief_wording), lambda: NO_HISTORY)
    assert "<script>alert" not in shown(preview)
    assert "&lt;script&gt;" in shown(preview)


def test_a_waiting_page_hears_of_the_next_state(base: Files, brief_wording: Wording, preview: Preview) -> None:
    heard: list[bytes] = []
    waiting = threading.Thread(target=lambda: heard.append(preview.wait("1")))
    waiting.start()
    preview.show(checked(base, brief_wording), lambda: NO_HISTORY)
    waiting.join(timeout=10)
    assert heard == [b"2"]


@pytest.fixture
def address(preview: Preview) -> Iterator[str]:
    server = make_preview_server(preview.file, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


def headers_at(url: str) -> tuple[int, str, Mapping[str, str]]:
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.status, answer.url, dict(answer.headers)
    except HTTPError as error:
        return error.code, error.url, dict(error.headers)


def test_it_is_served_as_a_host_would(address: str) -> None:
    code, _, headers = headers_at(address + PAGE)
    assert code == 200
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Content-Type"].startswith("text/html")
    assert headers_at(address + "en/commitments")[1] == address + "en/commitments/"
    assert headers_at(address + SCRIPT)[2]["Content-Type"].startswith("text/javascript")
    for nowhere in ("en/nowhere/", "../pyproject.toml", "en/%2e%2e/%2e%2e/pyproject.toml"):
        code, _, headers = headers_at(address + nowhere)
        assert (code, headers["Content-Type"].partition(";")[0]) == (404, "text/html")


def test_a_change_of_the_real_content_is_on_its_page_at_once(
    real: Checked, real_content: Files, schema_files: Files, theme_files: Files, wording: Wording
) -> None:
    preview = Preview(wording, "en")
    preview.show(real, lambda: NO_HISTORY)
    path = "plans/nap3/commitments/c01.yaml"
    page = "en/commitments/nap3-c01/index.html"
    shown(preview, page)
    yards: list[float] = []
    while len(yards) < 4 and min(yards, default=AFTER_A_CHANGE) >= AFTER_A_CHANGE:
        word = f"Improvement {len(yards)}"
        changed = {**real_content, path: real_content[path].replace(b"Improve", word.encode(), 1)}
        unit = yardstick()
        started = time.process_time()
        inputs = Inputs(changed, schema_files, theme_files, real.as_of, wording, again=True)
        preview.show(check(inputs), lambda: NO_HISTORY)
        assert word in shown(preview, page)
        yards.append((time.process_time() - started) / unit)
    assert min(yards) < AFTER_A_CHANGE
