"""A paragraph's text without the cards that open over its words: a person's picture, name and stories, amid a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from etl.transform.blocks import TextBlock

# A name in the sentence, and in its card the name again and a story at least.
_LEAST_LINKS = 3
_LEAST_LINKS_OF_CARD = 2
_PICTURES = ("img", "picture", "amp-img")


def text_of(block: TextBlock) -> str:
    """The text of a block; of one with cards in it, what is left without them."""
    text = block.text
    if len(block.links) < _LEAST_LINKS:
        return text
    for card in _cards(block.element):
        text = text.replace(" ".join("".join(card.itertext()).split()), "", 1)
    return text


def _cards(element: etree._Element) -> Iterator[etree._Element]:
    """The smallest `span` elements that hold a picture and links beside it."""
    for picture in element.iter(*_PICTURES):
        outer = picture.getparent()
        while outer is not None and outer is not element:
            links = sum(bool("".join(link.itertext()).strip()) for link in outer.iter("a"))
            if links >= _LEAST_LINKS_OF_CARD:
                if outer.tag == "span":
                    yield outer
                break
            outer = outer.getparent()
