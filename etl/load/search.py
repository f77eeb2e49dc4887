"""Full-text search over title, standfirst and body, with filters and snippets.

Reads only; the index is kept by the triggers that a migration makes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from etl.load.query_language import parse_query, to_fts5, to_tsquery

_SQLITE = """
    SELECT a.id AS article_id, a.published_date, p.domain AS publisher, a.title, a.url,
           snippet(article_search, -1, '[', ']', '…', 24) AS snippet
    FROM article_search JOIN articles a ON a.id = article_search.rowid LEFT JOIN publishers p ON p.id = a.publisher_id
    WHERE article_search MATCH :query {filters}
    ORDER BY bm25(article_search, 10.0, 4.0, 1.0), a.id LIMIT :last"""
_POSTGRESQL = """
    SELECT found.article_id, found.published_date, found.publisher, found.title, found.url,
           ts_headline('simple', concat_ws(' – ', found.title, found.subtitle, left(found.body, 50000)), found.query,
                       'StartSel=[, StopSel=], MaxFragments=1, MaxWords=24, MinWords=12') AS snippet
    FROM (SELECT a.id AS article_id, a.published_date, p.domain AS publisher, a.title, a.subtitle, a.body, a.url, q.query,
                 ts_rank(s.document, q.query) AS rank
          FROM (SELECT to_tsquery('simple', :query) || to_tsquery(article_search_config(:language), :query) AS query) q
               JOIN article_search s ON s.document @@ q.query JOIN articles a ON a.id = s.article_id
               LEFT JOIN publishers p ON p.id = a.publisher_id
          WHERE true {filters}
          ORDER BY rank DESC, a.id LIMIT :last) found
    ORDER BY found.rank DESC, found.article_id"""
_FILTERS = {
    "since": "AND a.published_date >= :since",
    "until": "AND a.published_date <= :until",
    "publisher": "AND p.domain = :publisher",
    "tag": "AND EXISTS (SELECT 1 FROM article_tags x JOIN tags g ON g.id = x.tag_id"
    " WHERE x.article_id = a.id AND (g.slug = lower(:tag) OR lower(g.name) = lower(:tag)))",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Filter:
    """What else the articles found must be."""

    since: dt.date | None = None
    """Published on this day or later."""
    until: dt.date | None = None
    publisher: str | None = None
    """Domain."""
    tag: str | None = None
    """Name or slug."""


def search(
    connection: Connection, query: str, *, only: Filter | None = None, language: str | None = None, last: int = 20
) -> Sequence[Mapping[str, Any]]:
    """The articles that a query finds (see `query_language`), the best first, each with a snippet, found words in brackets.

    On PostgreSQL words are found as printed and, with a `language` (BCP 47 primary tag), by their stems too.
    Raises UsageError for a query that cannot be read.
    """
    only = only or Filter()
    tree = parse_query(query)
    given: dict[str, Any] = {name: value for name in _FILTERS if (value := getattr(only, name)) is not None}
    filters = " ".join(_FILTERS[name] for name in given)
    if connection.dialect.name == "sqlite":
        values = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in given.items()}
        statement, values = _SQLITE, values | {"query": to_fts5(tree), "last": last}
    else:
        statement, values = _POSTGRESQL, given | {"query": to_tsquery(tree), "language": language or "", "last": last}
    return [dict(row._mapping) for row in connection.execute(text(statement.format(filters=filters)), values)]
