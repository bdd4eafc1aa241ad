"""Owns the reading and filling of templates with Jinja; the only module that knows it. Autoescape is always on."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
)
from jinja2.compiler import CodeGenerator, Frame
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import escape

from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.edition import Theme
from site_builder.writers.markup import escaped
from site_builder.writers.pages import kinds

_PHRASE = re.compile(r"\\x00([^\\]+)\\x00")
"""The place of a phrase in a template that was written as Python."""


WRONGLY_ASKED = (TypeError, ValueError, LookupError, ArithmeticError, RecursionError)
"""What Python says where a template calls a text, adds a number to one, divides by nothing or includes itself."""


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


def _syntax_error(text: str) -> tuple[str, int] | None:
    """Return why a template cannot be read, and its line; None where it can."""
    try:
        _parsed(text)
    except TemplateSyntaxError as error:
        return error.message or "", error.lineno
    return None


@dataclass(frozen=True)
class Templates:
    """The templates of a theme for the pages of one language."""

    environment: _Environment
    _known: dict[str, Template] = field(default_factory=dict)

    def filled(self, name: str, view: Mapping[str, Any], *, page: str) -> str:
        """Return a template filled with what a page shows.

        Raises TemplateBroken where the template asks for something else.
        """
        contexts = self.environment.contexts
        before = len(contexts)
        try:
            if name not in self._known:
                self._known[name] = self.environment.get_template(name)
            return self._known[name].render(view)
        except TemplateError as error:
            raise TemplateBroken(f"{name}: {error.message} (page {page})") from error
        except WRONGLY_ASKED as error:
            raise TemplateBroken(f"{name}: {error} (page {page})") from error
        finally:
            for context in contexts[before:]:
                context.vars.clear()
            del contexts[before:]


def templates_of(theme: Theme, code: str) -> Templates:
    """Return the templates for the pages of a language, with the phrases that need nothing filled in them."""
    words = theme.words[code]
    phrases = tuple((key, words.phrase(key)) for key in sorted(words.phrases))
    return Templates(_environment(tuple(sorted(theme.templates.items())), phrases))


@lru_cache(maxsize=8)
def _environment(templates: tuple[tuple[str, str], ...], phrases: tuple[tuple[str, str], ...]) -> _Environment:
    """Return the environment of templates; what was compiled is kept between builds in one process."""
    return _Environment(**SETTINGS, loader=_Loader(dict(templates), dict(phrases)))


class _Compiler(CodeGenerator):
    """Writes templates as Python in which values pass through `escaped` and fixed phrases have their places.

    A page is some thousand small pieces: what is done for each of them counts, so that a block gathers its pieces
    before it hands them on, and a function is called as it is, for none that a page has asks for the context.
    """

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("called, escaped, found = environment.called, environment.escaped, environment.getattr")

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        if frame.block_frame:
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: Any = False) -> None:  # noqa: FBT002
        super().leave_frame(frame, with_python_scope)
        if frame.block_frame:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: Any = False) -> None:  # noqa: FBT002, N802
        self.write("called(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        if node.with_context or frame.buffer is None:
            super().visit_Include(node, frame)
            return
        # Jinja hands it on at once, before the pieces that were gathered until here
        self.writeline(f"{frame.buffer}.append(environment.included(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r}, may_lack={node.ignore_missing}))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("found(")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r})")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        match node:
            case nodes.Call(node=nodes.Name(name="say"), args=[nodes.Const(value=str(key))], kwargs=[]):
                return f"\0{key}\0"
        return super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, _node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        assert frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None
        self.write("escaped(")


class _Parser(Parser):
    """Reads templates; a tag that would let markup of texts through is unknown to it."""

    def parse_autoescape(self) -> nodes.Scope:
        line = self.stream.current.lineno
        self.fail_unknown_tag("autoescape", line)


class _Template(Template):
    """Keeps the contexts of macros until their page is done: macros and context know each other, which nobody frees."""

    def new_context(self, *told: Any, **named: Any) -> Context:
        """Return a context; one that is shared with a page (the second of what is told) is of no use after it."""
        context = super().new_context(*told, **named)
        if told[1:2] == (True,) and isinstance(self.environment, _Environment):
            self.environment.contexts.append(context)
        return context


class _Environment(Environment):
    """Looks for `row.value` in a mapping before it asks for an attribute, which is dear where there is none."""

    code_generator_class = _Compiler
    template_class = _Template
    escaped = staticmethod(escaped)
    called: Any = operator.call

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.contexts: list[Context] = []
        """Those of the macros of the page that is being filled."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _Parser(self, source, name, filename).parse()

    def included(self, name: Any, parent: str | None, *, may_lack: bool) -> str:
        """Return what a template says that is included without the context of its page."""
        try:
            return str(self.get_or_select_template(name, parent).module)
        except TemplateNotFound:
            if not may_lack:
                raise
            return ""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                pass
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)


SETTINGS: Mapping[str, Any] = {
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "auto_reload": False,
}
_READER = _Environment(**SETTINGS)
"""Reads templates and writes them as Python, which is most of the work and the same for all languages."""


@lru_cache(maxsize=256)
def _parsed(text: str) -> nodes.Template:
    return _READER.parse(text)


@lru_cache(maxsize=256)
def _as_python(text: str, name: str) -> str:
    return _READER.compile(_parsed(text), name, raw=True)


@dataclass(frozen=True, eq=False)
class _Loader(BaseLoader):
    """Compiles templates with the phrases of a language in their places."""

    templates: Mapping[str, str]
    phrases: Mapping[str, str]

    def load(self, environment: Environment, name: str, names: MutableMapping[str, Any] | None = None) -> Template:
        if name not in self.templates:
            raise TemplateNotFound(name)
        python = _PHRASE.sub(self._phrase, _as_python(self.templates[name], name))
        code = compile(python, f"<{name}>", "exec")
        return environment.template_class.from_code(environment, code, names or {})

    def _phrase(self, place: re.Match[str]) -> str:
        """Return a phrase as it stands within quotes in Python; its own quotes are escaped as markup has them."""
        if place[1] not in self.phrases:
            raise TemplateRuntimeError(f"no phrase {place[1]!r}")
        return str(escape(self.phrases[place[1]])).encode("unicode_escape").decode("ascii")
