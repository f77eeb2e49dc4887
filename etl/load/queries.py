"""What the command line asks the database: runs, pages, a query of the user's own. Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select, text
from sqlalchemy.exc import DBAPIError

from etl.errors import DatabaseError, UsageError
from etl.load.engine import open_engine, reading, shown
from etl.load.mapping import digest
from etl.load.models import article_similarity, article_stories, articles, load_runs, pages, publishers, source_files
from etl.load.schema import current_revision, head_revision
from etl.load.selection import Selection, conditions
from etl.load.statements import find

Row = Mapping[str, Any]


@contextmanager
def opened(url: str, *, snapshot: bool = False) -> Iterator[Connection]:
    """A connection to an existing database of this program's schema, for reading; with `snapshot` all that it reads is of one
    moment, as on SQLite it always is.

    Raises DatabaseError where there is none, or where its schema is another one than this program's.
    """
    engine = open_engine(url, must_exist=True)
    try:
        found = current_revision(engine)
        if found != head_revision():
            state = f"has schema {found}, this program needs {head_revision()}" if found else "holds no news-etl tables"
            raise DatabaseError(shown(engine.url), f"{state}; `news-etl db upgrade` brings it up to date")
        with reading(engine) as connection:
            if engine.dialect.name == "postgresql":
                level = "ISOLATION LEVEL REPEATABLE READ, " if snapshot else ""
                connection.execute(text(f"SET TRANSACTION {level}READ ONLY"))
            else:
                connection.execute(text("PRAGMA query_only = ON"))
            yield connection
    finally:
        engine.dispose()


def list_runs(connection: Connection, last: int) -> Sequence[Row]:
    """The last runs, newest first: all columns of `load_runs`."""
    return _rows(connection, select(load_runs).order_by(load_runs.c.id.desc()).limit(last))


def run_details(connection: Connection, run_id: int) -> dict[str, Any] | None:
    """One run: its row, and how many pages were rejected for each reason (`rejected_by_reason`); None where there is none."""
    found = _rows(connection, select(load_runs).where(load_runs.c.id == run_id))
    if not found:
        return None
    number = func.count().label("number")
    reasons = (
        select(pages.c.reason_code, number)
        .where(pages.c.load_run_id == run_id, pages.c.status == "rejected")
        .group_by(pages.c.reason_code)
        .order_by(number.desc(), pages.c.reason_code)
    )
    return {**found[0], "rejected_by_reason": {row.reason_code: row.number for row in connection.execute(reasons)}}


def list_pages(connection: Connection, selection: Selection, last: int = 100) -> Sequence[Row]:
    """The last pages of a selection, newest first; `pruned_at` tells when `prune` deleted the file that a page came from."""
    chosen = (
        pages.c.id,
        pages.c.load_run_id.label("run"),
        *(pages.c[name] for name in ("status", "reason_code", "source", "record", "url", "fetched_at", "article_id", "reason")),
    )
    query = select(*chosen).where(*conditions(selection, connection.dialect.name)).order_by(pages.c.id.desc()).limit(last)
    rows = _rows(connection, query)
    digests = {row["source"]: digest(row["source"]) for row in rows}
    columns = (source_files.c.uri_sha256, source_files.c.pruned_at)
    pruned = {
        found.uri_sha256: found.pruned_at for found in find(connection, columns, source_files.c.uri_sha256, digests.values())
    }
    return [{**row, "pruned_at": pruned.get(digests[row["source"]])} for row in rows]


def list_similar(connection: Connection, named: str, key: str) -> Sequence[Row]:
    """The other articles of an article's story, the first published first. The article is named by its number, key or address.

    Of one that is of the same story only by way of a third, similarity and containment are None. Raises UsageError for an article
    that is not there.
    """
    by_number = [articles.c.id == int(named)] if named.isdecimal() and len(named) < _LONGEST_NUMBER else []
    named_so = or_(articles.c.key_sha256.in_([digest(key), digest(named)]), articles.c.url_sha256 == digest(named), *by_number)
    found = connection.execute(select(articles.c.id).where(named_so).order_by(articles.c.id)).scalars().first()
    if found is None:
        raise UsageError(f"there is no article {named}; name one by its address, its key, or its number")
    pair = (article_similarity.c.article_id == found) & (article_similarity.c.other_id == articles.c.id)
    story = select(article_stories.c.story_id).where(article_stories.c.article_id == found).scalar_subquery()
    return _rows(
        connection,
        select(
            article_similarity.c.similarity,
            article_similarity.c.containment,
            articles.c.published_at,
            publishers.c.domain.label("publisher"),
            articles.c.title,
            articles.c.url,
            articles.c.id.label("article_id"),
            article_stories.c.story_id,
        )
        .select_from(article_stories)
        .join(articles, articles.c.id == article_stories.c.article_id)
        .outerjoin(article_similarity, pair)
        .outerjoin(publishers, publishers.c.id == articles.c.publisher_id)
        .where(article_stories.c.story_id == story, articles.c.id != found)
        .order_by(articles.c.published_at.is_(None), articles.c.published_at, articles.c.key),
    )


_LONGEST_NUMBER = 19  # digits: what a bigint holds


def ask(connection: Connection, sql: str) -> tuple[Sequence[str], Sequence[Row]]:
    """A query of the user's own: (columns, rows). The transaction is read-only. Raises UsageError with the database's words."""
    try:
        # psycopg takes a single % for the beginning of a placeholder.
        result = connection.exec_driver_sql(sql.replace("%", "%%") if connection.dialect.name == "postgresql" else sql)
        if not result.returns_rows:
            raise UsageError("the statement returns no rows; `db query` takes a SELECT")
        columns = list(result.keys())
        return columns, [dict(zip(columns, row, strict=True)) for row in result]
    except DBAPIError as error:
        raise UsageError(f"the query failed: {' '.join(str(error.orig).split())}") from error


def _rows(connection: Connection, query: Select[Any]) -> Sequence[Row]:
    return [dict(row._mapping) for row in connection.execute(query)]
