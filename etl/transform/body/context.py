"""What the surroundings of a text block tell: container, neighbours, blocks of the same make, headline.

Features as in `features.py`, once each block has a first judgement and the container is known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from itertools import accumulate

from etl.transform.blocks import Box, TextBlock
from etl.transform.body.candidates import Candidate
from etl.transform.body.features import alone, size_class, tag_group
from etl.transform.text import fold

# A block that is surely of the story: the first and the last such block are the story's outline.
_SURE_CHANCE = 0.6
_SURE_WORDS = 12
_LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)
_LEVEL_NAMES = ("no", "hardly", "rather not", "rather", "likely", "sure")
_NEAR = 4


class Context:
    """A page's candidates with all that is told of one by the others."""

    def __init__(self, candidates: Sequence[Candidate], container: Box, title: str, headline: TextBlock | None) -> None:
        self.candidates = candidates
        self.container = container
        self.headline = headline.index if headline else None
        self._title = fold(title)
        self._seen: set[str] = set()
        self._kin = _Shares((c.kin, c) for c in candidates)
        self._siblings = _Shares((c.block.box.parent, c) for c in candidates)
        self._chances = [c.chance if not c.steps else 0.0 for c in candidates]
        self._sums = list(accumulate(self._chances, initial=0.0))
        sure = [i for i, c in enumerate(candidates) if not c.steps and c.chance > _SURE_CHANCE and c.words >= _SURE_WORDS]
        inside = sure or [i for i, c in enumerate(candidates) if not c.steps]
        self.first, self.last = (inside[0], inside[-1]) if inside else (0, len(candidates) - 1)

    def features(self, index: int) -> list[str]:
        """The features of the candidate at an index. To be asked in order: repetitions are told by what came before."""
        candidate = self.candidates[index]
        found = alone(candidate.block, candidate.words, self.container.hints)
        found.append(f"alone {_level(candidate.chance)}")
        found += self._place(candidate)
        found += self._company(index)
        found += self._order(index)
        found += self._repetition(candidate)
        return found

    def _place(self, candidate: Candidate) -> list[str]:
        if candidate.steps:
            return ["outside", f"outside by {min(candidate.steps, 4)}"]
        return [f"depth {min(candidate.block.box.depth - self.container.depth, 5)}"]

    def _company(self, index: int) -> list[str]:
        candidate = self.candidates[index]
        chance, number = self._kin.of(candidate.kin)
        family = f"kin {min(number.bit_length(), 4)}"
        found = [f"{family}, {_level(chance)}"]
        chance, number = self._siblings.of(candidate.block.box.parent)
        found.append(f"siblings {_level(chance)}" if number > 1 else "siblings none")
        found.append(f"before it {_level(self._chances[index - 1] if index else 0.0)}")
        following = self._chances[index + 1] if index + 1 < len(self._chances) else 0.0
        found.append(f"after it {_level(following)}")
        found.append(f"around {_level(self._around(index))}")
        if size_class(candidate.words) <= 3 and following > _SURE_CHANCE:
            found.append(f"short {tag_group(candidate.block.tag)} over text")
        return found

    def _around(self, index: int) -> float:
        start, end = max(0, index - _NEAR), min(len(self._chances), index + _NEAR + 1)
        return (self._sums[end] - self._sums[start] - self._chances[index]) / max(1, end - start - 1)

    def _order(self, index: int) -> list[str]:
        found = []
        tag = tag_group(self.candidates[index].block.tag)
        if index < self.first:
            found.append(f"{min(self.first - index, 5)} before first")
        elif index > self.last:
            found.append(f"{min(index - self.last, 5)} after last")
        if self.headline is None:
            found.append("no headline")
        elif index <= self.headline:
            found.append("before headline")
        else:
            found.append(f"after headline {min((index - self.headline).bit_length(), 5)}")
            if index < self.first:
                found.append(f"{tag} between headline and first")
        return found

    def _repetition(self, candidate: Candidate) -> list[str]:
        text = fold(candidate.block.text)
        found = []
        if text == self._title:
            found.append("is title")
        elif len(text) > 20 and (text in self._title or (self._title in text and len(text) < 1.5 * len(self._title))):
            found.append("like title")
        if text in self._seen:
            found.append("repeated")
        self._seen.add(text)
        return found


class _Shares:
    """The likely share of groups of candidates: chance, weighted by words."""

    def __init__(self, members: Iterable[tuple[Hashable, Candidate]]) -> None:
        self._sums: dict[Hashable, list[float]] = {}
        for key, candidate in members:
            entry = self._sums.setdefault(key, [0.0, 0, 0])
            entry[0] += candidate.chance * candidate.words
            entry[1] += candidate.words
            entry[2] += 1

    def of(self, key: Hashable) -> tuple[float, int]:
        """(likely share of the group's words, number of its blocks)"""
        likely, words, number = self._sums[key]
        return likely / words, int(number)


def _level(chance: float) -> str:
    return _LEVEL_NAMES[bisect_right(_LEVELS, chance)]
