"""Whether the text that was found is a story, or a notice that a page without one shows: a banner, an address."""

from __future__ import annotations

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.reading import BodyReading, Found
from etl.transform.structured import rank_of_type
from etl.transform.text import count_words

_STORY_WORDS = 25
"""Fewer words than this, in one paragraph, are a story only where the page declares one: flashes are short, and declared."""
_LONGEST = 300
"""Characters that so few words do not pass."""
_ARTICLE = 3


def is_notice(document: Document, body: Found[BodyReading]) -> bool:
    """Whether a body is one short paragraph on a page that calls itself no article."""
    paragraphs = body.value.paragraphs
    if body.origin is Origin.PROFILE or len(paragraphs) != 1 or len(paragraphs[0]) > _LONGEST:
        return False
    return count_words(paragraphs[0]) < _STORY_WORDS and not _declares_article(document)


def _declares_article(document: Document) -> bool:
    if document.hints.get("title") or document.hints.get("published"):
        return True  # its feed lists it as one
    if any(kind.strip().lower().endswith("article") for kind in document.meta("og:type")):
        return True
    return any(rank_of_type(node) == _ARTICLE for node in document.story_nodes)
