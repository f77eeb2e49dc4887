"""Rejected pages read again: only they, from where they came, and nothing else of the account is disturbed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from etl.cli.exits import Exit
from etl.job import Report, load_sources
from etl.load.engine import open_engine, reading
from etl.load.queries import list_pages
from etl.load.selection import Selection
from etl.records import Reason
from etl.retrying import retry_pages
from etl.settings import Settings
from tests.databases import content
from tests.extract.building import http, members, record, written
from tests.load.loading import rows
from tests.pages import story, write_stories
from tests.test_cli import run

REJECTED = Selection(status="rejected")
SMALL = 10_000
PLACES = "SELECT status, count(*) FROM pages GROUP BY status ORDER BY status"
SOURCES = "SELECT uri, size, state, last_record, error FROM source_files ORDER BY uri"


def archived(number: int, *, words: int = 0) -> bytes:
    """A story of news.example as a record; with so many more words it is larger than SMALL."""
    body = f"More of bridge {number}. " * words or None
    return record(http(story(number, body=body).encode()), url=f"https://www.news.example/local/bridge-{number}")


def archive(path: Path, *large: int, count: int = 6) -> Path:
    """Stories one a gzip member, some of them large."""
    return written(path, *members(archived(number, words=1000 if number in large else 0) for number in range(count)))


def settings(database: Engine, **given: Any) -> Settings:
    url = database.url.render_as_string(hide_password=False)
    defaults: dict[str, Any] = {"database": url, "in_process": True, "batch_pages": 2}
    return Settings(**(defaults | given))


def load(database: Engine, *paths: Path, **given: Any) -> Report:
    return load_sources(settings(database, **given), [str(path) for path in paths], command="test")


def retry(database: Engine, selection: Selection = REJECTED, **given: Any) -> Report:
    return retry_pages(settings(database, **given), selection, command="test")


def test_only_the_rejected_pages_of_an_archive_are_read_again_and_all_else_is_left(database: Engine, tmp_path: Path) -> None:
    load(database, archive(tmp_path / "a.warc.gz", 1, 4), max_page_bytes=SMALL)
    before = rows(database, SOURCES)
    report = retry(database)
    assert (dict(report.progress.pages), report.status.value) == ({"loaded": 2}, "succeeded")
    assert rows(database, SOURCES) == before
    assert rows(database, "SELECT pages_seen, loaded, rejected FROM load_runs ORDER BY id") == [(6, 4, 2), (2, 2, 0)]
    assert rows(database, "SELECT count(*) FROM articles") == [(6,)]
    assert rows(database, "SELECT DISTINCT load_run_id FROM run_coverage") == [(1,)]
    assert dict(retry(database).progress.pages) == {}  # they are no rejected pages any more


def test_what_is_rejected_again_has_one_more_row_and_the_content_stays(database: Engine, tmp_path: Path) -> None:
    load(database, archive(tmp_path / "a.warc.gz", 1), max_page_bytes=SMALL)
    before = content(database)
    reports = [retry(database, max_page_bytes=SMALL) for _ in range(2)]
    assert [dict(report.progress.pages) for report in reports] == [{"rejected": 1}, {"rejected": 1}]
    assert {name: found for name, found in content(database).items() if found != before[name]} == {}
    assert rows(database, PLACES) == [("loaded", 5), ("rejected", 3)]


def test_after_a_retry_the_content_is_that_of_a_load_that_rejected_nothing(
    databases: Any, database: Engine, tmp_path: Path
) -> None:
    path = archive(tmp_path / "a.warc.gz", 0, 3)
    load(database, path, max_page_bytes=SMALL)
    retry(database)
    other = open_engine(databases.current())
    load(other, path)
    retried, loaded = content(database), content(other)
    other.dispose()
    assert {name for name in loaded if retried[name] != loaded[name]} == set()


def test_a_source_that_is_half_read_is_taken_up_where_it_stopped(database: Engine, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", 1)
    load(database, path, max_page_bytes=SMALL, limit=3)
    before = rows(database, SOURCES)
    retry(database)
    assert (rows(database, SOURCES), before[0][2]) == (before, "partial")
    assert dict(load(database, path).progress.pages) == {"loaded": 3}


def test_pages_are_chosen_by_reason_source_publisher_run_and_number(database: Engine, tmp_path: Path) -> None:
    load(database, archive(tmp_path / "one" / "a.warc.gz", 1), max_page_bytes=SMALL)
    empty = written(tmp_path / "two" / "empty.html")
    load(database, empty, archive(tmp_path / "two" / "b.warc.gz", 2), max_page_bytes=SMALL)
    numbers = [number for (number,) in rows(database, "SELECT id FROM pages WHERE status = 'rejected' ORDER BY id")]
    asked: dict[str, dict[str, Any]] = {
        "all": {},
        "reason": {"reason": "empty"},
        "folder": {"source": str(tmp_path / "two")},
        "file": {"source": str(empty)},
        "half a name": {"source": str(tmp_path / "tw")},
        "publisher": {"publisher": "news.example"},
        "another": {"publisher": "ews.example"},
        "run": {"run": 2},
        "numbers": {"ids": numbers[:1], "status": None},
    }
    found = {}
    for name, given in asked.items():
        rejected: dict[str, Any] = {"status": "rejected"}
        found[name] = retry(database, Selection(**(rejected | given)), dry_run=True).progress.seen
    assert found == {
        "all": 3, "reason": 1, "folder": 2, "file": 1, "half a name": 0, "publisher": 2, "another": 0, "run": 2, "numbers": 1,
    }  # fmt: skip
    assert rows(database, "SELECT count(*) FROM load_runs") == [(2,)]


def test_what_is_no_longer_there_is_told_and_its_row_is_left(database: Engine, tmp_path: Path) -> None:
    gone, cut = archive(tmp_path / "gone.warc.gz", 1), archive(tmp_path / "cut.warc.gz", 5)
    load(database, gone, cut, max_page_bytes=SMALL)
    gone.unlink()
    archive(cut, count=4)
    before = rows(database, "SELECT id, status, reason FROM pages ORDER BY id")
    report = retry(database)
    assert dict(report.progress.missing) == {"the file is gone": 1, "the file no longer holds them": 1}
    assert (report.status.value, rows(database, "SELECT id, status, reason FROM pages ORDER BY id")) == ("succeeded", before)


def test_a_record_that_moved_is_not_taken_for_another(database: Engine, tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc", *(archived(number, words=1000 if number == 1 else 0) for number in range(3)))
    load(database, path, max_page_bytes=SMALL)
    written(path, archived(9, words=7), *(archived(number) for number in range(3)))
    report = retry(database)
    assert (report.progress.seen, dict(report.progress.missing)) == (0, {"the file no longer holds them": 1})


def test_an_archive_of_which_nothing_could_be_read_is_read_as_a_whole(database: Engine, tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", b"<html>Bad gateway</html>")
    load(database, path)
    archive(path, count=3)
    report = retry(database)
    assert dict(report.progress.pages) == {"loaded": 3}
    assert rows(database, "SELECT state FROM source_files") == [("done",)]


def test_a_page_saved_as_a_file_is_read_as_it_is_now(database: Engine, tmp_path: Path) -> None:
    path = written(tmp_path / "a.html")
    load(database, path)
    written(path, story(1).encode())
    assert dict(retry(database).progress.pages) == {"loaded": 1}


def test_a_place_loaded_since_it_was_rejected_is_no_rejected_page(database: Engine, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", 1)
    load(database, path, max_page_bytes=SMALL)
    load(database, path)
    assert retry(database).progress.seen == 0


def test_pages_of_a_configured_source_are_of_the_publisher_that_it_names(tmp_path: Path) -> None:
    config = '[[sources]]\nname = "saved"\nkind = "files"\npaths = ["saved"]\npublisher = "gazette.example"\n'
    (tmp_path / "news-etl.toml").write_text(config, "utf-8")
    named = "SELECT p.domain, count(*) FROM articles a JOIN publishers p ON p.id = a.publisher_id GROUP BY p.domain"
    address = '<link rel="canonical" href="https://www.news.example/local/bridge-1">'
    written(tmp_path / "saved" / "a.html", story(1, body="More. " * 2000).replace(address, "").encode())
    run("run", "--in-process", "--max-page-bytes", SMALL, cwd=tmp_path)
    done = run("retry", "--in-process", cwd=tmp_path)
    engine = open_engine(f"sqlite:///{tmp_path / 'news.db'}")
    assert ("1 loaded" in done.stdout, rows(engine, named)) == (True, [("gazette.example", 1)])
    engine.dispose()


def test_retry_as_a_user_runs_it(tmp_path: Path) -> None:
    archive(tmp_path / "a.warc.gz", 1, 4)
    run("load", "a.warc.gz", "--in-process", "--max-page-bytes", SMALL, cwd=tmp_path)
    listed = run("pages", "--status", "rejected", "--since", "1d", "--source", "a.warc.gz", "--json", cwd=tmp_path)
    first, _ = (json.loads(line) for line in listed.stdout.splitlines())
    dry = run("retry", "--dry-run", "--in-process", cwd=tmp_path)
    one = run("retry", first["id"], "--in-process", "--summary-json", "s.json", cwd=tmp_path)
    rest = run("retry", "--reason", "too-large", "--since", "1h", "--in-process", cwd=tmp_path)
    again = run("retry", cwd=tmp_path)
    assert [done.returncode for done in (dry, one, rest, again)] == [Exit.DONE] * 4
    assert ["2 loaded" in dry.stdout, "1 loaded" in one.stdout, "1 loaded" in rest.stdout] == [True] * 3
    assert "pages=0 " in again.stdout
    assert json.loads((tmp_path / "s.json").read_text("utf-8"))["loaded"] == 1


def test_a_retry_tells_which_files_are_gone(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 1)
    (tmp_path / "pages" / "empty.html").write_bytes(b"")
    run("load", "pages", "--in-process", cwd=tmp_path)
    (tmp_path / "pages" / "empty.html").unlink()
    done = run("retry", "--in-process", "--summary-json", "s.json", cwd=tmp_path)
    assert (done.returncode, "empty.html: 1 pages are not read again: the file is gone" in done.stderr) == (Exit.DONE, True)
    assert "not read again: 1 pages, because the file is gone" in done.stdout
    assert json.loads((tmp_path / "s.json").read_text("utf-8"))["missing"] == {"the file is gone": 1}


def test_a_retry_says_nothing_of_how_the_job_is(tmp_path: Path) -> None:
    write_stories(tmp_path / "retry", 9)
    (tmp_path / "retry" / "empty.html").write_bytes(b"")
    run("load", "retry", "--in-process", cwd=tmp_path)
    assert "1 rejected" in run("retry", "--in-process", cwd=tmp_path).stdout
    state = run("status", "--max-rejected", "20%", "--json", cwd=tmp_path)
    said = json.loads(state.stdout)
    assert (state.returncode, said["last_run"]["id"], said["last_good_run"]["id"]) == (Exit.DONE, 1, 1)


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        (("retry", "99"), "there is no page 99", Exit.USAGE),
        (("retry", "--reason", "ugly"), "ugly", Exit.USAGE),
        (("retry", "--since", "soon"), "'soon' is no time", Exit.USAGE),
        (("pages", "--since", "7x"), "'7x' is no time", Exit.USAGE),
        (("retry", "--database", "sqlite:///none.db"), "there is no such database", Exit.FAILED),
    ],
)
def test_what_cannot_be_retried_is_told(tmp_path: Path, arguments: tuple[str, ...], said: str, status: Exit) -> None:
    run("db", "upgrade", cwd=tmp_path)
    done = run(*arguments, "--in-process" if arguments[0] == "retry" else "--json", cwd=tmp_path)
    assert (done.returncode, said in done.stderr + done.stdout) == (status, True)
    assert not (tmp_path / "none.db").exists()


def test_pages_are_listed_since_a_time_and_by_publisher(database: Engine, tmp_path: Path) -> None:
    load(database, archive(tmp_path / "a.warc.gz", 1), written(tmp_path / "empty.html"), max_page_bytes=SMALL)
    with reading(database) as connection:
        of_news = list_pages(connection, Selection(publisher="news.example"))
        of_run = list_pages(connection, Selection(run=1, reason=Reason.EMPTY.value))
        of_none = list_pages(connection, Selection(publisher="ews.example"))
    assert (len(of_news), len(of_run), len(of_none)) == (6, 1, 0)
