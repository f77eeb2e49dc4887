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
from functools import partial
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
    """The writer, in batches as large as the job's, and the full-text index as the job keeps it: to its end."""
    from etl.load.engine import open_engine
    from etl.load.ledger import Ledger
    from etl.load.schema import ensure_current
    from etl.load.search_index import SearchIndexer
    from etl.load.writer import Writer

    articles = pickle.loads((folder / "articles.pickle").read_bytes())
    engine = open_engine(url)
    ensure_current(engine)
    writer = Writer(engine, Ledger(engine).begin(version="b", command="b", host="b", pid=0), "b")
    indexer = SearchIndexer(engine)

    def load() -> None:
        for start in range(0, len(articles), 128):
            writer.write(articles[start : start + 128])
            indexer.wake()
        indexer.finish()

    return load


def raw(url: str, _folder: Path, loaded: str) -> Callable[[], None]:
    """The rows that the writer made in the database `loaded`, by the driver: `executemany`, or `COPY`; in one transaction. On
    PostgreSQL the full-text index is then made as ours is, by the same session."""
    from etl.load.engine import open_engine
    from etl.load.schema import ensure_current
    from etl.load.search_index import settle_search

    engine = open_engine(url)
    ensure_current(engine)
    connection: Any = engine.raw_connection().driver_connection
    source: Any = open_engine(loaded).raw_connection().driver_connection
    tables = {}
    for table in _ROWS:
        cursor = source.execute(f"SELECT * FROM {table} ORDER BY 1")
        tables[table] = ([column[0] for column in cursor.description], [tuple(map(_bound, row)) for row in cursor])

    def load() -> None:
        (_by_executemany if engine.dialect.name == "sqlite" else _by_copy)(connection, tables)
        settle_search(engine)

    return load


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
    """dlt: merge by key; it makes the tables of children itself. As for ours, the tables are made before, by a few records."""
    records, pipeline = _records(folder), _pipeline(url, folder)
    load = partial(pipeline.run, table_name="articles", write_disposition="merge", primary_key="key")
    load(_records(folder)[:20])
    return lambda: load(records)


def dlt_indexed(url: str, folder: Path) -> Callable[[], None]:
    """dlt, its tables with indexes on the columns that ours has them on, and with a full-text index: on PostgreSQL of the same
    documents as ours, for which `url` is a database with our schema beside, on SQLite an FTS5 table kept by triggers."""
    load = dlt(url, folder)
    statements = _DLT_SQLITE if url.startswith("sqlite") else _DLT_POSTGRESQL
    with _pipeline(url, folder).sql_client() as client:
        for statement in (*statements, *_DLT_INDEXES):
            client.execute_sql(statement)
    return load


_DLT_INDEXES = (
    "CREATE INDEX articles_url ON articles (url)",
    "CREATE INDEX articles_published_at ON articles (published_at)",
    "CREATE INDEX articles_day ON articles (published_date, publisher)",
    "CREATE INDEX articles_publisher ON articles (publisher, published_date)",
    *(f"CREATE INDEX {table}_{column} ON articles__{table} ({column})" for table, column in _INDEXED.items()),
)
_DLT_POSTGRESQL = (
    "ALTER TABLE articles ADD COLUMN document tsvector"
    " GENERATED ALWAYS AS (public.article_search_document(language, title, subtitle, body)) STORED",
    "CREATE INDEX articles_document ON articles USING gin (document)",
)
_DLT_SQLITE = (
    "CREATE VIRTUAL TABLE article_search USING fts5(title, subtitle, body, content='articles')",
    """CREATE TRIGGER article_search_insert AFTER INSERT ON articles BEGIN
           INSERT INTO article_search(rowid, title, subtitle, body) VALUES (new.rowid, new.title, new.subtitle, new.body);
       END""",
    """CREATE TRIGGER article_search_delete AFTER DELETE ON articles BEGIN
           INSERT INTO article_search(article_search, rowid, title, subtitle, body)
           VALUES ('delete', old.rowid, old.title, old.subtitle, old.body);
       END""",
    "INSERT INTO article_search(article_search) VALUES ('rebuild')",
)


def _pipeline(url: str, folder: Path) -> Any:
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    import dlt as library

    if url.startswith("sqlite"):
        destination = library.destinations.sqlalchemy(url)
    else:
        # dlt asks for a host; where the server's is the folder of its socket, the query says so and counts.
        address = url.replace("postgresql+psycopg", "postgresql").replace(":@/", ":none@localhost/")
        destination = library.destinations.postgres(address)
    return library.pipeline(
        "benchmark",
        destination=destination,
        dataset_name="main" if url.startswith("sqlite") else "news",
        pipelines_dir=str(folder / f"dlt-{os.getpid()}"),
    )


def _records(folder: Path) -> list[dict[str, Any]]:
    with (folder / "articles.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


CONTENDERS: dict[str, Callable[..., Callable[[], None]]] = {
    f.__name__: f for f in (news_etl, raw, sqlite_utils, dlt, dlt_indexed)
}


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
