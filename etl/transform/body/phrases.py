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
_COLON = re.compile(r"\W{0,9}[\w'’\-]+\s{0,2}[:：|»›]")  # Photo: …, Mehr » …
_MENTIONS = "mentions_"


def features_of_phrases(text: str, size: int) -> list[str]:
    """`opens with related`, `is share`, `mentions mail`: the lists that a text begins with, equals or touches."""
    if size > _MOST_WORDS:
        return []
    spoken = _WORD.findall(text[:_FIRST_CHARACTERS].casefold().replace("’", "'"))
    found = []
    long = "long, " if size > _SHORT else ""
    mentioned = _mentioned()
    if not mentioned.keys().isdisjoint(spoken):
        found += [f"{long}mentions {kind}" for kind in sorted({mentioned[word] for word in spoken if word in mentioned})]
    table, longest = _openings()
    for count in range(min(longest.get(spoken[0], 0) if spoken else 0, len(spoken)), 0, -1):
        if kind := table.get(" ".join(spoken[:count])):
            if count == len(spoken):
                found.append(f"is {kind}")
            elif count > 1 or _COLON.match(text):
                found.append(f"{long}opens with {kind}")
            break
    return found


@lru_cache(maxsize=1)
def _openings() -> tuple[dict[str, str], dict[str, int]]:
    """Phrase → list; first word of a phrase → number of words of the longest phrase that begins with it."""
    lists = {kind: words.every("body", kind) for kind in words.table("body") if not kind.startswith(_MENTIONS)}
    lists["credit"] = words.every("images", "labels")
    table: dict[str, str] = {}
    longest: dict[str, int] = {}
    for kind, phrases in lists.items():
        for phrase in phrases:
            spoken = _WORD.findall(phrase)
            table.setdefault(" ".join(spoken), kind)
            longest[spoken[0]] = max(longest.get(spoken[0], 0), len(spoken))
    return table, longest


@lru_cache(maxsize=1)
def _mentioned() -> dict[str, str]:
    return {
        word: kind.removeprefix(_MENTIONS)
        for kind in words.table("body")
        if kind.startswith(_MENTIONS)
        for word in words.every("body", kind)
    }
