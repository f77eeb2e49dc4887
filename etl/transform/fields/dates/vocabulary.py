"""The only caller of dateparser: months, weekdays, unusual forms and relative dates in the page's languages.

Boxed in: fixed languages, one strict parser for absolute dates (day, month and year required) and one for relative ones, short
texts, explicit zone and base, results kept. So neither the machine's zone nor today's date can enter.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from dateparser.date import DateDataParser

_LONGEST = 100
"""Characters dateparser gets to see: its time grows with the square of the length."""
# Tags that sites use for languages that dateparser knows by another.
_ALIASES = {"no": "nb", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "hr", "cmn": "zh", "tl": "fil"}


def month_of(word: str, languages: tuple[str, ...]) -> int | None:
    """The number of a month, by its name in one of the languages: any case, inflected or abbreviated (`Jan.`, `března`)."""
    return _month(word.strip(".").lower(), languages)


@lru_cache(maxsize=20_000)
def _month(word: str, languages: tuple[str, ...]) -> int | None:
    for language in languages:
        date = _absolute(f"15 {word} 2000", language)
        if date and date.year == 2000 and date.day == 15:
            return date.month
    return None


@lru_cache(maxsize=20_000)
def is_date_word(word: str, languages: tuple[str, ...]) -> bool:
    """Whether a word belongs to a date in one of the languages: a weekday (or a filler such as `on`)."""
    return any(_absolute(f"{word} 15.01.2000", language) == dt.datetime(2000, 1, 15) for language in languages)  # noqa: DTZ001


def read_absolute(text: str, languages: tuple[str, ...]) -> dt.datetime | None:
    """The day (and time, as written) of a text that is nothing but a date with day, month and year."""
    return next((date for language in languages if (date := _absolute(text, language))), None)


@lru_cache(maxsize=5_000)
def _absolute(text: str, language: str) -> dt.datetime | None:
    parser = _absolute_parser(_ALIASES.get(language, language))
    if parser is None or len(text) > _LONGEST:
        return None
    data = parser.get_date_data(text)
    return data.date_obj.replace(tzinfo=None) if data and data.date_obj else None


@lru_cache(maxsize=200)
def _absolute_parser(language: str) -> DateDataParser | None:
    return _parser(
        language,
        {
            "PARSERS": ["absolute-time"],
            "REQUIRE_PARTS": ["day", "month", "year"],
            "DATE_ORDER": "DMY",
            "PREFER_LOCALE_DATE_ORDER": False,
            "TIMEZONE": "UTC",
        },
    )


def read_relative(text: str, languages: tuple[str, ...], base: dt.datetime) -> dt.datetime | None:
    """The instant (UTC, naive) of `3 hours ago` or `gestern`, counted from `base` (UTC)."""
    text = text.strip()
    if not 3 < len(text) <= _LONGEST // 2:
        return None
    naive = base.astimezone(dt.UTC).replace(tzinfo=None)
    for language in languages:
        settings = {
            "PARSERS": ["relative-time"],
            "RELATIVE_BASE": naive,
            "TIMEZONE": "UTC",
            "PREFER_DATES_FROM": "past",
        }
        parser = _parser(_ALIASES.get(language, language), settings)
        data = parser.get_date_data(text) if parser else None
        if data and data.date_obj and data.date_obj.replace(tzinfo=None) <= naive:
            return data.date_obj.replace(tzinfo=None)
    return None


def _parser(language: str, settings: dict[str, object]) -> DateDataParser | None:
    try:
        return DateDataParser(languages=[language], settings=settings)
    except ValueError:  # a language dateparser does not know
        return None
