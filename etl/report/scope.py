"""What a report is about: days, publishers, and the zone its times are told in. Reads the database, no clock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select

from etl.errors import UsageError
from etl.load.models import articles, publishers

UTC = ZoneInfo("UTC")
PERIODS = (28, 91, 365)
"""Days of a report without `--since`: the shortest with enough to tell, else all. Four weeks hold each weekday equally often."""
ENOUGH = 10
"""Articles of a period worth a report."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """The days from `since` to `until`, both included, of some publishers or of all."""

    since: dt.date
    until: dt.date
    publishers: tuple[str, ...] = ()
    """Domains; none: all."""
    zone: ZoneInfo = UTC
    """Times are told in it."""
    as_of: dt.date = dt.date.min
    """The day of reading: a last run long before it is told as a fault."""

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.until - self.since).days + 1

    @property
    def recent_since(self) -> dt.date:
        """First of the last days, which are held against those before: the last quarter, seven of 28."""
        return self.until - dt.timedelta(days=max(1, self.days // 4) - 1)

    @property
    def instants(self) -> tuple[dt.datetime, dt.datetime]:
        """The first instant of the days, and the first after them."""
        first, last = (dt.datetime.combine(day, dt.time(), self.zone) for day in (self.since, self.until + dt.timedelta(days=1)))
        return first.astimezone(dt.UTC), last.astimezone(dt.UTC)


def settle(
    connection: Connection,
    *,
    since: dt.date | None,
    until: dt.date | None,
    publishers: Sequence[str] = (),
    zone: ZoneInfo,
    today: dt.date,
) -> Scope:
    """The scope that was asked for; what was left open is told by the articles.

    Without `until` the newest day that has an article, and is not after `today` (a site's wrong date must not empty the page);
    without `since` four weeks, or a longer period where they hold next to nothing.
    """
    domains = _known(connection, publishers)
    as_of = until or today
    if until is None:
        day = articles.c.published_date
        until = connection.scalar(select(func.max(day)).where(day <= today, of_publishers(domains))) or today
    if since is not None and since > until:
        raise UsageError(f"--since {since} is after {until}, the last day of the report; give an earlier day")
    return Scope(since=since or _start(connection, domains, until), until=until, publishers=domains, zone=zone, as_of=as_of)


def dated(scope: Scope) -> ColumnElement[bool]:
    """Articles published on the days of the scope, by its publishers."""
    return and_(articles.c.published_date.between(scope.since, scope.until), of_publishers(scope.publishers))


def of_publishers(domains: Sequence[str]) -> ColumnElement[bool]:
    """Articles of these publishers; of all where none are named."""
    if not domains:
        return articles.c.id.is_not(None)
    return articles.c.publisher_id.in_(select(publishers.c.id).where(publishers.c.domain.in_(domains)))


def _known(connection: Connection, domains: Sequence[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(domain.strip().casefold() for domain in domains))
    found: set[str] = {row.domain for row in connection.execute(select(publishers.c.domain))} if wanted else set()
    for domain in wanted:
        if domain not in found:
            some = ", ".join(sorted(found)[:5])
            there = f"; there are {len(found)}: {some}{', …' if len(found) > 5 else ''}" if found else ""
            raise UsageError(f"no article of a publisher {domain} is in the database{there}")
    return wanted


def _start(connection: Connection, domains: Sequence[str], until: dt.date) -> dt.date:
    for days in PERIODS:
        since = until - dt.timedelta(days=days - 1)
        if _articles(connection, domains, since, until).number >= ENOUGH:
            return since
    first: dt.date | None = _articles(connection, domains, dt.date.min, until).first
    return first or until - dt.timedelta(days=PERIODS[0] - 1)


def _articles(connection: Connection, domains: Sequence[str], since: dt.date, until: dt.date) -> Row[tuple[int, dt.date]]:
    day = articles.c.published_date
    wanted = select(func.count().label("number"), func.min(day).label("first"))
    return connection.execute(wanted.where(day.between(since, until), of_publishers(domains))).one()
