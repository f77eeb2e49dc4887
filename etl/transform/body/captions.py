"""Captions: a text alone with a picture in an element of their own, one in a `span` called so, one that a picture declares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from lxml import etree

from etl.transform.blocks import Box, TextBlock, is_inline
from etl.transform.body.candidates import Candidate, within
from etl.transform.body.features import size_of
from etl.transform.hints import CAPTION, name_hint
from etl.transform.text import clean, fold

_TAGS = frozenset(["p", "div"])
_AROUND_PICTURES = frozenset(["p", "div", "td"])
"""Tags of an element that a picture and its caption may be all of: sub-headings and items have pictures beside their text."""
_PICTURES = ("img", "amp-img", "video")
_LARGE = frozenset(["body", "html", "main", "article"])
_NAMED = re.compile(r"(?<![a-z])(?:image|img|photo|foto|bild|picture|pic(?![a-z]))", re.I)
_MOST_WORDS = 50
# Words of a credit beside the caption.
_CREDIT_WORDS = 6
# A score from which on the text is the story's, unless the element's name or the picture's own description says otherwise.
_SURE_SCORE = 2.5
# Words of a picture's description that a caption repeats; a shorter one may be a name that a sentence begins with.
_DESCRIBED_WORDS = 5
# Paragraphs of one make that repeat the descriptions of their pictures: so many are steps of a recipe, products or profiles.
_SEVERAL = 3
_MOST = 0.5
_LITTLE = 0.2
# So many pictures and elements are looked at; an element with more is no picture with its caption.
_MOST_PICTURES = 20
_MOST_INNER = 40
_MOST_CALLED = 5


def captions(blocks: Sequence[TextBlock], chosen: Mapping[int, Candidate]) -> Iterator[int]:
    """The indexes of the chosen blocks that are printed with a picture and nothing else."""
    known: dict[etree._Element, _Inner] = {}
    described: list[int] = []
    named: list[int] = []
    for index, candidate in chosen.items():
        if candidate.words > _MOST_WORDS:
            continue
        element = candidate.block.element
        if element not in known:
            known[element] = _look_into(element, is_all=_is_all_text(blocks, index, candidate.block.box))
        pictures = pictures_beside(blocks, index)
        inner = known[element].pictures if candidate.block.tag in _AROUND_PICTURES else []
        if _is_called_caption(candidate.block, known[element]) or (
            pictures and (candidate.score < _SURE_SCORE or _is_named(candidate.block))
        ):
            yield index
        elif _repeats_description(candidate.block, [*inner, *pictures]):
            described.append(index)
        elif pictures and _is_named_after(blocks, index, pictures):
            named.append(index)
    makes = Counter(chosen[index].kin for index in named)
    yield from (index for index in named if makes[chosen[index].kin] < _SEVERAL)
    steps = _steps(frozenset(described), chosen)
    yield from (index for index in described if index not in steps)


def _steps(described: frozenset[int], chosen: Mapping[int, Candidate]) -> set[int]:
    """Those that follow several of one make, with no longer text between them."""
    steps: set[int] = set()
    row: list[int] = []
    for index in sorted(chosen):
        if index in described:
            row = [*row, index] if row and chosen[row[-1]].kin == chosen[index].kin else [index]
            if len(row) >= _SEVERAL:
                steps.update(row)
        elif row and chosen[index].words > chosen[row[-1]].words:
            row = []
    return steps


class _Inner(NamedTuple):
    """What stands in an element amid its own text."""

    pictures: list[etree._Element]
    called: list[str]
    """The texts of inline elements called captions."""


def _look_into(element: etree._Element, *, is_all: bool) -> _Inner:
    """`is_all`: the element holds one block of text alone, and its pictures may stand in boxes of their own."""
    inline = [inner for child in element if is_inline(str(child.tag)) for inner in islice(child.iter(), _MOST_INNER)]
    pictures = list(element.iter(*_PICTURES)) if is_all else [inner for inner in inline if inner.tag in _PICTURES]
    if not 0 < len(pictures) <= _MOST_PICTURES:
        return _Inner([], [])
    called = [" ".join("".join(inner.itertext()).split()) for inner in inline if name_hint(inner.get("class", "")) & CAPTION]
    return _Inner(pictures, called if len(called) <= _MOST_CALLED else [])


def _is_all_text(blocks: Sequence[TextBlock], index: int, box: Box) -> bool:
    """Whether a block is all the text of an element."""
    return not any(0 <= other < len(blocks) and within(blocks[other].box, box) for other in (index - 1, index + 1))


def _is_called_caption(block: TextBlock, inner: _Inner) -> bool:
    """Whether nearly all text of a block with a picture in it is called a caption."""
    rest = block.text
    if block.inner_hints & CAPTION:
        for text in inner.called:
            rest = rest.replace(text, "", 1)
    return bool(inner.pictures) and len(rest) <= _LITTLE * len(block.text)


def _repeats_description(block: TextBlock, pictures: Sequence[etree._Element]) -> bool:
    """Whether a block begins with the description of one of the pictures, and holds little more: a credit."""
    text = fold(block.text)
    for picture in pictures:
        told = fold(clean(picture.get("alt")))
        if text.startswith(told) and size_of(told) >= _DESCRIBED_WORDS and len(told) >= _MOST * len(text):
            return True
    return False


def _is_named_after(blocks: Sequence[TextBlock], index: int, pictures: Sequence[etree._Element]) -> bool:
    """Whether a line is the name that the one picture beside it has, and nothing else stands with the two: `Jane Roe`."""
    box = blocks[index].box.parent
    is_all = box is not None and _is_all_text(blocks, index, box)
    return is_all and len(pictures) == 1 and fold(blocks[index].text) == fold(clean(pictures[0].get("alt")))


def pictures_beside(blocks: Sequence[TextBlock], index: int) -> list[etree._Element]:
    """The pictures that a paragraph stands alone with, but for a credit; none where it has company or is no paragraph."""
    block = blocks[index]
    box = block.box.parent
    if block.tag not in _TAGS or box is None or box.tag in _LARGE or not _stands_alone(blocks, index, box):
        return []
    return list(box.element.iter(*_PICTURES))


def _stands_alone(blocks: Sequence[TextBlock], index: int, box: Box) -> bool:
    credits_beside = 0
    for other in (index - 1, index + 1, index - 2, index + 2):
        if 0 <= other < len(blocks) and within(blocks[other].box, box):
            credits_beside += 1
            if credits_beside > 1 or size_of(blocks[other].text) > _CREDIT_WORDS:
                return False
    return True


def is_caption(block: TextBlock, pictures: Sequence[etree._Element]) -> bool:
    """Whether a box named after pictures holds a block and pictures, or the block is the description of one of them."""
    return bool(pictures) and (_is_named(block) or _repeats_description(block, pictures))


def _is_named(block: TextBlock) -> bool:
    """Whether the element that holds a block is named after pictures."""
    box = block.box.parent
    return box is not None and bool(_NAMED.search(box.element.get("class") or ""))
