"""Days of the calendars that news is dated by: Gregorian, the Buddhist era of Thailand, the solar year of Iran."""

from __future__ import annotations

import datetime as dt

_BUDDHIST_ERA = 543
_SOLAR_YEARS = range(1300, 1500)
_SOLAR_LANGUAGES = frozenset(["fa", "ps", "ckb", "az"])
# The first day of the year 1; leap years by the 33-year cycle, which holds from the calendar's adoption in 1925 to 2124.
_NOWRUZ_1 = dt.date(622, 3, 21).toordinal()
_LEAP_IN_CYCLE = (1, 5, 9, 13, 17, 22, 26, 30)


def day_of(year: int, month: int, day: int, languages: tuple[str, ...]) -> dt.date | None:
    """The Gregorian day of a printed one; which calendar is meant the year tells, with the page's language. None for no day."""
    if year in _SOLAR_YEARS and _SOLAR_LANGUAGES.intersection(languages):
        return _solar(year, month, day)
    if "th" in languages and 2400 < year < 2700:
        year -= _BUDDHIST_ERA
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _solar(year: int, month: int, day: int) -> dt.date | None:
    long_months = min(month - 1, 6)
    last = 31 if month <= 6 else 30 if month <= 11 or _is_leap(year) else 29
    if not 1 <= month <= 12 or not 1 <= day <= last:
        return None
    cycles, rest = divmod(year - 1, 33)
    leaps = cycles * 8 + sum(1 for n in _LEAP_IN_CYCLE if n <= rest)
    days = (year - 1) * 365 + leaps + (month - 1) * 30 + long_months + day - 1
    return dt.date.fromordinal(_NOWRUZ_1 + days)


def _is_leap(year: int) -> bool:
    return year % 33 in _LEAP_IN_CYCLE
