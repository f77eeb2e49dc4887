"""Single tags: what a source calls one, without marks, counts and what is no topic at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from etl.transform import words
from etl.transform.document import Document
from etl.transform.structured import strings
from etl.transform.text import clean_meta, fold

# "a, b; c | d", "A、B" – one string that holds a list
_PARTS = re.compile(r"\s*[,;|，、،]\s*")
# "Subject: Justice", "NLP Category: Politics"
_LABELLED = re.compile(r"(?P<label>[A-Za-z][\w ]{1,30}?)\s?[:=]\s*(?P<value>\S.*)")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.I)
# 100312362, kg_1234567, /article, {title}, @handle, https://…, _commerce
_NO_TOPIC = re.compile(r"\d{6,}|[a-z]{1,4}[_:-]?\d{5,}|/.*|.*[{}<>].*|@.*|https?:.*|_.*|[\W_]*", re.I | re.S)
# splitscreenimageleftinset, textaboveleftsmall: class names of a layout among the keywords
_LAYOUT = re.compile(r"[a-z]{0,24}(?:split|inset|above|below|image)[a-z]{0,12}(?:left|right|inset|small|large|screen)[a-z]{0,12}")
_MARKS = ' \t#•·|,;:–-"“”„«»…>'
_CLOSING_MARKS = ' \t#•·|,;–"“”„«»>'
_LONGEST = 80
_MOST_WORDS = 9
_MOST = 100
_LEAST_TOPICS = 2
"""Declared words for news as such with fewer topics beside them describe the site."""
_MANY_WORDS = 5
"""So many words of a headline one after the other are no list of topics, and so long a tag that is the headline no topic."""


def split_list(text: str) -> list[str]:
    """The tags of one string that may hold several."""
    return [part for part in _PARTS.split(clean_meta(text)) if part]


def tags_of(texts: Iterable[str], document: Document, *, shown: bool) -> tuple[str, ...]:
    """Clean tags in order, each once whatever its capitals; `shown` ones may name the site, or news as such."""
    barred = _barred(document)
    found: dict[str, str] = {}
    for tag in _without_labels([clean_meta(text) for text in texts]):
        tag = tag.lstrip(_MARKS).rstrip(_CLOSING_MARKS)
        key = fold(tag)
        if not key or len(tag) > _LONGEST or len(tag.split()) > _MOST_WORDS or key in barred:
            continue
        if _NO_TOPIC.fullmatch(tag) or _UUID.fullmatch(tag) or _LAYOUT.fullmatch(tag):
            continue
        if key in _no_tags() or (not shown and document.site.owns(tag)):
            continue
        found.setdefault(key, tag)
    if len(found) > _MOST:  # more than one story's
        return ()
    return tuple(found.values()) if shown else _of_story(found)


def _of_story(found: dict[str, str]) -> tuple[str, ...]:
    """Declared tags without those that say what the site is (`news, headlines, breaking news`); one beside others may be a topic.

    None where they leave hardly a topic.
    """
    topics = tuple(tag for key, tag in found.items() if key not in _site_words())
    if topics and len(found) - len(topics) < 2:
        return tuple(found.values())
    return topics if len(topics) >= _LEAST_TOPICS else ()


def made_of(tags: tuple[str, ...], text: str) -> bool:
    """Whether a list is nothing but the words of a headline or an address in their order: programs make such keywords."""
    left, taken = fold(text).split(), 0
    whole = sum(map(len, left))
    for tag in tags:
        key = fold(tag)
        if key not in left:
            return False
        taken += len(key)
        left = left[left.index(key) + 1 :]
    return len(tags) >= _MANY_WORDS - 1 and 4 * taken >= 3 * whole


def without_title(tags: tuple[str, ...], title: str) -> tuple[str, ...]:
    """The tags but the headline, whole or word by word: programs fill keywords with it (`ferry, returns, to, the, strait`)."""
    words_of_title = fold(title).split()
    if len(words_of_title) < _MANY_WORDS:
        return tags
    run = 0
    while run < min(len(tags), len(words_of_title)) and fold(tags[run]) == words_of_title[run]:
        run += 1
    whole = " ".join(words_of_title)
    kept = tags[run:] if run >= _MANY_WORDS else tags
    return tuple(tag for tag in kept if len(tag.split()) < _MANY_WORDS or fold(tag) != whole)


def _barred(document: Document) -> frozenset[str]:
    """The title and the authors as declared: never tags."""
    names = [name for node in document.story_nodes[:3] for name in strings(node.get("author"))]
    return frozenset(fold(clean_meta(text)) for text in [*names, *document.meta("author", "og:title")])


def _without_labels(tags: list[str]) -> list[str]:
    """Tags made for machines: of `Subject: Justice` the value is a topic, of `Language: English` nothing is."""
    matches = [_LABELLED.fullmatch(tag) if ":" in tag or "=" in tag else None for tag in tags]
    labels = {match["label"] for match in matches if match}
    if len(labels) < 2 and not any(fold(label) in _topic_labels() for label in labels):
        return tags
    mostly = sum(match is not None for match in matches) > len(tags) / 2
    kept = []
    for tag, match in zip(tags, matches, strict=True):
        if match is None:
            kept += [] if mostly else [tag]
        elif fold(match["label"]) in _topic_labels():
            kept.append(match["value"])
    return kept


@lru_cache(maxsize=1)
def _topic_labels() -> frozenset[str]:
    return frozenset(fold(word) for word in words.every("tags", "labels"))


@lru_cache(maxsize=1)
def _site_words() -> frozenset[str]:
    return frozenset(fold(word) for word in words.every("tags", "site_words"))


@lru_cache(maxsize=1)
def _no_tags() -> frozenset[str]:
    return frozenset(fold(word) for word in words.every("tags", "no_tags"))
