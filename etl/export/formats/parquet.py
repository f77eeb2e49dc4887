"""Parquet by pyarrow (extra `export`): each column in its own type, its description in the file's schema, compressed by zstd."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from etl.errors import UsageError
from etl.export.shapes import Field, Kind, Shape

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_BYTES = 16 * 1024 * 1024
"""A row group is written when it holds so much: what is held in memory, and what a reader reads at once."""


def opener() -> Callable[[Path, Shape], ParquetWriter]:
    """What opens a writer. Raises UsageError where the library is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "Parquet needs the extra `export`: pip install 'news-etl[export]'; csv and jsonl do without it"
        ) from error
    return ParquetWriter


class ParquetWriter:
    """Writes rows of one table."""

    def __init__(self, path: Path, shape: Shape) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._schema = pa.schema([_arrow_field(field) for field in shape.fields], metadata={"description": shape.description})
        self._prepare = [_PREPARE.get(field.kind) for field in shape.fields]
        self._waiting: list[pa.RecordBatch] = []
        self._bytes = 0
        self._writer = pq.ParquetWriter(path, self._schema, compression="zstd")

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Some more rows."""
        import pyarrow as pa

        columns = [
            pa.array([None if value is None else prepare(value) for value in values] if prepare else values, kind)
            for values, prepare, kind in zip(zip(*rows, strict=True), self._prepare, self._schema.types, strict=True)
        ]
        batch = pa.RecordBatch.from_arrays(columns, schema=self._schema)
        self._waiting.append(batch)
        self._bytes += batch.nbytes
        if self._bytes >= GROUP_BYTES:
            self._write_group()

    def close(self) -> None:
        """The file is whole."""
        if self._waiting:
            self._write_group()
        self._writer.close()

    def _write_group(self) -> None:
        import pyarrow as pa

        group = pa.Table.from_batches(self._waiting)
        self._writer.write_table(group, row_group_size=group.num_rows)
        self._waiting.clear()
        self._bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _arrow_field(field: Field) -> pa.Field:
    import pyarrow as pa

    kinds = {
        Kind.TEXT: pa.string(),
        Kind.INTEGER: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.BOOLEAN: pa.bool_(),
        Kind.INSTANT: pa.timestamp("us", tz="UTC"),
        Kind.LOCAL: pa.timestamp("us"),
        Kind.DAY: pa.date32(),
        Kind.DIGEST: pa.binary(),
        Kind.JSON: pa.string(),
    }
    return pa.field(field.name, kinds[field.kind], nullable=not field.required, metadata={"description": field.description})


# Values that pyarrow does not take as the database gives them.
_PREPARE: dict[Kind, Callable[[Any], Any]] = {
    Kind.NUMBER: float,
    Kind.BOOLEAN: bool,
    Kind.JSON: lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True),
}
