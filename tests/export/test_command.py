"""`news-etl export` as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from etl.cli.exits import Exit
from tests.pages import write_stories
from tests.test_cli import ROOT, run

WITHOUT_PYARROW = """
import sys
sys.modules["pyarrow"] = None
from etl.cli import main
main()
"""


STOPPED_HALF_WAY = """
import os, signal, sys
from etl.cli import main
from etl.export.formats.csv import CsvWriter
number = getattr(signal, sys.argv.pop())
CsvWriter.close = lambda self: os.kill(os.getpid(), number)
main()
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three stories, loaded into news.db."""
    folder = tmp_path_factory.mktemp("export")
    write_stories(folder / "pages", 3)
    assert run("load", "pages", "--in-process", cwd=folder).returncode == Exit.DONE
    return folder


def test_parquet_is_written_by_default_and_the_command_tells_what(loaded: Path) -> None:
    done = run("export", "parquet", cwd=loaded)
    assert (done.returncode, done.stderr) == (Exit.DONE, "")
    lines = done.stdout.splitlines()
    assert lines[0].split("\t") == ["table", "rows", "files", "bytes"]
    assert "articles\t3\t1" in done.stdout
    assert lines[-1].endswith(", in parquet")
    assert (loaded / "parquet" / "authors.parquet").is_file()


def test_tables_are_chosen_and_described_as_json(loaded: Path) -> None:
    done = run("export", "some", "--format", "csv", "--compress", "gzip", "--tables", "articles,tags", "--json", cwd=loaded)
    assert [json.loads(line)["table"] for line in done.stdout.splitlines()] == ["articles", "tags"]
    assert sorted(path.name for path in (loaded / "some").iterdir()) == ["articles.csv.gz", "datapackage.json", "tags.csv.gz"]


def test_an_export_that_is_there_is_kept_until_it_may_be_replaced(loaded: Path) -> None:
    assert run("export", "twice", "--format", "jsonl", "--quiet", cwd=loaded).stdout == ""
    refused = run("export", "twice", "--format", "csv", cwd=loaded)
    assert (refused.returncode, "--replace" in refused.stderr) == (Exit.USAGE, True)
    assert run("export", "twice", "--format", "csv", "--replace", cwd=loaded).returncode == Exit.DONE
    assert (loaded / "twice" / "articles.csv").is_file()


def test_a_selection_by_time_and_publisher(loaded: Path) -> None:
    options = ("--since", "2100-01-01", "--changed-since", "2024-05-01T00:00:00Z", "--publisher", "example.com")
    done = run("export", "selected", *options, "--format", "jsonl", cwd=loaded)
    assert (done.returncode, "articles\t0\t1\t0" in done.stdout) == (Exit.DONE, True)
    package = json.loads((loaded / "selected" / "datapackage.json").read_text("utf-8"))
    assert package["newsEtl"]["selection"] == {
        "since": "2100-01-01",
        "changedSince": "2024-05-01T00:00:00+00:00",
        "publisher": "example.com",
    }


def test_parquet_names_the_extra_that_it_needs_and_csv_does_without(loaded: Path) -> None:
    def without(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", WITHOUT_PYARROW, "export", *arguments]
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        return subprocess.run(command, cwd=loaded, env=env, capture_output=True, text=True, check=False)

    parquet = without("none")
    assert (parquet.returncode, "pip install 'news-etl[export]'" in parquet.stderr) == (Exit.USAGE, True)
    assert without("plain", "--format", "csv").returncode == Exit.DONE


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--compress", "gzip"), "--compress is for csv and jsonl"),
        (("--tables", "nothing"), "there is no table or view nothing"),
        (("--database", "sqlite:///none.db"), "there is no such database"),
        (("--since", "yesterday"), "does not match"),
    ],
)
def test_what_cannot_be_done_is_told_and_leaves_nothing(loaded: Path, options: tuple[str, ...], words: str) -> None:
    done = run("export", "refused", *options, cwd=loaded)
    assert (done.returncode in {Exit.USAGE, Exit.FAILED}, words in " ".join(done.stderr.split())) == (True, True)
    assert list(loaded.glob("*refused*")) == []


@pytest.mark.parametrize(("name", "status"), [("SIGTERM", Exit.TERMINATED), ("SIGINT", Exit.INTERRUPTED)])
def test_an_export_that_is_stopped_leaves_nothing(loaded: Path, name: str, status: Exit) -> None:
    command = [sys.executable, "-c", STOPPED_HALF_WAY, "export", "stopped", "--format", "csv", name]
    done = subprocess.run(command, cwd=loaded, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert (done.returncode, list(loaded.glob("*stopped*")), list(loaded.glob(".stopped*"))) == (status, [], [])
