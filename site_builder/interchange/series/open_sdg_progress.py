"""Owns the way from Open SDG's configuration of progress to direction, limit, base year and targets of ours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from site_builder.interchange.series.ledger import Left, shown
from site_builder.interchange.series.open_sdg_files import Said
from site_builder.interchange.series.open_sdg_record import Telling, dimension_of, outline
from site_builder.interchange.series.open_sdg_words import DIRECTIONS, OPTION_KEYS, TARGET_YEAR
from site_builder.interchange.series.subjects import Subject
from site_builder.readers.defaults import series_slug
from site_builder.readers.layout import TOTAL
from site_builder.readers.yaml_tree import Mapping as Node
from site_builder.readers.yaml_tree import Scalar, Sequence
from site_builder.writers.yaml_text import Code, Value

KEY = "progress_calculation_options"


@dataclass(frozen=True)
class _Option:
    """One entry of the configuration."""

    said: Said
    node: Node

    def get(self, name: str) -> str:
        """Return a value, empty where there is none."""
        texts = (item.text.strip() for key, item in self.node.entries if key.text == name and isinstance(item, Scalar))
        return next(texts, "")

    def line(self, name: str) -> int:
        return next((key.line for key, _ in self.node.entries if key.text == name), self.node.line)

    def breakdown(self) -> Iterator[tuple[str, str]]:
        """Yield column and group of the series that is meant."""
        for key, items in self.node.entries:
            if key.text == "disaggregation" and isinstance(items, Sequence):
                for item in items.items:
                    if isinstance(item, Node):
                        told = {name.text: text.text for name, text in item.entries if isinstance(text, Scalar)}
                        yield told.get("field", ""), told.get("value", "")


def tell_progress(telling: Telling, subject: Subject) -> None:
    """Fill direction, limit, base year and targets of an indicator as far as its options say."""
    options = list(_options(telling))
    mine = [option for option in options if _is_about(option, subject)]
    for option in options:
        for key, item in option.node.entries:
            if key.text not in OPTION_KEYS or isinstance(item, Scalar) is (key.text in ("disaggregation", "group")):
                _tell(telling, option, key.text, "no_key", outline(item))
        if not _is_of(option, subject):
            _tell(
                telling,
                option,
                "series",
                "no_series",
                ", ".join(filter(None, (option.get("series"), option.get("unit")))),
            )
    _direction(telling, mine)
    targets: list[Value] = []
    for option in mine:
        _limit(telling, option)
        if option.get("target"):
            target = _target(telling, option, subject, len(targets) + 1)
            targets += [target] if target else []
        elif option.get("target_year"):
            _tell(telling, option, "target_year", "no_target", option.get("target_year"))
        base = option.get("base_year")
        if base and telling.fits("base_year", base) and telling.tree.get("base_year", Code(base)) == Code(base):
            telling.tree["base_year"] = Code(base)
        elif base:
            _tell(telling, option, "base_year", "no_place", base)
    if targets:
        telling.tree["targets"] = targets


def _options(telling: Telling) -> Iterator[_Option]:
    for said in telling.papers.said:
        if said.key == KEY and isinstance(said.node, Sequence):
            telling.take(said)
            for item in said.node.items:
                if isinstance(item, Node):
                    yield from _flat(said, item)
                else:
                    telling.ledger.add(Left(said.file, KEY, "no_key", shown(outline(item))), item.line)


def _flat(said: Said, node: Node) -> Iterator[_Option]:
    """Yield an entry, or those of a group."""
    groups = [items for key, items in node.entries if key.text == "group" and isinstance(items, Sequence)]
    if not groups:
        yield _Option(said, node)
    for items in groups:
        yield from (_Option(said, item) for item in items.items if isinstance(item, Node))


def _is_about(option: _Option, subject: Subject) -> bool:
    """Whether an option speaks of the part of the table that is this indicator."""
    return option.get("series") in ("", subject.series) and option.get("unit") in ("", subject.unit_as_written)


def _is_of(option: _Option, subject: Subject) -> bool:
    """Whether the table has the series and the unit of an option at all."""
    groups = subject.table.groups
    series = {"", *(group.series for group in groups)}
    return option.get("series") in series and option.get("unit") in {"", *(group.unit_as_written for group in groups)}


def _tell(telling: Telling, option: _Option, key: str, kind: str, value: str) -> None:
    telling.ledger.add(Left(option.said.file, f"{KEY}.{key}", kind, shown(value)), option.line(key))


def _direction(telling: Telling, options: list[_Option]) -> None:
    written = {option.get("direction") for option in options if option.get("direction")}
    known = {DIRECTIONS[word] for word in written if word in DIRECTIONS}
    if len(known) == 1 and len(written) == 1:
        telling.tree["direction"] = Code(known.pop())
        return
    for option in options:
        if option.get("direction"):
            _tell(telling, option, "direction", "no_place" if known else "no_code", option.get("direction"))


def _limit(telling: Telling, option: _Option) -> None:
    """Take the ceiling of what should grow; a floor has no place."""
    limit = option.get("limit")
    if not limit:
        return
    is_ceiling = telling.tree.get("direction") == Code(DIRECTIONS["positive"])
    if is_ceiling and telling.fits("natural_limit", limit) and "natural_limit" not in telling.tree:
        telling.tree["natural_limit"] = Code(limit)
    elif telling.tree.get("natural_limit") != Code(limit):
        _tell(telling, option, "limit", "no_place", limit)


def _target(telling: Telling, option: _Option, subject: Subject, number: int) -> Value | None:
    """Return a target; None where its number is none or nothing of ours is the series that it is for."""
    table = telling.terms.grammar.schemas["targets"]
    value, year = option.get("target"), option.get("target_year")
    for key, name, text in (("target", "target_value", value), ("target_year", "target_year", year)):
        if text and telling.terms.grammar.reader(table, table.by_column_stem[name])(text)[1] is not None:
            _tell(telling, option, key, "no_number", text)
            return None
    series = _series(telling, option, subject)
    if series is None:
        return None
    if not year:
        _tell(telling, option, "target", "default_year", value)
    # who set it is not told: an assumed target is labelled so until somebody says it
    target: dict[str, Value] = {"id": Code(f"t{number}"), "origin": Code("assumed")}
    if series:
        target["series"] = Code(series)
    target |= {"target_value": Code(value), "target_year": Code(year or TARGET_YEAR)}
    base = option.get("base_year")
    if base and telling.fits("base_year", base):
        target["base_year"] = Code(base)
    return target


def _series(telling: Telling, option: _Option, subject: Subject) -> str | None:
    """Return the series of ours that an option names, empty for the whole; None where there is none, which is told."""
    wanted = dict.fromkeys(telling.terms.dimensions, TOTAL)
    for column, group in option.breakdown():
        name = dimension_of(telling.terms, column)
        code = telling.terms.codes.meaning(name, group).code if name else ""
        if not code:
            _tell(telling, option, "disaggregation", "no_code", f"{column}: {group}")
            return None
        wanted[name] = code
    codes = tuple(wanted.values())
    if all(code == TOTAL for code in codes):
        return ""
    if not any(row.group.codes == codes for row in subject.rows):
        shown_groups = ", ".join(f"{column}: {group}" for column, group in option.breakdown())
        _tell(telling, option, "disaggregation", "no_series", shown_groups)
        return None
    return f"{subject.indicator}-{series_slug(codes)}"
