"""The file formats of an export: each opens a writer for one file of one table. A format knows nothing of databases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from etl.errors import UsageError
from etl.export.formats import csv, jsonl, parquet
from etl.export.options import Compression, FormatName
from etl.export.shapes import Shape


class Writer(AbstractContextManager["Writer"], Protocol):
    """Writes rows of one table into one file."""

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Some more rows, in the order of the shape's fields."""

    def close(self) -> None:
        """The file is whole."""

    def __enter__(self) -> Self: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Format:
    """One of the formats, ready to write."""

    name: FormatName
    suffix: str
    """Of its files: `.csv.gz`."""
    media_type: str
    open: Callable[[Path, Shape], Writer]
    partitioned: bool = False
    """Whether articles are parted into one file a month."""
    compression: Compression = Compression.NONE
    """Of the file as a whole; Parquet compresses inside."""


def make_format(name: FormatName, compression: Compression = Compression.NONE) -> Format:
    """The format of a name. Raises UsageError where it cannot be had."""
    if name is FormatName.PARQUET:
        if compression is not Compression.NONE:
            raise UsageError("--compress is for csv and jsonl; Parquet files are compressed inside (zstd)")
        return Format(
            name=name,
            suffix=".parquet",
            media_type="application/vnd.apache.parquet",
            open=parquet.opener(),
            partitioned=True,
        )
    module, media_type = {FormatName.CSV: (csv, "text/csv"), FormatName.JSONL: (jsonl, "application/jsonl")}[name]
    return Format(
        name=name,
        suffix=f".{name}{compression.suffix}",
        media_type=media_type,
        open=lambda path, shape: module.open_writer(path, shape, compression),
        compression=compression,
    )
