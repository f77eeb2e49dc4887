"""Documents and stories made from a few lines of HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from etl.records import Page
from etl.transform.document import Document, parse
from etl.transform.fields.title import extract_title, headline_block
from etl.transform.reading import BodyReading, Story

MakeDocument = Callable[..., Document]


@pytest.fixture
def make_document() -> MakeDocument:
    """`make_document(html, url=…, hints=…)`: a document as `transform` hands it to the extractors."""

    def make(
        html: str, url: str | None = "https://www.example.com/a/story-1", hints: Mapping[str, str] | None = None
    ) -> Document:
        return parse(Page(source="page.html", url=url, content=html.encode(), media_type="text/html", hints=hints or {}))

    return make


MakeStory = Callable[[Document], Story]


@pytest.fixture
def make_story() -> MakeStory:
    """`make_story(document)`: title, headline and body (the page's `p` elements) as the fields after them get them."""

    def make(document: Document) -> Story:
        title = extract_title(document)
        assert title is not None
        blocks = tuple(block for block in document.blocks if block.tag == "p")
        return Story(
            title=title.value,
            headline=headline_block(document, title.value),
            body=BodyReading(paragraphs=tuple(block.text for block in blocks), blocks=blocks),
            language="en",
        )

    return make
