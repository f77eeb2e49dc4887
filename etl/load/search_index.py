"""Keeps PostgreSQL's full-text index in step with the articles while further ones are written. SQLite's is kept by its triggers.

To make an article's document and its index entries takes the server more time than to store all else of the article. So triggers
only queue what is new or has changed, and a session of its own works the queue off while the writer goes on: a server has several
processors. When a run ends nothing is left; what a killed run leaves, the next one settles.

indexer = SearchIndexer(engine)
writer.write(batch); indexer.wake()         # as often as there are batches
indexer.finish()
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from etl.errors import DatabaseError
from etl.load.engine import database_errors

log = logging.getLogger(__name__)

_AT_ONCE = 100  # articles in one transaction: it lasts some tenths of a second


def settle_search(engine: Engine, stopped: Callable[[], bool] = lambda: False) -> int:
    """Index all articles that are new or have changed, unless stopped; gives their number. Several may do so at once: none takes
    what another, or the writer, has in hand."""
    settled = 0
    while engine.dialect.name == "postgresql" and not stopped() and (taken := _settle_part(engine)):
        settled += taken
    return settled


def _settle_part(engine: Engine) -> int:
    with database_errors(engine), engine.begin() as connection:
        # A server that breaks down with this unwritten has the queue as it was, too.
        connection.execute(text("SET LOCAL synchronous_commit = off"))
        settled: int = connection.execute(_SETTLE, {"number": _AT_ONCE}).scalar_one()
    return settled


# Waits for nobody (`SKIP LOCKED`) but for others of its kind, who go through the articles in the same order: so it and the writer
# (which may wait for it) never block each other for good. While an article is in hand it cannot change: of two that index it, for
# two rows of the queue, neither has an older state than the other.
_SETTLE = text("""
    WITH queued AS MATERIALIZED (
        SELECT id, article_id FROM article_search_queue ORDER BY id LIMIT :number FOR UPDATE SKIP LOCKED),
    taken AS MATERIALIZED (
        SELECT q.id, q.article_id, a.language, a.title, a.subtitle, a.body
        FROM queued q JOIN articles a ON a.id = q.article_id FOR SHARE OF a SKIP LOCKED),
    settled AS (
        DELETE FROM article_search_queue WHERE id IN (
            SELECT id FROM taken
            UNION ALL SELECT id FROM queued q WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = q.article_id))
        RETURNING id),
    kept AS (
        INSERT INTO article_search (article_id, document)
        SELECT article_id, article_search_document(language, title, subtitle, body)
        FROM (SELECT DISTINCT ON (article_id) * FROM taken ORDER BY article_id) t
        ON CONFLICT (article_id) DO UPDATE SET document = excluded.document)
    SELECT count(*) FROM settled""")


class SearchIndexer:
    """Works the queue off in a thread, which waits for the server most of the time. On SQLite it does nothing."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._thread: threading.Thread | None = None
        self._woken = threading.Event()
        self._closing = self._stopped = False

    def wake(self) -> None:
        """Articles have been written."""
        if self._thread is None and self._engine.dialect.name == "postgresql":
            self._thread = threading.Thread(target=self._work, name="search-index", daemon=True)
            self._thread.start()
        self._woken.set()

    def finish(self, stopped: Callable[[], bool] = lambda: False) -> None:
        """Index what is left, unless stopped; here and in the thread, whose failure comes up here if it lasts."""
        self._closing = True
        self._woken.set()
        settle_search(self._engine, stopped)
        self._stopped = stopped()
        self._join()
        settle_search(self._engine, stopped)

    def close(self) -> None:
        """End the thread; what it has in hand is settled, the rest is left."""
        self._closing = self._stopped = True
        self._woken.set()
        self._join()

    def _join(self) -> None:
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        last = False
        while not last:
            self._woken.wait()
            self._woken.clear()
            last = self._closing
            try:
                settle_search(self._engine, lambda: self._stopped)
            except (DatabaseError, DBAPIError) as error:
                log.warning("the full-text index is left to the end of the run: %s", error)
                return
