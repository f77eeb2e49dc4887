"""Extract: from what the user names to pages. `find_sources` lists the files, `read` gives the pages of one of them.

It decides what is a page by content, undoes archives and compression, and says what was lost. It reads nothing of what a
page says: that is `etl.transform`.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from etl.extract.blobs import Ahead, Blob, Context
from etl.extract.kinds import Table, read_blob
from etl.extract.limits import Limits
from etl.extract.remote import is_remote, opened
from etl.extract.sidecar import MAX_BYTES
from etl.extract.sources import find_sources, path_of, source_again, source_of, uri_of
from etl.records import Page, PassedOver, Reason, Rejected, Source, SourceKind

__all__ = ["Limits", "find_sources", "is_remote", "path_of", "read", "source_again", "source_of", "uri_of"]


def read(
    source: Source,
    limits: Limits,
    *,
    after: str | None = None,
    only: Collection[str | None] | None = None,
    ahead: Ahead | None = None,
) -> Iterator[Page | Rejected | PassedOver]:
    """The pages of a source, in a stream, and what it holds besides.

    `after` is the `record` of the last item that was dealt with: reading goes on behind it. With `only` these records are given
    and no others, as far as they are there: in a WARC file they are sought, so it must be the file in which they were found.
    With `ahead` the ranges of a large WARC file are read by others; what comes is the same, in the same order.
    Nothing is raised for what the source is or holds: a file that cannot be opened is one `Rejected` with `source_damaged`.
    """
    wanted = None if only is None else frozenset(only)
    context = Context(limits=limits, kinds=Table(), after=after, only=wanted, ahead=ahead)
    items = (_read_remote if is_remote(source.uri) else _read_here)(source, context)
    yield from items if wanted is None else _chosen(items, set(wanted))


def _read_here(source: Source, context: Context) -> Iterator[Page | Rejected | PassedOver]:
    path = path_of(source.uri)

    def open_() -> BinaryIO:
        return path.open("rb")

    def beside(name: str) -> bytes | None:
        try:
            with (path.parent / name).open("rb") as file:
                return file.read(MAX_BYTES + 1)
        except OSError:
            return None

    blob = Blob(
        source=source.uri,
        name=path.as_posix(),
        open=open_,
        size=_size(path, source),
        modified_at=source.modified_at,
        path=path,
        beside=beside,
    )
    kind = None if source.kind is SourceKind.UNKNOWN else source.kind  # it may have become readable since
    yield from read_blob(blob, context, kind)


def _chosen(items: Iterator[Page | Rejected | PassedOver], wanted: set[str | None]) -> Iterator[Page | Rejected | PassedOver]:
    for item in items:
        record = item.page.record if isinstance(item, Rejected) else item.record
        if record in wanted:
            wanted.discard(record)
            yield item
        if not wanted:
            return


def _read_remote(source: Source, context: Context) -> Iterator[Page | Rejected | PassedOver]:
    nowhere = Blob(source=source.uri, name=source.uri.partition("?")[0], open=io.BytesIO, size=source.size or 0)
    try:
        with opened(source, context.limits, MAX_BYTES) as file:
            blob = replace(nowhere, open=file.open, size=file.size, modified_at=source.modified_at, beside=file.beside)
            yield from read_blob(blob, context)
    except OSError as error:
        message = f"It cannot be read: {error.strerror or error}."
        yield nowhere.capture().rejected(Reason.UNREADABLE, message, damaged=True)


def _size(path: Path, source: Source) -> int:
    """As it is now: an archive may be growing while it is listed."""
    try:
        return path.stat().st_size
    except OSError:
        return source.size or 0
