"""Runs and sources: what is open, what is done, and what the next run takes up."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import subprocess
import sys

import pytest
from sqlalchemy import Engine, text

from etl.load.accounts import RunStatus, SourceState
from etl.load.engine import writing
from etl.load.ledger import Checkpoint, Ledger, ResumePoint
from etl.load.writer import Writer
from etl.records import Source
from tests.factories import article, source
from tests.load.loading import load, rows


def begin(ledger: Ledger, host: str = "here", pid: int | None = None) -> int:
    return ledger.begin(version="1.0", command="news-etl load", host=host, pid=pid or os.getpid())


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_run_is_open_until_it_is_closed_with_its_counts(database: Engine) -> None:
    ledger = Ledger(database)
    run = begin(ledger)
    assert rows(database, "SELECT status, finished_at, version, command, host, pid FROM load_runs") == [
        ("running", None, "1.0", "news-etl load", "here", os.getpid())
    ]
    Writer(database, run, "v1").write([article(), article()])
    counts = {"pages_seen": 2, "loaded": 1, "updated": 0, "unchanged": 1, "superseded": 0, "rejected": 0}
    assert ledger.finish(run, RunStatus.SUCCEEDED) == counts
    assert rows(database, f"SELECT status, {', '.join(counts)}, error FROM load_runs") == [("succeeded", *counts.values(), None)]
    assert rows(database, "SELECT count(*) FROM load_runs WHERE finished_at >= started_at") == [(1,)]


def test_a_run_whose_pages_are_not_all_accounted_for_is_failed(database: Engine) -> None:
    ledger = Ledger(database)
    run = begin(ledger)
    Writer(database, run, "v1").write([article()])
    ledger.finish(run, RunStatus.SUCCEEDED, pages_seen=2)
    assert rows(database, "SELECT status, error FROM load_runs") == [("failed", "2 pages were seen, but 1 are accounted for")]


def test_a_run_that_lost_rows_of_pages_is_failed(database: Engine) -> None:
    ledger = Ledger(database)
    run = begin(ledger)
    Writer(database, run, "v1").write([article()])
    with writing(database) as connection:
        connection.execute(text("DELETE FROM pages"))
    ledger.finish(run, RunStatus.INTERRUPTED, "Stopped by SIGTERM.")
    assert rows(database, "SELECT status, error FROM load_runs") == [
        ("failed", "1 pages were seen, but 0 are accounted for; Stopped by SIGTERM.")
    ]


def test_a_run_whose_process_is_gone_is_interrupted_by_the_next(database: Engine) -> None:
    ledger = Ledger(database)
    begin(ledger, pid=dead_process())
    begin(ledger, host="elsewhere", pid=dead_process())
    begin(ledger)
    begin(ledger)
    assert rows(database, "SELECT host, status FROM load_runs ORDER BY id") == [
        ("here", "interrupted"),
        ("elsewhere", "running"),
        ("here", "running"),
        ("here", "running"),
    ]
    assert rows(database, "SELECT error FROM load_runs WHERE id = 1") == [("Its process was gone when the next run began.",)]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells when a process began")
def test_a_later_process_with_the_number_of_a_dead_run_is_another_one(database: Engine) -> None:
    ledger = Ledger(database)
    run = begin(ledger)
    with writing(database) as connection:
        long_ago = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
        value = long_ago.isoformat() if database.dialect.name == "sqlite" else long_ago
        connection.execute(text("UPDATE load_runs SET started_at = :at WHERE id = :run"), {"at": value, "run": run})
    begin(ledger)
    assert rows(database, "SELECT status FROM load_runs ORDER BY id") == [("interrupted",), ("running",)]


def test_a_source_is_taken_up_where_the_last_batch_left_it(database: Engine) -> None:
    ledger = Ledger(database)
    assert ledger.resume_point(source()) == ResumePoint(state=SourceState.NEW)
    load(database, article(), checkpoints=[Checkpoint(source=source(), state=SourceState.PARTIAL, last_record="10")])
    assert ledger.resume_point(source()) == ResumePoint(state=SourceState.PARTIAL, last_record="10")
    ledger.checkpoint([Checkpoint(source=source(), state=SourceState.INCOMPLETE, last_record="20", error="Cut off.")])
    assert ledger.resume_point(source()) == ResumePoint(state=SourceState.INCOMPLETE, last_record="20", error="Cut off.")
    ledger.checkpoint(
        [
            Checkpoint(source=source(), state=SourceState.PARTIAL, last_record="30"),
            Checkpoint(source=source(), state=SourceState.DONE, last_record="40"),
        ]
    )
    assert ledger.resume_point(source()) == ResumePoint(state=SourceState.DONE, last_record="40")
    assert rows(database, "SELECT uri, size, state, error FROM source_files") == [("/archive/one.warc.gz", 1000, "done", None)]


@pytest.mark.parametrize(
    "changed",
    [{"size": 1001}, {"modified_at": source().modified_at + dt.timedelta(microseconds=1)}, {"uri": "/archive/two.warc.gz"}],  # type: ignore[operator]
    ids=["size", "time", "name"],
)
def test_a_source_that_changed_is_new(database: Engine, changed: dict[str, object]) -> None:
    ledger = Ledger(database)
    ledger.checkpoint([Checkpoint(source=source(), state=SourceState.DONE)])
    other: Source = dataclasses.replace(source(), **changed)  # type: ignore[arg-type]
    assert ledger.resume_point(other).state is SourceState.NEW
    ledger.checkpoint([Checkpoint(source=other, state=SourceState.PARTIAL)])
    assert ledger.resume_point(other).state is SourceState.PARTIAL


def test_a_source_of_any_name_and_without_size_is_kept(database: Engine) -> None:
    odd = source("/" + "very-long/" * 1000, size=None, modified_at=None)
    ledger = Ledger(database)
    ledger.checkpoint([Checkpoint(source=odd, state=SourceState.DONE)])
    assert ledger.resume_point(odd).state is SourceState.DONE


def test_closing_a_run_renews_what_sqlite_plans_queries_by(sqlite_database: Engine) -> None:
    ledger = Ledger(sqlite_database)
    run = begin(ledger)
    stories = [article(f"https://gazette.example/{number}", title=f"Story {number}") for number in range(200)]
    Writer(sqlite_database, run, "v1").write(stories)
    ledger.finish(run, RunStatus.SUCCEEDED)
    assert rows(sqlite_database, "PRAGMA integrity_check") == [("ok",)]
    assert rows(sqlite_database, "SELECT status FROM load_runs") == [("succeeded",)]
