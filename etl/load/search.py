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

_RANKED = 20_000
"""Articles that are ranked: of a word that more of them have, those loaded last. To rank an article takes reading how long it is
and how often it has the word; of so many with a word like `said` the first are no better than others."""
_SQLITE = """
    SELECT a.id AS article_id, a.published_date, p.domain AS publisher, a.title, a.url,
           snippet(article_search, -1, '[', ']', '…', 24) AS snippet
    FROM (SELECT f.id, f.rank
          FROM (SELECT s.rowid AS id, bm25(article_search, 10.0, 4.0, 1.0) AS rank
                FROM article_search s {joined} WHERE article_search MATCH :query {filters}
                ORDER BY s.rowid DESC LIMIT :ranked) f
          ORDER BY f.rank, f.id LIMIT :last) best
         CROSS JOIN article_search CROSS JOIN articles a LEFT JOIN publishers p ON p.id = a.publisher_id
    WHERE article_search MATCH :query AND article_search.rowid = best.id AND a.id = best.id
    ORDER BY best.rank, a.id"""
_POSTGRESQL = """
    SELECT a.id AS article_id, a.published_date, p.domain AS publisher, a.title, a.url,
           ts_headline('simple', concat_ws(' – ', a.title, a.subtitle, left(a.body, 50000)), best.query,
                       'StartSel=[, StopSel=], MaxFragments=1, MaxWords=24, MinWords=12') AS snippet
    FROM (SELECT f.article_id, f.query, ts_rank(f.document, f.query) AS rank
          FROM (SELECT s.article_id, s.document, q.query
                FROM (SELECT to_tsquery('simple', :query) || to_tsquery(article_search_config(:language), :query) AS query) q
                     JOIN article_search s ON s.document @@ q.query {joined}
                WHERE true {filters}
                ORDER BY s.article_id DESC LIMIT :ranked) f
          ORDER BY rank DESC, f.article_id LIMIT :last) best
         JOIN articles a ON a.id = best.article_id LEFT JOIN publishers p ON p.id = a.publisher_id
    ORDER BY best.rank DESC, a.id"""
_JOINED = "JOIN articles a ON a.id = s.{id} LEFT JOIN publishers p ON p.id = a.publisher_id"
"""What filters look at."""
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
        statement, joined, values = _SQLITE, _JOINED.format(id="rowid"), values | {"query": to_fts5(tree)}
    else:
        statement, joined, values = _POSTGRESQL, _JOINED.format(id="article_id"), given | {"query": to_tsquery(tree)}
        values["language"] = language or ""
    asked = text(statement.format(filters=filters, joined=joined if filters else ""))
    return [dict(row._mapping) for row in connection.execute(asked, values | {"last": last, "ranked": _RANKED})]
