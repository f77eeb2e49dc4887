"""How far a date is trusted for the place it stands in, seen from the story's headline and text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from etl.transform import hints
from etl.transform.blocks import TextBlock
from etl.transform.reading import Story

_NEVER = hints.COMMENTS | hints.COOKIE | hints.NEWSLETTER
_OTHER_STORIES = hints.RELATED | hints.NAV | hints.ADVERT | hints.FORM
_ASIDE = _OTHER_STORIES | hints.FOOTER | hints.ASIDE | hints.BIO | hints.FIGURE | hints.CAPTION | hints.HEADER | hints.HIDDEN

# Trust in a date without a label, by its place.
_BETWEEN = 6.0  # headline and text
_OVER = 4.0  # the headline
_INTO = 5.0  # the first blocks after the headline, when they count as text already
_AFTER = 3.0  # the text
_WITHIN = 0.8  # the text
_AMONG = 1.8  # the blocks of the text, but none of them
_MARKED_ELSEWHERE = 2.0  # a class says `date`, nothing speaks against the place
_ELSEWHERE = 0.6
_PAGE_HEAD = 0.3  # the top of the page, where today's date stands
_ASTRAY = 0.2  # in a place of other things, though a class says `date`
_OFTEN_WRONG = 0.3  # factor for a likely place inside a box of teasers, pictures, menus
_OFTEN_RIGHT = 0.45  # factor for a menu or a breadcrumb right at the headline

_BLOCKS_OVER, _BLOCKS_INTO, _BLOCKS_AFTER = 8, 6, 8
_CLOSE = 3
"""Blocks beside the headline whose class says little of their place: `teaser-meta` is the story's own there."""
_WIDEST = 40
"""Blocks between headline and text from which on the two do not belong together."""


class Places:
    """The page, parted by the story."""

    def __init__(self, story: Story) -> None:
        self.head = story.headline.index if story.headline else None
        text = [block.index for block in story.body.blocks]
        if self.head is not None and 2 * sum(index < self.head for index in text) > len(text):
            self.head = None  # a headline repeated below the story
        after_head = [index for index in text if self.head is None or index > self.head]
        self.first = after_head[0] if after_head else None
        """Index of the text's first block after the headline."""
        self.last = text[-1] if after_head else None
        self._text = frozenset(text)

    def is_text(self, block: TextBlock) -> bool:
        """Whether the block is part of the story's text."""
        return block.index in self._text

    def is_after(self, block: TextBlock) -> bool:
        """Whether the block stands after the story's text."""
        return self.last is not None and block.index > self.last

    def is_opening(self, block: TextBlock) -> bool:
        """Whether the block is at the text's beginning, where datelines stand."""
        return block.index == self.first or (self.head is not None and 0 < block.index - self.head <= _BLOCKS_INTO)

    def near(self, blocks: Sequence[TextBlock]) -> Iterator[TextBlock]:
        """The blocks close to headline and text, where date lines stand: all that are trusted for more than their markup."""
        spans = []
        if self.head is not None:
            between = self.first if self.first is not None and self.first - self.head <= _WIDEST else 0
            spans.append(range(self.head - _BLOCKS_OVER, max(self.head + _BLOCKS_INTO + 1, between)))
        if self.first is not None and self.last is not None:
            spans += [range(self.first - _BLOCKS_OVER, self.first + 1), range(self.last + 1, self.last + _BLOCKS_AFTER + 1)]
        for index in sorted({index for span in spans for index in span if 0 <= index < len(blocks)}):
            yield blocks[index]

    def trust(self, block: TextBlock) -> float:
        """In a date without a label there; 0 for none at all."""
        bits = block.hints
        near = self._by_place(block.index)
        if bits & _NEVER and near < _INTO:
            return 0  # but between headline and text there are no comments, whatever a class there says
        if (bits & hints.QUOTE and near < _INTO) or (bits & hints.LIVE and block.index in self._text):
            return 0  # posts quoted, entries of a live blog
        marked = (bits | block.inner_hints) & hints.DATE
        if near:
            return near * self._doubt(block, bits, bool(marked))
        if block.index in self._text:
            return _WITHIN
        if bits & _ASIDE:
            return _ASTRAY if marked else 0.1
        if self.head is not None and block.index < self.head:
            return _PAGE_HEAD
        if self.first is not None and self.last is not None and self.first < block.index < self.last:
            return _AMONG - self._distance(block.index)
        return (_MARKED_ELSEWHERE if marked else _ELSEWHERE) - self._distance(block.index)

    def _doubt(self, block: TextBlock, bits: int, marked: bool) -> float:
        """Factor for a likely place by what else is there."""
        if self.is_after(block):
            if bits & _OTHER_STORIES:
                return 0
            return _OFTEN_WRONG if bits & hints.FOOTER and not marked else 1
        beside_head = self.head is not None and abs(block.index - self.head) <= _CLOSE
        if beside_head and bits & hints.NAV:
            return _OFTEN_RIGHT
        strange = 0 if beside_head else _OTHER_STORIES
        return _OFTEN_WRONG if bits & (strange | hints.FIGURE | hints.CAPTION) else 1

    def _by_place(self, index: int) -> float:
        head, first, last = self.head, self.first, self.last
        if last is not None and index > last:
            return _AFTER if index <= last + _BLOCKS_AFTER else 0
        if head is not None:
            if head - _BLOCKS_OVER <= index < head:
                return _OVER
            if first is not None and head <= index < first and first - head <= _WIDEST:
                return _BETWEEN
            if head <= index <= head + _BLOCKS_INTO:
                return _INTO
        if first is not None:
            if first - _BLOCKS_OVER <= index < first:
                return _INTO if head is None else _OVER
            if index == first:
                return _OVER
        return 0

    def _distance(self, index: int) -> float:
        """A little off for being far from the story, so that of two like dates the nearer is taken."""
        anchor = self.head if self.head is not None else self.first
        return min(0.5, abs(index - (anchor or 0)) / 200)
