"""Records with sensible defaults: a test names only what it is about."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from etl.folding import slug
from etl.records import (
    Article,
    Author,
    Block,
    DateValue,
    PageKey,
    Precision,
    Publisher,
    RelatedLink,
    Source,
    SourceKind,
    ZoneSource,
)

DAY_ONE = dt.datetime(2024, 5, 1, 12, 0, tzinfo=dt.UTC)


def moment(day: int, hour: int = 12) -> dt.datetime:
    """Noon, or another hour, of the first, second, … day of a story's life."""
    return DAY_ONE.replace(hour=hour) + dt.timedelta(days=day - 1)


def page_key(content: str = "a page", **given: Any) -> PageKey:
    """The key of a page with this content."""
    defaults: dict[str, Any] = {
        "source": "/archive/one.warc.gz",
        "record": "0",
        "url": None,
        "media_type": "text/html",
        "byte_size": len(content.encode()),
        "sha256": hashlib.sha256(content.encode()).hexdigest(),
        "fetched_at": moment(1),
    }
    return PageKey(**(defaults | given))


def article(url: str | None = "https://gazette.example/harbour", *, page: PageKey | None = None, **given: Any) -> Article:
    """A story of the Gazette about its harbour; one without address is the text capture of it.

    The page's bytes stand for all that is given: equal articles come from equal pages.
    """
    title = given.get("title", "Harbour opens")
    day = given["published"].day.isoformat() if given.get("published") else "2024-05-01"
    adoption_key = given.pop("adoption_key", f"gazette.example/{day}/{slug(title)}")
    body = given.get("body", "The harbour opened on Wednesday.")
    fetched_at, media_type = given.pop("fetched_at", moment(1)), given.pop("media_type", "text/html" if url else "text/plain")
    content = repr((url, adoption_key, sorted(given.items(), key=lambda item: item[0])))
    defaults: dict[str, Any] = {
        "page": page or page_key(content, url=url, fetched_at=fetched_at, media_type=media_type),
        "key": url.removeprefix("https://") if url else adoption_key,
        "url": url,
        "adoption_key": adoption_key,
        "publisher": Publisher(domain="gazette.example", name="The Gazette"),
        "title": title,
        "body": body,
        "word_count": len(body.split()),
        "origins": {"title": "html"},
    }
    return Article(**(defaults | given))


def date_value(day: int = 1, **given: Any) -> DateValue:
    """A date of publication."""
    at = moment(day)
    defaults: dict[str, Any] = {
        "at": at,
        "day": at.date(),
        "precision": Precision.MINUTE,
        "text": f"May {day}, 2024 12:00",
        "zone_source": ZoneSource.PAGE,
    }
    return DateValue(**(defaults | given))


def link(url: str | None = "https://gazette.example/bridge", **given: Any) -> RelatedLink:
    """A link to the Gazette's story about a bridge."""
    defaults: dict[str, Any] = {
        "block": Block.RELATED,
        "title": "Bridge closes",
        "url": url,
        "key": url.removeprefix("https://") if url else None,
    }
    return RelatedLink(**(defaults | given))


def author(name: str = "Ada Brook", **given: Any) -> Author:
    """A reporter of the Gazette."""
    return Author(**({"name": name, "credit": name.upper()} | given))


def source(uri: str = "/archive/one.warc.gz", **given: Any) -> Source:
    """An archive."""
    defaults: dict[str, Any] = {"kind": SourceKind.WARC, "uri": uri, "size": 1000, "modified_at": DAY_ONE}
    return Source(**(defaults | given))
