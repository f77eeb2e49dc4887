"""Tags: how often in the last days and before, and which stand together."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from etl.load.models import article_tags, articles, tags
from etl.report.queries.loads import Row, rows
from etl.report.rising import LEAST, Counts
from etl.report.scope import Scope, dated

TOP = 60
"""The commonest tags, as many as are looked through for pairs."""
PAIRS = 60
TOGETHER = 2
"""Articles that make a pair: one is chance."""

# Outer joins, from the articles of some days to their tags: SQLite keeps their order. Of inner ones it takes the tags first, and
# reads all articles of every tag.
_tagged = articles.outerjoin(article_tags, article_tags.c.article_id == articles.c.id)


def tag_counts(connection: Connection, scope: Scope) -> dict[str, dict[str, Counts]]:
    """Of each tag with enough articles in the last days, by publisher (its number, as text): recent ones and those before."""
    enough = (
        select(article_tags.c.tag_id)
        .select_from(_tagged)
        .where(dated(scope), articles.c.published_date >= scope.recent_since)
        .group_by(article_tags.c.tag_id)
        .having(func.count() >= LEAST)
    )
    query = (
        select(tags.c.name, articles.c.publisher_id, *_counts(scope))
        .select_from(_tagged.outerjoin(tags, tags.c.id == article_tags.c.tag_id))
        .where(dated(scope), article_tags.c.tag_id.in_(enough))
        .group_by(tags.c.id, tags.c.name, articles.c.publisher_id)
    )
    found: dict[str, dict[str, Counts]] = {}
    for name, publisher, recent, before in connection.execute(query):
        found.setdefault(name, {})[str(publisher)] = Counts(recent, before)
    return found


def totals(connection: Connection, scope: Scope) -> dict[str, Counts]:
    """The same of all articles that have a tag."""
    has_tag = select(article_tags.c.article_id).where(article_tags.c.article_id == articles.c.id).exists()
    query = select(articles.c.publisher_id, *_counts(scope)).where(dated(scope), has_tag).group_by(articles.c.publisher_id)
    return {str(publisher): Counts(recent, before) for publisher, recent, before in connection.execute(query)}


def top_tags(connection: Connection, scope: Scope) -> list[Row]:
    """The commonest tags: `tag`, `articles`."""
    number = func.count().label("articles")
    query = (
        select(tags.c.name.label("tag"), number)
        .select_from(_tagged.outerjoin(tags, tags.c.id == article_tags.c.tag_id))
        .where(dated(scope), tags.c.id.is_not(None))
        .group_by(tags.c.id, tags.c.name)
        .order_by(number.desc(), tags.c.name)
        .limit(TOP)
    )
    return rows(connection, query)


def pairs(connection: Connection, scope: Scope, names: Collection[str]) -> list[Row]:
    """Tags that stand together, the commonest pairs of those named: `tag`, `other_tag`, `articles`."""
    chosen = select(tags.c.id).where(tags.c.name.in_(names))
    one, two, first, second = article_tags.alias("x"), article_tags.alias("y"), tags.alias("g"), tags.alias("h")
    number = func.count().label("articles")
    joined = (
        articles.outerjoin(one, one.c.article_id == articles.c.id)
        .outerjoin(two, two.c.article_id == articles.c.id)
        .outerjoin(first, first.c.id == one.c.tag_id)
        .outerjoin(second, second.c.id == two.c.tag_id)
    )
    query = (
        select(first.c.name.label("tag"), second.c.name.label("other_tag"), number)
        .select_from(joined)
        .where(dated(scope), one.c.tag_id.in_(chosen), two.c.tag_id.in_(chosen), second.c.slug > first.c.slug)
        .group_by(first.c.id, first.c.name, second.c.id, second.c.name)
        .having(number >= TOGETHER)
        .order_by(number.desc(), first.c.name, second.c.name)
        .limit(PAIRS)
    )
    return rows(connection, query)


def _counts(scope: Scope) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    recent = func.sum(case((articles.c.published_date >= scope.recent_since, 1), else_=0))
    return recent, func.count() - recent
