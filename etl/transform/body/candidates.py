"""The text blocks of a page as candidates for the story, and the element that holds most of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.transform.blocks import Box, TextBlock


class Candidate:
    """A text block under judgement."""

    __slots__ = ("block", "chance", "kin", "score", "steps", "words")

    def __init__(self, block: TextBlock, words: int) -> None:
        self.block = block
        self.words = words
        self.chance = 0.0
        """First judgement, from the block alone: 0 to 1."""
        self.score = 0.0
        """Last judgement, in context: above 0 the block belongs to the story."""
        self.steps = 0
        """How many elements one must go up from the container to reach one that holds this block; 0 inside it."""
        parent = block.element.getparent()
        self.kin = (block.tag, block.element.get("class"), None if parent is None else parent.get("class"))
        """What blocks made by the same template share: tag, class and the parent's class."""

    def __repr__(self) -> str:
        return f"<{self.score:.1f} {self.chance:.2f} {self.block!r}>"


# A block counts for the container by its words up to this many: one long comment does not outweigh a story of short paragraphs.
_MOST_WORDS = 80
# Blocks with a lower chance speak against an element that would hold them.
_NEUTRAL_CHANCE = 0.3


def find_container(candidates: Sequence[Candidate]) -> Box | None:
    """The element that holds the most likely text and the least that is not: the smallest of the best."""
    worth: dict[Box, float] = {}
    for candidate in candidates:
        value = (candidate.chance - _NEUTRAL_CHANCE) * min(candidate.words, _MOST_WORDS)
        box: Box | None = candidate.block.box
        while box is not None:
            worth[box] = worth.get(box, 0.0) + value
            box = box.parent
    return max(worth, key=lambda box: (worth[box], box.depth), default=None)


def place(candidates: Iterable[Candidate], container: Box) -> None:
    """Tell each candidate how far outside the container it stands."""
    steps: dict[Box, int] = {}
    box: Box | None = container
    while box is not None:
        steps[box] = len(steps)
        box = box.parent
    for candidate in candidates:
        box = candidate.block.box
        while box is not None and box not in steps:
            box = box.parent
        candidate.steps = steps[box] if box is not None else len(steps)
