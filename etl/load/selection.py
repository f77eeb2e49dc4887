"""Which rows of `pages` are meant: by what became of the page, when, from where. For listing them, and for reading them again."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, exists, func, literal, or_, select

from etl.errors import UsageError
from etl.load.accounts import load_runs, pages
from etl.load.engine import reading
from etl.load.models import articles, publishers
from etl.load.statements import find

_CHUNK = 20_000
"""Pages whose places are held in memory at a time; of all that are chosen only the numbers are."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What pages are chosen by; None does not choose."""

    status: str | None = None
    reason: str | None = None
    """As `pages.reason_code`."""
    run: int | None = None
    since: dt.datetime | None = None
    """When the run began."""
    source: str | None = None
    """A file, or a folder with all below it: as `pages.source` begins."""
    publisher: str | None = None
    """The domain of the page's article, or of its address."""
    ids: Sequence[int] = ()


def conditions(selection: Selection, dialect: str) -> list[ColumnElement[bool]]:
    """The selection in SQL."""
    equal = {pages.c.status: selection.status, pages.c.reason_code: selection.reason, pages.c.load_run_id: selection.run}
    found: list[ColumnElement[bool]] = [column == value for column, value in equal.items() if value is not None]
    if selection.since is not None:
        begun = select(load_runs.c.id).where(load_runs.c.started_at >= selection.since)
        found.append(pages.c.load_run_id.in_(begun))
    if selection.source is not None:
        below = selection.source.rstrip("/") + "/"
        found.append(or_(pages.c.source == selection.source, pages.c.source.startswith(below, autoescape=True)))
    if selection.publisher is not None:
        found.append(_of_publisher(selection.publisher.lower(), dialect))
    if selection.ids:
        found.append(pages.c.id.in_(selection.ids))
    return found


def _of_publisher(domain: str, dialect: str) -> ColumnElement[bool]:
    """By the article; a rejected page has none, but mostly an address."""
    of_article = exists().where(
        articles.c.id == pages.c.article_id, articles.c.publisher_id == publishers.c.id, publishers.c.domain == domain
    )
    host = _host(dialect)
    return or_(of_article, host == domain, host.endswith("." + domain, autoescape=True))


def _host(dialect: str) -> ColumnElement[str]:
    if dialect == "postgresql":
        return func.lower(func.split_part(func.split_part(pages.c.url, "://", 2), "/", 1))
    rest = func.substr(pages.c.url, func.instr(pages.c.url, "://") + 3)
    return func.lower(func.substr(rest, 1, func.instr(rest.op("||")(literal("/")), "/") - 1))


def places(engine: Engine, selection: Selection) -> Iterator[dict[str, frozenset[str | None]]]:
    """Where the chosen pages came from, part by part: for each source its records.

    Of several rows of one place only the newest counts: a page that was rejected once and is loaded since is no rejected page.
    """
    query = select(pages.c.id).where(*conditions(selection, engine.dialect.name)).order_by(pages.c.id)
    if not selection.ids:
        query = query.where(pages.c.id.in_(select(func.max(pages.c.id)).group_by(pages.c.source, pages.c.record)))
    with reading(engine) as connection:
        numbers = array("q", connection.execute(query).scalars())
    for start in range(0, len(numbers), _CHUNK):
        found: defaultdict[str, set[str | None]] = defaultdict(set)
        with reading(engine) as connection:
            for row in find(connection, (pages.c.source, pages.c.record), pages.c.id, numbers[start : start + _CHUNK]):
                found[row.source].add(row.record)
        yield {source: frozenset(records) for source, records in found.items()}


def check_ids(connection: Connection, ids: Sequence[int]) -> None:
    """Raise UsageError for numbers that no page has."""
    there = set(connection.execute(select(pages.c.id).where(pages.c.id.in_(ids))).scalars()) if ids else set()
    if missing := [str(number) for number in ids if number not in there]:
        raise UsageError(f"there is no page {', '.join(missing)}; `news-etl pages` lists them with their numbers")
