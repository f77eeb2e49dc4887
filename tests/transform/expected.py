"""An outcome of `transform` as plain data, as the expected records under `tests/data/` hold it."""

from __future__ import annotations

from typing import Any

from etl.records import Article, DateValue, Rejected


def plain(outcome: Article | Rejected) -> dict[str, Any]:
    """Everything the record says, the text by paragraphs; of a rejection its reason."""
    if isinstance(outcome, Rejected):
        return {"rejected": outcome.reason.value}
    return {
        "key": outcome.key,
        "url": outcome.url,
        "publisher": _publisher(outcome),
        "title": outcome.title,
        "subtitle": outcome.subtitle,
        "section": outcome.section,
        "language": outcome.language,
        "published": _date(outcome.published),
        "updated": _date(outcome.updated),
        "authors": [[author.name, author.kind.value, author.credit] for author in outcome.authors],
        "tags": list(outcome.tags),
        "access": outcome.access.value if outcome.access else None,
        "images": [[image.url, image.caption, image.credit] for image in outcome.images],
        "related_links": [
            [link.block.value, link.heading, link.title, link.url, link.byline, link.caption] for link in outcome.related_links
        ],
        "body": outcome.body.split("\n\n"),
    }


def _publisher(article: Article) -> list[str | None] | None:
    publisher = article.publisher
    return [publisher.domain, publisher.name, publisher.time_zone, publisher.language] if publisher else None


def _date(value: DateValue | None) -> list[str] | None:
    if value is None:
        return None
    return [value.text, value.at.isoformat(), value.day.isoformat(), value.precision.value, value.zone_source.value]
