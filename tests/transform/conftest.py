"""Documents made from a few lines of HTML."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from etl.records import Page
from etl.transform.document import Document, parse

MakeDocument = Callable[..., Document]


@pytest.fixture
def make_document() -> MakeDocument:
    """`make_document(html, url=…, hints=…)`: a document as `transform` hands it to the extractors."""

    def make(
        html: str, url: str | None = "https://www.example.com/a/story-1", hints: Mapping[str, str] | None = None
    ) -> Document:
        return parse(Page(source="page.html", url=url, content=html.encode(), media_type="text/html", hints=hints or {}))

    return make
