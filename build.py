#!/usr/bin/env python3
"""Owns the environment `.venv` and hands over to the program in it; knows nothing of plans, pages or data.

    python3 build.py [COMMAND] [OPTIONS]   the commands of site_builder; without one, `build`
    python3 build.py test [OPTIONS]        the test suite and what it needs; the options are pytest's
    python3 build.py lock [--upgrade]      renews the lock files from pyproject.toml (for maintainers)

It needs nothing but Python 3.11 or newer. Paths in options are read from the folder this file is in.
"""

import sys

# Stands before everything that an older Python could stumble over; the syntax of the file is 3.6's.
if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "This program needs Python 3.11 or newer, and this is Python "
        f"{sys.version_info[0]}.{sys.version_info[1]}: install a newer one and start build.py with it, "
        "for example: python3.11 build.py"
    )

import hashlib
import importlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NoReturn

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "Scripts" / "python.exe" if sys.platform == "win32" else VENV / "bin" / "python"
STAMP = VENV / "stamp.json"  # written last: without it the environment counts as half made
LOG = ROOT / ".venv.log"  # what venv and pip printed; kept only when they failed
MUTEX = ROOT / ".venv.lock"  # held while the environment is being made

RUN_LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"  # the same versions as RUN_LOCK, and what only the tests need

# Settings of pip that would install into another place than the environment.
ELSEWHERE = ("PIP_PREFIX", "PIP_ROOT", "PIP_TARGET", "PIP_USER")


class Stop(Exception):
    """A reason to stop that the person at the keyboard can do something about, in one sentence."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# ---- what there is, and what there should be


def wanted(lock_name: str) -> dict[str, str]:
    """What the stamp has to say for `lock_name` to count as installed."""
    names = [RUN_LOCK] if lock_name == RUN_LOCK else [RUN_LOCK, TEST_LOCK]
    return {"python": sys.version, "folder": str(ROOT), **{name: digest(name) for name in names}}


def digest(lock_name: str) -> str:
    try:
        return hashlib.sha256((ROOT / lock_name).read_bytes()).hexdigest()
    except FileNotFoundError:
        raise Stop(f"{lock_name} is missing; get it back with: git checkout -- {lock_name}") from None


def stamped() -> dict[str, str]:
    """What the environment was made from; empty when it is half made or there is none."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_ready(lock_name: str) -> bool:
    return wanted(lock_name).items() <= stamped().items() and is_alive()


def is_alive() -> bool:
    """Whether the environment's Python still starts, and is the one that runs this file.

    An upgrade of the system can leave a link to nothing, or a link to another version.
    """
    command = [str(PYTHON), "-I", "-S", "-c", "import sys; print(sys.version)"]
    try:
        answer = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.strip() == sys.version.strip()


# ---- making it


def make_ready(lock_name: str) -> None:
    """Leaves an environment with what `lock_name` lists, or the state before and a Stop."""
    if is_ready(lock_name):
        return
    with alone() as mutex:
        if is_ready(lock_name):  # another start has made it while this one waited
            return
        begun = time.monotonic()
        before = stamped()
        LOG.unlink(missing_ok=True)
        # The test lock has the same versions as the other: it only adds to an environment that is in order.
        adds = lock_name == TEST_LOCK and TEST_LOCK not in before and is_ready(RUN_LOCK)
        try:
            if adds:
                STAMP.unlink()
            else:
                make_empty(mutex)
            install(lock_name, mutex)
        except BaseException:
            if adds:
                write_stamp(before)
            else:
                remove(VENV)
            raise
        write_stamp(wanted(lock_name))
        LOG.unlink(missing_ok=True)
        say(f"Environment ready in {time.monotonic() - begun:.0f} s.")


def make_empty(mutex: BinaryIO) -> None:
    """An environment with pip and nothing else."""
    try:
        for module in ("venv", "ensurepip"):
            importlib.import_module(module)
    except ImportError:
        raise Stop(
            f"This Python ({sys.executable}) has no venv module; on Debian or Ubuntu install it with "
            f"'sudo apt install python3.{sys.version_info[1]}-venv', then run the same command again."
        ) from None
    remove(VENV)
    # Started from inside an environment, perhaps this very one, the Python below it is the one to build on.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if run([base, "-m", "venv", str(VENV)], mutex, caption="Making the environment") != 0:
        raise Stop(f"Python could not make an environment in {VENV}; what it said is in {LOG}.")


def install(lock_name: str, mutex: BinaryIO) -> None:
    """Installs exactly the listed versions, each checked against its hash; none needs a compiler."""
    lines = (ROOT / lock_name).read_text(encoding="utf-8").splitlines()
    total = sum(1 for line in lines if line[:1].isalnum())
    caption = f"Installing the packages of {lock_name} ({total})"
    options = ["--require-hashes", "--no-deps", "--only-binary=:all:"]
    quiet = ["--no-input", "--disable-pip-version-check", "--no-color", "--progress-bar=off"]
    pip = [str(PYTHON), "-I", "-m", "pip", "install", *options, *quiet]
    if run([*pip, "-r", str(ROOT / lock_name)], mutex, caption=caption) == 0:
        return
    if "DO NOT MATCH THE HASHES" in LOG.read_text(encoding="utf-8", errors="replace"):
        raise Stop(
            f"A downloaded package is not the one that {lock_name} names, so nothing was installed: "
            f"try again later or over another network, and report it if it stays; what pip said is in {LOG}."
        )
    raise Stop(
        "The packages could not be downloaded and installed: check the network connection (and the proxy, "
        f"if there is one) and run the same command again; what pip said is in {LOG}."
    )


def write_stamp(stamp: dict[str, str]) -> None:
    STAMP.write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")


def remove(folder: Path) -> None:
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


# ---- other processes


@contextmanager
def alone() -> Iterator[BinaryIO]:
    """Holds the right to change the environment; the system takes it back when the last holder ends."""
    with MUTEX.open("ab") as mutex:
        told = False
        while not taken(mutex):
            if not told:
                say("Another start is making the environment; waiting for it.")
                told = True
            time.sleep(0.2)
        yield mutex


def taken(mutex: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            mutex.seek(0)
            msvcrt.locking(mutex.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(mutex, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def run(command: list[str], mutex: BinaryIO, *, caption: str) -> int:
    """The exit code of `command`; its output goes to LOG, its progress to a terminal.

    The child holds the mutex too: should this process be killed, no other start meddles with its child.
    """
    live = sys.stderr.isatty() and not os.environ.get("CI")
    if not live:
        say(f"{caption}.")
    environment = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    shared = () if sys.platform == "win32" else (mutex.fileno(),)
    begun = time.monotonic()
    with LOG.open("ab") as log, subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, pass_fds=shared
    ) as child:
        try:
            while child.poll() is None:
                if live:
                    show(caption, seconds=time.monotonic() - begun)
                time.sleep(0.1)
        except BaseException:
            child.kill()
            raise
        finally:
            if live:
                print("\r" + " " * 79, end="\r", file=sys.stderr, flush=True)
    return child.returncode


def show(caption: str, *, seconds: float) -> None:
    """One line, written over itself; pip names each package once with the list it came from."""
    done = LOG.read_text(encoding="utf-8", errors="replace").count("(from -r ")
    line = f"{caption}: {f'{done} done, ' if done else ''}{seconds:.0f} s"
    print(f"\r{line[:79]:<79}", end="", file=sys.stderr, flush=True)


def hand_over(arguments: list[str]) -> NoReturn:
    """Runs the environment's Python in place of this one; its exit code is ours."""
    command = [str(PYTHON), *arguments]
    if sys.platform == "win32":
        # There exec gives the prompt back before the program has ended. Ctrl-C is for the program to answer.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


# ---- the commands


def lock(options: list[str]) -> int:
    """Renews both lock files; the test lock comes first, so that the other can keep to its versions."""
    make_ready(TEST_LOCK)
    compiler = [str(PYTHON), "-m", "uv", "pip", "compile", "pyproject.toml", "--quiet", "--universal"]
    compiler += ["--generate-hashes", "--python-version", "3.11"]
    compiler += ["--custom-compile-command", "python3 build.py lock", *options]
    for name, extra in ((TEST_LOCK, ["--extra", "test"]), (RUN_LOCK, ["--constraint", TEST_LOCK])):
        if subprocess.call([*compiler, *extra, "--output-file", name]) != 0:
            raise Stop(f"{name} could not be renewed; the reason stands above.")
    say(f"{RUN_LOCK} and {TEST_LOCK} are renewed: look at the difference and commit both.")
    return 0


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    command, *options = arguments or ["build"]
    if command == "lock":
        return lock(options)
    if command == "test":
        make_ready(TEST_LOCK)
        hand_over(["-m", "pytest", *options])
    make_ready(RUN_LOCK)
    means_build = command.startswith("-") and command not in ("--help", "--version")
    hand_over(["-m", "site_builder", *(["build"] if means_build else []), command, *options])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Stop as reason:
        say(str(reason))
    except OSError as error:
        say(f"The environment could not be made: {error}.")
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(130)
    sys.exit(1)
