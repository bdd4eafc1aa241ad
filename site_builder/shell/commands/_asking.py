"""Owns how somebody at a terminal is asked for what a new record needs, and told at once what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import click

from site_builder.composition import Files
from site_builder.derive.overview import TITLES
from site_builder.interchange.new.form import NAMED, Form, Wish, begin, commitment_of, usual_plan
from site_builder.interchange.prompts import Prompter, wrapped
from site_builder.interchange.remarks import Remark
from site_builder.nouns.diagnostic import Diagnostic, Location
from site_builder.nouns.record import Catalog, Record
from site_builder.nouns.text import Text, brief
from site_builder.nouns.wording import Wording
from site_builder.readers.blanks import Line, Shape
from site_builder.shell.reports import visible

LONGEST_TITLE = 70
FIRST = "e01"
"""Short id of the first piece of evidence."""
WANTED: Mapping[str, tuple[str, ...]] = {
    "done": ("completed_on", *(f"evidence.{FIRST}.{key}" for key in ("kind", "title", "url"))),
    "continued": ("continued_in",),
    "dropped": ("decision", "reason"),
}
"""What the rules want of a milestone beside its status, by what the status means: without it nothing is taken."""
Wrong = Diagnostic | Remark | None
"""What is wrong with an answer; None: nothing."""


@dataclass(frozen=True)
class Talk:
    """What is said at a terminal, in one language."""

    wording: Wording
    language: str

    def say(self, key: str, /, **values: object) -> str:
        return self.wording.say(key, self.language, **values)

    def tell(self, sentence: str) -> None:
        click.echo(visible(sentence), err=True)

    def remarked(self, wrong: Remark) -> str:
        """Return why there can be no such record."""
        values = dict(wrong.values)
        kind = f"{wrong.kind}_near" if values.get("near") else wrong.kind
        return visible(self.say(f"new.remark.{kind}", **values))

    def tell_wrong(self, wrong: Diagnostic | Remark) -> None:
        """Say what is wrong with an answer, and how it is mended."""
        if isinstance(wrong, Remark):
            self.tell(self.remarked(wrong))
            return
        self.tell(f"{wrong.location.file}: {self.wording.message(wrong, self.language)}")
        self.tell(f"  {self.say('fix')}{self.wording.hint(wrong, self.language)} [{wrong.name}]")

    def answer(self, question: str, judge: Callable[[str], Wrong], *, proposed: str = "", is_free: bool = False) -> str:
        """Ask until the answer is right and return it; empty only where it is free to be left out."""
        while True:
            shown = f"{question} ({self.say('new.may_be_empty')})" if is_free else question
            text = str(click.prompt(shown, default=proposed, show_default=bool(proposed), err=True)).strip()
            if not text and is_free:
                return ""
            if not text:
                self.tell(self.say("new.is_needed"))
            elif wrong := judge(text):
                self.tell_wrong(wrong)
            else:
                return text

    def tell_choice(self, key: str, choice: Iterable[tuple[str, str]]) -> None:
        """Say what is to be chosen, and from what."""
        for text in wrapped(self.say(key)):
            self.tell(text)
        for code, name in choice:
            self.tell(f"  {code} = {brief(name, LONGEST_TITLE)}" if name else f"  {code}")


@dataclass(frozen=True)
class Asking:
    """The content for which somebody is asked, and how it is spoken of."""

    catalog: Catalog
    files: Files
    talk: Talk

    @property
    def prompter(self) -> Prompter:
        return Prompter(self.catalog, self.talk.language, self.talk.say)

    def placed(self, wish: Wish) -> Wish:
        """Return a wish with the plan, the commitment and the round that it lacks."""
        if wish.table not in ("commitments", "milestones", "updates"):
            return wish
        plans = self.catalog.rows("plans")
        if not wish.plan and not wish.commitment and not usual_plan(self.catalog) and plans:
            self.talk.tell_choice("new.which.plan", self._titled(plans))
            wish = replace(wish, plan=self.talk.answer("plan", self._no_plan))
        if wish.table != "commitments" and not wish.commitment:
            plan = wish.plan or usual_plan(self.catalog)
            known = self.catalog.referring("commitments", "plan_id", plan)
            self.talk.tell_choice("new.which.commitment", self._titled(known, f"{plan}-"))
            wish = replace(wish, commitment=self.talk.answer("commitment", lambda text: self._none(wish, text)))
        if wish.table == "updates" and not wish.round:
            self.talk.tell_choice("new.which.round", [])
            if rounds := self._rounds(wish):
                self.talk.tell_choice("new.which.known_rounds", rounds)
            wish = replace(wish, round=self.talk.answer("round", lambda text: self._refused(replace(wish, round=text))))
        return wish

    def _titled(self, records: Iterable[Record], above: str = "") -> Iterator[tuple[str, str]]:
        for record in records:
            title = next((text for name in TITLES if (text := self.catalog.text(record, name))), Text())
            yield record.id.removeprefix(above), title.shown(self.talk.language)[0]

    def _rounds(self, wish: Wish) -> list[tuple[str, str]]:
        """Return the rounds that the plan asked for or that were reported in, with the last day for reports."""
        commitment = commitment_of(wish, self.catalog)
        plan = "" if isinstance(commitment, Remark) else str(commitment.get("plan_id"))
        asked = self.catalog.referring("rounds", "plan_id", plan)
        days = {str(record.get("round")): str(record.get("due_on") or "") for record in asked}
        updates = self.catalog.rows("updates")
        told = {
            str(update.get("round")) for update in updates if str(update.get("commitment_id")).startswith(f"{plan}-")
        }
        return [(name, days.get(name, "")) for name in sorted(days.keys() | told)]

    def _no_plan(self, text: str) -> Remark | None:
        made = begin(Wish("commitments", plan=text), self.catalog, self.files)
        return made if isinstance(made, Remark) and made.kind == "no_plan" else None

    def _none(self, wish: Wish, text: str) -> Remark | None:
        made = commitment_of(replace(wish, commitment=text), self.catalog)
        return made if isinstance(made, Remark) else None

    def _refused(self, wish: Wish) -> Diagnostic | Remark | None:
        made = begin(wish, self.catalog, self.files)
        if isinstance(made, Diagnostic):  # its place is an option; here there was a question
            return replace(made, location=Location(made.location.file.removeprefix("--")))
        return made if isinstance(made, Remark) else None

    def fill(self, form: Form) -> None:
        """Ask for what is required, and for the status of each milestone of which something is reported."""
        for path, line in form.lacking:
            self.ask(form, path, line)
        if form.wish.table == "updates" and form.commitment is not None and "items" not in form.answers.given:
            self._fill_milestones(form, form.commitment)

    def ask(self, form: Form, path: str, line: Line) -> None:
        """Ask for one value, of a text in each language; one of them is enough."""
        for text in self.prompter.explained(line):
            self.talk.tell(text)
        if line.shape is not Shape.TEXTS:
            self._put(form, path)
            return
        language = self.talk.language
        for place, code in enumerate(sorted(self.catalog.codes, key=lambda code: code != language)):
            self._put(form, f"{path}.{code}", is_free=place > 0)

    def _put(self, form: Form, path: str, *, is_free: bool = False) -> str:
        """Ask for one answer and return it; the one that was given before is proposed."""
        key, _, code = path.partition(".")
        before = form.answers.given.get(key, "")
        proposed = before.get(code, "") if isinstance(before, dict) else before
        proposed = proposed if isinstance(proposed, str) else ""
        is_free = is_free and not proposed
        return self.talk.answer(path, lambda text: form.put(path, text), proposed=proposed, is_free=is_free)

    def ask_again(self, form: Form, findings: Iterable[Diagnostic]) -> bool:
        """Ask once more for what is required and what findings name; return whether they name an answer at all."""
        fields = {finding.field for finding in findings}
        given = [line for line in form.lines if line.key in form.answers.given]
        named = [line for line in given if fields & {line.key, *(f"{line.key}_{code}" for code in self.catalog.codes)}]
        if not named:
            return False
        for text in wrapped(self.talk.say("new.again")):
            self.talk.tell(text)
        # two answers can be wrong of one another: a plan that ends before it begins
        for line in given:
            if line in named or line.required:
                self.ask(form, line.key, line)
        return True

    def _fill_milestones(self, form: Form, commitment: Record) -> None:
        items = next(line for line in form.lines if line.key == "items")
        for text in self.prompter.explained(_line(items, "status")):
            self.talk.tell(text)
        for milestone in self.catalog.children(commitment, "milestones"):
            self.talk.tell(self.catalog.text(milestone, "title").shown(self.talk.language)[0])
            place = f"items.{milestone.id.removeprefix(f'{commitment.id}-')}"
            status = self._put(form, f"{place}.status", is_free=True)
            for path in WANTED.get(self.catalog.means("statuses", status), ()):
                self.ask(form, f"{place}.{path}", _line(items, *path.replace(f".{FIRST}.", ".").split(".")))

    def named(self, form: Form) -> Form:
        """Return a form with the id that people chose; one made of the name is proposed."""
        if form.wish.id or form.wish.table not in {*NAMED, "plans"}:
            return form
        names = form.answers.given.get("name", {})
        values = tuple((f"name.{code}", str(text)) for code, text in names.items())
        wish = replace(form.wish, values=values)
        likely = begin(wish, self.catalog, self.files)
        for text in wrapped(self.talk.say("new.which.id")):
            self.talk.tell(text)
        proposed = likely.id if isinstance(likely, Form) else ""
        chosen = self.talk.answer("id", lambda text: self._refused(replace(wish, id=text)), proposed=proposed)
        again = begin(replace(form.wish, id=chosen), self.catalog, self.files)
        assert isinstance(again, Form), "the id was judged"
        return replace(form, wish=again.wish, id=again.id, path=again.path)


def _line(line: Line, *keys: str) -> Line:
    """Return a key below another."""
    for key in keys:
        line = next(inner for inner in line.lines if inner.key == key)
    return line
