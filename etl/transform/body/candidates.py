"""The text blocks of a page as candidates for the story, and the element that holds most of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from etl.transform.blocks import Box, TextBlock, totals
from etl.transform.body.features import size_of
from etl.transform.hints import (
    ADVERT,
    ASIDE,
    COMMENTS,
    COOKIE,
    FOOTER,
    FORM,
    HEADER,
    HIDDEN,
    NAV,
    NEWSLETTER,
    RELATED,
    SHARE,
    TAGS,
)


class Candidate:
    """A text block under judgement."""

    __slots__ = ("block", "chance", "foreign_hints", "is_open", "kin", "score", "steps", "words")

    def __init__(self, block: TextBlock) -> None:
        self.block = block
        words = self.words = size_of(block.text)
        is_open = self.is_open = not (block.hints & _SETTLED_PLACES and _is_settled(block, words))
        """False for what needs no weighing: entries of menus and the like. It stays as a neighbour of others."""
        self.chance = 0.0
        """First judgement, from the block alone: 0 to 1."""
        self.score = _SETTLED
        """Last judgement, in context: above 0 the block belongs to the story."""
        self.foreign_hints = block.hints
        """The hints of the elements round it that do not hold the whole story."""
        self.steps = 0
        """How many elements one must go up from the container to reach one that holds this block; 0 inside it."""
        self.kin = _kin(block) if is_open else None
        """What blocks made by the same template share: tag, class and the parent's class."""

    def __repr__(self) -> str:
        return f"<{self.score:.1f} {self.chance:.2f} {self.block!r}>"


HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
"""Tags of sub-headings."""
_HEADED = 4
_WRAPPED = 3
_SETTLED = -9.0
# Places of short labels and links that are no text of a story.
_SETTLED_PLACES = NAV | FOOTER | HEADER | FORM | COMMENTS | SHARE | COOKIE | NEWSLETTER | ADVERT | RELATED | TAGS | HIDDEN | ASIDE
_SETTLED_WORDS = 6
_SETTLED_LINK_WORDS = 10
_ALL_LINK = 0.9
# A block counts for the container by its words up to this many: one long comment does not outweigh a story of short paragraphs.
_MOST_WORDS = 80
# Blocks with a lower chance speak against an element that would hold them.
_NEUTRAL_CHANCE = 0.3


def _kin(block: TextBlock) -> tuple[str | None, ...]:
    parent = block.box.parent
    return (block.tag, block.element.get("class"), None if parent is None else parent.element.get("class"))


def _is_settled(block: TextBlock, words: int) -> bool:
    """Whether what stands in such a place is a label or a link."""
    return words <= _SETTLED_WORDS or (words <= _SETTLED_LINK_WORDS and block.link_density > _ALL_LINK)


def find_container(candidates: Sequence[Candidate]) -> Box | None:
    """The element that holds the most likely text and the least that is not: the smallest of the best."""
    worth = totals([(c.block.box, (c.chance - _NEUTRAL_CHANCE) * min(c.words, _MOST_WORDS)) for c in candidates])
    most = max(worth.values(), default=0.0)
    return max([box for box in worth if worth[box] == most], key=lambda box: box.depth, default=None)


def place(candidates: Iterable[Candidate], container: Box) -> None:
    """Tell each candidate how far outside the container it stands, and which hints it does not share with the whole story."""
    steps: dict[Box | None, int] = {}
    outer: Box | None = container
    while outer is not None:
        steps[outer] = len(steps)
        outer = outer.parent
    foreign = ~container.hints
    for candidate in candidates:
        if not candidate.is_open:
            continue
        box = candidate.block.box
        if box not in steps:  # the box around it is known, nearly always
            steps[box] = steps[box.parent] if box.parent in steps else _steps(box, steps)
        candidate.steps = steps[box]
        candidate.foreign_hints = candidate.block.hints & foreign


def _steps(box: Box, known: dict[Box | None, int]) -> int:
    path: list[Box] = []
    outer: Box | None = box
    while outer is not None and outer not in known:
        path.append(outer)
        outer = outer.parent
    steps = len(known) if outer is None else known[outer]
    known.update(dict.fromkeys(path, steps))
    return steps


def headed(candidates: Sequence[Candidate], index: int) -> list[Candidate]:
    """The next few blocks under a heading: up to the next heading, and inside the section that the heading opens."""
    section = section_of(candidates, index)
    following = takewhile(lambda c: c.block.tag not in HEADINGS, candidates[index + 1 : index + 1 + _HEADED])
    return [c for c in following if section is not None and within(c.block.box, section)]


def section_of(candidates: Sequence[Candidate], index: int) -> Box | None:
    """The element that a heading opens: its parent, or where the heading stands alone in that, the parent's parent."""
    section = candidates[index].block.box.parent
    for _ in range(_WRAPPED):
        if section is None or any(
            0 <= other < len(candidates) and within(candidates[other].block.box, section) for other in (index - 1, index + 1)
        ):
            break
        section = section.parent
    return section


def within(box: Box | None, outer: Box) -> bool:
    """Whether a box is another one or stands inside it."""
    while box is not None and box.depth > outer.depth:
        box = box.parent
    return box is outer
