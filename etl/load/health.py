"""Whether the job is well: how old the last good run is, and how much of it was rejected. Reads the ledger, changes nothing."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from etl.load.accounts import RunStatus, load_runs, source_runs

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """What counts as well; None does not bound."""

    max_age: dt.timedelta | None = None
    """Since the end of the last good run."""
    max_rejected: float | None = None
    """Share of that run's pages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Health:
    """The state of the job."""

    last: Row | None
    """The last run that has ended, a row of `load_runs`. None where there is none."""
    good: Row | None
    """The last run that succeeded."""
    age: dt.timedelta | None
    """Since that one's end."""
    rejected_share: float | None
    """Of its pages, 0 to 1."""
    problems: tuple[str, ...]
    """What is not well, a sentence each."""


def health(connection: Connection, bounds: Bounds, now: dt.datetime) -> Health:
    """The state of the job at a time."""
    last = newest_run(connection, RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.INTERRUPTED)
    good = newest_run(connection, RunStatus.SUCCEEDED)
    return judged(last, good, bounds, now)


def source_health(connection: Connection, name: str, bounds: Bounds, now: dt.datetime) -> Health:
    """The state of one configured source at a time."""
    mine = select(source_runs).where(source_runs.c.name == name).order_by(source_runs.c.id.desc()).limit(1)
    last = _first(connection, mine)
    good = _first(connection, mine.where(source_runs.c.status == RunStatus.SUCCEEDED.value))
    return judged(last, good, bounds, now)


def judged(last: Row | None, good: Row | None, bounds: Bounds, now: dt.datetime) -> Health:
    """The same from rows with `finished_at`, `pages_seen`, `rejected`."""
    if good is None:
        return Health(last=last, good=None, age=None, rejected_share=None, problems=("no run has succeeded yet",))
    age = now - good["finished_at"]
    rejected = good["rejected"] / good["pages_seen"] if good["pages_seen"] else 0.0
    problems = []
    if bounds.max_age is not None and age > bounds.max_age:
        problems.append(f"the last good run ended {spoken(age)} ago, more than {spoken(bounds.max_age)}")
    if bounds.max_rejected is not None and rejected > bounds.max_rejected:
        problems.append(f"{rejected:.1%} of its pages were rejected, more than {bounds.max_rejected:.1%}")
    return Health(last=last, good=good, age=age, rejected_share=rejected, problems=tuple(problems))


def spoken(length: dt.timedelta) -> str:
    """A length of time for a reader: `3 d 4 h`, `26 h 5 min`, `40 s`."""
    seconds = int(length.total_seconds())
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 2 * 86_400:
        return f"{seconds // 3600} h {seconds % 3600 // 60} min"
    return f"{seconds // 86_400} d {seconds % 86_400 // 3600} h"


_LOOK_BACK = 1000  # runs; nobody retries so often in a row
# news-etl retry --reason timeout     __main__.py retry 4711
_RETRY = re.compile(r"\S+ retry(?: |$)")


def newest_run(connection: Connection, *statuses: RunStatus) -> Row | None:
    """The newest run with one of these statuses, a row of `load_runs`. A run of `retry` says nothing of
    the job: it reads what was rejected before, and mostly is again."""
    query = select(load_runs.c.id, load_runs.c.command).where(load_runs.c.status.in_([status.value for status in statuses]))
    runs = connection.execute(query.order_by(load_runs.c.id.desc()).limit(_LOOK_BACK))
    newest = next((run.id for run in runs if not _RETRY.match(run.command)), None)
    return None if newest is None else _first(connection, select(load_runs).where(load_runs.c.id == newest))


def _first(connection: Connection, query: Select[Any]) -> Row | None:
    row = connection.execute(query).one_or_none()
    return None if row is None else dict(row._mapping)
