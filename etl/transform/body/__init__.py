"""The story's text."""

from __future__ import annotations

from etl.records import Origin
from etl.transform import hints
from etl.transform.blocks import TextBlock
from etl.transform.document import Document
from etl.transform.reading import BodyReading, Found
from etl.transform.text import clean

_OUT = (
    hints.NAV
    | hints.FOOTER
    | hints.ASIDE
    | hints.CAPTION
    | hints.FORM
    | hints.COMMENTS
    | hints.RELATED
    | hints.ADVERT
    | hints.SHARE
    | hints.HEADER
)


def extract_body(document: Document, title: str, headline: TextBlock | None) -> Found[BodyReading] | None:
    """The story's paragraphs, or None where the page holds no story."""
    blocks = tuple(
        b
        for b in document.blocks
        if not b.hints & _OUT and b.tag in {"p", "h2", "h3", "li", "blockquote"} and b.link_density < 0.5
    )
    if not blocks:
        return None
    return Found(BodyReading(paragraphs=tuple(clean(b.text) for b in blocks), blocks=blocks), Origin.HEURISTIC, "density")
