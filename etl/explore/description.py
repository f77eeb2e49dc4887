"""What Datasette shows beside the data: titles, descriptions, units, facets, and the documented queries, ready to run.

Made from the models' comments and from `etl.recipes`; knows no database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, Table

from etl.load.models import metadata
from etl.recipes import Recipe, recipes

DATABASE = "news"
"""The database's name in addresses: `/news/articles`."""

_HIDDEN = ("alembic_version", "known_pages", "visits")
"""What the job keeps for itself."""

# How a table or view is shown at first.
_SHOWN: dict[str, dict[str, Any]] = {
    "articles": {
        "facets": ["publisher_id", "section", "language", "access"],
        "sort_desc": "published_at",
        "label_column": "title",
    },
    "publishers": {"sort": "domain", "label_column": "domain"},
    "authors": {"facets": ["kind"], "sort": "name", "label_column": "name"},
    "tags": {"sort": "slug", "label_column": "name"},
    "related_links": {"facets": ["block"], "label_column": "title"},
    "article_revisions": {"facets": ["revision"], "sort_desc": "seen_at"},
    "pages": {"facets": ["status", "reason_code", "load_run_id"], "sort_desc": "id"},
    "source_files": {"facets": ["state"], "label_column": "uri"},
    "load_runs": {"facets": ["status", "version"], "sort_desc": "id", "label_column": "started_at"},
    "source_runs": {"facets": ["name", "status"], "sort_desc": "id"},
    # The full-text index of the articles serves this view too.
    "article_overview": {
        "facets": ["publisher", "language", "section"],
        "sort_desc": "published_at",
        "fts_table": "article_search",
        "fts_pk": "article_id",
    },
    "articles_per_day": {"facets": ["publisher"], "sort_desc": "published_date"},
    "author_output": {"facets": ["publisher", "kind"], "sort_desc": "articles"},
    "tag_trend": {"facets": ["month"], "sort_desc": "articles"},
    "tag_pairs": {"sort_desc": "articles"},
    "link_graph": {"facets": ["block"]},
    "most_linked": {"facets": ["publisher"], "sort_desc": "linked_from"},
    "revision_changes": {"facets": ["title_changed", "body_changed"], "sort_desc": "seen_at"},
    "load_health": {"facets": ["status"], "sort_desc": "run_id"},
    "field_coverage": {"sort": "publisher"},
}

_UNITS = {"word_count": "words", "byte_size": "bytes", "size": "bytes"}


def description() -> dict[str, Any]:
    """Datasette's metadata for the database named `DATABASE`."""
    return {
        "title": "News articles",
        "description": "Articles from saved news pages, as news-etl loaded them. Read-only.",
        "databases": {DATABASE: {"tables": _tables(), "queries": _queries()}},
    }


def _tables() -> dict[str, dict[str, Any]]:
    tables = {name: _of_table(table) for name, table in metadata.tables.items()}
    views = {recipe.name: {"description": plain(recipe.note)} for recipe in recipes("views")}
    hidden = {name: {"hidden": True} for name in _HIDDEN}
    return _joined(tables, views, _SHOWN, hidden)


def _joined(*parts: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for part in parts:
        for name, settings in part.items():
            found[name] = found.get(name, {}) | dict(settings)
    return found


def _of_table(table: Table) -> dict[str, Any]:
    return {"description": plain(table.comment or ""), "columns": {column.name: _of_column(column) for column in table.columns}}


def _of_column(column: Column[Any]) -> str:
    unit = _UNITS.get(column.name)
    return plain(column.comment or "") + (f" Unit: {unit}." if unit else "")


def _queries() -> dict[str, dict[str, Any]]:
    """The cookbook's questions, then an example for each view: under another name, for a query hides the view of its name."""
    questions = {recipe.name: _query(recipe, plain(recipe.question)) for recipe in recipes("cookbook")}
    examples = {f"{recipe.name}_example": _query(recipe, f"Example of {recipe.name}") for recipe in recipes("views")}
    return questions | examples


def _query(recipe: Recipe, title: str) -> dict[str, Any]:
    return {"title": title, "description": plain(recipe.note), "sql": recipe.sql}


_LINK = re.compile(r"\[([^\]]{1,100})\]\([^)]{1,200}\)")  # [all of them](reasons.md)


def plain(markdown: str) -> str:
    """Markdown as plain text: Datasette escapes descriptions."""
    return _LINK.sub(r"\1", markdown).replace("`", "")
