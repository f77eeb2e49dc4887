"""Single stories: which several publishers carry, which are linked to, which their sites list as most
read, whose headlines were revised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from etl.load.copy_tables import article_stories
from etl.load.models import articles, publishers, related_links
from etl.records import Block
from etl.report.queries.loads import Row, rows
from etl.report.queries.views import revision_changes
from etl.report.queries.views import stories as carried_stories
from etl.report.scope import Scope, dated, of_publishers

LINKED = 10
CARRIED = 8
READ = 12
READ_OF_ONE = 4
"""Most-read stories shown of one publisher: a site with many pages must not fill the list."""
REVISED = 15
AUTOMATIC = (Block.MOST_READ, Block.LATEST)
"""Blocks that a site's software fills, the same on all its pages: they say nothing of what editors refer to."""


def most_linked(connection: Connection, scope: Scope) -> list[Row]:
    """Stories that most articles of the scope link to, of those loaded: `title`, `url`, `publisher`, `linked_from`, …"""
    link, number = related_links.c, func.count(related_links.c.article_id.distinct()).label("linked_from")
    ranked = (
        select(link.target_article_id, number)
        .select_from(related_links.join(articles, articles.c.id == link.article_id))
        .where(dated(scope), link.target_article_id.is_not(None), link.block.not_in([block.value for block in AUTOMATIC]))
        .group_by(link.target_article_id)
        .subquery()
    )
    shown = (articles.c.title, articles.c.url, articles.c.language, articles.c.published_date)
    query = (
        select(*shown, publishers.c.domain.label("publisher"), ranked.c.linked_from)
        .select_from(ranked.join(articles, articles.c.id == ranked.c.target_article_id).outerjoin(publishers))
        .order_by(ranked.c.linked_from.desc(), articles.c.published_date.desc().nulls_last(), articles.c.title)
        .limit(LINKED)
    )
    return rows(connection, query)


def carried(connection: Connection, scope: Scope) -> list[dict[str, Any]]:
    """Stories in the same words at several publishers, at one of them in the scope: `title`, `url`, `language` of the article
    that was first, `first_published_at`, `articles`, `publishers` (domains, the first one first)."""
    view = carried_stories.c
    here = select(article_stories.c.story_id).join(articles, articles.c.id == article_stories.c.article_id).where(dated(scope))
    shown = (view.story_id, view.title, view.articles, view.first_published_at, view.first_publisher)
    query = (
        select(*shown, articles.c.url, articles.c.language)
        .select_from(carried_stories.join(articles, articles.c.id == view.first_article_id))
        .where(view.publishers > 1, view.story_id.in_(here))
        .order_by(view.publishers.desc(), view.articles.desc(), view.last_published_at.desc(), view.title, articles.c.key)
        .limit(CARRIED)
    )
    found = rows(connection, query)
    places = _places(connection, [row["story_id"] for row in found])
    return [
        {**row, "publishers": sorted(places[row["story_id"]], key=lambda name: (name != row["first_publisher"], name))}
        for row in found
    ]


def _places(connection: Connection, numbers: Sequence[int]) -> dict[int, set[str]]:
    story = article_stories.c
    told = article_stories.join(articles, articles.c.id == story.article_id).join(
        publishers, publishers.c.id == articles.c.publisher_id
    )
    query = select(story.story_id, publishers.c.domain).select_from(told).where(story.story_id.in_(numbers)).distinct()
    places: dict[int, set[str]] = {number: set() for number in numbers}
    for number, domain in connection.execute(query):
        places[number].add(domain)
    return places


def most_read(connection: Connection, scope: Scope) -> list[Row]:
    """Stories that the sites themselves list as most read: `title`, `url`, `publisher`, `listed` (pages that list it), `pages`
    (of that publisher, with such a list), `best` (its best place)."""
    link = related_links.c
    lists = related_links.join(articles, articles.c.id == link.article_id).outerjoin(publishers)
    listing = (dated(scope), link.block == Block.MOST_READ.value)
    number = func.count(link.article_id.distinct())
    # Without an address (text captures) the headline tells stories apart.
    story = (publishers.c.domain, link.key_sha256, case((link.key_sha256.is_(None), link.title)))
    listed, best = number.label("listed"), func.min(link.position).label("best")
    query = (
        select(*_story(), publishers.c.domain.label("publisher"), listed, best)
        .select_from(lists)
        .where(*listing)
        .group_by(*story)
        .order_by(listed.desc(), best, func.max(link.title))
        .limit(READ * 20)
    )
    counted = select(publishers.c.domain, number).select_from(lists).where(*listing).group_by(publishers.c.domain)
    pages: dict[str | None, int] = {row[0]: row[1] for row in connection.execute(counted)}
    return [{**row, "pages": pages[row["publisher"]]} for row in _spread(rows(connection, query))]


def _story() -> tuple[ColumnElement[Any], ...]:
    link = related_links.c
    return func.max(link.title).label("title"), func.max(link.url).label("url"), func.max(articles.c.language).label("language")


def _spread(found: Iterable[Row]) -> list[Row]:
    taken: Counter[str | None] = Counter()
    chosen = []
    for row in found:
        taken[row["publisher"]] += 1
        if taken[row["publisher"]] <= READ_OF_ONE:
            chosen.append(row)
    return chosen[:READ]


def revised_headlines(connection: Connection, scope: Scope) -> list[Row]:
    """Headlines that publishers changed, the latest first: `old_title`, `new_title`, `seen_at`, `hours_since_published`, …"""
    view = revision_changes.c
    query = (
        select(
            view.old_title,
            view.new_title,
            view.seen_at,
            view.hours_since_published,
            articles.c.url,
            articles.c.language,
            publishers.c.domain.label("publisher"),
        )
        .select_from(_revised())
        .where(*_seen(scope), view.title_changed == 1)
        .order_by(view.seen_at.desc(), view.article_id, view.revision.desc())
        .limit(REVISED)
    )
    return rows(connection, query)


def number_revised(connection: Connection, scope: Scope) -> tuple[int, int]:
    """Articles that were changed, and changed headlines."""
    view = revision_changes.c
    headlines = func.coalesce(func.sum(view.title_changed), 0)
    changed, titles = connection.execute(
        select(func.count(view.article_id.distinct()), headlines).select_from(_revised()).where(*_seen(scope))
    ).one()
    return changed, titles


def _revised() -> Any:
    mine = revision_changes.join(articles, articles.c.id == revision_changes.c.article_id)
    return mine.outerjoin(publishers, publishers.c.id == articles.c.publisher_id)


def _seen(scope: Scope) -> tuple[ColumnElement[bool], ...]:
    first, after = scope.instants
    seen = revision_changes.c.seen_at
    return seen >= first, seen < after, of_publishers(scope.publishers)
