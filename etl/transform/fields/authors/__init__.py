"""Who is credited with the story: the places that name authors are found, their lines read, and one of them believed."""

from __future__ import annotations

from urllib.parse import urlsplit

from etl.records import Author
from etl.transform.document import Document
from etl.transform.fields.authors.bylines import parse_byline
from etl.transform.fields.authors.deciding import decide
from etl.transform.fields.authors.declared import declared_authors
from etl.transform.fields.authors.kinds import is_site_name
from etl.transform.fields.authors.names import normalise_name
from etl.transform.fields.authors.shown import Shown
from etl.transform.reading import Found, Story

__all__ = ["extract_authors", "normalise_name", "parse_byline"]


def extract_authors(document: Document, story: Story) -> Found[tuple[Author, ...]] | None:
    """The authors in the page's order; None where nobody is credited."""
    site_names = _site_names(document)
    shown = Shown(document, story, site_names)
    candidates = [*declared_authors(document, story, site_names), *shown.beside_headline()]
    if all(is_site_name(author.name, site_names) for candidate in candidates for author in candidate.authors):
        candidates += [*shown.bare_lines(), *shown.below_story()]
    return decide(candidates, site_names)


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
