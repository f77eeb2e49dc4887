"""The zone in which a site prints its times, as far as its country or language and the offsets on its page tell it together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from etl.records import DateValue, Precision
from etl.transform.document import Document
from etl.transform.fields.dates.page import country_of
from etl.transform.fields.dates.zones import zone_info
from etl.transform.words import table


def home_zone(document: Document, dates: Iterable[DateValue | None], language: str | None) -> str | None:
    """An IANA name; None where the page gives no offset, or where the offset does not go with the site's country or language.

    `Z` alone tells nothing: machines write it everywhere. Beside it, a printed clock gives the offset away; a printed day that is
    not the instant's in UTC is enough in a country with one time, if it is the day there.
    """
    values = [value for value in dates if value is not None]
    tags = (document.root.get("lang") or "", *document.meta("og:locale"))
    country = country_of(document.url, tags)
    if country is None:
        told = next((value for value in values if value.utc_offset), None)
        return _by_language(language, told.at, told.utc_offset or 0) if told else None
    if country not in table("countries"):
        return None
    zones = table("countries")[country]["zones"]
    if told := next((value for value in values if value.utc_offset), None):
        return _with_offset(zones, told.at, told.utc_offset or 0)
    if shown := next((value for value in values if value.precision is not Precision.DAY and value.day != value.at.date()), None):
        return _only_zone(zones, shown)
    return next((_with_offset(zones, value.at, 0) for value in values if value.utc_offset == 0), None)


def _by_language(language: str | None, at: dt.datetime, minutes: int) -> str | None:
    """The zone of a site of no known country, if all countries of its language that have the offset then keep one time all year.

    Where these are several without summer time, the offset's own zone (`Etc/GMT-8`) names none of them.
    """
    countries = table("homes")["countries"].get(language or "", ())
    zones = [zone for country in countries if (zone := _with_offset(table("countries")[country]["zones"], at, minutes))]
    clocks = {tuple(_offset(zone, dt.datetime(at.year, month, 15, tzinfo=dt.UTC)) for month in (1, 7)) for zone in zones}
    if len(clocks) != 1:
        return None
    winter, summer = clocks.pop()
    if len(zones) > 1 and winter == summer and minutes % 60 == 0:
        return f"Etc/GMT{-minutes // 60:+}"
    return zones[0]


def _with_offset(zones: Iterable[str], at: dt.datetime, minutes: int) -> str | None:
    return next((name for name in zones if _offset(name, at) == minutes), None)


def _only_zone(zones: Sequence[str], value: DateValue) -> str | None:
    """The zone of a country with one time, if the day of the date is what its calendars showed at that instant."""
    offset = _offset(zones[0], value.at)
    if offset is None or any(_offset(name, value.at) != offset for name in zones):
        return None
    return zones[0] if (value.at + dt.timedelta(minutes=offset)).date() == value.day else None


def _offset(name: str, at: dt.datetime) -> int | None:
    zone = zone_info(name)
    offset = at.astimezone(zone).utcoffset() if zone else None
    return None if offset is None else int(offset.total_seconds() // 60)
