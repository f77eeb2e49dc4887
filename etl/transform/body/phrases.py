"""Phrases that short texts round a story begin with or are made of: the word lists of `words/body.toml`, looked up fast."""

from __future__ import annotations

import re
from functools import lru_cache

from etl.transform import words

_MOST_WORDS = 100
"""A longer text is no label, no call and no notice."""
_SHORT = 40
_FIRST_CHARACTERS = 400
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_COLON = re.compile(r"\s{0,2}[:：|»›]")
_MENTIONS = "mentions_"


def features_of_phrases(text: str, size: int) -> list[str]:
    """`opens with related`, `is share`, `mentions mail`: the lists that a text begins with, equals or touches."""
    if size > _MOST_WORDS:
        return []
    spoken = _WORD.findall(text[:_FIRST_CHARACTERS].casefold().replace("’", "'"))
    if not spoken:
        return []
    long = "long, " if size > _SHORT else ""
    mentioned, all_mentioned = _mentioned()
    found = []
    if not all_mentioned.isdisjoint(spoken):
        found = [f"{long}mentions {kind}" for kind, listed in mentioned.items() if not listed.isdisjoint(spoken)]
    table, lengths = _openings()
    for count in range(min(lengths.get(spoken[0], 0), len(spoken)), 0, -1):
        if kind := table.get(" ".join(spoken[:count])):
            if count == len(spoken):
                found.append(f"is {kind}")
            elif count > 1 or _first_ends_with_colon(text):
                found.append(f"{long}opens with {kind}")
            break
    return found


def _first_ends_with_colon(text: str) -> bool:
    first = _WORD.search(text)
    return bool(first and _COLON.match(text, first.end()))


@lru_cache(maxsize=1)
def _openings() -> tuple[dict[str, str], dict[str, int]]:
    """The phrases with their lists; and for each first word, of how many words its longest phrase is."""
    lists = {kind: words.every("body", kind) for kind in words.table("body") if not kind.startswith(_MENTIONS)}
    lists["credit"] = words.every("images", "labels")
    table: dict[str, str] = {}
    for kind, phrases in lists.items():
        for phrase in phrases:
            table.setdefault(" ".join(_WORD.findall(phrase)), kind)
    lengths: dict[str, int] = {}
    for phrase in table:
        first = phrase.partition(" ")[0]
        lengths[first] = max(lengths.get(first, 0), phrase.count(" ") + 1)
    return table, lengths


@lru_cache(maxsize=1)
def _mentioned() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """The words of each list; and of all of them, since most texts mention none."""
    listed = {
        kind.removeprefix(_MENTIONS): frozenset(words.every("body", kind))
        for kind in words.table("body")
        if kind.startswith(_MENTIONS)
    }
    return listed, frozenset().union(*listed.values())
