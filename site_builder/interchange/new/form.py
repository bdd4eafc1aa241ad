"""Owns a new record on its way: where it will stand, what is known of it already, what must still be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, count

from site_builder.interchange.answers import Answers, lacking
from site_builder.interchange.names import slug
from site_builder.interchange.new.ids import next_id, taken_ids
from site_builder.interchange.remarks import Remark, remark
from site_builder.nouns.diagnostic import Diagnostic, Location, found
from site_builder.nouns.record import Catalog, Record
from site_builder.readers.blanks import Line, Shape, blank_of
from site_builder.readers.casting import Reader
from site_builder.readers.published import PackageUnreadable
from site_builder.readers.suggest import closest

KINDS: Mapping[str, str] = {
    "commitment": "commitments",
    "indicator": "indicators",
    "milestone": "milestones",
    "organisation": "organisations",
    "plan": "plans",
    "update": "updates",
}
"""Tables by the word with which a new record is asked for."""
USUAL = {"commitments": "c", "milestones": "m", "plans": "plan"}
"""How an id begins where there is none yet after which it could be made."""
NAMED = frozenset({"organisations", "indicators"})
"""Tables whose ids say what they name; those of the others are counted."""


@dataclass(frozen=True)
class Wish:
    """What is asked for."""

    table: str
    id: str = ""
    """Short id; empty: the next one that is free."""
    plan: str = ""
    commitment: str = ""
    """Full or short id of the commitment of a milestone or an update."""
    round: str = ""
    values: tuple[tuple[str, str], ...] = ()
    """Answers by path: `title.en`."""


@dataclass
class Form:
    """A new record: its file, the keys to be written and the answers."""

    wish: Wish
    path: str
    """Path of its file below the content, empty as long as its id is not known."""
    id: str
    """Short id; empty for an update, and where it must be told as nothing was named yet of which it could be made."""
    lines: tuple[Line, ...]
    answers: Answers
    commitment: Record | None = None

    @property
    def lacking(self) -> list[tuple[str, Line]]:
        """What must still be filled in, with its path."""
        return list(lacking(self.lines, self.answers.given))

    def put(self, path: str, text: str) -> Diagnostic | None:
        """Take an answer; return what is wrong with it."""
        return self.answers.put(self.lines, path, text)


def begin(wish: Wish, catalog: Catalog, files: Mapping[str, bytes]) -> Form | Remark | Diagnostic:
    """Return the form of a new record with all that is known of it, or why there can be none."""
    if wrong := _misspelt(wish, catalog):
        return wrong
    try:
        return _begin(wish, catalog, files)
    except PackageUnreadable as broken:
        return remark("release_unreadable", file=str(broken))


def _begin(wish: Wish, catalog: Catalog, files: Mapping[str, bytes]) -> Form | Remark:
    table = wish.table
    if table in ("milestones", "updates"):
        return _of_commitment(wish, catalog, files)
    plan = ""
    if table == "commitments":
        plan = wish.plan or usual_plan(catalog)
        if catalog.find("plans", plan) is None:
            return remark("no_plan", value=plan, near=closest(plan, catalog.by_id.get("plans", {})))
    taken = taken_ids(catalog, table)
    short = wish.id or _free_id(wish, catalog, taken, plan)
    full = f"{plan}-{short}" if plan else short
    if full in taken:
        free = _free_id(wish, catalog, taken, plan)
        return remark("id_taken" if free else "id_taken_choose", value=full, next=free)
    blank = blank_of(table, catalog.schemas, catalog.codes)
    path = blank.kind.path.format(plan=plan, id=short) if short else ""
    if path in files:
        return remark("exists", file=path)
    form = Form(wish, path, short, _asked(blank.lines), Answers(catalog, (plan,)))
    for name, value in _known(table, plan, catalog):
        form.put(name, value)
    return form


def usual_plan(catalog: Catalog) -> str:
    """Return the plan that is meant where none is named: that of the site, or the only one."""
    plans = catalog.rows("plans")
    return str(catalog.site.get("plan_id") or (plans[0].id if len(plans) == 1 else ""))


def _misspelt(wish: Wish, catalog: Catalog) -> Diagnostic | None:
    """Return that a name of which a path is made has not the form of an id."""
    updates, table = catalog.schemas["updates"], catalog.schemas[wish.table]
    asked = [(wish.id, table.by_name[table.key[0]], "id")]
    if wish.table == "updates":
        asked.append((wish.round, updates.by_name["round"], "round"))
    for text, item, option in asked:
        _, problem = Reader(item)(text) if text or option == "round" else (None, None)
        if problem is not None:
            told = {**dict(problem.arguments), "key": option}
            return found(problem.name, Location(f"--{option}"), told.items(), suggestion=problem.suggestion)
    return None


def commitment_of(wish: Wish, catalog: Catalog) -> Record | Remark:
    """Return the commitment that is meant, or that there is none."""
    plan = wish.plan or usual_plan(catalog)
    known = catalog.by_id.get("commitments", {})
    commitment = known.get(wish.commitment) or known.get(f"{plan}-{wish.commitment}")
    names = {name.removeprefix(f"{plan}-") for name in known} | known.keys()
    return commitment or remark("no_commitment", value=wish.commitment, near=closest(wish.commitment, names))


def _of_commitment(wish: Wish, catalog: Catalog, files: Mapping[str, bytes]) -> Form | Remark:
    """Return the form of a milestone or of an update."""
    commitment = commitment_of(wish, catalog)
    if isinstance(commitment, Remark):
        return commitment
    # the names of the folder and of the file are those of the commitment's own file
    *_, plan, _, name = commitment.location.file.split("/")
    below = f"plans/{plan}/commitments/{name}"
    answers = Answers(catalog, (commitment.id, plan))
    blank = blank_of("updates" if wish.table == "updates" else "commitments", catalog.schemas, catalog.codes)
    if wish.table == "updates":
        path = f"plans/{plan}/updates/{wish.round}/{name}"
        if path in files or f"{plan}-{wish.round}-{name.removesuffix('.yaml')}" in taken_ids(catalog, "updates"):
            return remark("update_exists", file=path)
        return Form(wish, path, "", _asked(blank.lines), answers, commitment)
    if below not in files:
        return remark("no_commitment", value=wish.commitment, near="")
    taken = taken_ids(catalog, "milestones")
    free = next_id(taken, commitment.id, usual=USUAL["milestones"])
    short = wish.id or free
    if f"{commitment.id}-{short}" in taken:
        return remark("id_taken", value=f"{commitment.id}-{short}", next=free)
    lines = next(line.lines for line in blank.lines if line.key == "milestones")
    form = Form(wish, below, short, lines, answers, commitment)
    siblings = catalog.children(commitment, "milestones")
    form.put("id", short)
    form.put("number", _next_number(siblings))
    return form


def _asked(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the keys with those that must be there: without a text that is required, the first one names it."""
    texts = [line for line in lines if line.shape is Shape.TEXTS]
    if not texts or any(line.required for line in texts):
        return lines
    return tuple(replace(line, required=True) if line is texts[0] else line for line in lines)


def _free_id(wish: Wish, catalog: Catalog, taken: frozenset[str], plan: str) -> str:
    """Return an id that is free: made of the name that was given, else counted; empty where only people can tell."""
    if wish.table not in NAMED:
        return next_id(taken, plan, usual=USUAL[wish.table])
    given = dict(wish.values)
    made = next((slug(given[f"name.{code}"]) for code in catalog.codes if given.get(f"name.{code}")), "")
    if not made:
        return ""
    return next(name for name in chain([made], (f"{made}-{number}" for number in count(2))) if name not in taken)


def _known(table: str, plan: str, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield what follows from the other records: the next number, the country that all plans have."""
    if table == "commitments":
        yield "number", _next_number(catalog.referring("commitments", "plan_id", plan))
    elif table == "plans":
        plans = catalog.rows("plans")
        yield "number", _next_number(plans)
        countries = {str(record.get("country")) for record in plans}
        if len(countries) == 1:
            yield "country", countries.pop()


def _next_number(records: tuple[Record, ...]) -> str:
    numbers = [number for record in records if isinstance(number := record.get("number"), int)]
    return str(max(numbers, default=0) + 1)
