"""Several processes that write to one database at once: nothing is lost, and the content is that of one writer."""

from __future__ import annotations

import multiprocessing
import random

from sqlalchemy import Engine

from etl.load.engine import open_engine
from etl.load.search_index import SearchIndexer
from tests.databases import Databases, content
from tests.load.loading import load_asking, rows, writer
from tests.load.test_kill import BATCHES, SIZE, outcomes
from tests.load.test_search_index import check_index

WRITERS = 3


def work(url: str, part: int) -> None:
    """Load every third batch, in an order of its own, as the pipeline does."""
    engine = open_engine(url)
    by, indexer = writer(engine), SearchIndexer(engine)
    batches = outcomes()[part::WRITERS]
    for batch in random.Random(part).sample(batches, len(batches)):
        load_asking(by, batch)
        indexer.wake()
    indexer.finish()
    engine.dispose()


def test_writers_at_once_make_the_content_of_one(databases: Databases, database: Engine) -> None:
    alone = open_engine(databases.current())
    by = writer(alone)
    for batch in outcomes():
        by.write(batch)
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.load.test_concurrency"])
    url = database.url.render_as_string(hide_password=False)
    started = [processes.Process(target=work, args=(url, part)) for part in range(WRITERS)]
    for process in started:
        process.start()
    for process in started:
        process.join()
    assert [process.exitcode for process in started] == [0] * WRITERS
    seen = "SELECT sum(pages_seen), (SELECT count(*) FROM pages) FROM load_runs"
    assert rows(database, seen) == [(BATCHES * SIZE, BATCHES * SIZE)]
    assert content(database) == content(alone)
    check_index(database)
    alone.dispose()
