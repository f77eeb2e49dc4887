"""What the surroundings of a text block tell of it, in numbers: container, headline, neighbours, blocks of the same make.

The trees of `trees.py` weigh the numbers, once each block has a first judgement and the container is known.
"""

from __future__ import annotations

from collections.abc import Sequence

from etl.transform.blocks import Box, TextBlock
from etl.transform.body.candidates import HEADINGS, Candidate, headed
from etl.transform.body.phrases import closes_with_credit
from etl.transform.hints import NEGATIVE

NAMES = (
    "alone",  # first judgement, 0 to 1
    "words",
    "linked",  # share of its text that is link text
    "emphasis",  # 1: all of it is in italics, 2: in bold
    "credited",  # 1: it ends as captions do
    "strange",  # how many kinds of places that are no story's (`NEGATIVE`) it stands in without the rest of the story
    "siblings",  # likely share of the words in all blocks of the same parent element
    "kin",  # likely share of the words in all blocks of the same make: tag, class and the parent's class
    "kin_number",  # how many of those there are
    "same_kin",  # share of all likely words in the container that stand in blocks of its make,
    "same_depth",  # of its depth,
    "same_parent",  # of its parent element
    "parent_characters",  # size of the text in all blocks of the same parent element
    "parent_linked",  # share of that text that is link text
    "before",  # share of all likely words in the container that come before it
    "after_headline",  # by how many blocks it comes after the headline; -999 without one
    "after_first",  # after the first block that is surely of the story
    "after_last",  # after the last of these
    "previous_alone",  # first judgement of the block before it, negative outside the container; -1 for the first block
    "next_alone",  # of the block after it, likewise
    "next_words",  # its words; -1 for the last block
    "headed",  # of a heading: the best first judgement of the blocks right under it; else -1
)
"""The numbers told of each block, in the order of `Surroundings.numbers`. Likely words are words times first judgement."""

# A block that is surely of the story: the first and the last such block are the story's outline.
_SURE_CHANCE = 0.6
_SURE_WORDS = 12
_NO_HEADLINE = -999
_EMPHASIS = {"em": 1, "i": 1, "strong": 2, "b": 2}
_WRAPPERS = frozenset(["span", "font", "a"])
_WHOLLY = 0.8


class Surroundings:
    """A page's candidates with all that is told of one by the others."""

    def __init__(self, candidates: Sequence[Candidate], container: Box, headline: TextBlock | None) -> None:
        self.candidates = candidates
        self.container = container
        self._gather()
        sure = [i for i, c in enumerate(candidates) if c.chance > _SURE_CHANCE and not c.steps and c.words >= _SURE_WORDS]
        inside = sure or [i for i, c in enumerate(candidates) if c.is_open and not c.steps]
        self._first, self._last = (inside[0], inside[-1]) if inside else (0, len(candidates) - 1)
        self._headline = headline.index if headline else None

    def _gather(self) -> None:
        """Sum up the words, likely words, characters and link characters of what belongs together."""
        siblings: dict[Box | None, list[float]] = {}
        kin: dict[object, list[float]] = {}
        depths: dict[int, float] = {}
        before: list[float] = []
        so_far = 0.0
        for candidate in self.candidates:
            before.append(so_far)
            if not candidate.is_open:
                continue
            block, words = candidate.block, candidate.words
            likely = candidate.chance * words
            parent = block.box.parent
            if parent in siblings:
                group = siblings[parent]
                group[0] += likely
                group[1] += words
                group[2] += len(block.text)
                group[3] += block.link_chars
            else:
                siblings[parent] = [likely, words, len(block.text), block.link_chars]
            if candidate.kin in kin:
                group = kin[candidate.kin]
                group[0] += likely
                group[1] += words
                group[2] += 1
            else:
                kin[candidate.kin] = [likely, words, 1]
            if not candidate.steps:
                so_far += likely
                depth = block.box.depth
                depths[depth] = depths.get(depth, 0.0) + likely
        self._siblings, self._kin, self._depths, self._before = siblings, kin, depths, before
        self._likely = so_far or 1.0

    def numbers(self, index: int) -> tuple[float, ...]:
        """The numbers of the candidate at an index, as told in `NAMES`."""
        candidate = self.candidates[index]
        block, box, likely = candidate.block, candidate.block.box, self._likely
        sibling_words, siblings, characters, linked = self._siblings[box.parent]
        kin_words, kin, kin_number = self._kin[candidate.kin]
        previous = self.candidates[index - 1] if index else None
        following = self.candidates[index + 1] if index + 1 < len(self.candidates) else None
        return (
            candidate.chance,
            candidate.words,
            block.link_density,
            _emphasis(block),
            closes_with_credit(block.text, candidate.words),
            (candidate.foreign_hints & NEGATIVE).bit_count(),
            sibling_words / siblings,
            kin_words / kin,
            kin_number,
            kin_words / likely,
            self._depths.get(box.depth, 0.0) / likely,
            sibling_words / likely,
            characters,
            linked / characters,
            self._before[index] / likely,
            _NO_HEADLINE if self._headline is None else index - self._headline,
            index - self._first,
            index - self._last,
            _chance_beside(previous),
            _chance_beside(following),
            -1.0 if following is None else following.words,
            self._headed(index) if block.tag in HEADINGS else -1.0,
        )

    def _headed(self, index: int) -> float:
        """The best chance among the next blocks in the heading's own section, up to the next heading."""
        return max([c.chance for c in headed(self.candidates, index) if not c.steps], default=0.0)


def _chance_beside(neighbour: Candidate | None) -> float:
    if neighbour is None:
        return -1.0
    return -neighbour.chance if neighbour.steps else neighbour.chance


def _emphasis(block: TextBlock) -> int:
    """Whether all of a block is in italics (a note, a caption) or in bold (a sub-heading, a name)."""
    element = block.element
    while not element.text or element.text.isspace():
        inner = next(iter(element), None)  # `len` counts them all, for each block of a long element
        if inner is None:
            break
        element = inner
        if kind := _EMPHASIS.get(str(element.tag)):
            return kind if len("".join(element.itertext())) > _WHOLLY * len(block.text) else 0
        if element.tag not in _WRAPPERS:
            return 0
    return 0
