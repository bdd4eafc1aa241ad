"""The structure of the program: imports point down, each library has its owner, every module says what it owns."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "site_builder"
LAYERS = ("nouns", "readers", "checks", "derive", "plan", "writers", "interchange", "composition", "shell")
"""From the ground up; a layer may import itself and those below it."""
OWNERS = {
    "yaml": {"readers.yaml_composer", "readers.yaml_slips"},
    "frictionless": {"readers.casting"},
    "markdown_it": {"readers.markdown"},
    "babel": {"readers.formats"},
    "jinja2": {"writers.templates"},
    "icalendar": {"writers.exports.calendars"},
    "xlsxwriter": {"writers.forms.workbook", "writers.worksheet", "interchange.rounds.workbook"},
    "python_calamine": {"readers.xlsx"},
    "sqlite3": {"writers.forms.sqlite", "writers.answers"},
    "xml": {"writers.atom", "writers.exports.feeds", "writers.exports.release_feeds", "shell.reports.junit"},
    "click": {"shell.cli", "shell.called", "shell.desk", "shell.options", "shell.commands"},
}
"""Modules, or folders of them, that may know a library."""
ANYWHERE = {"markupsafe": ("writers", "shell.preview")}
"""Small libraries that a whole layer may know."""
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """Return the dotted name below the package: `readers.yaml_tree`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports_of(path: Path) -> list[str]:
    """Return the dotted names that a module imports, wherever in it they stand."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
    return found


def own_imports(path: Path) -> list[str]:
    return [name.removeprefix("site_builder.") for name in imports_of(path) if name.startswith("site_builder.")]


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_down(path: Path) -> None:
    layer = name_of(path).split(".")[0]
    if layer not in LAYERS:
        return
    for imported in own_imports(path):
        assert LAYERS.index(imported.split(".")[0]) <= LAYERS.index(layer), f"{name_of(path)} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_each_library_is_known_to_its_owner_only(path: Path) -> None:
    for imported in imports_of(path):
        library = imported.split(".")[0]
        if library in OWNERS:
            assert any(f"{name_of(path)}.".startswith(f"{owner}.") for owner in OWNERS[library]), name_of(path)
        if library in ANYWHERE:
            assert name_of(path).startswith(ANYWHERE[library])


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_what_it_owns(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), f"{name_of(path)} has no docstring"
    assert path.stem not in {"utils", "util", "helpers", "common", "misc"}


def test_no_import_cycle() -> None:
    graph = {name_of(path): set(own_imports(path)) for path in MODULES}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join([*way, name])
        if name in done or name not in graph:
            return
        for imported in graph[name]:
            visit(imported, (*way, name))
        done.add(name)

    for module in graph:
        visit(module, ())


def test_only_the_shell_touches_disk_clock_network_and_environment() -> None:
    forbidden = {"os", "pathlib", "subprocess", "socket", "http", "urllib.request", "tempfile", "shutil", "time", "sys"}
    for path in MODULES:
        if name_of(path).split(".")[0] in LAYERS[:-1]:
            assert not forbidden & set(imports_of(path)), name_of(path)
            nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
            called = [node.func for node in nodes if isinstance(node, ast.Call)]
            calls = {func.id for func in called if isinstance(func, ast.Name)}
            methods = {func.attr for func in called if isinstance(func, ast.Attribute)}
            names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
            assert not {"open", "print", "input", "exec", "eval"} & calls, name_of(path)
            assert not {"today", "now", "utcnow", "read_text", "write_text"} & methods, name_of(path)
            assert "environ" not in names, name_of(path)


def test_no_code_branch_names_a_language() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and node.value in {"en", "mn"}:
                assert name_of(path) == "shell.wording", f"{name_of(path)} names the language {node.value}"
