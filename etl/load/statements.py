"""The few forms of SQL that the writer uses, alike on SQLite and PostgreSQL: lookups by sets, upserts of many rows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Connection, Insert, Select, Table, Update, bindparam, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Row as Found

from etl.load.mapping import Row

_AT_ONCE = 500  # values in one IN (…): older SQLites take 999 parameters


def find(connection: Connection, query: Select[Any], column: Column[Any], values: Collection[Any]) -> Iterator[Found[Any]]:
    """The rows of a query whose column has one of these values."""
    listed = list(values)
    for start in range(0, len(listed), _AT_ONCE):
        yield from connection.execute(query.where(column.in_(listed[start : start + _AT_ONCE])))


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert new rows."""
    if rows:
        connection.execute(table.insert(), rows)


def upsert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, or set all their columns where there is one with this `id`."""
    if rows:
        connection.execute(_upsert(connection.dialect.name, table, tuple(rows[0])), rows)


def change(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Set columns of existing rows; each row is the same columns and `id`."""
    if rows:
        names = tuple(name for name in rows[0] if name != "id")
        connection.execute(_update(table, names), [row | {"row_id": row["id"]} for row in rows])


def change_where(connection: Connection, table: Table, column: Column[Any], values: Collection[Any], **new: Any) -> None:
    """Set columns of the rows whose column has one of these values."""
    listed = list(values)
    for start in range(0, len(listed), _AT_ONCE):
        connection.execute(table.update().where(column.in_(listed[start : start + _AT_ONCE])).values(**new))


def remove(connection: Connection, table: Table, column: Column[Any], values: Collection[Any]) -> None:
    """Delete the rows whose column has one of these values."""
    listed = list(values)
    for start in range(0, len(listed), _AT_ONCE):
        connection.execute(table.delete().where(column.in_(listed[start : start + _AT_ONCE])))


def draw_ids(connection: Connection, table: Table, number: int) -> Iterator[int]:
    """Numbers for new rows. All are drawn before the first row is written: so that rows which refer to each other are complete
    when they are written. Only a transaction that holds the writer's lock may draw, and once per table."""
    if not number:
        return iter(())
    if connection.dialect.name == "postgresql":
        return iter(connection.execute(_NEXT, {"table": table.name, "number": number}).scalars().all())
    newest = connection.execute(select(func.coalesce(func.max(table.c.id), 0))).scalar_one()
    return iter(range(newest + 1, newest + 1 + number))


_NEXT = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :number)")


@cache
def _upsert(dialect: str, table: Table, names: tuple[str, ...]) -> Insert:
    statement = (sqlite if dialect == "sqlite" else postgresql).insert(table)
    new = {name: statement.excluded[name] for name in names if name != "id"}
    upserting: Insert = statement.on_conflict_do_update(index_elements=[table.c.id], set_=new)
    return upserting


@cache
def _update(table: Table, names: tuple[str, ...]) -> Update:
    return update(table).where(table.c.id == bindparam("row_id")).values({name: bindparam(name) for name in names})
