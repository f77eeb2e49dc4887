"""The last run: what was loaded, what failed and why; and the runs before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from etl.load.accounts import RunStatus, load_runs, pages, source_files, source_runs
from etl.load.drops import Drop, standing_drops
from etl.load.health import newest_run
from etl.load.models import articles, publishers
from etl.records import Status
from etl.report.queries.views import load_health

Row = Mapping[str, Any]

HISTORY = 14
"""Runs in the chart: two weeks of nights."""
EXAMPLES = 3
"""Pages shown of each reason."""
HEADLINES = 10
FILES = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Load:
    """The last run that has ended."""

    run: Row
    """A row of `load_runs`."""
    sources: Sequence[Row]
    """Its rows of `source_runs`, failed ones first."""
    rejected: Sequence[Row]
    """`reason_code`, `number`, `examples` (rows of `pages`), the commonest first."""
    files: Sequence[Row]
    """Files it read that are cut or corrupt: `uri`, `error`."""
    headlines: Sequence[Row]
    """The newest articles that it loaded."""
    drops: Sequence[Drop]
    """Fields that publishers had stopped giving when it ended."""


def last_load(connection: Connection) -> Load | None:
    """None where no run has ended yet. Runs of `retry` do not count."""
    newest = newest_run(connection, RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.INTERRUPTED)
    if newest is None:
        return None
    run = newest["id"]
    return Load(
        run=newest,
        sources=_sources(connection, run),
        rejected=_rejected(connection, run),
        files=_files(connection, run),
        headlines=_headlines(connection, run),
        drops=standing_drops(connection, newest["started_at"]),
    )


def running(connection: Connection) -> Row | None:
    """The run that is going on, or was broken off without a word."""
    query = select(load_runs).where(load_runs.c.status == RunStatus.RUNNING.value).order_by(load_runs.c.id.desc()).limit(1)
    return next(iter(rows(connection, query)), None)


def history(connection: Connection) -> Sequence[Row]:
    """The last runs, the oldest first: rows of the view `load_health`."""
    return list(reversed(rows(connection, select(load_health).order_by(load_health.c.run_id.desc()).limit(HISTORY))))


def rows(connection: Connection, query: Select[Any]) -> list[Row]:
    """All rows of a query, by column."""
    return [dict(row) for row in connection.execute(query).mappings()]


def _sources(connection: Connection, run: int) -> list[Row]:
    query = select(source_runs).where(source_runs.c.load_run_id == run)
    return rows(connection, query.order_by(source_runs.c.status == RunStatus.SUCCEEDED.value, source_runs.c.name))


def _rejected(connection: Connection, run: int) -> list[Row]:
    number = func.count().label("number")
    bad = (pages.c.load_run_id == run, pages.c.status == Status.REJECTED.value)
    counted = select(pages.c.reason_code, number).where(*bad).group_by(pages.c.reason_code)
    shown = select(pages.c.url, pages.c.source, pages.c.record, pages.c.reason).where(*bad).order_by(pages.c.id).limit(EXAMPLES)
    return [
        {**reason, "examples": rows(connection, shown.where(pages.c.reason_code == reason["reason_code"]))}
        for reason in rows(connection, counted.order_by(number.desc(), pages.c.reason_code))
    ]


def _files(connection: Connection, run: int) -> list[Row]:
    read = select(pages.c.source).where(pages.c.load_run_id == run).distinct()
    query = select(source_files.c.uri, source_files.c.error).where(
        source_files.c.error.is_not(None), source_files.c.uri.in_(read)
    )
    return rows(connection, query.order_by(source_files.c.uri).limit(FILES))


def _headlines(connection: Connection, run: int) -> list[Row]:
    wanted = (articles.c.title, articles.c.url, articles.c.language, articles.c.section, articles.c.published_at)
    query = (
        select(*wanted, articles.c.published_date, articles.c.published_precision, publishers.c.domain.label("publisher"))
        .select_from(pages.join(articles, pages.c.article_id == articles.c.id).outerjoin(publishers))
        .where(pages.c.load_run_id == run, pages.c.status == Status.LOADED.value)
    )
    return rows(connection, query.order_by(articles.c.published_at.desc().nulls_last(), articles.c.id).limit(HEADLINES))
