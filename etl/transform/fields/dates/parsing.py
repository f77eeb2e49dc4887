"""One text into a `DateValue`: machine forms first, then printed ones, relative ones only from the time of capture."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from etl.records import DateValue, Precision
from etl.transform.fields.dates.labels import strip_label
from etl.transform.fields.dates.machine import read_machine
from etl.transform.fields.dates.moment import Moment, resolve
from etl.transform.fields.dates.printed import Habits, Order, Printed, find_dates
from etl.transform.fields.dates.vocabulary import read_relative
from etl.transform.fields.dates.zones import zone_info

EARLIEST_YEAR = 1900
"""Older dates, and years 1 and 1970-01-01 00:00 UTC, are what programs write for "no date"."""
AHEAD = dt.timedelta(hours=48)
"""How far after its capture a page may be dated: clocks and zones differ, embargoes do not."""
_EPOCH_START = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LATEST_YEAR = 2100
# What may stand beside the date in a text that is a date: a few letters ("h", "IST"), no words, no figures.
_LETTER = re.compile(r"[^\W\d_]")
_MOST_LETTERS = 3


def parse_date(
    text: str,
    *,
    language: str | None = None,
    order: Order | None = None,
    zone: str | None = None,
    base: dt.datetime | None = None,
    country: str | None = None,
) -> DateValue | None:
    """The date that a text is, or None where it is none (a sentence with a date in it is none; see `find_dates`).

    A label (`Published:`) may stand before it; `DateValue.text` is the printed date without it, otherwise untouched.
    `language` is the page's (BCP 47 primary tag), `order` that of day and month in the publisher's numeric dates, `zone` the
    publisher's (IANA), `country` the site's (ISO 3166, settles `IST` and `01/02/2021`), `base` the time of capture (aware):
    without it a relative date is None, with it nothing later than two days after it is a date.

    None, too, for what does not tell: no year, two digits of a year without `base`, `01/02/2021` where neither order, language
    nor country settles it. The result depends on the arguments alone, never on the machine's clock or zone.
    """
    _, text = strip_label(text)
    habits = Habits(languages=_languages(language), order=order, zone=zone, country=country)
    moment = read_machine(text)
    if moment is None:
        found = find_dates(text, habits, odd=True)
        if not is_whole(text, found):
            return None if found else _relative(text, habits, zone, base)
        moment, text = found[0].moment, found[0].text
    if moment.other_day or (moment.short_year and base is None):
        return None
    value = resolve(moment, zone, text)
    return value if value and plausible(value.at, base) else None


def is_whole(text: str, found: Sequence[Printed]) -> bool:
    """Whether one date is all of a text, a few letters aside."""
    if len(found) != 1:
        return False
    beside = text[: found[0].start] + text[found[0].end :]
    return len(_LETTER.findall(beside)) <= _MOST_LETTERS and not any(map(str.isdigit, beside))


def plausible(at: dt.datetime, fetched_at: dt.datetime | None, *, earliest: int = EARLIEST_YEAR) -> bool:
    """Whether an instant can be a story's: not before `earliest`, not later than two days after its capture."""
    if not earliest <= at.year <= _LATEST_YEAR or at == _EPOCH_START:
        return False
    return fetched_at is None or at <= fetched_at + AHEAD


def relative_moment(text: str, habits: Habits, base: dt.datetime) -> Moment | None:
    """The moment of `12 minutes ago` (to the minute) or `3 hours ago`, `yesterday` (to the day), counted from `base`."""
    at = read_relative(text, habits.languages, base)
    if at is None:
        return None
    ago = base.astimezone(dt.UTC).replace(tzinfo=None) - at
    if ago < dt.timedelta(hours=1):
        return Moment(wall=at.replace(second=0, microsecond=0), zone=dt.UTC, precision=Precision.MINUTE, relative=True)
    local = at.replace(tzinfo=dt.UTC).astimezone((zone_info(habits.zone) if habits.zone else None) or dt.UTC)
    day = dt.datetime.combine(local.date(), dt.time())
    return Moment(wall=day, precision=Precision.DAY, relative=True)


def _relative(text: str, habits: Habits, zone: str | None, base: dt.datetime | None) -> DateValue | None:
    moment = relative_moment(text, habits, base) if base else None
    return resolve(moment, zone, text) if moment else None


def _languages(language: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys([language.split("-")[0].lower() if language else "en", "en"]))
