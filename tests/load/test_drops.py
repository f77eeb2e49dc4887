"""When a publisher has stopped giving a field, and when it only seems so."""

from __future__ import annotations

import pytest

from etl.load.drops import ENOUGH, WINDOWS, Fall, Point, fall

USUAL = [Point(40, 38), Point(25, 25), Point(30, 27)]


@pytest.mark.parametrize(
    ("newest_first", "judged"),
    [
        # Of a field that nine in ten articles have, nothing, little, or just less than half is left.
        ([Point(20, 0), *USUAL], Fall(Point(20, 0), 0.95)),
        ([Point(100, 47), *USUAL], Fall(Point(100, 47), 0.95)),
        ([Point(20, 0), Point(20, 10)], Fall(Point(20, 0), 0.5)),
        # Near misses: about half is left; half of the articles is the least that counts as usual.
        ([Point(100, 48), *USUAL], None),
        ([Point(20, 0), Point(100, 49)], None),
        # Few pages, a first run, a publisher that never had it, one that never had it since long.
        ([Point(ENOUGH - 1, 0)], None),
        ([Point(20, 0), Point(ENOUGH - 1, 19)], None),
        ([Point(500, 0)], None),
        ([Point(20, 0), Point(50, 0), Point(60, 0)], None),
        ([Point(30, 0)] * 6 + USUAL, None),
        # Small runs are taken together: three articles without it tell nothing yet, twenty do.
        ([Point(3, 0), Point(5, 5), Point(12, 12), *USUAL], None),
        ([Point(3, 0), Point(5, 0), Point(12, 0), *USUAL], Fall(Point(20, 0), 0.95)),
        # It is back: the newest run is as ever, though the window around it is not.
        ([Point(3, 3), Point(20, 0), *USUAL], None),
        # One bad run before does not change what is usual.
        ([Point(20, 1), Point(20, 0), *USUAL], Fall(Point(20, 1), 0.925)),
        ([], None),
    ],
)
def test_a_drop_is_less_than_half_of_what_most_articles_had(newest_first: list[Point], judged: Fall | None) -> None:
    assert fall(newest_first) == judged


def test_only_the_last_windows_are_usual_and_no_more_is_read() -> None:
    asked: list[Point] = []

    def runs() -> object:
        for point in [Point(20, 0), *[Point(20, 20)] * WINDOWS, Point(20, 0), Point(20, 0)]:
            asked.append(point)
            yield point

    assert (fall(runs()), len(asked)) == (Fall(Point(20, 0), 1.0), WINDOWS + 1)  # type: ignore[arg-type]
