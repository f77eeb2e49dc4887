"""An export stands in its folder whole, or not at all, and never in the place of anything else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from etl.errors import UsageError
from etl.export.place import new_folder

KILLED = """
import os, signal, sys
from pathlib import Path
from etl.export.place import new_folder
with new_folder(Path(sys.argv[1]), replace=False) as place:
    (place / "datapackage.json").write_text("{}")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def write(folder: Path, text: str, *, replace: bool = False) -> None:
    with new_folder(folder, replace=replace) as place:
        (place / "datapackage.json").write_text(text, "utf-8")


def read(folder: Path) -> str:
    return (folder / "datapackage.json").read_text("utf-8")


def test_a_new_and_an_empty_folder_are_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for name in ("new", "empty"):
        write(tmp_path / name, name)
    assert {path.name: read(path) for path in tmp_path.iterdir()} == {"new": "new", "empty": "empty"}


def test_an_export_is_replaced_only_when_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "out", "first")
    with pytest.raises(UsageError, match="replace it with --replace"):
        write(tmp_path / "out", "second")
    assert read(tmp_path / "out") == "first"
    write(tmp_path / "out", "third", replace=True)
    assert (read(tmp_path / "out"), len(list(tmp_path.iterdir()))) == ("third", 1)


@pytest.mark.parametrize("replace", [False, True])
def test_a_folder_of_other_things_is_never_replaced(tmp_path: Path, replace: bool) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "to-mother.txt").write_text("Dear mother", "utf-8")
    with pytest.raises(UsageError, match="something else than an export"):
        write(tmp_path / "letters", "export", replace=replace)
    assert [path.name for path in (tmp_path / "letters").iterdir()] == ["to-mother.txt"]


def test_a_file_a_link_and_a_place_in_no_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    for name, words in (("file", "no folder"), ("link", "this is a link"), ("no/such", "create it first")):
        with pytest.raises(UsageError, match=words):
            write(tmp_path / name, "export")


def test_an_export_that_fails_leaves_nothing_and_keeps_what_was_there(tmp_path: Path) -> None:
    write(tmp_path / "out", "first")
    with pytest.raises(AttributeError), new_folder(tmp_path / "out", replace=True) as place:
        (place / "datapackage.json").write_bytes(None.half)  # type: ignore[attr-defined]
    assert ([path.name for path in tmp_path.iterdir()], read(tmp_path / "out")) == (["out"], "first")


def test_a_killed_export_never_looks_complete_and_the_next_clears_its_remains(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "out")]
    done = subprocess.run(command, check=False, env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])})
    assert done.returncode == -signal.SIGKILL
    (remains,) = tmp_path.iterdir()
    assert remains.name.startswith(".out.unfinished-")
    write(tmp_path / "out", "whole")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_does_not_clear_what_another_is_writing(tmp_path: Path) -> None:
    with new_folder(tmp_path / "out", replace=True) as place:
        write(tmp_path / "out", "the quicker")
        (place / "datapackage.json").write_text("the slower", "utf-8")
    assert read(tmp_path / "out") == "the slower"


def test_the_folder_is_as_open_as_others(tmp_path: Path) -> None:
    write(tmp_path / "out", "export")
    (tmp_path / "other").mkdir()
    assert (tmp_path / "out").stat().st_mode == (tmp_path / "other").stat().st_mode
