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
_MARKS = ".,:;!?…\"'“”„‘’«»()[]"
"""Marks before and behind words."""
_COLON = re.compile(r"\W{0,9}[\w'’\-]+\s{0,2}[:：|»›]")  # Photo: …, Mehr » …
_MENTIONS = "mentions_"
_ABOUT_AUTHOR = "about_author"
_MOST_WORDS_OF_A_CAPTION = 60
_TAIL = 60
"""Characters at the end of a caption in which its credit begins or ends."""
_SENTENCE_MARKS = frozenset(".!?…。")


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
    """The list by which a short text is a label: it is one of its phrases, or begins with one. Empty where it is none.

    Counts do not matter: `27 comments`.
    """
    spoken = [word for word in _spoken(text) if not word.isdigit()]
    kind, count = _opening(spoken)
    return kind if count and (count > 1 or count == len(spoken) or _COLON.match(text)) else ""


def phrases_of(text: str, kind: str) -> int:
    """How many phrases of a list a text is made of: two in `Like us on Facebook`; 0 where there is anything else in it."""
    spoken = _spoken(text) if len(text) <= _FIRST_CHARACTERS else []
    phrases = 0
    while spoken:
        found, count = _opening(spoken)
        if found != kind:
            return 0
        spoken = spoken[count:]
        phrases += 1
    return phrases


def tells_of_author(text: str) -> bool:
    """Whether a heading is nothing but `About the author` or the like."""
    return len(text) <= _SHORT and " ".join(_spoken(text)) in _about_author()


def mentions_of_mail(text: str, size: int) -> int:
    """How often a text of no great length speaks of newsletters, subscriptions and the like."""
    mentioned = _mentioned()
    return sum(mentioned.get(word) == "mail" for word in _spoken(text)) if size <= _MOST_WORDS else 0


def closes_with_credit(text: str, size: int) -> bool:
    """Whether a text ends as captions do: with `Photo`, an agency or © in its last words, and not as a sentence ends."""
    if size > _MOST_WORDS_OF_A_CAPTION or text[-1] in _SENTENCE_MARKS:
        return False
    tail = text[-_TAIL:]
    labels, agencies = _credit_words()
    spoken = _words_in(tail)
    return "©" in tail or not agencies.isdisjoint(spoken) or not labels.isdisjoint(map(str.casefold, spoken))


def _spoken(text: str) -> list[str]:
    return _words_in(text[:_FIRST_CHARACTERS].casefold().replace("’", "'"))


def _words_in(text: str) -> list[str]:
    found: list[str] = []
    for piece in text.split():
        if piece.isalpha() or (piece := piece.strip(_MARKS)).isalpha():  # most are: no pattern is needed to find their words
            found.append(piece)
        else:
            found += _WORD.findall(piece)
    return found


def _opening(spoken: list[str]) -> tuple[str, int]:
    """(the list of the longest phrase that the words begin with, its number of words); an empty name and 0 where there is none"""
    if spoken:
        table, longest = _openings()
        if spoken[0] in longest:
            for count in range(min(longest[spoken[0]], len(spoken)), 0, -1):
                if kind := table.get(" ".join(spoken[:count])):
                    return kind, count
    return "", 0


@lru_cache(maxsize=1)
def _openings() -> tuple[dict[str, str], dict[str, int]]:
    """Phrase → list; first word of a phrase → number of words of the longest phrase that begins with it."""
    kinds = [kind for kind in words.table("body") if not kind.startswith(_MENTIONS) and kind != _ABOUT_AUTHOR]
    lists = {kind: words.every("body", kind) for kind in kinds}
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
def _about_author() -> frozenset[str]:
    return frozenset(" ".join(_WORD.findall(phrase)) for phrase in words.every("body", _ABOUT_AUTHOR))


@lru_cache(maxsize=1)
def _mentioned() -> dict[str, str]:
    return {
        word: kind.removeprefix(_MENTIONS)
        for kind in words.table("body")
        if kind.startswith(_MENTIONS)
        for word in words.every("body", kind)
    }


@lru_cache(maxsize=1)
def _credit_words() -> tuple[frozenset[str], frozenset[str]]:
    """(labels of a credit, agencies as they are spelled and in capitals): those of one word."""
    labels = words.every("images", "labels")
    agencies = [name for names in words.table("images")["agencies"].values() for name in names]
    spelled = filter(_WORD.fullmatch, [*agencies, *map(str.upper, agencies)])
    return frozenset(filter(_WORD.fullmatch, labels)), frozenset(spelled)
