"""Which tables are exported, and which of their rows.

A selection is one of articles: what belongs to an article follows it. Publishers, authors and tags are those that the chosen
articles name; the account of runs and files belongs to no article and stays whole.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, select, union

from etl.errors import UsageError
from etl.export.shapes import Shape, every_table, view_names, view_shape
from etl.load.models import CONTENT, articles, metadata, publishers


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What is wanted; nothing given means all."""

    tables: Sequence[str] = ()
    """Tables and views by name; none means every table but those that only runs work with."""
    since: dt.date | None = None
    """Articles published on this day or later, the day as the publisher printed it; those without a date are left out."""
    changed_since: dt.datetime | None = None
    """Articles that were loaded, or whose content last changed in the database, at this instant or later."""
    publisher: str | None = None
    """Articles of this domain."""

    @property
    def is_partial(self) -> bool:
        """Whether some articles may be left out."""
        return any(limit is not None for limit in (self.since, self.changed_since, self.publisher))


def chosen_shapes(connection: Connection, selection: Selection) -> list[Shape]:
    """The tables and views wanted, each once, in the models' order. Raises UsageError for one that is not there."""
    tables = every_table()
    if not selection.tables:
        return [shape for shape in tables if not shape.name.startswith(_WORKING)]
    views = view_names(connection)
    known = [shape.name for shape in tables] + views
    if unknown := [name for name in selection.tables if name not in known]:
        raise UsageError(f"there is no table or view {', '.join(unknown)}; there are {', '.join(known)}")
    return [
        *(shape for shape in tables if shape.name in selection.tables),
        *(view_shape(connection, name) for name in views if name in selection.tables),
    ]


_WORKING = ("summary_", "story_")
"""Names of tables that runs count and compare with begin so: what they hold follows from the others."""


def query_of(shape: Shape, selection: Selection, *, by_month: bool = False) -> Select[Any]:
    """The rows of a table or view that belong to a selection, in the order of their keys, or of their days."""
    source = shape.source
    query = select(*source.columns)
    if selection.is_partial:
        query = query.where(*_limits(shape, _chosen(selection)))
    if by_month:
        query = query.order_by(source.c.published_date)
    return query.order_by(*(source.c[name] for name in shape.primary_key))


def _chosen(selection: Selection) -> Select[Any]:
    """The numbers of the chosen articles."""
    limits: list[ColumnElement[bool]] = []
    if selection.since is not None:
        limits.append(articles.c.published_date >= selection.since)
    if selection.changed_since is not None:
        limits.append(articles.c.last_loaded_at >= selection.changed_since)
    if selection.publisher is not None:
        of_domain = select(publishers.c.id).where(publishers.c.domain == selection.publisher)
        limits.append(articles.c.publisher_id.in_(of_domain))
    return select(articles.c.id).where(and_(*limits))


def _limits(shape: Shape, chosen: Select[Any]) -> list[ColumnElement[bool]]:
    source = shape.source
    if shape.is_view:
        owner = next((name for name in ("article_id", "from_article_id") if name in source.c), None)
        if owner is None:
            raise UsageError(
                f"{shape.name} counts over all articles; it cannot be cut by --since, --changed-since or --publisher"
            )
        return [source.c[owner].in_(chosen)]
    if shape.name == articles.name:
        return [source.c.id.in_(chosen)]
    if owners := _owners(metadata.tables[shape.name]):
        return [source.c[name].in_(chosen) for name in owners]
    if naming := _naming(shape.name, chosen):
        return [source.c.id.in_(union(*naming))]
    return []


def _owners(table: Table) -> list[str]:
    """The columns by which a row belongs to articles: `article_id`, and others that lead to an article and are never NULL."""
    columns = [c for c in table.columns if any(key.column.table is articles for key in c.foreign_keys)]
    return [c.name for c in columns if c.name == "article_id" or not c.nullable]


def _naming(name: str, chosen: Select[Any]) -> list[Select[Any]]:
    """How chosen articles, and rows of content that belong to them, name the rows of another table of content."""
    if name not in {table.name for table in CONTENT}:
        return []
    owned = [(table, articles.c.id if table is articles else table.c.get("article_id")) for table in CONTENT]
    return [
        select(column).where(owner.in_(chosen))
        for table, owner in owned
        for column in table.columns
        if owner is not None and any(key.column.table.name == name for key in column.foreign_keys)
    ]
