"""The topics shown with the story."""

from __future__ import annotations

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.reading import Found, Story


def extract_tags(document: Document, story: Story) -> Found[tuple[str, ...]] | None:
    """The tags in the page's order; None where it has none."""
    tags = document.meta("article:tag")
    return Found(tuple(dict.fromkeys(tags)), Origin.META, "meta article:tag") if tags else None
