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
    spoken = _spoken(text)
    found = []
    long = "long, " if size > _SHORT else ""
    mentioned = _mentioned()
    if not mentioned.keys().isdisjoint(spoken):
        found += [f"{long}mentions {kind}" for kind in sorted({mentioned[word] for word in spoken if word in mentioned})]
    kind, count = _opening(spoken)
    if count and count == len(spoken):
        found.append(f"is {kind}")
    elif count > 1 or (count and _COLON.match(text)):
        found.append(f"{long}opens with {kind}")
    return found


def label_of(text: str) -> str:
    """The list by which a short text is a label: it is one of its phrases, or begins with one. Empty where it is none."""
    spoken = _spoken(text)
    kind, count = _opening(spoken)
    return kind if count and (count > 1 or count == len(spoken) or _COLON.match(text)) else ""


def _spoken(text: str) -> list[str]:
    return _WORD.findall(text[:_FIRST_CHARACTERS].casefold().replace("’", "'"))


def _opening(spoken: list[str]) -> tuple[str, int]:
    """(the list of the longest phrase that the words begin with, its number of words); an empty name and 0 where there is none"""
    if spoken:
        table, longest = _openings()
        for count in range(min(longest.get(spoken[0], 0), len(spoken)), 0, -1):
            if kind := table.get(" ".join(spoken[:count])):
                return kind, count
    return "", 0


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
