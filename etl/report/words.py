"""How figures, times and addresses are written on the page: the filters of its templates. Pure."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import regex

_CHARACTER = regex.compile(r"\X")


def number(value: float) -> str:
    """`1,240`."""
    return f"{value:,.0f}"


def count(value: int, one: str, many: str = "") -> str:
    """`1 article`, `1,240 articles`."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def percent(share: float | None) -> str:
    """`12 %`; what is not nothing or all is not written so: `< 1 %`, `99 %`. An empty text where there is none."""
    if share is None:
        return ""
    if 0 < share < 0.01:
        return "< 1 %"
    return f"{min(99, round(share * 100)) if share < 1 else round(share * 100)} %"


def day(value: dt.date | None) -> str:
    """`Thu 9 May 2024`."""
    return f"{value:%a %-d %b %Y}" if value else "undated"


def long_day(value: dt.date) -> str:
    """`Thursday, 9 May 2024`."""
    return f"{value:%A, %-d %B %Y}"


def moment(value: dt.datetime | None, zone: ZoneInfo) -> str:
    """`Thu 9 May 2024, 02:14`, in the zone. An empty text where there is none."""
    return f"{value.astimezone(zone):%a %-d %b %Y, %H:%M}" if value else ""


def duration(seconds: float | None) -> str:
    """A length of time: `40 s`, `3 min`, `2 h 5 min`, `3 days`."""
    if seconds is None:
        return ""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min"
    if whole < 2 * 86_400:
        minutes = whole % 3600 // 60
        return f"{whole // 3600} h {minutes} min" if minutes else f"{whole // 3600} h"
    return f"{whole // 86_400} days"


def safe_url(url: str | None) -> str | None:
    """An address that a link may lead to: http or https, with a host. None for any other (`javascript:`, `data:`, a path)."""
    if not url or any(ord(letter) <= 0x20 for letter in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and host else None


def short(text: str, most: int) -> str:
    """The text on one line, of that many characters as a reader counts them: a flag or a family is one, and is not cut in two."""
    characters = _CHARACTER.findall(" ".join(text.split()))
    return "".join(characters) if len(characters) <= most else "".join(characters[: most - 1]).rstrip() + "…"


def digest(content: str) -> str:
    """A source of a Content-Security-Policy that allows this very style sheet: `sha256-…`."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
