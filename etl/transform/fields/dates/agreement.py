"""Whether two dates of a page can be one: clocks in different zones, days beside instants.

A printed clock without a zone and a machine's instant agree when they differ by an offset in use somewhere; that offset is then
the page's.
"""

from __future__ import annotations

import datetime as dt

from etl.transform.fields.dates.moment import Moment

_SLACK = dt.timedelta(seconds=90)
"""Printed clocks drop the seconds, and some round."""
_HALF_HOURS = (-570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765)
_OFFSETS = tuple(dt.timedelta(minutes=m) for m in sorted([*range(-720, 841, 60), *_HALF_HOURS]))
"""All offsets from UTC in use, summer times included."""


def offset_between(clock: Moment, at: dt.datetime) -> dt.timedelta | None:
    """The offset in use with which a clock without zone shows an instant; None where there is none."""
    if not clock.timed:
        return None
    apart = clock.wall - at.replace(tzinfo=None)
    return next((offset for offset in _OFFSETS if abs(apart - offset) <= _SLACK), None)


def same_clock(a: Moment, b: Moment) -> bool:
    """Whether two moments are written alike, whatever their zones."""
    return a.timed and b.timed and abs(a.wall - b.wall) <= _SLACK


def agreement(a: Moment, b: Moment) -> float:
    """From 0, different days, to 1, the same minute; a same day with another time, or without one, is in between."""
    if a.timed and b.timed:
        return _of_clocks(a, b)
    first, second = a.at, b.at
    if first is None and second is None:
        return 0.8 if a.day == b.day else 0.0
    moment, at, day = (a, first, b.day) if first else (b, second, a.day)
    if moment.day == day:
        return 0.8
    return 0.6 if at and moment.zone == dt.UTC and day in _local_days(at) else 0.0


def _of_clocks(a: Moment, b: Moment) -> float:
    first, second = a.at, b.at
    if first and second:
        if abs(first - second) <= _SLACK:
            return 1.0
        return 0.9 if same_clock(a, b) else 0.7 if a.day == b.day or first.date() == second.date() else 0.0
    if first is None and second is None:
        return 1.0 if abs(a.wall - b.wall) <= _SLACK else 0.7 if a.day == b.day else 0.0
    zoned, at, clock = (a, first, b) if first else (b, second, a)
    if abs(zoned.wall - clock.wall) <= _SLACK:
        return 1.0
    if at and offset_between(clock, at) is not None:
        return 0.9
    return 0.6 if zoned.day == clock.day else 0.0


def _local_days(at: dt.datetime) -> set[dt.date]:
    return {(at + offset).date() for offset in (_OFFSETS[0], dt.timedelta(), _OFFSETS[-1])}
