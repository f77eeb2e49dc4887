"""Where the story stands on the page: its main part, from headline to last paragraph.

For fields that ask whether something stands in the story, before, beside or after it. The text itself is the body's matter.
"""

from __future__ import annotations

from bisect import bisect_left

from etl.transform.blocks import Box, TextBlock
from etl.transform.document import Document
from etl.transform.reading import Story

_MAIN_SHARE = 0.8
_LINKED = 0.6
"""A block of the body with more link text than this is a link list that strayed into it."""


class Extent:
    """The story's place among the page's blocks."""

    def __init__(self, document: Document, story: Story) -> None:
        self.blocks = document.blocks
        self.container, own = _main_part([block for block in story.body.blocks if block.link_density < _LINKED])
        """The innermost box with nearly all of the story's text; None where the text stands elsewhere (JSON-LD)."""
        self.story = frozenset([block.index for block in own])
        self.first = own[0].index if own else 0
        self.last = own[-1].index if own else -1
        self.end = self.span(self.container).stop if self.container is not None else 0
        """Index of the first block behind the container."""
        shown = story.headline is not None and (not own or story.headline.index < self.first)
        self.headline = story.headline.index if story.headline is not None and shown else None
        """Index of the visible headline; None where it stands nowhere before the text."""

    @property
    def start(self) -> int:
        """Index of the block with which the story begins: its headline, else its first paragraph."""
        return self.first if self.headline is None else self.headline

    def holds(self, block: TextBlock) -> bool:
        """Whether a block stands in the story: after its headline, before its last paragraph, or in the box of them all."""
        return self.start < block.index < self.last or self.last < block.index < self.end

    def span(self, box: Box) -> range:
        """The indices of the blocks in a box that holds the story: they stand together."""
        start = bisect_left(self.blocks, True, 0, self.first, key=lambda block: is_within(block.box, box))
        end = bisect_left(self.blocks, True, self.last, key=lambda block: not is_within(block.box, box))
        return range(start, end)

    def has_text_between(self, start: int, end: int) -> bool:
        """Whether text of the story stands among the blocks from `start` up to `end`."""
        return any(index in self.story or index == self.headline for index in range(start, end))


def is_within(box: Box, outer: Box) -> bool:
    """Whether a box is another or stands in it."""
    while box.depth > outer.depth and box.parent is not None:
        box = box.parent
    return box is outer


def common_box(one: Box, other: Box) -> Box:
    """The innermost box around both."""
    while one is not other:
        if one.depth >= other.depth:
            one = one.parent or one
        else:
            other = other.parent or other
        if one.parent is None and other.parent is None:
            break
    return one


def _main_part(blocks: list[TextBlock]) -> tuple[Box | None, list[TextBlock]]:
    """The innermost box with nearly all of the story's text, and the blocks in it: stray ones do not stretch the story."""
    chars: dict[Box, int] = {}
    for block in blocks:
        chars[block.box] = chars.get(block.box, 0) + len(block.text)
    above: dict[Box, int] = {}
    for box, count in chars.items():  # paragraphs share the box above them
        if box.parent is not None:
            above[box.parent] = above.get(box.parent, 0) + count
    for start, count in above.items():
        outer: Box | None = start
        while outer is not None:
            chars[outer] = chars.get(outer, 0) + count
            outer = outer.parent
    total = sum(len(block.text) for block in blocks)
    around = [box for box, count in chars.items() if count >= _MAIN_SHARE * total]
    if not around:
        return None, blocks
    main = max(around, key=lambda box: box.depth)
    return main, [block for block in blocks if is_within(block.box, main)]
