"""Cards that stand together under one heading, and which kind of block they are.

A group ends where text of the story, another heading or another part of the page begins.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field

from etl.records import Block
from etl.transform import hints, words
from etl.transform.blocks import Box, TextBlock
from etl.transform.fields.extent import Extent, common_box, is_within
from etl.transform.fields.related.cards import Card
from etl.transform.fields.related.headings import Verdict, judge, label_before, split_label
from etl.transform.fields.related.tabs import Tabs, panel_around
from etl.transform.text import CASELESS, fold

_LOOK_BACK = 8
# Characters before a link in which its label stands, if it has one; more than the longest label.
_BEFORE_LINK = 200
_HEADING_CHARS = 80
_HEADING_WORDS = 6
_FAINT = 0.25
"""In a short heading the telling words are at least so much of it."""
_TELLING = 0.4
"""A longer heading is understood only if the telling words are so much of it."""
_NEAR = 2
_MARK_CHARS = 40
_PAIR = 2
_TABS_BACK = 60
"""A tab stands before all panels of its list, so many blocks at most before a card."""
_FAR = 3
"""Cards whose common box is more levels above them than this stand apart."""


@dataclass(slots=True)
class Heading:
    """What is printed over a group."""

    text: str
    verdict: Verdict | None
    block: TextBlock


@dataclass(slots=True)
class Group:
    """Cards under one heading, in the page's order."""

    heading: Heading | None
    cards: list[Card] = field(default_factory=list)
    scope: Box | None = None
    """The innermost box around heading and first card."""


def group_cards(cards: list[Card], page: Extent, named: Container[str] = ()) -> list[Group]:
    """The groups of a page, in its order; `named` are headings that a profile names, folded."""
    groups: list[Group] = []
    tabs = Tabs()
    previous: Card | None = None
    for card in cards:
        start = previous.blocks[-1].index + 1 if previous else 0
        if previous and start > card.block.index:
            start = card.block.index if previous.block.index <= card.block.index else previous.block.index + 1
        heading = _behind_tab(card, previous, page, tabs, _heading(card, start, page, previous, named))
        if groups and heading is None and previous is not None and _joins(groups[-1], previous, card, start, page):
            groups[-1].cards.append(card)
        else:
            scope = common_box(heading.block.box, card.block.box) if heading else None
            groups.append(Group(heading, [card], scope))
        previous = card
    return groups


def _joins(group: Group, previous: Card, card: Card, start: int, page: Extent) -> bool:
    if card.block is previous.block:
        return True
    if page.has_text_between(start, card.block.index) or page.holds(previous.block) != page.holds(card.block):
        return False
    if card.parent is previous.parent:
        return True
    one, other = previous.box or previous.block.box, card.box or card.block.box
    above = common_box(one, other)
    if max(one.depth, other.depth) - above.depth <= _FAR:
        return True
    between = page.blocks[start : card.blocks[0].index]
    if _repeats(previous, card, above) and all(len(block.text) <= _MARK_CHARS for block in between):
        return True
    if group.scope is None or group.heading is None or not is_within(card.block.box, group.scope):
        return False
    alike = one.tag == other.tag and one.element.get("class") == other.element.get("class")
    follows = start == card.blocks[0].index and group.heading.block.box.depth - group.scope.depth <= _NEAR
    return alike or follows


def _repeats(previous: Card, card: Card, above: Box) -> bool:
    """Whether two cards are of one make, down to each from the box around both: a list that goes on in the next section."""
    one, other = previous.box, card.box
    if one is None or other is None or one.element.get("class") != other.element.get("class"):
        return False
    while one is not None and other is not None and one.depth == other.depth and one.tag == other.tag:
        if one is above or one.parent is other.parent:
            return True
        one, other = one.parent, other.parent
    return False


def _heading(card: Card, start: int, page: Extent, previous: Card | None, named: Container[str]) -> Heading | None:
    """The heading nearest before a card: known by its words, or by being a heading and no part of a card."""
    label = _label(card)
    if label is not None:
        return label
    title = (card.title_block or card.block).index
    for index in range(title - 1, max(start, title - _LOOK_BACK) - 1, -1):
        block = page.blocks[index]
        if index == page.headline or (index in page.story and len(block.text) > _HEADING_CHARS):
            return None
        if (found := _as_heading(block, card, page, previous, named)) is not None:
            return _telling(found, card, page, start, previous, named)
    return None


def _behind_tab(card: Card, previous: Card | None, page: Extent, tabs: Tabs, found: Heading | None) -> Heading | None:
    """The tab that opens the panel in which a card is the first, unless the panel has a heading in it.

    Where no tab of the list tells a kind (`24 h | 7 days`), what stands over them all is the heading.
    """
    if previous is not None and previous.block.box.parent is card.block.box.parent:
        return found  # no panel begins here
    panel = panel_around(card.block.box)
    if panel is None or (previous is not None and is_within(previous.block.box, panel)):
        return found
    tab = None if found is not None and is_within(found.block.box, panel) else tabs.of(panel)
    if tab is None:
        return found
    told = [verdict for text in tab.all_texts if (verdict := judge(text)) is not None]
    if not told:
        return found
    # `Most read | Yesterday | This week`, but not `Most read | Elsewhere`
    verdict = judge(tab.text) or (told[0] if len(tab.all_texts) > _PAIR else None)
    before = page.blocks[max(0, card.block.index - _TABS_BACK) : card.block.index]
    printed = next((block for block in reversed(before) if tab.text in block.text), card.block)
    return Heading(tab.text, verdict, printed)


def _telling(found: Heading, card: Card, page: Extent, start: int, previous: Card | None, named: Container[str]) -> Heading:
    """A heading, or the telling one right before it: below `Most read` can stand `All` or the name of a section."""
    if found.verdict is None and found.block.index > start and not (named and fold(found.text) in named):
        above = _as_heading(page.blocks[found.block.index - 1], card, page, previous, named)
        if above is not None and above.verdict is not None and above.verdict.kind is not None and not _alike(found, above):
            return above
    return found


def _alike(one: Heading, other: Heading) -> bool:
    """Whether two headings are of one make: each heads a block, the first of them an empty one."""
    first, second = one.block.element, other.block.element
    return first.tag == second.tag and first.get("class") == second.get("class")


def _label(card: Card) -> Heading | None:
    """`Read more: ` before the link in the same block, on its line or the one above, or at the start of the link's text."""
    block, text = card.pieces[0]
    lines = [line for line in block.text.partition(text)[0][-_BEFORE_LINK:].split("\n") if line.strip()]
    before = label_before(lines[-1]) if lines else None
    if before is None:
        before = split_label(text)[0]
    return Heading(before, judge(before), block) if before else None


def _as_heading(block: TextBlock, card: Card, page: Extent, previous: Card | None, named: Container[str]) -> Heading | None:
    text = block.text
    if len(text) > _HEADING_CHARS or "\n" in text or not text[:1].strip("@#&") or _is_title_like(block, previous):
        return None
    verdict = judge(text)
    if verdict is not None and _is_faint(verdict, text):
        verdict = None  # a headline with such a word in it
    if verdict is not None and _is_mark(text) and not (verdict.kind is None and _is_heading(block)):
        return None
    if card.block.hints & ~block.hints & hints.COMMENTS:
        return None
    if named and fold(text) in named:
        return Heading(text, verdict, block)
    inside = card.box is not None and block in card.blocks
    if inside:  # a kicker can be `Opinion`, but not `Read also`
        telling = verdict is not None and (verdict.kind is Block.RELATED or (_is_heading(block) and not block.links))
    else:
        telling = verdict is not None and verdict.share >= _TELLING
        if not telling and (verdict is not None or len(text.split()) <= _HEADING_WORDS):
            telling = _is_heading(block) or _opens_box(block, card, page)
    return Heading(text, verdict, block) if telling else None


def _is_faint(verdict: Verdict, text: str) -> bool:
    """Whether the telling words are too little of a heading; in scripts without spaces one word can be."""
    if CASELESS.search(text):
        return False
    return verdict.share < (_TELLING if len(text.split()) > _HEADING_WORDS else _FAINT)


def _is_mark(text: str) -> bool:
    """Whether a text marks an advert or is a control, and heads nothing: `Advertisement 2`, `5 comments`, `Show all`."""
    plain = text.strip(" 0123456789:()[]-–|").casefold()
    return text[:1].isdigit() or plain in words.every("related", "marks")


def _is_heading(block: TextBlock) -> bool:
    if block.box.own_hints & hints.KICKER:
        return False
    return bool(block.box.own_hints & (hints.HEADING | hints.TITLE)) or block.tag in {
        "legend",
        "summary",
        "header",
        "h2",
        "h3",
        "h4",
    }


def _opens_box(block: TextBlock, card: Card, page: Extent) -> bool:
    """Whether a text without an element of its own opens the box around a card: `<aside>Rowing <ul>…</ul></aside>`."""
    if block.links or not block.text[0].isalpha() or block.text[-1] in ":：":  # "Filed under:" stands before topics
        return False
    if block.box.depth >= card.block.box.depth or not is_within(card.block.box, block.box):
        return False
    return not is_within(page.blocks[block.index - 1].box, block.box)


def _is_title_like(block: TextBlock, previous: Card | None) -> bool:
    """A heading made like the previous card's title belongs to another card, whose link is no story's."""
    if not block.links or block.link_density < 0.8 or previous is None:
        return False
    one, other = block.element, previous.block.element
    return one.tag == other.tag and one.get("class") == other.get("class")
