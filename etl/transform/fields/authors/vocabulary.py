"""The words of by-lines (`words/authors.toml`) as sets and phrase tables; no rule stands here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from etl.transform import words

_SUBJECT = "authors"
HAS_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
BLANKS = ' \t\n.,;:：|/·•*–—-_~<>«»"“”„＊'
"""What may stand round a part of a line and is no part of it."""
EDGES = BLANKS.replace(".", "") + "()[]{}【】（）「」『』"
"""And round a name, whose full stop may be its own."""


@lru_cache(maxsize=50_000)
def key(word: str) -> str:
    """How a word of a line, or of a list, is looked up: without case and the marks round it."""
    return word.casefold().strip(BLANKS)


def keys_in(text: str) -> list[str]:
    """The keys of the words that white space parts."""
    return [word.strip(BLANKS) for word in text.casefold().split()]


@cache
def listed(*subjects: str) -> frozenset[str]:
    """All entries of some lists, as keys."""
    return frozenset(key(word) for subject in subjects for word in words.every(_SUBJECT, subject))


@cache
def given_names() -> frozenset[str]:
    """Common given names of all languages."""
    return frozenset(words.every("given_names", "names"))


@cache
def any_word() -> frozenset[str]:
    """Every word that stands in any list, alone or in a phrase."""
    return frozenset(
        key(word) for subject in words.table(_SUBJECT) for entry in words.every(_SUBJECT, subject) for word in entry.split()
    )


@cache
def listed_in(subject: str, language: str | None) -> frozenset[str]:
    """The entries of a list in one language, as keys."""
    return frozenset(key(word) for word in words.table(_SUBJECT)[subject].get(language or "", ()))


@cache
def printed(subject: str) -> frozenset[str]:
    """All entries of a list, casefolded, with the full stops that tell `Mag.` from `Mag`."""
    return frozenset(words.every(_SUBJECT, subject))


@cache
def endings(subject: str) -> tuple[str, ...]:
    """The entries of a list, longest first, to try at the end or the beginning of a text."""
    return words.every(_SUBJECT, subject)


@cache
def spellings(subject: str) -> dict[str, str]:
    """Casefolded name → its usual spelling; the first of two entries wins."""
    return {name.casefold(): name for name in reversed(words.table(_SUBJECT)[subject]["mul"])}


class Phrases:
    """Lists of one or more words, looked up in a row of keys."""

    def __init__(self, *subjects: str) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for subject in subjects:
            for entry in words.every(_SUBJECT, subject):
                phrase = tuple(key(word) for word in entry.split())
                self._by_first.setdefault(phrase[0], []).append(phrase)
        for same in self._by_first.values():
            same.sort(key=len, reverse=True)

    def match(self, keys: Sequence[str], at: int) -> int:
        """How many words from `at` on are the longest entry that begins there; 0 for none."""
        for phrase in self._by_first.get(keys[at], ()):
            if tuple(keys[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0

    def find(self, keys: Sequence[str]) -> int | None:
        """Where the first entry in a row of keys begins."""
        return next((at for at in range(len(keys)) if self.match(keys, at)), None)


@cache
def phrases(*subjects: str) -> Phrases:
    """The phrase table of some lists."""
    return Phrases(*subjects)


@cache
def labels_before_han() -> tuple[str, ...]:
    """Labels that a name follows without a space (`记者焦鹏`); those of one letter begin other words too and need a mark."""
    marked = words.every(_SUBJECT, "labels_marked")
    return tuple(
        word for word in words.every(_SUBJECT, "labels") if HAS_CJK.search(word) and len(word) > 1 and word not in marked
    )


@cache
def trade_at_end() -> re.Pattern[str]:
    """`松岡大地記者`, `홍길동 기자 외 1명`: the trade behind the name in scripts that write it there."""
    trades = "|".join(re.escape(word) for word in words.every(_SUBJECT, "roles") if HAS_CJK.search(word))
    return re.compile(rf"\s*(?:{trades})(?:\s*외(?:\s*\d*\s*명)?)?\s*$")
