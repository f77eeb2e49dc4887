"""The same story in several places: which articles copy, cut or rewrite one another, kept in step with their bodies.

Triggers queue what is new, changed or removed; `settle_copies` works the queue off, a part in one transaction, so that an
interrupted run leaves the rest to the next. What comes out depends on the bodies alone, not on the order in which they came:

- Two articles are **candidates** when their signatures share a band (`etl.shingles`). A band that more than a few articles of one
  publisher have is a standing text of that publisher – a notice, a template – and says nothing about its articles.
- Of the candidates those are a **pair** whose signatures agree enough (within one publisher, more), and that share no more bands
  of standing texts than others.
- A **story** is all that pairs connect; it is known by its least article number.

So when an article changes, only pairs of its own can change, and those of articles whose band becomes, or ceases to be, a
standing text. The index is in the database and every look-up is bounded: neither memory nor the cost of an article grows with the
archive.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, bindparam, delete, select, text, update

from etl.load.copy_tables import article_similarity, article_stories, story_bands, story_queue
from etl.load.engine import reading, writing
from etl.load.models import articles
from etl.load.statements import add, find, remove, upsert
from etl.shingles import Signature, bands, containment, sign, similarity

_AT_ONCE = 500  # articles in one transaction: it lasts some tenths of a second
COMMON = 5
"""Articles of one publisher that may share a band; with more it is a standing text."""
SIMILAR = 0.15
"""Similarity of a pair. Light rewrites have 0.3 and more; two reports that quote the same speech have about 0.1, others of one
event 0.01."""
SIMILAR_WITHIN = 0.8
"""Similarity of a pair of one publisher, whose articles share phrases that are no story."""

Pair: TypeAlias = tuple[int, int]
_Group: TypeAlias = tuple[int, int]
"""The articles of one publisher that have one band: (band, publisher)."""
_Members: TypeAlias = frozenset[int] | None
"""The articles of a group; None for a standing text."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What an article is compared by."""

    publisher: int
    """0 where unknown."""
    signature: Signature | None

    def groups(self) -> set[_Group]:
        return {(band, self.publisher) for band in bands(self.signature.places)} if self.signature else set()


_NOTHING = _Text(0, None)


def settle_copies(engine: Engine, stopped: Callable[[], bool] = lambda: False) -> int:
    """Compare all articles whose text is new or has changed, unless stopped; gives their number."""
    settled = 0
    while not stopped() and (queued := _queued(engine)):
        with writing(engine) as connection:
            _settle(connection, queued)
        settled += len(queued)
    return settled


def _queued(engine: Engine) -> list[int]:
    with reading(engine) as connection:
        numbers = select(story_queue.c.article_id).order_by(story_queue.c.article_id).limit(_AT_ONCE)
        return list(connection.execute(numbers).scalars())


def _settle(connection: Connection, queued: Collection[int]) -> None:
    before = _read_texts(connection, queued)
    after = _sign(connection, queued)
    changed = {number for number in queued if before.get(number) != after.get(number)}
    dirty = changed | _move_bands(connection, before, after, changed)
    texts = {number: after[number] for number in changed if number in after}
    texts |= _read_texts(connection, dirty - changed)
    moved = _write_pairs(connection, dirty, _pairs(connection, texts))
    _write_stories(connection, changed, {number: after[number] for number in changed if number in after}, moved)
    remove(connection, story_queue, story_queue.c.article_id, queued)


def _read_texts(connection: Connection, numbers: Collection[int]) -> dict[int, _Text]:
    """As they were when last settled."""
    return {row.article_id: _text(row) for row in find(connection, _OF_TEXT, article_stories.c.article_id, numbers)}


_OF_TEXT = tuple(article_stories.c[name] for name in ("article_id", "publisher_id", "shingles", "signature"))


def _text(row: Any) -> _Text:
    return _Text(row.publisher_id, Signature(row.shingles, bytes(row.signature)) if row.signature else None)


def _sign(connection: Connection, numbers: Collection[int]) -> dict[int, _Text]:
    """As they are now; those that were removed are not among them."""
    wanted = (articles.c.id, articles.c.publisher_id, articles.c.body)
    return {row.id: _Text(row.publisher_id or 0, sign(row.body)) for row in find(connection, wanted, articles.c.id, numbers)}


def _move_bands(connection: Connection, before: dict[int, _Text], after: dict[int, _Text], changed: Iterable[int]) -> set[int]:
    """Bring the index up to date. Gives the articles with a band that has become, or ceased to be, a standing text."""
    gone: defaultdict[_Group, set[int]] = defaultdict(set)
    come: defaultdict[_Group, set[int]] = defaultdict(set)
    for number in changed:
        old, new = before.get(number, _NOTHING).groups(), after.get(number, _NOTHING).groups()
        for group in old - new:
            gone[group].add(number)
        for group in new - old:
            come[group].add(number)
    touched = gone.keys() | come.keys()
    found = _groups(connection, {band for band, _ in touched})
    if gone:
        connection.execute(_DROP_BAND, [_band_row(group, number) for group, numbers in gone.items() for number in numbers])
    # In the order of the index: neighbouring rows go to one place of it.
    rows = [_band_row(group, number) for group, numbers in sorted(come.items()) for number in sorted(numbers)]
    add(connection, story_bands, rows)
    standing = {group for group in gone if found.get(group, _NOBODY) is None}
    now = _groups(connection, {band for band, _ in standing})
    dirty: set[int] = set()
    for group in touched:
        was = found.get(group, _NOBODY)
        if was is None:
            dirty |= (now.get(group, _NOBODY) or _NOBODY) if group in standing else _NOBODY
        elif len(members := (was - gone[group]) | come[group]) > COMMON:
            dirty |= members
    return dirty


_NOBODY: frozenset[int] = frozenset()
_DROP_BAND = delete(story_bands).where(
    story_bands.c.band == bindparam("band"),
    story_bands.c.publisher_id == bindparam("publisher_id"),
    story_bands.c.article_id == bindparam("article_id"),
)


def _band_row(group: _Group, number: int) -> dict[str, int]:
    return {"band": group[0], "publisher_id": group[1], "article_id": number}


def _groups(connection: Connection, wanted: Collection[int]) -> dict[_Group, _Members]:
    """Who has these bands. Of a standing text, which half an archive may have, no more is read than tells that it is one."""
    if not wanted:
        return {}
    listed = sorted(wanted)
    parameters = {"bands": json.dumps(listed) if connection.dialect.name == "sqlite" else listed, "enough": COMMON + 1}
    found: dict[_Group, _Members] = {}
    for band, publisher, members in connection.execute(_GROUPS[connection.dialect.name], parameters):
        numbers = frozenset(map(int, members.split(",")))
        found[band, publisher] = numbers if len(numbers) <= COMMON else None
    return found


# From publisher to publisher of a band, along the index; then so many articles of each as are needed.
_GROUPS_SQL = """
    WITH RECURSIVE of_band (band, publisher_id) AS (
        SELECT w.band, (SELECT min(b.publisher_id) FROM story_bands b WHERE b.band = w.band) FROM {wanted}
        UNION ALL
        SELECT g.band, (SELECT min(b.publisher_id) FROM story_bands b WHERE b.band = g.band AND b.publisher_id > g.publisher_id)
        FROM of_band g WHERE g.publisher_id IS NOT NULL)
    SELECT g.band, g.publisher_id,
           (SELECT {listed} FROM (SELECT b.article_id FROM story_bands b
                                  WHERE b.band = g.band AND b.publisher_id = g.publisher_id LIMIT :enough) m) AS members
    FROM of_band g WHERE g.publisher_id IS NOT NULL"""
_GROUPS = {
    "sqlite": text(
        _GROUPS_SQL.format(wanted="(SELECT value AS band FROM json_each(:bands)) w", listed="group_concat(m.article_id, ',')")
    ),
    "postgresql": text(
        _GROUPS_SQL.format(
            wanted="unnest(CAST(:bands AS bigint[])) AS w (band)", listed="string_agg(CAST(m.article_id AS text), ',')"
        )
    ),
}


def _pairs(connection: Connection, texts: dict[int, _Text]) -> dict[Pair, tuple[float, float]]:
    """The pairs of these articles, the lesser number first, with similarity and containment."""
    found = _groups(connection, {band for own in texts.values() for band, _ in own.groups()})
    by_band: defaultdict[int, list[_Members]] = defaultdict(list)
    for (band, _), members in found.items():
        by_band[band].append(members)
    candidates: set[Pair] = set()
    for number, own in texts.items():
        for group in own.groups():
            if found[group] is not None:
                others = {other for members in by_band[group[0]] for other in members or ()}
                candidates |= {(min(number, other), max(number, other)) for other in others if other != number}
    known = texts | _read_texts(connection, {number for pair in candidates for number in pair} - texts.keys())
    standing = {group for group, members in found.items() if members is None}
    return {pair: alike for pair in candidates if (alike := _compared(known[pair[0]], known[pair[1]], standing))}


def _compared(one: _Text, other: _Text, standing: set[_Group]) -> tuple[float, float] | None:
    """Similarity and containment of a pair; None where it is none."""
    if one.signature is None or other.signature is None:
        return None
    alike = similarity(one.signature, other.signature)
    if alike < (SIMILAR_WITHIN if one.publisher and one.publisher == other.publisher else SIMILAR):
        return None
    # Pages with one notice, of publishers of one house, can share a band of their own by chance: then most shared ones are not.
    shared = set(bands(one.signature.places)).intersection(bands(other.signature.places))
    telling = [band for band in shared if not {(band, one.publisher), (band, other.publisher)} & standing]
    if 2 * len(telling) < len(shared):
        return None
    return round(alike, 4), round(containment(one.signature, other.signature), 4)


def _write_pairs(connection: Connection, dirty: Collection[int], pairs: dict[Pair, tuple[float, float]]) -> set[int]:
    """Bring the pairs of these articles up to date. Gives the articles that got or lost one."""
    stored = {
        (min(row.article_id, row.other_id), max(row.article_id, row.other_id)): (row.similarity, row.containment)
        for row in find(connection, tuple(article_similarity.c), article_similarity.c.article_id, dirty)
    }
    lost = [pair for pair, measures in stored.items() if pairs.get(pair) != measures]
    new = sorted(pair for pair, measures in pairs.items() if stored.get(pair) != measures)
    if lost:
        connection.execute(_DROP_PAIR, [{"one": one, "other": other} for pair in lost for one, other in (pair, pair[::-1])])
    rows = [
        {"article_id": one, "other_id": other, "similarity": pairs[pair][0], "containment": pairs[pair][1]}
        for pair in new
        for one, other in (pair, pair[::-1])
    ]
    add(connection, article_similarity, rows)
    return {number for pair in stored.keys() ^ pairs.keys() for number in pair}


_DROP_PAIR = delete(article_similarity).where(
    article_similarity.c.article_id == bindparam("one"), article_similarity.c.other_id == bindparam("other")
)


def _write_stories(connection: Connection, changed: Collection[int], texts: dict[int, _Text], moved: Collection[int]) -> None:
    """The stories of changed articles, and of those that got or lost a pair, which may join stories or part them."""
    known = _stories_of(connection, article_stories.c.article_id, {*changed, *moved})
    known |= _stories_of(connection, article_stories.c.story_id, set(known.values()))
    remove(connection, article_stories, article_stories.c.article_id, set(changed) - texts.keys())
    members = (known.keys() - changed) | texts.keys()
    links = (article_similarity.c.article_id, article_similarity.c.other_id)
    stories = _connected(members, find(connection, links, article_similarity.c.article_id, members))
    upsert(
        connection,
        article_stories,
        [
            {
                "article_id": number,
                "story_id": stories[number],
                "publisher_id": own.publisher,
                "shingles": own.signature and own.signature.shingles,
                "signature": own.signature and own.signature.places,
            }
            for number, own in sorted(texts.items())
        ],
        by="article_id",
    )
    others = [
        {"number": number, "story": stories[number]} for number in members - texts.keys() if stories[number] != known[number]
    ]
    if others:
        connection.execute(_JOIN_STORY, others)


_JOIN_STORY = (
    update(article_stories).where(article_stories.c.article_id == bindparam("number")).values(story_id=bindparam("story"))
)


def _stories_of(connection: Connection, by: Any, numbers: Collection[int]) -> dict[int, int]:
    wanted = (article_stories.c.article_id, article_stories.c.story_id)
    return {row.article_id: row.story_id for row in find(connection, wanted, by, numbers)}


def _connected(numbers: Iterable[int], links: Iterable[Pair]) -> dict[int, int]:
    """Each number with the least that links lead to from it."""
    above = {number: number for number in numbers}

    def top(number: int) -> int:
        while above[number] != number:
            above[number] = number = above[above[number]]
        return number

    for one, other in links:
        low, high = sorted((top(one), top(other)))
        above[high] = low
    return {number: top(number) for number in above}
