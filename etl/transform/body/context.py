"""What the surroundings of a text block tell: container, neighbours, blocks of the same make, headline.

Features as in `features.py`, once each block has a first judgement and the container is known.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from itertools import accumulate

from etl.transform.blocks import Box, TextBlock
from etl.transform.body.candidates import HEADINGS, Candidate, headed, section_of, within
from etl.transform.body.features import size_class, tag_group

# A block that is surely of the story: the first and the last such block are the story's outline.
_SURE_CHANCE = 0.6
_SURE_WORDS = 12
_SURE_LEVEL = 4
_LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)
_LEVEL_NAMES = ("no", "hardly", "rather not", "rather", "likely", "sure")
_NEAR = 4
_ALL_LINK = 0.9
_LABEL_WORDS = 8


class Context:
    """A page's candidates with all that is told of one by the others."""

    def __init__(self, candidates: Sequence[Candidate], container: Box, headline: TextBlock | None) -> None:
        self.candidates = candidates
        self.container = container
        self.headline = headline.index if headline else None
        self._kin = _Shares((c.kin, c) for c in candidates if c.is_open)
        self._siblings = _Shares((c.block.box.parent, c) for c in candidates)
        self._chances = [c.chance if not c.steps else 0.0 for c in candidates]
        self._levels = [_level(chance) for chance in self._chances]
        self._sums = list(accumulate(self._chances, initial=0.0))
        sure = [i for i, c in enumerate(candidates) if not c.steps and c.chance > _SURE_CHANCE and c.words >= _SURE_WORDS]
        inside = sure or [i for i, c in enumerate(candidates) if not c.steps]
        self.first, self.last = (inside[0], inside[-1]) if inside else (0, len(candidates) - 1)
        self._articles: dict[Box, bool] = {container: False}
        """Whether a box inside the container is or is inside an `article` there."""
        self._labels = _labels(candidates, container)

    def features(self, index: int) -> list[str]:
        """The features of the candidate at an index."""
        candidate = self.candidates[index]
        found = candidate.alone()
        found.append(_ALONE[_level(candidate.chance)])
        found += self._place(index)
        found += self._company(index)
        found += self._order(index)
        if label := self._labels[index]:
            found.append(label)
        return found

    def _place(self, index: int) -> list[str]:
        candidate = self.candidates[index]
        if candidate.steps:
            return [_OUTSIDE[min(candidate.steps, 4)], f"outside, {self._zone(index)}"]
        found = [_DEPTH[min(candidate.block.box.depth - self.container.depth, 5)]]
        if self._in_article(candidate.block.box):
            found.append("in an article of its own")
        return found

    def _in_article(self, box: Box) -> bool:
        path: list[Box] = []
        outer = box
        while outer not in self._articles and outer.tag != "article" and outer.parent is not None:
            path.append(outer)
            outer = outer.parent
        inside = self._articles.setdefault(outer, outer.tag == "article" and outer is not self.container)
        self._articles.update(dict.fromkeys(path, inside))
        return inside

    def _zone(self, index: int) -> str:
        if self.headline is not None and index <= self.headline:
            return "over headline"
        return "over text" if index < self.first else "under text" if index > self.last else "amid text"

    def _company(self, index: int) -> list[str]:
        candidate = self.candidates[index]
        levels = self._levels
        previous, following = levels[index - 1] if index else 0, levels[index + 1] if index + 1 < len(levels) else 0
        if candidate.block.tag in HEADINGS:
            return [_HEADS[_level(self._headed(index))], _HEADING_AFTER[previous], _HEADING_AMONG[_level(self._around(index))]]
        chance, number = self._kin.of(candidate.kin)
        found = [_KIN[min(number.bit_length(), 4)][_level(chance)]]
        chance, number = self._siblings.of(candidate.block.box.parent)
        found.append(_SIBLINGS[_level(chance)] if number > 1 else "siblings none")
        found += (_BEFORE[previous], _AFTER[following], _AROUND[_level(self._around(index))])
        if size_class(candidate.words) <= 3 and following >= _SURE_LEVEL:
            found.append(f"short {tag_group(candidate.block.tag)} over text")
        if index and self._is_link(index - 1):
            found.append("under a link")
        if index + 1 < len(levels) and self._is_link(index + 1):
            found.append("over a link")
        return found

    def _is_link(self, index: int) -> bool:
        return self.candidates[index].block.link_density > _ALL_LINK

    def _headed(self, index: int) -> float:
        """The best chance among the next blocks in the heading's own section, up to the next heading."""
        best = 0.0
        for other in headed(self.candidates, index):
            best = max(best, self._chances[other])
        return best

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
            if index - self.headline <= _NEAR:
                found.append(f"{index - self.headline} after headline")
            if index < self.first:
                found.append(f"{tag} between headline and first")
        return found


class _Shares:
    """The likely share of groups of candidates: chance, weighted by words."""

    def __init__(self, members: Iterable[tuple[Hashable, Candidate]]) -> None:
        self._sums: dict[Hashable, list[float]] = {}
        sums = self._sums
        for key, candidate in members:
            words = candidate.words
            if key in sums:
                entry = sums[key]
                entry[0] += candidate.chance * words
                entry[1] += words
                entry[2] += 1
            else:
                sums[key] = [candidate.chance * words, words, 1]

    def of(self, key: Hashable) -> tuple[float, int]:
        """(likely share of the group's words, number of its blocks)"""
        likely, words, number = self._sums[key]
        return likely / words, int(number)


def _labels(candidates: Sequence[Candidate], container: Box) -> list[str]:
    """For each candidate what the label over it says: `under related`, `after share`; empty where none does.

    `under` is inside an element that the label opens, `after` is a neighbour of a label that stands freely in the container.
    """
    found: list[str] = []
    label = ""
    section: Box | None = None
    for index, candidate in enumerate(candidates):
        kind = _kind(candidate.traits) if candidate.traits and candidate.words <= _LABEL_WORDS else ""
        if kind or candidate.block.tag in HEADINGS:
            section = section_of(candidates, index)
            free = section is None or within(container, section)
            label = f"{'after' if free else 'under'} {kind}" if kind else ""
            found.append("")
            continue
        if label and (section is None or not within(candidate.block.box, section)):
            label = ""
        found.append(label)
    return found


def _kind(traits: Sequence[str]) -> str:
    for trait in traits:
        if trait.startswith(("is ", "opens with ")):
            return trait.rsplit(" ", 1)[-1]
    return ""


def _level(chance: float) -> int:
    return bisect_right(_LEVELS, chance)


def _named(place: str) -> tuple[str, ...]:
    return tuple(f"{place} {name}" for name in _LEVEL_NAMES)


_ALONE, _SIBLINGS = _named("alone"), _named("siblings")
_BEFORE, _AFTER, _AROUND = _named("before it"), _named("after it"), _named("around")
_HEADS, _HEADING_AFTER, _HEADING_AMONG = _named("heads"), _named("heading after"), _named("heading among")
_OUTSIDE, _DEPTH = tuple(f"outside by {n}" for n in range(5)), tuple(f"depth {n}" for n in range(6))
_KIN = tuple(_named(f"kin {number},") for number in range(5))
