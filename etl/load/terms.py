"""Publishers, authors and tags: one row per name, whatever the spelling; a spelling that no order of loading changes.

Authors and tags are those that current articles name: a row nobody refers to any more goes. Of the spellings in use the best by
`_author_rank` or `_tag_rank` is the row's. A publisher stays; its profile's values stand above what pages print.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from sqlalchemy import Column, Connection, Table, exists, select

from etl.load.mapping import Row, bounded
from etl.load.models import article_authors, article_tags, authors, publishers, tags
from etl.load.statements import add, change, draw_ids, find, remove, upsert
from etl.load.types import safe
from etl.records import Publisher


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """How one kind of term is kept."""

    table: Table
    key: Column[str]
    """The unique column."""
    references: Table
    reference: Column[int]
    spelling: tuple[str, ...]
    """Columns that a reference holds as its page has them, and the term as the best of them."""
    rank: Callable[[Row], Any]
    """The least is the best spelling."""

    def settle(self, connection: Connection, used: Collection[Row]) -> dict[str, int]:
        """The numbers of the terms that references use, by key; new ones are added, better spellings taken over."""
        best: dict[str, Row] = {}
        for row in used:
            key = row[self.key.name]
            spelled = {name: row[name] for name in self.spelling}
            if key not in best or (spelled != best[key] and self.rank(spelled) < self.rank(best[key])):
                best[key] = spelled
        stored = {getattr(row, self.key.name): row for row in find(connection, tuple(self.table.c), self.key, sorted(best))}
        better = []
        for key, row in stored.items():
            before = self._spelled(row)
            if best[key] != before and self.rank(best[key]) < self.rank(before):
                better.append({"id": row.id, **best[key]})
        change(connection, self.table, better)
        missing = sorted(best.keys() - stored.keys())
        new = dict(zip(missing, draw_ids(connection, self.table, len(missing)), strict=True))
        add(connection, self.table, [{"id": number, self.key.name: key, **best[key]} for key, number in new.items()])
        return {key: row.id for key, row in stored.items()} | new

    def prune(self, connection: Connection, left: Collection[int]) -> None:
        """Set right the terms to which references were taken away, and whose spelling nobody uses any more."""
        same = (self.references.c[name] == self.table.c[name] for name in self.spelling)
        used = exists().where(self.reference == self.table.c.id, *same)
        unused = (
            connection.execute(select(self.table.c.id).where(self.table.c.id.in_(left), ~used)).scalars().all() if left else ()
        )
        for number in unused:
            spellings = connection.execute(self._spellings().where(self.reference == number).distinct()).all()
            if spellings:
                best = min((self._spelled(found) for found in spellings), key=self.rank)
                change(connection, self.table, [{"id": number, **best}])
            else:
                remove(connection, self.table, self.table.c.id, [number])

    def _spellings(self) -> Any:
        return select(*(self.references.c[name] for name in self.spelling))

    def _spelled(self, row: Any) -> Row:
        return {name: getattr(row, name) for name in self.spelling}


def settle_publishers(connection: Connection, seen: Iterable[Publisher | None]) -> dict[str, int]:
    """The numbers of publishers by domain; new ones are added, and what pages or profiles tell better is taken over."""
    told: dict[str, list[Publisher]] = {}
    for publisher in dict.fromkeys(seen):  # the pages of one site mostly tell the same
        if publisher is not None:
            told.setdefault(publisher.domain, []).append(publisher)
    keys = {bounded(safe(domain)): domain for domain in sorted(told)}
    stored = {row.domain: row for row in find(connection, tuple(publishers.c), publishers.c.domain, keys)}
    missing = sorted(keys.keys() - stored.keys())
    numbers = {key: row.id for key, row in stored.items()}
    numbers |= zip(missing, draw_ids(connection, publishers, len(missing)), strict=True)
    rows = []
    for key, domain in keys.items():
        known = _told_before(domain, stored.get(key))
        after = reduce(_better_told, told[domain], known)
        if after is not None and after != known:
            values = {"name": after.name, "time_zone": after.time_zone, "language": after.language}
            rows.append({"id": numbers[key], "domain": key, **values})
    upsert(connection, publishers, rows)
    return {domain: numbers[key] for key, domain in keys.items()}


def _told_before(domain: str, row: Any) -> Publisher | None:
    return row and Publisher(domain=domain, name=row.name, time_zone=row.time_zone, language=row.language)


def _better_told(known: Publisher | None, seen: Publisher) -> Publisher | None:
    """A profile (only that tells the language) above pages; of the names that pages print the shortest, then the first; of the
    zones the first by code points: so that the order of pages does not matter."""
    if known is None or seen.from_profile:
        return replace(seen, from_profile=False)
    if known.language:
        return known
    names = [name for name in (known.name, seen.name) if name]
    zones = [zone for zone in (known.time_zone, seen.time_zone) if zone]
    name = min(names, key=lambda name: (len(name), name), default=None)
    return replace(known, name=name, time_zone=min(zones, default=None))


def _author_rank(row: Row) -> tuple[bool, int, str, str]:
    """Not shouted; with more diacritics (`José` before `Jose`); then by code points."""
    name = row["name"]
    return name.isupper(), -sum(not character.isascii() for character in name), name, row["kind"]


def _tag_rank(row: Row) -> tuple[bool, bool, str]:
    """With a capital; not shouted (a short word in capitals is an acronym: `NATO`); then by code points."""
    name = row["name"]
    return name == name.lower(), name.isupper() and len(name) > _LONGEST_ACRONYM, name


_LONGEST_ACRONYM = 5  # UNHCR, ASEAN; longer ones are rarer than words in capitals

AUTHORS = Vocabulary(
    table=authors,
    key=authors.c.name_key,
    references=article_authors,
    reference=article_authors.c.author_id,
    spelling=("name", "kind"),
    rank=_author_rank,
)
TAGS = Vocabulary(
    table=tags, key=tags.c.slug, references=article_tags, reference=article_tags.c.tag_id, spelling=("name",), rank=_tag_rank
)
