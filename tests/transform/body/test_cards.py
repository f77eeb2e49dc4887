"""Cards that open over the words of a paragraph are no part of its text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.transform.body.cards import text_of
from etl.transform.document import Document

MakeDocument = Callable[..., Document]

NAME = '<a href="/people/ada-holm">Ada Holm</a>'
PICTURE = '<img src="/ada-holm.jpg" alt="">'
STORIES = '<a href="/people/ada-holm">Ada Karin Holm</a><a href="/ramp">Second ramp ordered</a> <a href="/all">MORE</a>'
CARD = f'<span class="card">{PICTURE}{STORIES}</span>'

PARAGRAPHS = {
    "a card after a name": (f"<span>{NAME}<span>{CARD}</span></span>", "Harbour master Ada Holm said so."),
    "two cards": (
        f"{NAME}{CARD} and {NAME}{CARD}",
        "Harbour master Ada Holm and Ada Holm said so.",
    ),
    "links without a picture": (
        f"{NAME} <span>{STORIES}</span>",
        "Harbour master Ada Holm Ada Karin HolmSecond ramp ordered MORE said so.",
    ),
    "a picture without links": (
        f'{NAME}<span>{PICTURE}</span>, <a href="/a">mother of</a> <a href="/b">three</a>,',
        "Harbour master Ada Holm, mother of three, said so.",
    ),
    "a picture in a link": (
        f'<a href="/a">{PICTURE}Ada Holm</a>, <a href="/b">mother of</a> <a href="/c">three</a>,',
        "Harbour master Ada Holm, mother of three, said so.",
    ),
}


@pytest.mark.parametrize(("markup", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_a_card_amid_a_sentence_is_none_of_it(make_document: MakeDocument, markup: str, expected: str) -> None:
    document = make_document(f"<html><body><p>Harbour master {markup} said so.</p></body></html>")
    assert " ".join(text_of(document.blocks[0]).split()) == expected
