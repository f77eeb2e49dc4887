"""Time zones as pages print them: offsets, abbreviations, phrases. Ambiguous abbreviations are settled by country, or not at all.

dateparser is never asked: it reads `ET` as -05:00 in July and `IST` as Israel everywhere.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from etl.transform.words import table

# Hours east of Greenwich, as written: `EST` is -5 in July too.
_FIXED: dict[str, float] = {
    "Z": 0, "GMT": 0, "UTC": 0, "UT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "MET": 1, "MEST": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "МСК": 3, "TRT": 3, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PDT": -7, "AKST": -9,
    "AKDT": -8, "HST": -10, "NST": -3.5, "NDT": -2.5, "ADT": -3, "BRT": -3, "ART": -3, "UYT": -3, "COT": -5, "PET": -5, "VET": -4,
    "JST": 9, "KST": 9, "HKT": 8, "SGT": 8, "MYT": 8, "PHT": 8, "WIB": 7, "WITA": 8, "WIT": 9, "ICT": 7, "PKT": 5, "NPT": 5.75,
    "SLST": 5.5, "MMT": 6.5, "AEST": 10, "AEDT": 11, "ACST": 9.5, "ACDT": 10.5, "AWST": 8, "NZST": 12, "NZDT": 13, "SAST": 2,
    "EAT": 3, "CAT": 2, "WAT": 1, "IDT": 3, "IRST": 3.5, "IRDT": 4.5, "GST": 4, "TPE": 8,
}  # fmt: skip
# Names that follow the summer time of a place.
_REGIONAL = {
    "ET": "America/New_York",
    "CT": "America/Chicago",
    "MT": "America/Denver",
    "PT": "America/Los_Angeles",
    "AET": "Australia/Sydney",
    "NZT": "Pacific/Auckland",
}
# Country → zone for names that several places claim; "" is the reading where nothing speaks for another, None leaves it open.
_AMBIGUOUS: dict[str, dict[str, str | float | None]] = {
    "IST": {"in": "Asia/Kolkata", "lk": "Asia/Kolkata", "ie": "Europe/Dublin", "il": "Asia/Jerusalem", "": None},
    "BST": {"bd": "Asia/Dhaka", "": 1.0},
    "CST": {"cn": "Asia/Shanghai", "tw": "Asia/Taipei", "hk": "Asia/Hong_Kong", "mo": "Asia/Macau", "cu": -5.0, "": -6.0},
    "AST": {"sa": 3.0, "kw": 3.0, "bh": 3.0, "qa": 3.0, "iq": 3.0, "ye": 3.0, "": -4.0},
    "EST": {"au": "Australia/Sydney", "": -5.0},
    "PST": {"ph": 8.0, "": -8.0},
    "WST": {"au": 8.0, "": None},
}
# A language that is at home in one country names it where the address does not.
_HOME = {"he": "il", "iw": "il", "hi": "in", "ta": "in", "te": "in", "mr": "in", "gu": "in", "kn": "in", "ml": "in", "pa": "in",
         "ga": "ie", "bn": "bd", "zh": "cn", "tl": "ph", "fil": "ph", "si": "lk", "ar": "sa"}  # fmt: skip


def zone_pattern() -> str:
    """A regular expression for a printed zone: `GMT+2`, `+01:00`, `CEST`, `Israel time`. Abbreviations are capitals."""
    names = sorted({*_FIXED, *_REGIONAL, *_AMBIGUOUS} - {"Z"}, key=lambda name: (-len(name), name))
    phrases = "|".join(re.escape(phrase) for phrase in sorted(_phrases(), key=lambda phrase: -len(phrase)))
    return (
        r"(?:GMT|UTC)\s?[+\-−–]\s?\d{1,2}(?::?\d{2})?"  # GMT+2, UTC -05:00
        r"|[+\-−]\d{2}:?\d{2}"  # +0100
        rf"|(?:{'|'.join(names)})(?![^\W\d_])(?:\s?/\s?(?:GMT|UTC))?"  # IST
        r"|[ECMP]\.[SD]?\.?T\.?"  # E.T.
        rf"|(?i:{phrases})"
    )


def read_zone(text: str, *, zone: str | None = None, country: str | None = None, language: str | None = None) -> dt.tzinfo | None:
    """The zone a page names; None for what is no zone or stays ambiguous.

    `zone` is the publisher's (IANA), `country` the ISO 3166 code of the site, `language` the page's: they settle `IST`.
    """
    text = text.strip(" ()[]")
    offset = _OFFSET.fullmatch(text)
    if offset:
        return _from_offset(*offset.groups())
    if phrase := _phrases().get(" ".join(text.casefold().split())):
        return zone_info(phrase)
    name = text.split("/")[0].replace(".", "").strip().upper()
    if name in _REGIONAL:
        return zone_info(_REGIONAL[name])
    if name in _AMBIGUOUS:
        return _settle(_AMBIGUOUS[name], zone, country, language)
    return fixed_zone(name)


def fixed_zone(name: str) -> dt.tzinfo | None:
    """The offset of an abbreviation in capitals that means the same everywhere and all year; None for any other."""
    return _fixed(_FIXED[name]) if name in _FIXED else None


_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+\-−–])\s?(\d{1,2}):?(\d{2})?", re.I)


def _from_offset(sign: str, hours: str, minutes: str | None) -> dt.tzinfo | None:
    total = int(hours) * 60 + int(minutes or 0)
    if total > 14 * 60 or int(minutes or 0) > 59:  # the greatest offset in use is +14:00
        return None
    return dt.timezone(dt.timedelta(minutes=total if sign == "+" else -total))


def _settle(
    readings: dict[str, str | float | None], zone: str | None, country: str | None, language: str | None
) -> dt.tzinfo | None:
    if zone is not None and zone in readings.values():
        return zone_info(zone)
    for place in (country, _HOME.get(language or ""), ""):
        if place in readings:
            reading = readings[place]
            return zone_info(reading) if isinstance(reading, str) else None if reading is None else _fixed(reading)
    return None


@cache
def _fixed(hours: float) -> dt.tzinfo:
    return dt.timezone(dt.timedelta(hours=hours)) if hours else dt.UTC


@lru_cache(maxsize=1_000)
def zone_info(name: str) -> dt.tzinfo | None:
    """An IANA zone; None where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@cache
def _phrases() -> dict[str, str]:
    return {phrase.casefold(): name for name, lists in table("zones").items() for words in lists.values() for phrase in words}
