"""Who is credited with the story: places are found, names read, one reading chosen."""

from __future__ import annotations

from urllib.parse import urlsplit

from etl.records import Author
from etl.transform.document import Document
from etl.transform.fields.authors.bylines import parse_byline
from etl.transform.fields.authors.deciding import decide
from etl.transform.fields.authors.finding import find_authors
from etl.transform.fields.authors.names import normalise_name
from etl.transform.reading import Found, Story

__all__ = ["extract_authors", "normalise_name", "parse_byline"]


def extract_authors(document: Document, story: Story) -> Found[tuple[Author, ...]] | None:
    """The authors in the page's order; None where nobody is credited."""
    site_names = _site_names(document)
    return decide(find_authors(document, story, site_names), site_names)


def _site_names(document: Document) -> tuple[str, ...]:
    """The names by which the site calls itself."""
    names = [*document.meta("og:site_name", "application-name"), urlsplit(document.url or "").hostname or ""]
    if document.profile:
        names += [document.profile.name, document.profile.domain]
    for node in document.story_nodes:
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            names.append(publisher["name"])
    return tuple(dict.fromkeys(name for name in names if name))
