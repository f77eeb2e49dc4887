"""The story's pictures."""

from __future__ import annotations

from etl.records import Image
from etl.transform.document import Document
from etl.transform.reading import Found, Story


def extract_images(document: Document, story: Story) -> Found[tuple[Image, ...]] | None:
    """The story's pictures in the page's order; None where it has none."""
    return None
