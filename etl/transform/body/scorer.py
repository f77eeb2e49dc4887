"""Judges which text blocks are the story's: first each alone, by a sum of weights; then in its surroundings, by a sum of trees.

Both were fitted by `benchmarks/fit_body.py`: `weights.toml` is one line a feature, `trees.py` one expression a tree.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import repeat

import rtoml

from etl.transform.blocks import Box, TextBlock
from etl.transform.body import trees
from etl.transform.body.candidates import Candidate, find_container, place
from etl.transform.body.features import of_hints, of_text
from etl.transform.body.surroundings import Surroundings

_NOTHING = repeat(0.0)
# What is unlikelier than this by itself is not looked at again: of the story's blocks hardly one in a thousand is.
_LEAST_CHANCE = 0.1


class Model:
    """How blocks are weighed: alone, and in their surroundings."""

    def __init__(self, weights: Mapping[str, float], trees: Callable[..., float]) -> None:
        self._weights = weights
        self._always = weights["always"]
        self._places = cache(lambda outer, inner: self._sum(of_hints(outer, inner)))
        self.in_surroundings = trees
        """From the numbers of `Surroundings` to a score: above 0 the block is of the story."""

    def alone(self, block: TextBlock, words: int) -> float:
        """The chance, 0 to 1, that a block is of the story, by its own text and the names of the elements round it and in it."""
        score = self._always + self._sum(of_text(block, words)) + self._places(block.hints, block.inner_hints)
        return 1.0 / (1.0 + math.exp(-score))

    def _sum(self, features: Iterable[str]) -> float:
        return sum(map(self._weights.get, features, _NOTHING))


def judge(blocks: Sequence[TextBlock], headline: TextBlock | None, model: Model | None = None) -> list[Candidate]:
    """The blocks with their scores, in the page's order; none where no element holds anything like a story."""
    model = model or fitted()
    candidates = first_judgement(blocks, model)
    container = find_container(candidates)
    if container is None:
        return []
    surroundings = put_in_context(candidates, container, headline)
    for index, candidate in enumerate(candidates):
        if needs_second_look(candidate):
            candidate.score = model.in_surroundings(*surroundings.numbers(index))
    return candidates


def first_judgement(blocks: Iterable[TextBlock], model: Model | None = None) -> list[Candidate]:
    """Candidates with the chance that their block alone gives them."""
    alone = (model or fitted()).alone
    candidates = []
    for block in blocks:
        candidate = Candidate(block)
        if candidate.is_open:
            candidate.chance = alone(block, candidate.words)
        candidates.append(candidate)
    return candidates


def put_in_context(candidates: Sequence[Candidate], container: Box, headline: TextBlock | None) -> Surroundings:
    """The candidates' surroundings, once each has a chance."""
    place(candidates, container)
    return Surroundings(candidates, container, headline)


def needs_second_look(candidate: Candidate) -> bool:
    """Whether a block is likely enough by itself to be weighed in its surroundings."""
    return candidate.chance > _LEAST_CHANCE


@lru_cache(maxsize=1)
def fitted() -> Model:
    """The model of this release."""
    weights = rtoml.loads((files(__package__) / "weights.toml").read_text("utf-8"))["alone"]
    return Model(weights, trees.score)
