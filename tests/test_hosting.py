"""What a host gets: headers, redirects, sitemap, notes; the site below any folder; pages that can be sent on."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
import shutil
import subprocess
import threading
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import lxml.html
import pytest
from conftest import FICTIONAL_DAY, ROOT, Files, inputs_of, without_data, write_to
from pictures import KEYWORD, PICTURES, SIGNATURE, THEME

from site_builder.composition import Checked, check, edition
from site_builder.nouns.edition import NO_HISTORY, Edition, History
from site_builder.nouns.page import Page, SitePlan
from site_builder.plan.addresses import check_size
from site_builder.plan.hosting import FOR_EVER, headers_of, policy, rules
from site_builder.readers.formats import Formats
from site_builder.shell.disk import OWN_MARK
from site_builder.shell.preview import Preview
from site_builder.shell.server import UNKEPT, make_server
from site_builder.shell.wording import Wording
from site_builder.writers.exports import sitemap
from site_builder.writers.exports.sitemap import sitemaps
from site_builder.writers.html import Press
from site_builder.writers.pages import kinds
from site_builder.writers.seal import sealed
from site_builder.writers.voice import Voice

BELOW = "https://host.example/a/b/"
"""A base URL with folders."""
URI = "https://id.example.org/"
"""The permanent prefix of the fictional identifiers."""
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
LANGUAGES = ("en", "mn")


def by_path(checked: Checked, **options: object) -> dict[str, bytes]:
    return without_data(checked, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def below(fictional: Checked) -> dict[str, bytes]:
    """The fictional site below a folder of a host."""
    return by_path(fictional, base_url=BELOW)


def sitemap_of(checked: Checked, **options: object) -> bytes:
    """The sitemap alone: no page has to be rendered for it."""
    written = sitemap.write(edition(checked, base_url=BELOW, **options))  # type: ignore[arg-type]
    return next(output.content for output in written if output.path == "sitemap.xml")


def page_of(checked: Checked, path: str, **options: object) -> bytes:
    """One page alone."""
    issue = edition(checked, **options)  # type: ignore[arg-type]
    return Press(issue).render(next(page for page in issue.plan.pages if page.path == path)).content


def metas(content: bytes, name: str) -> list[str]:
    """The values of the meta elements of a name."""
    root = html5lib.parse(content.partition(b"</head>")[0], namespaceHTMLElements=False)
    return [
        node.attrib["content"]
        for node in root.iter("meta")
        if name in (node.get("name"), node.get("property"), (node.get("http-equiv") or "").lower())
    ]


def links(content: bytes, relation: str) -> list[str]:
    root = html5lib.parse(content, namespaceHTMLElements=False)
    return [node.attrib["href"] for node in root.iter("link") if node.get("rel") == relation]


# Headers


def rules_in(text: str) -> dict[str, dict[str, str]]:
    """Read a `_headers` file as its hosts do."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            found[line] = {}
        elif line:
            name, _, value = line.strip().partition(": ")
            found[list(found)[-1]][name] = value
    return found


def test_the_headers_file_gives_each_file_what_the_server_gives_and_nothing_twice(below: Files) -> None:
    told = rules_in(below["_headers"].decode())
    assert len(told) <= 100, "Cloudflare reads no more"
    for path in below:
        if path.startswith(("_", ".")):
            continue
        got: dict[str, list[str]] = {}
        for address, headers in told.items():
            pattern = re.escape(address).replace(r"\*", ".*")
            if re.fullmatch(pattern, f"/{path}"):
                for name, value in headers.items():
                    got.setdefault(name, []).append(value)
        assert {name: values for name, values in got.items() if len(values) > 1} == {}, path
        assert {name: values[0] for name, values in got.items()} == headers_of(path), path


def test_a_folder_gets_the_headers_of_its_page() -> None:
    told = rules(["index.html", "en/index.html", "en/data/index.html", "data/latest/a.csv", "data/releases/x/a.csv"])
    for address in ("/", "/en/", "/en/data/"):
        kept = [
            rule.headers["Cache-Control"] for rule in told if rule.fits(address[1:]) and "Cache-Control" in rule.headers
        ]
        assert len(kept) == 1, address


@pytest.mark.parametrize(
    ("path", "name", "value"),
    [
        ("static/site.0123456789.css", "Cache-Control", FOR_EVER),
        ("data/releases/2026-11-22/a.csv", "Cache-Control", FOR_EVER),
        ("data/releases/2026-11-22/a.csv", "Access-Control-Allow-Origin", "*"),
        ("data/latest/a.csv", "Cache-Control", "public, max-age=300, stale-while-revalidate=86400"),
        ("data/latest/a.csv", "Access-Control-Allow-Origin", "*"),
        ("data/latest/a.csv", "Content-Type", "text/csv; charset=utf-8"),
        ("data/latest/a.jsonl", "Content-Type", "application/jsonl"),
        ("data/latest/SHA256SUMS", "Content-Type", "text/plain; charset=utf-8"),
        ("en/deadlines.ics", "Content-Type", "text/calendar; charset=utf-8"),
        ("en/index.html", "Cache-Control", "public, max-age=300, stale-while-revalidate=86400"),
        ("manifest.webmanifest", "Content-Type", "application/manifest+json"),
        ("en/index.html", "X-Content-Type-Options", "nosniff"),
    ],
)
def test_a_file_is_kept_shared_and_typed_as_it_should_be(path: str, name: str, value: str) -> None:
    assert headers_of(path)[name] == value


def test_pages_are_shared_with_no_other_site() -> None:
    assert "Access-Control-Allow-Origin" not in headers_of("en/index.html")


def test_the_policy_in_the_page_is_that_of_the_header(below: Files, real_outputs: Files) -> None:
    for outputs in (below, real_outputs):
        for path, content in outputs.items():
            if path.endswith(".html"):
                origin = "https://host.example" if path.endswith("404.html") and outputs is below else ""
                # tests/test_pages.py reads it as a browser does
                told = re.findall(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', content)
                assert [unescape(text.decode()) for text in told] == [policy(origin)], path
    assert headers_of("en/index.html")["Content-Security-Policy"] == policy()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, fictional_outputs: Files) -> Iterator[str]:
    server = make_server(write_to(tmp_path_factory.mktemp("served"), fictional_outputs), 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def asked(address: str) -> tuple[int, Mapping[str, str], bytes]:
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_the_preview_sends_every_header_but_keeps_nothing_that_may_change(
    served: str, fictional_outputs: Files
) -> None:
    for path in fictional_outputs:
        if path.count("/") > 2 and "fic1-c01" not in path:
            continue
        status, headers, content = asked(f"{served}/{path}")
        assert (status, content) == (200, fictional_outputs[path])
        wanted = headers_of(path)
        if wanted["Cache-Control"] != FOR_EVER:
            wanted["Cache-Control"] = UNKEPT
        assert {name: headers.get_all(name) for name in wanted} == {n: [v] for n, v in wanted.items()}, path  # type: ignore[attr-defined]


def test_the_preview_answers_what_is_not_there_with_the_nearest_404_page(served: str, fictional_outputs: Files) -> None:
    for asked_for, page in (("x", "404.html"), ("mn/a/b", "mn/404.html"), ("en/../../etc", "en/404.html")):
        status, headers, content = asked(f"{served}/{asked_for}")
        assert (status, headers["Content-Type"]) == (404, "text/html; charset=utf-8")
        assert content == fictional_outputs[page], asked_for


def test_the_404_page_of_a_preview_has_its_style_at_any_depth(fictional: Checked, wording: Wording) -> None:
    preview = Preview(wording, "en")
    preview.show(fictional, lambda: NO_HISTORY)
    for path in ("404.html", "mn/404.html"):
        page = lxml.html.fromstring(preview.file(path) or b"")
        links = [*page.xpath("//link/@href"), *page.xpath("//script/@src"), *page.xpath("//a/@href")]
        own = [link for link in links if not link.startswith(("#", "https:"))]
        assert len(own) > 10 and [link for link in own if not link.startswith("/")] == []
        (style,) = page.xpath("//head/link[@rel='stylesheet']/@href")
        assert preview.file(style.removeprefix("/"))
        assert "://" not in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]


def test_the_preview_gives_a_folder_with_and_without_its_slash(served: str, fictional_outputs: Files) -> None:
    for address in ("en/commitments", "en/commitments/", "en/commitments/?x=1"):
        assert asked(f"{served}/{address}")[2] == fictional_outputs["en/commitments/index.html"]


# Redirects

MOVED = {
    "en/commitments/old-first": "en/commitments/fic1-c01/index.html",
    "mn/old-data.html": "mn/data/index.html",
    "first": "id/commitment/fic1-c01/index.html",
}
"""Old addresses at which a page stands, and where they lead."""


def test_a_page_at_an_old_address_leads_on_without_a_script(below: Files, fictional_outputs: Files) -> None:
    for source, target in MOVED.items():
        path = source if source.endswith(".html") else f"{source}/index.html"
        for outputs in (below, fictional_outputs):
            (refresh,) = metas(outputs[path], "refresh")
            link = refresh.removeprefix("0; url=")
            assert posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) == target
            assert metas(outputs[path], "robots") == ["noindex"]
        assert links(below[path], "canonical") == [BELOW + target.removesuffix("index.html")]
    # text and data cannot be led on by a page
    assert "files/old.csv/index.html" not in below
    assert metas(below["en/forum/index.html"], "refresh") == ["0; url=https://example.com/forum?a=1&b=2"]


def test_every_host_gets_the_same_redirects(below: Files) -> None:
    lines = [line.split() for line in below["_redirects"].decode().splitlines()]
    assert {status for _, _, status in lines} == {"301"}
    told = {source: target for source, target, _ in lines}
    assert told == {
        "/a/b/en/commitments/old-first/": "/a/b/en/commitments/fic1-c01/",
        "/a/b/en/forum/": "https://example.com/forum?a=1&b=2",
        "/a/b/files/old.csv": "/a/b/data/latest/commitments.csv",
        "/a/b/first/": "/a/b/id/commitment/fic1-c01/",
        "/a/b/mn/old-data.html": "/a/b/mn/data/",
        # pages of what was withdrawn lead to the permanent address, which says so
        "/a/b/en/organisations/harbour-choir/": "/a/b/id/organisation/harbour-choir/",
        "/a/b/mn/organisations/harbour-choir/": "/a/b/id/organisation/harbour-choir/",
    }
    nginx = dict(re.findall(r'location = (\S+) \{ return 301 "([^"]+)"; \}', below["nginx.conf.inc"].decode()))
    assert {source: nginx[source] for source in told} == told
    assert nginx["/a/b/first"] == nginx["/a/b/first/index.html"] == told["/a/b/first/"]
    objects = json.loads(below["s3-metadata.json"])
    moved = {
        key.removesuffix("index.html"): item["WebsiteRedirectLocation"]
        for key, item in objects.items()
        if len(item) != 2
    }
    assert {f"/a/b/{key}": target for key, target in moved.items()} == told


def test_a_redirect_of_a_later_day_is_not_in_the_picture(below: Files) -> None:
    assert "en/later/index.html" not in below
    assert b"later" not in below["_redirects"]


def test_more_redirects_than_a_host_reads_are_a_warning(
    fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording
) -> None:
    rows = "".join(f"  - old_path: en/old-{n}\n    target: fic1-c01\n    since: 2026-01-01\n" for n in range(1001))
    content = {**fictional_content, "redirects.yaml": f"redirects:\n{rows}".encode()}
    checked = check(inputs_of(content, schema_files, theme_files, FICTIONAL_DAY, brief_wording))
    (finding,) = (finding for finding in checked.findings if finding.name.startswith("redirect"))
    assert (finding.name, finding.severity) == ("redirects-many", "warning")


def test_more_files_than_a_host_takes_are_a_warning(fictional: Checked) -> None:
    enough = SitePlan((), frozenset(f"data/{n}.json" for n in range(20_000)))
    assert list(check_size(fictional.catalog, enough)) == []
    (finding,) = check_size(fictional.catalog, replace(enough, files=enough.files | {"data/more.json"}))
    assert (finding.name, finding.severity) == ("files-many", "warning")


def test_s3_is_told_type_and_age_of_each_object(below: Files) -> None:
    objects = json.loads(below["s3-metadata.json"])
    assert set(below) <= set(objects)
    for path in below:
        headers = headers_of(path)
        assert objects[path]["ContentType"] == headers["Content-Type"]
        assert objects[path]["CacheControl"] == headers["Cache-Control"]


@pytest.mark.skipif(not shutil.which("nginx"), reason="no nginx here")
def test_nginx_takes_its_file_and_answers_as_it_says(below: Files, tmp_path: Path) -> None:
    write_to(tmp_path / "html/a/b", below)
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off; pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {tmp_path}/1; proxy_temp_path {tmp_path}/2;"
        f" fastcgi_temp_path {tmp_path}/3; uwsgi_temp_path {tmp_path}/4; scgi_temp_path {tmp_path}/5;\n"
        f"server {{ listen unix:{tmp_path}/socket; root {tmp_path}/html;\n"
        f"include {tmp_path}/html/a/b/nginx.conf.inc; }} }}\n"
    )
    judged = subprocess.run(["nginx", "-t", "-c", str(config)], capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stderr


# Sitemap and robots


def entries(content: bytes) -> dict[str, ElementTree.Element]:
    root = ElementTree.fromstring(content)  # noqa: S314 - our own file
    return {str(node.findtext(f"{SITEMAP}loc")): node for node in root.iter(f"{SITEMAP}url")}


def test_the_sitemap_names_every_page_to_be_found_and_its_twins_in_both_directions(below: Files) -> None:
    named = entries(below["sitemap.xml"])
    for path, content in below.items():
        if not path.endswith(".html") or path.startswith("id/"):
            continue
        url = BELOW + path.removesuffix("index.html")
        assert (url in named) == (metas(content, "robots") == []), path
    assert len(named) > 100
    for url, node in named.items():
        twins = {link.attrib["hreflang"]: link.attrib["href"] for link in node.iter(LINK)}
        if url == BELOW:
            continue
        assert url in twins.values()
        for code, twin in twins.items():
            if code != "x-default":
                assert url in [link.attrib["href"] for link in named[twin].iter(LINK)], twin


def test_without_a_base_url_there_is_no_sitemap_and_robots_are_welcome(real_outputs: Files) -> None:
    assert "sitemap.xml" not in real_outputs
    assert real_outputs["robots.txt"] == b"User-agent: *\nAllow: /\n"


def test_with_a_base_url_robots_are_told_of_the_sitemap(below: Files) -> None:
    assert below["robots.txt"] == f"User-agent: *\nAllow: /\n\nSitemap: {BELOW}sitemap.xml\n".encode()


def test_a_long_sitemap_is_split_under_an_index() -> None:
    made = list(sitemaps("https://x.example/", [f"<url><loc>{n}</loc></url>\n" for n in range(5)], most=2))
    assert [output.path for output in made] == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"]
    index = ElementTree.fromstring(made[0].content)  # noqa: S314 - our own file
    assert [node.text for node in index.iter(f"{SITEMAP}loc")] == [
        f"https://x.example/sitemap-{n}.xml" for n in (1, 2, 3)
    ]
    assert [len(entries(output.content)) for output in made[1:]] == [2, 2, 1]


def lastmods(content: bytes, base: str) -> dict[str, str]:
    return {url.removeprefix(base): node.findtext(f"{SITEMAP}lastmod") or "" for url, node in entries(content).items()}


def test_lastmod_is_the_day_of_the_picture_only_where_the_calendar_counts(real: Checked, fictional: Checked) -> None:
    # the third plan of the real content is over, the fictional one is running
    running = lastmods(sitemap_of(fictional), BELOW)
    assert running["en/commitments/fic1-c01/"] == running["en/"] == FICTIONAL_DAY.isoformat()
    assert running["en/method/"] == running["en/sources/"] == ""
    ended = lastmods(sitemap_of(real), BELOW)
    assert ended["en/commitments/nap3-c01/"] == ""


def test_lastmod_is_the_day_on_which_what_the_page_shows_was_last_changed(real: Checked) -> None:
    history = History(
        "0" * 40,
        {
            "content/plans/nap3/commitments/c01.yaml": date(2026, 3, 1),
            "content/plans/nap3/plan.yaml": date(2026, 2, 1),
            "content/pages/about/en.md": date(2026, 1, 1),
            "content/site.yaml": date(2030, 1, 1),
        },
    )
    told = lastmods(sitemap_of(real, history=history), BELOW)
    assert told["en/commitments/nap3-c01/"] == "2026-03-01"
    assert told["en/commitments/nap3-c02/"] == "2026-02-01"
    assert told["en/about/"] == "2026-01-01"
    assert told["mn/about/"] == ""
    # what is dated after the picture was changed on its day, as far as the picture knows
    assert told["en/"] == "2026-11-22"


# What a build says of itself


def test_the_manifest_names_every_file_with_its_hash_and_the_notes_seal_it(below: Files) -> None:
    lines = below["manifest-sha256.txt"].decode().splitlines()
    told = {path: digest for digest, _, path in (line.partition("  ") for line in lines)}
    own = {"manifest-sha256.txt", "build.json"}
    assert told == {path: sha256(content).hexdigest() for path, content in below.items() if path not in own}
    assert list(told) == sorted(told)
    notes = json.loads(below["build.json"])
    assert notes["manifest_sha256"] == sha256(below["manifest-sha256.txt"]).hexdigest()


def test_the_notes_say_from_what_the_site_was_built(real: Checked) -> None:
    issue = edition(real, history=History("0123456789abcdef" + "0" * 24))
    page = page_of(real, "mn/commitments/nap3-c01/index.html", history=issue.history)
    notes = next(json.loads(output.content) for output in sealed(issue, []) if output.path == OWN_MARK)
    assert notes["data_commit"] == "0123456789abcdef" + "0" * 24
    assert notes["as_of"] == "2026-11-22"
    assert notes["generator"].startswith("open-action-plan ")
    assert notes["schema_version"] == real.schema_version
    assert notes["waived_by_rule"] == Counter(finding.name for finding in real.waived)
    assert notes["waived_by_rule"]["milestone-before-commitment"] == 2
    assert sum(notes["findings_by_rule"].values()) == sum(notes["findings"].values())
    assert b"<code>0123456</code>" in page
    # the mark by which the program knows its own folder
    assert OWN_MARK == "build.json"


def test_outside_version_control_no_commit_is_claimed(real_outputs: Files) -> None:
    assert json.loads(real_outputs["build.json"])["data_commit"] is None


def test_the_schema_version_changes_with_any_schema(
    real_content: Files, schema_files: Files, theme_files: Files, wording: Wording, real: Checked
) -> None:
    changed = {**schema_files, "sources.json": schema_files["sources.json"] + b"\n"}
    again = check(inputs_of(real_content, changed, theme_files, FICTIONAL_DAY, wording))
    assert again.schema_version != real.schema_version


def test_packed_copies_are_the_same_bytes_each_time_and_hold_the_text(fictional: Checked, below: Files) -> None:
    first, second = (by_path(fictional, base_url=BELOW, packings=("gz",)) for _ in range(2))
    assert first == second
    packed = {path for path in first if path.endswith(".gz")}
    assert {path: first[path] for path in first if path not in packed} == below
    assert {"en/index.html.gz", "data/catalog.jsonld.gz", "sitemap.xml.gz"} <= packed
    for path in packed:
        assert gzip.decompress(first[path]) == below[path.removesuffix(".gz")]
        assert first[path][4:8] == b"\0\0\0\0", "no clock"
    assert not [path for path in packed if path.endswith((".zip.gz", ".png.gz"))]


# The frame


def test_below_folders_of_a_host_only_full_addresses_name_it(below: Files) -> None:
    for path, content in below.items():
        if path.endswith(".html") and not path.endswith("404.html"):
            for address in re.findall(rb'(?:href|src)="(/[^"]*|[^"]*://host\.example[^"]*)"', content):
                found = re.search(rb'<link rel="(canonical|alternate)"[^>]*href="' + re.escape(address), content)
                assert found, f"{path}: {address!r}"


def test_the_404_pages_load_and_link_from_the_base_url(below: Files) -> None:
    for path in ("404.html", "en/404.html", "mn/404.html"):
        root = html5lib.parse(below[path], namespaceHTMLElements=False)
        loaded = [
            node.get("src") or node.get("href") or "" for node in root.iter() if node.tag in ("script", "link", "a")
        ]
        for address in filter(None, loaded):
            assert address.startswith((BELOW, "#", "https://creativecommons.org/", "http")), address
            if address.startswith(BELOW):
                assert re.split("[?#]", address.removeprefix(BELOW))[0] in below, address
        assert metas(below[path], "robots") == ["noindex"]
        assert links(below[path], "canonical") == []


@pytest.mark.parametrize(("language", "locale", "other"), [("en", "en_GB", "mn_MN"), ("mn", "mn_MN", "en_GB")])
def test_a_message_that_holds_a_link_shows_what_it_leads_to(
    below: Files, language: str, locale: str, other: str
) -> None:
    page = below[f"{language}/commitments/fic1-c02/index.html"]
    assert metas(page, "og:description") == metas(page, "description")
    assert len(metas(page, "description")[0]) <= 160
    assert metas(page, "og:type") == ["article"]
    assert metas(page, "og:locale") == [locale]
    assert metas(page, "og:locale:alternate") == [other]
    assert metas(page, "og:url") == [f"{BELOW}{language}/commitments/fic1-c02/"]
    (image,) = metas(page, "og:image")
    assert below[image.removeprefix(BELOW)].startswith(SIGNATURE)
    assert metas(page, "twitter:card") == ["summary_large_image"]
    assert metas(below[f"{language}/index.html"], "og:type") == ["website"]


def test_without_a_base_url_no_address_and_no_picture_is_claimed(real_outputs: Files) -> None:
    page = real_outputs["en/index.html"]
    assert metas(page, "og:url") == metas(page, "og:image") == []
    assert metas(page, "twitter:card") == ["summary"]


def test_a_page_whose_main_text_is_not_translated_says_so_and_is_not_found(below: Files) -> None:
    page = below["mn/commitments/fic1-c06/index.html"]
    assert metas(page, "robots") == ["noindex"]
    root = html5lib.parse(page, namespaceHTMLElements=False)
    notices = [node.text or "" for node in root.iter("p") if node.get("class") == "notice"]
    (notice,) = (text for text in notices if "орчуулаагүй" in text)
    assert notice.endswith(": Англи")
    assert metas(below["en/commitments/fic1-c06/index.html"], "robots") == []


def test_prose_in_another_language_is_not_found_either(
    fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording
) -> None:
    content = {path: text for path, text in fictional_content.items() if path != "pages/about/mn.md"}
    content["pages/about/en.md"] = b"# About\n\nText.\n"
    checked = check(inputs_of(content, schema_files, theme_files, FICTIONAL_DAY, brief_wording))
    assert metas(page_of(checked, "mn/about/index.html"), "robots") == ["noindex"]
    assert metas(page_of(checked, "en/about/index.html"), "robots") == []


# Sending on


def address_line(content: bytes) -> ElementTree.Element:
    root = html5lib.parse(content, namespaceHTMLElements=False)
    (line,) = (node for node in root.iter("p") if node.get("class") == "address")
    found: ElementTree.Element = line
    return found


@pytest.mark.parametrize(
    ("path", "shown", "target"),
    [
        ("en/commitments/fic1-c01/index.html", f"{URI}id/commitment/fic1-c01/", "id/commitment/fic1-c01/index.html"),
        ("mn/plans/fic1/index.html", f"{URI}id/plan/fic1/", "id/plan/fic1/index.html"),
        ("mn/commitments/index.html", f"{BELOW}mn/commitments/", "mn/commitments/index.html"),
    ],
)
def test_a_page_shows_the_address_under_which_it_can_be_sent_on(
    below: Files, path: str, shown: str, target: str
) -> None:
    link = address_line(below[path]).find("a")
    assert link is not None
    assert link.text == shown
    assert posixpath.normpath(posixpath.join(posixpath.dirname(path), link.attrib["href"])) == target


def test_without_a_base_url_the_path_below_the_site_is_shown(real_outputs: Files) -> None:
    line = address_line(real_outputs["mn/commitments/nap3-c01/index.html"])
    assert [node.text for node in line.iter("a")] == ["id/commitment/nap3-c01/"]
    assert not list(line.iter("button")), "the button comes with the script"
    assert {"data-copy", "data-copied", "data-selected"} <= set(line.attrib)


def test_the_script_that_copies_is_small_and_on_every_page_with_a_footer(real_outputs: Files) -> None:
    (path,) = (path for path in real_outputs if re.fullmatch(r"static/site\.\w+\.js", path))
    assert len(gzip.compress(real_outputs[path])) <= 1024
    for page, content in real_outputs.items():
        if page.endswith(".html") and b"<footer>" in content:
            sources = re.findall(r'<script src="([^"]+)"', content.partition(b"</head>")[0].decode())
            loaded = [real_outputs["static/" + source.rpartition("/")[2]] for source in sources]
            assert loaded, page
            assert all(script.startswith(real_outputs[path]) for script in loaded), page


def test_without_a_base_uri_a_thing_is_named_where_the_site_is_hosted(real: Checked) -> None:
    page = page_of(real, "mn/commitments/nap3-c01/index.html", base_url=BELOW)
    assert [node.text for node in address_line(page).iter("a")] == [f"{BELOW}id/commitment/nap3-c01/"]


def with_contact(issue: Edition) -> Edition:
    """The same edition with contact pages on its plan, whether the site has some or not."""
    pages = tuple(Page("contact", "", code, f"{code}/contact/index.html") for code in LANGUAGES)
    there = {page.path for page in issue.plan.pages}
    added = tuple(page for page in pages if page.path not in there)
    words = {
        code: replace(catalogue, phrases={"contact": "Contact", **catalogue.phrases})
        for code, catalogue in issue.theme.words.items()
    }
    plan = replace(issue.plan, pages=(*issue.plan.pages, *added))
    return replace(issue, plan=plan, theme=replace(issue.theme, words=words))


def test_a_problem_is_reported_with_the_name_of_the_page(real: Checked) -> None:
    issue = with_contact(edition(real))
    page = next(
        page
        for page in issue.plan.pages
        if (page.kind, page.subject, page.language) == ("commitment", "nap3-c01", "mn")
    )
    content = Press(issue).render(page).content
    assert b'href="../../contact/index.html?page=commitment/nap3-c01/mn"' in content


MAY_SAY = {"crumbs", "here", "scripts", "feeds", "canonical"}
"""What a kind of page may say in place of the frame."""


def test_no_kind_of_page_takes_the_place_of_anything_else_in_the_frame(real: Checked, fictional: Checked) -> None:
    for checked in (real, fictional):
        issue = edition(checked)
        press = Press(issue)
        for page in {page.kind: page for page in issue.plan.pages}.values():
            language = next(item for item in issue.catalog.languages if item.code == (page.language or LANGUAGES[0]))
            voice = Voice(issue, page, Formats(language))
            taken = set(press.frame(voice)) & set(kinds()[page.kind].view(voice))
            assert taken <= MAY_SAY, page.kind


# Pictures


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.target)
def test_a_picture_was_drawn_from_the_source_that_lies_beside_it(picture: object) -> None:
    content = (THEME / picture.target).read_bytes()  # type: ignore[attr-defined]
    png = content[content.index(SIGNATURE) :]
    told = png[png.index(KEYWORD) + len(KEYWORD) + 1 :][:64].decode()
    source = (THEME / picture.source).read_bytes()  # type: ignore[attr-defined]
    assert told == sha256(source).hexdigest(), "draw it again: python3 tests/pictures.py"
    size = (picture.width, picture.height)  # type: ignore[attr-defined]
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == size
    assert len(content) <= 40_000


def test_an_installed_site_finds_its_icons_and_its_first_page(below: Files) -> None:
    manifest = json.loads(below["manifest.webmanifest"])
    assert manifest["start_url"] in below
    assert [icon["src"] for icon in manifest["icons"] if icon["src"] not in below] == []
    assert links(below["index.html"], "manifest") == ["manifest.webmanifest"]
    assert below["favicon.ico"].startswith(b"\0\0\1\0")


def test_the_contributing_guide_says_how_the_pictures_are_made() -> None:
    assert ".venv/bin/python3 tests/pictures.py" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
