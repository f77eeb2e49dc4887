"""Who can read the whole story at the publisher's."""

from __future__ import annotations

from etl.records import Access
from etl.transform.document import Document
from etl.transform.reading import Found, Story


def extract_access(document: Document, story: Story) -> Found[Access] | None:
    """`free`, `metered` or `subscriber`; None where the page does not say."""
    return None
