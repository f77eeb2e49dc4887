"""The export of a database into a folder.

All tables are of one moment (one transaction that sees one snapshot), are read in chunks and written as they come: memory does
not grow with the database. The files are made beside the folder asked for and moved there as the last step, so that an export
that was killed never looks complete.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from etl.errors import StopRun
from etl.export.files import File, described
from etl.export.formats import Format
from etl.export.package import Part, write_package
from etl.export.place import new_folder
from etl.export.selection import Selection, chosen_shapes, query_of
from etl.export.shapes import Shape
from etl.load.queries import opened

Rows = Sequence[Sequence[Any]]

CHUNK = 1000
"""Rows read at a time."""
NO_MONTH = "__HIVE_DEFAULT_PARTITION__"
"""The partition of articles without a date: the name by which Hive, DuckDB, Spark and Arrow know NULL."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """What was exported."""

    folder: Path
    parts: Sequence[Part]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(part.rows for part in self.parts)

    @property
    def size(self) -> int:
        """Bytes of all their files."""
        return sum(file.size for part in self.parts for file in part.files)


def export(
    database: str, folder: Path, form: Format, selection: Selection, *, replace: bool = False, now: Callable[[], dt.datetime]
) -> Export:
    """Export a database into a new folder.

    Raises UsageError for a folder that must not be written or a selection that makes no sense, DatabaseError for the database.
    """
    with opened(database, snapshot=True) as connection, new_folder(folder, replace=replace) as place:
        created = now()
        shapes = chosen_shapes(connection, selection)
        try:
            parts = [_write_table(connection, shape, selection, form, place) for shape in shapes]
            write_package(place, parts, form, selection, created)
        except OSError as error:
            raise StopRun(f"{folder}: the export cannot be written ({error.strerror or error}); nothing is left of it") from error
    return Export(folder=folder, parts=parts)


def _write_table(connection: Connection, shape: Shape, selection: Selection, form: Format, place: Path) -> Part:
    by_month = form.partitioned and shape.day_index is not None
    query = query_of(shape, selection, by_month=by_month)
    with connection.execution_options(yield_per=CHUNK).execute(query) as result:
        chunks = result.partitions()
        files = list(_write_months(chunks, place, shape, form) if by_month else _write_whole(chunks, place, shape, form))
    return Part(shape=shape, files=files)


def _write_whole(chunks: Iterable[Rows], place: Path, shape: Shape, form: Format) -> Iterator[File]:
    yield _write_file(place / f"{shape.name}{form.suffix}", place, chunks, shape, form)


def _write_months(chunks: Iterable[Rows], place: Path, shape: Shape, form: Format) -> Iterator[File]:
    """A file a month; of a table without rows a file without rows."""
    month: str | None = None
    for month, parts in groupby(_by_month(chunks, shape), itemgetter(0)):
        yield _write_file(_of_month(month, place, shape, form), place, (rows for _, rows in parts), shape, form)
    if not (place / shape.name).exists():
        yield _write_file(_of_month(month, place, shape, form), place, (), shape, form)


def _by_month(chunks: Iterable[Rows], shape: Shape) -> Iterator[tuple[str | None, Rows]]:
    """The chunks, cut where the month changes; the rows come in the order of their days."""
    for chunk in chunks:
        for month, rows in groupby(chunk, shape.month_of):
            yield month, list(rows)


def _write_file(path: Path, place: Path, chunks: Iterable[Rows], shape: Shape, form: Format) -> File:
    path.parent.mkdir(parents=True, exist_ok=True)
    number = 0
    with form.open(path, shape) as writer:
        for rows in chunks:
            writer.write(rows)
            number += len(rows)
    return described(path, place, number)


def _of_month(month: str | None, place: Path, shape: Shape, form: Format) -> Path:
    return place / shape.name / f"published_month={month or NO_MONTH}" / f"part-0{form.suffix}"
