"""Who is credited with the story."""

from __future__ import annotations

from etl.records import Author, Origin
from etl.transform.document import Document
from etl.transform.fields.authors.bylines import parse_byline
from etl.transform.fields.authors.names import normalise_name
from etl.transform.reading import Found, Story
from etl.transform.structured import strings
from etl.transform.text import clean_meta

__all__ = ["extract_authors", "normalise_name", "parse_byline"]


def extract_authors(document: Document, story: Story) -> Found[tuple[Author, ...]] | None:
    """The authors in the page's order; None where nobody is credited."""
    for node in document.story_nodes:
        names = dict.fromkeys(clean_meta(name) for name in strings(node.get("author")))
        if names:
            return Found(tuple(Author(name=name) for name in names if name), Origin.JSON_LD, "author")
    names = dict.fromkeys(document.meta("author", "article:author"))
    return Found(tuple(Author(name=name) for name in names), Origin.META, "meta author") if names else None
