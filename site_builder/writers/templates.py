"""Owns the reading and filling of templates with Jinja; the only module that knows it. Autoescape is always on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from markupsafe import escape

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.edition import Theme
from site_builder.nouns.words import Words
from site_builder.writers.markup import escaped
from site_builder.writers.pages import kinds

_FIXED_PHRASE = re.compile(r'\{\{ say\("([a-z0-9_.]+)"\) \}\}')


class TemplateBroken(Exception):
    """A template asks for something that its page does not have; the text says which and where."""


def check_templates(theme: Theme, *, folder: str) -> Iterator[Diagnostic]:
    """Yield the templates that cannot be read, and those that a kind of page needs and the theme lacks."""
    for name, text in sorted(theme.templates.items()):
        if broken := _syntax_error(text):
            reason, line = broken
            yield found("template-broken", Location(theme.shown_as.get(name, name), line), reason=reason)
    if theme.templates:
        for needed in sorted({kind.TEMPLATE for kind in kinds().values()} - set(theme.templates)):
            yield found("template-missing", Location(f"{folder}/templates/{needed}"), file=needed)


@lru_cache(maxsize=256)
def _syntax_error(text: str) -> tuple[str, int] | None:
    """Return why a template cannot be read, and its line; None where it can."""
    try:
        Environment(autoescape=True).parse(text)
    except TemplateSyntaxError as error:
        return error.message or "", error.lineno
    return None


@dataclass(frozen=True)
class Templates:
    """The templates of a theme for the pages of one language."""

    environment: Environment
    _known: dict[str, Template] = field(default_factory=dict)

    def filled(self, name: str, view: Mapping[str, Any], *, page: str) -> str:
        """Return a template filled with what a page shows.

        Raises TemplateBroken where the template asks for something else.
        """
        try:
            if name not in self._known:
                self._known[name] = self.environment.get_template(name)
            return self._known[name].render(view)
        except TemplateError as error:
            raise TemplateBroken(f"{name}: {error.message} (page {page})") from error


def templates_of(theme: Theme, code: str) -> Templates:
    """Return the templates for the pages of a language, with its fixed phrases written into them."""
    words = theme.words[code]
    texts = ((name, _with_words(text, words)) for name, text in sorted(theme.templates.items()))
    return Templates(_environment(tuple(texts)))


@lru_cache(maxsize=8)
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    """Return the environment of templates; what was compiled is kept between builds in one process."""
    return _Environment(
        loader=DictLoader(dict(templates)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


def _with_words(template: str, words: Words) -> str:
    """Return a template in which phrases without placeholders stand in place of the calls that look them up."""

    def written(match: re.Match[str]) -> str:
        phrase = words.phrase(match[1])
        return match[0] if "{" in phrase else str(escape(phrase))

    return _FIXED_PHRASE.sub(written, template)


class _Compiler(CodeGenerator):
    """Compiles templates whose values pass through `escaped`."""

    def _output_child_pre(self, _node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        assert frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None
        self.write("environment.escaped(")


class _Environment(Environment):
    """Templates that look for `row.value` in a mapping before they ask for an attribute: dear where none is."""

    code_generator_class = _Compiler
    escaped = staticmethod(escaped)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)
