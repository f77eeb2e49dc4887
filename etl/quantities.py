"""Lengths of time, times and shares as people write them, in options and in the configuration: `26h`, `7d`; `5%`, `0.05`."""

from __future__ import annotations

import datetime as dt
import re

# 26h   7 d   1.5h
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,3})?)\s?([smhdw]?)", re.ASCII)
# 2024-05-01
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def duration(text: str) -> dt.timedelta:
    """A length of time; a bare number is seconds. Raises ValueError that says how to write one.

    >>> duration("26h")
    datetime.timedelta(days=1, seconds=7200)
    """
    found = _DURATION.fullmatch(text.strip().lower())
    if found is None:
        raise ValueError(f"{text!r} is no length of time: write 90s, 15m, 26h, 7d or 2w")
    return dt.timedelta(seconds=float(found[1]) * _UNITS[found[2]])


def moment(text: str, now: dt.datetime) -> dt.datetime:
    """A time in the past: so long ago (`7d`, `26h`), or the beginning of a day in UTC (`2024-05-01`). Raises ValueError that says
    how to write one.

    >>> moment("36h", dt.datetime(2024, 5, 3, tzinfo=dt.UTC))
    datetime.datetime(2024, 5, 1, 12, 0, tzinfo=datetime.timezone.utc)
    """
    try:
        if _DAY.fullmatch(text.strip()):
            return dt.datetime.strptime(text.strip(), "%Y-%m-%d").replace(tzinfo=dt.UTC)
        return now - duration(text)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no time: write how long ago (26h, 7d, 2w) or a day (2024-05-01)") from None


def share(text: str) -> float:
    """A share between 0 and 1. Raises ValueError that says how to write one.

    >>> share("5%")
    0.05
    """
    try:
        value = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ValueError(f"{text!r} is no share: write 0.05 or 5%")
    return value
