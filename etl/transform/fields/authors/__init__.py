"""Who is credited with the story: the places that name authors are found, their lines read, and one of them believed."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from etl.records import Author, AuthorKind, Origin
from etl.transform.document import Document
from etl.transform.fields.authors.bylines import parse_byline
from etl.transform.fields.authors.candidates import Candidate, Place, distinct
from etl.transform.fields.authors.deciding import decide
from etl.transform.fields.authors.declared import declared_authors
from etl.transform.fields.authors.kinds import is_site_name
from etl.transform.fields.authors.names import normalise_name
from etl.transform.fields.authors.shown import Shown
from etl.transform.reading import Found, Story
from etl.transform.text import clean_meta

__all__ = ["extract_authors", "normalise_name", "parse_byline", "told_authors"]

# desk@gazette.example (Ada Brook)   Ada Brook <ada@gazette.example>   ada@gazette.example
_MAIL = re.compile(r"<?\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}>?")


def extract_authors(document: Document, story: Story) -> Found[tuple[Author, ...]] | None:
    """The authors in the page's order, or those of the feed it came by; None where nobody is credited."""
    site_names = _site_names(document)
    shown = Shown(document, story, site_names)
    candidates = [*declared_authors(document, story, site_names), *shown.beside_headline()]
    if all(is_site_name(author.name, site_names) for candidate in candidates for author in candidate.authors):
        bare = [*shown.bare_lines()]
        candidates += [*(one for one in bare if one.place is not Place.NAMED), *shown.below_story()]
        if not any(map(_names_person, candidates)):
            candidates += [*shown.in_text()] or [*shown.marked_anywhere()] or [one for one in bare if one.place is Place.NAMED]
    found = decide(candidates, site_names)
    if found is None or all(is_site_name(author.name, site_names) for author in found.value):
        return told_authors(document, story) or found
    return found


def _names_person(candidate: Candidate) -> bool:
    return any(author.kind is AuthorKind.PERSON for author in candidate.authors)


def told_authors(document: Document, story: Story) -> Found[tuple[Author, ...]] | None:
    """The authors that the page's feed, or whoever kept the page, names: one a line, a by-line, an e-mail address with the name.

    The site's own name is no news to anybody.
    """
    lines = document.hints.get("author", "").splitlines()
    if not lines:
        return None
    site_names = (*_site_names(document), document.hints.get("site", ""))
    named = distinct(
        author
        for line in lines
        for author in parse_byline(_without_mail(line), language=story.language, site_names=site_names, declared=True)
        if not is_site_name(author.name, site_names)
    )
    return Found(named, Origin.FEED, "author") if named else None


def _without_mail(text: str) -> str:
    text = clean_meta(text)
    bare = _MAIL.sub("", text).strip()
    return bare.removeprefix("(").removesuffix(")").strip() if bare != text else text


def _site_names(document: Document) -> tuple[str, ...]:
    """The names by which the site calls itself."""
    host = urlsplit(document.url or "").hostname or ""
    names = [*document.meta("og:site_name", "application-name"), host, host.partition(".")[2] if host.count(".") > 1 else ""]
    if document.profile:
        names += [document.profile.name, document.profile.domain]
    for node in document.story_nodes:
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            names.append(publisher["name"])
    return tuple(dict.fromkeys(name for name in names if name))
