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
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Engine, bindparam, delete, select, text, update

from etl.load.copy_tables import article_similarity, article_stories, story_bands, story_queue
from etl.load.engine import reading, writing
from etl.load.models import articles
from etl.load.statements import add, find, remove, upsert
from etl.shingles import Signature, bands, containment, sign, similarity

AT_ONCE = 500
"""Articles compared in one transaction: it lasts some tenths of a second."""
COMMON = 5
"""Articles of one publisher that may share a band; with more it is a standing text."""
SIMILAR = 0.15
"""Similarity of a pair. Light rewrites have 0.3 and more; two reports that quote the same speech have about 0.1, others of one
event 0.01."""
SIMILAR_WITHIN = 0.8
"""Similarity of a pair of one publisher, whose articles share phrases that are no story."""

Pair: TypeAlias = tuple[int, int]
_Entry: TypeAlias = tuple[int, int, int]
"""A row of the index: (band, publisher, article)."""
_Index: TypeAlias = dict[int, dict[int, set[int] | None]]
"""Who has a band: of each publisher its articles; None in place of those that share a standing text."""


@dataclass(frozen=True, slots=True)
class _Text:
    """What an article is compared by."""

    publisher: int
    """0 where unknown."""
    signature: Signature | None

    def bands(self) -> list[int]:
        return bands(self.signature.places) if self.signature else []


_NOTHING = _Text(0, None)


def settle_copies(engine: Engine, stopped: Callable[[], bool] = lambda: False) -> int:
    """Compare all articles whose text is new or has changed, unless stopped; gives their number."""
    settled = 0
    while not stopped() and (part := settle_some_copies(engine)):
        settled += part
    return settled


def settle_some_copies(engine: Engine) -> int:
    """Compare some of them, `AT_ONCE` at most, in one transaction; gives their number."""
    queued = _queued(engine)
    if queued:
        with writing(engine) as connection:
            _settle(connection, queued)
    return len(queued)


def _queued(engine: Engine) -> list[int]:
    with reading(engine) as connection:
        numbers = select(story_queue.c.article_id).order_by(story_queue.c.article_id).limit(AT_ONCE)
        return list(connection.execute(numbers).scalars())


def _settle(connection: Connection, queued: Collection[int]) -> None:
    before = _read_texts(connection, queued)
    after = _sign(connection, queued)
    changed = {number for number in queued if before.get(number) != after.get(number)}
    index, dirty = _move_bands(connection, before, after, changed)
    texts = {number: after[number] for number in changed if number in after}
    pairs = _pairs(connection, texts | _read_texts(connection, dirty - changed), index)
    moved = _write_pairs(connection, changed | dirty, pairs)
    _write_stories(connection, changed, texts, moved)
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


def _move_bands(
    connection: Connection, before: dict[int, _Text], after: dict[int, _Text], changed: Iterable[int]
) -> tuple[_Index, set[int]]:
    """Bring the index up to date. Gives its entries for the bands of the changed articles, and the articles with a band that has
    become, or ceased to be, a standing text."""
    old = _entries(before, changed)
    new = _entries(after, changed)
    index = _read_index(connection, {band for band, _, _ in old | new})
    gone, come = old - new, sorted(new - old)  # in the order of the index: neighbouring rows go to one place of it
    if gone:
        connection.execute(_DROP_BAND, [dict(zip(_BAND, entry, strict=True)) for entry in gone])
    add(connection, story_bands, [dict(zip(_BAND, entry, strict=True)) for entry in come])
    standing = set()
    for band, publisher, number in gone:
        members = index[band][publisher]
        if members is None:
            standing.add(band)
        else:
            members.discard(number)
    dirty = _ceased(connection, standing, index)
    for band, publisher, number in come:
        members = index.setdefault(band, {}).setdefault(publisher, set())
        if members is not None:
            members.add(number)
    for band, publisher, _ in come:
        members = index[band][publisher]
        if members is not None and len(members) > COMMON:
            dirty |= members
            index[band][publisher] = None
    return index, dirty


_BAND = ("band", "publisher_id", "article_id")
_DROP_BAND = delete(story_bands).where(*(story_bands.c[name] == bindparam(name) for name in _BAND))


def _entries(texts: dict[int, _Text], numbers: Iterable[int]) -> set[_Entry]:
    return {(band, own.publisher, number) for number in numbers if (own := texts.get(number)) is not None for band in own.bands()}


def _ceased(connection: Connection, standing: Collection[int], index: _Index) -> set[int]:
    """Those whose texts were standing ones until some articles lost these bands, and are none any more."""
    dirty: set[int] = set()
    for band, groups in _read_index(connection, standing).items():
        for publisher in [publisher for publisher, members in index[band].items() if members is None]:
            members = groups.get(publisher, set())
            index[band][publisher] = members
            dirty |= members or set()
    return dirty


def _read_index(connection: Connection, wanted: Collection[int]) -> _Index:
    """Who has these bands. Of a standing text, which half an archive may have, no more is read than tells that it is one."""
    if not wanted:
        return {}
    listed = sorted(wanted)
    parameters = {"bands": json.dumps(listed) if connection.dialect.name == "sqlite" else listed, "enough": COMMON + 1}
    index: _Index = {band: {} for band in listed}
    for band, publisher, members in connection.execute(_GROUPS[connection.dialect.name], parameters).all():
        numbers = set(map(int, members.split(",")))
        index[band][publisher] = numbers if len(numbers) <= COMMON else None
    return index


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


def _pairs(connection: Connection, texts: dict[int, _Text], index: _Index) -> dict[Pair, tuple[float, float]]:
    """The pairs of these articles, the lesser number first, with similarity and containment. `index` holds their bands or some of
    them."""
    index |= _read_index(connection, {band for own in texts.values() for band in own.bands()} - index.keys())
    candidates = {
        (min(number, other), max(number, other)) for number, own in texts.items() for other in _meeting(number, own, index)
    }
    known = texts | _read_texts(connection, {number for pair in candidates for number in pair} - texts.keys())
    return {pair: alike for pair in candidates if (alike := _compared(known[pair[0]], known[pair[1]], index))}


def _meeting(number: int, own: _Text, index: _Index) -> set[int]:
    """The articles that share a band with this one which is no standing text of either."""
    others: set[int] = set()
    for band in own.bands():
        groups = index[band]
        if groups[own.publisher] is not None:
            for members in groups.values():
                others |= members or set()
    others.discard(number)
    return others


def _compared(one: _Text, other: _Text, index: _Index) -> tuple[float, float] | None:
    """Similarity and containment of a pair; None where it is none."""
    if one.signature is None or other.signature is None:
        return None
    alike = similarity(one.signature, other.signature)
    if alike < (SIMILAR_WITHIN if one.publisher and one.publisher == other.publisher else SIMILAR):
        return None
    # Pages with one notice, of publishers of one house, can share a band of their own by chance: then most shared ones are not.
    shared = set(one.bands()).intersection(other.bands())
    telling = [band for band in shared if None not in (index[band][one.publisher], index[band][other.publisher])]
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
