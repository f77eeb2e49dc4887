"""Extract: from what the user names to pages. `find_sources` lists the files, `read` gives the pages of one of them.

It decides what is a page by content, undoes archives and compression, and says what was lost. It reads nothing of what a
page says: that is `etl.transform`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from etl.extract.blobs import Blob, Context
from etl.extract.kinds import Table, read_blob
from etl.extract.limits import Limits
from etl.extract.sidecar import MAX_BYTES
from etl.extract.sources import find_sources, path_of, source_of, uri_of
from etl.records import Page, PassedOver, Rejected, Source, SourceKind

__all__ = ["Limits", "find_sources", "path_of", "read", "source_of", "uri_of"]


def read(
    source: Source, limits: Limits, *, after: str | None = None, only: Collection[str | None] | None = None
) -> Iterator[Page | Rejected | PassedOver]:
    """The pages of a source, in a stream, and what it holds besides.

    `after` is the `record` of the last item that was dealt with: reading goes on behind it. With `only` these records are given
    and no others, as far as they are there: in a WARC file they are sought, so it must be the file in which they were found.
    Nothing is raised for what the source is or holds: a file that cannot be opened is one `Rejected` with `source_damaged`.
    """
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
        beside=beside,
    )
    kind = None if source.kind is SourceKind.UNKNOWN else source.kind  # it may have become readable since
    wanted = None if only is None else frozenset(only)
    items = read_blob(blob, Context(limits=limits, kinds=Table(), after=after, only=wanted), kind)
    yield from items if wanted is None else _chosen(items, set(wanted))


def _chosen(items: Iterator[Page | Rejected | PassedOver], wanted: set[str | None]) -> Iterator[Page | Rejected | PassedOver]:
    for item in items:
        record = item.page.record if isinstance(item, Rejected) else item.record
        if record in wanted:
            wanted.discard(record)
            yield item
        if not wanted:
            return


def _size(path: Path, source: Source) -> int:
    """As it is now: an archive may be growing while it is listed."""
    try:
        return path.stat().st_size
    except OSError:
        return source.size or 0
