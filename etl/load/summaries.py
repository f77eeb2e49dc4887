"""What is counted over the whole archive (by author, by tag and month, by pair of tags), kept in tables of its own: the views
for analysts read a few rows of these in place of all articles.

Triggers queue articles that are new, changed or removed; `settle_summaries` works the queue off, a part in one transaction, so
that an interrupted run leaves the rest to the next. `summary_articles` holds what each article was counted as: that is taken off,
and what the article is now is added. So the cost is that of the articles that changed, however many the archive has, and what
comes out depends on the articles alone, not on the order in which they came.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations, repeat
from operator import add
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, Engine, Table, text

from etl.load.engine import reading, writing
from etl.load.models import (
    summary_authors,
    summary_months,
    summary_tag_months,
    summary_tag_pairs,
    summary_tags,
)

_AT_ONCE = 10_000  # articles in one transaction: it lasts some tenths of a second, and most rows are touched by several of them


class _Facts(NamedTuple):
    """What an article is counted as: a row of `summary_articles`."""

    article_id: int
    publisher_id: int
    published_date: dt.date | str | None
    """As the database's driver gives it."""
    word_count: int
    published: bool
    subtitle: bool
    section: bool
    images: bool
    related_links: bool
    authors: tuple[int, ...]
    tags: tuple[int, ...]
    """In the order of their slugs."""

    @property
    def month(self) -> str:
        return str(self.published_date)[:7] if self.published_date is not None else ""


_Key: TypeAlias = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class _Summary:
    """One table."""

    table: Table
    keys: Callable[[_Facts], Iterable[_Key]]
    """The rows in which an article counts, by their primary key."""
    sums: tuple[str, ...] = ()
    """What is added up beside the number of articles: columns."""
    adds: Callable[[_Facts], Iterable[int]] = lambda _: ()
    """What an article adds to these."""


_FIELDS = ("published", "subtitle", "section", "authors", "tags", "images", "related_links")
_SUMMARIES = (
    _Summary(
        summary_months,
        lambda article: [(article.month, article.publisher_id)],
        ("words", *_FIELDS),
        lambda article: (article.word_count, *(bool(getattr(article, field)) for field in _FIELDS)),
    ),
    _Summary(
        summary_authors,
        lambda article: [(author, article.publisher_id) for author in article.authors],
        ("words",),
        lambda article: (article.word_count,),
    ),
    _Summary(summary_tags, lambda article: [(tag,) for tag in article.tags]),
    _Summary(summary_tag_months, lambda article: zip(article.tags, repeat(article.month))),
    _Summary(summary_tag_pairs, lambda article: combinations(article.tags, 2)),
)


@dataclass(frozen=True, slots=True)
class _Changes:
    """Articles to be taken off and to be counted; of one that has changed what it was is among these, what it is among those."""

    gone: Sequence[_Facts]
    come: Sequence[_Facts]


def settle_summaries(engine: Engine, stopped: Callable[[], bool] = lambda: False) -> int:
    """Count all articles that are new or have changed, unless stopped; gives their number."""
    settled = 0
    while not stopped() and (last := _last_of_part(engine)) is not None:
        with writing(engine) as connection:
            changes = _recount(connection, last)
            for summary in _SUMMARIES:
                _apply(connection, summary, changes)
            _settle_dates(connection, changes)
            settled += connection.execute(_UNQUEUE, {"last": last}).rowcount
    return settled


def _last_of_part(engine: Engine) -> int | None:
    with reading(engine) as connection:
        return connection.execute(_LAST, {"number": _AT_ONCE}).scalar()


_LAST = text("SELECT max(article_id) FROM (SELECT article_id FROM summary_queue ORDER BY article_id LIMIT :number) q")
_UNQUEUE = text("DELETE FROM summary_queue WHERE article_id <= :last")


def _recount(connection: Connection, last: int) -> _Changes:
    """Note what the queued articles are counted as now; gives what that changes."""
    upto = {"last": last}
    before = _counted(connection, upto)
    if before:
        connection.execute(_FORGET, upto)
    connection.execute(_NOTE[connection.dialect.name], upto)
    after = _counted(connection, upto)
    return _Changes(sorted(before - after), sorted(after - before))


def _counted(connection: Connection, upto: dict[str, int]) -> set[_Facts]:
    rows = connection.execute(_COUNTED, upto)
    return {_Facts._make([*facts, _numbers(authors), _numbers(tags)]) for *facts, authors, tags in rows}


def _numbers(listed: str | None) -> tuple[int, ...]:
    return tuple(map(int, listed.split(","))) if listed else ()


# CROSS JOIN: SQLite goes from the queue, which is short, to the articles.
_COUNTED = text(
    f"SELECT {', '.join(f's.{name}' for name in _Facts._fields)} FROM summary_queue q CROSS JOIN summary_articles s"  # noqa: S608
    " WHERE q.article_id <= :last AND s.article_id = q.article_id"
)
_FORGET = text(
    "DELETE FROM summary_articles WHERE article_id IN (SELECT q.article_id FROM summary_queue q WHERE q.article_id <= :last)"
)
_NOTE_SQL = """
    INSERT INTO summary_articles ({names})
    SELECT a.id, coalesce(a.publisher_id, 0), a.published_date, a.word_count, a.published_at IS NOT NULL,
           a.subtitle IS NOT NULL, a.section IS NOT NULL,
           EXISTS (SELECT 1 FROM images i WHERE i.article_id = a.id),
           EXISTS (SELECT 1 FROM related_links l WHERE l.article_id = a.id), {authors}, {tags}
    FROM summary_queue q CROSS JOIN articles a WHERE q.article_id <= :last AND a.id = q.article_id"""
_LISTS = {
    "sqlite": {
        "authors": "(SELECT group_concat(author_id, ',') FROM (SELECT x.author_id FROM article_authors x"
        " WHERE x.article_id = a.id ORDER BY x.position))",
        "tags": "(SELECT group_concat(id, ',') FROM (SELECT g.id FROM article_tags x JOIN tags g ON g.id = x.tag_id"
        " WHERE x.article_id = a.id ORDER BY g.slug))",
    },
    "postgresql": {
        "authors": "(SELECT string_agg(CAST(x.author_id AS text), ',' ORDER BY x.position) FROM article_authors x"
        " WHERE x.article_id = a.id)",
        "tags": """(SELECT string_agg(CAST(g.id AS text), ',' ORDER BY g.slug COLLATE "C") FROM article_tags x"""
        " JOIN tags g ON g.id = x.tag_id WHERE x.article_id = a.id)",
    },
}
_NOTE = {dialect: text(_NOTE_SQL.format(names=", ".join(_Facts._fields), **lists)) for dialect, lists in _LISTS.items()}


def _apply(connection: Connection, summary: _Summary, changes: _Changes) -> None:
    """Add to the rows of a table what the changes come to; rows in which no article is left go."""
    numbers = Counter(chain.from_iterable(map(summary.keys, changes.come)))
    numbers.subtract(chain.from_iterable(map(summary.keys, changes.gone)))
    if summary.sums:
        sums = _sums(summary, changes)
        rows = [(*key, number, *sums[key]) for key, number in numbers.items() if number or any(sums[key])]
    else:
        rows = [(*key, number) for key, number in numbers.items() if number]
    if rows:
        _run(connection, _adding(connection.dialect.name, summary), sorted(rows))  # neighbours go to one place of the index
    if less := sorted(key for key, number in numbers.items() if number < 0):
        connection.exec_driver_sql(_emptied(connection.dialect.name, summary.table), less)


def _sums(summary: _Summary, changes: _Changes) -> dict[_Key, list[int]]:
    sums: defaultdict[_Key, list[int]] = defaultdict(lambda: [0] * len(summary.sums))
    for articles, sign in ((changes.come, 1), (changes.gone, -1)):
        for article in articles:
            adds = [sign * number for number in summary.adds(article)]
            for key in summary.keys(article):
                sums[key] = list(map(add, sums[key], adds))
    return sums


def _run(connection: Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """SQLite takes a row at a time, PostgreSQL all of them as arrays of their columns."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(sql, tuple(list(column) for column in zip(*rows, strict=True)))
    else:
        connection.exec_driver_sql(sql, rows)


@cache
def _adding(dialect: str, summary: _Summary) -> str:
    keys = [column.name for column in summary.table.primary_key]
    sums = ["articles", *summary.sums]
    names = [*keys, *sums]
    if dialect == "postgresql":
        arrays = (f"CAST(%s AS {'text' if name == 'month' else 'bigint'}[])" for name in names)
        values = f"SELECT * FROM unnest({', '.join(arrays)})"  # noqa: S608
    else:
        values = f"VALUES ({', '.join('?' * len(names))})"
    added = ", ".join(f"{name} = {summary.table.name}.{name} + excluded.{name}" for name in sums)
    return f"INSERT INTO {summary.table.name} ({', '.join(names)}) {values} ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {added}"


@cache
def _emptied(dialect: str, table: Table) -> str:
    mark = _MARK[dialect]
    keys = " AND ".join(f"{column.name} = {mark}" for column in table.primary_key)
    return f"DELETE FROM {table.name} WHERE {keys} AND articles = 0"  # noqa: S608


_MARK = {"sqlite": "?", "postgresql": "%s"}


def _settle_dates(connection: Connection, changes: _Changes) -> None:
    """The first and last day of each author: what has come widens them; where the article of that day has gone, they are asked
    for anew."""
    days = Counter(chain.from_iterable(map(_author_days, changes.come)))
    days.subtract(chain.from_iterable(map(_author_days, changes.gone)))
    mark = _MARK[connection.dialect.name]
    come: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
    for (author, publisher, day), number in days.items():
        if number > 0:
            come[author, publisher].append(day)
    if come:
        widened = [(min(days), min(days), max(days), max(days), *key) for key, days in sorted(come.items())]
        connection.exec_driver_sql(_WIDEN.replace("?", mark), widened)
    gone = sorted(key for key, number in days.items() if number < 0)
    if gone:
        asked = [(author, publisher) * 3 + (day, day) for author, publisher, day in gone]
        connection.exec_driver_sql(_ASK_ANEW.replace("?", mark), asked)


def _author_days(article: _Facts) -> Iterator[tuple[int, int, Any]]:
    if article.published_date is not None:
        for author in article.authors:
            yield author, article.publisher_id, article.published_date


_WIDEN = """
    UPDATE summary_authors SET first_date = CASE WHEN first_date <= ? THEN first_date ELSE ? END,
                               last_date = CASE WHEN last_date >= ? THEN last_date ELSE ? END
    WHERE author_id = ? AND publisher_id = ?"""
_DAY = """(SELECT {0}(a.published_date) FROM article_authors x JOIN articles a ON a.id = x.article_id
           WHERE x.author_id = ? AND coalesce(a.publisher_id, 0) = ?)"""
_ASK_ANEW = f"""
    UPDATE summary_authors SET first_date = {_DAY.format("min")}, last_date = {_DAY.format("max")}
    WHERE author_id = ? AND publisher_id = ? AND (first_date = ? OR last_date = ?)"""  # noqa: S608
