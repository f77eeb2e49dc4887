"""The topics shown with the story.

A page offers up to a dozen lists: links under the story, article:tag, JSON-LD keywords, news_keywords and others. Each is cleaned
and weighed on its own; then lists that agree lift one another, and the one best borne out is taken whole, in its order.
"""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from urllib.parse import unquote, urlsplit

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.fields.tags.cleaning import made_of, split_list, tags_of, without_title
from etl.transform.fields.tags.declared import declared_lists
from etl.transform.fields.tags.lists import TagList
from etl.transform.fields.tags.shown import shown_lists
from etl.transform.profiled import profile_texts
from etl.transform.reading import Found, Story

__all__ = ["extract_tags", "told_tags"]


def extract_tags(document: Document, story: Story) -> Found[tuple[str, ...]] | None:
    """The tags in the page's order, or those of the feed it came by; None where it has none."""
    if (found := profile_texts(document, "tags")) and (tags := tags_of(found.value, document, shown=True)):
        return Found(tags, found.origin, found.detail)
    offers = (*declared_lists(document), *shown_lists(document, story))
    lists = [replace(offered, tags=tags) for offered in offers if (tags := _chosen(offered, document, story))]
    if lists:
        best = max(lists, key=lambda offered: _weight(offered, lists))
        return Found(best.tags, best.origin, best.detail)
    return told_tags(document)


def _chosen(offered: TagList, document: Document, story: Story) -> tuple[str, ...]:
    """The tags of a list that somebody chose: links to topics are; a program makes keywords of headline and address."""
    if offered.origin is Origin.HTML:
        return offered.tags
    tags = without_title(offered.tags, story.title)
    return () if any(made_of(tags, text) for text in (story.title, _end_of(document.url))) else tags


def told_tags(document: Document) -> Found[tuple[str, ...]] | None:
    """The tags that the page's feed, or whoever kept the page, names: one a line, or all on one line with commas."""
    lines = document.hints.get("tags", "").splitlines()
    tags = tags_of(lines if len(lines) > 1 else split_list("".join(lines)), document, shown=False)
    return Found(tags, Origin.FEED, "tags") if tags else None


def _end_of(url: str | None) -> str:
    """`ferry returns to strait` of `/2021/ferry-returns-to-strait.html`."""
    return unquote(urlsplit(url or "").path).rstrip("/").rpartition("/")[2].partition(".")[0].replace("_", " ")


def _weight(offered: TagList, lists: list[TagList]) -> float:
    others = {other.detail: other for other in lists if other is not offered and other.detail != offered.detail}
    return offered.trust + sum(other.trust * _agreement(offered, other) for other in others.values())


def _agreement(ours: TagList, theirs: TagList) -> float:
    """How far one list bears out another: a longer one is borne out by the few tags that a page shows of it."""
    shared = len(ours.keys & theirs.keys)
    if ours.keys == theirs.keys:
        return 1.0
    if ours.keys > theirs.keys and theirs.origin is Origin.HTML:
        return 0.9 * sqrt(shared / len(ours.keys))
    return 0.5 * shared / len(ours.keys | theirs.keys)
