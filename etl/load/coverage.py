"""The share of filled fields, counted while a run lasts and written to the ledger (`run_coverage`).

What counts is what a page gave when it was read, and only where that is its story's newest state: pages `loaded`, `updated`, and
those `unchanged` that had to be read. Pages known byte for byte are not read, and would hide a change of layout behind all that
was loaded before; `superseded` pages show an old one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import Engine

from etl.load.accounts import run_coverage
from etl.load.drops import Drop, drops_of_run
from etl.load.engine import insert_or_change, reading, writing
from etl.load.mapping import bounded
from etl.load.types import safe
from etl.records import Article, Precision, Status

log = logging.getLogger(__name__)

FIELDS: Mapping[str, Callable[[Article], object]] = {
    "title": lambda article: article.title,
    "subtitle": lambda article: article.subtitle,
    "section": lambda article: article.section,
    "language": lambda article: article.language,
    "url": lambda article: article.url,
    "published": lambda article: article.published,
    "published_time": lambda article: article.published and article.published.precision is not Precision.DAY,
    "updated": lambda article: article.updated,
    "authors": lambda article: article.authors,
    "tags": lambda article: article.tags,
    "body": lambda article: article.body,
    "images": lambda article: article.images,
    "related_links": lambda article: article.related_links,
    "access": lambda article: article.access,
}
"""What is counted: whether an article has it."""

_COUNTED = {Status.LOADED, Status.UPDATED, Status.UNCHANGED}
_PENDING_ARTICLES = 2000
"""Counts are added to the ledger after so many articles at the latest: what a killed run leaves uncounted."""
_PENDING_PUBLISHERS = 500
"""Or once so many publishers wait: an archive of the whole web must not fill the memory."""


class Coverage:
    """Counts for one run."""

    def __init__(self, engine: Engine, run_id: int) -> None:
        self._engine = engine
        self._run_id = run_id
        self._source: str | None = ""
        self._pending: dict[str, _Counts] = {}

    def begin(self, source: str | None) -> None:
        """What is counted from now on belongs to this configured source (empty: to none). With None nothing is counted."""
        self.flush()
        self._source = source

    def count(self, outcomes: Iterable[object], statuses: Sequence[Status]) -> None:
        """Count what of a batch was read and written; the rest is passed over."""
        if self._source is None:
            return
        for outcome, status in zip(outcomes, statuses, strict=True):
            if isinstance(outcome, Article) and status in _COUNTED:
                publisher = bounded(safe(outcome.publisher.domain)) if outcome.publisher else ""
                self._pending.setdefault(publisher, _Counts()).add(outcome)
        waiting = sum(counts.articles for counts in self._pending.values())
        if waiting >= _PENDING_ARTICLES or len(self._pending) >= _PENDING_PUBLISHERS:
            self.flush()

    def close(self) -> list[Drop]:
        """The end of the run: the rest of the counts, and what dropped. Each drop is warned of."""
        self.flush()
        with reading(self._engine) as connection:
            drops = drops_of_run(connection, self._run_id)
        for drop in drops:
            log.warning("fewer fields: %s", drop.sentence())
        return drops

    def flush(self) -> None:
        """Add to the ledger what was counted since the last time."""
        if not self._pending:
            return
        rows = [
            {
                "publisher": publisher,
                "source": self._source,
                "field": field,
                "load_run_id": self._run_id,
                "articles": counts.articles,
                "filled": filled,
            }
            for publisher, counts in sorted(self._pending.items())
            for field, filled in counts.filled.items()
        ]
        statement = insert_or_change(self._engine.dialect.name, run_coverage)
        more = {name: run_coverage.c[name] + statement.excluded[name] for name in ("articles", "filled")}
        adding = statement.on_conflict_do_update(index_elements=list(run_coverage.primary_key), set_=more)
        with writing(self._engine) as connection:
            connection.execute(adding, rows)
        self._pending.clear()


class _Counts:
    """Of one publisher."""

    def __init__(self) -> None:
        self.articles = 0
        self.filled = dict.fromkeys(FIELDS, 0)

    def add(self, article: Article) -> None:
        self.articles += 1
        for field, value in FIELDS.items():
            if value(article):
                self.filled[field] += 1
