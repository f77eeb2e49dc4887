"""Links to other stories: blocks of them beside, below and inside the story, each with its kind and heading.

Cards (`cards.py`) are gathered into groups under headings (`groups.py`); here it is decided which groups are blocks of stories,
and of which kind. Menus, footers, lists of sections, bought links and links within a sentence are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from etl.records import Block, Origin, RelatedLink
from etl.transform import hints, words
from etl.transform.document import Document
from etl.transform.fields.address import key_of
from etl.transform.fields.extent import Extent, common_box
from etl.transform.fields.related.addresses import Shape
from etl.transform.fields.related.boxes import kind_by_boxes
from etl.transform.fields.related.cards import Card, find_cards
from etl.transform.fields.related.groups import Group, group_cards
from etl.transform.fields.related.headings import Verdict, stands_beside
from etl.transform.fields.related.lengths import is_title
from etl.transform.fields.related.profiled import NamedBlocks
from etl.transform.fields.related.titles import byline_of, caption_of, strip_ranks, title_of
from etl.transform.reading import Found, Story
from etl.transform.text import CASELESS

__all__ = ["extract_related"]

_MENUS = hints.NAV | hints.FOOTER
_ODD = hints.COOKIE | hints.COMMENTS | hints.FORM | hints.SHARE | hints.NEWSLETTER
"""Where only a telling heading makes a block of stories."""
_PERSONS = hints.BYLINE | hints.BIO
_WEAK_WORDS = 5
"""A title of so many words makes up for an address that need not be a story's."""
_HEADLINE_WORDS = 4
"""Titles of a block before the headline have so many words on average; a bar of topics has fewer."""
_FEW = 3
"""So many stories make a block without a heading close to the story; elsewhere it takes one more."""
_MANY = 20
"""What calls itself a footer and holds more than this is an index of the site."""
_MOST = 0.7
"""In a block without a telling heading at least this share of the links leads to stories."""
_NEAR = 2
"""How many levels above the story's box what stands close to it can be."""
_MARK_CHARS = 30


def extract_related(document: Document, story: Story, extent: Extent | None = None) -> Found[tuple[RelatedLink, ...]] | None:
    """Links to other stories, block by block; None where the page has none. `extent` is the story's place, if it is known."""
    page = extent or Extent(document, story)
    cards = find_cards(document, page)
    if not cards:
        return None
    for card in cards:
        card.title, card.title_block = title_of(card)
    blocks = sorted(_blocks(document, cards, page), key=lambda block: block[1][0].block.index)
    links: dict[tuple[Block, str | None, str], RelatedLink] = {}
    notes: list[str] = []
    for kind, good, heading in blocks:
        before = len(links)
        for link in (_link(card, kind, heading, document, story) for card in good):
            links.setdefault((kind, heading, link.key or ""), link)
        if len(links) > before:
            notes.append(f"{kind} {heading or '(no heading)'}: {len(links) - before}")
    return Found(tuple(links.values()), Origin.HTML, "; ".join(notes)) if links else None


def _blocks(document: Document, cards: list[Card], page: Extent) -> Iterator[tuple[Block, list[Card], str | None]]:
    """Kind, cards and heading of every block of stories."""
    named = NamedBlocks(document)
    for kind, part in named.parts(cards):
        for group in group_cards(part, page, named.headings):
            good = [card for card in group.cards if _leads_to_story(card)]
            settled = kind or named.by_heading(group) or kind_of(group, good, page)
            if settled is not None and good:
                strip_ranks(group.cards)
                yield settled, good, group.heading.text if group.heading else None


def kind_of(group: Group, good: list[Card], page: Extent) -> Block | None:
    """The kind of a group whose `good` cards lead to stories; None for one that is no block of stories."""
    verdict = group.heading.verdict if group.heading else None
    if not good or (verdict is not None and verdict.kind is None) or _is_elsewhere(group, good, verdict, page):
        return None
    inside = page.holds(good[0].block)
    if verdict is not None and verdict.kind is Block.OPINION and len(group.cards) < 2:
        return None  # `Comment` stands over forms too
    if verdict is not None and verdict.kind is not None:
        return _told_kind(verdict.kind, group, len(good), inside)
    if inside:
        return Block.IN_BODY if all(_is_box_or_line(card, page) for card in good) else None
    if len(good) < _MOST * len(group.cards):
        return None
    near = _is_near(good[0], page)
    named = kind_by_boxes(good[0].parent or good[0].block.box, page) if len(good) > 1 else None
    if named is not None and _words_each(good) >= _HEADLINE_WORDS:
        return named
    if group.heading is not None:
        return (Block.RELATED if near else Block.LATEST) if len(good) > 1 else None
    return Block.LATEST if len(good) >= (_FEW if near else _FEW + 1) and _words_each(good) >= _WEAK_WORDS else None


def _is_elsewhere(group: Group, good: list[Card], verdict: Verdict | None, page: Extent) -> bool:
    """Whether a group stands where no block of stories does (menus, footers, forms), or leads away from the site."""
    if 2 * len(good) < sum(not card.own for card in group.cards):
        return True
    common = ~(page.container.hints if page.container is not None else 0)
    for card in group.cards:
        common &= card.block.hints
    inside = page.holds(good[0].block)
    if not inside and common & _MENUS and not _is_read_on(good, common, verdict):
        return True
    if verdict is None and common & (_ODD | (hints.CAPTION if inside else hints.ADVERT)):
        return True
    before = good[0].block.index < page.start
    return before and (verdict is None or len(good) < 2 or _words_each(good) < _HEADLINE_WORDS)


def _is_read_on(good: list[Card], common: int, verdict: Verdict | None) -> bool:
    """Whether what calls itself a footer or a menu is a block of stories all the same: few headlines under a telling heading."""
    if verdict is None or common & hints.COOKIE or not common & hints.RELATED or len(good) > _MANY:
        return False
    if common & hints.NAV and verdict.kind is Block.RELATED:  # the previous and the next story
        return False
    return _words_each(good) >= _WEAK_WORDS and 2 * sum(card.shape is Shape.STRONG for card in good) > len(good)


def _words_each(cards: list[Card]) -> float:
    """How many words the titles have on average; four letters count as a word in scripts without spaces."""
    return sum(len(card.title) / 4 if CASELESS.search(card.title) else len(card.title.split()) for card in cards) / len(cards)


def _is_near(card: Card, page: Extent) -> bool:
    """Whether a card stands in a box close around the story, and not in another part of the page."""
    container = page.container
    return container is not None and common_box(card.block.box, container).depth >= container.depth - _NEAR


def _is_box_or_line(card: Card, page: Extent) -> bool:
    """Whether a card without a heading inside the story is a teaser or a line of its own, and no sentence of the story."""
    if card.block.hints & ~(page.container.hints if page.container else 0) & _PERSONS:
        return False
    text = card.block.text.rstrip()
    if text.endswith((".", "。")) and not text.endswith("..."):
        return False
    boxed = card.box is not None and card.block.index > page.first  # before the text stand services too
    return card.shape is Shape.STRONG or (boxed and len(card.title.split()) >= _WEAK_WORDS)


def _told_kind(kind: Block, group: Group, good: int, inside: bool) -> Block:
    """The kind of a block with a telling heading.

    Between the story's paragraphs `Read more` and a lone recommendation are part of its body; `More from` stands beside it.
    """
    if not inside or group.heading is None:
        return kind
    if kind is Block.RELATED:
        return kind if stands_beside(group.heading.text) else Block.IN_BODY
    if kind is Block.RECOMMENDED and (good < _FEW or group.cards[0].block is group.cards[1].block):
        return Block.IN_BODY
    return kind


def _leads_to_story(card: Card) -> bool:
    if card.own or card.foreign or card.shape is Shape.NONE or not is_title(card.title):
        return False
    if card.shape is Shape.WEAK and card.title.isascii() and len(card.title.split()) < _WEAK_WORDS - 1:
        return False
    return not any(len(block.text) <= _MARK_CHARS and _is_bought(block.text) for block in card.blocks)


def _is_bought(mark: str) -> bool:
    """Whether a short text printed on a card calls it bought: `Sponsored`. `Games` and `Shopping` are sections of a site, too."""
    said = mark.casefold().strip()  # `(p)` is one, `p` is none
    return not {said, said.strip(" .:|–—-()[]*")}.isdisjoint(words.every("related", "bought"))


def _link(card: Card, kind: Block, heading: str | None, document: Document, story: Story) -> RelatedLink:
    url = document.absolute(card.href)
    return RelatedLink(
        block=kind,
        heading=heading,
        title=card.title,
        url=url,
        key=key_of(url) if url else None,
        byline=byline_of(card, story.language),
        caption=caption_of(card),
    )
