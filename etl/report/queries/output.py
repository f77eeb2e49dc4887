"""How much was published, by day and publisher, and by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from etl.load.models import article_authors, articles, authors, publishers
from etl.records import AuthorKind
from etl.report.queries.loads import Row, rows
from etl.report.queries.views import articles_per_day
from etl.report.scope import Scope, dated, of_publishers

AUTHORS = 12
_WRITTEN = article_authors.join(authors).join(articles, articles.c.id == article_authors.c.article_id)


def days(connection: Connection, scope: Scope) -> list[Row]:
    """Rows of the view `articles_per_day`."""
    view = articles_per_day.c
    query = select(articles_per_day).where(view.published_date.between(scope.since, scope.until))
    if scope.publishers:
        query = query.where(view.publisher.in_(scope.publishers))
    return rows(connection, query.order_by(view.published_date, view.publisher))


def number_before(connection: Connection, scope: Scope) -> int:
    """Articles of as many days, just before."""
    last = scope.since - dt.timedelta(days=1)
    earlier = articles.c.published_date.between(scope.since - dt.timedelta(days=scope.days), last)
    return connection.scalar(select(func.count()).where(earlier, of_publishers(scope.publishers))) or 0


def number_undated(connection: Connection, scope: Scope) -> int:
    """Articles whose pages do not say when they were published: they are in no chart over time."""
    undated = select(func.count()).where(articles.c.published_date.is_(None), of_publishers(scope.publishers))
    return connection.scalar(undated) or 0


def number_of_authors(connection: Connection, scope: Scope) -> int:
    """People with a by-line."""
    one = select(func.count(authors.c.id.distinct())).select_from(_WRITTEN)
    return connection.scalar(one.where(dated(scope), authors.c.kind == AuthorKind.PERSON.value)) or 0


def top_authors(connection: Connection, scope: Scope) -> list[dict[str, Any]]:
    """The people with the most articles: `author`, `articles`, `words`, `publishers`."""
    number, words = func.count().label("articles"), func.sum(articles.c.word_count).label("words")
    query = (
        select(authors.c.id, authors.c.name.label("author"), number, words)
        .select_from(_WRITTEN)
        .where(dated(scope), authors.c.kind == AuthorKind.PERSON.value)
        .group_by(authors.c.id, authors.c.name)
        .order_by(number.desc(), words.desc(), authors.c.name)
        .limit(AUTHORS)
    )
    found = rows(connection, query)
    places = _publishers(connection, scope, [row["id"] for row in found])
    return [{**row, "publishers": places.get(row["id"], [])} for row in found]


def _publishers(connection: Connection, scope: Scope, people: Sequence[int]) -> dict[int, list[str]]:
    query = (
        select(article_authors.c.author_id, publishers.c.domain)
        .select_from(article_authors.join(articles).join(publishers))
        .where(dated(scope), article_authors.c.author_id.in_(people))
        .distinct()
        .order_by(publishers.c.domain)
    )
    places: dict[int, list[str]] = {}
    for author, domain in connection.execute(query):
        places.setdefault(author, []).append(domain)
    return places
