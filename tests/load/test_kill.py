"""A loader that is killed at any moment leaves whole batches; started again it ends with the content of one that was not."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import Engine

from etl.load.accounts import RunStatus, SourceState
from etl.load.engine import open_engine
from etl.load.ledger import Checkpoint, Ledger
from etl.load.summaries import settle_summaries
from etl.load.writer import Writer
from etl.records import Article
from tests.databases import Databases, content
from tests.factories import article, author, link, moment, source
from tests.load.loading import rows
from tests.load.test_summaries import check

BATCHES, SIZE, KILLS = 40, 6, 12


def outcomes() -> list[list[Article]]:
    """Captures of some stories, in an order that makes every kind of change: updates, adoptions, links both ways."""
    chance = random.Random(7)
    urls = [f"https://gazette.example/{number}" for number in range(60)]

    def one() -> Article:
        number = chance.randrange(60)
        return article(
            chance.choice((urls[number], urls[number], None)),
            title=f"Story {number}",
            body=f"State {chance.randrange(4)}.",
            fetched_at=moment(chance.randrange(1, 20)),
            tags=(chance.choice(("ships", "Ships", "bridges")),),
            authors=(author(chance.choice(("Ada Brook", "Ben Cole"))),),
            related_links=(link(chance.choice(urls)),),
        )

    return [[one() for _ in range(SIZE)] for _ in range(BATCHES)]


def work(url: str, begun: Connection | None = None) -> None:
    """Load what is not loaded yet."""
    engine = open_engine(url)
    ledger = Ledger(engine)
    run = ledger.begin(version="1.0", command="kill", host="test", pid=multiprocessing.current_process().pid or 0)
    writer = Writer(engine, run, "v1")
    point = ledger.resume_point(source())
    if begun is not None:
        begun.send(True)
    for number, batch in list(enumerate(outcomes(), 1))[int(point.last_record or 0) :]:
        state = SourceState.DONE if number == BATCHES else SourceState.PARTIAL
        writer.write(batch, [Checkpoint(source=source(), state=state, last_record=str(number))])
        if number % 3 == 0:  # in a run at its end: here kills are to meet it often
            settle_summaries(engine)
    settle_summaries(engine)
    ledger.finish(run, RunStatus.SUCCEEDED)
    engine.dispose()


def kill_after(seconds: float, target: Callable[..., Any], url: str) -> bool:
    """Start a loader and kill it; whether it had finished before."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["tests.load.test_kill"])
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(target=target, args=(url, there))
    process.start()
    here.recv()
    time.sleep(seconds)
    process.kill()
    process.join()
    here.close()
    there.close()
    return process.exitcode == 0


def check_whole(engine: Engine) -> int:
    """Only whole batches, and the checkpoint of the last one; gives the number of batches."""
    pages = rows(engine, "SELECT count(*) FROM pages")[0][0]
    last = rows(engine, "SELECT last_record FROM source_files")
    assert last == ([(str(pages // SIZE),)] if pages else [])
    assert pages % SIZE == 0
    counted = "coalesce(sum(pages_seen), 0), coalesce(sum(loaded + updated + unchanged + superseded + rejected), 0)"
    assert rows(engine, f"SELECT {counted} FROM load_runs") == [(pages, pages)]
    if engine.dialect.name == "sqlite":
        assert (rows(engine, "PRAGMA integrity_check"), rows(engine, "PRAGMA foreign_key_check")) == ([("ok",)], [])
    return int(pages) // SIZE


def test_a_loader_killed_again_and_again_ends_with_the_same_content(databases: Databases, database: Engine) -> None:
    whole = databases.current()
    start = time.perf_counter()
    work(whole)
    lasting = time.perf_counter() - start
    expected_engine = open_engine(whole)
    url = database.url.render_as_string(hide_password=False)
    chance, progress, killed = random.Random(11), [0], 0
    for _ in range(KILLS):
        # Early enough that the last kills, too, meet a loader at work.
        killed += not kill_after(chance.uniform(0, 1.5 * lasting / KILLS), work, url)
        progress.append(check_whole(database))
    assert progress == sorted(progress)
    work(url)
    assert check_whole(database) == BATCHES
    assert content(database) == content(expected_engine)
    check(database)
    statuses = dict(rows(database, "SELECT status, count(*) FROM load_runs GROUP BY status"))
    assert statuses == {"interrupted": killed, "succeeded": 1 + KILLS - killed}
    expected_engine.dispose()
