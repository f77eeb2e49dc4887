"""The share of filled fields in the ledger: what is counted, for whom, in however many parts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Engine

from etl.load import coverage as counting
from etl.load.accounts import RunStatus
from etl.load.coverage import FIELDS, Coverage
from etl.load.drops import Drop, standing_drops
from etl.load.engine import reading, writing
from etl.load.history import Period, history
from etl.load.ledger import Ledger
from etl.load.models import load_runs
from etl.records import Article, Author, Publisher, Reason, Rejected, Status
from tests.factories import article, page_key
from tests.load.loading import rows

NOW = dt.datetime(2024, 5, 20, 12, tzinfo=dt.UTC)
GAZETTE, POST = Publisher(domain="gazette.example"), Publisher(domain="post.example")
FULL = (Author(name="Ada Ferrymann"),)


def story(number: int = 1, **given: Any) -> Article:
    usual: dict[str, Any] = {"publisher": GAZETTE, "authors": FULL, "tags": ("Ports",)}
    return article(f"https://gazette.example/{number}", **(usual | given))


def run(engine: Engine, articles: list[Article], *, source: str = "", days_ago: float = 0) -> list[Drop]:
    """A run that reads these; what dropped in it."""
    ledger = Ledger(engine)
    number = ledger.begin(version="1.0", command="news-etl run", host="test", pid=1)
    with writing(engine) as connection:
        started = {"started_at": NOW - dt.timedelta(days=days_ago)}
        connection.execute(load_runs.update().where(load_runs.c.id == number).values(started))
    counted = Coverage(engine, number)
    counted.begin(source)
    counted.count(articles, [Status.LOADED] * len(articles))
    drops = counted.close()
    ledger.finish(number, RunStatus.SUCCEEDED)
    return drops


def counts(engine: Engine, *fields: str) -> list[tuple[Any, ...]]:
    sql = "SELECT load_run_id, source, publisher, field, articles, filled FROM run_coverage ORDER BY 1, 2, 3, 4"
    return [row for row in rows(engine, sql) if row[3] in fields]


def test_each_field_of_the_articles_is_counted_per_publisher(database: Engine) -> None:
    run(database, [story(1), story(2, authors=()), story(3, publisher=POST, authors=()), story(4, publisher=None)])
    assert counts(database, "authors", "body") == [
        (1, "", "", "authors", 1, 1),
        (1, "", "", "body", 1, 1),
        (1, "", "gazette.example", "authors", 2, 1),
        (1, "", "gazette.example", "body", 2, 2),
        (1, "", "post.example", "authors", 1, 0),
        (1, "", "post.example", "body", 1, 1),
    ]
    assert {row[0] for row in rows(database, "SELECT DISTINCT field FROM run_coverage")} == set(FIELDS)


def test_what_was_not_read_or_is_not_the_newest_state_is_not_counted(database: Engine) -> None:
    number = Ledger(database).begin(version="1.0", command="news-etl load", host="test", pid=1)
    counted = Coverage(database, number)
    lost = Rejected(page=page_key("a"), reason=Reason.EMPTY, message="Empty.")
    read = [story(1), story(2), story(3), story(4), lost]
    counted.count(read, [Status.LOADED, Status.UPDATED, Status.UNCHANGED, Status.SUPERSEDED, Status.REJECTED])
    counted.close()
    assert counts(database, "authors") == [(1, "", "gazette.example", "authors", 3, 3)]


def test_counts_reach_the_ledger_in_parts_and_add_up(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_PENDING_ARTICLES", 2)
    number = Ledger(database).begin(version="1.0", command="news-etl load", host="test", pid=1)
    counted = Coverage(database, number)
    seen = []
    for batch in ([story(1)], [story(2), story(3, tags=())], [story(4)]):
        counted.count(batch, [Status.LOADED] * len(batch))
        seen.append(counts(database, "tags"))
    counted.close()
    assert seen == [[], [(1, "", "gazette.example", "tags", 3, 2)], [(1, "", "gazette.example", "tags", 3, 2)]]
    assert counts(database, "tags") == [(1, "", "gazette.example", "tags", 4, 3)]


def test_a_configured_source_has_counts_of_its_own(database: Engine) -> None:
    number = Ledger(database).begin(version="1.0", command="news-etl run", host="test", pid=1)
    counted = Coverage(database, number)
    for name in ("feed", "archive"):
        counted.begin(name)
        counted.count([story(1)], [Status.LOADED])
    counted.close()
    assert counts(database, "tags") == [
        (1, "archive", "gazette.example", "tags", 1, 1),
        (1, "feed", "gazette.example", "tags", 1, 1),
    ]


def test_a_lost_field_is_told_by_its_run_and_stands_until_it_is_back_or_long_ago(database: Engine) -> None:
    usual, without = [story(n) for n in range(25)], [story(n, authors=()) for n in range(20)]
    told = [run(database, usual, source="feed", days_ago=3), run(database, without, source="feed", days_ago=2)]
    drop = Drop(publisher="gazette.example", source="feed", field="authors", share=0.0, usual=1.0, articles=20)
    assert told == [[], [drop]]
    assert drop.sentence() == (
        "gazette.example (source feed): authors on 0% of 20 articles, usually on 100%; has the layout changed?"
    )
    run(database, [story(n, publisher=POST) for n in range(20)], source="feed", days_ago=1)
    with reading(database) as connection:
        stands, later = standing_drops(connection, NOW), standing_drops(connection, NOW + dt.timedelta(days=40))
    assert (stands, later) == ([drop], [])
    back = run(database, usual, source="feed")
    with reading(database) as connection:
        assert (back, standing_drops(connection, NOW)) == ([], [])


def test_another_source_or_a_field_never_given_is_no_drop(database: Engine) -> None:
    run(database, [story(n) for n in range(25)], source="feed")
    other = run(database, [story(n, authors=()) for n in range(25)], source="archive")
    never = run(database, [story(n, published=None, publisher=POST) for n in range(25)])
    again = run(database, [story(n, published=None, publisher=POST) for n in range(25)])
    assert (other, never, again) == ([], [], [])


def test_history_is_by_run_or_by_day_newest_first_with_the_drops_marked(database: Engine) -> None:
    for days_ago, authors in ((2.2, FULL), (2.1, FULL), (1, ())):
        run(database, [story(n, authors=authors) for n in range(30)], days_ago=days_ago)
    with reading(database) as connection:
        by_run = history(connection, ["authors", "tags"], last=2)
        by_day = history(connection, ["authors"], last=5, by_day=True)
        of_another = history(connection, ["authors"], publisher="post.example", last=5)
        since = history(connection, ["authors"], since=NOW - dt.timedelta(hours=30), last=5)
    assert [(line.period.run, line.articles, line.shares, line.drops) for line in by_run] == [
        (3, 30, {"authors": 0.0, "tags": 1.0}, ["authors"]),
        (2, 30, {"authors": 1.0, "tags": 1.0}, []),
    ]
    assert [(line.period, line.articles, line.drops) for line in by_day] == [
        (Period(dt.date(2024, 5, 19)), 30, ["authors"]),
        (Period(dt.date(2024, 5, 18)), 60, []),
    ]
    assert (of_another, [line.period.run for line in since]) == ([], [3])


def test_the_view_gives_the_share(database: Engine) -> None:
    run(database, [story(1), story(2, tags=())])
    found = rows(database, "SELECT run_id, publisher, articles, filled, share FROM coverage_history WHERE field = 'tags'")
    assert found == [(1, "gazette.example", 2, 1, 0.5)]
