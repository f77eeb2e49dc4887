"""Links laid over a teaser: an `a` without text beside the headline that it leads to.

`<article><a href="/harbour-vote-4711"></a><h3>Harbour vote ends in a tie</h3></article>`: the style sheet spreads the link over
the card. Such a link has no text in any block; here it is given the text of the box that it shares with no other.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from lxml import etree

from etl.transform import hints
from etl.transform.blocks import Box, TextBlock
from etl.transform.fields.extent import Extent
from etl.transform.fields.related.addresses import Address, Shape
from etl.transform.fields.related.lengths import is_title

_CARD_CHARS = 700
"""A box with more text than this is more than a teaser."""
_TITLE_CHARS = 160
_MOST = 200
"""A page with more links of this kind has its pictures linked, or is no page of a story."""


def find_overlays(
    page: Extent, anchors: list[tuple[etree._Element, Address | None]], taken: Container[str]
) -> Iterator[tuple[etree._Element, Address, list[tuple[TextBlock, str]]]]:
    """Each of the `anchors`, which have no text, that lies over a teaser, with the teaser's blocks.

    `taken` are the places that links with a text lead to: a picture beside a linked headline is no card of its own.
    """
    wanted = [(anchor, address) for anchor, address in anchors if address is not None and _is_story(address, taken)]
    if not wanted or len(wanted) > _MOST:
        return
    boxes = _boxes(page.blocks)
    around: dict[Box, list[tuple[etree._Element, Address]]] = {}
    for anchor, address in wanted:
        box = _box_around(anchor, boxes)
        if box is not None:
            around.setdefault(box, []).append((anchor, address))
    texts = _texts(page.blocks, around)
    for box, laid in around.items():
        anchor, address = laid[0]
        if len({other.place for _, other in laid}) == 1 and (pieces := _pieces(box, texts[box], page)):
            yield anchor, address, pieces


def _is_story(address: Address, taken: Container[str]) -> bool:
    return address.same_site and address.shape is Shape.STRONG and address.place not in taken


def _boxes(blocks: list[TextBlock]) -> dict[Any, Box]:
    boxes: dict[Any, Box] = {}
    for block in blocks:
        box: Box | None = block.box
        while box is not None and box.element not in boxes:
            boxes[box.element] = box
            box = box.parent
    return boxes


def _box_around(anchor: etree._Element, boxes: dict[Any, Box]) -> Box | None:
    """The innermost box around a link that holds text."""
    element = anchor.getparent()
    while element is not None and element not in boxes:
        element = element.getparent()
    return boxes[element] if element is not None else None


def _is_caption(block: TextBlock, box: Box) -> bool:
    """Whether the one text in a box with a picture is its caption: amid the story only what calls itself headline is a teaser."""
    headed = block.hints & hints.HEADING or (block.box.own_hints | block.inner_hints) & hints.TITLE
    return not headed and next(box.element.iter("img", "amp-img"), None) is not None


def _texts(blocks: list[TextBlock], around: Container[Box]) -> dict[Box, list[TextBlock]]:
    texts: dict[Box, list[TextBlock]] = {}
    for block in blocks:
        box: Box | None = block.box
        while box is not None:
            if box in around:
                texts.setdefault(box, []).append(block)
            box = box.parent
    return texts


def _pieces(box: Box, blocks: list[TextBlock], page: Extent) -> list[tuple[TextBlock, str]]:
    """The teaser's own text: none where the box holds more than a teaser, other headlines' links, or the story."""
    if sum(len(block.text) for block in blocks) > _CARD_CHARS:
        return []
    if any(block.index in page.story or block.index == page.headline for block in blocks):
        return []
    if any(is_title(text) for block in blocks for _, text in block.links):
        return []
    if len(blocks) == 1 and page.holds(blocks[0]) and _is_caption(blocks[0], box):
        return []
    free = [(block, block.text) for block in blocks if not block.links and not block.hints & hints.CAPTION]
    return free if any(is_title(text) and len(text) <= _TITLE_CHARS for _, text in free) else []
