"""The story's text."""

from __future__ import annotations

from etl.records import Origin
from etl.transform.blocks import TextBlock
from etl.transform.body.scorer import judge
from etl.transform.body.story import choose
from etl.transform.document import Document
from etl.transform.reading import BodyReading, Found
from etl.transform.text import clean


def extract_body(document: Document, title: str, headline: TextBlock | None) -> Found[BodyReading] | None:
    """The story's paragraphs, or None where the page holds no story."""
    blocks, standfirst = choose(judge(document.blocks, headline), title, headline)
    if not blocks:
        return None
    reading = BodyReading(
        paragraphs=tuple(clean(block.text) for block in blocks), blocks=tuple(blocks), standfirst=tuple(standfirst)
    )
    return Found(reading, Origin.HEURISTIC, "blocks")
