"""How long the documented queries and searches take on a large SQLite database, each against its aim of 100 ms.

    python -m benchmarks.synthetic --articles 100000 --database sqlite:///big.db
    python -m benchmarks.queries big.db [--write]

A query is one of `etl/recipes`, as analysts copy it from the docs; its time is the median of five, the file in the system's
cache. `--write` puts the figures into `figures.json`.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from benchmarks.figures import save
from benchmarks.synthetic import Archive, fill
from etl.load.copies import settle_copies
from etl.load.engine import open_engine, reading, tidy
from etl.load.models import articles as articles_table
from etl.load.queries import ask
from etl.load.schema import ensure_current
from etl.load.search import search
from etl.recipes import PAGES, recipes

AIM = 100  # milliseconds
_ROUNDS = 5
_SLOW = 2.0  # seconds, from which on one round is enough


def measure(database: Path) -> dict[str, Any]:
    """The time of each query, in milliseconds, and of searches."""
    engine = open_engine(f"sqlite:///{database}", must_exist=True)
    ensure_current(engine)
    settle_copies(engine)
    tidy(engine)
    with reading(engine) as connection:
        figures = {
            "articles": connection.execute(select(func.count()).select_from(articles_table)).scalar_one(),
            "queries_ms": _queries(connection),
            "searches_ms": _searches(connection),
        }
    engine.dispose()
    return figures


def on_new_database(folder: Path, *, articles: int) -> dict[str, Any]:
    """The same on a database made for it."""
    database = folder / "queries.db"
    engine = open_engine(f"sqlite:///{database}")
    ensure_current(engine)
    fill(engine, Archive().outcomes(articles))
    engine.dispose()
    return measure(database)


def _queries(connection: Connection) -> dict[str, float]:
    documented = {f"{page}: {recipe.name}": recipe.sql for page in PAGES for recipe in recipes(page)}
    return {name: _median(partial(ask, connection, sql)) for name, sql in documented.items()}


def _searches(connection: Connection) -> dict[str, float]:
    body = connection.execute(select(articles_table.c.body).order_by(articles_table.c.id).limit(1)).scalar_one()
    words = sorted(set(body.replace(".", "").lower().split()), key=lambda word: (-len(word), word))
    rare, second, common = words[0], words[1], max(set(body.lower().split()), key=body.lower().split().count)
    asked = {
        "a rare word": rare,
        "two words": f"{rare} {second}",
        "words near each other": f"{rare} NEAR {second}",
        "the commonest word": common,
    }
    return {name: _median(partial(search, connection, query)) for name, query in asked.items()}


def _median(run: Callable[[], object]) -> float:
    times: list[float] = []
    while len(times) < _ROUNDS and sum(times) < _SLOW:
        started = time.perf_counter()
        run()
        times.append(time.perf_counter() - started)
    return round(1000 * statistics.median(times), 1)


def main() -> None:
    """Measure and print, the slowest first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database", type=Path, help="a SQLite file of benchmarks.synthetic; its schema is brought up to date")
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    figures = measure(args.database)
    for kind in ("queries_ms", "searches_ms"):
        for name, milliseconds in sorted(figures[kind].items(), key=lambda item: -item[1]):
            print(f"{milliseconds:10.1f} ms{' *' if milliseconds > AIM else '  '} {name}")
    if args.write:
        save("queries", figures, "python -m benchmarks.queries big.db --write")


if __name__ == "__main__":
    main()
