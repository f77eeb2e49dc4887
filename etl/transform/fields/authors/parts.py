"""A stretch of a by-line as parts: cut at brackets, commas and joining words; and what is cut off a part before it is a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from etl.transform.fields.authors import kinds, names
from etl.transform.fields.authors.lines import Word, keys_of
from etl.transform.fields.authors.vocabulary import BLANKS, EDGES, HAS_CJK, key, listed, listed_in, phrases, printed, trade_at_end

_PLACED_HANGUL = re.compile(r"([가-힣]{2,6}) ([가-힣]{2,4} ?[가-힣]{2,5})$")  # 광양 홍길동 기자
_LONGEST_SHORT = 5
"""Words up to this length with a full stop can be short forms."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a stretch: between commas, joining words or brackets."""

    text: str
    start: int
    end: int
    joined: str
    """What stands before it: `hard`, `date`, `comma`, `and`, `bracket`."""
    label: str = ""
    """The label that stands before it: `by`, `text`."""
    first: bool = False
    """Whether it begins its stretch."""


def parts_of(words: list[Word], joined: str, label: str, language: str | None, site_names: tuple[str, ...]) -> list[Part]:
    """The words cut at brackets, commas and joining words."""
    return _without_places(list(_cut(words, joined, label, language, site_names)))


def _cut(words: list[Word], joined: str, label: str, language: str | None, site_names: tuple[str, ...]) -> Iterator[Part]:
    first = True
    for piece, mark in _between_marks(words):
        some, before = _without_joiner(piece, mark or joined)
        for cut, joiner in [(some, "")] if before == "bracket" else _cut_joined(some, language, site_names):
            part = _part(cut, joiner or before, label, first=first)
            if part and part.text:
                yield part
                first = False


def _without_places(parts: list[Part]) -> list[Part]:
    """`순천, 광양 홍길동 기자` as `홍길동 기자`: in Korean, places stand before the name that a trade follows."""
    for at, part in enumerate(parts):
        match = _PLACED_HANGUL.match(part.text)
        if match and kinds.is_place(match[1]) and without_trade(part.text) != part.text:
            before = [other for other in parts[:at] if not kinds.is_place(other.text)]
            return [*before, replace(part, text=match[2]), *parts[at + 1 :]]
    return parts


def _cut_joined(words: list[Word], language: str | None, site_names: tuple[str, ...]) -> list[tuple[list[Word], str]]:
    """The words cut at `and` and its kin, but for those inside one name (`José Ortega y Gasset`, `Church and Life`)."""
    if kinds.is_site_name(text_of(words), site_names):
        return [(words, "")]
    keys = keys_of(words)
    found: list[tuple[list[Word], str]] = []
    start, before, at = 0, "", 1
    while at < len(words) - 1:
        length = 1 if words[at].text in "&+" else phrases("joiners").match(keys, at)
        if length and start < at < len(words) - length and _joins(words[start:at], words[at], words[at + length :], language):
            found.append((words[start:at], before))
            start, before = at + length, "and"
        at += length or 1
    found.append((words[start:], before))
    return found


def _joins(left: list[Word], joiner: Word, right: list[Word], language: str | None) -> bool:
    """Whether a joining word parts two names: not with a capital (`Maria E Silva`) but `And`, not as a particle of one name."""
    if joiner.text == "And" and len(left) > 1 and len(right) > 1:
        return True
    if not (joiner.text[0].islower() or joiner.text in "&+" or text_of(right).isupper()):
        return False
    if len(left) > 1 and len(right) > 1:
        return True
    if any(kinds.agency_spelling(text_of(side)) or kinds.is_organization(text_of(side)) for side in (left, right)):
        return True
    foreign = language and joiner.text not in "&+" and joiner.key not in listed_in("joiners", language)
    return joiner.key not in names.particles() and not foreign


def text_of(words: list[Word]) -> str:
    """The words as printed; their spaces may have been wider."""
    return " ".join(word.text for word in words)


def without_details(text: str) -> str:
    """What is left of a part without trade, paper, place, role and agency: a name, or nothing."""
    if kinds.has_legal_form(text):
        return text.strip(EDGES)
    full = _without_tail(_without_paper(without_trade(_once(text)))).strip(EDGES)
    return kinds.without_agency(kinds.strip_role(full).strip(EDGES), full)


def _once(text: str) -> str:
    """`Jane Roe Jane Roe`, as a portrait's text and a name give, once."""
    parts = text.split()
    half = len(parts) // 2
    return " ".join(parts[:half]) if half > 1 and parts[:half] == parts[half:] else text


def without_trade(text: str) -> str:
    """`홍길동 기자`, `松岡大地記者` without the trade."""
    if HAS_CJK.search(text):
        return trade_at_end().sub("", text).strip() or text
    return text


def _without_paper(text: str) -> str:
    """`한강일보 홍길동`, `江南见习记者 林子`, `編集委員 松岡大地` without paper and office."""
    head, _, last = text.partition(" ")
    if not last or not HAS_CJK.search(head) or not kinds.is_person(last):
        return text
    return last if kinds.is_organization(head) or kinds.is_role(head) or without_trade(head) != head else text


def _without_tail(text: str) -> str:
    """`Jane Roe in Paris`, `John Doe For The Guardian` up to the preposition; `JANE ROE. MADRID` to the full stop."""
    parts = text.split()
    keys = [key(part) for part in parts]
    for at in range(2, len(parts)):
        if _ends_sentence(parts[at - 1]) and " ".join(parts[at:]).isupper():
            return " ".join(parts[:at]).removesuffix(".")
        if at == len(parts) - 1 or not phrases("tails").match(keys, at):
            continue
        if parts[at].islower() or text.isupper() or keys[at] == "for" or parts[at] == "IN":
            return " ".join(parts[:at])
    return text


def _ends_sentence(word: str) -> bool:
    """Whether a word's full stop is no short form's (`Alex.`, `JR.`) nor a title's."""
    longest = 3 if word.isupper() else _LONGEST_SHORT
    return word.endswith(".") and word[:-1].isalpha() and len(word) > longest and word.casefold() not in printed("titles")


def begins_with_tail(text: str) -> bool:
    """`in Seoul`, `for The Paper`; `i Paris`, which joins two names elsewhere."""
    return text.split(maxsplit=1)[0] in listed("tails", "joiners")


def is_paper(part: Part) -> bool:
    """`… | El Sol de México`: behind a name and a stroke, an article begins the name of a paper."""
    parts = part.text.split()
    return part.joined == "hard" and len(parts) > 1 and parts[0][0].isupper() and key(parts[0]) in listed("articles")


def _between_marks(words: list[Word]) -> Iterator[tuple[list[Word], str]]:
    """Runs of words without commas and brackets, and the mark before each: nothing, `comma` or `bracket`."""
    piece: list[Word] = []
    mark = ""
    for word in words:
        if not (word.is_comma or word.opens or word.closes):
            piece.append(word)
            continue
        if word.closes:
            piece.append(word)  # the bracket belongs to the credit
        yield piece, mark
        piece, mark = [], "bracket" if word.opens else "comma"
    yield piece, mark


def _without_joiner(words: list[Word], joined: str) -> tuple[list[Word], str]:
    """`, and John Doe`, `(avec AFP)` without the joining word at the beginning; `(avec Jean Morel)` adds an author."""
    begins = joined in {"comma", "bracket"} and len(words) > 1 and words[0].text.islower()
    length = phrases("joiners").match(keys_of(words), 0) if begins else 0
    if not length:
        return words, joined
    others = words[length:]
    return others, "bracket" if joined == "bracket" and not kinds.is_person(text_of(others[:2])) else "and"


def _part(words: list[Word], joined: str, label: str, *, first: bool) -> Part | None:
    if not words:
        return None
    closed = words[-1].closes
    inner = words[:-1] if closed else words
    if len(inner) > 1 and (inner[-1].text in "&+" or inner[-1].text in listed("joiners")):
        inner = inner[:-1]  # "Jane Roe &", the next name in an element of its own
    text = text_of(inner).strip(BLANKS.replace(".", ""))
    return Part(text, words[0].start, words[-1].end, joined, label, first)
