"""Captions that no name tells: a text that stands alone with a picture in an element of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from etl.transform.blocks import Box
from etl.transform.body.candidates import Candidate, within
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


def captions(candidates: Sequence[Candidate], chosen: Mapping[int, Candidate]) -> Iterator[int]:
    """The indexes of the chosen blocks that are printed with a picture and nothing else."""
    for index, candidate in chosen.items():
        box = candidate.block.box.parent
        if candidate.words > _MOST_WORDS or candidate.block.tag not in _TAGS or box is None or box.tag in _LARGE:
            continue
        if _stands_alone(candidates, index, box):
            alternatives = [picture.get("alt") for picture in box.element.iter(*_PICTURES)]
            if alternatives and (candidate.score < _SURE_SCORE or _is_named(box) or _is_described(candidate, alternatives)):
                yield index


def _is_named(box: Box) -> bool:
    return _NAMED.search(box.element.get("class") or "") is not None


def _is_described(candidate: Candidate, alternatives: list[str | None]) -> bool:
    text = fold(candidate.block.text)
    return any(fold(clean(alternative)) == text for alternative in alternatives)


def _stands_alone(candidates: Sequence[Candidate], index: int, box: Box) -> bool:
    """Whether an element holds no text but this block and at most a credit before or after it."""
    beside = [
        candidates[other]
        for other in (index - 2, index - 1, index + 1, index + 2)
        if 0 <= other < len(candidates) and within(candidates[other].block.box, box)
    ]
    return not beside or (len(beside) == 1 and beside[0].words <= _CREDIT_WORDS)
