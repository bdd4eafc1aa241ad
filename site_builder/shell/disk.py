"""Owns every reading and writing of files: nothing leaves the tree, nothing published is lost."""

from __future__ import annotations

import errno
import glob
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from site_builder.nouns.output import Output
from site_builder.shell.held import held, is_held
from site_builder.shell.new_files import write_files
from site_builder.shell.refusal import FolderRefused as FolderRefused

OWN_MARK = "build.json"
"""File by which a folder is known as made by this program."""
IGNORED = frozenset({"__pycache__", "Thumbs.db", "desktop.ini"})
GENERATOR = b'"generator": "open-action-plan '
"""What stands in that file."""


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder by path with forward slashes, sorted; hidden files are left out.

    A link that leads out of the folder or nowhere is refused, and so is what cannot be read: nothing is left out
    in silence.
    """
    if not folder.is_dir():
        raise FolderRefused("no_folder", place=folder)
    try:
        return _files(folder, folder.resolve())
    except (OSError, RuntimeError) as error:
        raise refused(folder, error) from error


def is_content(name: str) -> bool:
    """Whether a file or folder of this name belongs to a content: not what is hidden or left behind by an editor."""
    return not (_is_passed_over(name) or name.endswith("~"))


def refused(folder: Path, error: Exception) -> FolderRefused:
    """Return the refusal of a folder for what the system says of it."""
    reason = getattr(error, "strerror", None) or error
    return FolderRefused("system", place=getattr(error, "filename", None) or folder, why=reason)


def _files(folder: Path, root: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    above = len(root.as_posix().rstrip("/")) + 1
    for entry in below(root):
        path = entry.path[above:]
        if entry.is_symlink():
            _refuse_link(folder, root, path)
        if is_content(entry.name) and entry.is_file():
            files[_utf8(path.replace(os.sep, "/"))] = Path(entry.path).read_bytes()
    return dict(sorted(files.items()))


def below(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    """Yield every file and link below a folder, folder by folder in order; links are not followed.

    What is hidden, and folders that programs leave behind, are passed over.
    """
    with os.scandir(folder) as found:
        entries = sorted((entry for entry in found if not _is_passed_over(entry.name)), key=lambda entry: entry.name)
    folders: list[str] = []
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            folders.append(entry.path)
        else:
            yield entry
    for path in folders:
        yield from below(path)


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name in IGNORED


def _refuse_link(folder: Path, root: Path, path: str) -> None:
    """Refuse a link, unless it leads to a file below the folder."""
    if not is_content(Path(path).name):
        return
    link = root / path
    if link.is_dir():
        raise FolderRefused("linked_folder", place=path)
    if not link.resolve().is_relative_to(root):
        raise FolderRefused("link_out", place=path, folder=folder.name)
    if not link.exists():
        raise FolderRefused("link_nowhere", place=path)


def _utf8(name: str) -> str:
    """Return a file name whose bytes are no UTF-8 with signs of replacement, so that it can be shown."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def replace_folder(folder: Path, outputs: Iterable[Output]) -> None:
    """Write all outputs beside `folder`, then put them in its place."""
    with replaced(folder) as aside:
        write_files(aside, outputs)


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Give a new folder beside `folder` that takes its place in the end; what stood there stays until then.

    A folder that was not made by this program is never replaced.
    """
    try:
        yield from _replaced(folder)
    except OSError as error:
        raise refused(folder, error) from error


def check_replaceable(folder: Path, *, read_from: Iterable[Path] = ()) -> None:
    """Refuse a folder in whose place no site can be put; worth asking before a site is made.

    A site among what it is made of would be read with it the next time.
    """
    try:
        _check_replaceable(folder)
        for read in read_from:
            if folder.resolve().is_relative_to(read.resolve()):
                raise FolderRefused("among_read", place=folder, folder=read)
    except OSError as error:  # a name can be too long to ask for it, a folder above closed
        raise refused(folder, error) from error


def _check_replaceable(folder: Path) -> None:
    if folder.name in ("", os.pardir):  # by such a name nothing can be renamed, and nothing put beside it
        raise FolderRefused("no_name", place=folder)
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise FolderRefused("not_a_folder", place=folder)
    if folder.exists() and not _is_own(folder) and any(folder.iterdir()):
        raise FolderRefused("not_ours", place=folder)
    above = next(parent for parent in folder.parents if parent.exists())
    if not above.is_dir():
        raise FolderRefused("not_a_folder", place=above)
    if not os.access(above, os.W_OK):
        raise FolderRefused("system", place=above, why=os.strerror(errno.EACCES))


def _replaced(folder: Path) -> Iterator[Path]:
    recover(folder)
    check_replaceable(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
    try:
        with held(aside):
            yield aside
            aside.chmod(0o755)
            _swap(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _is_own(folder: Path) -> bool:
    """Whether a folder was made by this program: its build notes say so."""
    notes = folder / OWN_MARK
    return notes.is_file() and GENERATOR in notes.read_bytes()


def write_file(path: Path, content: bytes) -> None:
    """Write one file whole: aside first, then in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    aside.write_bytes(content)
    aside.replace(path)


def rewrite_file(path: Path, content: bytes) -> None:
    """Write a file that is there again, whole and with its permissions; never through a link."""
    if path.is_symlink() or not path.is_file():
        raise FolderRefused("no_own_file", place=path)
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(content)
        shutil.copymode(path, aside)
        aside.replace(path)
    except OSError as error:
        raise refused(path, error) from error
    finally:
        aside.unlink(missing_ok=True)


def add_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Add files to a folder: all are written aside first, then put in place; none that exists is touched.

    When one cannot be put in place, those that were are taken away again.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.add-", dir=folder.parent))
    placed: list[Path] = []
    try:
        write_files(aside, (Output(path, content) for path, content in files.items()))
        for path in files:
            target = folder.joinpath(*path.split("/"))
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists() or target.is_symlink():
                raise FolderRefused("file_there", place=target)
            aside.joinpath(*path.split("/")).rename(target)
            placed.append(target)
    except BaseException:
        for target in placed:
            target.unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def put_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put files into a folder, new ones and changed ones: all are written aside first, then put in place.

    When one cannot be put in place, those that were are taken away again and what stood there comes back.
    """
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.put-", dir=folder.parent))
    placed: list[tuple[Path, Path]] = []
    try:
        write_files(aside / "new", (Output(path, content) for path, content in files.items()))
        for path in files:
            target, before = folder.joinpath(*path.split("/")), (aside / "old").joinpath(*path.split("/"))
            if target.is_symlink() or (target.exists() and not target.is_file()):
                raise FolderRefused("no_file", place=target)
            target.parent.mkdir(parents=True, exist_ok=True)
            before.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                target.rename(before)
            placed.append((target, before))
            (aside / "new").joinpath(*path.split("/")).rename(target)
    except BaseException:
        for target, before in reversed(placed):
            target.unlink(missing_ok=True)
            if before.exists():
                before.rename(target)
        raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _swap(aside: Path, folder: Path) -> None:
    """Put the new folder in place of the old one by two renames."""
    old = _old(folder)
    if folder.exists():
        folder.rename(old)
    try:
        aside.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path) -> None:
    """Bring back what an earlier run, killed between its two renames, left under another name."""
    old = _old(folder)
    if old.exists():
        if folder.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(folder)
    for left in folder.parent.glob(f".{glob.escape(folder.name)}.new-*"):
        if not is_held(left):  # another build may be at work
            shutil.rmtree(left, ignore_errors=True)


def _old(folder: Path) -> Path:
    return folder.parent / f".{folder.name}.old"
