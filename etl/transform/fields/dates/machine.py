"""Dates written for machines: ISO 8601 as sites really write it, RFC 2822 and its kin, epochs. No dateparser, no locale."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from etl.records import Precision
from etl.transform.fields.dates.moment import Moment
from etl.transform.fields.dates.zones import fixed_zone, read_zone

# 2021-12-01T10:43Z, 2026-01-06 14:02:09 +01:00, 2026-01-06T14:02:09.123+0100, 20260106T140209Z, 2026-1-6,
# 2026/01/06 2:02:09 PM, 2018-11-28CET11:59:00+0100
_ISO = re.compile(
    r"(?P<y>\d{4})(?P<dash>[-/.]?)(?P<m>\d{1,2})(?P=dash)(?P<d>\d{1,2})"
    r"(?:(?:\s?T\s?|,?\s{1,2}|\s-\s|[A-Z]{3,4}(?=\d))(?P<H>\d{1,2})(?::?(?P<M>\d{2}))?(?::?(?P<S>\d{1,2})(?:[.,:]\d{1,12})?)?(?:\s?(?P<ap>[AP]M))?)?"
    r"(?P<zone>.{0,40})",
    re.I,
)
# Tue, 06 Jan 2026 14:02:09 +0100; Tuesday, 06-Jan-26 14:02:09 GMT; 6 Jan 2026 14:02
_RFC = re.compile(
    r"(?:[a-z]{3,9},?\s)?\s?(?P<d>\d{1,2})[-\s](?P<mon>[a-z]{3})[-\s](?P<y>\d{4}|\d{2})"
    r"(?:\s(?P<H>\d{1,2}):(?P<M>\d{2})(?::(?P<S>\d{2})(?:\.\d{1,9})?)?)?(?P<zone>.{0,40})",
    re.I,
)
# Tue Jan 06 2026 14:02:09 GMT+0100 (CET); Tue Jan  6 14:02:09 CET 2026
_JS = re.compile(
    r"[a-z]{3}\s(?P<mon>[a-z]{3})\s{1,2}(?P<d>\d{1,2})\s(?P<y>\d{4})\s(?P<H>\d{1,2}):(?P<M>\d{2}):(?P<S>\d{2})(?P<zone>.{0,60})",
    re.I,
)
_CTIME = re.compile(
    r"[a-z]{3}\s(?P<mon>[a-z]{3})\s{1,2}(?P<d>\d{1,2})\s(?P<H>\d{1,2}):(?P<M>\d{2}):(?P<S>\d{2})\s(?P<zone>[a-z]{1,5}\s)?(?P<y>\d{4})",
    re.I,
)
# 1762513252, 1762513252000
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d{1,6})?")
# Z, +01:00, +0100, +01, " 01:00" (a plus sign lost on the way), Z[UTC], +01:00[Europe/Berlin], GMT+0100 (CET), UTC
_ZONE = re.compile(
    r"\s?(?:(?P<name>[a-z]{1,5}(?![+\-\w]))|(?:GMT|UTC)?\s?(?P<sign>[+\-−\s])\s?(?P<h>\d{1,2}):?(?P<m>\d{2})?)?"
    r"\s?(?:\[[\w/+\-:]{1,40}\]|\([^()]{1,40}\))?\s?",
    re.I,
)
# RFC 5322 names, not a language's.
_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # noqa: SIM905
_LONGEST = 80


@lru_cache(maxsize=2_000)
def read_machine(text: str) -> Moment | None:
    """The moment of a machine-readable text; None for any other text. A page says the same date in several places."""
    text = text.strip()
    if not 6 <= len(text) <= _LONGEST or not text.isascii():
        return None
    for pattern in (_ISO, _RFC, _JS, _CTIME):
        if match := pattern.fullmatch(text):
            return _moment(match.groupdict())
    return None


def read_epoch(text: str) -> Moment | None:
    """The moment of seconds or milliseconds since 1970: only for fields that hold nothing but dates."""
    match = _EPOCH.fullmatch(text.strip())
    if not match:
        return None
    wall = dt.datetime.fromtimestamp(int(match[1]), dt.UTC).replace(tzinfo=None)
    return Moment(wall=wall, zone=dt.UTC, precision=Precision.SECOND)


def _moment(parts: dict[str, str | None]) -> Moment | None:
    month = parts.get("m") or str(_MONTHS.get((parts.get("mon") or "").lower(), 0))
    hour = _hour(parts.get("H"), parts.get("ap"))
    timed = parts.get("H") is not None and parts.get("M") is not None
    zone_text = parts.get("zone") or ""
    zone, known = _zone(zone_text)
    if not known or (parts.get("dash") == "" and len(f"{parts['m']}{parts['d']}") != 4):  # 2019111 is no date
        return None
    try:
        wall = dt.datetime(  # noqa: DTZ001 - the zone is kept beside it
            _year(parts["y"] or ""), int(month), int(parts["d"] or 0), hour if timed else 0, int(parts.get("M") or 0)
        )
        wall = wall.replace(second=min(int(parts.get("S") or 0), 59))  # 60: a leap second
    except ValueError:
        return None
    precision = Precision.DAY if not timed else Precision.SECOND if parts.get("S") else Precision.MINUTE
    return Moment(wall=wall, zone=zone, precision=precision)


def _hour(text: str | None, half: str | None) -> int:
    hour = int(text or 0)
    if half and 1 <= hour <= 12:
        return hour % 12 + (12 if half.upper() == "PM" else 0)
    return hour


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else int(text) + (1900 if int(text) >= 70 else 2000)  # RFC 850, as RFC 6265 reads it


def _zone(text: str) -> tuple[dt.tzinfo | None, bool]:
    """(zone, whether the text is a zone or nothing)"""
    match = _ZONE.fullmatch(text)
    if not match:
        return None, False
    if name := match["name"]:
        zone = fixed_zone(name.upper())  # what several places claim is read with the site's country, as print
        return zone, zone is not None
    if sign := match["sign"]:
        zone = read_zone(f"{'+' if sign.isspace() else sign}{int(match['h']):02}:{match['m'] or '00'}")
        return zone, zone is not None
    return None, True
