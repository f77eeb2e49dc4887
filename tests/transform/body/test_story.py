"""From scores to the story: what goes together is kept or left out together, whatever the score of each block alone.

Each page is a story of marked blocks: `data-score` is the score that the block is to have.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.transform.body.scorer import first_judgement
from etl.transform.body.story import choose
from etl.transform.document import Document

MakeDocument = Callable[..., Document]

TITLE = "Ferry to Sandvik sails again after nine days"
ABOVE = '<p data-score="3">The ferry left the northern quay at six in the morning on Monday, with forty people on board.</p>'
BELOW = '<p data-score="3">A yard on the mainland still had a ramp of the same make in store, from a sister ship.</p>'
OUT = '<p data-score="-3">Write to the editors of this page if you have seen a mistake in it.</p>'
FIRST, LAST = "The ferry left", "A yard on"


def chosen_from(document: Document) -> list[str]:
    """The first words of the blocks that make the story."""
    candidates = first_judgement(document.blocks)
    for candidate in candidates:
        candidate.score = float(candidate.block.element.get("data-score", "-9"))
    blocks, _ = choose(candidates, TITLE, None)
    return [" ".join(block.text.split()[:3]).rstrip(",.") for block in blocks]


HEADINGS = {
    "over text of the story": (f'<h2 data-score="-0.9">A second ramp</h2>{BELOW}', ["A second ramp", LAST]),
    "likely by itself, over no text of the story": (
        f'<h2 data-score="0.1">A second ramp</h2>{OUT}{BELOW}',
        ["A second ramp", LAST],
    ),
    "too unlikely": (f'<h2 data-score="-1.1">A second ramp</h2>{BELOW}', [LAST]),
    "over no text of the story": (f'<h2 data-score="-0.9">A second ramp</h2>{OUT}{BELOW}', [LAST]),
    "over another heading": (
        f'<h2 data-score="-0.9">A second ramp</h2><h3 data-score="-0.9">In a shed</h3>{BELOW}',
        ["In a shed", LAST],
    ),
    "in a box with the text it opens": (
        f'<section><div><h2 data-score="-0.9">A second ramp</h2></div>{BELOW}</section>',
        ["A second ramp", LAST],
    ),
    "in a box that the text stands under": (
        f'<aside>{OUT}<h2 data-score="-0.9">A second ramp</h2></aside>{BELOW}',
        [LAST],
    ),
    "a line of the same look that is no heading": (f'<p data-score="-0.9">A second ramp</p>{BELOW}', [LAST]),
}


@pytest.mark.parametrize(("markup", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_a_sub_heading_goes_with_the_text_under_it(make_document: MakeDocument, markup: str, expected: list[str]) -> None:
    document = make_document(f"<html><body><article>{ABOVE}{markup}</article></body></html>")
    assert chosen_from(document) == [FIRST, *expected]


def items(*scored: tuple[float, str]) -> str:
    return "".join(f'<li data-score="{score}">{text}</li>' for score, text in scored)


MORNING, NOON, EVENING = "The morning ship", "The noon ship", "The evening ship"
LONG_EVENING = f"{EVENING} sails at eight on every day of the week, in any weather and for whoever stands on the quay by then."
ON_LAND = items((1, "By bus"), (-2, "By car"), (-2, "By train"))
LISTS = {
    "most for it: the unlikely one stays too": (
        f"<ul>{items((2, MORNING), (-0.5, NOON), (1, EVENING))}</ul>",
        [MORNING, NOON, EVENING],
    ),
    "most against it: the likely one goes too": (f"<ul>{items((1, MORNING), (-2, NOON), (-2, EVENING))}</ul>", []),
    "one long item outweighs two short ones": (
        f"<ul>{items((-0.5, MORNING), (-0.5, NOON), (1, LONG_EVENING))}</ul>",
        [MORNING, NOON, EVENING],
    ),
    "nobody for it": (f"<ul>{items((-0.1, MORNING), (-0.1, NOON), (-0.1, EVENING))}</ul>", []),
    "two items are no list": (f"<ul>{items((2, MORNING), (-0.5, NOON))}</ul>", [MORNING]),
    "two lists are judged apart": (
        f"<ul>{items((2, MORNING), (-0.5, NOON), (1, EVENING))}</ul><ul>{ON_LAND}</ul>",
        [MORNING, NOON, EVENING],
    ),
    "paragraphs are no items": (
        f'<div><p data-score="2">{MORNING}</p><p data-score="-0.5">{NOON}</p><p data-score="1">{EVENING}</p></div>',
        [MORNING, EVENING],
    ),
    "terms and their meanings": (
        f'<dl><dt data-score="-0.5">{MORNING}</dt><dd data-score="2">{NOON}</dd><dd data-score="-0.5">{EVENING}</dd></dl>',
        [MORNING, NOON, EVENING],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), LISTS.values(), ids=LISTS)
def test_the_items_of_one_list_stay_together(make_document: MakeDocument, markup: str, expected: list[str]) -> None:
    document = make_document(f"<html><body><article>{ABOVE}{markup}{BELOW}</article></body></html>")
    assert chosen_from(document) == [FIRST, *expected, LAST]
