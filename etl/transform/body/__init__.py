"""The story's text."""

from __future__ import annotations

from etl.records import Origin
from etl.transform.blocks import TextBlock
from etl.transform.body.scorer import judge
from etl.transform.document import Document
from etl.transform.reading import BodyReading, Found
from etl.transform.text import clean


def extract_body(document: Document, title: str, headline: TextBlock | None) -> Found[BodyReading] | None:
    """The story's paragraphs, or None where the page holds no story."""
    blocks = tuple(c.block for c in judge(document.blocks, title, headline) if c.score > 0)
    if not blocks:
        return None
    return Found(BodyReading(paragraphs=tuple(clean(b.text) for b in blocks), blocks=blocks), Origin.HEURISTIC, "density")
