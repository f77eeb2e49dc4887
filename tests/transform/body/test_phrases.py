"""Labels: short texts that are, or begin with, a phrase of one of the word lists."""

from __future__ import annotations

import pytest

from etl.transform.body.phrases import label_of

LABELS = [
    ("You may also like", "related"),
    ("YOU MAY ALSO LIKE:", "related"),
    ("You may also like these stories", "related"),
    ("Related", "related"),
    ("Related: the ramp", "related"),
    ("Comments", "comments"),
    ("Lire aussi", "related"),
    # a single word counts alone or before a colon only
    ("Related reasons are the wind and the ice", ""),
    ("The comments", ""),
    ("A second ramp", ""),
    ("", ""),
    ("– 12 –", ""),
]


@pytest.mark.parametrize(("text", "expected"), LABELS)
def test_a_label_is_known_by_its_first_words(text: str, expected: str) -> None:
    assert label_of(text) == expected
