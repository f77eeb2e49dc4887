"""The kinds of lines of a text capture, and where by them the story's text is densest."""

from __future__ import annotations

import enum
from collections.abc import Sequence


class Kind(enum.Enum):
    """What a line is."""

    PROSE = enum.auto()
    """A sentence or more."""
    SHORT = enum.auto()
    """A heading, a menu entry, a name: anything short without a mark of its own."""
    FRAME = enum.auto()
    """Buttons, adverts, notices, symbols."""
    DATE = enum.auto()
    """A date, with its label or with little beside it."""
    BYLINE = enum.auto()
    """A label of by-lines with the names behind it, or alone."""
    CREDIT = enum.auto()
    """Whose a picture is, with or without the caption before it."""
    TAGS = enum.auto()
    """A label of tags, alone or with the tags."""
    BLOCK = enum.auto()
    """The heading of a block of links to other stories."""
    LINK = enum.auto()
    """`Read also: …`: a link to another story on a line of its own."""
    COMMENTS = enum.auto()
    """The heading of the readers' comments."""
    FOOTER = enum.auto()
    """What only the foot of a page says."""


META = frozenset([Kind.DATE, Kind.BYLINE])
"""What stands under a headline and tells of the story."""

# What a line adds to the sum that the story's text is the maximum of: sentences count by their length, other lines cost.
_COST = {
    Kind.SHORT: -45,
    Kind.FRAME: -20,
    Kind.DATE: -30,
    Kind.BYLINE: -30,
    Kind.CREDIT: 0,
    Kind.LINK: -10,
    Kind.TAGS: -150,
    Kind.BLOCK: -250,
    Kind.COMMENTS: -250,
    Kind.FOOTER: -300,
}
_MAX_GAIN = 500


def densest(lengths: Sequence[int], kinds: Sequence[Kind]) -> range:
    """The stretch of lines whose sentences outweigh what stands between them by most."""
    best, span, total, start = 0, range(0), 0, 0
    for n, (length, kind) in enumerate(zip(lengths, kinds, strict=True)):
        if total <= 0:
            total, start = 0, n
        total += gain(length, kind)
        if total > best:
            best, span = total, range(start, n + 1)
    return span


def gain(length: int, kind: Kind) -> int:
    """What a line of so many characters adds to the sum."""
    return min(length, _MAX_GAIN) if kind is Kind.PROSE else _COST[kind]
