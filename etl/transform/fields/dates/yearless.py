"""A day printed without its year (`6 January, 14:02`, `11/02 19:16`): no date on its own, but the printed form of a known one."""

from __future__ import annotations

import datetime as dt
import re

from etl.records import DateValue
from etl.transform.fields.dates.agreement import offset_between
from etl.transform.fields.dates.moment import Moment
from etl.transform.fields.dates.printed import LINK, MONTH, ORDINAL, Habits, time_after
from etl.transform.fields.dates.vocabulary import month_of

_DAY = re.compile(
    # 1月6日, 1월 6일
    r"(?<!\d)(?P<m1>\d{1,2})\s?[月월]\s?(?P<d1>\d{1,2})\s?[日일]"
    # 6 January, 6. Januar, 6 de enero
    rf"|(?<![\d:.])(?P<d2>\d{{1,2}}){ORDINAL}[\s./\-]{{1,3}}{LINK}(?P<w2>{MONTH})"
    # January 6, Jan. 6th
    rf"|(?<![^\W\d_])(?P<w3>{MONTH})[\s.]{{1,2}}(?P<d3>\d{{1,2}}){ORDINAL}(?![\d:])"
    # 06.01., 11/02
    r"|(?<![\d:.,/\-])(?P<a>\d{1,2})[./\-](?P<b>\d{1,2})(?:\.(?!\d))?(?![\d:/\-]|\.\d)",
    re.I,
)


def yearless_text(text: str, value: DateValue, habits: Habits, *, numbers: bool) -> str | None:
    """The part of a line that prints the date without its year; None where the line prints another, or none.

    `numbers`: whether two numbers alone (`6.01`) can be a day there.
    """
    for match in _DAY.finditer(text):
        if match["a"] and not numbers:
            continue
        if (value.day.month, value.day.day) not in _readings(match, habits):
            continue
        clock, end = time_after(text, match.end())
        if clock is None:
            return match[0]
        moment = Moment(wall=dt.datetime.combine(value.day, clock), precision=value.precision)
        if offset_between(moment, value.at) is not None:
            return text[match.start() : end]
    return None


def _readings(match: re.Match[str], habits: Habits) -> set[tuple[int, int]]:
    """(month, day), both ways round for two numbers."""
    if match["m1"]:
        return {(int(match["m1"]), int(match["d1"]))}
    if match["a"]:
        return {(int(match["a"]), int(match["b"])), (int(match["b"]), int(match["a"]))}
    month = month_of(match["w2"] or match["w3"], habits.languages)
    return {(month, int(match["d2"] or match["d3"]))} if month else set()
