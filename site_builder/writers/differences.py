"""Owns the difference between two texts as a reader sees it: words taken out and put in, with what stands around."""

from __future__ import annotations

from difflib import SequenceMatcher

from markupsafe import Markup

AROUND = 5
"""Words shown beside a change, so that one sees where it is."""
LONGEST = 40
"""Words shown of one that was taken out or put in."""
MOST = 6
"""Changes shown of a text."""
LARGEST = 60_000
"""Pairs of words that are compared; texts that differ in more are told as replaced."""
GAP = Markup(" … ")

Run = tuple[str, list[str], list[str]]
"""How a run of words differs, as difflib names it, with the words before and after."""


def word_difference(old: str, new: str) -> Markup:
    """Return what changed in a text, word by word, marked as taken out and put in."""
    runs = _runs(old.split(), new.split())
    changes = [place for place, run in enumerate(runs) if run[0] != "equal"]
    last = changes[:MOST][-1] if changes else -1
    parts = [
        _shown(run, is_first=not place, is_last=place == len(runs) - 1) for place, run in enumerate(runs[: last + 2])
    ]
    return Markup(" ").join(part for part in parts if part)


def _runs(old: list[str], new: list[str]) -> list[Run]:
    """Return the runs of words that stayed and changed; what is equal at both ends is not compared pair by pair."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    before, after = old[start : len(old) - end], new[start : len(new) - end]
    middle: list[Run] = [("replace", before, after)]
    if len(before) * len(after) <= LARGEST:
        codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        middle = [(kind, before[a:b], after[c:d]) for kind, a, b, c, d in codes]
    same = old[:start], old[len(old) - end :]
    return [run for run in (("equal", same[0], same[0]), *middle, ("equal", same[1], same[1])) if run[1] or run[2]]


def _shown(run: Run, *, is_first: bool, is_last: bool) -> Markup:
    kind, old, new = run
    if kind != "equal":
        taken = Markup("<del>{}</del>").format(_cut(old)) if old else ""
        put = Markup("<ins>{}</ins>").format(_cut(new)) if new else ""
        return Markup(" ").join(part for part in (taken, put) if part)
    head = [] if is_first else old[:AROUND]
    tail = [] if is_last else old[-AROUND:]
    if len(old) <= len(head) + len(tail):
        return Markup("{}").format(" ".join(old))
    return Markup("{}{}{}").format(" ".join(head), GAP if head and tail else "… " if tail else " …", " ".join(tail))


def _cut(words: list[str]) -> str:
    return " ".join(words) if len(words) <= LONGEST else " ".join([*words[:LONGEST], "…"])
