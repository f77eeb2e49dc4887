"""The zone in which a site prints its times, as far as its country and the offsets on its page tell it together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from etl.records import DateValue
from etl.transform.document import Document
from etl.transform.fields.dates.page import country_of
from etl.transform.fields.dates.zones import zone_info
from etl.transform.words import table


def home_zone(document: Document, dates: Iterable[DateValue | None]) -> str | None:
    """An IANA name; None where the page gives no offset, where its country is not known, or where the two do not go together.

    `Z` alone tells nothing: machines write it everywhere.
    """
    told = [(value.at, value.utc_offset) for value in dates if value is not None and value.utc_offset is not None]
    country = country_of(document.url, (document.root.get("lang") or "", *document.meta("og:locale")))
    if not told or country is None or country not in table("countries"):
        return None
    at, minutes = told[0]
    zones = table("countries")[country]["zones"]
    if minutes == 0 and not any(_offset(name, at) == 0 for name in zones):
        return None
    return next((name for name in zones if _offset(name, at) == minutes), None)


def _offset(name: str, at: dt.datetime) -> int | None:
    zone = zone_info(name)
    offset = at.astimezone(zone).utcoffset() if zone else None
    return None if offset is None else int(offset.total_seconds() // 60)
