"""Captions among the paragraphs: texts that stand with a picture and nothing else."""

from __future__ import annotations

import pytest

from tests.transform.body.stories import ABOVE, BELOW, FIRST, LAST, MakeDocument, chosen_from

CAPTION = '<p data-score="2">The ferry in the northern harbour on Monday morning</p>'
SURE = CAPTION.replace('"2"', '"4"')
DESCRIBED = '<img src="/f.jpg" alt="The ferry in the northern harbour on Monday morning">'
PICTURE = '<img src="/f.jpg" alt="A ferry">'
NAMED = f'<p data-score="4">{PICTURE}<span class="photo-caption">The ferry in the northern harbour <small>Jane Roe</small></span>'
STEPS = (
    "Peel the old paint off the rail with a broad knife",
    "Drill a hole for each of the twelve bolts",
    "Set the bolt and tighten it by hand at first",
)
ROE = '<div><img src="/r.jpg" alt="Jane Roe"><p data-score="4">Jane Roe</p></div>'
CAPTIONS = {
    "alone with a picture": (f"<div>{PICTURE}{CAPTION}</div>", []),
    "and a credit": (f"<div><p>Jane Roe</p>{PICTURE}{CAPTION}</div>", []),
    "likely text of the story": (f"<div>{PICTURE}{SURE}</div>", ["The ferry in"]),
    "likely, but the picture's own description": (f"<div>{DESCRIBED}{SURE}</div>", []),
    "likely, in a box named after the picture": (f'<div class="top-image">{PICTURE}{SURE}</div>', []),
    "with other text": (f"<div>{PICTURE}{CAPTION}{BELOW}{BELOW}</div>", ["The ferry in", LAST, LAST]),
    "without a picture": (f"<div>{CAPTION}</div>", ["The ferry in"]),
    "a picture in the paragraph": (CAPTION.replace("The ferry", f"{PICTURE}The ferry"), ["The ferry in"]),
    "its own description and a credit": (f"<div>{DESCRIBED}{SURE.replace('</p', ' / Jane Roe</p')}</div>", []),
    "the description and a sentence": (
        f"<div>{DESCRIBED}{SURE.replace('</p', ', where it had lain for nine long days since its ramp broke</p')}</div>",
        ["The ferry in"],
    ),
    "a name as description": (f"<div>{PICTURE.replace('A ferry', 'The ferry')}{SURE}</div>", ["The ferry in"]),
    "with the picture it describes in the paragraph": (SURE.replace("The ferry", f"{DESCRIBED}The ferry"), []),
    "called one, with the picture in the paragraph": (f"{NAMED}</p>", []),
    "called one, before text of the story": (
        f"{NAMED} left the northern quay at six in the morning on Monday</p>",
        ["The ferry in"],
    ),
    "called one, without a picture": (f"{NAMED}</p>".replace(PICTURE, ""), ["The ferry in"]),
    "a heading": (f"<div>{PICTURE}{CAPTION.replace('<p', '<h2').replace('</p', '</h2')}</div>", ["The ferry in"]),
    "a name under a portrait": (
        f'<p data-score="4"><img src="/r.jpg" alt="Jane Roe">Jane Roe</p>{BELOW}',
        ["Jane Roe", LAST],
    ),
    "a sub-heading with its picture": (
        f'<h2 data-score="4">{DESCRIBED}The ferry in the northern harbour on Monday morning</h2>{BELOW}',
        ["The ferry in", LAST],
    ),
    "an item with its picture": (
        f'<ul><li data-score="4">{DESCRIBED}The ferry in the northern harbour on Monday morning</li></ul>',
        ["The ferry in"],
    ),
    "steps with a picture each": (
        "".join(f'<p data-score="4"><img src="/{n}.jpg" alt="{text}">{text}</p>' for n, text in enumerate(STEPS)),
        ["Peel the old", "Drill a hole", "Set the bolt"],
    ),
    "so many captions, each after a paragraph": (
        "".join(
            f'{BELOW}<div><img src="/{n}.jpg" alt="{text}"><p data-score="4">{text}</p></div>' for n, text in enumerate(STEPS)
        ),
        [LAST] * 3,
    ),
    "steps with a word between": (
        "".join(f'<p data-score="4">Then</p><p data-score="4"><img alt="{text}">{text}</p>' for text in STEPS),
        ["Then", "Peel the old", "Then", "Drill a hole", "Then", "Set the bolt"],
    ),
    "a name alone with a portrait": (f"{ROE}{BELOW}", [LAST]),
    "a name and a portrait of someone else": (f"{ROE.replace('>Jane Roe', '>John Doe')}{BELOW}", ["John Doe", LAST]),
    "a name, a trade and a portrait": (f"{ROE.replace('</div', '<p>Captain</p></div')}{BELOW}", ["Jane Roe", LAST]),
    "profiles with a portrait each": (f"{ROE}{BELOW}" * 3, ["Jane Roe", LAST] * 3),
    "much of the page": (f"<div>{PICTURE}{CAPTION}</div>" * 9, ["The ferry in"] * 9),
}


@pytest.mark.parametrize(("markup", "expected"), CAPTIONS.values(), ids=CAPTIONS)
def test_a_text_alone_with_a_picture_is_its_caption(make_document: MakeDocument, markup: str, expected: list[str]) -> None:
    document = make_document(f"<html><body><main>{ABOVE}{markup}{BELOW}</main></body></html>")
    assert chosen_from(document) == [FIRST, *expected, LAST]
