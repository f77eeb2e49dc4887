"""The story's first and last blocks: lines on its source, author and date, summaries, calls to subscribe, the headline again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from etl.transform import words
from etl.transform.blocks import TextBlock
from etl.transform.body.candidates import HEADINGS, Candidate
from etl.transform.body.phrases import is_about_mail, label_of
from etl.transform.hints import STANDFIRST
from etl.transform.site import Site
from etl.transform.text import fold

# Lines about the text that stand before it and after it.
_BEFORE_TEXT = frozenset(["author", "dateline", "rights"])
_AFTER_TEXT = frozenset(["author", "rights"])
_LABEL_LINE = 40
_DATE_LINE = 10
_CREDIT_LINE = 12
_MARKS = frozenset(":：")
_MARK_WITHIN = 40
_BRACKETS = "([（【［©*—–-"
_UNSURE = 1.5
_ADDRESS_LINE = 20
_BESIDE_ADDRESS = 6
_QUESTION = ("?", "？", "؟")
_EMAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.\w")
_HEADLINES = frozenset(["h1", "h2"])
# A shortcode of WordPress whose plug-in is gone: [button link="/kit"]Send us your kit[/button], [gallery ids="1,2"]
_SHORTCODE = re.compile(r"\[([a-z][\w-]{1,30}) [a-z][\w-]{0,30}=[^\[\]]{1,300}\](?:[^\[\]]{0,300}\[/\1\])?")
_SHARED_WORDS = 3
# Words of a site's name.
_NAME_WORDS = 5
_LIKE = 1.5
# Words of a label that is no heading.
_SHORT_LABEL = 4
_ITEMS = frozenset(["li", "dt", "dd"])
# A score up to which a text at the very beginning or end that speaks of newsletters and subscriptions is an offer of the site's.
_OFFER_SCORE = 2.5


def drop_summary(chosen: dict[int, Candidate]) -> None:
    """The story in points that stands before its text, in an element that calls itself a summary, with the heading over it."""
    before = list(takewhile(lambda index: chosen[index].foreign_hints & STANDFIRST, sorted(chosen)))
    points = [index for index in before if chosen[index].block.tag in _ITEMS]
    if points and len(before) < len(chosen):
        above = [index for index in before if index < points[0] and chosen[index].block.tag in HEADINGS]
        for index in [*above[-1:], *points]:
            del chosen[index]


def drop_credits(chosen: dict[int, Candidate]) -> None:
    """Lines that are nothing but a picture's credit: `(Photo: Jane Roe)`; what a blog's software should have replaced."""
    for index, candidate in list(chosen.items()):
        if len(chosen) > 1 and (_is_credit(candidate) or _SHORTCODE.fullmatch(candidate.block.text)):
            del chosen[index]


def _is_credit(candidate: Candidate) -> bool:
    text = candidate.block.text
    return candidate.words <= _CREDIT_LINE and _is_marked(text) and label_of(text) == "credit"


def drop_ends(chosen: dict[int, Candidate], title: str, site: Site) -> None:
    """Lines before and after the text that tell its source, its author, its date; the headline in other words."""
    _drop_offers(chosen)
    _drop_labels(sorted(chosen), chosen, _BEFORE_TEXT)
    _drop_labels(sorted(chosen, reverse=True), chosen, _AFTER_TEXT)
    if len(chosen) > 1 and _tells_what_is(site, chosen[max(chosen)].block.text):
        del chosen[max(chosen)]
    first = chosen[min(chosen)].block if chosen else None
    if first and is_headline(first, title) and len(chosen) > 1:
        del chosen[first.index]


def _drop_offers(chosen: dict[int, Candidate]) -> None:
    for end in (min, max):
        if len(chosen) > 1 and _is_offer(chosen, end(chosen)):
            del chosen[end(chosen)]


def _is_offer(chosen: Mapping[int, Candidate], index: int) -> bool:
    candidate = chosen[index]
    return candidate.score < _OFFER_SCORE and is_about_mail(candidate.block.text, candidate.words)


def _drop_labels(indexes: Sequence[int], chosen: dict[int, Candidate], kinds: frozenset[str]) -> None:
    for index in indexes[:-1]:
        candidate = chosen[index]
        label = _label_line(candidate)
        if label not in kinds or (label == "dateline" and candidate.words > _DATE_LINE):
            break
        del chosen[index]


def _label_line(candidate: Candidate) -> str:
    """What kind of line about the text a block is; one that tells little more than an e-mail address is about its author. A
    question is none: an interview begins with one.

    "Powered by two engines, the ferry …" is none: without a mark a phrase counts only where the block may well be no text.
    """
    text = candidate.block.text
    if candidate.words > _LABEL_LINE or text.endswith(_QUESTION):
        return ""
    if candidate.words <= _ADDRESS_LINE and _EMAIL.search(text):
        is_bare = len(text.split()) <= 1 + _BESIDE_ADDRESS or text[0] in _BRACKETS
        return "author" if is_bare or candidate.score < _UNSURE else ""
    kind = label_of(text)
    is_short = kind == "dateline" or candidate.words <= _SHORT_LABEL
    return kind if _is_marked(text) or is_short or candidate.score < _UNSURE else ""


def _tells_what_is(site: Site, text: str) -> bool:
    """Whether a text tells what its own site is: `The Daily Example is a newspaper of …`."""
    spoken = text.split(maxsplit=_NAME_WORDS + 1)[: _NAME_WORDS + 1]
    copulas = words.every("site", "is")
    return any(word in copulas and site.owns(" ".join(spoken[:count])) for count, word in enumerate(spoken) if count)


def _is_marked(text: str) -> bool:
    return text[0] in _BRACKETS or not _MARKS.isdisjoint(text[:_MARK_WITHIN])


def is_headline(block: TextBlock, title: str) -> bool:
    """Whether a heading is the headline in other words: it shares half of the words of the shorter one with the title."""
    if block.tag not in _HEADLINES or block.text.endswith(".") or len(block.text) > _LIKE * len(title):
        return False
    one, other = ({word for word in fold(text).split() if len(word) > 2} for text in (block.text, title))
    shared = len(one & other)
    return shared >= _SHARED_WORDS and 2 * shared >= min(len(one), len(other))
