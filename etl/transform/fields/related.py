"""Links to other stories."""

from __future__ import annotations

from etl.records import RelatedLink
from etl.transform.document import Document
from etl.transform.reading import Found, Story


def extract_related(document: Document, story: Story) -> Found[tuple[RelatedLink, ...]] | None:
    """Links to other stories, block by block; None where the page has none."""
    return None
