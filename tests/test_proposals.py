"""What a change does, told in plain words: each kind of change, nothing twice, and nothing of others that commands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import scripted_change
from conftest import FICTIONAL_DAY, Files
from hypothesis import given, settings
from hypothesis import strategies as st
from manual import base_files
from markdown_it import MarkdownIt
from markupsafe import Markup

from site_builder.composition import Checked, Inputs, compare, spoken
from site_builder.derive.change_set import change_set
from site_builder.nouns.change_set import Limits
from site_builder.shell.proposals import forms
from site_builder.shell.proposals.markdown import _marked
from site_builder.shell.wording import Wording
from site_builder.writers.proposals.segments import Segment, segments
from site_builder.writers.proposals.telling import Proposal, telling

EXPECTED = Path(__file__).parent / "proposals"
"""What is said of the scripted change, byte by byte."""
C01, COUNCIL = "plans/demo/commitments/c01.yaml", "organisations/council.yaml"
Judge = Callable[[Files, Files], Proposal]
FORMS = forms()


@pytest.fixture(scope="module")
def judged(schema_files: Files, theme_files: Files, brief_wording: Wording) -> Judge:
    """Judges one content as a change of another."""

    def judge(before: Files, after: Files) -> Proposal:
        inputs = Inputs(after, schema_files, theme_files, FICTIONAL_DAY, brief_wording, published=before)
        checked, changes = compare(inputs, Limits())
        assert checked.before is not None
        earlier = spoken(checked.before) if checked.before.is_told else None
        now = spoken(checked) if checked.is_told else earlier
        return Proposal(changes, checked.findings, brief_wording, now, earlier, FICTIONAL_DAY.isoformat())

    return judge


@pytest.fixture(scope="module")
def base(root: Path) -> Files:
    """The smallest valid content, of a site that stands somewhere."""
    files = {path.removeprefix("content/"): text for path, text in base_files(root).items() if "content/" in path}
    return {**files, "site.yaml": files["site.yaml"] + b"base_url: https://example.org/plan/\n"}


@pytest.fixture(scope="module")
def proposal(judged: Judge, fictional_content: Files) -> Proposal:
    return judged(scripted_change.before(fictional_content), scripted_change.after(fictional_content))


def changed(files: Files, path: str, old: str, new: str) -> dict[str, bytes]:
    """Return files in one of which a text that stands there once is another."""
    text = files[path].decode()
    assert text.count(old) == 1, old
    return {**files, path: text.replace(old, new).encode()}


def said(proposal: Proposal, language: str = "en") -> str:
    return FORMS["text"](proposal, (language,))


@pytest.mark.parametrize(
    ("name", "form", "languages"),
    [
        ("change.md", "markdown", ("en", "mn")),
        ("change.en.txt", "text", ("en",)),
        ("change.mn.txt", "text", ("mn",)),
        ("change.json", "json", ("en", "mn")),
    ],
)
def test_the_scripted_change_is_told_exactly_so(
    proposal: Proposal, name: str, form: str, languages: tuple[str, ...]
) -> None:
    assert FORMS[form](proposal, languages) == (EXPECTED / name).read_text("utf-8")


def test_the_scripted_change_has_more_than_ten_kinds_of_change(proposal: Proposal) -> None:
    tree = json.loads(FORMS["json"](proposal, ("en",)))
    told = [change for thing in tree["things"] for change in thing["changes"]]
    kinds = {(change["kind"], bool(change["stale"]), change["days"] is not None) for change in told}
    assert len(kinds) >= 10 and tree["other_files"] and tree["counts"]


def test_the_same_change_gives_the_same_bytes_in_whatever_order_its_files_come(
    judged: Judge, proposal: Proposal, fictional_content: Files
) -> None:
    turned = dict(reversed(fictional_content.items()))
    again = judged(scripted_change.before(turned), scripted_change.after(turned))
    for emit in FORMS.values():
        assert emit(again, ("en", "mn")) == emit(proposal, ("en", "mn"))


@pytest.mark.parametrize("content", ["real", "fictional"])
def test_a_content_does_not_differ_from_itself(content: str, request: pytest.FixtureRequest) -> None:
    files: Files = request.getfixturevalue(f"{content}_content")
    checked: Checked = request.getfixturevalue(content)
    found = change_set(files, files, checked.catalog, gone=(), limits=Limits())
    assert found.is_empty and not found.events and not found.other_files


def test_nothing_changed_is_one_sentence(judged: Judge, base: Files) -> None:
    same = judged(base, base)
    assert said(same) == "PASSED: this change brings no mistakes\nNothing changed.\n\nAs of 2026-06-30.\n"
    assert said(same, "mn").splitlines()[:2] == ["ТЭНЦСЭН: энэ өөрчлөлтөд алдаа алга", "Юу ч өөрчлөгдөөгүй."]


def test_what_only_a_formatter_did_is_no_change(judged: Judge, base: Files) -> None:
    commented = {**base, C01: b"# looked at\n" + base[C01]}
    assert "Nothing changed that readers see: 1 file differs in its form only" in said(judged(base, commented))


def test_a_translation_is_stale_only_where_the_adopted_text_changed_alone(judged: Judge, base: Files) -> None:
    english = changed(base, C01, "Nobody can find", "Few can find")
    assert "The text in Mongolian stayed as it was" in said(judged(base, english))
    both = changed(english, C01, "Тендерийг олоход бэрх", "Тендерийг цөөн хүн олдог")
    mongolian = changed(base, C01, "Тендерийг олоход бэрх", "Тендерийг цөөн хүн олдог")
    for files in (both, mongolian):
        assert "stayed as it was" not in said(judged(base, files))


def test_a_mistake_that_the_change_brings_holds_it_up_and_an_old_one_does_not(judged: Judge, base: Files) -> None:
    wrong = changed(base, C01, "due_baseline: 2026-08-01", "due_baseline: 2026.08.01")
    brought = judged(base, wrong)
    assert said(brought).startswith("NOT YET: this change brings 1 mistake that must be mended\n")
    line = wrong[C01].decode().partition("2026.08.01")[0].count("\n") + 1
    assert f"content/{C01}:{line}:19: error: `2026.08.01` is not a date" in said(brought)
    assert "What is counted otherwise is not told" in said(brought) and not brought.passes
    more = changed(wrong, COUNCIL, "Open Plan Council", "Open Plan Board")
    known = judged(wrong, more)
    assert known.passes and "1 mistake was there before; it does not stop this change." in said(known)


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_told(judged: Judge, base: Files) -> None:
    broken = changed(base, COUNCIL, "Open Plan Council", "Open Plan Board")
    broken[C01] = b"number: [1\n"
    told = said(judged(base, broken)).splitlines()
    assert told[0].startswith("NOT YET: ")
    assert told[1] == f"  {C01} cannot be read; what it changes is not told here."
    assert f"content/{C01}:1:9: error: The bracket that opens here is not closed" in told[2]
    assert any("[-Council-] {+Board+}" in line for line in told)
    assert not any("Withdrawn" in line for line in told)
    mended = said(judged(broken, base))
    assert mended.startswith("PASSED: ") and f"{C01} could not be read before" in mended


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("site.yaml", b"a: ["),
        ("plans/demo/plan.yaml", b"x: y\n"),
        (C01, b"number: x\nmilestones: 3\norganisations:\n  - role: 1\n"),
        ("plans/demo/updates/2026-h1/c01.yaml", b"items: [{status: [a]}]\nreported_on: no\n"),
        ("codelists/event_kinds.yaml", None),
        ("pages/about/en.md", b"\xff"),
        ("indicators/../`@x`.yaml", b"a: b\n"),
    ],
)
def test_however_broken_a_proposal_is_it_is_answered(
    judged: Judge, base: Files, path: str, content: bytes | None
) -> None:
    broken = {name: text for name, text in base.items() if name != path}
    if content is not None:
        broken[path] = content
    found = judged(base, broken)
    for emit in FORMS.values():
        assert emit(found, found.languages)


def test_a_change_that_mends_a_broken_site_is_told_in_its_words(judged: Judge, base: Files) -> None:
    mended = judged({**base, "site.yaml": b"a: ["}, base)
    assert "site.yaml could not be read before" in said(mended) and mended.passes
    assert FORMS["markdown"](mended, mended.languages).count("<details>") == 1


def sources(count: int, title: str = "A text") -> dict[str, bytes]:
    """Return so many sources."""
    text = f'title:\n  en: "{title}"\n  mn: "{title}"\npublisher: "x"\n'
    return {f"sources/s{number:03}.yaml": text.encode() for number in range(count)}


def test_a_mass_deletion_waits_for_a_person(judged: Judge, base: Files) -> None:
    found = judged({**base, **sources(11)}, base)
    assert not found.passes
    first, *others = said(found).splitlines()
    assert first == "NOT YET: somebody has to confirm that so much is deleted on purpose, 1 warning"
    told = "  Deletes 11 records of which no tombstone tells; more than 10 are only taken when somebody confirms them"
    assert f"{told} (--allow-bulk)." in others
    confirmed = replace(found, allows_bulk=True)
    assert confirmed.passes and "confirmed with --allow-bulk" in said(confirmed)
    assert json.loads(FORMS["json"](found, ("en",)))["bulk"]["deletes_many"] is True
    assert judged({**base, **sources(10)}, base).passes


def test_what_waits_for_a_person_is_what_the_rule_counts(judged: Judge, base: Files) -> None:
    second = base["plans/demo/commitments/c01.yaml"].replace(b"number: 1\ntitle", b"number: 2\ntitle")
    before = {**base, **sources(9), "plans/demo/commitments/c02.yaml": second}
    found = judged(before, base)
    (finding,) = (one for one in found.introduced if one.name == "mass-deletion")
    assert (found.changes.bulk.unexplained, found.passes) == (int(dict(finding.arguments)["count"]), False)
    assert found.changes.bulk.unexplained > 10, "a part of what is deleted is deleted, too"

    stones = "tombstones:\n" + "".join(
        f"  - thing_id: {thing}\n    thing_table: {table}\n    withdrawn_on: 2026-06-01\n"
        '    reason:\n      en: "Entered twice."\n      mn: "Хоёр удаа бүртгэсэн."\n'
        for thing, table in (("demo-c02", "commitments"), ("s001", "sources"))
    )
    told = judged(before, {**base, "tombstones.yaml": stones.encode()})
    assert (told.changes.bulk.deleted, told.changes.bulk.unexplained) == (found.changes.bulk.deleted, 8)
    assert "mass-deletion" not in {one.name for one in told.introduced} and not told.is_refused_for_size


def test_a_change_of_many_files_of_many_organisations_says_so(judged: Judge, base: Files) -> None:
    before, after = dict(base), {**base, **sources(37)}
    for number in range(2, 6):
        path = f"plans/demo/commitments/c0{number}.yaml"
        text = base[C01].decode().replace("number: 1\ntitle", f"number: {number}\ntitle")
        before[path] = text.replace("organisation: ministry", f"organisation: office{number}").encode()
        after[path] = before[path].replace(b"One page lists", b"A page lists")
        office = base[COUNCIL].replace(b"Open Plan Council", b"Office %d" % number)
        before[f"organisations/office{number}.yaml"] = after[f"organisations/office{number}.yaml"] = office
    told = said(judged(before, after))
    assert told.startswith("PASSED: ") and "Changes 41 files that concern 4 organisations: look at" in told
    del after["sources/s000.yaml"]
    assert "organisations: look at" not in said(judged(before, after))


def test_a_huge_change_is_cut_off_with_a_count_and_fits_a_comment(judged: Judge, base: Files) -> None:
    words = " ".join(f"w{number}@x" for number in range(900))
    many = sources(60, words)
    other = {path: text.replace(b"w1@x", b"W").replace(b"w400@x", b"V") for path, text in many.items()}
    found = judged({**base, **many}, {**base, **other})
    made = FORMS["markdown"](found, ("en", "mn"))
    assert len(made) <= 65_536
    shown, more = made.count("<code>s0"), [int(count) for count in re.findall(r"… and (\d+) more", made)]
    assert shown and sum(more) + shown // 2 == len(found.changes.events)
    assert len(json.loads(FORMS["json"](found, ("en",)))["things"][0]["changes"]) == len(found.changes.events)


# what others wrote

HOSTILE = (
    "</details> <script>x</script> @everyone [a](https://evil.example) `b` ~~c~~ **d** ![e](//evil.example/f) #1"
    " www.evil.example"
)
OURS = ("code", "br", "details", "summary")


def rendered(markdown: str) -> Iterator[tuple[str, str]]:
    """Yield type and content of what a reader of Markdown finds in it, links with their address."""
    for block in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        if block.type in ("html_block", "fence", "code_block"):
            yield block.type, block.content
        for token in block.children or ():
            yield token.type, str(token.attrs.get("href", token.content))


def test_nothing_that_a_proposal_says_commands_the_page_on_which_it_is_told(judged: Judge, base: Files) -> None:
    quoted = HOSTILE.replace('"', "")
    hostile = changed(base, C01, "Nobody can find the tenders.", quoted)
    hostile = changed(hostile, C01, "Publish every tender in one place", quoted)
    hostile["organisations/x.yaml"] = f'name:\n  en: "{quoted}"\n  mn: "{quoted}"\nkind: "{quoted}"\n'.encode()
    hostile["site.yaml"] = hostile["site.yaml"].replace(b"https://example.org/plan/", b"https://evil.example/")
    made = FORMS["markdown"](judged(base, hostile), ("en", "mn"))
    for kind, content in rendered(made):
        if kind == "link_open":
            assert content.startswith("https://example.org/plan/")
        elif kind in ("html_inline", "html_block"):
            names = re.findall(r"</?(\w+)", content)
            assert set(names) <= set(OURS), content
        assert kind not in ("image", "fence", "code_block"), content
    assert "@" not in made and "www." not in made
    assert not re.search(r"://(?!example\.org/plan/)", made)
    assert made.count("<details>") == made.count("</details>") == 1
    assert "evil" in made and "\x1b" not in made


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=40), st.text(max_size=40))
def test_every_word_is_shown_as_it_is_whatever_it_holds(old: str, new: str) -> None:
    made = _marked((Segment("", "Title: "), *segments_of(old, new)))
    kinds = [kind for kind, _ in rendered(f"- {made}\n")]
    assert not {"link_open", "image", "fence", "code_block", "em_open", "softbreak"} & set(kinds)
    assert kinds.count("strong_open") == bool(new.strip()) and kinds.count("s_open") == bool(old.strip())


def segments_of(old: str, new: str) -> tuple[Segment, ...]:
    """Return a change from one text to another, as sentences hold it."""
    return segments(Markup("<del>{}</del> <ins>{}</ins>").format(old, new))


def test_runs_of_words_keep_their_marks_and_lose_other_markup() -> None:
    said_ = Markup('a <span lang="x"><del>b &lt;c&gt;</del></span> <ins><time datetime="1">d</time></ins>, e')
    assert segments(said_) == (
        Segment("", "a "),
        Segment("del", "b <c>"),
        Segment("", " "),
        Segment("ins", "d"),
        Segment("", ", e"),
    )
    assert segments("<b>") == (Segment("", "<b>"),)


def test_all_that_is_said_exists_in_each_language(proposal: Proposal) -> None:
    english, mongolian = (telling(proposal, language) for language in ("en", "mn"))
    assert [section.subject for section in english.sections] == [section.subject for section in mongolian.sections]
    assert len(english.effects) == len(mongolian.effects) == len(proposal.changes.effects or ())
