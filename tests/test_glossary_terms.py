"""Glossary terms in running text: found in their forms, explained once a page, never inside a link or a heading."""

from __future__ import annotations

import re

import pytest
from conftest import Files

from site_builder.readers.markdown import render_field, render_prose
from site_builder.readers.terms import Terms, terms_of

TERMS = terms_of(
    [
        ("ogp", "Open Government Partnership (OGP)"),
        ("commitment", "commitment"),
        ("data", "open data"),
        ("bag", "баг"),
        ("plan", "төлөвлөгөө"),
    ]
)


def found(text: str, terms: Terms = TERMS) -> list[tuple[str, str]]:
    return [(text[mention.start : mention.end], mention.term) for mention in terms.mentions(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("OGP asks", [("OGP", "ogp")]),
        ("the open government partnership", [("open government partnership", "ogp")]),
        ("Two commitments", [("commitments", "commitment")]),
        ("шинэ төлөвлөгөөг баталсан", [("төлөвлөгөөг", "plan")]),
        ("a commitment and a commitment", [("commitment", "commitment"), ("commitment", "commitment")]),
    ],
)
def test_a_term_is_found_in_its_forms(text: str, terms: list[tuple[str, str]]) -> None:
    assert found(text) == terms


@pytest.mark.parametrize("text", ["ogp.mn", "an open database", "багш нар", "recommitment", "", "OGPX", "a-commitment"])
def test_another_word_is_not_taken_for_a_term(text: str) -> None:
    assert found(text) == []


def test_without_a_glossary_nothing_is_found() -> None:
    assert found("OGP", terms_of([])) == []


def explain(text: str) -> list[tuple[int, int, str]]:
    return [(mention.start, mention.end, f"g#{mention.term}") for mention in TERMS.mentions(text)]


def test_a_term_in_a_text_becomes_a_link_and_the_rest_stays() -> None:
    html = render_field('The "commitment" & more', str, explain=explain)
    assert html == '<p>The &quot;<a class="term" href="g#commitment">commitment</a>&quot; &amp; more</p>'


def test_nothing_is_explained_inside_a_link_a_heading_or_code() -> None:
    text = "# T\n\n## commitment\n\n[a commitment](https://example.org/) `commitment`"
    assert "g#commitment" not in render_prose(text, str, explain=explain)


def test_a_page_explains_a_term_once_and_leads_to_its_definition(real_outputs: Files) -> None:
    pages = {path: content.decode() for path, content in real_outputs.items() if path.endswith("index.html")}
    told = 0
    for path, html in pages.items():
        links = re.findall(r'<a class="term" href="([^"#]*)#(term-[a-z0-9-]+)"', html)
        assert len(links) == len(set(links)), path
        for address, anchor in links:
            assert address.endswith("method/index.html")
            assert f'id="{anchor}"' in pages[f"{path.split('/')[0]}/method/index.html"]
            told += 1
    assert told > 20
    assert not re.search('class="term"', pages["en/method/index.html"])
