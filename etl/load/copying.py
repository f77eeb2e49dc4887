"""Many rows into PostgreSQL at once: by COPY; what is there already by COPY into a temporary table and a merge from it.

Knows no table and converts no value: rows come as the driver takes them. SQL is made of names of the models only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

COPIED = 8
"""Rows from which on it costs less than a statement for each."""


def can_merge(connection: Connection) -> bool:
    """Whether the user may make temporary tables: a server can be set so that not everybody may."""
    if _MAY not in connection.info:
        connection.info[_MAY] = connection.execute(_ASK).scalar_one()
    return bool(connection.info[_MAY])


_MAY = "news_etl_may_merge"
_ASK = text("SELECT has_database_privilege(current_database(), 'TEMPORARY')")


def copy_into(connection: Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Add rows to a table. Raises DBAPIError, as other statements do."""
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({_listed(names)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    except Exception as error:
        raise _as_of_statement(connection, table, error) from error


def upsert_by_copy(connection: Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]], by: str) -> None:
    """Add rows, or set all their columns where there is one with the same value in a unique column; in the order of the rows."""
    new = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != by)
    incoming, listed = _incoming(connection, table, names, rows), _listed(names)
    connection.exec_driver_sql(
        f'INSERT INTO {table} ({listed}) SELECT {listed} FROM {incoming} ON CONFLICT ("{by}") DO UPDATE SET {new}'  # noqa: S608
    )


def change_by_copy(connection: Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Set columns of existing rows, which `id` tells."""
    new = ", ".join(f'"{name}" = i."{name}"' for name in names if name != "id")
    incoming = _incoming(connection, table, names, rows)
    connection.exec_driver_sql(f"UPDATE {table} t SET {new} FROM {incoming} i WHERE t.id = i.id")  # noqa: S608


def _incoming(connection: Connection, table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """The name of a temporary table that holds the rows. It goes with the transaction: one that stayed would be in the way of the
    next version's columns where a pool hands the server's sessions around."""
    incoming = f"incoming_{table}"
    connection.exec_driver_sql(
        f"CREATE TEMPORARY TABLE IF NOT EXISTS {incoming} ON COMMIT DROP AS SELECT * FROM {table} WITH NO DATA"  # noqa: S608
    )
    connection.exec_driver_sql(f"TRUNCATE {incoming}")  # of an earlier merge of the same transaction
    copy_into(connection, incoming, names, rows)
    return incoming


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _as_of_statement(connection: Connection, table: str, error: Exception) -> Exception:
    """The driver's error as SQLAlchemy would raise it; others (of a value's conversion) as they are."""
    driver_errors: Any = connection.dialect.loaded_dbapi
    if not isinstance(error, driver_errors.Error):
        return error
    lost = connection.dialect.is_disconnect(error, connection.connection, None)
    if lost:
        connection.invalidate(error)
    made: Any = DBAPIError.instance(
        f"COPY {table}", None, error, driver_errors.Error, connection_invalidated=lost, dialect=connection.dialect
    )
    return made  # type: ignore[no-any-return]
