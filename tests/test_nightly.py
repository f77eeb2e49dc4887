"""The nightly job over configured sources: what is done is passed over, what fails fails alone, each source has its account."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from etl.cli.exits import Exit
from etl.config import FilesSource
from etl.errors import UsageError
from etl.job import Report
from etl.load.accounts import source_runs
from etl.load.engine import writing
from etl.nightly import chosen, run_sources
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


@pytest.mark.parametrize("limit", [{"limit_bytes": 2 * 1024}, {"limit_time": "0s"}])
def test_a_source_of_files_has_limits_of_bytes_and_time(sqlite_database: Engine, tmp_path: Path, limit: dict[str, Any]) -> None:
    pages = write_stories(tmp_path / "pages", 5)
    limited = FilesSource.model_validate(source("saved", pages).model_dump() | limit)
    counts = [nightly(sqlite_database, limited).progress.pages["loaded"] for _ in range(3)]
    assert counts == ([2, 2, 1] if "limit_bytes" in limit else [0, 0, 0])


def test_a_source_that_is_not_due_is_passed_over(sqlite_database: Engine, tmp_path: Path) -> None:
    often, seldom = (
        FilesSource.model_validate(source(name, write_stories(tmp_path / name, 1, first=number)).model_dump() | {"every": every})
        for number, (name, every) in enumerate((("often", "0s"), ("seldom", "6h")))
    )
    reports = [nightly(sqlite_database, often, seldom) for _ in range(2)]
    assert [[text.partition(":")[0] for text in report.progress.not_due] for report in reports] == [[], ["seldom"]]
    counted = "SELECT name, count(*) FROM source_runs GROUP BY 1 ORDER BY 1"
    assert rows(sqlite_database, counted) == [("often", 2), ("seldom", 1)]
    _age(sqlite_database, hours=5.5)  # the clock of cron is not exact: a tenth less will do
    nightly(sqlite_database, often, seldom)
    assert rows(sqlite_database, counted) == [("often", 3), ("seldom", 2)]


def test_a_source_that_failed_is_due_whatever_its_schedule(sqlite_database: Engine, tmp_path: Path) -> None:
    gone = FilesSource.model_validate(source("gone", tmp_path / "gone").model_dump() | {"every": "7d"})
    reports = [nightly(sqlite_database, gone) for _ in range(2)]
    assert [len(report.progress.failed) for report in reports] == [1, 1]


def _age(engine: Engine, *, hours: float) -> None:
    """Let time pass in the accounts."""
    with writing(engine) as connection:
        for name, started in connection.execute(select(source_runs.c.name, source_runs.c.started_at)).all():
            aged = {"started_at": started - timedelta(hours=hours)}
            connection.execute(source_runs.update().where(source_runs.c.name == name).values(aged))


def test_naming_a_source_or_all_runs_it_though_it_is_not_due(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 1)
    (tmp_path / "news-etl.toml").write_text(
        '[[sources]]\nname = "saved"\nkind = "files"\npaths = ["pages"]\nevery = "1d"\n', "utf-8"
    )
    said = [run("run", "--in-process", *more, cwd=tmp_path).stdout for more in ((), (), ("saved",), ("--all",))]
    assert ["source not due: saved: due at " in text for text in said] == [False, True, False, False]
    assert [" not_due=1 " in text for text in said] == [False, True, False, False]


def test_pages_without_an_address_are_their_sources_publishers(sqlite_database: Engine, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    text = story(1).replace('<link rel="canonical" href="https://www.news.example/local/bridge-1">', "")
    (tmp_path / "pages" / "a.html").write_text(text.replace("2024-03-05T08:30:00+01:00", "2024-03-05 08:30"), "utf-8")
    (tmp_path / "pages" / "b.txt").write_text(
        "Ferry returns to the harbour\n\n" + "It came back at noon, and all were glad. " * 9, "utf-8"
    )
    (tmp_path / "pages" / "c.html").write_text(story(2), "utf-8")
    saved = FilesSource.model_validate(source("saved", tmp_path / "pages").model_dump() | {"publisher": "jpost.com"})
    nightly(sqlite_database, saved)
    query = "SELECT domain, time_zone, count(*) FROM articles JOIN publishers p ON p.id = publisher_id GROUP BY 1, 2 ORDER BY 1"
    assert rows(sqlite_database, query) == [("jpost.com", "Asia/Jerusalem", 2), ("news.example", None, 1)]
    assert rows(sqlite_database, "SELECT published_at FROM articles WHERE url IS NULL AND published_at IS NOT NULL") == [
        ("2024-03-05T06:30:00+00:00",)
    ]


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
