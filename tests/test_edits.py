"""The promises of edits on pages and in feeds: each told once, word by word, with its reason and its commit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import feedparser
import pytest
from conftest import AFTER, Files, inputs_of, without_data
from history import Repository
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.composition import Checked, check, edition
from site_builder.nouns.edition import History
from site_builder.nouns.past import Past
from site_builder.shell.disk import read_folder
from site_builder.shell.wording import Wording
from site_builder.writers.differences import word_difference
from site_builder.writers.edits import commit_address
from site_builder.writers.follow import edits_of

REPOSITORY = "https://example.org/plans"


@pytest.fixture(scope="module")
def named(
    scripted: Repository,
    real_content: Files,
    schema_files: Files,
    theme_files: Files,
    wording: Wording,
) -> Checked:
    """The content as the history left it, with code lists and the address of its repository."""
    codelists = {path: content for path, content in real_content.items() if path.startswith("codelists/")}
    files = {**codelists, **read_folder(scripted.content)}
    files["site.yaml"] += f"repository_url: {REPOSITORY}\n".encode()
    checked = check(inputs_of(files, schema_files, theme_files, AFTER, wording))
    assert not checked.has_errors, checked.findings
    return checked


@pytest.fixture(scope="module")
def outputs(named: Checked, past: Past) -> Mapping[str, str]:
    made = without_data(named, history=History(past=past))
    return {path: content.decode() for path, content in made.items() if path.endswith((".html", ".xml"))}


def edits_on(page: str) -> str:
    """Return the part of a page that tells of edits."""
    start = page.index("<h3>What was edited on this site</h3>")
    return page[start : page.index("</section>", start)]


def test_a_reworded_text_is_told_word_by_word_in_both_languages(outputs: Mapping[str, str]) -> None:
    english, mongolian = (outputs[f"{code}/commitments/demo-c01/index.html"] for code in ("en", "mn"))
    wanted = "<del>Few can find</del> <ins>Hardly anybody finds</ins> the tenders."
    assert wanted in english
    assert f'<span lang="en">{wanted}</span>' in mongolian


def test_a_correction_has_its_reason_and_a_commit_its_link(outputs: Mapping[str, str], past: Past) -> None:
    edits = edits_on(outputs["en/commitments/demo-c01/index.html"])
    assert "the tenders. Reason: two values were not as in the order, which was read again" in edits
    assert "<del>Open Plan Council</del>" in edits  # and not its id
    commit = next(publication.commit for publication in past.publications if publication.pull_request == 12)
    assert f'href="{REPOSITORY}/commit/{commit}" rel="external">commit {commit[:7]}</a>' in edits


def test_a_site_without_a_repository_names_no_commit(demo: Checked, past: Past) -> None:
    page = without_data(demo, history=History(past=past))["en/commitments/demo-c01/index.html"].decode()
    assert "<del>" in edits_on(page) and "commit/" not in edits_on(page)


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://example.org/plans/", "https://example.org/plans/commit/abc"),
        ("https://gitlab.example.org/plans", "https://gitlab.example.org/plans/-/commit/abc"),
    ],
)
def test_the_address_of_a_commit_is_that_of_its_host(named: Checked, repository: str, address: str) -> None:
    site = named.catalog.site
    cells = {**site.cells, "repository_url": site.cells["repository_url"]._replace(value=repository)}
    catalog = replace(named.catalog, tables={**named.catalog.tables, "site": (site._replace(cells=cells),)})
    assert commit_address(catalog, "abc") == address


def test_what_a_report_tells_is_not_told_again_as_an_edit(named: Checked, past: Past) -> None:
    made = edition(named, history=History(past=past))
    told = [row["event"] for row in edits_of(made, "home", "")]
    assert {row["kind"] for row in told} >= {"added", "withdrawn", "text_changed", "date_moved", "correction", "status"}
    for row in told:
        assert row["table_name"] not in {"updates", "update_items"} or row["kind"] == "correction", row
        assert row["table_name"] not in {"codelists", "sources", "site", "documents", "date_changes"}, row
        assert row["kind"] != "evidence_added" and row["field"] != "provenance", row
    assert [row["old_value"] for row in told if row["kind"] == "evidence_removed"] == ["The page"]


def test_a_withdrawn_commitment_is_named_where_its_plan_is(outputs: Mapping[str, str]) -> None:
    for path in ("en/changes/index.html", "mn/changes/index.html"):
        assert "<del>Count the boats</del>" in outputs[path]
    assert "en/commitments/demo-c02/index.html" not in outputs


def test_many_edits_of_one_commit_that_are_alike_are_one_line(real: Checked) -> None:
    ids = [f"demo-c{number:02}" for number in range(44)]
    events = tuple(
        {
            "event_id": f"event-{one}",
            "published_on": date(2026, 1, 1),
            "commit_id": "abc",
            "table_name": "commitments",
            "record_id": one,
            "field": None,
            "kind": "added",
            "old_value": None,
            "new_value": one,
            "plan_id": "nap3",
            "commitment_id": one,
            "milestone_id": None,
            "place": 0,
        }
        for one in ids
    )
    made = edition(real)
    rows = {
        "plan_id": "nap3",
        "happened_on": "2026-01-01",
        "kind": "added",
        "milestone_id": None,
        "organisation_id": None,
    }
    edits = tuple(
        {**rows, "happening_id": row["event_id"], "commitment_id": row["commitment_id"], "event": row, "count": 1}
        for row in events
    )
    made = replace(made, derived=replace(made.derived, tables={**made.derived.tables, "edits": edits}))
    (line,) = edits_of(made, "plan", "nap3")
    assert (line["count"], line["commitment_id"], line["plan_id"]) == (44, None, "nap3")
    (own,) = edits_of(made, "commitment", "demo-c07")
    assert own["happening_id"] == "event-demo-c07"


def test_feeds_tell_edits_in_plain_words_and_each_once(outputs: Mapping[str, str]) -> None:
    for path, content in outputs.items():
        if not path.endswith("feed.xml"):
            continue
        feed = feedparser.parse(content)
        assert feed.bozo == 0
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            assert not re.search(r"</?(ins|del|span)\b", entry.summary + entry.title), entry
            assert len(entry.summary) <= 160
    feed = feedparser.parse(outputs["en/commitments/demo-c01/feed.xml"])
    summaries = [entry.summary for entry in feed.entries]
    assert any("from Few can find the tenders. to Hardly anybody finds the tenders." in text for text in summaries)
    organisation = feedparser.parse(outputs["en/organisations/council/feed.xml"])
    assert [entry.title for entry in organisation.entries] == ["Open Plan Council: added"]


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (History(), "what was edited on it is not known here"),
        (History(past=Past(cut_off=date(2026, 3, 1))), "The history of the repository is cut off at"),
    ],
    ids=["outside a repository", "cut off"],
)
def test_a_page_says_why_it_tells_no_edits(named: Checked, history: History, words: str) -> None:
    made = without_data(named, history=history)
    pages = {path: content.decode() for path, content in made.items() if path.startswith("en/")}
    for path in ("changes", "commitments/demo-c01", "plans/demo", "organisations/ministry"):
        assert words in pages[f"en/{path}/index.html"], path
        assert "Nothing was edited" not in pages[f"en/{path}/index.html"]


# differences of words


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("one two three", "one 2 three", "one <del>two</del> <ins>2</ins> three"),
        ("one two", "one two three", "one two <ins>three</ins>"),
        ("", "a & b", "<ins>a &amp; b</ins>"),
        ("a <b>", "", "<del>a &lt;b&gt;</del>"),
        ("a b c d e f g h", "a b c d e f g x", "… c d e f g <del>h</del> <ins>x</ins>"),
        (
            "x " + "w " * 30 + "y",
            "X " + "w " * 30 + "Y",
            "<del>x</del> <ins>X</ins> w w w w w … w w w w w <del>y</del> <ins>Y</ins>",
        ),
    ],
)
def test_words_are_marked_where_they_changed(old: str, new: str, shown: str) -> None:
    assert word_difference(old, new) == shown


SENTENCES = st.lists(st.sampled_from(["aa", "bb", "cc"]), max_size=8).map(" ".join)


@settings(deadline=None)
@given(SENTENCES, SENTENCES)
def test_what_was_taken_out_and_put_in_leads_from_the_old_text_to_the_new(old: str, new: str) -> None:
    marked = str(word_difference(f"{old} .", f"{new} ."))
    if "…" not in marked:
        without = re.sub(r"<ins>.*?</ins> ?|</?del>", "", marked)
        assert without.split() == [*old.split(), "."]
        assert re.sub(r"<del>.*?</del> ?|</?ins>", "", marked).split() == [*new.split(), "."]


def test_texts_without_a_common_word_are_not_compared_for_long() -> None:
    marked = word_difference(" ".join(map(str, range(2000))), " ".join(map(str, range(5000, 9000))))
    assert marked.count("<del>") == marked.count("<ins>") == 1
    assert len(marked) < 600
