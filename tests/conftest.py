"""Shared inputs of the tests: the real content and the fictional plan, read and built once a session."""

from __future__ import annotations

import gc
import os
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from browsing import Host, Tabs, served, started
from corpus import corpus, read_codes
from history import Repository
from playwright.sync_api import Browser
from scripted_history import play

from site_builder.composition import Checked, Inputs, assemble, build, check, edition, release
from site_builder.nouns.edition import NO_HISTORY, Edition, History
from site_builder.nouns.output import Output
from site_builder.nouns.past import Past
from site_builder.nouns.release import Kind, ReleaseFolder, Wish
from site_builder.shell.cache import Cache
from site_builder.shell.disk import read_folder
from site_builder.shell.past import read_past
from site_builder.shell.wording import Wording, load_wording
from site_builder.writers.exports import to_export
from site_builder.writers.html import Press

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

gc.set_threshold(50_000, 20, 100)
"""A process that keeps several sites at hand should not look through them for rubbish all the time."""


def pytest_unconfigure() -> None:
    """Spare a process that is done the five looks through all that it still holds: longer than it may take to end."""
    gc.freeze()


ROOT = Path(__file__).resolve().parent.parent
REAL_DAY = date(2026, 11, 22)
FICTIONAL_DAY = date(2026, 6, 30)
AFTER = date(2027, 2, 1)
"""A day after all of the scripted history."""

Files = Mapping[str, bytes]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def schema_files() -> Files:
    return read_folder(ROOT / "schemas")


@pytest.fixture(scope="session")
def theme_files() -> Files:
    return read_folder(ROOT / "themes" / "default")


@pytest.fixture(scope="session")
def real_content() -> Files:
    return read_folder(ROOT / "content")


@pytest.fixture(scope="session")
def fictional_content(real_content: Files) -> Files:
    """The fictional plan with the code lists of the real content."""
    codelists = {path: content for path, content in real_content.items() if path.startswith("codelists/")}
    return {**codelists, **read_folder(ROOT / "tests" / "fictional" / "content")}


@pytest.fixture(scope="session")
def wording() -> Wording:
    return load_wording()


@pytest.fixture(scope="session")
def brief_wording(wording: Wording) -> Wording:
    """The wording without the rulebook: a site of which the rules are not explained has hundreds of pages less."""
    return Wording(wording.catalogues)


def inputs_of(content: Files, schemas: Files, theme: Files, day: date, wording: Wording) -> Inputs:
    return Inputs(content, schemas, theme, day, wording)


@pytest.fixture(scope="session")
def real(real_content: Files, schema_files: Files, theme_files: Files, wording: Wording) -> Checked:
    return check(inputs_of(real_content, schema_files, theme_files, REAL_DAY, wording))


@pytest.fixture(scope="session")
def fictional(fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording) -> Checked:
    return check(inputs_of(fictional_content, schema_files, theme_files, FICTIONAL_DAY, brief_wording))


@pytest.fixture(scope="session")
def real_edition(real: Checked) -> Edition:
    return edition(real)


@pytest.fixture(scope="session")
def fictional_edition(fictional: Checked) -> Edition:
    return edition(fictional)


@pytest.fixture(scope="session")
def real_outputs(real: Checked, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return once("real", lambda: _by_path(build(real)), tmp_path_factory)


@pytest.fixture(scope="session")
def fictional_outputs(fictional: Checked, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return once("fictional", lambda: _by_path(build(fictional)), tmp_path_factory)


CHAIN_DAYS = (date(2026, 1, 31), date(2026, 3, 31), date(2026, 4, 15))
"""Days of the three releases of the fictional plan."""
CHOIR = "organisations/harbour-choir.yaml"
"""An organisation that only the first release knows."""


def chapters(fictional_content: Files) -> tuple[Files, ...]:
    """The fictional content as it was on the day of each release."""
    commitment = "plans/fic1/commitments/c02.yaml"
    now = fictional_content[commitment]
    misspelt = now.replace(b"The money for making clouds", b"Teh money for making clouds")
    assert misspelt != now
    choir = 'name:\n  en: "Harbour choir (fictional)"\n  mn: "Боомтын найрал дуу (зохиомол)"\nkind: civil_society\n'
    first = {path: content for path, content in fictional_content.items() if path != "tombstones.yaml"}
    return {**first, CHOIR: choir.encode()}, {**fictional_content, commitment: misspelt}, fictional_content


WISHES = (
    Wish(notes={"en": "The first data.", "mn": "Анхны өгөгдөл."}),
    Wish(notes={"en": "The reports of the winter."}),
    Wish(Kind.CORRECTION, reason={"en": "A word was misspelt.", "mn": "Нэг үгийн алдааг засав."}),
)
"""What is said of the three releases."""


@pytest.fixture(scope="session")
def chain(
    fictional_content: Files,
    schema_files: Files,
    theme_files: Files,
    brief_wording: Wording,
    tmp_path_factory: pytest.TempPathFactory,
) -> Files:
    """A folder of three releases of the fictional plan: a regular one, one with changes, a correction."""

    def made() -> Files:
        files: dict[str, bytes] = {}
        for content, day, wish in zip(chapters(fictional_content), CHAIN_DAYS, WISHES, strict=True):
            earlier = (ReleaseFolder("releases", dict(files)),)
            checked = check(Inputs(content, schema_files, theme_files, day, brief_wording, releases=earlier))
            assert not checked.has_errors, [item for item in checked.findings if item.severity == "error"]
            outputs, refusals = release(checked, wish, history=History(commit=f"{day:%Y%m%d}" * 5))
            assert not refusals
            files.update(_by_path(outputs))
        return files

    return once("chain", made, tmp_path_factory)


@pytest.fixture(scope="session")
def released(
    chain: Files, fictional_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording
) -> Checked:
    """The fictional plan with its three releases."""
    earlier = (ReleaseFolder("releases", chain),)
    checked = check(
        Inputs(fictional_content, schema_files, theme_files, FICTIONAL_DAY, brief_wording, releases=earlier)
    )
    assert not checked.has_errors
    return checked


@pytest.fixture(scope="session")
def released_outputs(released: Checked, tmp_path_factory: pytest.TempPathFactory) -> Files:
    return once("released", lambda: _by_path(build(released)), tmp_path_factory)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with started() as found:
        yield found


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    return Tabs(browser)


@pytest.fixture(scope="session")
def real_host(tmp_path_factory: pytest.TempPathFactory, real_outputs: Files) -> Iterator[Host]:
    with served(write_to(tmp_path_factory.mktemp("real") / "a" / "b", real_outputs)) as host:
        yield host


@pytest.fixture(scope="session")
def fictional_host(tmp_path_factory: pytest.TempPathFactory, fictional_outputs: Files) -> Iterator[Host]:
    with served(write_to(tmp_path_factory.mktemp("fictional"), fictional_outputs)) as host:
        yield host


@pytest.fixture(scope="session")
def released_host(tmp_path_factory: pytest.TempPathFactory, released_outputs: Files) -> Iterator[Host]:
    with served(write_to(tmp_path_factory.mktemp("released"), released_outputs)) as host:
        yield host


def once(name: str, make: Callable[[], Files], factory: pytest.TempPathFactory) -> Files:
    """What takes long is made by one of the processes of a run; the others wait for it and read it."""
    own = factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / f"{name}.shared"
    with turn(place.with_suffix(".lock")):
        if not place.is_file():
            aside = place.with_name(f"{place.name}.{os.getpid()}")
            with zipfile.ZipFile(aside, "w") as archive:
                for path, content in make().items():
                    archive.writestr(path, content)
            aside.replace(place)
    with zipfile.ZipFile(place) as archive:
        return {path: archive.read(path) for path in archive.namelist()}


@contextmanager
def turn(place: Path) -> Iterator[None]:
    """One process after the other; where files cannot be locked, all at once, which only takes longer."""
    with place.open("ab") as held:
        if fcntl is not None:
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True)
class Work:
    """A synthetic plan, checked and built but for its data, and what that took."""

    checked: Checked
    outputs: Mapping[str, bytes]
    cpu_seconds: float


LARGE = 300
"""Commitments of the large plan, each with five milestones and a report."""


@pytest.fixture(scope="session")
def work(schema_files: Files, theme_files: Files, brief_wording: Wording) -> Callable[[int], Work]:
    """The checking and building of a synthetic plan of so many commitments."""

    def done(count: int) -> Work:
        inputs = inputs_of(corpus(count, read_codes()), schema_files, theme_files, REAL_DAY, brief_wording)
        gc.collect()
        gc.disable()  # as the command does
        try:
            started = time.process_time()
            checked = check(inputs)
            outputs = without_data(checked)
            return Work(checked, outputs, time.process_time() - started)
        finally:
            gc.enable()

    return done


@pytest.fixture(scope="session")
def large(schema_files: Files, theme_files: Files, brief_wording: Wording) -> Checked:
    checked = check(inputs_of(corpus(LARGE, read_codes()), schema_files, theme_files, REAL_DAY, brief_wording))
    assert not checked.has_errors
    return checked


@pytest.fixture(scope="session")
def large_edition(large: Checked) -> Edition:
    return edition(large)


ALIKE = frozenset({"commitment", "embed", "identifier"})
"""Kinds of pages of which the large plan has hundreds that differ in a number."""


@pytest.fixture(scope="session")
def large_outputs(large_edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The pages of the large plan, of those that are alike every tenth, and the files beside them."""

    def made() -> Files:
        issue = large_edition
        alike = [page for page in issue.plan.pages if page.kind in ALIKE]
        left_out = set(alike) - set(alike[::10])
        pages = (page for page in issue.plan.pages if page not in left_out)
        return _by_path([*map(Press(issue).render, pages), *(item for export in to_export(issue) for item in export())])

    return once("large", made, tmp_path_factory)


@pytest.fixture(scope="session")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    return play(tmp_path_factory.mktemp("history") / "repository")


@pytest.fixture(scope="session")
def demo(
    scripted: Repository, real_content: Files, schema_files: Files, theme_files: Files, brief_wording: Wording
) -> Checked:
    """The content as the history left it, with code lists."""
    codelists = {path: content for path, content in real_content.items() if path.startswith("codelists/")}
    return check(
        inputs_of({**codelists, **read_folder(scripted.content)}, schema_files, theme_files, AFTER, brief_wording)
    )


@pytest.fixture(scope="session")
def past(scripted: Repository, demo: Checked) -> Past:
    return read_past(scripted.content, demo, cache=Cache())


def without_data(
    checked: Checked, *, base_url: str = "", history: History = NO_HISTORY, packings: Iterable[str] = ()
) -> dict[str, bytes]:
    """Return every file of a site but its data, for those who look at pages only: half the work of a build."""
    return _by_path(assemble(edition(checked, base_url=base_url, history=history), [], packings=packings))


def _by_path(outputs: list[Output]) -> dict[str, bytes]:
    return {output.path: output.content for output in outputs}


def write_to(folder: Path, outputs: Mapping[str, bytes]) -> Path:
    """Write outputs below a folder, for the tools that read files."""
    for path, content in outputs.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return folder
