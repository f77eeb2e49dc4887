"""The few forms of SQL that the writer uses, alike on SQLite and PostgreSQL: lookups by sets, upserts of many rows.

SQLAlchemy compiles each once and converts values by the columns' types; what it does besides for every execution and every row
costs as much as the database takes to find or write it, and is left out here. Many rows go to PostgreSQL by COPY (`copying`), to
SQLite by one prepared statement.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    Column,
    Connection,
    Delete,
    Dialect,
    Double,
    Executable,
    Select,
    Table,
    any_,
    bindparam,
    select,
    update,
)
from sqlalchemy.dialects import sqlite
from sqlalchemy.types import NullType

from etl.load.copying import COPIED, can_merge, change_by_copy, copy_into, upsert_by_copy
from etl.load.engine import insert_or_change
from etl.load.mapping import Row
from etl.load.types import SafeText, safe, to_json

_AT_ONCE = 512  # values in one IN (…): few enough that a statement for them is quickly prepared


def find(connection: Connection, columns: Sequence[Column[Any]], by: Column[Any], values: Collection[Any]) -> Iterator[Any]:
    """The rows of a table whose column `by` has one of these values; each row has its columns as attributes."""
    sql, make, conversions = _lookup(connection.dialect.name, tuple(columns), by)
    for parameters, marks in _parts(connection, values):
        found = connection.exec_driver_sql(sql + marks, parameters).cursor.fetchall()
        yield from map(make, _converted(found, conversions))


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert new rows, all with the same columns."""
    if len(rows) >= COPIED and connection.dialect.name == "postgresql":
        copy_into(connection, table.name, tuple(rows[0]), _values(table, rows))
    elif rows:
        _run(connection, _insert, table, rows)


def upsert(connection: Connection, table: Table, rows: Sequence[Row], *, by: str = "id") -> None:
    """Insert rows, or set all their columns where there is one with the same value in a unique column."""
    if _is_merged(connection, rows):
        upsert_by_copy(connection, table.name, tuple(rows[0]), _values(table, rows), by)
    elif rows:
        _run(connection, _upserts(by), table, rows)


def change(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Set columns of existing rows; each row is the same columns and `id`."""
    if _is_merged(connection, rows):
        change_by_copy(connection, table.name, tuple(rows[0]), _values(table, rows))
    elif rows:
        _run(connection, _update, table, rows)


def remove(connection: Connection, table: Table, column: Column[Any], values: Collection[Any]) -> None:
    """Delete the rows whose column has one of these values."""
    sql = _removal(connection.dialect.name, table, column)
    for parameters, marks in _parts(connection, values):
        connection.exec_driver_sql(sql + marks, parameters)


def draw_ids(connection: Connection, table: Table, number: int) -> Iterator[int]:
    """Numbers for new rows. All are drawn before the first row is written: so that rows which refer to each other are complete
    when they are written. Only a transaction that holds the writer's lock may draw, and once per table."""
    if not number:
        return iter(())
    if connection.dialect.name == "postgresql":
        return iter([drawn for (drawn,) in connection.exec_driver_sql(_NEXT, (table.name, number)).cursor.fetchall()])
    ((newest,),) = connection.exec_driver_sql(f"SELECT coalesce(max(id), 0) FROM {table.name}").cursor.fetchall()  # noqa: S608
    return iter(range(newest + 1, newest + 1 + number))


_NEXT = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"


def _parts(connection: Connection, values: Collection[Any]) -> Iterator[tuple[tuple[Any, ...], str]]:
    """The values as parameters of statements, and the marks for them at the end of each statement."""
    listed = list(values)
    for start in range(0, len(listed), _AT_ONCE):
        part = listed[start : start + _AT_ONCE]
        if connection.dialect.name == "postgresql":
            yield (part,), ""
        else:
            # Few lengths, so that SQLite has few statements to prepare.
            number = 1 << (len(part) - 1).bit_length()
            yield tuple(part + part[-1:] * (number - len(part))), f"({', '.join('?' * number)})"


def _is_merged(connection: Connection, rows: Sequence[Row]) -> bool:
    return len(rows) >= COPIED and connection.dialect.name == "postgresql" and can_merge(connection)


@dataclass(frozen=True, slots=True)
class _Conversions:
    """What becomes of a table's columns on their way to the database or from it."""

    texts: tuple[int, ...]
    others: tuple[tuple[int, Callable[[Any], Any]], ...]


_Form: TypeAlias = Callable[[str, Table, tuple[str, ...]], Executable]


def _run(connection: Connection, form: _Form, table: Table, rows: Sequence[Row]) -> None:
    sql, take, conversions = _prepared(connection.dialect.name, form, table, tuple(rows[0]))
    connection.exec_driver_sql(sql, _converted(map(take, rows), conversions))


def _values(table: Table, rows: Sequence[Row]) -> Iterable[tuple[Any, ...]]:
    take, conversions = _taking("postgresql", table, tuple(rows[0]))
    return _converted(map(take, rows), conversions)


def _converted(rows: Iterable[tuple[Any, ...]], conversions: _Conversions) -> list[tuple[Any, ...]]:
    """The rows with their values converted. Column by column: a look at each value of each row would cost more than all else."""
    taken = [*rows]
    columns: list[Sequence[Any]] = [*zip(*taken, strict=True)]
    if not columns:
        return []
    changed = bool(conversions.others)
    for index in conversions.texts:
        texts = "".join(filter(None, columns[index]))
        if safe(texts) is not texts:
            columns[index], changed = [value if value is None else safe(value) for value in columns[index]], True
    for index, convert in conversions.others:
        columns[index] = [value if value is None else convert(value) for value in columns[index]]
    return [*zip(*columns, strict=True)] if changed else taken


@cache
def _lookup(
    dialect_name: str, columns: tuple[Column[Any], ...], by: Column[Any]
) -> tuple[str, Callable[[Any], Any], _Conversions]:
    dialect = _DIALECTS[dialect_name]()
    # Of numbers psycopg's dialect would know which kind they are; drivers give them as they should be.
    converted = [column.type if not isinstance(column.type, Double) else NullType() for column in columns]
    processors = [kind.dialect_impl(dialect).result_processor(dialect, None) for kind in converted]
    found = namedtuple("Found", [column.name for column in columns])  # type: ignore[misc]  # its columns vary
    conversions = _Conversions((), tuple((index, processor) for index, processor in enumerate(processors) if processor))
    return _for_some(dialect_name, select(*columns), by), found._make, conversions


@cache
def _removal(dialect_name: str, table: Table, column: Column[Any]) -> str:
    return _for_some(dialect_name, table.delete(), column)


def _for_some(dialect_name: str, statement: Select[Any] | Delete, column: Column[Any]) -> str:
    """The statement for the rows whose column has one of some values. SQLite takes a mark for each, which SQLAlchemy needs ten
    milliseconds to compile for some hundreds, for each number of them anew: they are added to the text."""
    some = any_(bindparam("values", type_=ARRAY(column.type)))
    wanted = column == some if dialect_name == "postgresql" else column.is_(None)
    made = str(statement.where(wanted).compile(dialect=_DIALECTS[dialect_name]()))
    return made if dialect_name == "postgresql" else made.removesuffix("IS NULL") + "IN "


@cache
def _prepared(
    dialect_name: str, form: _Form, table: Table, names: tuple[str, ...]
) -> tuple[str, Callable[[Row], tuple[Any, ...]], _Conversions]:
    dialect = _DIALECTS[dialect_name]()
    keys = [name for name in names if name != "id"] if form is _update else list(names)
    compiled: Any = form(dialect_name, table, names).compile(dialect=dialect, column_keys=keys)  # type: ignore[attr-defined]
    order = tuple(_ROW_ID.get(name, name) for name in compiled.positiontup)
    return str(compiled), *_taking(dialect_name, table, order)


@cache
def _taking(dialect_name: str, table: Table, names: tuple[str, ...]) -> tuple[Callable[[Row], tuple[Any, ...]], _Conversions]:
    """How to take a row's values in the order of these columns, and what to make of them."""
    dialect = _DIALECTS[dialect_name]()
    texts, others = [], []
    for index, name in enumerate(names):
        kind = table.c[name].type
        if isinstance(kind, SafeText):
            texts.append(index)
        elif processor := kind.dialect_impl(dialect).bind_processor(dialect):
            others.append((index, processor))
    return itemgetter(*names), _Conversions(tuple(texts), tuple(others))


def _insert(_dialect: str, table: Table, _names: tuple[str, ...]) -> Executable:
    return table.insert()


@cache
def _upserts(by: str) -> _Form:
    def upserting(dialect: str, table: Table, names: tuple[str, ...]) -> Executable:
        statement = insert_or_change(dialect, table)
        new = {name: statement.excluded[name] for name in names if name != by}
        made: Executable = statement.on_conflict_do_update(index_elements=[table.c[by]], set_=new)
        return made

    return upserting


def _update(_dialect: str, table: Table, names: tuple[str, ...]) -> Executable:
    new: dict[str, Any] = {name: bindparam(name) for name in names if name != "id"}
    return update(table).where(table.c.id == bindparam("row_id")).values(new)


_ROW_ID = {"row_id": "id"}  # the value of `id` in a WHERE: SQLAlchemy keeps the column's name for the one in SET


@cache
def _sqlite() -> Dialect:
    return sqlite.dialect(json_serializer=to_json)


@cache
def _postgresql() -> Dialect:
    from sqlalchemy.dialects.postgresql import psycopg

    return psycopg.dialect(paramstyle="format", json_serializer=to_json)  # type: ignore[no-untyped-call]


_DIALECTS: dict[str, Callable[[], Dialect]] = {"sqlite": _sqlite, "postgresql": _postgresql}
