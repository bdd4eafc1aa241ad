"""The pages that let others check the site: compliance, quality, self-assessment, packs, contact, card."""

from __future__ import annotations

import re
from html import unescape

import pytest
from conftest import Files

from site_builder.nouns.edition import Edition

LANGUAGES = ("en", "mn")


def page(outputs: Files, path: str) -> str:
    """The words of a page, its markup left out."""
    text = outputs[f"{path}/index.html"].decode()
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


# Compliance


def test_compliance_says_plainly_that_there_is_no_report(real_outputs: Files) -> None:
    text = page(real_outputs, "en/compliance")
    assert "Not up to date: 0 of 13 commitments have a report" in text
    assert "No government report exists in our sources, on any commitment." in text
    assert "This is no assessment by OGP." in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_compliance_shows_every_requirement_with_its_figures(real_outputs: Files, language: str) -> None:
    content = real_outputs[f"{language}/compliance/index.html"].decode()
    for number in range(1, 20):
        assert f'id="c{number:02}"' in content
    assert len(re.findall(r'<span class="mark (full|half|hollow|unknown)">', content)) == 19 * 5  # plans


def test_compliance_shows_other_plans_beside_each_other(fictional_outputs: Files, fictional_edition: Edition) -> None:
    content = fictional_outputs["en/compliance/index.html"].decode()
    rows = len(fictional_edition.derived.tables["repository_compliance"])
    assert len(re.findall(r'<span class="mark ', content)) == rows == 38
