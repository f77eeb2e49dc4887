"""The numbers that a block's surroundings give: each told by a page of three paragraphs, a heading and a link list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.transform.body.candidates import find_container
from etl.transform.body.scorer import first_judgement, put_in_context
from etl.transform.body.surroundings import NAMES
from etl.transform.document import Document

MakeDocument = Callable[..., Document]

PAGE = """<html><body><h1>Ferry sails again</h1><div class="text">
<p class="a">One two three four five six seven eight nine ten eleven twelve.</p>
<h2>A second ramp</h2>
<p class="a">One two three four five six seven eight nine ten eleven twelve.</p>
<p class="b">One two <a href="/x">three four</a> five six seven eight.</p></div>
<p>One two three four.</p></body></html>"""
HEADLINE, FIRST, HEADING, SECOND, LINKED, OUTSIDE = range(6)
CHANCES = (0.0, 1.0, 0.5, 1.0, 0.5, 0.25)
LIKELY = 12 + 0.5 * 3 + 12 + 0.5 * 8


def numbers_of(document: Document, index: int) -> dict[str, float]:
    candidates = first_judgement(document.blocks)
    for candidate, chance in zip(candidates, CHANCES, strict=True):
        candidate.chance = chance
    container = find_container(candidates)
    assert container is not None
    surroundings = put_in_context(candidates, container, document.blocks[HEADLINE])
    return dict(zip(NAMES, surroundings.numbers(index), strict=True))


NUMBERS = {
    "the block itself": (LINKED, {"alone": 0.5, "words": 8, "characters": 40, "linked": 10 / 40, "steps": 0}),
    "blocks of the same parent": (
        FIRST,
        {"siblings": LIKELY / 35, "same_parent": 1.0, "parent_characters": 179, "parent_linked": 10 / 179},
    ),
    "blocks of the same make": (FIRST, {"kin": 1.0, "kin_number": 2}),
    "no other of the same make": (LINKED, {"kin": 0.5, "kin_number": 1}),
    "blocks of the same tag": (SECOND, {"same_tag": (LIKELY - 1.5) / LIKELY, "same_depth": 1.0}),
    "place behind the headline": (SECOND, {"after_headline": 3, "first_after_headline": 1}),
    "place among the sure blocks": (LINKED, {"after_first": 3, "after_last": 1}),
    "the next block": (HEADING, {"next_alone": 1.0, "next_words": 12}),
    "the next block is outside": (LINKED, {"next_alone": -0.25, "next_words": 4}),
    "no next block": (OUTSIDE, {"next_alone": -1.0, "next_words": -1.0, "steps": 1}),
    "what a heading is over": (HEADING, {"headed": 1.0}),
    "no heading": (FIRST, {"headed": -1.0}),
    "the whole page": (OUTSIDE, {"page_words": LIKELY}),
}


@pytest.mark.parametrize(("index", "expected"), NUMBERS.values(), ids=NUMBERS)
def test_each_number_tells_of_the_block_or_what_is_round_it(
    make_document: MakeDocument, index: int, expected: dict[str, float]
) -> None:
    found = numbers_of(make_document(PAGE), index)
    assert {name: found[name] for name in expected} == pytest.approx(expected)


def test_without_a_headline_its_distance_is_far_off(make_document: MakeDocument) -> None:
    candidates = first_judgement(make_document(PAGE).blocks)
    container = find_container(candidates)
    assert container is not None
    found = dict(zip(NAMES, put_in_context(candidates, container, None).numbers(FIRST), strict=True))
    assert (found["after_headline"], found["first_after_headline"]) == (-999, -999)
