"""Nothing that was published is lost: not by a mistake, not by a kill, not by a wrong folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from site_builder.nouns.output import Output
from site_builder.shell.cli import main
from site_builder.shell.disk import (
    FolderRefused,
    check_replaceable,
    put_files,
    read_folder,
    recover,
    replace_folder,
    replaced,
)
from site_builder.shell.new_files import NewFolder, write_files

OLD = [Output("build.json", b'{"generator": "open-action-plan 0"}'), Output("en/index.html", b"old")]
NEW = [Output("build.json", b'{"generator": "open-action-plan 0"}'), Output("en/index.html", b"new")]

SLOW_WRITER = """
import sys, time
from pathlib import Path
from site_builder.nouns.output import Output
from site_builder.shell.disk import replace_folder

def outputs():
    yield Output("build.json", b'{"generator": "open-action-plan 0"}')
    for number in range(10_000):
        yield Output(f"en/{number}.html", b"new")
        print(number, flush=True)
        time.sleep(0.01)

replace_folder(Path(sys.argv[1]), outputs())
"""


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    site = tmp_path / "_site"
    replace_folder(site, [*OLD, Output("en/gone.html", b"old")])
    replace_folder(site, NEW)
    assert files(site) == {"build.json": b'{"generator": "open-action-plan 0"}', "en/index.html": b"new"}
    assert [path.name for path in tmp_path.iterdir()] == ["_site"]


def test_a_build_killed_while_writing_leaves_the_old_site(tmp_path: Path, root: Path) -> None:
    site = tmp_path / "_site"
    replace_folder(site, OLD)
    writer = subprocess.Popen(
        [sys.executable, "-c", SLOW_WRITER, str(site)], cwd=root, stdout=subprocess.PIPE, env={**os.environ}
    )
    assert writer.stdout is not None
    for _ in range(20):
        writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert files(site) == {"build.json": b'{"generator": "open-action-plan 0"}', "en/index.html": b"old"}
    replace_folder(site, NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["_site"], "what the killed build left is cleared away"


def test_a_build_killed_between_the_two_renames_is_mended_by_the_next(tmp_path: Path) -> None:
    site = tmp_path / "_site"
    replace_folder(site, OLD)
    site.rename(tmp_path / "._site.old")
    recover(site)
    assert files(site)["en/index.html"] == b"old"


def test_an_error_while_writing_leaves_the_old_site(tmp_path: Path) -> None:
    site = tmp_path / "_site"
    replace_folder(site, OLD)
    with pytest.raises(FolderRefused):
        replace_folder(
            site, [Output("build.json", b'{"generator": "open-action-plan 0"}'), Output("../outside.html", b"new")]
        )
    assert files(site)["en/index.html"] == b"old"
    assert not (tmp_path / "outside.html").exists()


@pytest.mark.parametrize("path", ["../a", "a/../../b", "/a", "a//b", "a/", ".", "a/.", "..", ""])
def test_a_path_that_is_more_than_names_is_refused(path: str, tmp_path: Path) -> None:
    with pytest.raises(FolderRefused):
        write_files(tmp_path / "site", [Output(path, b"new")])
    assert not files(tmp_path)


@pytest.mark.parametrize("path", ["a.html", "en/a.html"])
def test_a_new_file_is_written_neither_through_a_link_nor_over_another(path: str, tmp_path: Path) -> None:
    elsewhere, site = tmp_path / "elsewhere", tmp_path / "site"
    for folder in (elsewhere, site):
        folder.mkdir()
    (elsewhere / "a.html").write_bytes(b"old")
    (site / "en").symlink_to(elsewhere)
    (site / "a.html").symlink_to(elsewhere / "a.html")
    with pytest.raises(FileExistsError):
        write_files(site, [Output(path, b"new")])
    assert (elsewhere / "a.html").read_bytes() == b"old"


def test_a_folder_that_is_not_ours_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FolderRefused):
        replace_folder(tmp_path, NEW)
    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_link_that_leads_out_of_the_tree_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    content = tmp_path / "content"
    content.mkdir()
    (content / "site.yaml").symlink_to(secret)
    with pytest.raises(FolderRefused):
        read_folder(content)


def test_hidden_files_are_left_out_and_the_order_is_fixed(tmp_path: Path) -> None:
    for name in ("b.yaml", "a.yaml", ".hidden", "a.yaml~"):
        (tmp_path / name).write_text(name)
    assert list(read_folder(tmp_path)) == ["a.yaml", "b.yaml"]


def test_files_are_put_in_place_all_or_none(tmp_path: Path) -> None:
    content = tmp_path / "content"
    (content / "b").mkdir(parents=True)
    (content / "a.csv").write_bytes(b"old")
    put_files(content, {"a.csv": b"new", "c/d.csv": b"more"})
    assert files(tmp_path) == {"content/a.csv": b"new", "content/c/d.csv": b"more"}
    with pytest.raises(FolderRefused):
        put_files(content, {"a.csv": b"newer", "e.csv": b"other", "b": b"a folder is there"})
    assert files(tmp_path) == {"content/a.csv": b"new", "content/c/d.csv": b"more"}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("check", "--content", "nowhere", "--lang", "mn"), "nowhere: ийм хавтас алга."),
        (("check", "--as-of", "2026.01.01", "--lang", "mn"), "'2026.01.01' нь өдөр биш"),
        (("build", "--base-url", "site", "--lang", "mn"), "хаяг https:// эсвэл http:// гэж эхлэх ёстой"),
        (
            ("import-ogp", "pyproject.toml", "--country", "X", "--plan-name", "three", "--messages", "mn"),
            "'three' нь nap3=3",
        ),
        (("check", "--previous", "http://example.org/", "--lang", "mn"), "хаяг https:// гэж эхлэх ёстой"),
        (("release", "--kind", "correction", "--lang", "mn"), "Залруулгад --reason хэрэгтэй"),
    ],
)
def test_a_wrong_call_is_answered_in_the_language_that_was_asked_for(call: tuple[str, ...], said: str) -> None:
    answer = CliRunner().invoke(main, list(call))
    assert answer.exit_code == 2 and said in answer.output, answer.output


TWO_AT_ONCE = """
import sys
from pathlib import Path
from site_builder.nouns.output import Output
from site_builder.shell.disk import replaced
from site_builder.shell.new_files import NewFolder

with replaced(Path(sys.argv[1])) as aside:
    NewFolder(aside).write([Output("build.json", b'{"generator": "open-action-plan 0"}')])
    print("begun", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no folder can be held there")
def test_what_a_build_is_writing_is_not_cleared_away_by_another_one(tmp_path: Path, root: Path) -> None:
    site = tmp_path / "_site"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    first = subprocess.Popen([sys.executable, "-c", TWO_AT_ONCE, str(site)], cwd=root, **pipes)
    assert first.stdout is not None
    assert first.stdout.readline().strip() == b"begun"
    replace_folder(site, NEW)
    assert files(site)["en/index.html"] == b"new"
    first.communicate(timeout=30)
    assert first.returncode == 0
    assert [*files(site)] == ["build.json"], "the one that ends last stands"
    assert [path.name for path in tmp_path.iterdir()] == ["_site"]


def test_only_what_builds_of_the_same_folder_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / "._site.new-abc").mkdir()
    replace_folder(tmp_path / "*", NEW)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["*", "._site.new-abc"]


def test_files_that_are_still_written_after_the_others_were_taken_away_do_not_look_like_a_site(tmp_path: Path) -> None:
    site = tmp_path / "_site"
    replace_folder(site, OLD)
    with pytest.raises(FolderRefused), replaced(site) as aside:
        NewFolder(aside).write(NEW)
        shutil.rmtree(aside)
        NewFolder(aside).write([Output("mn/index.html", b"new")])
    assert files(site)["en/index.html"] == b"old"


@pytest.mark.parametrize("name", [".", "", "..", "a" * 300, "content", "content/site", "theme/x/y"])
def test_a_place_where_no_site_can_stand_is_refused_in_a_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("content", "theme", "empty"):
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    out = Path(name) if len(name) < 3 else tmp_path / name
    with pytest.raises(FolderRefused):
        check_replaceable(out, read_from=[tmp_path / "content", tmp_path / "theme"])
    check_replaceable(tmp_path / "content-site", read_from=[tmp_path / "content"])
