"""How well copies and rewrites are found: the figures that docs/stories.md prints, held."""

from __future__ import annotations

from benchmarks.copies import quality


def test_copies_and_rewrites_are_found_and_nothing_else() -> None:
    figures = quality()
    assert (figures["stories"]["precision"], figures["pairs"]["precision"]) == (1.0, 1.0)
    assert figures["stories"]["recall"] >= 0.97
    assert figures["pairs"]["recall"] >= 0.88
    assert set(figures["found"].values()) == {1.0}
