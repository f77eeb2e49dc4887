"""Publishers that used to give a field on most pages and stopped doing so: the sign of a changed layout. Reads the ledger only.

Runs differ in size: one an hour brings three articles, one a night a hundred. So runs are taken together, the newest first, into
windows of at least ENOUGH articles. The newest window is what pages give now; the median of those before is what they usually
give. A field has dropped when that is MOST or more, and less than FALL of it is left, both in the newest window and in the newest
run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from statistics import median
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, select

from etl.load.accounts import load_runs, run_coverage

WATCHED = ("authors", "tags", "published")
"""Fields whose loss is warned of: most publishers give them on every page."""
ENOUGH = 20
"""Articles in a window. Of a field that half of the pages have, fewer than five of 20 lack it by chance once in 170 windows;
of one that nine in ten have, never."""
MOST = 0.5
"""Usual share from which on the field counts as given."""
FALL = 0.5
"""Of the usual share: less than that is a drop."""
WINDOWS = 10
"""Earlier windows whose median is usual: after six at a new level that is what is usual, and the warnings end."""
REMEMBERED = dt.timedelta(days=30)
"""`status` speaks of publishers that were read within this time."""
LOOK_BACK = 1000
"""Runs: a bound for what is read, far more than eleven windows need."""


class Point(NamedTuple):
    """A field of a publisher in one run."""

    articles: int
    filled: int

    @property
    def share(self) -> float:
        """Of the articles, 0 to 1."""
        return self.filled / self.articles


class Fall(NamedTuple):
    """What was judged to be a drop."""

    now: Point
    """The newest window."""
    usual: float
    """The share before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Drop:
    """A field that a publisher stopped giving."""

    publisher: str
    """Domain; empty where it is unknown."""
    source: str
    """The configured source; empty without one."""
    field: str
    share: float
    """Of the newest articles, 0 to 1."""
    usual: float
    """Of those before."""
    articles: int
    """How many the newest are."""

    def sentence(self) -> str:
        """The drop for a reader."""
        whose = self.publisher or "pages without a known publisher"
        through = f" (source {self.source})" if self.source else ""
        found = f"{self.field} on {self.share:.0%} of {self.articles} articles, usually on {self.usual:.0%}"
        return f"{whose}{through}: {found}; has the layout changed?"


def fall(points: Iterable[Point]) -> Fall | None:
    """The judgement on one field of one publisher, its runs given newest first; None where nothing has dropped or can be told.

    >>> fall([Point(20, 1), Point(40, 38), Point(25, 25)])
    Fall(now=Point(articles=20, filled=1), usual=0.975)
    """
    runs = iter(points)
    newest = next(runs, None)
    if newest is None:
        return None
    windows = list(islice(_windows(newest, runs), WINDOWS + 1))
    if len(windows) < 2:
        return None
    now, *before = windows
    usual = median(window.share for window in before)
    if usual < MOST or max(now.share, newest.share) >= FALL * usual:
        return None
    return Fall(now, usual)


def _windows(newest: Point, older: Iterator[Point]) -> Iterator[Point]:
    window: Point | None = newest
    while window is not None:
        while window.articles < ENOUGH:
            more = next(older, None)
            if more is None:
                return
            window = Point(window.articles + more.articles, window.filled + more.filled)
        yield window
        window = next(older, None)


def drops_of_run(connection: Connection, run_id: int) -> list[Drop]:
    """What dropped in a run."""
    return _judged(connection, run_coverage.c.load_run_id == run_id)


def standing_drops(connection: Connection, now: dt.datetime) -> list[Drop]:
    """What had dropped when each publisher was last read."""
    same = run_coverage.alias()
    newest = select(func.max(same.c.load_run_id)).where(*(same.c[name] == run_coverage.c[name] for name in SERIES))
    recent = select(load_runs.c.id).where(load_runs.c.started_at >= now - REMEMBERED)
    is_newest = run_coverage.c.load_run_id == newest.scalar_subquery()
    return _judged(connection, and_(is_newest, run_coverage.c.load_run_id.in_(recent)))


SERIES = ("publisher", "source", "field")


def _judged(connection: Connection, chosen: ColumnElement[bool]) -> list[Drop]:
    """The drops among the chosen rows. Only a share below FALL can be less than FALL of another: the history of the rest is not
    read."""
    low = run_coverage.c.filled < FALL * run_coverage.c.articles
    here = select(run_coverage).where(chosen, run_coverage.c.field.in_(WATCHED), low)
    found, past = here.subquery(), run_coverage.alias()
    joined = and_(
        *(past.c[name] == found.c[name] for name in SERIES),
        past.c.load_run_id.between(found.c.load_run_id - LOOK_BACK, found.c.load_run_id),
    )
    order = [past.c[name] for name in SERIES]
    query = select(*order, past.c.articles, past.c.filled).select_from(found.join(past, joined))
    rows = connection.execute(query.order_by(*order, past.c.load_run_id.desc()))
    judged = ((series, fall(Point(row.articles, row.filled) for row in runs)) for series, runs in groupby(rows, key=_series))
    return [_drop(series, fallen) for series, fallen in judged if fallen is not None]


def _series(row: Sequence[str]) -> tuple[str, str, str]:
    return row[0], row[1], row[2]


def _drop(series: tuple[str, str, str], fallen: Fall) -> Drop:
    publisher, source, field = series
    return Drop(
        publisher=publisher,
        source=source,
        field=field,
        share=fallen.now.share,
        usual=fallen.usual,
        articles=fallen.now.articles,
    )
