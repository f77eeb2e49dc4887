"""A standfirst that no name tells: the first text under the headline, of another make than the story, or apart from it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lxml import etree

from etl.transform import hints
from etl.transform.blocks import Box, TextBlock
from etl.transform.body.features import size_of
from etl.transform.descriptions import descriptions, repeats
from etl.transform.document import Document

_TAGS = frozenset(["p", "div", "h2", "h3", "h4", "h5", "h6", "strong"])
_REACH = 15
"""Blocks under the headline."""
_LONGEST = 600
_LEAST_WORDS, _LEAST_HEADING = 4, 6
_LEAST_CHARACTERS = 12
_LEAST_LEFT = 2
_LINKED = 0.5
_HALF = 0.5
_APART = hints.BYLINE | hints.DATE | hints.CAPTION
"""What stands between standfirst and story, and not between two paragraphs."""
_TRAIL = hints.BREADCRUMB | hints.NAV
_SIGNED = hints.BYLINE | hints.DATE
_NO_TEXT = hints.QUOTE | hints.LIST | hints.TABLE
# Class words of a first paragraph that is the text's all the same: has-drop-cap, first-text, has-medium-font-size, rtejustify
_OF_FIRST = re.compile(
    r"drop-?cap|lettrine|first|initial(?![a-z])|opening|begin|start|dateline|font-size|align|justify|indent|^text-(?:lg|xl|\d)|"
    r"^m[tby]-\d|^has-|^wp-block-",
    re.I,
)
_DIGITS = re.compile(r"\d+")
# div class="teaser-content" before div class="paywalled"
_WALL = re.compile(r"pay-?wall|reg-?wall|premium|paid|locked|restricted|subscri|members?-only|preview", re.I)
# "3. The bakery", "Step 1: peel", "Who is it?": one of several headings in the text
_OF_SEVERAL = re.compile(r"^\W{0,3}\d{1,3}\s?[.):]|^\W{0,3}\w{1,12}\s\d{1,3}\s?[.):]|[?？;؟]\W{0,2}$")

_Make = tuple[str, frozenset[str]]


def set_apart(document: Document, blocks: Sequence[TextBlock], title: str, headline: TextBlock | None) -> TextBlock | None:
    """The first of the story's blocks if it is its standfirst.

    An element of that name holds it and not the next block, or by-line, date or picture part it, a heading unlike all others,
    from the text. It may also be the page's description: as many a first paragraph is, it must then be of another make than the
    text, whose paragraphs are alike, or stand apart from it before by-line or date.
    """
    if headline is None or len(blocks) <= _LEAST_LEFT:
        return None
    first, second = blocks[:2]
    if first.tag not in _TAGS or not 0 < first.index - headline.index <= _REACH or not _reads_like_one(first):
        return None
    if len(first.text) > sum(len(block.text) for block in blocks[1:]) or repeats(first.text, [title]):
        return None
    around = _around(second)
    if any(box.tag == "blockquote" for box in _around(first) - around):
        return None
    between = document.blocks[first.index + 1 : second.index]
    if first.box.own_hints & hints.HEADING:
        parted = any(block.hints & _APART & ~first.hints for block in between)
        is_apart = parted and size_of(first.text) >= _LEAST_HEADING and not headline.hints & _TRAIL
        if is_apart and not _is_one_of_several(first, blocks[1:]):
            return first
    else:
        signed = any(block.hints & _SIGNED & ~first.hints for block in between)
        if not signed and _own_make(first) == _own_make(second) and _before_wall(first, around):
            return None
        if _is_of_text(first, blocks[1:], around, signed=signed):
            return first if _is_named(first, second, around) else None
    return first if _is_named(first, second, around) or repeats(first.text, descriptions(document)) else None


def _is_one_of_several(heading: TextBlock, rest: Sequence[TextBlock]) -> bool:
    """Whether a first heading is that of a part of the text: others look like it, or it counts or asks."""
    return _OF_SEVERAL.search(heading.text) is not None or any(_own_make(block) == _own_make(heading) for block in rest)


def _is_of_text(first: TextBlock, rest: Sequence[TextBlock], around: set[Box], *, signed: bool) -> bool:
    """Whether a first paragraph is of the make of the others, or they are of as many, so that makes tell nothing."""
    # Loose text with the paragraphs after it in the same element, or the text of a first part.
    if first.box in around or rest[0].box.own_hints & hints.HEADING:
        return True
    beside_text = first.box.parent in around
    if any(_is_alike(first, block, beside_text) for block in rest):
        return not (signed and beside_text and first.box.parent is not rest[0].box.parent)
    makes = Counter((_own_make(block), _make_around(block)) for block in rest if not block.hints & (_NO_TEXT | hints.HEADING))
    return not makes or max(makes.values()) <= _HALF * makes.total()


def _before_wall(first: TextBlock, around: set[Box]) -> bool:
    """Whether the text goes on in an element that only subscribers see, and the first block stands outside it."""
    own = _around(first)
    return any(box.own_hints & hints.PAYWALL or _WALL.search(box.element.get("class") or "") for box in around - own)


def _is_named(first: TextBlock, second: TextBlock, around: set[Box]) -> bool:
    """Whether an element that calls itself standfirst holds the first block, and not the second."""
    if second.box.own_hints & hints.STANDFIRST:
        return False
    box: Box | None = first.box
    while box is not None and box not in around:
        if box.own_hints & hints.STANDFIRST:
            return True
        box = box.parent
    return False


def _around(block: TextBlock) -> set[Box]:
    """The elements that hold a block, its own among them."""
    found = set()
    box: Box | None = block.box
    while box is not None:
        found.add(box)
        box = box.parent
    return found


def _is_alike(one: TextBlock, other: TextBlock, is_one_text: bool) -> bool:
    """Whether two elements look alike: an element of its own round each paragraph parts none, nor one round all but the first (a
    wall that subscribers do not see), where the first stands beside it (`is_one_text`).
    """
    if _own_make(one) != _own_make(other):
        return False
    return is_one_text or _make_around(one) == _make_around(other)


def _own_make(block: TextBlock) -> _Make:
    return _make(block.box.element)


def _make_around(block: TextBlock) -> _Make | None:
    return _make(block.box.parent.element) if block.box.parent is not None else None


def _make(element: etree._Element) -> _Make:
    """Tag and class words, those left out that only a first paragraph has, and numbers."""
    names = (element.get("class") or "").split()
    return str(element.tag), frozenset(_DIGITS.sub("", name) for name in names if not _OF_FIRST.search(name))


def _reads_like_one(block: TextBlock) -> bool:
    text = block.text
    long_enough = size_of(text) >= _LEAST_WORDS and len(text) >= _LEAST_CHARACTERS
    return long_enough and len(text) <= _LONGEST and block.link_density <= _LINKED and not text.endswith((":", "："))
