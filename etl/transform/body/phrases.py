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
    matches = list(_WORD.finditer(text, 0, _FIRST_CHARACTERS))
    spoken = [match[0].casefold().replace("’", "'") for match in matches]
    long = "long, " if size > _SHORT else ""
    found = [f"{long}mentions {kind}" for kind, listed in _mentioned().items() if not listed.isdisjoint(spoken)]
    table, longest = _openings()
    for count in range(min(longest, len(spoken)), 0, -1):
        if kind := table.get(" ".join(spoken[:count])):
            if count == len(spoken):
                found.append(f"is {kind}")
            elif count > 1 or _COLON.match(text, matches[0].end()):
                found.append(f"{long}opens with {kind}")
            break
    return found


@lru_cache(maxsize=1)
def _openings() -> tuple[dict[str, str], int]:
    lists = {kind: words.every("body", kind) for kind in words.table("body") if not kind.startswith(_MENTIONS)}
    lists["credit"] = words.every("images", "labels")
    table: dict[str, str] = {}
    for kind, phrases in lists.items():
        for phrase in phrases:
            table.setdefault(" ".join(_WORD.findall(phrase)), kind)
    return table, max(phrase.count(" ") + 1 for phrase in table)


@lru_cache(maxsize=1)
def _mentioned() -> dict[str, frozenset[str]]:
    return {
        kind.removeprefix(_MENTIONS): frozenset(words.every("body", kind))
        for kind in words.table("body")
        if kind.startswith(_MENTIONS)
    }
