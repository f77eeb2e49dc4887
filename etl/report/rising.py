"""Which tags are on the rise: a measure that neither rare tags nor a change in the mix of publishers can fool. Pure.

For each publisher apart: of a tag's articles a share as large as that of all its articles should fall into the last days, if
nothing had changed. The sum over the publishers is what was to be expected; how far what was seen lies above it, in standard
deviations, is the statistic of Cochran, Mantel and Haenszel (with Yates' correction). A publisher that is loaded only since the
last days says nothing, and adds nothing. Among hundreds of tags many lie far above by chance: the rule of Benjamini and
Hochberg takes only so many, from the top, that few of them do.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LEAST = 3
"""Articles of the last days that a tag must have."""
BY_CHANCE = 0.1
"""Share of the tags told to be on the rise that may be there by chance."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Articles of one publisher."""

    recent: int
    """In the last days."""
    before: int
    """In the days before them."""


@dataclass(frozen=True, slots=True)
class Rise:
    """How often a tag was seen in the last days, and how often it was to be expected."""

    tag: str
    recent: int
    before: int
    expected: float
    score: float
    """Standard deviations between the two."""


def rising(tags: Mapping[str, Mapping[str, Counts]], totals: Mapping[str, Counts], *, last: int = 10) -> list[Rise]:
    """The tags clearly on the rise, the clearest first: from the counts of each tag and of all articles, by publisher."""
    found = [_rise(tag, counts, totals) for tag, counts in tags.items()]
    ranked = sorted((rise for rise in found if rise.recent >= LEAST), key=lambda rise: (-rise.score, rise.tag))
    clear = [place for place, rise in enumerate(ranked, 1) if _chance(rise.score) <= BY_CHANCE * place / len(ranked)]
    return ranked[: max(clear, default=0)][:last]


def _chance(score: float) -> float:
    """Of lying so far above what was expected, or farther, without a reason: the upper tail of the normal distribution."""
    return math.erfc(score / math.sqrt(2)) / 2


def _rise(tag: str, counts: Mapping[str, Counts], totals: Mapping[str, Counts]) -> Rise:
    strata = [(counts[publisher], totals[publisher]) for publisher in counts]
    recent = sum(mine.recent for mine, _ in strata)
    mean, variance = (sum(parts) for parts in zip(*_moments(strata), strict=True)) if strata else (0.0, 0.0)
    score = (recent - mean - 0.5) / math.sqrt(variance) if variance > 0 else 0.0
    return Rise(tag, recent, sum(mine.before for mine, _ in strata), mean, score)


def _moments(strata: Iterable[tuple[Counts, Counts]]) -> Iterable[tuple[float, float]]:
    """Mean and variance of the hypergeometric distribution: `with_tag` of `all` articles drawn, `recent` of all are recent."""
    for mine, total in strata:
        every, tagged = total.recent + total.before, mine.recent + mine.before
        share = total.recent / every
        rest = (every - tagged) / (every - 1) if every > 1 else 0.0
        yield tagged * share, tagged * share * (1 - share) * rest
