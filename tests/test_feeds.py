"""The promises of what can be followed: happenings, the pages that tell them, feeds and calendars."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urldefrag
from xml.etree import ElementTree

import feedparser
import pytest
from conftest import FICTIONAL_DAY, REAL_DAY, Files, without_data
from icalendar import Calendar

from site_builder.composition import Checked
from site_builder.nouns.edition import Edition
from site_builder.readers.markdown import plain_field

BASE_URL = "https://example.org/plan/"
"""Where the fictional site says it is hosted; the real one does not know."""
LANGUAGES = ("en", "mn")
ATOM = "{http://www.w3.org/2005/Atom}"
DAYS = {"real": REAL_DAY, "fictional": FICTIONAL_DAY}
LIST_BUDGET = 40_000


@pytest.fixture(params=["real", "fictional"])
def site(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def outputs(site: str, request: pytest.FixtureRequest) -> Files:
    found: Files = request.getfixturevalue(f"{site}_outputs")
    return found


def feeds_of(outputs: Files) -> dict[str, bytes]:
    return {path: content for path, content in outputs.items() if path.endswith("feed.xml")}


def calendars_of(outputs: Files) -> dict[str, Calendar]:
    return {path: calendar_of(content) for path, content in outputs.items() if path.endswith(".ics")}


def calendar_of(content: bytes) -> Calendar:
    calendar = Calendar.from_ical(content)
    assert isinstance(calendar, Calendar)
    return calendar


def on_day(checked: Checked, day: date) -> dict[str, bytes]:
    return without_data(replace(checked, as_of=day))


# Pages


def test_markdown_is_left_out_of_what_is_sent_on() -> None:
    assert plain_field("**Yes**, see [the plan](fic1).\n\n- one\n- *two*") == "Yes, see the plan. one two"
    assert plain_field("a < b & c") == "a < b & c"


@pytest.mark.parametrize("language", LANGUAGES)
def test_old_and_new_stand_side_by_side_in_words(fictional_outputs: Files, language: str) -> None:
    for path in ("changes/index.html", "commitments/fic1-c01/index.html", "plans/fic1/index.html"):
        page = fictional_outputs[f"{language}/{path}"].decode()
        assert re.search(r"<s>[^<]+</s>[^<]+<ins>[^<]+</ins>", page), path
    moved = fictional_outputs[f"{language}/changes/index.html"].decode()
    assert re.search(r'<s><time datetime="2025-09-30">[^<]+</time></s>[^<]+<ins><time datetime="2025-12-31">', moved)


@pytest.mark.parametrize(("language", "words"), [("en", "nothing that bears a date"), ("mn", "Огноотой зүйл")])
def test_a_commitment_to_which_nothing_happened_says_so(real_outputs: Files, language: str, words: str) -> None:
    assert words in real_outputs[f"{language}/commitments/nap3-c01/index.html"].decode()
    assert words not in real_outputs[f"{language}/commitments/nap3-c08/index.html"].decode()


def test_a_site_made_outside_its_repository_says_that_edits_are_not_known(real_outputs: Files) -> None:
    for path in ("changes", "commitments/nap3-c01", "plans/nap3", "organisations/moh"):
        page = real_outputs[f"en/{path}/index.html"].decode()
        assert "what was edited on it is not known here" in page and "Nothing was edited" not in page


def test_every_page_announces_its_feed_and_links_it(outputs: Files) -> None:
    for path in feeds_of(outputs):
        page = outputs[path.replace("feed.xml", "index.html")].decode()
        assert re.search(r'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="feed\.xml">', page)
        assert '<a href="feed.xml">' in page or path.count("/") == 1, path


def test_the_page_of_feeds_lists_every_feed_and_calendar_of_its_language(outputs: Files) -> None:
    for language in LANGUAGES:
        page = outputs[f"{language}/feeds/index.html"].decode()
        listed = {posixpath.normpath(f"{language}/feeds/{href}") for href in re.findall(r'<td><a href="([^"]+)"', page)}
        there = {path for path in outputs if path.endswith(("feed.xml", ".ics")) and path.startswith(f"{language}/")}
        assert listed == there


# Feeds


def test_every_feed_is_read_without_a_complaint_with_and_without_a_base_url(outputs: Files) -> None:
    # found by what it holds: one that has another name or is new is judged too
    every = {path: content for path, content in outputs.items() if ATOM[1:-1].encode() in content[:500]}
    assert every.keys() >= feeds_of(outputs).keys()
    for path, content in every.items():
        feed = feedparser.parse(content)
        assert (feed.bozo, feed.version, feed.encoding) == (0, "atom10", "utf-8"), path
        assert feed.feed.id, path
        assert feed.feed.title, path
        assert feed.feed.author, path
        assert feed.feed.language == path.split("/")[0], path


def test_feedparser_would_notice_a_fault(real_outputs: Files) -> None:
    assert feedparser.parse(real_outputs["en/feed.xml"].replace(b"</feed>", b"")).bozo


def test_a_feed_has_what_atom_demands_of_it(outputs: Files) -> None:
    for path, content in feeds_of(outputs).items():
        feed = ElementTree.fromstring(content)  # noqa: S314
        for item in (feed, *feed.iter(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                (element,) = item.findall(ATOM + name)
                assert element.text, path
            updated = item.findtext(f"{ATOM}updated")
            assert re.fullmatch(r"\d{4}-\d{2}-\d{2}T00:00:00Z", updated or ""), path
        (self_link,) = (link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self")
        assert self_link.get("href") in ("feed.xml", BASE_URL + path)


def test_every_feed_and_every_entry_of_a_language_has_an_id_of_its_own(outputs: Files) -> None:
    ids: Counter[str] = Counter()
    entries: dict[str, tuple[str, str]] = {}
    for content in feeds_of(outputs).values():
        feed = feedparser.parse(content)
        ids[feed.feed.id] += 1
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        for entry in feed.entries:
            # the same happening in another feed of the language is the same entry
            assert entries.setdefault(entry.id, (entry.title, entry.summary)) == (entry.title, entry.summary)
    assert set(ids.values()) == {1}
    assert not set(ids) & set(entries)
    assert all(re.match(r"tag:|https://id\.example\.org/", name) for name in (*ids, *entries))


def test_the_id_of_an_entry_is_the_same_on_another_day(fictional: Checked, fictional_outputs: Files) -> None:
    later = on_day(fictional, date(2026, 8, 2))
    for path, content in feeds_of(fictional_outputs).items():
        before = [entry.id for entry in feedparser.parse(content).entries]
        after = [entry.id for entry in feedparser.parse(later[path]).entries]
        assert len(after) == 50 or set(before) <= set(after), path


def test_a_feed_to_which_nothing_happened_is_the_same_on_another_day(
    fictional: Checked, fictional_outputs: Files
) -> None:
    path = "en/plans/fic0/feed.xml"
    later = on_day(fictional, date(2026, 7, 2))
    before, after = (feedparser.parse(files[path]) for files in (fictional_outputs, later))
    assert before.feed.updated == after.feed.updated < "2026"


def test_an_entry_leads_to_a_place_on_a_built_page(outputs: Files) -> None:
    followed = 0
    for path, content in feeds_of(outputs).items():
        for entry in ElementTree.fromstring(content).iter(f"{ATOM}entry"):  # noqa: S314
            (link,) = entry.findall(f"{ATOM}link")
            address, anchor = urldefrag(link.attrib["href"])
            if address.startswith(BASE_URL):
                target = f"{address.removeprefix(BASE_URL)}index.html"
            else:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
            assert target in outputs, f"{path}: {address}"
            assert target.startswith(f"{path.split('/')[0]}/")
            if anchor:
                assert f' id="{anchor}"' in outputs[target].decode(), f"{path}: {target}#{anchor}"
                followed += 1
    assert followed > 20


def test_no_feed_knows_anything_later_than_the_day_of_the_build(site: str, outputs: Files) -> None:
    for path, content in feeds_of(outputs).items():
        moments = re.findall(r"<(?:updated|published)>([^<]+)<", content.decode())
        assert moments, path
        assert max(moments) <= f"{DAYS[site].isoformat()}T00:00:00Z", path


def test_an_entry_is_short_and_has_no_markup(outputs: Files) -> None:
    for content in feeds_of(outputs).values():
        for entry in ElementTree.fromstring(content).iter(f"{ATOM}entry"):  # noqa: S314
            summary = entry.findtext(f"{ATOM}summary") or ""
            assert 0 < len(summary) <= 160
            assert not re.search(r"</?(ins|s|time|span|small)\b|&\w+;|\*\*", summary), summary


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_known_in_part_is_called_so_and_pretends_to_no_day(real_outputs: Files, language: str) -> None:
    feed = feedparser.parse(real_outputs[f"{language}/plans/nap3/feed.xml"])
    (entry,) = (entry for entry in feed.entries if "assessment-nap3-irm-results" in entry.id)
    assert "published" not in entry
    assert entry.updated == "2022-01-01T00:00:00Z"
    assert "2022" in entry.summary.split(".")[0]


def test_an_empty_feed_is_there_before_anything_happens_and_bears_the_day_of_the_build(real_outputs: Files) -> None:
    feed = feedparser.parse(real_outputs["mn/commitments/nap3-c01/feed.xml"])
    assert feed.entries == []
    assert feed.feed.updated == f"{REAL_DAY.isoformat()}T00:00:00Z"


def test_a_missing_translation_is_called_so_in_a_feed(fictional_outputs: Files) -> None:
    title = feedparser.parse(fictional_outputs["mn/commitments/fic1-c06/feed.xml"]).feed.title
    assert "Redraw the old maps without sea monsters (хараахан орчуулаагүй)" in title


# Calendars


def test_only_what_has_a_deadline_has_a_calendar(outputs: Files) -> None:
    calendars = calendars_of(outputs)
    assert calendars
    assert all(calendar.walk("VEVENT") for calendar in calendars.values())
    assert "en/organisations/friends-of-paper-boats/deadlines.ics" not in outputs


def test_a_calendar_comes_back_byte_for_byte_from_a_reader_of_calendars(outputs: Files) -> None:
    for path, content in ((path, content) for path, content in outputs.items() if path.endswith(".ics")):
        assert calendar_of(content).to_ical(sorted=False) == content, path
        assert all(len(line) <= 75 for line in content.split(b"\r\n")), path
        assert not [line for line in content.split(b"\r\n") if b"\n" in line], path
        for line in content.split(b"\r\n"):
            line.decode()  # no letter is cut in two


def test_an_event_is_a_whole_day_with_a_name_that_stays(site: str, outputs: Files) -> None:
    for path, calendar in calendars_of(outputs).items():
        assert "METHOD" not in calendar
        assert str(calendar["X-WR-CALNAME"]), path
        events = calendar.walk("VEVENT")
        assert len({str(event["UID"]) for event in events}) == len(events), path
        for event in events:
            assert type(event["DTSTART"].dt) is date
            assert event["DTSTAMP"].dt == datetime.combine(DAYS[site], datetime.min.time(), UTC)
            assert re.match(r"tag:|https://id\.example\.org/", str(event["UID"]))
            assert event["SUMMARY"].params["LANGUAGE"] == path.split("/")[0]
            assert ("URL" in event) == (site == "fictional")


def events_of(outputs: Files, path: str) -> dict[str, Any]:
    """The events of a calendar by commitment and milestone: `fic1-c01/#m01`."""
    events = calendar_of(outputs[path]).walk("VEVENT")
    return {str(event["UID"]).partition("/commitment/")[2]: event for event in events}


def test_every_dated_milestone_of_a_plan_stands_in_its_calendar(
    fictional_edition: Edition, fictional_outputs: Files
) -> None:
    dated = {
        row["milestone_id"]: row["due_current"]
        for row in fictional_edition.derived.tables["milestone_schedule"]
        if row["plan_id"] == "fic1" and row["due_current"]
    }
    events = events_of(fictional_outputs, "en/plans/fic1/deadlines.ics")
    assert {key.replace("/#", "-"): event["DTSTART"].dt for key, event in events.items()} == dated


def test_a_moved_deadline_says_the_old_day_in_words_and_counts_the_moves(fictional_outputs: Files) -> None:
    event = events_of(fictional_outputs, "en/plans/fic1/deadlines.ics")["fic1-c02/#m02"]
    assert event["SEQUENCE"] == 2
    assert "It was first 30 September 2025, now it is 30 July 2026." in event["DESCRIPTION"]


@pytest.mark.parametrize(("language", "words"), [("en", "Done: "), ("mn", "Биелсэн: ")])
def test_what_is_done_is_marked_and_what_is_withdrawn_is_cancelled(
    fictional_outputs: Files, language: str, words: str
) -> None:
    events = events_of(fictional_outputs, f"{language}/plans/fic1/deadlines.ics")
    assert str(events["fic1-c01/#m01"]["SUMMARY"]).startswith(words)
    statuses = {key: str(event["STATUS"]) for key, event in events.items()}
    assert statuses["fic1-c01/#m01"] == "CONFIRMED"
    assert statuses["fic1-c04/#m01"] == "CANCELLED"


def test_mongolian_survives_the_folding_of_lines(fictional_edition: Edition, fictional_outputs: Files) -> None:
    events = events_of(fictional_outputs, "mn/plans/fic1/deadlines.ics")
    milestone = fictional_edition.catalog.by_id["milestones"]["fic1-c01-m02"]
    assert milestone.get("title_mn") in str(events["fic1-c01/#m02"]["SUMMARY"])
    assert b"\r\n " in fictional_outputs["mn/plans/fic1/deadlines.ics"]


def test_an_event_has_the_same_uid_in_every_calendar_and_on_every_day(
    fictional: Checked, fictional_outputs: Files
) -> None:
    later = calendars_of(on_day(fictional, FICTIONAL_DAY + timedelta(days=2)))
    plan = events_of(fictional_outputs, "en/plans/fic1/deadlines.ics")
    led = events_of(fictional_outputs, "mn/organisations/lighthouse-agency/deadlines.ics")
    assert led
    assert set(led) <= set(plan)
    uids = {str(event["UID"]) for event in later["en/plans/fic1/deadlines.ics"].walk("VEVENT")}
    assert {uid.partition("/commitment/")[2] for uid in uids} == set(plan)


# Size


def test_three_hundred_commitments_leave_the_pages_light(large_outputs: Files) -> None:
    files = large_outputs
    assert len(feeds_of(files)) > 600
    for language in LANGUAGES:
        for name in ("changes", "feeds"):
            assert len(gzip.compress(files[f"{language}/{name}/index.html"])) <= LIST_BUDGET, name
        # the newest, and the table for the rest
        page = files[f"{language}/changes/index.html"].decode()
        assert len(re.findall(r'<li><a href="[^"]+#', page)) == 200
        assert 'href="../data/happenings/index.html"' in page
