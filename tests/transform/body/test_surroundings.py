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
    "the block itself": (LINKED, {"alone": 0.5, "words": 8, "linked": 10 / 40}),
    "blocks of the same parent": (
        FIRST,
        {"siblings": LIKELY / 35, "same_parent": 1.0, "parent_characters": 179, "parent_linked": 10 / 179},
    ),
    "blocks of the same make": (FIRST, {"kin": 1.0, "kin_number": 2, "same_kin": 24 / LIKELY}),
    "no other of the same make": (LINKED, {"kin": 0.5, "kin_number": 1}),
    "blocks of the same depth": (SECOND, {"same_depth": 1.0}),
    "the story before it": (SECOND, {"before": 13.5 / LIKELY}),
    "no story before it": (FIRST, {"before": 0.0}),
    "place behind the headline": (SECOND, {"after_headline": 3}),
    "place among the sure blocks": (LINKED, {"after_first": 3, "after_last": 1}),
    "the block before": (SECOND, {"previous_alone": 0.5}),
    "the block before is outside": (FIRST, {"previous_alone": 0.0}),
    "no block before": (HEADLINE, {"previous_alone": -1.0}),
    "the next block": (HEADING, {"next_alone": 1.0, "next_words": 12}),
    "the next block is outside": (LINKED, {"next_alone": -0.25, "next_words": 4}),
    "no next block": (OUTSIDE, {"next_alone": -1.0, "next_words": -1.0}),
    "what a heading is over": (HEADING, {"headed": 1.0}),
    "no heading": (FIRST, {"headed": -1.0}),
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
    assert found["after_headline"] == -999


SENTENCE = "One two three four five six seven eight nine ten eleven twelve."
MARKS = {
    "all in italics": ("<p><em>Jane Roe writes of ships.</em></p>", {"emphasis": 1, "credited": 0, "strange": 0}),
    "all in bold, in an element without meaning": ("<p><span><b>A second ramp</b></span></p>", {"emphasis": 2}),
    "begins in bold": ("<p><b>Sandvik</b> Nine days without a ferry were enough.</p>", {"emphasis": 0}),
    "ends in italics": ("<p>Nine days without the <em>Nordvik Star</em></p>", {"emphasis": 0}),
    "a link": ('<p><a href="/x">Nine days without a ferry</a></p>', {"emphasis": 0}),
    "a credit at its end": ("<p>The ferry on Monday. Photo: Jane Roe</p>", {"credited": 1}),
    "in a place of its own": ('<div class="caption"><p>The ferry was built in a yard on the mainland.</p></div>', {"strange": 1}),
    "in a place that it shares with the story": ("<p>The ferry was built in a yard on the mainland.</p>", {"strange": 0}),
}


@pytest.mark.parametrize(("markup", "expected"), MARKS.values(), ids=MARKS)
def test_what_marks_a_block_among_the_others(make_document: MakeDocument, markup: str, expected: dict[str, float]) -> None:
    document = make_document(f"<html><body><aside><div><p>{SENTENCE}</p>{markup}<p>{SENTENCE}</p></div></aside></body></html>")
    candidates = first_judgement(document.blocks)
    for candidate, chance in zip(candidates, (1.0, 0.5, 1.0), strict=True):
        candidate.chance = chance
    container = find_container(candidates)
    assert container is not None
    found = dict(zip(NAMES, put_in_context(candidates, container, None).numbers(1), strict=True))
    assert {name: found[name] for name in expected} == expected
