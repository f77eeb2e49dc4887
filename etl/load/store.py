"""The stories that a batch touches: read from the database by sets; what changed of them is written back, table by table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from etl.load.mapping import Content, Row, digest
from etl.load.models import (
    article_authors,
    article_revisions,
    article_tags,
    articles,
    images,
    known_pages,
    pages,
    related_links,
)
from etl.load.statements import add, change, draw_ids, find, remove
from etl.load.stories import Capture, Revision, Stories, Story
from etl.load.terms import AUTHORS, TAGS, settle_publishers

_STORY = (
    articles.c.id,
    articles.c.key,
    articles.c.key_sha256,
    articles.c.url,
    articles.c.url_sha256,
    articles.c.content_sha256,
    articles.c.revision,
    articles.c.fetched_at,
    articles.c.first_loaded_at,
)
_REVISION = (
    article_revisions.c.id,
    article_revisions.c.article_id,
    article_revisions.c.state_sha256,
    article_revisions.c.revision,
    article_revisions.c.seen_at,
    article_revisions.c.replaced,
    article_revisions.c.page_id,
)
_CAPTURE = tuple(known_pages.c)
_TEXT = ("title", "subtitle", "body", "updated_at", "body_sha256", "fields")


def read_stories(connection: Connection, contents: Collection[Content], digests: Collection[bytes]) -> Stories:
    """The stories that pages with these contents, and known pages with these digests, can have to do with."""
    keys = {digest(key) for content in contents for key in (content.article.key, content.row["adoption_key"])}
    urls = {digest(content.row["url"]) for content in contents if content.row["url"]}
    rows = {row.id: row for row in find(connection, _STORY, articles.c.key_sha256, keys)}
    rows |= {row.id: row for row in find(connection, _STORY, articles.c.url_sha256, urls)}
    captures = {row.id: row for row in find(connection, _CAPTURE, known_pages.c.digest, digests)}
    captures |= {row.id: row for row in find(connection, _CAPTURE, known_pages.c.adoption_sha256, keys)}
    missing = {row.article_id for row in captures.values() if row.article_id is not None} - rows.keys()
    rows |= {row.id: row for row in find(connection, _STORY, articles.c.id, missing)}
    captures |= {row.id: row for row in find(connection, _CAPTURE, known_pages.c.article_id, rows)}
    revisions = list(find(connection, _REVISION, article_revisions.c.article_id, rows))
    return _assemble(rows.values(), revisions, captures.values())


def write_stories(connection: Connection, stories: Stories, contents: Iterable[Content], now: dt.datetime) -> None:
    """Write what changed: all but the rows of `pages`, which `Stories.final` and the stories' numbers make possible."""
    remaining = stories.settle()
    written = [story for story in remaining if story.content is not None]
    _draw(connection, remaining, stories.captures.values(), now)
    gone = [story.id for story in stories.gone if story.id is not None]
    left = _references(connection, [*gone, *(story.id for story in written if story.stored)])
    # A story that turned out to be another one frees its key and address for it.
    change(connection, articles, [{"id": number, "key_sha256": digest(f"gone {number}"), "url_sha256": None} for number in gone])
    publishers = settle_publishers(connection, (content.article.publisher for content in contents))
    _write_articles(connection, remaining, publishers, now)
    _write_parts(connection, written)
    _write_link_targets(connection, stories)
    _write_revisions(connection, remaining, stories.dropped)
    _write_captures(connection, stories)
    remove(connection, article_revisions, article_revisions.c.id, [revision.id for revision in stories.dropped])
    _move_pages(connection, stories)
    remove(connection, articles, articles.c.id, gone)
    AUTHORS.prune(connection, left[0])
    TAGS.prune(connection, left[1])


def _draw(connection: Connection, stories: Sequence[Story], captures: Iterable[Capture], now: dt.datetime) -> None:
    """Give numbers to what is new."""
    new_stories = [story for story in stories if story.id is None]
    for story, number in zip(new_stories, draw_ids(connection, articles, len(new_stories)), strict=True):
        story.id, story.first_loaded_at = number, story.first_loaded_at or now
    new_revisions = [revision for story in stories for revision in story.revisions.values() if revision.id is None]
    for revision, number in zip(new_revisions, draw_ids(connection, article_revisions, len(new_revisions)), strict=True):
        revision.id = number
    new_captures = [capture for capture in captures if capture.id is None]
    for capture, number in zip(new_captures, draw_ids(connection, known_pages, len(new_captures)), strict=True):
        capture.id = number


def _references(connection: Connection, ids: Collection[int | None]) -> tuple[set[int], set[int]]:
    """The authors and tags of articles that are about to be rewritten or removed."""
    return (
        {row.author_id for row in find(connection, [article_authors.c.author_id], article_authors.c.article_id, ids)},
        {row.tag_id for row in find(connection, [article_tags.c.tag_id], article_tags.c.article_id, ids)},
    )


def _write_articles(connection: Connection, stories: Sequence[Story], publishers: dict[str, int], now: dt.datetime) -> None:
    new: list[Row] = []
    whole: list[Row] = []
    bookkeeping: list[Row] = []
    for story in stories:
        row = {name: getattr(story, name) for name in ("id", *_KEPT)}
        if (content := story.content) is not None:
            publisher = content.article.publisher
            row["publisher_id"] = publishers[publisher.domain] if publisher else None
            row |= content.row
            row |= {name: getattr(story, name) for name in ("url_sha256", "content_sha256", "page_id")}
            (whole if story.stored else new).append(row | {"last_loaded_at": now})
        elif _kept(story) != story.stored:
            bookkeeping.append(row)
    # Before new articles: one can have the key or address that an older one gives up.
    change(connection, articles, whole)
    change(connection, articles, bookkeeping)
    add(connection, articles, new)


_KEPT = ("key", "key_sha256", "revision", "fetched_at", "first_loaded_at")
"""Columns of `articles` that can change without the content."""


def _kept(story: Story) -> tuple[Any, ...]:
    return tuple(getattr(story, name) for name in _KEPT)


def _write_parts(connection: Connection, stories: Sequence[Story]) -> None:
    """Authors, tags, links and images of stories whose content is written."""
    rewritten = [story.id for story in stories if story.stored]
    for table in (article_authors, article_tags, related_links, images):
        remove(connection, table, table.c.article_id, rewritten)
    credited, topics, links, pictures = (_parts(stories, name) for name in ("authors", "tags", "links", "images"))
    author_ids = AUTHORS.settle(connection, credited)
    for row in credited:
        row["author_id"] = author_ids[row.pop("name_key")]
    tag_ids = TAGS.settle(connection, topics)
    for row in topics:
        row["tag_id"] = tag_ids[row.pop("slug")]
    targets = _targets(connection, {row["key_sha256"] for row in links if row["key_sha256"]})
    for row in links:
        target = targets.get(row["key_sha256"])
        row["target_article_id"] = None if target == row["article_id"] else target
    for table, rows in ((article_authors, credited), (article_tags, topics), (related_links, links), (images, pictures)):
        add(connection, table, rows)


def _parts(stories: Sequence[Story], name: str) -> list[Row]:
    """The rows of the stories' contents themselves, not copies: each content is written once."""
    parts: list[Row] = []
    for story in stories:
        rows = getattr(story.content, name)
        for row in rows:
            row["article_id"] = story.id
        parts += rows
    return parts


def _targets(connection: Connection, keys: Collection[bytes]) -> dict[bytes, int]:
    wanted = (articles.c.key_sha256, articles.c.id)
    return {row.key_sha256: row.id for row in find(connection, wanted, articles.c.key_sha256, keys)}


def _write_link_targets(connection: Connection, stories: Stories) -> None:
    """Links loaded before the article that they lead to, and links to one whose key went to another row."""
    keys = stories.rekeyed | {story.key_sha256 for story in stories.all if story.stored is None}
    if keys:
        connection.execute(_AIM, {"keys": sorted(keys)})


_TARGET = (articles.c.key_sha256 == related_links.c.key_sha256) & (articles.c.id != related_links.c.article_id)
_AIM = (
    update(related_links)
    .where(related_links.c.key_sha256.in_(bindparam("keys", expanding=True)))
    .values(target_article_id=select(articles.c.id).where(_TARGET).scalar_subquery())
)


def _write_revisions(connection: Connection, stories: Sequence[Story], dropped: Collection[Revision]) -> None:
    everything = [revision for story in stories for revision in story.revisions.values()]
    changed = [revision for revision in everything if revision.stored and _revision_row(revision) != revision.stored]
    # Numbers and states are unique inside an article at every moment: those that change or go step aside first.
    change(connection, article_revisions, [{"id": r.id, "revision": -(r.id or 0)} for r in changed])
    aside = [{"id": r.id, "revision": -(r.id or 0), "state_sha256": digest(f"gone {r.id}")} for r in dropped]
    change(connection, article_revisions, aside)
    change(connection, article_revisions, [dict(zip(_REVISED, _revision_row(revision), strict=True)) for revision in changed])
    texts = {r.id: r for r in _texts(connection, [r.copy_of.id for r in everything if r.copy_of])}
    new = [revision for revision in everything if not revision.stored]
    add(connection, article_revisions, [_new_revision(revision, texts) for revision in new])


_REVISED = ("id", "article_id", "revision", "seen_at", "replaced", "page_id")


def _revision_row(revision: Revision) -> tuple[Any, ...]:
    return (revision.id, revision.story.id, revision.number, revision.seen_at, revision.replaced, revision.page_id)


def _texts(connection: Connection, ids: Collection[int | None]) -> Any:
    wanted = (article_revisions.c.id, *(article_revisions.c[name] for name in _TEXT))
    return find(connection, wanted, article_revisions.c.id, ids)


def _new_revision(revision: Revision, texts: dict[Any, Any]) -> Row:
    row = dict(zip(_REVISED, _revision_row(revision), strict=True)) | {"state_sha256": revision.state_sha256}
    if revision.copy_of is not None:
        return row | {name: getattr(texts[revision.copy_of.id], name) for name in _TEXT}
    return row | (revision.content.state if revision.content else {})


def _write_captures(connection: Connection, stories: Stories) -> None:
    rows = [(_capture_row(capture), capture.stored) for capture in stories.captures.values()]
    change(connection, known_pages, [dict(zip(_CAPTURED, row, strict=True)) for row, stored in rows if stored and row != stored])
    add(connection, known_pages, [dict(zip(_CAPTURED, row, strict=True)) for row, stored in rows if stored is None])


_OF_CAPTURE = (
    "id",
    "digest",
    "sha256",
    "addressed",
    "markup",
    "adoption_sha256",
    "first_fetched_at",
    "last_fetched_at",
    "reason_code",
    "reason",
    "extraction_version",
)
_CAPTURED = ("article_id", "revision_id", *_OF_CAPTURE)


def _capture_row(capture: Capture) -> tuple[Any, ...]:
    story, revision = capture.story, capture.revision
    return (story and story.id, revision and revision.id, *(getattr(capture, name) for name in _OF_CAPTURE))


def _move_pages(connection: Connection, stories: Stories) -> None:
    """Rows of `pages` follow their capture to the article that it belongs to now."""
    for capture, home, to in stories.moved:
        number = stories.final(to).id
        if home.id is not None and home.id != number:
            of_capture = (pages.c.article_id == home.id) & (pages.c.sha256 == capture.sha256)
            connection.execute(update(pages).where(of_capture).values(article_id=number))


def _assemble(rows: Iterable[Any], revisions: Iterable[Any], captures: Iterable[Any]) -> Stories:
    stories, by_id, revision_by_id = Stories(), {}, {}
    for row in rows:
        story = Story(**row._asdict())
        story.stored = _kept(story)
        by_id[story.id] = story
    for row in revisions:
        story = by_id[row.article_id]
        revision = Revision(
            id=row.id,
            story=story,
            state_sha256=row.state_sha256,
            number=row.revision,
            seen_at=row.seen_at,
            replaced=row.replaced,
            page_id=row.page_id,
        )
        revision.stored = _revision_row(revision)
        story.revisions[row.state_sha256] = revision_by_id[row.id] = revision
    for row in captures:
        capture = Capture(
            story=by_id.get(row.article_id),
            revision=revision_by_id.get(row.revision_id),
            **{name: getattr(row, name) for name in _OF_CAPTURE},
        )
        capture.stored = _capture_row(capture)
        if capture.story is None:
            stories.captures[capture.digest] = capture
        else:
            capture.story.captures.append(capture)
    for story in by_id.values():
        stories.add(story)
    return stories
