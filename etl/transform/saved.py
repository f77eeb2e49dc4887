"""The marks that programs leave in pages they save: where a page came from, and when.

Browsers' "Save as", SingleFile, Save Page WE, HTTrack and monolith write them into the first lines, most of them into a comment.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

_MARKS = (
    # <!-- saved from url=(0057)https://www.example.com/story -->
    re.compile(r"<!--\s{0,9}saved from url=\(\d{1,8}\)(?P<url>[^\s>]{1,2000})", re.I),
    # Page saved with SingleFile / url: https://www.example.com/story / saved date: Thu May 02 2024 10:00:00 GMT+0200 (…)
    re.compile(
        r"saved with SingleFile\s{1,9}url:\s{0,9}(?P<url>\S{1,2000})(?:\s{1,9}saved date:\s{0,9}(?P<date>[^\n(]{1,60}))?", re.I
    ),
    # <!-- Mirrored from www.example.com/story.html by HTTrack Website Copier/3.x [XR&CO'2014], Thu, 02 May 2024 08:00:00 GMT -->
    re.compile(
        r"<!--\s{0,9}Mirrored from (?P<url>[^\s>]{1,2000}) by HTTrack[^\n,>]{0,80}(?:,\s{0,9}(?P<date>[^\n>]{1,40}?)\s{0,9}--)?",
        re.I,
    ),
    # <!-- Saved from https://www.example.com/story at 2024-05-02T08:00:00Z using monolith v2.8.1 -->
    re.compile(r"<!--\s{0,9}Saved from (?P<url>\S{1,2000}) at (?P<date>\S{1,40}) using monolith", re.I),
    # <meta name="savepage-url" content="https://www.example.com/story"> … <meta name="savepage-date" content="Thu May 02 2024 …">
    re.compile(
        r"""name=["']savepage-url["'] content=["'](?P<url>[^"']{1,2000})["']"""
        r"""(?:.{0,800}?savepage-date["'] content=["'](?P<date>[^"'(]{1,60}))?""",
        re.S,
    ),
)
_BARE_HOST = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?:[/?:]|$)")  # HTTrack names no scheme
_JAVASCRIPT_DATE = "%a %b %d %Y %H:%M:%S GMT%z"


@dataclass(frozen=True, slots=True)
class Saved:
    """Where and when a page was saved."""

    url: str
    """Absolute; `http` where the mark names no scheme."""
    at: dt.datetime | None
    """UTC."""


def saved_mark(head: str) -> Saved | None:
    """The mark in the first characters of a page's source; None where no program left one."""
    if "aved" not in head and "Mirrored" not in head and "savepage" not in head:
        return None
    for pattern in _MARKS:
        if match := pattern.search(head):
            url = html.unescape(match["url"])
            if _BARE_HOST.match(url):
                url = f"http://{url}"
            if url.startswith(("http://", "https://")):
                return Saved(url, _moment(match.groupdict().get("date")))
    return None


def _moment(text: str | None) -> dt.datetime | None:
    written = (text or "").strip()
    for read in (dt.datetime.fromisoformat, _javascript_date, parsedate_to_datetime):
        try:
            moment = read(written)
            return moment.astimezone(dt.UTC) if moment.tzinfo else None
        except (ValueError, OverflowError):
            continue
    return None


def _javascript_date(written: str) -> dt.datetime:
    return dt.datetime.strptime(written, _JAVASCRIPT_DATE)  # noqa: DTZ007 - %z gives the zone
