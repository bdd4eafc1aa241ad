"""The canonical form of the content: what it looks like, what it never touches, what it leaves alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from canonical_form import COMMITMENT, assert_read_alike, formatted, reading
from click.testing import CliRunner, Result

from site_builder.readers.drafts import Grammar
from site_builder.readers.lookalikes import misspelt
from site_builder.readers.schemas import read_schemas
from site_builder.shell.cli import main
from site_builder.writers.canonical import Style, canonical
from site_builder.writers.canonical.letters import read_alphabets

Files = Mapping[str, bytes]
SITE = """languages:
  - id: en
    name: English
  - id: mn
    alphabet: "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя"
    search_alike: "ёе \\u0454ө \\u0457ү"
""".encode()


@pytest.fixture(scope="module")
def style(schema_files: Files) -> Style:
    return Style(read_schemas(schema_files)[0], ("en", "mn"))


def in_form(text: str, style: Style, path: str = COMMITMENT) -> str:
    """Return a text in canonical form; it must have one, and every reader reads it alike."""
    done = formatted(text, style, path)
    assert done.text is not None, done.findings
    assert formatted(done.text, style, path).text == done.text
    assert_read_alike(path, done.text, style)
    return done.text


# ---- the content in this repository


def folders(root: Path) -> list[Path]:
    return [root / "content", root / "tests" / "fictional" / "content", root / "tests" / "fictional" / "framework"]


def test_the_content_is_in_canonical_form(root: Path, style: Style) -> None:
    """`python3 build.py fmt` puts it into it."""
    for folder in folders(root):
        for path in sorted(folder.rglob("*.yaml")):
            name = path.relative_to(folder).as_posix()
            done = canonical(name, path.read_bytes(), style, shown_as=str(path))
            assert done.text is not None and done.text.encode("utf-8") == path.read_bytes(), path
            # the pure Python reader is slow: one fictional plan has every kind of value
            assert_read_alike(name, done.text, style, with_ruamel="fic1" in path.parts)


def test_real_files_are_read_as_before_when_they_come_from_a_careless_hand(root: Path, style: Style) -> None:
    grammar = Grammar(style.schemas, style.languages)
    folder = root / "tests" / "cases" / "base"
    for path in sorted(folder.rglob("*.yaml")):
        name = path.relative_to(folder).as_posix()
        careless = b"\xef\xbb\xbf" + path.read_bytes().replace(b'"', b"'").replace(b"\n", b"\r\n\r\n")
        done = canonical(name, careless, style, shown_as=name)
        assert done.text is not None and not done.repairs
        before, after = (reading(name, text, grammar) for text in (path.read_bytes(), done.text.encode("utf-8")))
        assert before == after, name


# ---- what it looks like


EXAMPLE = re.compile(r"^## ([^\n]+)\n\n```yaml\n(.*?)```\n\n```yaml\n(.*?)```$", re.MULTILINE | re.DOTALL)
FORMS = EXAMPLE.findall(Path(__file__).with_name("canonical_forms.md").read_text("utf-8"))


@pytest.mark.parametrize(("name", "before", "after"), FORMS, ids=[form[0] for form in FORMS])
def test_the_form(name: str, before: str, after: str, style: Style) -> None:
    assert in_form(before, style) == after, name
    grammar = Grammar(style.schemas, style.languages)
    assert reading(COMMITMENT, before.encode(), grammar) == reading(COMMITMENT, after.encode(), grammar)


def test_byte_order_mark_and_line_ends_go(style: Style) -> None:
    assert (
        formatted(b"\xef\xbb\xbfnumber: 1\r\n# c\r\ncontinuity: new", style).text == "number: 1\n# c\ncontinuity: new\n"
    )


# ---- what changes a text is shown


def repairs(text: str, style: Style) -> list[tuple[int, int, str, str]]:
    return [(one.location.line, one.location.column, one.old, one.new) for one in formatted(text, style).repairs]


def test_spaces_and_composed_letters_are_repaired_and_told(style: Style) -> None:
    title = 'title:\n  en: " two  spaces "\n  mn: |-\n    two  spaces\n    и\u0306\n'
    text = f'ogp_id: " MN1  2 "\n{title}note:\n  en: "`a  b`"\n'
    assert repairs(text, style) == [(3, 8, " ", ""), (3, 12, "  ", " "), (3, 20, " ", ""), (6, 5, "и\u0306", "й")]
    written = formatted(text, style).text
    assert written is not None and '"two spaces"' in written and "two  spaces\n    й" in written and "`a  b`" in written
    assert '" MN1  2 "' in written, "codes are not touched"


def test_no_break_spaces_between_the_parts_of_yaml_become_spaces(style: Style) -> None:
    text = "number:\u00a01\ntitle:\n\u00a0\u00a0en: a\u00a0b\n"
    assert formatted(text, style).text == 'number: 1\ntitle:\n  en: "a\u00a0b"\n'
    assert repairs(text, style) == [(1, 8, "\u00a0", " "), (3, 1, "\u00a0", " "), (3, 2, "\u00a0", " ")]


# ---- what is left alone


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("number: 1\nnumber: 2\n", "duplicate-key"),
        ("title:\n  en: Health: improve\n", "colon-in-text"),
        ("title:\n  en: Order #14 of 2019\n", "comment-truncates"),
        ("title: {en: a, mn: b}\n", "flow-mapping"),
        ("number: &a 1\n", "yaml-anchor"),
        ("number:\n", "empty-value"),
        ("title:\n\ten: a\n", "tab-indent"),
        ("title:\n  en: “Health”\n", "curly-quotes"),
        ("number: 1\n---\nnumber: 2\n", "several-documents"),
        (b"title:\n  mn: \xc4\xe0\n", "not-utf8"),
    ],
)
def test_what_is_read_with_a_loss_is_left_alone(text: str | bytes, name: str, style: Style) -> None:
    done = formatted(text, style)
    assert done.text is None
    assert name in [finding.name for finding in done.findings]


# ---- letters


@pytest.mark.parametrize(
    ("language", "typed", "meant"),
    [
        ("mn", "тycламж", "тусламж"),
        ("mn", "їйл єнгє", "үйл өнгө"),
        ("mn", "тɵлɵвлɵгɵɵ, тѳсөв, Öндөр", "төлөвлөгөө, төсөв, Өндөр"),
        ("mn", "ХХI зуун, ІІ шат", "XXI зуун, II шат"),
        ("mn", "Оpen Government-ийн", "Open Government-ийн"),
        ("en", "the сommitment of Улаан6аатар", "the commitment of Улаан6аатар"),
        ("mn", "Wi-Fi, Köln, COVID-19-ийн, эДоктор", "Wi-Fi, Köln, COVID-19-ийн, эДоктор"),
        ("mn", "https://example.org/сaйт С01 `тyc` a@тycламж.mn", "https://example.org/сaйт С01 `тyc` a@тycламж.mn"),
        ("en", "Київ and Москва", "Київ and Москва"),
    ],
)
def test_letters_are_mended_in_words_only_and_only_when_asked(
    language: str, typed: str, meant: str, style: Style
) -> None:
    text = f'title:\n  {language}: "{typed}"\ngrand_challenge: "с"\n'
    asked = Style(style.schemas, style.languages, read_alphabets(SITE))
    assert formatted(text, style).text == text
    done = formatted(text, asked)
    assert done.text == text.replace(typed, meant)
    assert all(
        text.split("\n")[one.location.line - 1][one.location.column - 1 :].startswith(one.old) for one in done.repairs
    )
    assert bool(done.repairs) == (typed != meant)


# ---- the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "site.yaml": SITE,
        "sources/good.yaml": b'title:\n  en: "Good"\n',
        "sources/untidy.yaml": "title:\n  mn: 'тycламж'\n  en: Tidy me # not\n".replace(" # not", "").encode(),
        "sources/old.yaml": "title:\n  mn: Эрүүл".replace("ү", "у").encode("cp1251"),
    }
    for name, content in files.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "content"


def fmt(folder: Path, *arguments: str | Path) -> Result:
    called = ["fmt", "--content", str(folder), "--lang", "en", *map(str, arguments)]
    result = CliRunner().invoke(main, called)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_check_shows_the_difference_and_writes_nothing(folder: Path) -> None:
    before = contents(folder)
    result = fmt(folder, "--check", folder / "sources" / "untidy.yaml")
    assert result.exit_code == 1 and contents(folder) == before
    assert result.stdout.split("\n")[3:-1] == [
        " title:",
        "-  mn: 'тycламж'",
        "-  en: Tidy me",
        '+  en: "Tidy me"',
        '+  mn: "тycламж"',
    ]
    assert "1 file is not in canonical form" in result.stderr


def test_a_file_with_mistakes_is_left_alone_and_the_others_are_done(folder: Path) -> None:
    before = contents(folder)
    result = fmt(folder)
    after = contents(folder)
    assert result.exit_code == 1
    assert "sources/old.yaml:2:7: error" in result.stderr and "[not-utf8]" in result.stderr
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"sources/untidy.yaml"} and before.keys() == after.keys()
    assert fmt(folder, "--check", folder / "sources" / "untidy.yaml").exit_code == 0


def test_an_old_encoding_is_converted_and_shown(folder: Path) -> None:
    old = folder / "sources" / "old.yaml"
    result = fmt(folder, "--from", "cp1251", old)
    assert result.exit_code == 0 and old.read_text("utf-8") == 'title:\n  mn: "Эруул"\n'
    assert '+  mn: "Эруул"' in result.stdout
    again = fmt(folder, "--from", "cp1251", old)
    assert again.exit_code == 2 and "UTF-8 already" in again.stderr
    assert fmt(folder, "--from", "cp1251").exit_code == 2


def test_each_mended_word_is_shown_with_its_place(folder: Path) -> None:
    result = fmt(folder, "--fix-letters", folder / "sources" / "untidy.yaml")
    assert result.exit_code == 0 and "sources/untidy.yaml:2:8: letters: тycламж → тусламж" in result.stderr
    assert 'mn: "тусламж"' in (folder / "sources" / "untidy.yaml").read_text("utf-8")


def test_links_and_paths_outside_are_refused(folder: Path) -> None:
    outside = folder.parent / "outside.yaml"
    outside.write_text("title: a\n")
    for path in (outside, folder / ".." / "outside.yaml", folder / "sources" / "none.yaml"):
        assert fmt(folder, path).exit_code == 2
    link = folder / "sources" / "link.yaml"
    link.symlink_to(folder / "sources" / "untidy.yaml")
    before = contents(folder)
    assert fmt(folder).exit_code == fmt(folder, link).exit_code == 2
    link.unlink()
    link.symlink_to(outside)
    assert fmt(folder).exit_code == 2
    link.unlink()
    assert contents(folder) == {name: content for name, content in before.items() if name != "sources/link.yaml"}
    assert outside.read_text() == "title: a\n"


@pytest.mark.parametrize("word", ["тусламж", "үйлчилгээ", "төлөвлөгөө", "ХХI", "Government", "Сургууль"])
def test_what_the_check_reports_with_a_remedy_is_what_is_mended(word: str, style: Style) -> None:
    """Every letter of a word is swapped for one that looks like it, one at a time."""
    swaps = {**dict(zip("асеорхуүө", "aceopxyüö", strict=True)), **dict(zip("aceopnyI", "асеорпуІ", strict=True))}
    asked = Style(style.schemas, style.languages, read_alphabets(SITE))
    alphabet = {one.language: one.letters for one in asked.alphabets}["mn"]
    for place, letter in enumerate(word):
        typed = word[:place] + swaps.get(letter, letter) + word[place + 1 :]
        told = [slip.meant for slip in misspelt(typed, alphabet) if slip.meant]
        done = formatted(f'title:\n  mn: "{typed}"\n', asked)
        assert f'mn: "{told[0] if told else typed}"' in done.text
