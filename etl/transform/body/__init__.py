"""The story's text."""

from __future__ import annotations

from collections.abc import Iterable

from etl.records import Origin
from etl.transform.blocks import TextBlock
from etl.transform.body.paragraphs import paragraphs_of
from etl.transform.body.profiled import profiled_blocks
from etl.transform.body.scorer import judge
from etl.transform.body.story import choose
from etl.transform.document import Document
from etl.transform.reading import BodyReading, Found


def extract_body(document: Document, title: str, headline: TextBlock | None) -> Found[BodyReading] | None:
    """The story's paragraphs, or None where the page holds no story."""
    if named := profiled_blocks(document, title):
        return Found(BodyReading(paragraphs=_paragraphs(named), blocks=tuple(named)), Origin.PROFILE, "fields.body")
    blocks, standfirst = choose(judge(document.blocks, headline), title, headline)
    if not blocks:
        return None
    reading = BodyReading(paragraphs=_paragraphs(blocks), blocks=tuple(blocks), standfirst=tuple(standfirst))
    return Found(reading, Origin.HEURISTIC, "blocks")


def _paragraphs(blocks: Iterable[TextBlock]) -> tuple[str, ...]:
    return tuple(paragraph for block in blocks for paragraph in paragraphs_of(block.text))
