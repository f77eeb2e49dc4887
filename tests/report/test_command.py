"""`news-etl report`, run as a user runs it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from etl.cli.exits import Exit
from tests.pages import write_stories
from tests.test_cli import run


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two stories, loaded into news.db. The tests write beside them only."""
    folder = tmp_path_factory.mktemp("loaded")
    write_stories(folder / "pages", 2)
    assert run("load", "pages", "--in-process", cwd=folder).returncode == Exit.DONE
    return folder


def test_it_writes_the_page_and_says_where(loaded: Path) -> None:
    done = run("report", cwd=loaded)
    assert (done.returncode, done.stderr) == (Exit.DONE, "")
    assert re.fullmatch(r"report\.html: \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d, \d+ kB\n", done.stdout)
    assert (loaded / "report.html").read_text("utf-8").startswith("<!doctype html>")
    assert sorted(path.name for path in loaded.glob("*.part")) == []


def test_a_page_is_written_to_standard_output_too_and_twice_the_same(loaded: Path) -> None:
    first, second = (run("report", "-o", "-", "--until", "2030-01-01", cwd=loaded).stdout for _ in range(2))
    assert (first[:15], first[-8:], first == second) == ("<!doctype html>", "</html>\n", True)


def test_a_schema_without_rows_gives_a_page(tmp_path: Path) -> None:
    assert run("db", "upgrade", cwd=tmp_path).returncode == Exit.DONE
    done = run("report", "-o", "-", cwd=tmp_path)
    assert (done.returncode, "Nothing has been loaded" in done.stdout) == (Exit.DONE, True)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--time-zone", "Mars/Olympus"], "Mars/Olympus is no time zone; expected a name as Europe/Berlin"),
        (["--time-zone", "../etc/passwd"], "is no time zone"),
        (["--since", "2030-01-02", "--until", "2030-01-01"], "--since 2030-01-02 is after 2030-01-01"),
        (["--since", "yesterday"], "yesterday"),
        (["--publisher", "nowhere.example"], "no article of a publisher nowhere.example is in the database"),
        (["-o", "missing/report.html"], "missing/report.html cannot be written: No such file or directory"),
        (["-o", "pages"], "pages cannot be written: Is a directory"),
    ],
)
def test_what_cannot_be_done_as_asked_is_told(loaded: Path, options: list[str], told: str) -> None:
    done = run("report", *options, cwd=loaded)
    assert (done.returncode, done.stdout) == (Exit.USAGE, "")
    assert told in " ".join(done.stderr.replace("│", " ").split())


def test_without_a_database_it_says_what_makes_one(tmp_path: Path) -> None:
    done = run("report", cwd=tmp_path)
    assert (done.returncode, "news-etl load" in done.stderr) == (Exit.FAILED, True)


def test_without_the_extra_it_names_it(loaded: Path) -> None:
    (loaded / "hiding").mkdir()
    (loaded / "hiding" / "altair.py").write_text("raise ImportError", "utf-8")
    root = str(Path(__file__).parents[2])
    done = run("report", cwd=loaded, env={"PYTHONPATH": f"{loaded / 'hiding'}:{root}"})
    assert (done.returncode, "pip install 'news-etl[report]'" in done.stderr) == (Exit.USAGE, True)
