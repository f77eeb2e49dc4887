"""The share of filled fields over time, by run or by day, with the drops marked: what `news-etl coverage` shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from etl.load.accounts import load_runs, run_coverage
from etl.load.drops import LOOK_BACK, SERIES, Point, fall


class Period(NamedTuple):
    """A day in UTC; or a run, named also by the moment it began."""

    day: dt.date
    started_at: dt.datetime | None = None
    run: int | None = None


@dataclass(kw_only=True)
class Line:
    """What a publisher's pages gave in a period."""

    period: Period
    publisher: str
    source: str
    articles: int
    shares: dict[str, float] = field(default_factory=dict)
    """By field, 0 to 1."""
    drops: list[str] = field(default_factory=list)
    """The fields among them that had dropped then."""


def history(
    connection: Connection,
    fields: Sequence[str],
    *,
    publisher: str | None = None,
    source: str | None = None,
    since: dt.datetime | None = None,
    last: int,
    by_day: bool = False,
) -> list[Line]:
    """The last periods with any articles, the newest first; of a publisher, of a configured source, since a time where given."""
    given = {"publisher": publisher, "source": source}
    only = [run_coverage.c[name] == value for name, value in given.items() if value is not None]
    counted = select(load_runs.c.id, load_runs.c.started_at).join(run_coverage).where(run_coverage.c.field.in_(fields), *only)
    shown = _shown(connection, counted if since is None else counted.where(load_runs.c.started_at >= since), last, by_day)
    if not shown:
        return []
    columns = [*(run_coverage.c[name] for name in SERIES), run_coverage.c.articles, run_coverage.c.filled]
    past = counted.add_columns(*columns).where(load_runs.c.id >= min(shown.values()) - LOOK_BACK)
    rows = connection.execute(past.order_by(*columns[:3], load_runs.c.id.desc()))
    lines: dict[tuple[Period, str, str], Line] = {}
    for (domain, of_source, name), series in groupby(rows, key=lambda row: (row.publisher, row.source, row.field)):
        points = list(_points(series, by_day))
        for number, (period, point) in enumerate(points):
            if period in shown:
                new = Line(period=period, publisher=domain, source=of_source, articles=point.articles)
                line = lines.setdefault((period, domain, of_source), new)
                line.shares[name] = point.share
                if fall(earlier for _, earlier in points[number:]):
                    line.drops.append(name)
    order = list(shown)
    return sorted(lines.values(), key=lambda line: (order.index(line.period), line.publisher, line.source))


def _shown(connection: Connection, runs: Select[Any], last: int, by_day: bool) -> dict[Period, int]:
    """The periods to show, the newest first, each with its first run."""
    found: dict[Period, int] = {}
    for row in connection.execute(runs.distinct().order_by(load_runs.c.id.desc())):
        period = _period(row, by_day)
        if period not in found and len(found) == last:
            break
        found[period] = row.id
    return found


def _points(series: Iterable[Any], by_day: bool) -> Iterator[tuple[Period, Point]]:
    """Runs of one period taken together."""
    for period, rows in groupby(series, key=lambda row: _period(row, by_day)):
        counts = [(row.articles, row.filled) for row in rows]
        yield period, Point(sum(articles for articles, _ in counts), sum(filled for _, filled in counts))


def _period(row: Any, by_day: bool) -> Period:
    day = row.started_at.date()
    return Period(day) if by_day else Period(day, row.started_at, row.id)
