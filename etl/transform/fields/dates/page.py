"""When the story was published and updated."""

from __future__ import annotations

import datetime as dt

from etl.records import DateValue, Origin, Precision, ZoneSource
from etl.transform.document import Document
from etl.transform.reading import Found, Story
from etl.transform.structured import strings


def extract_published(document: Document, story: Story) -> Found[DateValue] | None:
    """The day or instant of first publication."""
    for node in document.story_nodes:
        for text in strings(node.get("datePublished")):
            if value := _iso(text):
                return Found(value, Origin.JSON_LD, "datePublished")
    for text in document.meta("article:published_time", "date", "datepublished"):
        if value := _iso(text):
            return Found(value, Origin.META, "meta article:published_time")
    return None


def extract_updated(document: Document, story: Story) -> Found[DateValue] | None:
    """The day or instant of the last update the page declares."""
    return None


def _iso(text: str) -> DateValue | None:
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return DateValue(
        at=aware.astimezone(dt.UTC), day=at.date(), precision=Precision.SECOND, text=text, zone_source=ZoneSource.PAGE
    )
