"""Taking blocks out of the story, but not most of it."""

from __future__ import annotations

from collections.abc import Sequence

from etl.transform.body.candidates import Candidate

LEAST_STORY = 30
"""Words: so much before what is in doubt (readers' comments, related stories) is a story of its own."""
STORY_WORDS = 100
"""Words: an `article` with less is a teaser, or the head of a story that stands elsewhere."""


def drop_lesser(indexes: Sequence[int], chosen: dict[int, Candidate], share: float = 0.5) -> None:
    """Take blocks out of the story, unless they are much of it."""
    if sum(chosen[index].words for index in indexes) < share * sum(candidate.words for candidate in chosen.values()):
        for index in indexes:
            del chosen[index]


def drop_after_story(indexes: Sequence[int], chosen: dict[int, Candidate], least: int = LEAST_STORY) -> None:
    """Take blocks out of the story, however many they are, if there is a story before them."""
    first = min(indexes, default=0)
    if indexes and sum(candidate.words for index, candidate in chosen.items() if index < first) >= least:
        for index in indexes:
            del chosen[index]
