"""Judges which text blocks are the story's: two sums of weights, without and with the surroundings.

The weights were fitted by `benchmarks/fit_body.py` and are data: `weights.toml`, one line a feature.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import repeat

from etl.transform.blocks import Box, TextBlock
from etl.transform.body.candidates import Candidate, find_container, place
from etl.transform.body.context import Context

Weights = Mapping[str, float]
_NOTHING = repeat(0.0)
# What stands outside the container must be somewhat likely by itself to be looked at again.
_LEAST_CHANCE = 0.1


def judge(blocks: Sequence[TextBlock], headline: TextBlock | None, container: Box | None = None) -> list[Candidate]:
    """The blocks with their scores, in the page's order. `container` is given where a profile names the story's element."""
    candidates = first_judgement(blocks)
    container = container or find_container(candidates)
    if container is None:
        return []
    context = put_in_context(candidates, container, headline)
    weights = _weights()["context"]
    for index, candidate in enumerate(candidates):
        if candidate.is_open and (candidate.chance > _LEAST_CHANCE or not candidate.steps):
            candidate.score = _sum(weights, context.features(index))
    return candidates


def first_judgement(blocks: Iterable[TextBlock], weights: Weights | None = None) -> list[Candidate]:
    """Candidates with the chance that their block alone gives them."""
    weights = weights or _weights()["alone"]
    candidates = []
    for block in blocks:
        candidate = Candidate(block)
        if candidate.is_open:
            candidate.chance = 1.0 / (1.0 + math.exp(-_sum(weights, candidate.alone())))
        candidates.append(candidate)
    return candidates


def put_in_context(candidates: Sequence[Candidate], container: Box, headline: TextBlock | None) -> Context:
    """The candidates' surroundings, once each has a chance."""
    place(candidates, container)
    return Context(candidates, container, headline)


def _sum(weights: Weights, features: Iterable[str]) -> float:
    return weights["always"] + sum(map(weights.get, features, _NOTHING))


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    return tomllib.loads((files(__package__) / "weights.toml").read_text("utf-8"))
