"""Values that a database refuses, and databases that fail: whole batches or nothing, and no page lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Engine, text

from etl.errors import DatabaseError
from etl.load.accounts import SourceState
from etl.load.engine import open_engine, writing
from etl.load.ledger import Checkpoint, Ledger
from etl.records import Image, Publisher
from tests.databases import PostgresServer
from tests.factories import article, author, date_value, link, moment, source
from tests.load.loading import load, rows, writer

A, B, C = (f"https://gazette.example/{letter}" for letter in "abc")


@pytest.fixture(autouse=True)
def batches_stay_whole() -> None:
    """Here they need not."""


def test_nul_and_lone_surrogates_never_reach_the_driver(database: Engine) -> None:
    bad = "a\0b\ud800c"
    odd = article(
        A + bad,
        title=bad,
        body=bad,
        subtitle=bad,
        tags=(bad,),
        authors=(author(bad, credit=bad),),
        related_links=(link(A + bad, heading=bad, title=bad),),
        images=(Image(caption=bad),),
        publisher=Publisher(domain=bad, name=bad),
        origins={"title": bad},
        section=bad,
    )
    assert load(database, odd, odd) == ["loaded", "unchanged"]
    clean = "ab\ufffdc"
    assert rows(database, "SELECT title, body, section, subtitle FROM articles") == [(clean,) * 4]
    assert (
        rows(database, "SELECT name FROM tags UNION ALL SELECT name FROM authors UNION ALL SELECT name FROM publishers")
        == [(clean,)] * 3
    )


@pytest.mark.parametrize(
    "value",
    [{"word_count": 2**70}, {"published": date_value(at=dt.datetime(2024, 5, 1, 12))}],  # noqa: DTZ001  # naive on purpose
    ids=["number out of range", "time without zone"],
)
def test_a_page_with_a_value_that_cannot_be_stored_is_rejected_and_the_others_land(
    database: Engine, value: dict[str, Any]
) -> None:
    at_end = Checkpoint(source=source(), state=SourceState.DONE, last_record="9")
    outcomes = (article(A), article(B, title="Odd", **value), article(C, title="Last"))
    assert load(database, *outcomes, checkpoints=[at_end]) == ["loaded", "rejected", "loaded"]
    assert rows(database, "SELECT reason_code FROM pages WHERE status = 'rejected'") == [("unstorable",)]
    reason = rows(database, "SELECT reason FROM pages WHERE status = 'rejected'")[0][0]
    assert reason.startswith("The database refused a value of the page: ")
    assert "The harbour opened" not in reason
    assert rows(database, "SELECT url FROM articles ORDER BY url") == [(A,), (C,)]
    assert rows(database, "SELECT pages_seen, loaded, rejected FROM load_runs") == [(3, 2, 1)]
    assert Ledger(database).resume_point(source()).last_record == "9"


def test_a_batch_that_the_database_fails_leaves_nothing(sqlite_database: Engine) -> None:
    by = writer(sqlite_database)
    with sqlite_database.connect() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 5}")
    large = [article(f"{A}{number}", title=f"Title {number}", body="secret text " * 3000) for number in range(20)]
    with pytest.raises(DatabaseError, match=r"^sqlite:///.*: the disk is full; make room and run again") as raised:
        by.write(large, [Checkpoint(source=source(), state=SourceState.PARTIAL, last_record="9")])
    assert "secret" not in str(raised.value)
    assert [
        rows(sqlite_database, f"SELECT count(*) FROM {table}") for table in ("articles", "pages", "tags", "source_files")
    ] == [[(0,)]] * 4


def test_a_lost_connection_costs_the_batch_and_no_more(postgres: PostgresServer) -> None:
    engine = open_engine(postgres.current())
    by = writer(engine)
    with pytest.raises(DatabaseError, match="terminating connection"):
        _lose_connection(engine)
    assert [status.value for status in by.write([article(A)])] == ["loaded"]
    engine.dispose()


def _lose_connection(engine: Engine) -> None:
    with writing(engine) as connection:
        own = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:own)"), {"own": own})
        connection.execute(text("SELECT 1"))


def test_times_of_one_second_are_one_time(database: Engine) -> None:
    first = article(A, fetched_at=moment(1).replace(microsecond=1))
    again = article(A, fetched_at=moment(1).replace(microsecond=999_999))
    assert load(database, first) + load(database, again) == ["loaded", "unchanged"]
    assert rows(database, "SELECT count(*) FROM known_pages WHERE first_fetched_at = last_fetched_at") == [(1,)]
