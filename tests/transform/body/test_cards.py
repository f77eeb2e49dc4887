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

REST = "The ramp is to be in place by noon on Monday, and the first ship sails with forty people on board."

PARAGRAPHS = {
    "a card after a name": (f"<span>{NAME}<span>{CARD}</span></span>", "Harbour master Ada Holm said so."),
    "two cards": (
        f"{NAME}{CARD} and {NAME}{CARD}",
        "Harbour master Ada Holm and Ada Holm said so.",
    ),
    "a card by its name, after no link of that name": (
        f'Ada Holm<span class="tooltip">{PICTURE}{STORIES}</span> and <a href="/x">others</a>',
        "Harbour master Ada Holm and others said so.",
    ),
    "a card after a link to the same page": (
        f"{NAME}<span>{PICTURE}{STORIES}</span>",
        "Harbour master Ada Holm said so.",
    ),
    "a span after a link to elsewhere": (
        f'<a href="/x">Nils</a> <span>{PICTURE}{STORIES}</span>',
        "Harbour master Nils Ada Karin HolmSecond ramp ordered MORE said so.",
    ),
    "a card with a sentence in it": (
        f'{NAME}<span class="card">{PICTURE}{STORIES} has sailed with us since spring</span>',
        "Harbour master Ada HolmAda Karin HolmSecond ramp ordered MORE has sailed with us since spring said so.",
    ),
    "the whole sentence, with a small picture in it": (
        f'<span style="color:red">{NAME} {PICTURE} met <a href="/b">Nils</a>, <a href="/c">Kari</a> and three more,</span>',
        "Harbour master Ada Holm met Nils, Kari and three more, said so.",
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
    document = make_document(f"<html><body><p>Harbour master {markup} said so. {REST}</p></body></html>")
    assert " ".join(text_of(document.blocks[0]).split()) == f"{expected} {REST}"


def test_all_of_a_paragraph_is_no_card(make_document: MakeDocument) -> None:
    document = make_document(f"<html><body><p>{CARD}</p></body></html>")
    assert text_of(document.blocks[0]) == document.blocks[0].text
