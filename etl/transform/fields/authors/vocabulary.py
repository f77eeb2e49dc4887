"""The words of by-lines (`words/authors.toml`) as sets and compiled patterns; no rule stands here."""

from __future__ import annotations

import re
from functools import cache

from etl.transform import words

_SUBJECT = "authors"
HAS_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
BLANKS = ' \t,;:：|/·•*–—-_~<>«»"“”„＊'
"""What may stand round a part of a line and is no part of it."""
EDGES = BLANKS + "()[]{}【】（）「」『』"
"""And round a name."""


@cache
def listed(*subjects: str) -> frozenset[str]:
    """All words of some lists, casefolded."""
    return frozenset(word for subject in subjects for word in words.every(_SUBJECT, subject))


@cache
def phrases(subject: str) -> tuple[str, ...]:
    """The entries of a list that have more than one word."""
    return tuple(word for word in words.every(_SUBJECT, subject) if " " in word)


@cache
def endings(subject: str) -> tuple[str, ...]:
    """The entries of a list, to try at the end of a text."""
    return words.every(_SUBJECT, subject)


def of_language(subject: str, language: str | None) -> tuple[str, ...]:
    """The words of one list in one language, as written."""
    return words.table(_SUBJECT)[subject].get(language or "", ())


@cache
def spellings(subject: str) -> dict[str, str]:
    """Casefolded name → its usual spelling; the first of two entries wins."""
    return {name.casefold(): name for name in reversed(words.table(_SUBJECT)[subject]["mul"])}


@cache
def label_at_start() -> re.Pattern[str]:
    """`By Jane`, `Autor: Jane`, `Text & Fotos: Jane`, `记者焦鹏`."""
    labels, others, joiners = _any_of("labels"), _any_of("others"), _any_of("joiners")
    unspaced = "|".join(word for word in labels.split("|") if HAS_CJK.search(word) and len(word) > 1)
    both = rf"(?:{labels})\s*(?:&|\+|{joiners})\s*(?:{others}|{labels})\s*[:：]\s*"
    return re.compile(rf"(?:{both}|(?:{labels})(?:\s*[:：]\s*|\s+)|(?:{unspaced}))", re.I)


@cache
def label_inside() -> re.Pattern[str]:
    """Where a new part begins within a line: `… Foto: Jens`, `… edited by Jane`, `3 May by Jane`, `Reuters By Jane`."""
    any_label, prepositions = _any_of("labels", "others"), _any_of("prepositions")
    of_several = "|".join(word for word in any_label.split("|") if r"\s+" in word)
    capitals = "|".join(form for word in listed("prepositions_capital") for form in (word.capitalize(), word.upper()))
    after_number = rf"(?<=[\d.,)]\s)(?i:{prepositions})\s|(?<=[ap]m\s)(?i:{prepositions})\s"
    return re.compile(rf"(?<=[\s,.)])(?:(?i:{any_label})\s*[:：]|(?i:{of_several})\s|(?:{capitals})\s|{after_number})")


@cache
def label_of_others() -> re.Pattern[str]:
    """At the start: `Photo: …`, `Illustration by …`."""
    return re.compile(rf"(?:{_any_of('others')})(?:\s*[:：]\s*|\s+(?=\S))", re.I)


@cache
def joining_word() -> re.Pattern[str]:
    """`and` and its kin between two names."""
    return re.compile(rf"\s+(?:{_any_of('joiners')})\s+|\s*&\s*|\s\+\s", re.I)


@cache
def joined_at_end() -> re.Pattern[str]:
    """`Text &`, `Text und`."""
    return re.compile(rf"(?:&|\+|\s(?:{_any_of('joiners')}))\s*$", re.I)


@cache
def noise() -> re.Pattern[str]:
    """From here on a line names nobody: `Updated …`, `Follow …`."""
    return re.compile(rf"(?<!\w)(?:{_any_of('noise')})(?!\w)", re.I)


@cache
def tail() -> re.Pattern[str]:
    """`… in Paris`, `… for The Guardian`."""
    return re.compile(rf"\s({_any_of('tails')})\s", re.I)


@cache
def trade_at_end() -> re.Pattern[str]:
    """`松岡大地記者`, `홍길동 기자 외 1명`: the trade behind the name in scripts that write it there."""
    trades = "|".join(re.escape(word) for word in words.every(_SUBJECT, "roles") if HAS_CJK.search(word))
    return re.compile(rf"\s*(?:{trades})(?:\s*외\s*\d*\s*명)?\s*$")


def _any_of(*subjects: str) -> str:
    found = sorted(listed(*subjects), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in found)
