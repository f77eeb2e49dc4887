"""One contender of the database benchmark, as a process of its own: `database_contenders.py NAME URL FOLDER [LOADED]`.

Prints its CPU and wall milliseconds as JSON. `sqlite_utils` and `dlt` run in the peers' environment: imports stand in functions.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_CHILDREN = ("authors", "tags", "related_links", "images")
_INDEXED = {"authors": "name", "tags": "name", "related_links": "url"}
_ROWS = [
    "load_runs",
    "publishers",
    "authors",
    "tags",
    "articles",
    "pages",
    "article_revisions",
    "known_pages",
    "article_authors",
    "article_tags",
    "related_links",
    "images",
]
"""What refers to a row comes after it."""


def news_etl(url: str, folder: Path) -> Callable[[], None]:
    """The writer, in batches as large as the job's."""
    from etl.load.engine import open_engine
    from etl.load.ledger import Ledger
    from etl.load.schema import ensure_current
    from etl.load.writer import Writer

    articles = pickle.loads((folder / "articles.pickle").read_bytes())
    engine = open_engine(url)
    ensure_current(engine)
    writer = Writer(engine, Ledger(engine).begin(version="b", command="b", host="b", pid=0), "b")

    def load() -> None:
        for start in range(0, len(articles), 128):
            writer.write(articles[start : start + 128])

    return load


def raw(url: str, _folder: Path, loaded: str) -> Callable[[], None]:
    """The rows that the writer made in the database `loaded`, by the driver: `executemany`, or `COPY`; in one transaction."""
    from etl.load.engine import open_engine
    from etl.load.schema import ensure_current

    engine = open_engine(url)
    ensure_current(engine)
    connection: Any = engine.raw_connection().driver_connection
    source: Any = open_engine(loaded).raw_connection().driver_connection
    tables = {}
    for table in _ROWS:
        cursor = source.execute(f"SELECT * FROM {table} ORDER BY 1")
        tables[table] = ([column[0] for column in cursor.description], [tuple(map(_bound, row)) for row in cursor])
    return lambda: (_by_executemany if engine.dialect.name == "sqlite" else _by_copy)(connection, tables)


def _bound(value: Any) -> Any:
    """JSON that psycopg reads as an object goes back as its text."""
    return json.dumps(value) if isinstance(value, dict) else value


def _by_executemany(connection: Any, tables: dict[str, tuple[list[str], list[Any]]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for table, (columns, rows) in tables.items():
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
    connection.execute("COMMIT")


def _by_copy(connection: Any, tables: dict[str, tuple[list[str], list[Any]]]) -> None:
    with connection.cursor() as cursor:
        for table, (columns, rows) in tables.items():
            names = ", ".join(f'"{name}"' for name in columns)
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
    connection.commit()


def sqlite_utils(url: str, folder: Path) -> Callable[[], None]:
    """sqlite-utils: upserts by key, rows of children, full-text search kept by triggers, indexes on the columns that ours has
    them on; authors and tags are not numbered."""
    import sqlite_utils as library

    records = _records(folder)
    database = library.Database(url.removeprefix("sqlite:///"))

    def load() -> None:
        children: dict[str, list[dict[str, Any]]] = {name: [] for name in _CHILDREN}
        for record in records:
            for name in _CHILDREN:
                positions = enumerate(record.pop(name), 1)
                children[name] += [{"article": record["key"], "position": number, **row} for number, row in positions]
        database["articles"].insert(dict.fromkeys(records[0], "") | {"word_count": 0}, pk="key")
        for columns in (["url"], ["published_at"], ["published_date", "publisher"], ["publisher", "published_date"]):
            database["articles"].create_index(columns)
        database["articles"].enable_fts(["title", "subtitle", "body"], create_triggers=True)
        database["articles"].upsert_all(records, pk="key")
        for name, rows in children.items():
            texts = dict.fromkeys(rows[0].keys() - {"article", "position"}, str)
            key: dict[str, Any] = {"pk": ("article", "position"), "foreign_keys": [("article", "articles", "key")]}
            database[name].create({"article": str, "position": int, **texts}, **key)
            if name in _INDEXED:
                database[name].create_index([_INDEXED[name]])
            database[name].upsert_all(rows, pk=("article", "position"))

    return load


def dlt(url: str, folder: Path) -> Callable[[], None]:
    """dlt: merge by key; it makes the tables of children itself."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    import dlt as library

    records = _records(folder)
    if url.startswith("sqlite"):
        destination = library.destinations.sqlalchemy(url)
    else:
        # dlt asks for a host; where the server's is the folder of its socket, the query says so and counts.
        address = url.replace("postgresql+psycopg", "postgresql").replace(":@/", ":none@localhost/")
        destination = library.destinations.postgres(address)
    pipeline = library.pipeline(
        "benchmark",
        destination=destination,
        dataset_name="main" if url.startswith("sqlite") else "news",
        pipelines_dir=str(folder / f"dlt-{os.getpid()}"),
    )
    return lambda: pipeline.run(records, table_name="articles", write_disposition="merge", primary_key="key")


def _records(folder: Path) -> list[dict[str, Any]]:
    with (folder / "articles.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


CONTENDERS: dict[str, Callable[..., Callable[[], None]]] = {f.__name__: f for f in (news_etl, raw, sqlite_utils, dlt)}


def main() -> None:
    """Load with one contender."""
    name, url, folder, *more = sys.argv[1:]
    gc.set_threshold(50_000)  # as the job sets it (`etl.workers`): for all contenders
    load = CONTENDERS[name](url, Path(folder), *more)
    cpu, wall = time.process_time(), time.perf_counter()
    load()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(json.dumps({"cpu_ms": 1000 * cpu, "wall_ms": 1000 * wall}))


if __name__ == "__main__":
    main()
