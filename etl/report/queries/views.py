"""The views for analysts (`docs/views.md`) that the report reads, with the types of their columns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnClause, Date, Float, Integer, Text, column, table

from etl.load.types import BigId, UtcDateTime


def _column(name: str, kind: Any) -> ColumnClause[Any]:
    return column(name, kind)


articles_per_day = table(
    "articles_per_day",
    _column("publisher", Text),
    _column("published_date", Date),
    _column("articles", Integer),
    _column("words", Integer),
)
revision_changes = table(
    "revision_changes",
    _column("article_id", BigId),
    _column("revision", Integer),
    _column("seen_at", UtcDateTime()),
    _column("hours_since_published", Float),
    _column("old_title", Text),
    _column("new_title", Text),
    _column("title_changed", Integer),
)
stories = table(
    "stories",
    _column("story_id", BigId),
    _column("articles", Integer),
    _column("publishers", Integer),
    _column("first_published_at", UtcDateTime()),
    _column("first_publisher", Text),
    _column("title", Text),
    _column("last_published_at", UtcDateTime()),
    _column("first_article_id", BigId),
)
load_health = table(
    "load_health",
    _column("run_id", BigId),
    _column("started_at", UtcDateTime()),
    _column("status", Text),
    _column("seconds", Integer),
    _column("pages_seen", Integer),
    _column("loaded", Integer),
    _column("updated", Integer),
    _column("unchanged", Integer),
    _column("superseded", Integer),
    _column("rejected", Integer),
    _column("error", Text),
)
COVERED = ("published", "subtitle", "section", "authors", "tags", "images", "related_links")
field_coverage = table(
    "field_coverage", _column("publisher", Text), _column("articles", Integer), *(_column(name, Float) for name in COVERED)
)
