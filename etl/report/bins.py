"""The bars of a chart over time: days, weeks, months or years, whichever makes some dozens of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

MOST_DAYS = 62
MOST_WEEKS = 53 * 7
MOST_MONTHS = 6 * 366


@dataclass(frozen=True, slots=True)
class Bin:
    """The days from `start` up to, not including, `end`."""

    start: dt.date
    end: dt.date
    label: str
    """`9 May 2024`, `week of 6 May 2024`, `May 2024`, `2024`."""


def unit(since: dt.date, until: dt.date) -> str:
    """`day`, `week`, `month` or `year`."""
    days = (until - since).days + 1
    return next((name for most, name in _LONGEST if days <= most), "year")


def bins(since: dt.date, until: dt.date) -> list[Bin]:
    """The bins from one day to another, both included; the first and last one may begin before and end after them."""
    return list(_bins(since, until, unit(since, until)))


def _bins(since: dt.date, until: dt.date, name: str) -> Iterator[Bin]:
    start = _STARTS[name](since)
    while start <= until:
        end = _STARTS[name](start + dt.timedelta(days=_AT_MOST[name]))
        yield Bin(start, end, f"{'week of ' if name == 'week' else ''}{start:{_FORMATS[name]}}")
        start = end


_LONGEST = ((MOST_DAYS, "day"), (MOST_WEEKS, "week"), (MOST_MONTHS, "month"))
# A day inside the next bin, counted from the first of this one.
_AT_MOST = {"day": 1, "week": 7, "month": 31, "year": 366}
_FORMATS = {"day": "%-d %B %Y", "week": "%-d %B %Y", "month": "%B %Y", "year": "%Y"}
_STARTS = {
    "day": lambda day: day,
    "week": lambda day: day - dt.timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}
