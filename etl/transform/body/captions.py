"""Captions that no name tells: a text that stands alone with a picture in an element of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from etl.transform.blocks import Box, TextBlock
from etl.transform.body.candidates import Candidate, within
from etl.transform.body.features import size_of
from etl.transform.text import clean, fold

_TAGS = frozenset(["p", "div"])
_PICTURES = ("img", "amp-img", "video")
_LARGE = frozenset(["body", "html", "main", "article"])
_NAMED = re.compile(r"(?<![a-z])(?:image|img|photo|foto|bild|picture|pic(?![a-z]))", re.I)
_MOST_WORDS = 50
# Words of a credit beside the caption.
_CREDIT_WORDS = 6
# A score from which on the text is the story's, unless the element's name or the picture's own description says otherwise.
_SURE_SCORE = 2.5


def captions(blocks: Sequence[TextBlock], chosen: Mapping[int, Candidate]) -> Iterator[int]:
    """The indexes of the chosen blocks that are printed with a picture and nothing else."""
    for index, candidate in chosen.items():
        if candidate.words > _MOST_WORDS:
            continue
        pictures = pictures_beside(blocks, index)
        if pictures and (candidate.score < _SURE_SCORE or is_caption(candidate.block, pictures)):
            yield index


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
    box = block.box.parent
    if not pictures or box is None:
        return False
    if _NAMED.search(box.element.get("class") or ""):
        return True
    text = fold(block.text)
    return any(fold(clean(picture.get("alt"))) == text for picture in pictures)
