"""The site's section that the story stands in."""

from __future__ import annotations

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.reading import Found, Story


def extract_section(document: Document, story: Story) -> Found[str] | None:
    """The section's name as printed."""
    names = document.meta("article:section")
    return Found(names[0], Origin.META, "meta article:section") if names else None
