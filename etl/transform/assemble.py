"""An HTML page's fields, asked for one after the other and joined to a record. No rule of any field stands here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from etl.errors import PageError
from etl.records import Article, Page, Publisher, Reason
from etl.transform.body import extract_body
from etl.transform.document import Document, parse
from etl.transform.fields.access import extract_access
from etl.transform.fields.address import extract_address, extract_publisher, extract_saved_at
from etl.transform.fields.authors import extract_authors
from etl.transform.fields.dates import extract_dates
from etl.transform.fields.dates.home import home_zone
from etl.transform.fields.extent import Extent
from etl.transform.fields.images import extract_images
from etl.transform.fields.language import extract_language
from etl.transform.fields.related import extract_related
from etl.transform.fields.section import extract_section
from etl.transform.fields.subtitle import extract_subtitle
from etl.transform.fields.tags import extract_tags
from etl.transform.fields.title import extract_headline
from etl.transform.notice import is_notice
from etl.transform.profiled import settle_profile
from etl.transform.profiles import Profiles
from etl.transform.reading import Found, Story
from etl.transform.record import article_of


def read_html(page: Page, profiles: Profiles) -> Article:
    """An article from an HTML page. Raises PageError for what is no article."""
    document = parse(page)
    address = extract_address(document)
    document.url = address.value if address else None
    document.fetched_at = extract_saved_at(document) or document.fetched_at
    settle_profile(document, profiles.for_url(document.url) if document.url else profiles.for_domain(page.hints.get("publisher")))
    found: dict[str, Found[Any] | None] = {"url": address}

    language = found["language"] = extract_language(document)
    shown = extract_headline(document)
    if shown is None:
        raise PageError(Reason.NO_TITLE, "The page has no headline, neither shown nor in its metadata.")
    title = found["title"] = shown.title
    headline = shown.block
    body = found["body"] = extract_body(document, title.value, headline)
    if body is None or is_notice(document, body):
        raise PageError(Reason.NOT_AN_ARTICLE, "The page holds no text of a story.")
    story = Story(title=title.value, headline=headline, body=body.value, language=language.value if language else None)

    found["subtitle"] = extract_subtitle(document, story)
    found["section"] = extract_section(document, story)
    found["published"], found["updated"] = extract_dates(document, story)
    found["authors"] = extract_authors(document, story)
    found["tags"] = extract_tags(document, story)
    extent = Extent(document, story)
    related = found["related_links"] = extract_related(document, story, extent)
    found["images"] = extract_images(document, story, related.value if related else (), extent)
    found["access"] = extract_access(document, story)
    return article_of(page, document.url, _publisher(document, found), found, body.value.paragraphs)


def _publisher(document: Document, found: dict[str, Found[Any] | None]) -> Publisher | None:
    """The site; where no profile tells its zone, the dates may."""
    publisher = extract_publisher(document)
    if publisher is None or publisher.from_profile:
        return publisher
    dates = [entry.value for name in ("published", "updated") if (entry := found[name])]
    language = found["language"]
    return replace(publisher, time_zone=home_zone(document, dates, language.value if language else None))
