"""A standfirst that no name tells is the first of the story's texts, apart from the others: by its place or by its make."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.transform.body.standfirst import set_apart
from etl.transform.document import Document

MakeDocument = Callable[..., Document]

TITLE = "Ferry to Sandvik sails again"
LEAD = "After nine days without a crossing the ferry has its ramp back, and the island its bread."
TEXT = (
    "<p>The ferry left the northern quay at six in the morning on Monday, with forty people on board.</p>"
    "<p>A yard on the mainland still had a ramp of the same make in store, from a sister ship.</p>"
)
BY = '<div class="byline">By Jane Roe</div>'
DAY = '<div class="date">6 May 2024</div>'
PICTURE = '<figure><img src="/ramp.jpg"><figcaption>The ramp at the quay</figcaption></figure>'
DESCRIBED = f'<meta name="description" content="{LEAD}">'
CUT = f'<meta name="description" content="{LEAD[:70]} …">'


def lead_of(document: Document) -> str | None:
    """The standfirst of a page whose story is all that stands in p, h2 to h4, li and `div class=text`."""
    headline = next(block for block in document.blocks if block.tag == "h1")
    own = {"p", "h2", "h3", "h4", "li"}
    story = [block for block in document.blocks if block.tag in own or block.element.get("class") == "text"]
    found = set_apart(document, story, TITLE, headline)
    return found.text if found else None


APART = {
    "a heading before by-line and day": f"<h2>{LEAD}</h2>{BY}{DAY}{TEXT}",
    "a heading before the picture": f"<header><h3>{LEAD}</h3></header>{PICTURE}{TEXT}",
    "a paragraph in an element named so, however deep": f'<div class="article-intro"><div><p>{LEAD}</p></div></div>{TEXT}',
    "the description, as a heading": f"{DESCRIBED}<h2>{LEAD}</h2>{TEXT}",
    "the description, with a class of its own": f'{DESCRIBED}<p class="big">{LEAD}</p>{TEXT}',
    "the description cut short, in the story's head": f"{CUT}<div class=head><p>{LEAD}</p></div><div class=main>{TEXT}</div>",
    "the description, beside the text's box and before the by-line": f"{DESCRIBED}<p>{LEAD}</p>{BY}<div>{TEXT}</div>",
    "the description, in a box of its own before the text's": f"{DESCRIBED}<header><p>{LEAD}</p></header><div>{TEXT}</div>",
    "the same, and a wall": f'{DESCRIBED}<p class="big">{LEAD}</p><div class="paywall">{TEXT}</div>',
}


@pytest.mark.parametrize("markup", APART.values(), ids=APART)
def test_a_text_set_apart_is_the_standfirst(make_document: MakeDocument, markup: str) -> None:
    assert lead_of(make_document(f"<article><h1>{TITLE}</h1>{markup}</article>")) == LEAD


WITHIN = {
    "a heading over the text": f"<h2>{LEAD}</h2>{TEXT}",
    "a heading of a few words before the picture": f"<h2>What happened at the quay</h2>{PICTURE}{TEXT}",
    "a first paragraph that the description repeats": f"{DESCRIBED}<p>{LEAD}</p>{TEXT}",
    "the same, and then the by-line": f"{DESCRIBED}<p>{LEAD}</p>{BY}{TEXT}",
    "the same, where each paragraph has an element of its own": f"{DESCRIBED}<div><p>{LEAD}</p></div>"
    + "".join(f"<div>{paragraph}</p></div>" for paragraph in TEXT.split("</p>")[:-1]),
    "the same, before a wall round all the rest": f'{DESCRIBED}<p>{LEAD}</p><div class="premium">{TEXT}</div>',
    "loose text before the paragraphs, in the same element": f'{DESCRIBED}<div class="text">{LEAD}{TEXT}</div>',
    "a paragraph of another make that nothing describes": f'<p class="big">{LEAD}</p>{TEXT}',
    "an element named so that holds the whole story": f'<div class="article-intro"><p>{LEAD}</p>{TEXT}</div>',
    "the headline again": f'{DESCRIBED}<p class="big">{TITLE}</p>{TEXT}',
    "a line that leads to what follows": f'<div class="article-intro"><p>{LEAD[:-1]}:</p></div>{TEXT}',
    "a text longer than the rest": f'{DESCRIBED}<p class="big">{LEAD} {LEAD[:50]} {LEAD}</p><p>It sails.</p><p>At six.</p>',
    **{
        f"a first paragraph with class {name}": f'{DESCRIBED}<p class="{name}">{LEAD}</p>{TEXT}'
        for name in (
            "has-drop-cap",
            "dropcap",
            "lettrine",
            "rtejustify",
            "first",
            "first-text",
            "has-medium-font-size",
            "wp-block-paragraph",
        )
    },
    "each paragraph with a class of its own": f'{DESCRIBED}<p class="css-1ab">{LEAD}</p>'
    + TEXT.replace("<p>", '<p class="css-2x">', 1).replace("<p>", '<p class="css-3c">'),
    "numbered paragraphs": f'{DESCRIBED}<p class="p1">{LEAD}</p>' + TEXT.replace("<p>", '<p class="p2">'),
    "boxes of one make, a picture between them": f"{DESCRIBED}<div><p>{LEAD}</p></div>{PICTURE}<div>{TEXT}</div>",
    "boxes of one make, a by-line between them": f"{DESCRIBED}<div><p>{LEAD}</p></div>{BY}<div>{TEXT}</div>",
    "a text in chunks, a picture in one": f"{DESCRIBED}<section><p>{LEAD}</p></section><section>{PICTURE}</section>"
    f"<section>{TEXT}</section>",
    "what is free of a text behind a wall": f'{DESCRIBED}<div class="teaser-content"><p>{LEAD}</p></div>'
    f'<div class="paywalled">{TEXT}</div>',
    "a motto": f"{DESCRIBED}<blockquote><p>{LEAD}</p></blockquote>{TEXT}",
    "a text before a sub-heading": f"{DESCRIBED}<div><p>{LEAD}</p></div><div class=rest><h2>The ramp</h2>{TEXT}</div>",
    "an inline element named so round all": f'<div class="text"><span class="description"><p>{LEAD}</p>{TEXT}</span></div>',
    "the first of several headings, with pictures": f"<h2>{LEAD}</h2>{PICTURE}<p>It sails.</p><h2>What the yard had</h2>{TEXT}",
    "a numbered heading before a picture": f"<h2>1. The northern quay at six in the morning</h2>{PICTURE}{TEXT}",
    "a step before a picture": f"<h2>Step 1: take the ramp off with the crane</h2>{PICTURE}{TEXT}",
    "a question before the by-line": f"<h2>How long have you been harbour master here?</h2>{BY}{TEXT}",
    "far below the headline": f"{''.join(f'<span><div>{n}</div></span>' for n in range(20))}<h2>{LEAD}</h2>{BY}{TEXT}",
}


@pytest.mark.parametrize("markup", WITHIN.values(), ids=WITHIN)
def test_what_belongs_to_the_text_is_none(make_document: MakeDocument, markup: str) -> None:
    assert lead_of(make_document(f"<article><h1>{TITLE}</h1>{markup}</article>")) is None
