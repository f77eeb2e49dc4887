"""Pages with dates, and what is read from them, in short."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from etl.records import DateValue, Page
from etl.transform.document import Document, parse
from etl.transform.fields.dates import extract_dates
from etl.transform.fields.title import headline_block
from etl.transform.profiled import settle_profile
from etl.transform.profiles import Profile
from etl.transform.reading import BodyReading, Found, Story

TITLE = "Ferry returns to the strait"
TEXT = (
    "The ferry left the northern quay at six in the morning with forty people on board, three dogs and a piano for the school. "
)
BODY = f'<div class="story-body"><p>{TEXT * 2}</p><p>{TEXT * 3}</p></div>'
FETCHED = dt.datetime(2026, 2, 1, 12, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Dates:
    """What a page gives, in short."""

    published: str | None
    updated: str | None = None


def short(found: Found[DateValue] | None) -> str | None:
    """`2026-01-06T13:02:09 2026-01-06 second page`"""
    if found is None:
        return None
    value = found.value
    return f"{value.at.isoformat().removesuffix('+00:00')} {value.day} {value.precision} {value.zone_source}"


def outline(document: Document, title: str = TITLE) -> Story:
    """The story as title and body rooms would give it: the blocks of `.story-body`."""
    blocks = tuple(b for b in document.blocks if any(e.get("class") == "story-body" for e in b.element.iterancestors()))
    reading = BodyReading(paragraphs=tuple(b.text for b in blocks), blocks=blocks)
    language = document.root.get("lang") or None
    return Story(title=title, headline=headline_block(document, title), body=reading, language=language)


def find(
    html: str,
    *,
    url: str = "https://www.news.example/a/1",
    fetched_at: dt.datetime | None = FETCHED,
    profile: Profile | None = None,
) -> tuple[Found[DateValue] | None, Found[DateValue] | None]:
    document = parse(Page(source="p", url=url, content=html.encode(), media_type="text/html", fetched_at=fetched_at))
    settle_profile(document, profile)
    return extract_dates(document, outline(document))


def dates(html: str, **arguments: Any) -> Dates:
    published, updated = find(html, **arguments)
    return Dates(short(published), short(updated))


def linked(**values: Any) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE} | values
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def page(head: str = "", before: str = "", between: str = "", after: str = "", lang: str = "en") -> str:
    return (
        f'<html lang="{lang}"><head>{head}</head><body><div id="top">{before}</div>'
        f"<article><h1>{TITLE}</h1>{between}{BODY}{after}</article></body></html>"
    )
