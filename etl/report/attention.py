"""What on the page needs somebody's attention: sentences for its top, from the account of the runs. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from etl.load.accounts import RunStatus
from etl.report.queries.loads import Load, Row
from etl.report.scope import Scope
from etl.report.words import count, day, moment

DROPS = 6
"""Dropped fields told one by one: a change of a site's pages takes several."""


def warnings(load: Load | None, running: Row | None, scope: Scope) -> list[str]:
    """A sentence each; none where all is well."""
    found = [] if load is None else list(_of_load(load, scope))
    if running is not None:
        found.append(f"A run has been going on since {moment(running['started_at'], scope.zone)}.")
    return found or (["No run has ended yet."] if load is None else [])


def _of_load(load: Load, scope: Scope) -> Iterator[str]:
    run = load.run
    if run["status"] != RunStatus.SUCCEEDED:
        ended = "was interrupted" if run["status"] == RunStatus.INTERRUPTED else "failed"
        yield f"The last run {ended}: {run['error'] or 'no error was noted'}"
    if failed := [source["name"] for source in load.sources if source["status"] == RunStatus.FAILED]:
        yield f"{count(len(failed), 'source')} could not be read: {', '.join(failed)}."
    if load.files:
        yield f"{count(len(load.files), 'file is', 'files are')} cut or corrupt; what is whole was read."
    drops = [drop for drop in load.drops if not scope.publishers or drop.publisher in scope.publishers]
    yield from (drop.sentence() for drop in drops[:DROPS])
    if len(drops) > DROPS:
        yield f"{count(len(drops) - DROPS, 'field')} more dropped: news-etl status lists them."
    ended_on = (run["finished_at"] or run["started_at"]).astimezone(scope.zone).date()
    if ended_on < scope.as_of - dt.timedelta(days=1):
        yield f"Nothing has been loaded since {day(ended_on)}: the page is as old as that."
