"""Owns the way back from a finding in a file that was made of a workbook to the cell that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from site_builder.interchange.rounds.cells import Place, Slip
from site_builder.interchange.rounds.made import Made, Path
from site_builder.nouns.diagnostic import Diagnostic
from site_builder.readers import yaml_tree
from site_builder.readers.yaml_composer import parse_yaml


def at_cells(findings: Iterable[Diagnostic], made: Mapping[str, Made]) -> Iterator[Slip]:
    """Yield each finding at its cell; `made` has the files by the names that findings have for them.

    One in another file stands at the row of the record that it names; without such a row, at its own place.
    """
    lines = {name: list(_lines(one)) for name, one in made.items()}
    rows = {record: place for one in made.values() for record, place in one.rows.items()}
    for finding in findings:
        place = None
        if finding.location.file in made:
            place = _cell(made[finding.location.file], lines[finding.location.file], finding)
        elif finding.record in rows:
            place = rows[finding.record]
        location = finding.location
        yield Slip(place or Place(f"{location.file}:{location.line}:{location.column}"), finding)


def _cell(made: Made, lines: list[tuple[int, Path]], finding: Diagnostic) -> Place:
    """Return the cell of the field that a finding names, else of what stands in its line or holds that."""
    path: Path = ()
    for line, there in lines:
        if line > finding.location.line:
            break
        path = there
    stem, _, code = finding.field.rpartition("_")
    names = ((finding.field,), tuple(finding.field.split(".")), (stem, code))
    for wanted in ((*above, *name) for above in (path, path[:-1]) for name in names):
        if finding.field and wanted in made.origins:
            return made.origins[wanted]
    while path not in made.origins:
        path = path[:-1]
    return made.origins[path]


def _lines(made: Made) -> Iterator[tuple[int, Path]]:
    """Yield where each value of a file begins, in the order of the file."""
    root, _ = parse_yaml("", made.text.encode("utf-8"))
    if root is not None:
        yield from _of(root, ())


def _of(node: yaml_tree.Node, path: Path) -> Iterator[tuple[int, Path]]:
    if isinstance(node, yaml_tree.Mapping):
        for key, value in node.entries:
            yield key.line, (*path, key.text)
            yield from _of(value, (*path, key.text))
    elif isinstance(node, yaml_tree.Sequence):
        for number, item in enumerate(node.items):
            yield item.line, (*path, number)
            yield from _of(item, (*path, number))
