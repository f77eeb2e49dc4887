"""The page's links to stories as cards: one link with the text and the box that belong to it alone.

A card's box is the largest box that holds no other story's link: the list item, the teaser. Links within a sentence are no cards.
Whether a card is kept is decided in groups (`groups.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from etl.transform import hints
from etl.transform.blocks import Box, TextBlock, boxes_up_to
from etl.transform.document import Document
from etl.transform.fields.extent import Extent
from etl.transform.fields.related.addresses import Address, Addresses, Shape
from etl.transform.fields.related.headings import judge, label_before
from etl.transform.fields.related.lengths import is_title
from etl.transform.fields.related.overlays import find_overlays
from etl.transform.text import clean

_CARD_CHARS = 700
"""A box with more text than this is more than a teaser."""
_LINK_SHARE = 0.6
"""In a block with less link text than this a link is part of a sentence."""
_ALL_LINK = 0.95
_TELLING = 0.3
"""Of a heading over a list telling words are at least so much; a headline can have one of them too."""
_REST_WORDS = 4
_SENTENCE = 500
_LINKS_BESIDE = 20
"""Characters and links on each side of a link that are looked at: a block can hold thousands."""
_MARK_WORDS = 5
"""A link that cannot lead to a story is a card, to mark off its neighbours, from this length on."""
_COMMENT = re.compile(r"#comment-?\d+$")
"""A list of the latest comments leads to stories too, but to what a reader said there."""
_NAMED = re.compile(r"\d\d|-[^/]*-")  # what a story's address has at least
_LETTER = re.compile(r"[^\W\d_]")
_BOUGHT = frozenset({"sponsored", "sponsor"})
_SKIPPED = hints.BREADCRUMB
_FOOTERS = hints.NAV | hints.FOOTER
_MENUS = hints.NAV | hints.FORM | hints.HEADER | hints.FOOTER

_Link = tuple[etree._Element, list[tuple[TextBlock, str]], Address]


@dataclass(slots=True)
class Card:
    """One link to a story."""

    href: str
    """As the page writes it."""
    place: str
    """What it leads to, as far as the address names a story."""
    shape: Shape
    anchor: etree._Element
    pieces: list[tuple[TextBlock, str]]
    """The link's text, block by block."""
    blocks: list[TextBlock] = field(default_factory=list)
    """All text of its box; the link's own blocks where it has no box of its own."""
    box: Box | None = None
    own: bool = False
    """It leads to the page itself."""
    foreign: bool = False
    """It leads to another site, or is marked as bought."""
    title: str = ""
    """The linked story's headline."""
    title_block: TextBlock | None = None
    """Where the headline stands."""

    @property
    def block(self) -> TextBlock:
        """Where the link's text begins."""
        return self.pieces[0][0]

    @property
    def parent(self) -> Box | None:
        """The box around the card."""
        return self.box.parent if self.box is not None else self.block.box


def find_cards(document: Document, page: Extent) -> list[Card]:
    """All cards of the page in its order, the page's links to itself among them (they hold a list together)."""
    cards = list(_links(document, page))
    if cards:
        _give_boxes(cards, document.blocks, page.story if page.headline is None else page.story | {page.headline})
    return _merged(cards)


def _links(document: Document, page: Extent) -> Iterator[Card]:
    """Links that can be cards: to stories, and title-like links elsewhere, which mark off their neighbours."""
    addresses = Addresses(document.url)
    for anchor, pieces, address in _addressed(document, page, addresses):
        own = address.place == addresses.own
        if (
            address.shape is Shape.NONE
            and address.same_site
            and not own
            and max(len(text.split()) for _, text in pieces) < _MARK_WORDS
        ):
            continue  # an author, a section
        if address.shape is not Shape.STRONG and not own and any(_is_heading_like(text) for _, text in pieces):
            continue  # a heading that leads to the list it stands over
        rel = (anchor.get("rel") or "").lower().split()
        if "tag" in rel and address.shape is not Shape.STRONG:
            continue  # a topic of many words
        if _COMMENT.search(href := (anchor.get("href") or "").strip()):
            continue
        bought = not _BOUGHT.isdisjoint(rel)
        yield Card(href, address.place, address.shape, anchor, pieces, own=own, foreign=bought or not address.same_site)


def _addressed(document: Document, page: Extent, addresses: Addresses) -> list[_Link]:
    """The links with a text that can be a headline, or laid over one, in the page's order."""
    found = []
    for anchor, pieces in _titled(page):
        address = _address(anchor, document, addresses)
        if address is not None:
            found.append((anchor, pieces, address))
    linked = {anchor for block in page.blocks if block.links for anchor, _ in block.links}
    known = {anchor.get("href") for anchor, _, _ in found}
    mute = [
        (anchor, addresses.judge(href.strip()))
        for anchor in document.body.iter("a")
        if anchor not in linked and (href := anchor.get("href")) and href not in known and _NAMED.search(href)
    ]
    laid = find_overlays(page, mute, {address.place for _, _, address in found})
    over = [(anchor, pieces, address) for anchor, address, pieces in laid if not _is_menu(pieces[0][0], page)]
    return sorted(found + over, key=lambda link: link[1][0][0].index) if over else found


def _address(anchor: etree._Element, document: Document, addresses: Addresses) -> Address | None:
    href = (anchor.get("href") or "").strip()
    address = addresses.judge(href)
    if address is None and (url := document.absolute(href)) is not None:
        address = addresses.judge(url)
    return address


def _is_heading_like(text: str) -> bool:
    verdict = judge(text)
    return verdict is not None and verdict.share >= _TELLING


def _titled(page: Extent) -> list[tuple[etree._Element, list[tuple[TextBlock, str]]]]:
    """The links whose text can be a headline, with the blocks it stands in, in the page's order."""
    found: dict[etree._Element, list[tuple[TextBlock, str]]] = {}
    titled: set[etree._Element] = set()
    for block in page.blocks:
        if not block.links or _is_menu(block, page):
            continue
        for number, (anchor, text) in enumerate(block.links):
            found.setdefault(anchor, []).append((block, text))
            if anchor in titled or not (is_title(text) or _has_title(anchor)):
                continue
            if not _is_in_sentence(block, number):
                titled.add(anchor)
    return [(anchor, pieces) for anchor, pieces in found.items() if anchor in titled]


def _has_title(anchor: etree._Element) -> bool:
    title = anchor.get("title")
    return title is not None and is_title(clean(title))


def _is_menu(block: TextBlock, page: Extent) -> bool:
    """Whether a block is in a menu or footer, where no block of stories is looked for."""
    bits = block.hints & (_SKIPPED | _MENUS)
    if bits and page.container is not None:
        bits &= ~page.container.hints  # what the story itself stands in is no menu, whatever its class says
    if not bits:
        return False
    if bits & _SKIPPED or block.index < page.start:
        return True
    return block.index > page.last and bool(bits & _FOOTERS) and not block.hints & hints.RELATED


def _is_in_sentence(block: TextBlock, number: int) -> bool:
    """Whether a link is part of a sentence: other words stand around it in its line that are neither a label nor few."""
    if block.box.own_hints & hints.HEADING or block.link_density >= _ALL_LINK:
        return False
    text = block.links[number][1]
    before, after = around(block, text)
    if label_before(before) is not None:
        return False
    if text[:1].islower() and _LETTER.search(before):
        return True
    if block.tag == "p" and _LETTER.search(before) and _LETTER.search(after):
        return True
    if " " not in block.text:
        return block.link_density < _LINK_SHARE
    line = f"{before} {after}"
    nearby = block.links[max(0, number - _LINKS_BESIDE) : number + _LINKS_BESIDE]
    rest = len(line.split()) - sum(len(other.split()) for _, other in nearby if other != text and other in line)
    return rest >= _REST_WORDS and (block.tag == "p" or block.link_density < _LINK_SHARE)


def around(block: TextBlock, text: str) -> tuple[str, str]:
    """What stands before and after a link's text in its line: as much of it as a sentence can be long."""
    whole = block.text
    start = whole.find(text) % (len(whole) + 1)  # not found: at the end
    end = start + len(text)
    return whole[max(0, start - _SENTENCE) : start].rpartition("\n")[2], whole[end : end + _SENTENCE].partition("\n")[0]


def _merged(cards: list[Card]) -> list[Card]:
    """Links of one box to one story (kicker, picture and headline each a link) as one card."""
    merged: list[Card] = []
    for card in cards:
        last = merged[-1] if merged else None
        if last is not None and card.place == last.place and card.box is not None and card.box is last.box:
            last.pieces += card.pieces
        else:
            merged.append(card)
    return merged


class _Region:
    """What is known of a box with links in it."""

    __slots__ = ("above", "blocks", "box", "chars", "place", "shared", "story")

    def __init__(self, box: Box, place: str) -> None:
        self.box = box
        self.place = place
        self.above: _Region | None = None
        """Of the box around this one."""
        self.shared = False
        self.chars = 0
        self.story = False
        self.blocks: list[TextBlock] = []


def _give_boxes(cards: list[Card], blocks: list[TextBlock], story: frozenset[int]) -> None:
    regions = _regions(cards)
    _fill(regions, blocks, story)
    for card in cards:
        region = regions[card.block.box]
        if region.shared or region.story or region.chars > _CARD_CHARS:
            card.blocks = [block for block, _ in card.pieces]
            continue
        while (above := region.above) and not (above.shared or above.story or above.chars > _CARD_CHARS):
            region = above
        card.box, card.blocks = region.box, region.blocks


def _regions(cards: Iterable[Card]) -> dict[Box, _Region]:
    """Every box around a link, with the one story it links to or the mark that there are several."""
    regions: dict[Box, _Region] = {}
    for card in cards:
        for block, _ in card.pieces:
            box: Box | None = block.box
            below: _Region | None = None
            while box is not None:
                region = regions.get(box)
                known = region is not None
                if region is None:
                    region = regions[box] = _Region(box, card.place)
                if below is not None:
                    below.above = region
                if known:
                    if region.shared or region.place == card.place:
                        break  # so it stands with all boxes above
                    region.shared = True
                below, box = region, box.parent
    return regions


def _fill(regions: dict[Box, _Region], blocks: list[TextBlock], story: frozenset[int]) -> None:
    """Give every region its text and whether it holds a part of the story.

    Regions of several stories need only the latter, and those with more text than a card has need no more of it: both hold of
    all regions above them too.
    """
    nearest: dict[Any, _Region | None] = {None: None, **regions}
    for block in blocks:
        box = block.box
        if box not in nearest:  # the box around it is known, nearly always
            nearest[box] = nearest[box.parent] if box.parent in nearest else _nearest(box, nearest)
        region = nearest[box]
        if block.index in story:
            while region is not None and not region.story:
                region.story = True
                region = region.above
            continue
        chars = len(block.text)
        while region is not None and not (region.shared or region.chars > _CARD_CHARS):
            region.chars += chars
            if region.chars <= _CARD_CHARS:
                region.blocks.append(block)
            region = region.above


def _nearest(box: Box, nearest: dict[Any, _Region | None]) -> _Region | None:
    """The innermost region that a box stands in; kept for the boxes on the way, which hold other blocks too."""
    path = boxes_up_to(box, nearest)
    region = nearest[path[-1].parent]
    for inner in path:
        nearest[inner] = region
    return region
