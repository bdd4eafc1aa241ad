"""Owns what was answered in a form of an issue: each answer by the id of its question, found below its label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from site_builder.interchange.remarks import Remark, remark
from site_builder.readers import yaml_tree
from site_builder.readers.yaml_composer import parse_yaml

LONGEST = 100_000
"""Characters of an issue; no host takes more than two thirds of them."""
HEADING = "### "
"""How a host marks the label of a question."""
NOTHING = frozenset({"", "_No response_", "None"})
"""What a host writes where nothing was answered."""

Answers = Mapping[str, str]
"""Answers by the id of their question; what was not answered is not there."""


@dataclass(frozen=True)
class Question:
    """A question of a form; the host writes its label above the answer."""

    id: str
    label: str
    is_required: bool = False


@dataclass(frozen=True)
class Form:
    """A form by the name of its file."""

    name: str
    questions: tuple[Question, ...]


def read_form(name: str, content: bytes) -> Form:
    """Return the questions of the file of a form; what is no question asks nothing."""
    tree, _ = parse_yaml(name, content)
    body = _at(tree, "body")
    items = body.items if isinstance(body, yaml_tree.Sequence) else []
    questions = (
        Question(
            _text(item, "id"), _text(item, "attributes", "label"), _text(item, "validations", "required") == "true"
        )
        for item in items
    )
    return Form(name.removesuffix(".yml"), tuple(question for question in questions if question.id and question.label))


def form_of(body: str, forms: Iterable[Form]) -> Form | None:
    """Return the form that an issue was written with: the one of which it has the most labels; None without any."""
    lines = {line.strip() for line in _lines(body)}
    counted = [
        (sum(f"{HEADING}{question.label}" in lines for question in form.questions), form.name, form) for form in forms
    ]
    count, _, form = max(counted, default=(0, "", None), key=lambda entry: entry[:2])
    return form if count else None


def answers(body: str, form: Form) -> tuple[dict[str, str], list[Remark]]:
    """Return the answers by the id of their question, and what is missing or stands there twice."""
    labels = {f"{HEADING}{question.label}": question for question in form.questions}
    parts: dict[str, list[str]] = {}
    wrong: list[Remark] = []
    below: list[str] = []
    for line in _lines(body):
        question = labels.get(line.strip())
        if question is None:
            below.append(line)
        elif question.id in parts:
            wrong.append(remark("twice", label=question.label))
        else:
            below = parts[question.id] = []
    told = {key: "\n".join(lines).strip() for key, lines in parts.items()}
    given = {key: text for key, text in told.items() if text not in NOTHING}
    missing = (question for question in form.questions if question.is_required and question.id not in given)
    return given, [*wrong, *(remark("missing", label=question.label) for question in missing)]


def _lines(body: str) -> list[str]:
    """Return the lines as a host ends them; other signs that end a line elsewhere belong to the answer."""
    return body.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _at(node: yaml_tree.Node | None, key: str) -> yaml_tree.Node | None:
    entries = node.entries if isinstance(node, yaml_tree.Mapping) else []
    return next((value for name, value in entries if name.text == key), None)


def _text(node: yaml_tree.Node, *keys: str) -> str:
    found: yaml_tree.Node | None = node
    for key in keys:
        found = _at(found, key)
    return found.text if isinstance(found, yaml_tree.Scalar) else ""
