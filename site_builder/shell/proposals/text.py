"""For a terminal: what was taken out and put in as word differences are marked there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from site_builder.shell.proposals import Room
from site_builder.shell.reports import visible
from site_builder.writers.proposals.sections import Line
from site_builder.writers.proposals.segments import Segment
from site_builder.writers.proposals.telling import Mistake, Proposal, telling

CHARACTERS = 100_000
"""Of a language."""
LINES = 60
THINGS = 300


def emit(proposal: Proposal, languages: tuple[str, ...]) -> str:
    """Return one language after the other."""
    return "\n".join("".join(f"{line}\n" for line in _told(proposal, language)) for language in languages)


def _told(proposal: Proposal, language: str) -> Iterator[str]:
    told = telling(proposal, language)
    more = partial(proposal.wording.say, "diff.more", language)
    room = Room(CHARACTERS, LINES, THINGS, lambda left: more(count=left))
    yield told.verdict
    yield from _list("", map(_marked, told.notes), room)
    for mistake in told.mistakes[:LINES]:
        yield from _mistake(mistake)
    if len(told.mistakes) > LINES:
        yield more(count=len(told.mistakes) - LINES)
    if told.summary:
        yield told.summary
    yield from _list(told.effects_title, map(visible, told.effects), room)
    yield from room.sections(told.sections, lambda one: _list(one.title, map(_line, one.lines), room))
    yield from _list(told.files_title, map(_marked, told.files), room)
    yield ""
    yield told.foot


def _list(head: str, told: Iterable[str], room: Room) -> Iterator[str]:
    """Yield a list with its heading; nothing where it is empty."""
    lines = list(room.some(told))
    if lines:
        yield from ("", visible(head)) if head else ()
        yield from (f"  {line}" for line in lines)


def _line(line: Line) -> str:
    return _marked(line.segments)


def _marked(segments: Iterable[Segment]) -> str:
    forms = {"": "{}", "del": "[-{}-]", "ins": "{{+{}+}}", "code": "{}"}
    return "".join(forms[mark].format(visible(text)) for mark, text in segments)


def _mistake(mistake: Mistake) -> Iterator[str]:
    yield f"  {visible(mistake.place)}: {mistake.severity}: {visible(mistake.message)} [{mistake.rule}]"
    yield f"    {visible(mistake.hint)}"
