"""The nightly job over configured sources: what is done is passed over, what fails fails alone, each source has its account."""

from __future__ import annotations

import json
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
from tests.test_cli import run

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
