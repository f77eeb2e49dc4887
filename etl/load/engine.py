"""The engine for a database URL, and all that differs between SQLite and PostgreSQL when statements run: pragmas, locks, errors.

Nothing here knows a table. Readers use `reading(engine)`, writers `writing(engine)`.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from etl.errors import DatabaseError
from etl.load.types import to_json

BUSY_TIMEOUT = 60.0
"""Seconds to wait for another writer of a SQLite file; a batch takes some hundredths of a second, a migration some seconds."""
_CONNECT_TIMEOUT = 15  # seconds for a PostgreSQL server that does not answer
_WRITING = "news_etl_writing"


def open_engine(url: str, *, must_exist: bool = False) -> Engine:
    """The engine for a database URL; the database has answered once when this returns.

    `sqlite:///news.db` (relative to the current folder), `sqlite:////var/lib/news.db` (absolute), `sqlite://` (in memory),
    `postgresql://user:password@host/name` (psycopg 3). A SQLite file that is not there is created, unless `must_exist`.
    Raises DatabaseError, with what to do about it.

    >>> engine = open_engine("sqlite://")
    >>> engine.dialect.name
    'sqlite'
    """
    address = _parse(url)
    if address.get_backend_name() == "sqlite":
        _check_path(address, must_exist)
    engine = _create(address)
    with database_errors(engine), engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    return engine


@contextlib.contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads. On SQLite it neither waits for a writer nor makes one wait."""
    with database_errors(engine), engine.begin() as connection:
        yield connection


@contextlib.contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that writes: committed as a whole when the block ends, rolled back as a whole when it raises.

    There is one writer at a time. What a batch decides depends on rows it reads first, so SQLite must take its lock before that
    (`BEGIN IMMEDIATE`: a transaction that begins as a reader cannot wait for another writer, it fails at once), and PostgreSQL
    takes an advisory lock, per schema, that is released with the transaction. A batch holds it for some hundredths of a second,
    while transforming its pages takes tens of times as long: so many workers can feed one database before they wait here.
    """
    with database_errors(engine), engine.connect() as connection:
        connection = connection.execution_options(**{_WRITING: True})
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(_LOCK)
            yield connection


_LOCK = text("SELECT pg_advisory_xact_lock(hashtext('news-etl writer'), hashtext(current_schema()))")


def insert_or_change(dialect: str, table: Table) -> Any:
    """An INSERT that can say what happens to a row that is there: `on_conflict_do_update`, of either database."""
    if dialect == "sqlite":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # here: with it come five drivers and asyncio, a tenth of a start

    return postgresql.insert(table)


def tidy(engine: Engine) -> None:
    """After a run: let SQLite renew what it knows of its tables' contents, by which it plans analysts' queries, where that has
    changed much; PostgreSQL does so by itself."""
    if engine.dialect.name == "sqlite":
        with writing(engine) as connection:
            connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
            connection.exec_driver_sql("PRAGMA optimize")


@contextlib.contextmanager
def database_errors(engine: Engine) -> Iterator[None]:
    """Faults of the database itself (not of a value) inside the block become DatabaseError, without statement and parameters."""
    try:
        yield
    except DBAPIError as error:
        if is_fault_of_value(error):
            raise
        raise DatabaseError(shown(engine.url), _explain(error)) from error


def is_fault_of_value(error: DBAPIError) -> bool:
    """Whether a value or row is to blame, so that the same statement with others would do.

    PostgreSQL's classes 22 (data), 23 (integrity) and 54 (program limit: an index entry too long), SQLite's like errors.
    """
    if state := getattr(error.orig, "sqlstate", None):
        return str(state)[:2] in {"22", "23", "54"}
    return isinstance(error.orig, (sqlite3.DataError, sqlite3.IntegrityError)) or type(error.orig).__name__ == "DataError"


def shown(url: URL) -> str:
    """The URL for messages and the ledger: its password hidden."""
    return url.render_as_string(hide_password=True)


def _parse(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        # The text may hold a password; it is not repeated.
        raise DatabaseError("database", "not a database URL; expected sqlite:///FILE or postgresql://USER@HOST/NAME") from None
    backend = address.get_backend_name()
    if backend == "postgres":
        backend = "postgresql"
    if backend == "postgresql" and address.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return address.set(drivername="postgresql+psycopg")
    if address.drivername in {"sqlite", "sqlite+pysqlite"}:
        return address
    raise DatabaseError(
        shown(address), "this kind of database is not supported; use sqlite:///FILE or postgresql://USER@HOST/NAME"
    )


def _check_path(address: URL, must_exist: bool) -> None:
    if not address.database or address.database == ":memory:" or address.database.startswith("file:"):
        return
    path = Path(address.database)
    if path.is_dir():
        raise DatabaseError(shown(address), "this is a folder; name a file in it")
    if not path.parent.is_dir():
        raise DatabaseError(shown(address), f"there is no folder {path.parent}; create it first")
    if must_exist and not path.exists():
        raise DatabaseError(shown(address), "there is no such database; `news-etl load` creates it")


def _create(address: URL) -> Engine:
    options: dict[str, Any] = {"json_serializer": to_json}
    if address.get_backend_name() == "postgresql":
        defaults: dict[str, Any] = {"connect_timeout": _CONNECT_TIMEOUT, "application_name": "news-etl"}
        options["pool_pre_ping"] = True  # a night's run can outlast a restart of the server between two batches
    else:
        defaults = {"timeout": BUSY_TIMEOUT}
    options["connect_args"] = {name: value for name, value in defaults.items() if name not in address.query}
    try:
        engine = create_engine(address, **options)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise DatabaseError(
            shown(address), "PostgreSQL needs the extra `postgresql`: pip install 'news-etl[postgresql]'"
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Pragmas of each new connection. The driver's own transactions are off: it would commit before DDL, and a migration that
    fails half-way would leave its tables behind. `_begin_sqlite` begins them instead."""
    connection.isolation_level = None
    cursor = connection.cursor()
    file = next((row[2] for row in cursor.execute("PRAGMA database_list") if row[1] == "main"), "")
    if not on_network(file):
        _write_ahead(cursor)
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


_PRAGMAS = (
    "foreign_keys = ON",
    "synchronous = FULL",
    "cache_size = -65536",
    "temp_store = MEMORY",
    # Pages, 128 MB: a transaction of a load writes more than SQLite's 1,000, the same ones again and again; into half a million
    # articles each takes an eighth less CPU time than with 8,000.
    "wal_autocheckpoint = 32000",
)


def on_network(file: str, mounts: str | None = None) -> bool:
    """Whether a file lies on a network file system, where SQLite's write-ahead log does not work: its readers and writers share
    memory. `mounts` is the text of Linux' /proc/self/mounts; other systems do not tell."""
    if mounts is None:
        try:
            mounts = Path("/proc/self/mounts").read_text(errors="replace")
        except OSError:
            return False
    places = [line.split()[1:3] for line in mounts.splitlines() if len(line.split()) > 2]
    above = [(len(place), kind) for place, kind in places if Path(file).is_relative_to(place.replace("\\040", " "))]
    return bool(file) and bool(above) and max(above)[1].removeprefix("fuse.") in _NETWORK_FILE_SYSTEMS


_NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "sshfs", "9p", "afs", "ceph", "glusterfs", "lustre", "s3fs"}


def _write_ahead(cursor: sqlite3.Cursor) -> None:
    """Readers go on while a load writes. A file that is read-only keeps the journal that it has. Changing the journal does not
    wait for other processes as statements do: so it is tried again."""
    deadline = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "readonly" in str(error):
                return
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_HINTS = {
    "file is not a database": "the file is not a SQLite database; name another",
    "unable to open database file": "the file cannot be opened; check that you may read and write it and its folder",
    "attempt to write a readonly database": "the file is read-only; check its permissions",
    "database is locked": "another program keeps the database locked; try again when it has finished",
    "database or disk is full": "the disk is full; make room and run again, nothing is lost",
    "disk image is malformed": "the file is damaged; restore a backup, or dump what can be read with `sqlite3 FILE .recover`",
}


def _explain(error: DBAPIError) -> str:
    """The driver's words on one line, after what they mean where that is known. Never the statement: it holds page text."""
    said = " ".join(str(error.orig).split())
    hint = next((hint for words, hint in _HINTS.items() if words in said), None)
    return f"{hint} ({said})" if hint else said
