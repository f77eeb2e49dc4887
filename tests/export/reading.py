"""Reads exported files back into rows as the database gives them."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from etl.export.formats.csv import unguarded
from etl.export.options import Compression, FormatName
from etl.export.shapes import Kind, table_shape
from etl.load.engine import open_engine, reading
from etl.load.models import metadata

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Rows = list[dict[str, Any]]


def stored(url: str, name: str) -> Rows:
    """The rows of a table, in the order of its key."""
    table = metadata.tables[name]
    engine = open_engine(url)
    with reading(engine) as connection:
        rows = [dict(row._mapping) for row in connection.execute(select(table).order_by(*table.primary_key))]
    engine.dispose()
    return rows


def exported(folder: Path, name: str, form: FormatName, compression: Compression = Compression.NONE) -> Rows:
    """The rows of an exported table, in the order of its key."""
    if form is FormatName.PARQUET:
        return _in_order(_parquet(folder, name), name)
    data = (folder / f"{name}.{form.value}{compression.suffix}").read_bytes()
    unpack: dict[Compression, Callable[[bytes], bytes]] = {
        Compression.NONE: bytes,
        Compression.GZIP: gzip.decompress,
        Compression.ZSTD: zstd.decompress,
    }
    text = unpack[compression](data).decode()
    return _csv(text, name) if form is FormatName.CSV else _jsonl(text, name)


def _in_order(rows: Rows, name: str) -> Rows:
    key = [column.name for column in metadata.tables[name].primary_key]
    return sorted(rows, key=lambda row: [row[column] for column in key])


def _parquet(folder: Path, name: str) -> Rows:
    import pyarrow.parquet as pq

    paths = [folder / f"{name}.parquet"] if (folder / f"{name}.parquet").is_file() else sorted((folder / name).rglob("*.parquet"))
    rows = [row for path in paths for row in pq.ParquetFile(path).read().to_pylist()]
    return [{column: _parsed_json(kinds(name)[column], value) for column, value in row.items()} for row in rows]


def _parsed_json(kind: Kind, value: Any) -> Any:
    return json.loads(value) if kind is Kind.JSON and value is not None else value


def _csv(text: str, name: str) -> Rows:
    read = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    parse: dict[Kind, Callable[[str], Any]] = {
        Kind.TEXT: unguarded,
        Kind.INTEGER: int,
        Kind.NUMBER: float,
        Kind.BOOLEAN: lambda cell: {"true": True, "false": False}[cell],
        Kind.INSTANT: dt.datetime.fromisoformat,
        Kind.DAY: dt.date.fromisoformat,
        Kind.DIGEST: bytes.fromhex,
        Kind.JSON: json.loads,
    }
    # The standard reader does not tell "" from nothing: an empty cell of a column that can be NULL is NULL.
    optional = {column.name for column in metadata.tables[name].columns if column.nullable}
    return [
        {column: parse[kinds(name)[column]](cell) if cell or column not in optional else None for column, cell in row.items()}
        for row in read
    ]


def _jsonl(text: str, name: str) -> Rows:
    parse: dict[Kind, Callable[[Any], Any]] = {
        Kind.INSTANT: dt.datetime.fromisoformat,
        Kind.DAY: dt.date.fromisoformat,
        Kind.DIGEST: bytes.fromhex,
    }
    rows = [json.loads(line) for line in text.splitlines()]
    return [
        {column: value if value is None else parse.get(kinds(name)[column], _same)(value) for column, value in row.items()}
        for row in rows
    ]


def _same(value: Any) -> Any:
    return value


def kinds(name: str) -> dict[str, Kind]:
    """The kinds of a table's columns."""
    return {field.name: field.kind for field in table_shape(metadata.tables[name]).fields}
