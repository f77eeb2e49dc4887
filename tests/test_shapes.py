"""Pages of many equal things: that they hold what their names say, and when a time is called out of step."""

from __future__ import annotations

import pytest

from benchmarks.shapes import SHAPES, is_out_of_step, page_of
from etl.records import Article
from etl.transform import transform


@pytest.mark.parametrize(
    ("few", "many", "is_out"),
    [
        (0.1, 0.4, False),
        (0.1, 0.9, False),  # a noisy machine
        (0.1, 1.6, True),  # the square
        (0.001, 0.016, False),  # the same, but nobody waits for it
    ],
)
def test_a_time_is_out_of_step_if_it_is_long_and_grows_far_more_than_the_page(few: float, many: float, is_out: bool) -> None:
    assert is_out_of_step(few, many) is is_out


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_grows_with_its_things(name: str) -> None:
    shape = SHAPES[name]
    few, many = (len(page_of(shape(range(things))).content) for things in (50, 200))
    empty = len(page_of("").content)
    assert 2.5 < (many - empty) / (few - empty) < 5.5


def test_the_things_stand_amid_a_story() -> None:
    article = transform(page_of(SHAPES["links in a paragraph"](range(20))))
    assert isinstance(article, Article)
    assert article.title == "Sandvik opens again"
