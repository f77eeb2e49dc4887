"""CSV by RFC 4180, in UTF-8, that a spreadsheet can open without running what stands in a page.

A text that begins like a formula (`=`, `+`, `-`, `@`, their full-width forms, tab, line break) gets an apostrophe before it, and
so does one that begins with an apostrophe: to undo it, take one apostrophe away from the beginning of each text (`unguarded`).
Texts stand in quotation marks, NULL is a cell without anything: the standard library's writer, before Python 3.12, cannot tell
NULL from an empty text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

from etl.export.formats.streams import TextFile
from etl.export.options import Compression
from etl.export.shapes import Kind, Shape

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_GUARDED = (*_DANGEROUS, "'")
END = "\r\n"


def open_writer(path: Path, shape: Shape, compression: Compression) -> CsvWriter:
    """A writer for a new file; its first line names the columns."""
    return CsvWriter(TextFile(path, compression), shape)


class CsvWriter:
    """Writes rows of one table."""

    def __init__(self, file: TextFile, shape: Shape) -> None:
        self._file = file
        self._cells = [_CELLS[field.kind] for field in shape.fields]
        self._file.write(",".join(field.name for field in shape.fields) + END)

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Some more rows."""
        self._file.write("".join(f"{self._line(row)}{END}" for row in rows))

    def _line(self, row: Sequence[Any]) -> str:
        return ",".join("" if value is None else cell(value) for cell, value in zip(self._cells, row, strict=True))

    def close(self) -> None:
        """The file is whole."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula.

    >>> guarded('=HYPERLINK("https://example.com")')
    '\\'=HYPERLINK("https://example.com")'
    """
    return f"'{text}" if text.startswith(_GUARDED) else text


def unguarded(cell: str) -> str:
    """The text of a cell: the inverse of `guarded`.

    >>> unguarded(guarded("'tis the season"))
    "'tis the season"
    """
    return cell.removeprefix("'")


def _text(value: Any) -> str:
    return '"' + guarded(str(value)).replace('"', '""') + '"'


# Numbers are no texts: a spreadsheet shall take -5 for a number.
_CELLS: dict[Kind, Callable[[Any], str]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: str,
    Kind.NUMBER: lambda value: repr(float(value)),
    Kind.BOOLEAN: lambda value: "true" if value else "false",
    Kind.INSTANT: lambda value: str(value.isoformat()),
    Kind.LOCAL: lambda value: str(value.isoformat()),
    Kind.DAY: lambda value: str(value.isoformat()),
    Kind.DIGEST: lambda value: bytes(value).hex(),
    Kind.JSON: lambda value: _text(json.dumps(value, ensure_ascii=False, sort_keys=True)),
}
