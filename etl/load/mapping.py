"""From record to rows: the one place that knows which field of an `Article` goes into which column. Reads and writes nothing."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from etl.folding import fold, slug
from etl.load.models import NAME_LIMIT
from etl.load.types import Encoded, encode, safe, utc
from etl.records import Article, DateValue, PageKey, Publisher

Row = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Content:
    """An article's rows but for the numbers of other rows."""

    article: Article
    row: Row
    """Columns of `articles`."""
    state: Row
    """Columns of `article_revisions`."""
    state_sha256: bytes
    content_sha256: bytes
    authors: list[Row]
    """Columns of `article_authors`, with `name_key` in place of the author."""
    tags: list[Row]
    """Columns of `article_tags`, with `slug` in place of the tag."""
    links: list[Row]
    images: list[Row]


def content_of(article: Article) -> Content:
    """An article's rows."""
    body = safe(article.body)
    scalars = _scalars(article) | {"body": body, "body_sha256": hashlib.sha256(body.encode()).hexdigest()}
    authors, tags, links = _authors(article), _tags(article), _links(article)
    fields = encode(_fields(scalars, authors, tags))
    state = {name: scalars[name] for name in (*_OF_STATE, "body")} | {"fields": Encoded(fields)}
    # As if the list of the state's columns and its fields were encoded.
    state_sha256 = _digest(f"{encode([scalars[name] for name in _OF_STATE])[:-1]}, {fields}]")
    images = [
        {"position": position, "url": image.url, "caption": image.caption, "credit": image.credit}
        for position, image in enumerate(article.images, 1)
    ]
    besides = [
        [state_sha256.hex(), article.publisher and article.publisher.domain],
        [scalars[name] for name in _NOT_OF_STATE],
        [*map(_OF_LINK, links)],
        [[link.key for link in article.related_links]],
        [tuple(row.values()) for row in images],
    ]
    return Content(
        article=article,
        row=scalars,
        state=state,
        state_sha256=state_sha256,
        content_sha256=_digest(encode(besides)),
        authors=authors,
        tags=tags,
        links=links,
        images=images,
    )


_OF_STATE = ("title", "subtitle", "updated_at", "body_sha256")
_NOT_OF_STATE = (
    "url",
    "published_date",
    "published_precision",
    "time_zone_source",
    "published_utc_offset",
    "updated_utc_offset",
    "word_count",
    "origins",
    "adoption_key",
)
_OF_LINK = itemgetter("block", "heading", "title", "url", "byline", "caption")


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode(errors="replace")).digest()


@lru_cache(maxsize=4096)
def digest(text: str) -> bytes:
    """SHA-256 of a text: what unique columns hold in its place. Remembered: a key or an address is asked for several times, that
    of a story which many pages link to often."""
    return _digest(text)


def page_digest(page: PageKey) -> bytes | None:
    """What a page is known by: its bytes and the address that its source names. None where the bytes were lost."""
    return digest(f"{page.sha256} {page.url or ''}") if page.sha256 else None


def bounded(text: str) -> str:
    """A text short enough for a unique index: what is too long is cut and given a digest of the whole."""
    if len(text) <= NAME_LIMIT:
        return text
    return f"{text[: NAME_LIMIT - 33]}-{digest(text).hex()[:32]}"


def name_key(name: str) -> str:
    """What an author is known by. A name of nothing but signs is known by itself."""
    return bounded(fold(name) or safe(name))


def tag_slug(name: str) -> str:
    """What a tag is known by. A tag of nothing but signs is known by itself."""
    return bounded(slug(name) or safe(name))


# Of members of enumerations `_value_` is taken: `value` is a call of a function, for some twenty of an article.
def _scalars(article: Article) -> Row:
    published, updated = article.published, article.updated
    zone_of = published or updated
    return {
        "url": article.url,
        "title": article.title,
        "subtitle": article.subtitle,
        "section": article.section,
        "language": article.language,
        "published_at": published and utc(published.at),
        "published_date": published and published.day,
        "published_precision": published and published.precision._value_,
        "published_text": published and published.text,
        "updated_at": updated and utc(updated.at),
        "updated_text": updated and updated.text,
        "time_zone_source": zone_of and zone_of.zone_source._value_,
        "published_utc_offset": _utc_offset(published, article.publisher),
        "updated_utc_offset": _utc_offset(updated, article.publisher),
        "word_count": article.word_count,
        "access": article.access and article.access._value_,
        "origins": dict(article.origins),
        "adoption_key": article.adoption_key,
    }


def _utc_offset(date: DateValue | None, publisher: Publisher | None) -> int | None:
    """Minutes that the publisher's clock is ahead of UTC: its zone stands above the offset of a page, which machines write."""
    if date is None:
        return None
    zone = _zone(publisher.time_zone) if publisher and publisher.time_zone else None
    if zone is None:
        return date.utc_offset
    try:
        offset = date.at.astimezone(zone).utcoffset()
    except OverflowError:  # the first and the last day of the calendar
        return date.utc_offset
    return date.utc_offset if offset is None else int(offset.total_seconds() // 60)


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _fields(scalars: Row, authors: Iterable[Row], tags: Iterable[Row]) -> Row:
    """What makes up a state besides the columns of its own."""
    published = scalars["published_at"]
    return {
        "section": scalars["section"],
        "language": scalars["language"],
        "access": scalars["access"],
        "published_at": published and published.isoformat(),
        "published_text": scalars["published_text"],
        "updated_text": scalars["updated_text"],
        "authors": [{part: author[part] for part in ("name", "kind", "credit")} for author in authors],
        "tags": [tag["name"] for tag in tags],
    }


def _authors(article: Article) -> list[Row]:
    """Each author once, where first named."""
    found: dict[str, Row] = {}
    for author in article.authors:
        name = safe(author.name)
        row = {"position": len(found) + 1, "name": name, "kind": author.kind._value_, "credit": author.credit}
        found.setdefault(name_key(name), row)
    return [row | {"name_key": key} for key, row in found.items()]


def _tags(article: Article) -> list[Row]:
    """Each tag once, where first named."""
    found: dict[str, Row] = {}
    for name in map(safe, article.tags):
        found.setdefault(tag_slug(name), {"position": len(found) + 1, "name": name})
    return [row | {"slug": key} for key, row in found.items()]


def _links(article: Article) -> list[Row]:
    positions: defaultdict[str, int] = defaultdict(int)
    rows = []
    for link in article.related_links:
        block = link.block._value_
        positions[block] += 1
        rows.append(
            {
                "block": block,
                "heading": link.heading,
                "position": positions[block],
                "title": link.title,
                "url": link.url,
                "byline": link.byline,
                "caption": link.caption,
                "key_sha256": digest(link.key) if link.key else None,
            }
        )
    return rows
