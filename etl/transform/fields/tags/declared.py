"""Lists of tags that a page declares for machines: meta tags, JSON-LD, microdata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.fields.tags.cleaning import split_list, tags_of
from etl.transform.fields.tags.lists import TagList
from etl.transform.structured import microdata, strings

_META = (
    (("article:tag", "og:article:tag", "article:tags", "og:article:tags"), 3.0),
    (("news_keywords",), 2.6),
    (("parsely-tags",), 2.0),
    (("keywords",), 2.2),
    (("dc.subject", "dcterms.subject", "cxenseparse:recs:tags", "classification-tags", "tags", "keyword"), 1.8),
    (("sailthru.tags",), 1.2),
)
_LINKED_DATA = (("keywords", 2.7), ("about", 0.8), ("mentions", 0.6))
_MICRODATA_TRUST = 2.2


def declared_lists(document: Document) -> Iterator[TagList]:
    """The lists, in order of trust within each kind of source."""
    for names, trust in _META:
        for name in names:
            if texts := document.meta(name):
                tags = tags_of(_split_all(texts), document, shown=False)
                yield TagList(tags, trust, Origin.META, f"meta {name}")
    for key, trust in _LINKED_DATA:
        for node in document.story_nodes[:3]:
            if value := node.get(key):
                yield TagList(tags_of(_entries(value), document, shown=False), trust, Origin.JSON_LD, key)
                break
    if elements := document.itemprops.get("keywords"):
        tags = tags_of(_split_all([microdata(element) for element in elements[:40]]), document, shown=False)
        yield TagList(tags, _MICRODATA_TRUST, Origin.MICRODATA, "keywords")


def _split_all(texts: list[str]) -> list[str]:
    return [part for text in texts for part in split_list(text)]


def _entries(value: Any) -> list[str]:
    """A list's entries as they are; a lone string is split."""
    entries = strings(value)
    return split_list(entries[0]) if len(entries) == 1 else entries
