"""How long the documented queries and searches take on a large database, each against its aim of 100 ms, and what it costs to
keep what they read.

    python -m benchmarks.synthetic --articles 100000 --database sqlite:///big.db
    python -m benchmarks.queries sqlite:///big.db [--postgresql URL] [--write]

A query is one of `etl/recipes`, as analysts copy it from the docs, with a tag and a word of the invented archive in the place of
those of the samples; its time is the median of five, the file in the system's cache. On SQLite it is CPU time, since all is done
in this process; on PostgreSQL wall time. That is left out without the URL of a database that `benchmarks.synthetic` has filled.
`--write` puts the figures into `figures.json`.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select, text

from benchmarks.figures import save
from benchmarks.synthetic import Archive, fill, settle
from etl.load.engine import open_engine, reading, tidy, writing
from etl.load.models import article_tags, summary_queue
from etl.load.models import articles as articles_table
from etl.load.queries import ask
from etl.load.schema import ensure_current
from etl.load.search import search
from etl.load.summaries import settle_summaries
from etl.recipes import PAGES, recipes

AIM = 100  # milliseconds
_ROUNDS = 5
_SLOW = 2.0  # seconds, from which on one round is enough
_CHANGED = 100  # articles of a night that changes few
_COUNTS = ("months", "authors", "tags", "tag_months", "tag_pairs", "articles", "queue")


def measure(url: str, postgresql: str | None = None) -> dict[str, Any]:
    """The time of each query, in milliseconds, and of searches; what counting costs."""
    engine = _opened(url)
    clock = time.process_time if engine.dialect.name == "sqlite" else time.perf_counter
    with reading(engine) as connection:
        figures = {
            "articles": connection.execute(select(func.count()).select_from(articles_table)).scalar_one(),
            "queries_ms": _queries(connection, clock),
            "searches_ms": _searches(connection, clock),
        }
    figures |= {"counting": _counting(engine, clock)}
    engine.dispose()
    return figures | ({"postgresql": measure(postgresql)} if postgresql else {})


def on_new_database(folder: Path, *, articles: int) -> dict[str, Any]:
    """The same on a database made for it."""
    url = f"sqlite:///{folder / 'queries.db'}"
    engine = open_engine(url)
    ensure_current(engine)
    fill(engine, Archive().outcomes(articles))
    engine.dispose()
    return measure(url)


def _opened(url: str) -> Engine:
    """A database as a run leaves it."""
    engine = open_engine(url, must_exist=True)
    ensure_current(engine)
    settle(engine)
    tidy(engine)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # as its own housekeeping does some time after a large load
    return engine


def _queries(connection: Connection, clock: Callable[[], float]) -> dict[str, float]:
    documented = {f"{page}: {recipe.name}": recipe.sql for page in PAGES for recipe in recipes(page)}
    put = _in_this_archive(connection)
    times = {}
    for name, sql in documented.items():
        for printed, here in put.items():
            sql = sql.replace(printed, here)
        times[name] = _median(partial(ask, connection, sql), clock)
    return times


def _in_this_archive(connection: Connection) -> dict[str, str]:
    """What stands for what the queries name of the samples: the commonest tag, a common word, a month that is among the days."""
    commonest = text("SELECT g.name FROM summary_tags s JOIN tags g ON g.id = s.tag_id ORDER BY s.articles DESC, g.id LIMIT 1")
    body = connection.execute(select(articles_table.c.body).order_by(articles_table.c.id).limit(1)).scalar_one()
    tag, word = connection.execute(commonest).scalar(), sorted(body.lower().split(), key=len)[len(body.split()) // 2]
    return {"'Storm'": f"'{tag}'", "%ferry%": f"%{word.strip('.')}%"}


def _searches(connection: Connection, clock: Callable[[], float]) -> dict[str, float]:
    body = connection.execute(select(articles_table.c.body).order_by(articles_table.c.id).limit(1)).scalar_one()
    words = sorted(set(body.replace(".", "").lower().split()), key=lambda word: (-len(word), word))
    rare, second, common = words[0], words[1], max(set(body.lower().split()), key=body.lower().split().count)
    asked = {
        "a rare word": rare,
        "two words": f"{rare} {second}",
        "words near each other": f"{rare} NEAR {second}",
        "the commonest word": common,
    }
    return {name: _median(partial(search, connection, query), clock) for name, query in asked.items()}


def _counting(engine: Engine, clock: Callable[[], float]) -> dict[str, float]:
    """Microseconds an article to count the whole archive anew, milliseconds for a hundred articles of it that have changed."""
    with writing(engine) as connection:
        for name in _COUNTS:
            connection.execute(text(f"DELETE FROM summary_{name}"))
        connection.execute(summary_queue.insert().from_select(["article_id"], select(articles_table.c.id)))
    started = clock()
    counted = settle_summaries(engine)
    whole = clock() - started
    kept = _change(engine, restore=[])
    started = clock()
    settle_summaries(engine)
    few = clock() - started
    _change(engine, restore=kept)
    settle_summaries(engine)
    return {"us_an_article": round(1e6 * whole / counted, 1), "hundred_changed_ms": round(1000 * few, 1)}


def _change(engine: Engine, *, restore: Sequence[Any]) -> Sequence[Any]:
    """Take the last articles' first tags off, or put them back; gives what was taken off."""
    with writing(engine) as connection:
        after = connection.execute(select(func.max(articles_table.c.id))).scalar_one() - _CHANGED
        longer = {"word_count": articles_table.c.word_count + (-1 if restore else 1)}
        connection.execute(articles_table.update().where(articles_table.c.id > after).values(longer))
        if restore:
            connection.execute(article_tags.insert(), [dict(row._mapping) for row in restore])
            return []
        first = (article_tags.c.article_id > after) & (article_tags.c.position == 1)
        taken = connection.execute(select(article_tags).where(first)).all()
        connection.execute(article_tags.delete().where(first))
        return taken


def _median(run: Callable[[], object], clock: Callable[[], float]) -> float:
    times: list[float] = []
    while len(times) < _ROUNDS and sum(times) < _SLOW:
        started = clock()
        run()
        times.append(clock() - started)
    return round(1000 * statistics.median(times), 1)


def main() -> None:
    """Measure and print, the slowest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", help="URL of a SQLite file of benchmarks.synthetic; its schema is brought up to date")
    parser.add_argument("--postgresql", metavar="URL", help="of the same archive on PostgreSQL")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    figures = measure(args.database, args.postgresql)
    for found in (figures, figures.get("postgresql", {})):
        for kind in ("queries_ms", "searches_ms"):
            for name, milliseconds in sorted(found.get(kind, {}).items(), key=lambda item: -item[1]):
                print(f"{milliseconds:10.1f} ms{' *' if milliseconds > AIM else '  '} {name}")
        print(found.get("counting", ""))
    if args.write:
        also = " --postgresql URL" if args.postgresql else ""
        save("queries", figures, f"python -m benchmarks.queries sqlite:///big.db{also} --write")


if __name__ == "__main__":
    main()
