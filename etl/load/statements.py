"""The few forms of SQL that the writer uses, alike on SQLite and PostgreSQL: lookups by sets, upserts of many rows.

SQLAlchemy compiles each once and converts values by the columns' types; what it does besides for every execution and every row
costs as much as the database takes to find or write it, and is left out here.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import ARRAY, Column, Connection, Dialect, Executable, Table, any_, bindparam, func, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import psycopg

from etl.load.engine import to_json
from etl.load.mapping import Row

_AT_ONCE = 512  # values in one IN (…): few enough that a statement for them is quickly prepared


def find(connection: Connection, columns: Sequence[Column[Any]], by: Column[Any], values: Collection[Any]) -> Iterator[Any]:
    """The rows of a table whose column `by` has one of these values; each row has its columns as attributes."""
    listed = list(values)
    for start in range(0, len(listed), _AT_ONCE):
        part = listed[start : start + _AT_ONCE]
        if connection.dialect.name == "postgresql":
            parameters, number = (part,), 1
        else:
            # Few lengths, so that SQLite has few statements to prepare.
            number = 1 << (len(part) - 1).bit_length()
            parameters = tuple(part + part[-1:] * (number - len(part)))
        sql, make, conversions = _lookup(connection.dialect.name, tuple(columns), by, number)
        for found in connection.exec_driver_sql(sql, parameters).cursor.fetchall():
            yield make(_converted(found, conversions))


def add(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert new rows, all with the same columns."""
    if rows:
        _run(connection, _insert, table, rows)


def upsert(connection: Connection, table: Table, rows: Sequence[Row], *, by: str = "id") -> None:
    """Insert rows, or set all their columns where there is one with the same value in a unique column."""
    if rows:
        _run(connection, _upserts(by), table, rows)


def change(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Set columns of existing rows; each row is the same columns and `id`."""
    if rows:
        _run(connection, _update, table, rows)


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

_Conversions: TypeAlias = list[tuple[int, Callable[[Any], Any]]]
"""Which values of a row go through which function."""
_Form: TypeAlias = Callable[[str, Table, tuple[str, ...]], Executable]


def _run(connection: Connection, form: _Form, table: Table, rows: Sequence[Row]) -> None:
    sql, take, conversions = _prepared(connection.dialect.name, form, table, tuple(rows[0]))
    connection.exec_driver_sql(sql, [_converted(take(row), conversions) for row in rows])


def _converted(row: Sequence[Any], conversions: _Conversions) -> tuple[Any, ...]:
    values = list(row)
    for index, convert in conversions:
        if values[index] is not None:
            values[index] = convert(values[index])
    return tuple(values)


@cache
def _lookup(
    dialect_name: str, columns: tuple[Column[Any], ...], by: Column[Any], number: int
) -> tuple[str, Callable[[Any], Any], _Conversions]:
    dialect = _DIALECTS[dialect_name]()
    if dialect_name == "postgresql":
        wanted = by == any_(bindparam("values", type_=ARRAY(by.type)))
    else:
        wanted = by.in_([bindparam(f"value{index}") for index in range(number)])
    processors = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
    found = namedtuple("Found", [column.name for column in columns])  # type: ignore[misc]  # its columns vary
    return str(select(*columns).where(wanted).compile(dialect=dialect)), found._make, _listed(processors)


@cache
def _prepared(
    dialect_name: str, form: _Form, table: Table, names: tuple[str, ...]
) -> tuple[str, Callable[[Row], Sequence[Any]], _Conversions]:
    dialect = _DIALECTS[dialect_name]()
    compiled: Any = form(dialect_name, table, names).compile(dialect=dialect, column_keys=list(names))  # type: ignore[attr-defined]
    order = [_ROW_ID.get(name, name) for name in compiled.positiontup]
    processors = [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in order]
    return str(compiled), itemgetter(*order), _listed(processors)


def _listed(processors: Sequence[Callable[[Any], Any] | None]) -> _Conversions:
    return [(index, processor) for index, processor in enumerate(processors) if processor]


def _insert(_dialect: str, table: Table, _names: tuple[str, ...]) -> Executable:
    return table.insert()


@cache
def _upserts(by: str) -> _Form:
    def upserting(dialect: str, table: Table, names: tuple[str, ...]) -> Executable:
        statement = (sqlite if dialect == "sqlite" else postgresql).insert(table)
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
    return psycopg.dialect(paramstyle="format", json_serializer=to_json)  # type: ignore[no-untyped-call]


_DIALECTS: dict[str, Callable[[], Dialect]] = {"sqlite": _sqlite, "postgresql": _postgresql}
