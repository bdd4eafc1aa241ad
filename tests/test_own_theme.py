"""A theme of one's own may be a single file: what it lacks comes from the default theme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import FICTIONAL_DAY, Files, without_data

from site_builder.composition import Checked, Inputs, check
from site_builder.nouns.diagnostic import Diagnostic, Severity
from site_builder.nouns.edition import Theme
from site_builder.nouns.words import Words
from site_builder.shell.cli import main
from site_builder.shell.wording import Wording
from site_builder.writers.templates import TemplateBroken, templates_of

Themed = Callable[[Files], Checked]


@pytest.fixture
def themed(fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording) -> Themed:
    """Check the fictional plan with files that override those of the theme."""

    def checked(own: Files) -> Checked:
        folders = {"content": "content", "schemas": "schemas", "theme": "themes/default", "own_theme": "themes/mine"}
        inputs = Inputs(
            fictional_content,
            schema_files,
            theme_files,
            FICTIONAL_DAY,
            brief_wording,
            own_theme=own,
            folders=folders,
        )
        return check(inputs)

    return checked


def errors(checked: Checked) -> list[Diagnostic]:
    return [finding for finding in checked.findings if finding.severity is Severity.ERROR]


def outputs(checked: Checked) -> dict[str, bytes]:
    assert not checked.has_errors, checked.findings
    return without_data(checked)


def test_a_stylesheet_alone_replaces_the_default_one(themed: Themed, fictional_outputs: Files) -> None:
    built = outputs(themed({"static/site.css": b"body { color: teal; }"}))
    styles = [content for path, content in built.items() if path.startswith("static/site.") and path.endswith(".css")]
    assert styles == [b"body { color: teal; }"]
    assert built["en/index.html"] != fictional_outputs["en/index.html"]  # it names the new file
    assert built["build.json"].startswith(b"{")


def test_a_template_alone_may_extend_the_one_it_replaces(themed: Themed) -> None:
    own = b'{% extends "default/not_found.html" %}{% block main %}<h1>{{ title }}</h1><hr>{% endblock %}'
    built = outputs(themed({"templates/not_found.html": own}))
    page = built["en/404.html"].decode()
    assert "<hr>" in page
    assert 'class="brand"' in page
    assert "<hr>" not in built["en/index.html"].decode()


def test_single_phrases_are_overridden(themed: Themed) -> None:
    built = outputs(themed({"words/en.yaml": b'commitments: "Promises"\n'}))
    assert ">Promises</a>" in built["en/index.html"].decode()
    assert ">Promises</a>" not in built["mn/index.html"].decode()


def test_a_template_that_cannot_be_read_is_told_with_its_place(themed: Themed) -> None:
    (finding,) = errors(themed({"templates/home.html": b"<p>\n{% if %}</p>"}))
    assert finding.name == "template-broken"
    assert (finding.location.file, finding.location.line) == ("themes/mine/templates/home.html", 2)


def test_a_default_theme_without_a_template_is_told(
    fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording
) -> None:
    kept = {path: content for path, content in theme_files.items() if path != "templates/home.html"}
    checked = check(Inputs(fictional_content, schema_files, kept, FICTIONAL_DAY, brief_wording))
    assert [finding.name for finding in errors(checked)] == ["template-missing"]


def test_a_language_without_words_is_told(
    fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording
) -> None:
    kept = {path: content for path, content in theme_files.items() if path != "words/mn.yaml"}
    checked = check(Inputs(fictional_content, schema_files, kept, FICTIONAL_DAY, brief_wording))
    assert [(finding.name, dict(finding.arguments)) for finding in errors(checked)] == [
        ("words-missing", {"language": "mn"})
    ]


def test_a_template_stands_where_it_is_included_with_the_context_of_the_page_or_without(themed: Themed) -> None:
    piece = b"<i>piece</i>"
    own = (
        b'{% extends "default/not_found.html" %}'
        b'{% macro twice() %}{% include "piece.html" without context %}{% endmacro %}'
        b'{% block main %}<p>a{% include "piece.html" %}b{% include "piece.html" without context %}c'
        b'{% include "none.html" ignore missing without context %}d{{ twice() }}e'
        b'{% filter upper %}f{% include "piece.html" without context %}{% endfilter %}</p>{% endblock %}'
    )
    built = outputs(themed({"templates/not_found.html": own, "templates/piece.html": piece}))
    wanted = "<p>a<i>piece</i>b<i>piece</i>cd<i>piece</i>eF<I>PIECE</I></p>"
    assert wanted in built["en/404.html"].decode()


def test_a_template_cannot_let_the_markup_of_texts_through(themed: Themed) -> None:
    (finding,) = errors(themed({"templates/home.html": b"\n{% autoescape false %}{{ title }}{% endautoescape %}"}))
    assert (finding.name, finding.location.line) == ("template-broken", 2)


@pytest.mark.parametrize("asked", ["lang()", "1 // 0", "lang + 1", "say(lang ~ '.nothing')"])
def test_a_template_that_works_with_what_it_shows_in_a_wrong_way_is_told_with_its_name(asked: str) -> None:
    text = f"{{{{ {asked} }}}}"
    filled = templates_of(Theme({"x.html": text}, {"en": Words("en", {})}, {}), "en").filled
    with pytest.raises(TemplateBroken, match=r"^x\.html: .+ \(page en/x\.html\)$"):
        filled("x.html", {"lang": "en", "say": {}.__getitem__}, page="en/x.html")


def test_a_template_that_asks_for_what_is_not_there_stops_the_build_with_a_sentence(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(root)
    theme = tmp_path / "mine" / "templates"
    theme.mkdir(parents=True)
    (theme / "home.html").write_text("{{ nothing_of_the_kind }}", "utf-8")
    out = tmp_path / "site"
    result = CliRunner().invoke(main, ["build", "--theme", str(tmp_path / "mine"), "--out", str(out)])
    assert result.exit_code == 2
    assert "home.html: 'nothing_of_the_kind' is undefined" in result.output
    assert not out.exists()
