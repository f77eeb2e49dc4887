"""The fields that were found, joined to an article record: of an HTML page and of a text capture alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etl.records import Article, Page, Publisher
from etl.transform.fields.address import adoption_key, key_of
from etl.transform.reading import Found
from etl.transform.text import count_words


def article_of(
    page: Page,
    url: str | None,
    publisher: Publisher | None,
    found: Mapping[str, Found[Any] | None],
    paragraphs: tuple[str, ...],
) -> Article:
    """The record of a page whose address, publisher, fields and text are known. `found` names every field of `Article` it has."""

    def value(name: str, absent: Any = None) -> Any:
        entry = found.get(name)
        return absent if entry is None else entry.value

    text = "\n\n".join(paragraphs)
    adoption = adoption_key(publisher, value("published"), value("title"))
    return Article(
        page=page.key,
        key=key_of(url) if url else adoption,
        url=url,
        adoption_key=adoption,
        publisher=publisher,
        title=value("title"),
        subtitle=value("subtitle"),
        section=value("section"),
        language=value("language"),
        published=value("published"),
        updated=value("updated"),
        authors=value("authors", ()),
        tags=value("tags", ()),
        related_links=value("related_links", ()),
        images=value("images", ()),
        body=text,
        word_count=count_words(text),
        access=value("access"),
        origins={name: entry.origin.value for name, entry in found.items() if entry is not None},
        details={name: entry.detail for name, entry in found.items() if entry is not None},
    )
