"""Owns what build.py promises, seen by running it in small checkouts of its own; knows nothing of the site.

No network is needed: the lock files list nothing, or a package that pip is not allowed to look for.
"""

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BIN = "Scripts" if sys.platform == "win32" else "bin"
SUFFIX = ".exe" if sys.platform == "win32" else ""

# A program that says how it was called and ends with the code it is told.
PROGRAM = """\
import sys
print("program", *sys.argv[1:])
sys.exit(int(sys.argv[-1]) if sys.argv[-1].isdigit() else 0)
"""

# Stands in for pytest, so that no package has to be installed.
TEST_PROGRAM = """\
import sys
print("tests", *sys.argv[1:])
"""

UNKNOWN_PACKAGE = f"no-such-package-of-ours==1.0 --hash=sha256:{'0' * 64}\n"


class Checkout:
    """A folder with build.py, lock files that list nothing, and a program that says how it was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.venv = folder / ".venv"
        self.stamp = self.venv / "stamp.json"
        self.log = folder / ".venv.log"
        self.run_lock = folder / "requirements.lock"
        self.test_lock = folder / "requirements-test.lock"

    @classmethod
    def lay_out(cls, folder: Path) -> "Checkout":
        checkout = cls(folder)
        (folder / "site_builder").mkdir(parents=True)
        shutil.copy(ROOT / "build.py", folder)
        checkout.run_lock.write_text("# nothing\n", encoding="utf-8")
        checkout.test_lock.write_text("# nothing for the tests\n", encoding="utf-8")
        (folder / "site_builder" / "__init__.py").touch()
        (folder / "site_builder" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
        (folder / "pytest.py").write_text(TEST_PROGRAM, encoding="utf-8")
        return checkout

    def command(self, *arguments: str) -> list[str]:
        python = getattr(sys, "_base_executable", None) or sys.executable
        return [python, str(self.folder / "build.py"), *arguments]

    def start(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder.parent,
            env=os.environ | {"PIP_NO_INDEX": "1", "PYTHONUTF8": "1"} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )


@pytest.fixture
def empty(tmp_path: Path) -> Checkout:
    """A fresh clone: no environment yet."""
    return Checkout.lay_out(tmp_path / "төлөвлөгөө III")


Start = tuple[int, str, str]
"""Exit code, standard output and standard error."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checkout, list[Start]]:
    """A fresh clone after two starts at the same time."""
    checkout = Checkout.lay_out(tmp_path_factory.mktemp("made") / "Засгийн газар 3")
    starts = [
        subprocess.Popen(
            checkout.command("check", name),
            env=os.environ | {"PIP_NO_INDEX": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for name in ("one", "two")
    ]
    outputs = [start.communicate(timeout=120) for start in starts]
    return checkout, [(start.returncode, *output) for start, output in zip(starts, outputs, strict=True)]


@pytest.fixture(scope="module")
def kept(begun: tuple[Checkout, list[Start]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the environment that the first starts made: a copy takes a tenth of what making one takes."""
    return Path(shutil.copytree(begun[0].venv, tmp_path_factory.mktemp("kept") / "venv", symlinks=True))


@pytest.fixture
def made(begun: tuple[Checkout, list[Start]]) -> Checkout:
    """A checkout whose environment is made."""
    return begun[0]


@pytest.fixture
def breakable(made: Checkout, kept: Path) -> Iterator[Checkout]:
    """The same for a test that breaks it: the copy takes the place of what is left."""
    before = made.run_lock.read_text(encoding="utf-8")
    yield made
    made.run_lock.write_text(before, encoding="utf-8")
    shutil.rmtree(made.venv, ignore_errors=True)
    shutil.copytree(kept, made.venv, symlinks=True)


def without(module: str, folder: Path) -> dict[str, str]:
    """Return the setting that keeps a Python from having one of its modules."""
    (folder / f"{module}.py").write_text("raise ImportError('not packaged')\n", encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


def made_anew(run: "subprocess.CompletedProcess[str]") -> bool:
    return "Making the environment." in run.stderr


def one_sentence(text: str) -> bool:
    """One line, one full stop at its end; the dots inside paths and versions do not count."""
    return text.count("\n") == 1 and text.endswith(".\n") and ". " not in text


def test_two_starts_at_the_same_time_make_one_environment_and_the_next_start_runs_at_once(
    begun: tuple[Checkout, list[Start]],
) -> None:
    checkout, starts = begun
    assert [(code, stdout) for code, stdout, _ in starts] == [(0, "program check one\n"), (0, "program check two\n")]
    told = "".join(stderr for _, _, stderr in starts)
    assert told.count("Making the environment.") == 1
    assert re.search(r"^Environment ready in \d+ s\.$", told, re.MULTILINE)
    assert not checkout.log.exists()

    again = checkout.start("check")
    assert (again.returncode, again.stdout, again.stderr) == (0, "program check\n", "")


@pytest.mark.parametrize(
    ("arguments", "called"),
    [
        ([], "program build\n"),
        (["--lang", "mn"], "program build --lang mn\n"),
        (["--help"], "program --help\n"),
        (["build", "--out", "my site"], "program build --out my site\n"),
        (["serve"], "program serve\n"),
    ],
)
def test_without_a_command_it_builds(made: Checkout, arguments: list[str], called: str) -> None:
    assert made.start(*arguments).stdout == called


def test_the_exit_code_of_the_program_is_passed_on(made: Checkout) -> None:
    assert made.start("check", "2").returncode == 2


def change_the_lock(checkout: Checkout) -> None:
    checkout.run_lock.write_text("# nothing, in other words\n", encoding="utf-8")


def lose_the_stamp(checkout: Checkout) -> None:
    checkout.stamp.unlink()


def kill_the_python(checkout: Checkout) -> None:
    python = checkout.venv / BIN / f"python{SUFFIX}"
    python.unlink()
    python.write_text("this is no program\n", encoding="utf-8")
    python.chmod(0o755)


@pytest.mark.parametrize("damage", [change_the_lock, lose_the_stamp, kill_the_python])
def test_an_environment_that_no_longer_fits_is_made_anew(
    breakable: Checkout, tmp_path: Path, damage: Callable[[Checkout], None]
) -> None:
    # where there is no venv module, the first thing that making needs, it says so and takes no time
    missing = without("venv", tmp_path)
    assert breakable.start(**missing).returncode == 0
    damage(breakable)
    refused = breakable.start(**missing)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "has no venv module" in refused.stderr


def test_a_renewed_environment_has_nothing_of_the_old_one_and_works(breakable: Checkout) -> None:
    leftover = breakable.venv / "leftover"
    leftover.touch()
    change_the_lock(breakable)
    kill_the_python(breakable)

    renewed = breakable.start()
    assert (renewed.returncode, renewed.stdout) == (0, "program build\n")
    assert made_anew(renewed)
    assert not leftover.exists()
    assert json.loads(breakable.stamp.read_text(encoding="utf-8"))["folder"] == str(breakable.folder)
    assert breakable.start().stderr == ""


def test_the_tests_add_to_the_environment_and_a_build_leaves_them_there(made: Checkout) -> None:
    made.start()
    leftover = made.venv / "leftover"
    leftover.touch()

    tests = made.start("test", "-k", "dates")
    assert (tests.returncode, tests.stdout) == (0, "tests -k dates\n")
    assert "Installing the packages of requirements-test.lock" in tests.stderr
    assert leftover.exists()

    assert made.start().stderr == ""
    assert made.start("test").stderr == ""


def test_a_test_lock_that_cannot_be_installed_leaves_the_build_working(made: Checkout) -> None:
    made.start()
    stamp = json.loads(made.stamp.read_text(encoding="utf-8"))
    stamp.pop("requirements-test.lock", None)  # as if the tests had never been run
    made.stamp.write_text(json.dumps(stamp), encoding="utf-8")
    before = made.test_lock.read_text(encoding="utf-8")
    made.test_lock.write_text(UNKNOWN_PACKAGE, encoding="utf-8")
    try:
        assert made.start("test").returncode == 1
        again = made.start()
        assert (again.returncode, again.stderr) == (0, "")
    finally:
        made.test_lock.write_text(before, encoding="utf-8")


def test_a_failed_installation_is_one_sentence_and_leaves_nothing(empty: Checkout) -> None:
    empty.run_lock.write_text(UNKNOWN_PACKAGE, encoding="utf-8")

    failed = empty.start()
    assert (failed.returncode, failed.stdout) == (1, "")
    reason = failed.stderr.splitlines(keepends=True)[-1]
    assert one_sentence(reason)
    assert "check the network connection" in reason
    assert str(empty.log) in reason
    assert "no-such-package-of-ours" in empty.log.read_text(encoding="utf-8")
    assert not empty.venv.exists()


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_the_venv_module_is_told_what_to_install(empty: Checkout, tmp_path: Path, module: str) -> None:
    refused = empty.start(**without(module, tmp_path))
    assert refused.returncode == 1
    assert one_sentence(refused.stderr)
    assert f"'sudo apt install python3.{sys.version_info[1]}-venv'" in refused.stderr
    assert not empty.venv.exists()


def test_a_missing_lock_file_is_one_sentence(empty: Checkout) -> None:
    empty.run_lock.unlink()
    refused = empty.start()
    assert (refused.returncode, refused.stderr) == (
        1,
        "requirements.lock is missing; get it back with: git checkout -- requirements.lock\n",
    )


# ---- the files beside it


def locked(name: str) -> dict[str, str]:
    """Package and version with its marker, as a lock file lists them."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==([^\\]+?) *\\$", text, re.MULTILINE))


def test_the_test_lock_only_adds_to_the_other() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-test.lock").items()


def test_the_lock_files_serve_every_platform_and_check_every_package() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert {"colorama", "tzdata"} <= locked(name).keys()
        blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
        # a package may stand there twice, for an older and a newer Python
        assert {block.partition("==")[0] for block in blocks} == locked(name).keys()
        assert [block for block in blocks if "--hash=sha256:" not in block] == []
        assert "://" not in text


def test_the_lock_files_have_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = project["dependencies"]
    for name, requirements in (
        ("requirements.lock", needed),
        ("requirements-test.lock", needed + project["optional-dependencies"]["test"]),
    ):
        names = {re.split(r"[><=!;\[ ]", requirement)[0].lower() for requirement in requirements}
        assert names <= locked(name).keys()


def test_build_py_can_be_read_by_a_python_that_is_too_old() -> None:
    """Its syntax is that of 3.6, so that an old Python gets as far as the sentence about its age."""
    text = (ROOT / "build.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 6))
    assert "from __future__" not in text
