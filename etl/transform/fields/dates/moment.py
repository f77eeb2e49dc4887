"""A date as read from text, before the publisher's zone is applied, and the step from there to the record's `DateValue`."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass, field

from etl.records import DateValue, Precision, ZoneSource
from etl.transform.fields.dates.zones import zone_info


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a text says of a time: the clock and calendar as written, and the zone, if it names one."""

    wall: dt.datetime
    """As written, without zone; midnight where only the day is given."""
    zone: dt.tzinfo | None = None
    """The zone or offset the text itself gives."""
    precision: Precision
    other_day: dt.date | None = None
    """The second reading of a day that can be read both ways (`01/02/2021`), where only habit speaks for the first."""
    short_year: bool = False
    """The year is written with two digits: no date on its own, only beside another."""
    relative: bool = False
    """Counted back from the time of capture (`3 hours ago`)."""
    timed: bool = field(init=False, compare=False)
    """Whether the text gives a time of day."""
    at: dt.datetime | None = field(init=False, compare=False)
    """The instant (UTC), where the text gives both time and zone."""

    def __post_init__(self) -> None:
        at, timed = None, self.precision is not Precision.DAY
        if self.zone is not None and timed:
            with contextlib.suppress(OverflowError, ValueError):
                at = self.wall.replace(tzinfo=self.zone).astimezone(dt.UTC)
        object.__setattr__(self, "timed", timed)
        object.__setattr__(self, "at", at)

    @property
    def day(self) -> dt.date:
        """The calendar day as written."""
        return self.wall.date()

    @property
    def certain(self) -> bool:
        """Whether the text alone gives the day."""
        return not (self.short_year or self.relative or self.other_day)


def resolve(moment: Moment, zone: str | None, text: str) -> DateValue | None:
    """The record's value: instant, day, and where the zone came from; None for what lies outside the calendar.

    `zone` is the publisher's (IANA). In the hour that summer time repeats, the first is meant; in the hour it skips, the
    clock is read with the offset from before.
    """
    publisher = zone_info(zone) if zone else None
    stated = moment.zone or publisher or dt.UTC
    source = ZoneSource.PAGE if moment.zone else ZoneSource.PUBLISHER if publisher else ZoneSource.ASSUMED
    try:
        local = moment.wall.replace(tzinfo=stated)
        at = local.astimezone(dt.UTC)
        day = at.astimezone(publisher).date() if publisher and moment.timed else local.date()
    except (OverflowError, ValueError):
        return None
    offset = local.utcoffset() if moment.zone else None
    return DateValue(
        at=at,
        day=day,
        precision=moment.precision,
        text=text,
        zone_source=source,
        utc_offset=None if offset is None else int(offset.total_seconds() // 60),
    )
