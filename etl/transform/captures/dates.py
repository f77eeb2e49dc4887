"""When a text capture's story was published and updated, by the lines round its headline and under its text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache

from etl.records import DateValue, Precision
from etl.transform import words
from etl.transform.captures.density import Kind
from etl.transform.captures.outline import Reading
from etl.transform.fields.dates.labels import strip_label
from etl.transform.fields.dates.machine import read_machine
from etl.transform.fields.dates.moment import Moment, resolve
from etl.transform.fields.dates.parsing import parse_date, plausible
from etl.transform.fields.dates.printed import find_dates

_SEGMENT = re.compile(r"\s*[|•·‖]\s*")
_DATED = frozenset([Kind.DATE, Kind.BYLINE, Kind.SHORT, Kind.FRAME])
_ENDS = frozenset([Kind.COMMENTS, Kind.BLOCK])
_MAX_ODD = 60
_MAX_RELATIVE = 25


def read_dates(reading: Reading, base: dt.datetime | None, known: Iterable[dt.date]) -> tuple[DateValue | None, DateValue | None]:
    """When the story was published and updated.

    `base` is the time of capture, from which relative dates count; `known` are days told otherwise (by the address), which settle
    a date of figures that could be read both ways.
    """
    published: DateValue | None = None
    updated: DateValue | None = None
    for numbers in (reading.header, reading.above, reading.below):
        for kind, value in _dates(reading, numbers, base, frozenset(known)):
            if kind == "updated":
                updated = updated or value
            elif published is None or _is_finer(value, published):
                published = value
        if published or updated:
            break
    return published, updated


def _is_finer(value: DateValue, known: DateValue) -> bool:
    """The same day again, this time with the time of day."""
    return value.day == known.day and known.precision is Precision.DAY and value.precision is not Precision.DAY


def _dates(
    reading: Reading, numbers: range, base: dt.datetime | None, known: frozenset[dt.date]
) -> Iterator[tuple[str | None, DateValue]]:
    lone: str | None = None
    for n in numbers:
        if n >= reading.outline.body.stop and reading.kinds[n] in _ENDS:
            return  # dates of other stories follow
        text = reading.lines[n].text
        if reading.kinds[n] not in _DATED:
            continue
        for segment in _SEGMENT.split(text):
            kind, rest = strip_label(_joiner().sub("", segment))
            if kind and not rest.strip(" :"):
                lone = kind
                continue
            for value_kind, value in _values(reading, segment, kind, rest, base, known):
                yield value_kind or lone, value
                lone = None


def _values(
    reading: Reading, segment: str, kind: str | None, rest: str, base: dt.datetime | None, known: frozenset[dt.date]
) -> Iterator[tuple[str | None, DateValue]]:
    zone = reading.vocabulary.habits.zone
    if moment := read_machine(rest):
        if value := _resolved(moment, zone, rest, base, known):
            yield kind, value
        return
    found = find_dates(segment, reading.vocabulary.habits, odd=len(segment) <= _MAX_ODD)
    for printed in found:
        if value := _resolved(printed.moment, zone, printed.text, base, known):
            yield printed.kind, value
    if not found and base and (kind or len(rest) < _MAX_RELATIVE):
        relative = parse_date(rest, language=reading.language, zone=zone, base=base)
        if relative:
            yield kind, relative


def _resolved(
    moment: Moment, zone: str | None, text: str, base: dt.datetime | None, known: frozenset[dt.date]
) -> DateValue | None:
    settled = _settled(moment, known) if moment.other_day else moment
    if settled is None or (settled.short_year and base is None and not known):
        return None
    value = resolve(settled, zone, text)
    return value if value and plausible(value.at, base) else None


def _settled(moment: Moment, known: frozenset[dt.date]) -> Moment | None:
    """The reading of `01/02/2021` that lies nearest to a day told otherwise."""
    near = {day + dt.timedelta(days=offset) for day in known for offset in (-1, 0, 1)}
    fits = [day for day in (moment.wall.date(), moment.other_day) if day in near]
    if len(fits) != 1:
        return None
    return Moment(wall=dt.datetime.combine(fits[0], moment.wall.time()), zone=moment.zone, precision=moment.precision)


@cache
def _joiner() -> re.Pattern[str]:
    """`and last updated 2019-11-19 10:49:10-05`"""
    joiners = "|".join(re.escape(word) for word in words.every("authors", "joiners"))
    return re.compile(rf"^(?:{joiners}|&)\s+(?=\S)", re.I)
