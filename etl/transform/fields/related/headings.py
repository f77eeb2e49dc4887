"""What a heading over a block of links says of the block: which kind it is, or that it holds no stories of the site.

It reads words (`etl/transform/words/related.toml`), not places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.records import Block
from etl.transform import words
from etl.transform.text import CASELESS, clean

_LONGEST = 80
_LONGEST_LABEL = 60
_MOST_BEFORE = 4 * _LONGEST_LABEL
"""No label with white space and marks round it is longer: text before one of many links in a line is not cleaned each time."""
_NEARLY_ALL = 0.75
_FOREIGN_SHARE = 0.6
_TOKEN = re.compile(r"[\w'&+](?:[\w'’&+.\-\u200c]*[\w'’&+])?|:")  # "must-reads", "editor's", "см", ":"
_LABEL_END = re.compile(r"[:：|>»›–—→】-](?:(?<!-)|\s)")  # a hyphen only with a space behind it
_KINDS = (Block.MOST_READ, Block.OPINION, Block.RECOMMENDED, Block.LATEST, Block.RELATED)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the words of a heading say."""

    kind: Block | None
    """None for links that are bought or lead elsewhere."""
    share: float
    """How much of the heading's text the matched phrase is, 0 to 1."""


@lru_cache(maxsize=20_000)
def judge(heading: str) -> Verdict | None:
    """The verdict on a heading; None for one that says nothing."""
    if not heading or len(heading) > _LONGEST:
        return None
    tokens = _TOKEN.findall(heading.casefold().replace("’", "'"))
    best = None if _longest_by_first_word().keys().isdisjoint(tokens) else _longest_phrase(tokens)
    if best is None and not heading.isascii() and CASELESS.search(heading):
        best = _in_unspaced("".join(tokens))
    if best is None:
        return None
    return Verdict(None if best[1] == "foreign" else Block(best[1]), min(1.0, best[0] / max(1, _length(tokens))))


def _length(tokens: list[str]) -> int:
    return len(" ".join(tokens))


def _longest_phrase(tokens: list[str]) -> tuple[int, str] | None:
    """Length and list of the longest phrase among the words of a heading."""
    best: tuple[int, str] | None = None
    last = len(tokens) - (tokens[-1:] == [":"])
    for phrase, start, end in _phrases_in(tokens):
        name = _lookup(phrase, start == 0, start == 0 and end >= last)
        if name is not None and not (name == "foreign" and _is_aside(phrase, _length(tokens))):
            best = max(best or (0, ""), (len(phrase), name))
    return best


def _is_aside(phrase: str, length: int) -> bool:
    """Whether one word of a longer heading ("The jobs of tomorrow") is too little to call its links foreign."""
    return " " not in phrase and len(phrase) < _FOREIGN_SHARE * length and phrase not in _tables()[1]


def stands_beside(heading: str) -> bool:
    """Whether a heading is one of `More from …`, of a block that is never part of the story's text."""
    text = f"{heading.casefold().strip(' :.…')} "
    return any(text.startswith(f"{phrase} ") for phrase in words.every("related", "beside"))


def label_before(text: str) -> str | None:
    """The label that a text is which stands before a single link: `Read more:`, `Lesen Sie auch`; None for other text."""
    if len(text) > _MOST_BEFORE:
        return None
    text = clean(text).strip(" -–—•·>»|[(■◆▶")
    if not text or len(text) > _LONGEST_LABEL or text[-1] in ",،、":  # "Today, the signals could not differ more"
        return None
    verdict = judge(text)
    if verdict is None or verdict.kind is None:
        return None
    return text if verdict.share >= 0.9 or text[-1] in ":：" or (verdict.share >= 0.5 and len(text.split()) >= 4) else None


def split_label(title: str) -> tuple[str | None, str]:
    """`READ MORE: Headline` → `READ MORE`, `Headline`; the label is None where the title has none."""
    match = _LABEL_END.search(title, 0, _LONGEST_LABEL)
    if match is None or not title[match.end() :].strip():
        return None, title
    label = title[: match.start()].rstrip().strip("【 ")
    verdict = judge(label)
    # Of one word ("Opinion: …", "Watch: …") only those are labels that can be nothing else.
    if (
        verdict is None
        or verdict.kind is not Block.RELATED
        or verdict.share < 0.99
        or (len(label.split()) < 2 and not _is_label(label))
    ):
        return None, title
    return label, title[match.end() :].strip()


def _is_label(word: str) -> bool:
    return word.casefold() in words.every("related", "labels")


def _phrases_in(tokens: list[str]) -> Iterator[tuple[str, int, int]]:
    """Every run of words that can be a phrase, with its start and end."""
    longest = _longest_by_first_word()
    for start, token in enumerate(tokens):
        if token in longest:
            for end in range(start + 1, min(len(tokens), start + longest[token]) + 1):
                yield " ".join(tokens[start:end]), start, end


def _lookup(phrase: str, at_start: bool, whole: bool) -> str | None:
    anywhere, at_the_start, alone = _tables()
    name = anywhere.get(phrase)
    if name is None and at_start:
        name = at_the_start.get(phrase)
    if name is None and whole:
        name = alone.get(phrase.removesuffix(" :"))
    return name


def _in_unspaced(text: str) -> tuple[int, str] | None:
    anywhere, at_the_start, alone = _tables()
    found = [(len(text), alone[text])] if text in alone else []
    for length in range(min(14, len(text)), 0, -1):
        for start in range(len(text) - length + 1):
            part = text[start : start + length]
            name = anywhere.get(part) if length > 1 else None
            if name is None and start == 0:
                name = at_the_start.get(part)
            if name is not None:
                found.append((length, name))
        if found:
            break
    return max(found, default=None)


@cache
def _longest_by_first_word() -> dict[str, int]:
    """First word of a phrase → the greatest number of words of a phrase that begins with it."""
    longest: dict[str, int] = {}
    for phrase in (phrase for table in _tables() for phrase in table):
        count = phrase.count(" ") + 2  # a whole heading can end with a colon
        first = phrase.partition(" ")[0]
        longest[first] = max(longest.get(first, 0), count)
    return longest


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Phrase → name of its list: those found anywhere, those at the start, those that are the whole heading."""
    tables: tuple[dict[str, str], dict[str, str], dict[str, str]] = ({}, {}, {})
    for name in ("foreign", *reversed(_KINDS)):  # a phrase that stands in two lists: the later one wins
        for written in words.every("related", str(name)):
            mode = {"^": 1, "=": 2}.get(written[0], 0)
            phrase = " ".join(_TOKEN.findall(written.lstrip("^=").replace("’", "'")))
            tables[mode][phrase] = str(name)
    return tables
