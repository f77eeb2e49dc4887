"""JSON Lines: one object a row, in UTF-8; instants and days as ISO 8601, digests in hexadecimal, JSON columns as they are."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from etl.export.formats.streams import TextFile
from etl.export.options import Compression
from etl.export.shapes import Kind, Shape


def open_writer(path: Path, shape: Shape, compression: Compression) -> JsonlWriter:
    """A writer for a new file."""
    return JsonlWriter(TextFile(path, compression), shape)


class JsonlWriter:
    """Writes rows of one table."""

    def __init__(self, file: TextFile, shape: Shape) -> None:
        self._file = file
        self._names = [field.name for field in shape.fields]
        self._plain = [(number, _PLAIN[field.kind]) for number, field in enumerate(shape.fields) if field.kind in _PLAIN]

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Some more rows."""
        self._file.write("".join(f"{self._line(list(row))}\n" for row in rows))

    def _line(self, row: list[Any]) -> str:
        for number, plain in self._plain:
            if row[number] is not None:
                row[number] = plain(row[number])
        return _ENCODE(dict(zip(self._names, row, strict=True)))

    def close(self) -> None:
        """The file is whole."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _in_order(value: Any) -> Any:
    """PostgreSQL gives the keys of an object in an order of its own."""
    if isinstance(value, dict):
        return {name: _in_order(value[name]) for name in sorted(value)}
    return [_in_order(part) for part in value] if isinstance(value, list) else value


_ENCODE = json.JSONEncoder(ensure_ascii=False).encode
_PLAIN: dict[Kind, Callable[[Any], Any]] = {
    Kind.NUMBER: float,
    Kind.BOOLEAN: bool,
    Kind.INSTANT: lambda value: value.isoformat(),
    Kind.LOCAL: lambda value: value.isoformat(),
    Kind.DAY: lambda value: value.isoformat(),
    Kind.DIGEST: lambda value: bytes(value).hex(),
    Kind.JSON: _in_order,
}
