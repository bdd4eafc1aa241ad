"""For the comment on a pull request: Markdown in which nothing that others wrote means anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from site_builder.shell.proposals import Room
from site_builder.shell.quoted import quoted
from site_builder.writers.proposals.sections import Line, Section
from site_builder.writers.proposals.segments import Segment
from site_builder.writers.proposals.telling import Mistake, Proposal, telling, verdict

CHARACTERS = 60_000
"""Of all languages together: a comment on the usual hosts may have 65,536."""
LINES = 25
"""Of one list."""
THINGS = 60


def emit(proposal: Proposal, languages: tuple[str, ...]) -> str:
    """Return the first language openly, the others folded away."""
    first, *others = languages
    parts = list(_told(proposal, first, len(languages)))
    for language in others:
        head = quoted(f"{proposal.name_of(language)} · {verdict(proposal, language)}")
        parts += [f"<details><summary>{head}</summary>\n", *_told(proposal, language, len(languages)), "</details>\n"]
    return "\n".join(parts)


def _told(proposal: Proposal, language: str, count: int) -> Iterator[str]:
    """Yield blocks, each with a line end of its own."""
    told = telling(proposal, language)
    more = partial(proposal.wording.say, "diff.more", language)
    room = Room(CHARACTERS // count, LINES, THINGS, lambda left: quoted(more(count=left)))
    mark = "✅" if proposal.passes else "❌"
    yield f"## {mark} {quoted(told.verdict)}\n"
    yield from _list("", ("⚠️ " + _marked(note) for note in told.notes), room)
    yield from _list("", map(_mistake, told.mistakes), room)
    if told.summary:
        yield f"{quoted(told.summary)}\n"
    yield from _list(f"### {quoted(told.effects_title)}\n", map(quoted, told.effects), room)
    for block in room.sections(told.sections, lambda one: _list(_head(one), map(_line, one.lines), room)):
        yield block if block.endswith("\n") else f"{block}\n"
    yield from _list(f"### {quoted(told.files_title)}\n", map(_marked, told.files), room)
    yield f"{quoted(told.foot)}\n"


def _line(line: Line) -> str:
    return _marked(line.segments)


def _head(section: Section) -> str:
    title = quoted(section.title)
    return f"### [{title}]({section.href})\n" if section.href else f"### {title}\n"


def _list(head: str, told: Iterable[str], room: Room) -> Iterator[str]:
    """Yield a list with its heading; nothing where it is empty."""
    lines = list(room.some(told))
    if lines:
        if head:
            yield head
        yield "".join(f"- {line}\n" for line in lines)


def _marked(segments: Iterable[Segment]) -> str:
    forms = {"": "{}", "del": "~~{}~~", "ins": "**{}**", "code": "<code>{}</code>"}
    return "".join(forms[mark].format(_run(text)) for mark, text in segments)


def _run(text: str) -> str:
    """Return a run of words; the spaces around it stay."""
    before, after = (" " if text[:1] == " " else ""), (" " if text[-1:] == " " and text != " " else "")
    return f"{before}{quoted(text.strip(' ').replace('`', chr(39)))}{after}"


def _mistake(mistake: Mistake) -> str:
    rule = f"<code>{quoted(mistake.rule)}</code>"
    if mistake.href:
        rule = f"[{rule}]({mistake.href})"
    place = quoted(mistake.place.replace("`", "'"))
    return f"{mistake.severity} {rule} <code>{place}</code><br>{quoted(mistake.message)}<br>{quoted(mistake.hint)}"
