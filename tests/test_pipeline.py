"""The whole job on real files and a real SQLite database: one row a page, nothing changed by a rerun, nothing lost by a fault."""

from __future__ import annotations

import gzip
import os
import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from etl import workers
from etl.extract import Limits
from etl.job import Report, load_sources
from etl.load.accounts import RunStatus
from etl.pipeline import StopRequest
from etl.progress import Progress, SilentListener
from etl.records import Article, Page, Rejected
from etl.settings import Settings
from etl.transform import transform
from etl.transform.profiles import Profiles
from tests.pages import story, write_stories

ROOT = Path(__file__).parents[1]
CONTENT = (
    "articles",
    "authors",
    "article_authors",
    "tags",
    "article_tags",
    "related_links",
    "images",
    "article_revisions",
    "publishers",
)
POISON = "this page kills its worker"
SLUMBER = "this page never ends"


def load(folder: Path, *sources: Path, **settings: Any) -> Report:
    defaults: dict[str, Any] = {"database": f"sqlite:///{folder / 'news.db'}", "in_process": True, "batch_pages": 4}
    return load_sources(Settings(**(defaults | settings)), [str(source) for source in sources], command="test")


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(folder / "news.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def content(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every content table, without surrogate ids and times of loading."""
    left_out = {
        "id",
        "page_id",
        "first_loaded_at",
        "last_loaded_at",
        "article_id",
        "publisher_id",
        "author_id",
        "tag_id",
        "target_article_id",
    }
    kept: dict[str, list[tuple[Any, ...]]] = {}
    for table in CONTENT:
        names = [name for (name,) in rows(folder, f"select name from pragma_table_info('{table}')") if name not in left_out]
        kept[table] = sorted(rows(folder, f"select {', '.join(names)} from {table}"), key=repr)
    return kept


def test_every_page_ends_as_one_row_of_its_run(tmp_path: Path) -> None:
    pages = write_stories(tmp_path / "pages", 9)
    (pages / "empty.html").write_bytes(b"")
    (pages / "binary.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    report = load(tmp_path, pages)
    assert (report.status, dict(report.progress.pages)) == (RunStatus.SUCCEEDED, {"loaded": 9, "rejected": 2})
    assert rows(tmp_path, "select count(*), count(distinct source) from pages") == [(11, 11)]


def test_a_second_load_changes_no_content(tmp_path: Path) -> None:
    pages = write_stories(tmp_path / "pages", 6)
    load(tmp_path, pages)
    before = content(tmp_path)
    report = load(tmp_path, pages)
    assert (dict(report.progress.pages), content(tmp_path)) == ({"unchanged": 6}, before)


def test_reprocessing_reads_every_page_again_and_changes_no_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = write_stories(tmp_path / "pages", 3)
    load(tmp_path, pages)
    before, read = content(tmp_path), _counting(monkeypatch)
    load(tmp_path, pages, reprocess=True)
    assert (len(read), content(tmp_path)) == (3, before)


def test_known_pages_are_not_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = write_stories(tmp_path / "pages", 3)
    load(tmp_path, pages)
    read = _counting(monkeypatch)
    load(tmp_path, pages)
    assert read == []


def _counting(monkeypatch: pytest.MonkeyPatch) -> list[Page]:
    read: list[Page] = []

    def counted(page: Page, profiles: Any) -> Article | Rejected:
        read.append(page)
        return transform(page, profiles)

    monkeypatch.setattr(workers, "transform", counted)
    return read


def test_any_number_of_workers_gives_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    pages = write_stories(tmp_path / "pages", 25)
    found = []
    for name, settings in (("serial", {"in_process": True}), ("two", {"in_process": False, "workers": 2})):
        folder = tmp_path / name
        folder.mkdir()
        load(folder, pages, **settings)
        found.append((content(folder), rows(folder, "select source, status, article_id from pages order by id")))
    assert found[0] == found[1]


@pytest.fixture
def small_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.pipeline.Limits", partial(Limits, range_bytes=2000))


@pytest.mark.usefixtures("small_ranges")
def test_readers_of_ranges_give_the_same_rows_in_the_same_order(tmp_path: Path) -> None:
    archive = tmp_path / "many.warc.gz"
    records = [_record(number) for number in range(40)]
    records[11] = records[11][:100] + bytes(50) + records[11][150:]
    archive.write_bytes(b"".join(records))
    found = []
    for name, settings in (("serial", {"in_process": True}), ("two", {"in_process": False, "workers": 1, "readers": 2})):
        folder = tmp_path / name
        folder.mkdir()
        report = load(folder, archive, **settings)
        pages = rows(folder, "select source, record, status, reason_code, sha256, article_id from pages order by id")
        states = rows(folder, "select state, last_record, error from source_files")
        found.append((content(folder), pages, states, report.progress.pages, report.progress.incomplete))
    assert found[0] == found[1]
    assert len(found[0][1]) == 40


@pytest.mark.usefixtures("small_ranges")
def test_a_limit_and_the_run_after_it_read_each_record_once_with_readers(tmp_path: Path) -> None:
    archive = tmp_path / "many.warc.gz"
    archive.write_bytes(b"".join(_record(number) for number in range(40)))
    settings = {"in_process": False, "workers": 1, "readers": 1}
    assert load(tmp_path, archive, limit=13, **settings).progress.pages["loaded"] == 13
    assert load(tmp_path, archive, **settings).progress.pages["loaded"] == 27


def test_articles_are_compared_with_others_while_the_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.sinks.AT_ONCE", 8)
    monkeypatch.setattr("etl.job.settle_copies", lambda *_: 0)
    load(tmp_path, write_stories(tmp_path / "pages", 20))
    assert rows(tmp_path, "select count(*) from article_stories") == [(16,)]


def test_a_source_cut_in_the_middle_is_incomplete_and_its_whole_records_are_loaded(tmp_path: Path) -> None:
    archive = tmp_path / "cut.warc.gz"
    records = [_record(number) for number in range(4)]
    archive.write_bytes(b"".join(records)[: -len(records[-1]) // 2])
    report = load(tmp_path, archive)
    assert (report.status, report.progress.pages["loaded"], len(report.progress.incomplete)) == (RunStatus.SUCCEEDED, 3, 1)
    assert rows(tmp_path, "select state, error is not null from source_files") == [("incomplete", 1)]
    assert rows(tmp_path, "select count(*) from pages where status = 'rejected'") == [(1,)]


def test_damage_seen_before_an_interruption_is_not_forgotten_by_the_run_that_takes_the_source_up(tmp_path: Path) -> None:
    archive = tmp_path / "damaged.warc.gz"
    records = [_record(number) for number in range(8)]
    records[1] = records[1][:100] + bytes(50) + records[1][150:]
    archive.write_bytes(b"".join(records))
    load(tmp_path, archive, limit=4)
    assert rows(tmp_path, "select state, error is not null from source_files") == [("partial", 1)]
    report = load(tmp_path, archive)
    assert rows(tmp_path, "select state, error is not null from source_files") == [("incomplete", 1)]
    assert (report.progress.pages["loaded"], len(report.progress.incomplete)) == (4, 1)


def _record(number: int) -> bytes:
    body = story(number).encode()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.news.example/local/bridge-{number}\r\n"
        f"WARC-Date: 2024-03-06T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n", mtime=0)


def poisoned(page: Page, profiles: Any) -> Article | Rejected:
    if POISON.encode() in page.content:
        os._exit(11)
    if SLUMBER.encode() in page.content:
        time.sleep(60)
    return transform(page, profiles)


def test_a_page_that_kills_or_hangs_its_worker_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = write_stories(tmp_path / "pages", 6)
    (pages / "story-0002.html").write_text(story(2, body=POISON), "utf-8")
    (pages / "story-0004.html").write_text(story(4, body=SLUMBER), "utf-8")
    monkeypatch.setattr("etl.pipeline.transform_batch", transform_poisoned_batch)
    report = load(tmp_path, pages, in_process=False, workers=2, page_timeout=6.0, batch_pages=6)
    assert dict(report.progress.pages) == {"loaded": 4, "rejected": 2}
    found = rows(tmp_path, "select source, reason_code from pages where status = 'rejected' order by source")
    assert [(Path(source).name, reason) for source, reason in found] == [
        ("story-0002.html", "worker-died"),
        ("story-0004.html", "timeout"),
    ]


def transform_poisoned_batch(pages: list[Page]) -> list[Article | Rejected]:
    return [poisoned(page, Profiles()) for page in pages]


class StopAfterFirstBatch(SilentListener):
    def __init__(self, stop: StopRequest) -> None:
        self._stop = stop

    def counted(self, progress: Progress) -> None:
        self._stop.signal = signal.SIGTERM


def test_a_stop_request_finishes_what_is_in_hand_and_the_next_load_takes_up_the_rest(tmp_path: Path) -> None:
    pages = write_stories(tmp_path / "pages", 20)
    stop = StopRequest()
    settings = Settings(database=f"sqlite:///{tmp_path / 'news.db'}", in_process=True, batch_pages=4)
    report = load_sources(settings, [str(pages)], command="test", stop=stop, listener=StopAfterFirstBatch(stop))
    assert (report.status, report.signal, report.progress.seen < 20) == (RunStatus.INTERRUPTED, signal.SIGTERM, True)
    load(tmp_path, pages)
    assert rows(tmp_path, "select count(*) from articles") == [(20,)]


@pytest.mark.parametrize("milliseconds", [150, 400, 700, 1100])
def test_a_killed_run_leaves_whole_batches_and_the_rerun_ends_with_the_same_content(tmp_path: Path, milliseconds: int) -> None:
    pages = write_stories(tmp_path / "pages", 120)
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    killed.mkdir()
    load(whole, pages)
    command = [sys.executable, "-m", "etl", "load", str(pages), "--in-process", "--database", f"sqlite:///{killed / 'news.db'}"]
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    _wait_for_a_run(killed / "news.db")
    time.sleep(milliseconds / 1000)
    process.kill()
    process.wait()
    assert rows(killed, "pragma integrity_check") == [("ok",)]
    load(killed, pages)
    assert content(killed) == content(whole)


def _wait_for_a_run(database: Path) -> None:
    for _ in range(1500):
        try:
            if database.exists() and rows(database.parent, "select count(*) from load_runs") != [(0,)]:
                return
        except sqlite3.OperationalError:
            pass  # the schema is being made
        time.sleep(0.02)
    raise AssertionError("no run was opened within 30 seconds")


def test_a_page_that_changes_back_is_read_again_so_that_the_newest_capture_wins(tmp_path: Path) -> None:
    first, second, third = (tmp_path / name for name in ("1", "2", "3"))
    for folder, title, captured in ((first, "The first", 1), (second, "The second", 2), (third, "The first", 3)):
        folder.mkdir()
        page = folder / "story.html"
        page.write_text(story(1, title=f"{title} headline of the bridge"), "utf-8")
        os.utime(page, (1_709_700_000 + captured * 86_400,) * 2)
        load(tmp_path, folder)
    assert rows(tmp_path, "select title, revision from articles") == [("The first headline of the bridge", 1)]
    assert rows(tmp_path, "select status from pages order by id") == [("loaded",), ("updated",), ("updated",)]
