"""Dates written for readers, in any language, found in a line of text with their label, time and zone.

Numbers, clocks and zones are read by the grammar below; what a word means, and forms the grammar does not know, is asked of
dateparser (`words_of_dates`). Nothing is ever filled in from today's date.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from etl.records import Precision
from etl.transform.fields.dates.calendars import day_of
from etl.transform.fields.dates.labels import Kind, kind_after, kind_before
from etl.transform.fields.dates.moment import Moment
from etl.transform.fields.dates.vocabulary import is_weekday, month_of, read_absolute
from etl.transform.fields.dates.zones import read_zone, zone_pattern
from etl.transform.words import every

Order = Literal["DMY", "MDY", "YMD"]

_LONGEST_LINE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a page's language, country and publisher say of its printed dates."""

    languages: tuple[str, ...] = ("en",)
    """BCP 47 primary tags, likeliest first."""
    order: Order | None = None
    """Of numeric dates, where it is known for this publisher or page; None leaves it to language and country."""
    zone: str | None = None
    """The publisher's, IANA: only to settle ambiguous abbreviations."""
    country: str | None = None
    """ISO 3166 code, lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One date in a line of text."""

    kind: Kind | None
    """What its label calls it."""
    text: str
    """As printed: weekday, date, time and zone, without the label."""
    moment: Moment
    start: int
    end: int
    """Where `text` stands in the line."""


def _words(*names: str) -> str:
    words = sorted({word for name in names for word in every("dates", name)}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words)


# A month: letters of any script with their marks, inner dots (ม.ค.); in Arabic script two words (كانون الثاني).
MONTH = r"[^\W\d_][^\s\d,;:|/()\[\]–—-]{1,19}(?:(?<=[\u0600-\u06ff])\s[\u0600-\u06ff]{3,10})?"
LINK = r"(?:[^\W\d_]{1,3}['’]?\s)?"  # de, of, d', ng
ORDINAL = rf"(?:{_words('ordinal')})?"
_TO_YEAR = rf"{LINK}(?:(?:{_words('era')})\s?)?"
_SEPARATOR = r"[\s\u200e\u200f]?[./\-‐‑–・．／|][\s\u200e\u200f]?"  # with the marks of direction that Arabic pages put there
_YEAR = r"(?:(?:19|20)\d\d|\d{4}(?!\d))"  # a year can have other figures glued to it: 21 Nov 20250 (comments)
_SHORT = r"['’]\d{2}(?!\d)|(?<=[.\-/])\d{2}(?![\d:.])"  # '19, 03.Mär.19
_DATE = re.compile(
    # 2021年12月1日, 2021년 12월 1일
    r"(?P<y1>\d{4})\s?[年년]\s?(?P<m1>\d{1,2})\s?[月월]\s?(?P<d1>\d{1,2})\s?[日일号號]?"
    # 06.01.2026, 6. 1. 2026, 2026-01-06, 2026. 01. 06, 01/02/26, 06 | 01 | 2026, and 19.11.202119.11.2021, 06.01.2614:02
    rf"|(?<![\d:+])(?<!\d[.,/\-])(?P<a>\d{{1,4}})(?P<sep>{_SEPARATOR})(?P<b>\d{{1,2}})(?P=sep)"
    r"(?P<c>(?:19|20)\d\d(?=\d{1,2}(?:[./\-]\d|:\d\d))|\d\d(?=\d\d:\d\d(?!\d))|(?:\d{4}|\d{1,2})(?![\d:]|[/.,\-]\d))"
    # 6 tháng 1, 2026 ; 6 tháng 1 năm 2026
    rf"|(?<!\d)(?P<d2>\d{{1,2}})\s(?:{_words('month_number')})\s(?P<m2>\d{{1,2}}),?\s(?:(?:{_words('year')})\s)?(?P<y2>\d{{4}})(?!\d)"
    # 6 de enero de 2026, 1st of March, 2019, 06-Jan-2026, 6. Januar 2026
    rf"|(?<![\d:])(?P<d3>\d{{1,2}}){ORDINAL}[\s./\-,]{{1,3}}{LINK}(?P<w3>{MONTH})"
    rf"[\s.,/\-‐]{{1,3}}{_TO_YEAR}(?P<y3>{_YEAR}|{_SHORT})"
    # December 1, 2021 ; Jan. 6th 2026 ; Dec.1, 2021 ; Jan 06 14:02 2026
    rf"|(?<![^\W\d_])(?P<w4>{MONTH})[\s.\-]{{1,2}}(?P<d4>\d{{1,2}}){ORDINAL}(?:\s(?P<inner>\d{{1,2}}:\d{{2}}(?::\d{{2}})?))?"
    rf"[\s.,\-]{{1,3}}{_TO_YEAR}(?P<y4>{_YEAR}|{_SHORT})"
    # 2026. gada 6. janvāris
    rf"|(?<!\d)(?P<y6>\d{{4}})\.?\s(?:[^\W\d_]{{1,6}}\s)?(?P<d6>\d{{1,2}})\.\s?(?P<w6>{MONTH})"
    # 2026. január 6., 2026 m. sausio 6 d., 2026 Jan 6, 2026ko urtarrilaren 6a
    rf"|(?<!\d)(?P<y5>\d{{4}})(?:[.,\-]\s?|\s(?:[^\W\d_]{{1,2}}\.?\s)?|[^\W\d_]{{2,4}}\s)"
    rf"(?P<w5>{MONTH})[\s.\-]{{1,2}}(?P<d5>\d{{1,2}})(?!\d)",
    re.I,
)
# What every text with a date has: a year with another number not far from it, or three short numbers. Cheap, asked of all text.
may_hold_date = re.compile(
    r"\d(?:[^\d\0]{1,24}\d{4}|\d{3}[^\d\0]{1,24}\d|\d?\s?[./\-]\s?\d{1,2}\s?[./\-]\s?\d{2}|[.\-/][^\W\d_]{3,9}[.\-/]\d{2})|\d{8}|\d[^\d\0]{1,20}['’]\d{2}(?!\d)"
).search


# 12:39, 14.02 Uhr, 14h02, 2 PM, 오전 10:00, 14時2分, 14:02:09 +0100, 12:39 PM ET
_CLOCK = (
    rf"(?:(?P<half1>{_words('am', 'pm')})\s?)?(?<![\d.:])(?P<hour>\d{{1,2}})"
    r"(?:(?P<mark>\s?[:：]\s?|\.|\s?[hu]\s?|\s?[時时点點시]\s?)(?P<minute>\d{2}(?!\d)|\d(?=\s?[分분]))"
    r"(?:(?:[:：.]|\s?[分분]\s?)(?P<second>\d{2}(?!\d))(?:[.,]\d{1,9})?)?\s?[分분秒초]?)?"
    rf"(?:\s?(?P<half2>{_words('am', 'pm')})(?![^\W\d_]))?"
    rf"(?P<unit>\s?(?:{_words('hour')}|[時时点點시])(?![^\W\d_]))?"
    rf"(?:\s?[(\[]?(?-i:(?P<zone>{zone_pattern()}))[)\]]?)?(?![\d:]|[.,\-/]\d)"
)
_GAP = r"[\s,،.;|·•–—@/()（）\-]{0,4}"
# Between day and clock: marks and at most two words (a weekday, "um", "a las").
_TIME_AFTER = re.compile(rf"(?P<gap>{_GAP}(?:[^\W\d_][^\s\d,;:|]{{0,12}}{_GAP}){{0,2}}?(?<![^\W\d_])){_CLOCK}", re.I)
_FIGURE = re.compile(r"\d")
_HOURS_BACK = 40  # characters before the day in which its time may stand


def find_dates(text: str, habits: Habits, *, odd: bool = False) -> tuple[Printed, ...]:
    """All full dates (day, month, year) in a line of text, in its order; a long text is read to its 600th character.

    With `odd`, a short text without any is shown to dateparser as a whole: to be asked of what is likely a date only.
    """
    return _find(text[:_LONGEST_LINE], habits, odd) if may_hold_date(text) else ()


@lru_cache(maxsize=10_000)
def _find(text: str, habits: Habits, odd: bool) -> tuple[Printed, ...]:
    found: list[Printed] = []
    after = 0
    for match, day in _days(text, habits):
        printed = _with_time(text, after, match, day, habits)
        found.append(printed)
        after = printed.end
    if found and found[-1].kind is None:
        found[-1] = replace(found[-1], kind=kind_after(text[after:]))
    return tuple(found) or (_odd(text, habits) if odd else ())


@dataclass(frozen=True, slots=True)
class _Day:
    date: dt.date
    other: dt.date | None = None
    short_year: bool = False


def _days(text: str, habits: Habits) -> Iterator[tuple[re.Match[str], _Day]]:
    position = 0
    while match := _DATE.search(text, position):
        day = _day(match, habits)
        if day:
            yield match, day
        position = match.end() if day else match.start() + 1


def _day(match: re.Match[str], habits: Habits) -> _Day | None:
    parts = match.groupdict()
    for n in "12":
        if parts[f"y{n}"]:
            return _dated(parts[f"y{n}"], int(parts[f"m{n}"]), parts[f"d{n}"], habits)
    for n in "3456":
        if word := parts[f"w{n}"]:
            month = month_of(word, habits.languages)
            return _dated(parts[f"y{n}"], month, parts[f"d{n}"], habits) if month else None
    return _numeric(parts["a"], parts["b"], parts["c"], parts["sep"].strip(), habits)


def _dated(year: str, month: int, day: str, habits: Habits) -> _Day | None:
    date = day_of(_year(year), month, int(day), habits.languages)
    return _Day(date, short_year=len(year) < 4) if date else None


def _year(text: str) -> int:
    year = int(text.lstrip("'’"))
    return year if len(text) == 4 else year + (1900 if year >= 70 else 2000)


def _numeric(a: str, b: str, c: str, mark: str, habits: Habits) -> _Day | None:
    if len(a) == 4:
        return _dated(a, int(b), c, habits) if len(c) <= 2 else None
    if len(a) > 2 or len(c) == 1:
        return None
    order, sure = _order(mark, habits, short=len(c) == 2)
    if order == "YMD":
        return _dated(a.zfill(2), int(b), c, habits)
    year, first, second = _year(c), int(a), int(b)
    day_first, month_first = (day_of(year, *pair, habits.languages) for pair in ((second, first), (first, second)))
    date, other = (day_first, month_first) if order == "DMY" else (month_first, day_first)
    if date is None or date == other:
        # The other order is the only one there is (13/02 in a month-first country): the numbers tell.
        date, other = date or other, None
    return _Day(date, other=None if sure else other, short_year=len(c) == 2) if date else None


_MONTH_FIRST = frozenset(["us", "ph", "pr", "fm", "mh", "pw"])
_YEAR_FIRST = frozenset(["zh", "ja", "ko", "hu", "lt", "mn"])


def _order(mark: str, habits: Habits, *, short: bool) -> tuple[Order, bool]:
    """(order of a numeric date that does not begin with four digits, whether that is more than a habit)"""
    language = habits.languages[0] if habits.languages else "en"
    if short and (habits.order == "YMD" or (habits.order is None and language in _YEAR_FIRST)):
        return "YMD", True
    if habits.order in ("DMY", "MDY"):
        return habits.order, True
    if habits.country in _MONTH_FIRST:
        return "MDY", True
    if mark in {".", "．"} or (habits.country and habits.country != "ca") or language not in {"en", "es", "fr", "fil", "tl"}:
        return "DMY", True
    return ("MDY" if language in {"en", "fil", "tl"} else "DMY"), language in {"es", "fr"} and habits.country is None


def _with_time(text: str, after: int, found: re.Match[str], day: _Day, habits: Habits) -> Printed:
    start, end = found.span()
    kind, label_end = kind_before(text[after:start])
    first = after + label_end
    clock, zone = dt.time(), None
    precision = Precision.DAY
    match = _TIME_AFTER.match(text, found.start("inner") - 1 if found["inner"] else end)
    if match and (read := _clock(match)) and not kind_before(match["gap"])[0]:
        (clock, precision), end = read, max(end, match.end())
    else:
        match = _last_time(text, max(first, start - _HOURS_BACK), start)
        if match and (read := _clock(match)) and not kind_before(match["gap"])[0] and _is_led_in(match, text):
            (clock, precision), start = read, match.start()
        else:
            match = None
    if match and match["zone"]:
        zone = read_zone(match["zone"], zone=habits.zone, country=habits.country, language=habits.languages[0])
    start = _weekday_start(text, first, start, habits)
    end = _weekday_end(text, end, habits)
    moment = Moment(
        wall=dt.datetime.combine(day.date, clock), zone=zone, precision=precision, other_day=day.other, short_year=day.short_year
    )
    return Printed(kind=kind, text=text[start:end].strip(), moment=moment, start=start, end=end)


def _last_time(text: str, first: int, end: int) -> re.Match[str] | None:
    """The clock that the part of a text ends with, but for marks and two words."""
    return _time_before().search(text, first, end) if _FIGURE.search(text, first, end) else None


@cache
def _time_before() -> re.Pattern[str]:
    return re.compile(rf"{_CLOCK}(?P<gap>{_GAP}(?:[^\W\d_][^\s\d,;:|]{{0,12}}{_GAP}){{0,2}})\Z", re.I)


def time_after(text: str, end: int) -> tuple[dt.time | None, int]:
    """The clock right after a place in a line (None without one), and where it ends."""
    match = _TIME_AFTER.match(text, end)
    if match and (read := _clock(match)) and not kind_before(match["gap"])[0]:
        return read[0], match.end()
    return None, end


def _clock(match: re.Match[str]) -> tuple[dt.time, Precision] | None:
    hour, half = int(match["hour"]), match["half1"] or match["half2"]
    bare = match["minute"] is None
    if bare and not (half or match["unit"]):
        return None
    if match["mark"] == "." and not (half or match["unit"]) and not _leads_to_clock(match["gap"]):
        return None  # "5 March 2019 version 1.20"; but "kl. 14.02", "5.3.2019 14.02", "14.02 Uhr"
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.casefold() in every("dates", "pm") else 0)
    minute, second = int(match["minute"] or 0), int(match["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return dt.time(hour, minute, second), Precision.SECOND if match["second"] else Precision.MINUTE


def _is_led_in(match: re.Match[str], text: str) -> bool:
    """Whether a clock with a point, before its day, is one: after `kl.`, or with `Uhr`; `9.04 - 12.02.2020` is a version."""
    if match["mark"] != "." or match["half1"] or match["half2"] or match["unit"]:
        return True
    before = text[: match.start()].rstrip(" .:").rpartition(" ")[2].casefold()
    return before in every("dates", "at") or f"{before}." in every("dates", "at")


def _leads_to_clock(gap: str) -> bool:
    words = gap.strip(" ,.-–|").casefold()
    return not words or words in every("dates", "at") or f"{words}." in every("dates", "at")


def _weekday_start(text: str, first: int, start: int, habits: Habits) -> int:
    """Where the printed date begins when a weekday before it is counted in: `Dienstag, 6. Januar`, `onsdag den 8. januar`."""
    before = text[first:start].rstrip(" ,،.()")
    words = before.split()[-3:]
    if words and words[-1].casefold() in every("dates", "at"):
        before = before[: -len(words.pop())].rstrip(" ,،.()")
    for count in (2, 1):  # "thứ ba", "Dienstag"
        name = " ".join(words[-count:]).lstrip("(")
        if name and is_weekday(name, habits.languages) and before.endswith(name):
            return first + len(before) - len(name)
    return start


# ", szerda", " (火)", " Çarşamba", " d., trečiadienis"
_NEXT_WORD = re.compile(r"[\s,،.(（]{1,3}(?:[^\W\d_][.,]{1,2}\s)?(?P<word>[^\W\d_][^\s\d,;:|()（）]{0,20})[)）]?")


def _weekday_end(text: str, end: int, habits: Habits) -> int:
    """Where the printed date ends when a weekday after it is counted in."""
    match = _NEXT_WORD.match(text, end)
    return match.end() if match and is_weekday(match["word"], habits.languages) else end


_LETTER_DAY = re.compile(r"(?=.*[^\W\d_]{3})(?:\d\D{1,30}\d{4}|\d{4}\D{1,30}\d)")  # a day, a word and a year
_LONGEST_ODD = 60
_PLAIN_CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:h](\d{2})(?!\d)")


def _odd(text: str, habits: Habits) -> tuple[Printed, ...]:
    """A short text in a form the grammar does not know, as a whole, by dateparser (`6 كانون الثاني 2026`)."""
    if len(text) > _LONGEST_ODD or not _LETTER_DAY.search(text):
        return ()
    kind, label_end = kind_before(text)
    rest = text[label_end:].strip(" :,.|-–")
    clock = _PLAIN_CLOCK.search(rest)
    date = read_absolute(rest, habits.languages)
    if date is None:
        return ()
    timed = clock is not None and (int(clock[1]), int(clock[2])) == (date.hour, date.minute)
    wall = date if timed else dt.datetime.combine(date, dt.time())
    moment = Moment(wall=wall, precision=Precision.MINUTE if timed else Precision.DAY)
    start = text.index(rest)
    return (Printed(kind=kind, text=rest, moment=moment, start=start, end=start + len(rest)),)
