"""A standfirst that no name tells: the first text under the headline, of another make than the story, or apart from it."""

from __future__ import annotations

from collections.abc import Sequence

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
_APART = hints.BYLINE | hints.DATE | hints.CAPTION
"""What stands between standfirst and story, and not between two paragraphs."""


def set_apart(document: Document, blocks: Sequence[TextBlock], title: str, headline: TextBlock | None) -> TextBlock | None:
    """The first of the story's blocks if it is its standfirst.

    An element of that name holds it and not the next block, or by-line, date or picture part it, a heading, from the text. It may
    also be the page's description: as many a first paragraph is, it must then be of another make than all the text, or parted.
    """
    if headline is None or len(blocks) <= _LEAST_LEFT:
        return None
    first, second = blocks[:2]
    if first.tag not in _TAGS or not 0 < first.index - headline.index <= _REACH or not _reads_like_one(first):
        return None
    if len(first.text) > sum(len(block.text) for block in blocks[1:]) or repeats(first.text, [title]):
        return None
    parted = any(block.hints & _APART & ~first.hints for block in document.blocks[first.index + 1 : second.index])
    heading = bool(first.box.own_hints & hints.HEADING)
    if heading and parted and size_of(first.text) >= _LEAST_HEADING:
        return first
    if _is_named(first, second):
        return first
    around = _around(second)
    if first.box in around:  # loose text, with the paragraphs after it in the same element
        return None
    of_text = not heading and any(_is_alike(first, block, first.box.parent in around) for block in blocks[1:])
    apart = not of_text or (parted and first.box.parent is not second.box.parent)
    return first if apart and repeats(first.text, descriptions(document)) else None


def _is_named(first: TextBlock, second: TextBlock) -> bool:
    """Whether an element that calls itself standfirst holds the first block, and not the second."""
    around = _around(second)
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
    if one.tag != other.tag or one.element.get("class") != other.element.get("class"):
        return False
    first, second = one.box.parent, other.box.parent
    if is_one_text or first is None or second is None:
        return is_one_text or first is second
    return (first.tag, first.element.get("class")) == (second.tag, second.element.get("class"))


def _reads_like_one(block: TextBlock) -> bool:
    text = block.text
    long_enough = size_of(text) >= _LEAST_WORDS and len(text) >= _LEAST_CHARACTERS
    return long_enough and len(text) <= _LONGEST and block.link_density <= _LINKED and not text.endswith((":", "："))
