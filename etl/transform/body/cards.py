"""A paragraph's text without the cards that open over its words: a person's picture, name and stories, amid a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from etl.transform.blocks import TextBlock
from etl.transform.text import fold

# A name in the sentence, and in its card the name again and a story at least.
_LEAST_LINKS = 3
_LEAST_LINKS_OF_CARD = 2
_PICTURES = ("img", "picture", "amp-img")
_NAMED = re.compile(r"card|tool-?tip|pop-?over|pop-?up|hover", re.I)
# Words in a card outside its links: a role, a town. More is a sentence.
_LOOSE_WORDS = 4
# A card is not most of the block's text.
_FEW = 0.8
# So many of a block's pictures are looked at, each so many elements up; of a card so many links.
_MOST_PICTURES = 30
_MOST_STEPS = 6
_MOST_LINKS = 20


def text_of(block: TextBlock) -> str:
    """The text of a block; of one with cards in it, what is left without them."""
    text = block.text
    if len(block.links) < _LEAST_LINKS:
        return text
    for outer in _spans(block.element):
        shown = _shown(outer)
        if len(shown) < _FEW * len(block.text) and _is_card(outer, block):
            text = text.replace(shown, "", 1)
    return text


def _spans(element: etree._Element) -> Iterator[etree._Element]:
    """The smallest `span` elements that hold a picture and links beside it."""
    seen: set[etree._Element] = set()
    for picture in islice(element.iter(*_PICTURES), _MOST_PICTURES):
        outer = picture.getparent()
        for _ in range(_MOST_STEPS):
            if outer is None or outer is element or outer in seen:
                break
            seen.add(outer)
            if len(list(islice(_linked(outer), _LEAST_LINKS_OF_CARD))) == _LEAST_LINKS_OF_CARD:
                if outer.tag == "span":
                    yield outer
                break
            outer = outer.getparent()


def _is_card(outer: etree._Element, block: TextBlock) -> bool:
    """Whether a span is a card by its name, or follows a link to where it leads too, and holds no words of a sentence."""
    links = list(islice(_linked(outer), _MOST_LINKS))
    loose = len(_shown(outer).split()) - sum(len(_shown(link).split()) for link in links)
    if loose > _LOOSE_WORDS:
        return False
    if _NAMED.search(f"{outer.get('class', '')} {outer.get('role', '')}"):
        return True
    inside = set(links)
    before = [link for link, _ in block.links if link not in inside]
    return not _marks_of(links).isdisjoint(mark for link in before for mark in _marks_of([link]))


def _linked(element: etree._Element) -> Iterator[etree._Element]:
    """The links in an element that have text."""
    return (link for link in element.iter("a") if _shown(link))


def _shown(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _marks_of(links: list[etree._Element]) -> set[str]:
    """Where links lead and what they say."""
    return {mark for link in links for mark in (link.get("href", ""), fold(_shown(link))) if mark}
