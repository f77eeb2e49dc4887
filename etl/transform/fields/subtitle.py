"""The standfirst."""

from __future__ import annotations

from etl.transform.document import Document
from etl.transform.reading import Found, Story


def extract_subtitle(document: Document, story: Story) -> Found[str] | None:
    """The standfirst as printed; None where the page has none."""
    return None
