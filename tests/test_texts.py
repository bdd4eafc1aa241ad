"""Characters and texts: which word is taken for one of the wrong letters, what is meant, and what is left alone."""

from __future__ import annotations

from collections.abc import Mapping
from time import process_time

import pytest

from site_builder.checks import texts
from site_builder.composition import Checked
from site_builder.nouns.diagnostic import Location
from site_builder.nouns.record import Catalog, Language, Prose
from site_builder.nouns.row_cells import Cell
from site_builder.nouns.schema import Field, Schemas
from site_builder.readers.casting import Reader
from site_builder.readers.formats import script_of
from site_builder.readers.lookalikes import Misspelt, misspelt
from site_builder.readers.yaml_retyped import as_number, as_word

LETTERS = "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя"
ALPHABET = frozenset(LETTERS + LETTERS.upper())
MONGOLIAN = Language("mn", "Монгол", "mn_MN", LETTERS)


@pytest.mark.parametrize(
    ("written", "kind", "meant"),
    [
        ("тycламж", "mixed-letters", "тусламж"),
        ("сaйд", "mixed-letters", "сайд"),
        ("Cайд", "mixed-letters", "Сайд"),
        ("xopoo", "", ""),
        ("xороо", "mixed-letters", "хороо"),
        ("TӨСӨВ", "mixed-letters", "ТӨСӨВ"),
        ("хэрэгжyyлэх", "mixed-letters", "хэрэгжүүлэх"),
        ("Yндэсний", "mixed-letters", "Үндэсний"),
        ("Yлсын", "mixed-letters", "Улсын"),
        ("дyн", "mixed-letters", ""),
        ("тyслaмjd", "mixed-letters", ""),
        ("ХХI", "mixed-numeral", "XXI"),
        ("їйл", "old-font-letter", "үйл"),
        ("єнгє", "old-font-letter", "өнгө"),
        ("тɵлɵвлɵгɵɵ", "lookalike-letter", "төлөвлөгөө"),
        ("тѳсѳв", "lookalike-letter", "төсөв"),
        ("төлөвлöгөө", "lookalike-letter", "төлөвлөгөө"),
        ("Ɵнѳѳдөр", "lookalike-letter", "Өнөөдөр"),
        ("тɵсɵв-ийн тycламж", "lookalike-letter", "төсөв"),
    ],
)
def test_a_word_of_wrong_letters_is_told_with_what_was_meant(written: str, kind: str, meant: str) -> None:
    told = misspelt(written, ALPHABET)
    assert [(slip.kind, slip.meant) for slip in told][:1] == ([(kind, meant)] if kind else [])


@pytest.mark.parametrize(
    ("written", "meant"), [("Сommitment", "Commitment"), ("plаn", "plan"), ("Мinistry", "Ministry")]
)
def test_a_cyrillic_letter_in_a_latin_word_is_told(written: str, meant: str) -> None:
    for alphabet in (ALPHABET, frozenset[str]()):
        assert [slip.meant for slip in misspelt(written, alphabet)] == [meant]


@pytest.mark.parametrize(
    "written",
    [
        "e-Mongolia-гийн",
        "5G-ийн, 4K, А4, COVID-19-ийн",
        "НЗТ III",
        "XXI зуун",
        "OGPийн PDFээр Facebookоор iPhoneийг",
        "`тycламж` ба ```Cайд```",
        "[энэ](https://example.org/тycламж)",
        "https://example.org/Cайд болон office@тycламж.mn",
        "тайлан_final.pdf Cайд2019.xlsx govi-altai.gov.mn",
        "Köln, tögrög, naïve",
        "кВт, м², CO₂",
    ],
)
def test_a_name_with_an_ending_a_link_and_code_are_left_alone(written: str) -> None:
    assert misspelt(written, ALPHABET) == ()


def test_a_word_is_told_once_with_its_first_place() -> None:
    (told,) = misspelt("Энэ тycламж, тэр тycламж.", ALPHABET)
    assert told == Misspelt("mixed-letters", "тycламж", 4, "y, c", "тусламж")


def test_letters_of_its_own_alphabet_stand_for_nothing_else() -> None:
    ukrainian = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")
    assert misspelt("їжак є", ukrainian) == ()
    assert misspelt("їйл є", frozenset()) == ()


def test_the_script_of_a_language_is_known() -> None:
    codes = ("en", "mn", "mn-Mong", "sr-Latn", "ru", "xx")
    assert [script_of(code) for code in codes] == ["Latn", "Cyrl", "Mong", "Latn", "Cyrl", ""]


@pytest.mark.parametrize(
    ("written", "read"),
    [("0261556", "90990"), ("12:30", "750"), ("1_000", "1000"), ("1.10", "1.1"), ("1e3", "1000"), ("08", "8")]
    + [(same, "") for same in ("2019", "8.5", "-5", "0", "2019-08-01", "1.2.3", "--5", "0b102", "9" * 50)],
)
def test_what_other_readers_make_of_figures(written: str, read: str) -> None:
    assert as_number(written) == read


def test_what_other_readers_make_of_words() -> None:
    assert [as_word(word) for word in ("NO", "on", "Yes", "Null", "nose", "")] == [
        "false",
        "true",
        "true",
        "null",
        "",
        "",
    ]


def told_of(catalog_of: Catalog, cells: Mapping[str, str], *, languages: tuple[Language, ...]) -> list[tuple[str, str]]:
    """Return rule and field of what is found in one commitment with these texts."""
    place = Location("content/x.yaml")
    record = catalog_of.rows("commitments")[0]._replace(cells={name: Cell(text, place) for name, text in cells.items()})
    schemas = Schemas({"commitments": catalog_of.schemas["commitments"]})
    catalog = Catalog(schemas, languages, {"commitments": (record,)})
    return [(finding.name, finding.field) for finding in texts.check(catalog)]


ENGLISH = Language("en", "English", "en_GB")


def test_a_vertical_text_without_its_script_is_told(real: Checked) -> None:
    vertical = Language("mn-Mong", "ᠮᠣᠩᠭᠣᠯ", "mn_MN")
    texts_of = {"title_en": "Tenders", "title_mn-Mong": "Тендер"}
    assert told_of(real.catalog, texts_of, languages=(ENGLISH, vertical)) == [("other-script", "title_mn-Mong")]
    texts_of["title_mn-Mong"] = "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ"
    assert told_of(real.catalog, texts_of, languages=(ENGLISH, vertical)) == []


def test_a_name_that_is_the_same_in_both_languages_is_not_called_swapped(real: Checked) -> None:
    name = "Transparency International Mongolia"
    both = {"title_en": name, "title_mn": name}
    assert told_of(real.catalog, both, languages=(ENGLISH, MONGOLIAN)) == []
    only = {"title_en": "Another name", "title_mn": name}
    assert told_of(real.catalog, only, languages=(ENGLISH, MONGOLIAN)) == [("other-script", "title_mn")]


@pytest.mark.parametrize("written", ["Open plan”", "«Нээлттэй» план»", "“One” and two”", "«Нэг», хоёр»", "„a”, b”"])
def test_a_quotation_that_ends_without_having_begun_is_told(written: str, real: Checked) -> None:
    assert told_of(real.catalog, {"note_en": written}, languages=(ENGLISH,)) == [("quote-not-begun", "note_en")]


@pytest.mark.parametrize(
    "written",
    [
        *("“Open plan”", "«Нээлттэй» ба «ил»", "„Offener Plan“", "„Nyílt terv”", "»Plan«"),
        *(
            "”Öppen plan”",
            "a 12” pipe",
            "citizens’ ‘own’ words",
            "0°25’10”",
            "a “plan of 2020”",
            "`»` ends a quotation",
        ),
    ],
)
def test_a_mark_of_another_use_is_no_quotation_that_never_began(written: str, real: Checked) -> None:
    assert told_of(real.catalog, {"note_en": written}, languages=(ENGLISH,)) == []


def test_a_text_that_is_folded_is_pointed_at_as_a_whole_and_a_page_at_its_line(real: Checked) -> None:
    page = Prose("about", "mn", "# Нэр\n\nЭнэ тycламж.\n", Location("content/pages/about/mn.md"))
    catalog = Catalog(Schemas({}), (MONGOLIAN,), {}, {("about", "mn"): page})
    assert [finding.location for finding in texts.check(catalog)] == [Location("content/pages/about/mn.md", 3, 5)]
    record = real.catalog.rows("commitments")[0]
    folded = record._replace(cells={"note_mn": Cell("Энэ тycламж.", Location("c01.yaml", 7, 9), 1, -1)})
    schemas = Schemas({"commitments": real.catalog.schemas["commitments"]})
    catalog = Catalog(schemas, (MONGOLIAN,), {"commitments": (folded,)})
    assert [finding.location for finding in texts.check(catalog)] == [Location("c01.yaml", 7, 9)]


@pytest.mark.parametrize(
    "part", ["a", "a-", "](", "`", "aж", "aж ", "<a ", "a.b", "- b", "-", " ", "?", "x", "://", "|  "]
)
def test_a_text_without_end_is_judged_in_time(part: str, real: Checked) -> None:
    started = process_time()
    told_of(real.catalog, {"note_mn": part * (150_000 // len(part)) + "x"}, languages=(ENGLISH, MONGOLIAN))
    assert process_time() - started < 2


def test_a_type_that_only_the_contract_knows_is_told_as_such() -> None:
    _, problem = Reader(Field("code", "string", "uuid"))("no uuid")
    assert problem is not None
    assert problem.name == "wrong-type"
