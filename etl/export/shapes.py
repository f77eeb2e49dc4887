"""The shape of an exported table or view: its columns with their kinds and descriptions, its keys.

Tables are described by their models; of a view the database is asked. Knows no file format.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Column, Connection, Dialect, FromClause, Table, column, func, inspect, select, table, types
from sqlalchemy.types import TypeDecorator, TypeEngine

from etl.load.dictionary import TABLES
from etl.load.types import Json, SafeText, UtcDateTime
from etl.recipes import recipes


class Kind(enum.StrEnum):
    """What a column holds, whatever database and file format it is in."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    INSTANT = "instant"
    """UTC."""
    LOCAL = "local"
    """Date and time as a clock on the wall shows them, without a zone."""
    DAY = "day"
    DIGEST = "digest"
    """Bytes."""
    JSON = "json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A column."""

    name: str
    kind: Kind
    required: bool
    """Never NULL."""
    description: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """A foreign key."""

    field: str
    table: str
    """The table that it leads to."""
    to: str
    """The column there."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A table or view."""

    name: str
    description: str
    fields: Sequence[Field]
    source: FromClause
    """What to select from, its columns typed."""
    primary_key: Sequence[str] = ()
    references: Sequence[Reference] = ()
    is_view: bool = False

    @cached_property
    def day_index(self) -> int | None:
        """The place of `published_date` in the table of articles, by which it is parted into months."""
        names = [field.name for field in self.fields]
        return names.index("published_date") if self.name == "articles" else None

    def month_of(self, row: Sequence[Any]) -> str | None:
        """`2024-05`; None for an article without a date."""
        day: dt.date | None = row[self.day_index or 0]
        return f"{day:%Y-%m}" if day else None


def every_table() -> list[Shape]:
    """All tables: content, then the ledger."""
    return [table_shape(model) for model in TABLES]


def table_shape(model: Table) -> Shape:
    """The shape of one of the models' tables."""
    fields = [_field(column) for column in model.columns]
    references = [
        Reference(field=column.name, table=key.column.table.name, to=key.column.name)
        for column in model.columns
        for key in column.foreign_keys
    ]
    return Shape(
        name=model.name,
        description=model.comment or "",
        fields=fields,
        source=model,
        primary_key=[column.name for column in model.primary_key],
        references=references,
    )


def view_names(connection: Connection) -> list[str]:
    """The views that the migrations made."""
    return sorted(inspect(connection).get_view_names())


def view_shape(connection: Connection, name: str) -> Shape:
    """The shape of a view. SQLite does not know the types of a view's columns: they are told by their names, which mean the same
    everywhere, and by their values."""
    names = [(found["name"], found["type"]) for found in inspect(connection).get_columns(name)]
    kinds = {each: _of_name(each) or _of_type(found) for each, found in names}
    unknown = [each for each, kind in kinds.items() if kind is None]
    if unknown and connection.dialect.name == "sqlite":
        kinds |= _of_values(connection, name, unknown)
    fields = [Field(name=each, kind=kind or Kind.TEXT, required=False, description="") for each, kind in kinds.items()]
    note = next((recipe.note for recipe in recipes("views") if recipe.name == name), "")
    source = table(name, *(column(field.name, _TYPES[field.kind]) for field in fields))
    return Shape(name=name, description=note, fields=fields, source=source, is_view=True)


def _field(found: Column[Any]) -> Field:
    kind = _KINDS[type(found.type).__name__]
    return Field(name=found.name, kind=kind, required=not found.nullable, description=found.comment or "")


_KINDS = {
    "SafeText": Kind.TEXT,
    "Integer": Kind.INTEGER,
    "BigInteger": Kind.INTEGER,
    "Float": Kind.NUMBER,
    "Double": Kind.NUMBER,
    "Boolean": Kind.BOOLEAN,
    "UtcDateTime": Kind.INSTANT,
    "Date": Kind.DAY,
    "LargeBinary": Kind.DIGEST,
    "Json": Kind.JSON,
}

# As databases name the types of a view's columns.
_KIND_OF_TYPE = {
    "INTEGER": Kind.INTEGER,
    "BIGINT": Kind.INTEGER,
    "SMALLINT": Kind.INTEGER,
    "REAL": Kind.NUMBER,
    "FLOAT": Kind.NUMBER,
    "DOUBLE": Kind.NUMBER,
    "DOUBLE_PRECISION": Kind.NUMBER,
    "NUMERIC": Kind.NUMBER,
    "BOOLEAN": Kind.BOOLEAN,
    "DATE": Kind.DAY,
    "TEXT": Kind.TEXT,
    "VARCHAR": Kind.TEXT,
    "JSONB": Kind.JSON,
}


def _of_name(name: str) -> Kind | None:
    if name.endswith("_at"):
        return Kind.INSTANT
    if name.endswith("_local"):
        return Kind.LOCAL
    if name.endswith(("_date", "_day")):
        return Kind.DAY
    return None


def _of_type(found: TypeEngine[Any]) -> Kind | None:
    if isinstance(found, types.TIMESTAMP):
        return Kind.INSTANT if found.timezone else Kind.LOCAL
    return _KIND_OF_TYPE.get(type(found).__name__)


def _of_values(connection: Connection, view: str, names: Iterable[str]) -> dict[str, Kind]:
    """By the types of the values that a SQLite view gives."""
    names = list(names)
    source = table(view, *(column(name) for name in names))
    seen = [func.group_concat(func.typeof(source.c[name]).distinct()) for name in names]
    found = connection.execute(select(*seen)).one()
    return {name: _narrowest(set((types or "").split(","))) for name, types in zip(names, found, strict=True)}


def _narrowest(seen: set[str]) -> Kind:
    if "text" in seen or not seen & {"integer", "real"}:
        return Kind.TEXT
    return Kind.NUMBER if "real" in seen else Kind.INTEGER


class _Local(TypeDecorator[dt.datetime]):
    """A time without a zone: text on SQLite, `timestamp` on PostgreSQL."""

    impl = types.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """As the driver gives it."""
        return dialect.type_descriptor(types.Text() if dialect.name == "sqlite" else types.DateTime())

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """A datetime without a zone."""
        return dt.datetime.fromisoformat(value) if isinstance(value, str) else value


_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.TEXT: SafeText(),
    Kind.INTEGER: types.BigInteger(),
    Kind.NUMBER: types.Double(),
    Kind.BOOLEAN: types.Boolean(),
    Kind.INSTANT: UtcDateTime(),
    Kind.LOCAL: _Local(),
    Kind.DAY: types.Date(),
    Kind.DIGEST: types.LargeBinary(),
    Kind.JSON: Json(),
}
