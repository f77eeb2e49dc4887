"""The only caller of dateparser: months and weekdays in every language, unusual forms, and relative dates.

Names are looked up in dateparser's own tables. Its parsers, imported when first asked, are boxed in: one language, one strict
parser for absolute dates (day, month and year required) and one for relative ones, short texts, explicit zone and base, results
kept. So neither the machine's zone nor today's date can enter.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from typing import TYPE_CHECKING, Any

from etl.transform.words import table

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_LONGEST = 100
"""Characters dateparser gets to see: its time grows with the square of the length."""
# Tags that sites use for languages that dateparser knows by another.
_ALIASES = {"no": "nb", "iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "hr", "cmn": "zh", "tl": "fil"}


def _data(name: str, *folders: str) -> Mapping[str, Any]:
    """What a module of dateparser's data defines, without dateparser: its import takes a sixth of a run's start, and hardly a
    page needs more of it than the names of months."""
    package = find_spec("dateparser")
    places = package.submodule_search_locations if package else None
    spec = PathFinder.find_spec(name, ["/".join((place, "data", *folders)) for place in places or ()])
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"dateparser's table {name} is not where it was: another version?", name=name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)


_KNOWN = frozenset(_data("languages_info")["language_order"])
# Asked when the page's own languages do not know a word: those of `words/dates.toml`, in which most news is written.
_COMMON = tuple(language for language in table("dates")["published"] if _ALIASES.get(language, language) in _KNOWN)
_MONTHS = tuple(name.lower() for name in calendar.month_name)  # English by design: keys of dateparser's tables
_WEEKDAYS = tuple(name.lower() for name in calendar.day_name)


def month_of(word: str, languages: tuple[str, ...]) -> int | None:
    """The number of a month, by its name in one of the languages: any case, inflected or abbreviated (`Jan.`, `março`).

    A page in another language than it says is read too, when all common languages that know the word mean the same month.
    """
    word = _fold(word)
    for language in languages:
        names = _month_names(_ALIASES.get(language, language))
        number = names.get(word) or next((names[bare] for bare in _unglued(word, language) if bare in names), None)
        if number:
            return number
    return _months_everywhere().get(word)


def _unglued(word: str, language: str) -> Iterator[str]:
    for letters in table("dates")["glued"].get(language, ()):
        if word.startswith(_fold(letters)):
            yield word[len(_fold(letters)) :]


def is_weekday(word: str, languages: tuple[str, ...]) -> bool:
    """Whether a word is a weekday's name in one of the languages."""
    word = _fold(word)
    return any(word in _weekday_names(_ALIASES.get(language, language)) for language in languages)


_APOSTROPHES = re.compile("['’ʼʹ׳״`´]")  # п'ятниця, ינו׳


def _fold(word: str) -> str:
    word = _APOSTROPHES.sub("", word.strip(" .,").casefold())
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c) and c != ".")


@cache
def _names(language: str) -> Mapping[str, Any]:
    if language not in _KNOWN:
        return {}
    names: Mapping[str, Any] = _data(language, "date_translation_data")["info"]
    return names


@cache
def _month_names(language: str) -> Mapping[str, int]:
    names = _names(language)
    own = {_fold(name): n for n, month in enumerate(_MONTHS) if n for name in names.get(month, ())}
    further = table("months")
    own |= {_fold(name): n for n, name in enumerate(further["solar"].get(language, ()), 1)}
    return own | {_fold(name): n for n, month in enumerate(_MONTHS) if n for name in further.get(month, {}).get(language, ())}


@cache
def _months_everywhere() -> Mapping[str, int]:
    meanings: dict[str, set[int]] = {}
    for language in _COMMON:
        for name, number in _month_names(_ALIASES.get(language, language)).items():
            if len(name) > 2:
                meanings.setdefault(name, set()).add(number)
    return {name: numbers.pop() for name, numbers in meanings.items() if len(numbers) == 1}


@cache
def _weekday_names(language: str) -> frozenset[str]:
    return frozenset(_fold(name) for day in _WEEKDAYS for name in _names(language).get(day, ()))


def read_absolute(text: str, languages: tuple[str, ...]) -> dt.datetime | None:
    """The day (and time, as written) of a text that is nothing but a date with day, month and year."""
    return next((date for language in languages if (date := _absolute(text, _ALIASES.get(language, language)))), None)


@lru_cache(maxsize=5_000)
def _absolute(text: str, language: str) -> dt.datetime | None:
    parser = _absolute_parser(language)
    if parser is None or len(text) > _LONGEST:
        return None
    data = parser.get_date_data(text)
    return data.date_obj.replace(tzinfo=None) if data and data.date_obj else None


@cache
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


# "5 min", "2 hours": how long something takes, not when it was
_DURATION = re.compile(r"\d+\s?[^\W\d_]+\.?", re.ASCII)


def read_relative(text: str, languages: tuple[str, ...], base: dt.datetime) -> dt.datetime | None:
    """The instant (UTC, naive) of `3 hours ago` or `gestern`, counted from `base` (UTC); never later than it."""
    text = text.strip()
    if not 2 < len(text) <= _LONGEST // 2 or _DURATION.fullmatch(text):
        return None
    languages = tuple(language for language in languages if _may_be_relative(text, _ALIASES.get(language, language)))
    naive = base.astimezone(dt.UTC).replace(tzinfo=None)
    settings = {"PARSERS": ["relative-time"], "RELATIVE_BASE": naive, "TIMEZONE": "UTC", "PREFER_DATES_FROM": "past"}
    for language in languages:
        parser = _parser(_ALIASES.get(language, language), settings)
        data = parser.get_date_data(text) if parser else None
        if data and data.date_obj and data.date_obj.replace(tzinfo=None) <= naive:
            return data.date_obj.replace(tzinfo=None)
    return None


_LETTERS = re.compile(r"[^\W\d_]+")
_PATTERN = re.compile(r"\(.{0,40}?\)|\\[a-z]")  # (\d++[.,]?\d*+), \s
_UNITS = ("decade", "year", "month", "week", "day", "hour", "minute", "second")  # keys of dateparser's tables


def _may_be_relative(text: str, language: str) -> bool:
    """Whether a text has the words of a span of time. dateparser takes a tenth of a second to say no to its first text."""
    text = _fold(text)
    words = frozenset(_LETTERS.findall(text))
    return any(
        all(part in words or (part in text and not part.isascii()) for part in form)  # 3小时前发布: words that touch others
        for form in _relative_forms(language)
    )


@cache
def _relative_forms(language: str) -> frozenset[frozenset[str]]:
    """The words of every form of `3 hours ago` and `yesterday` in a language, and the units of time alone."""
    names = _names(language)
    forms = [form for part in ("relative-type", "relative-type-regex") for same in names.get(part, {}).values() for form in same]
    forms += [form for unit in _UNITS for form in names.get(unit, ())]
    simpler = [pair for table in names.get("simplifications", ()) for pair in table.items()]
    forms += [form for form, plain in simpler if any(unit in plain for unit in _UNITS)]
    return frozenset(words for form in forms if (words := frozenset(_LETTERS.findall(_fold(_PATTERN.sub(" ", form))))))


def _parser(language: str, settings: dict[str, Any]) -> DateDataParser | None:
    from dateparser.date import DateDataParser

    return DateDataParser(languages=[language], settings=settings) if language in _KNOWN else None
