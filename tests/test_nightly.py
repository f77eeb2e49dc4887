"""The nightly job over configured sources: what is done is passed over, what fails fails alone, each source has its account."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl.cli.exits import Exit
from etl.config import FilesSource
from etl.errors import UsageError
from etl.nightly import chosen, run_sources
from etl.pipeline import Report
from etl.settings import Settings
from tests.load.loading import rows
from tests.pages import story, write_stories
from tests.test_cli import ROOT, run

CONFIG = """
[[sources]]
name = "first"
kind = "files"
paths = ["first"]
max_rejected = "10%"
[[sources]]
name = "second"
kind = "files"
paths = ["second/*.html"]
[[sources]]
name = "off"
kind = "files"
paths = ["nowhere"]
enabled = false
"""


def source(name: str, folder: Path, limit: int | None = None) -> FilesSource:
    return FilesSource(name=name, kind="files", paths=(str(folder),), limit=limit)


def nightly(database: Engine, *sources: FilesSource) -> Report:
    url = database.url.render_as_string(hide_password=False)
    return run_sources(Settings(database=url, in_process=True, skip_done=True), sources, command="test")


def test_files_that_are_done_and_unchanged_are_passed_over(database: Engine, tmp_path: Path) -> None:
    pages = write_stories(tmp_path / "pages", 3)
    nightly(database, source("saved", pages))
    (pages / "story-0001.html").write_text(story(1, title="Council votes again on bridge number 1"), "utf-8")
    write_stories(pages, 1, first=3)
    report = nightly(database, source("saved", pages))
    assert (dict(report.progress.pages), report.progress.sources_skipped) == ({"updated": 1, "loaded": 1}, 2)


def test_a_source_with_a_limit_goes_on_where_it_stopped(database: Engine, tmp_path: Path) -> None:
    pages = write_stories(tmp_path / "pages", 5)
    for _ in range(3):
        nightly(database, source("saved", pages, limit=2))
    assert rows(database, "SELECT loaded FROM source_runs ORDER BY id") == [(2,), (2,), (1,)]


def test_a_source_that_fails_fails_alone(database: Engine, tmp_path: Path) -> None:
    pages = write_stories(tmp_path / "pages", 2)
    report = nightly(database, source("gone", tmp_path / "gone"), source("saved", pages))
    assert ([name.partition(":")[0] for name in report.progress.failed], report.status.value) == (["gone"], "succeeded")
    counted = rows(database, "SELECT name, kind, status, pages_seen, loaded FROM source_runs ORDER BY id")
    assert counted == [("gone", "files", "failed", 0, 0), ("saved", "files", "succeeded", 2, 2)]


def test_sources_are_chosen_by_name_or_by_being_enabled() -> None:
    sources = [FilesSource(name=name, kind="files", paths=("p",), enabled=name != "off") for name in ("one", "off")]
    assert [one.name for one in chosen(sources, [])] == ["one"]
    assert [one.name for one in chosen(sources, ["off", "off"])] == ["off"]
    with pytest.raises(UsageError, match="no source 'two' in the configuration; there are: one, off"):
        chosen(sources, ["two"])
    with pytest.raises(UsageError, match="no source is configured"):
        chosen([], [])


def test_run_and_status_tell_of_each_source(tmp_path: Path) -> None:
    (tmp_path / "news-etl.toml").write_text(CONFIG, "utf-8")
    write_stories(tmp_path / "first", 2)
    (tmp_path / "first" / "empty.html").write_bytes(b"")
    done = run("run", "--in-process", "--summary-json", "summary.json", cwd=tmp_path)
    state = run("status", "--json", cwd=tmp_path)
    assert (done.returncode, state.returncode) == (Exit.SOURCE_FAILED, Exit.UNWELL)
    assert "failed source: second: " in done.stdout
    assert json.loads((tmp_path / "summary.json").read_text("utf-8"))["failed"] == 1
    said = json.loads(state.stdout)
    assert {name: found["problems"] for name, found in said["sources"].items()} == {
        "first": ["33.3% of its pages were rejected, more than 10.0%"],
        "second": ["no run has succeeded yet"],
    }
    assert run("run", "unknown", cwd=tmp_path).returncode == Exit.USAGE


def test_of_two_runs_one_works_and_one_exits_75_and_a_kill_frees_the_next(tmp_path: Path) -> None:
    (tmp_path / "news-etl.toml").write_text('[[sources]]\nname = "all"\nkind = "files"\npaths = ["pages"]\n', "utf-8")
    write_stories(tmp_path / "pages", 400)
    command = [sys.executable, "-m", "etl", "run", "--in-process"]
    first = subprocess.Popen(command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    _wait_for_pages(tmp_path / "news.db")
    first.send_signal(signal.SIGSTOP)  # it holds the database for as long as it takes to ask
    second = run("run", "--in-process", cwd=tmp_path)
    first.kill()
    first.wait()
    third = run("run", "--in-process", "--quiet", cwd=tmp_path)
    assert (second.returncode, f"process {first.pid} on " in second.stderr) == (Exit.LOCKED, True)
    assert (third.returncode, third.stdout) == (Exit.DONE, "")
    connection = sqlite3.connect(tmp_path / "news.db")
    assert connection.execute("select count(*) from articles").fetchall() == [(400,)]
    connection.close()


def _wait_for_pages(database: Path) -> None:
    for _ in range(1500):
        if database.exists():
            connection = sqlite3.connect(database)
            try:
                if connection.execute("select count(*) from pages").fetchone()[0]:
                    return
            except sqlite3.OperationalError:
                pass  # the schema is being made
            finally:
                connection.close()
        time.sleep(0.02)
    raise AssertionError("no batch was written within 30 seconds")
