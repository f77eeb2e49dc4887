"""A WARC file from a place on: in one go, or, where it is large and others can read, in ranges that are read ahead.

Where a range of bytes has its first record can only be guessed from its bytes: a page may hold the text of another archive. So a
range that was read ahead counts only if the one before it ended exactly where it begins. What does not fit, or could not be read
ahead, is read here instead. So the entries are the same whoever reads them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NoReturn

from etl.extract.blobs import Ahead, Blob
from etl.extract.limits import Limits
from etl.extract.slices import slice_of
from etl.extract.warc_frames import Frame, Place, coding_at, frames, next_record
from etl.extract.warc_records import Entry, entry_of
from etl.records import Page

_PLAIN = 8
"""A range of a file that is not compressed is so many times larger: it holds as many pages."""
_MOST = 16
"""A part ends early when its pages have more than so many times the bytes of a range: some files are packed tightly."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """Those records of an archive that begin at `start` or behind it and before `end`, both byte offsets."""

    path: Path
    """The file to open."""
    blob: Blob
    """The archive in it; without what cannot be pickled."""
    limits: Limits
    start: int
    end: int
    first: bool
    """Whether a record, or what is left of one, is known to begin at `start`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """What was read of a range."""

    begins: Place
    entries: list[Entry]
    ends: Place
    """Where the next record begins; behind the last one, the end of the file."""


def entries(blob: Blob, limits: Limits, start: Place, ahead: Ahead | None = None) -> Iterator[Entry]:
    """The entries of the archive from the member on in which `start` lies, in their order."""
    with blob.open() as file:
        size = _range_size(file, start.offset, limits)
        if ahead is None or blob.path is None or blob.size - start.offset < 2 * size:
            yield from (entry_of(blob, found, limits) for found in frames(file, blob.size, limits, start))
            return
        place = Place(start.offset)
        parts = ahead(read_part, _ranges(blob, blob.path, limits, start.offset, size))
        for asked, part in zip(_ranges(blob, blob.path, limits, start.offset, size), parts, strict=True):
            if part is not None and part.begins == place:
                yield from part.entries
                place = part.ends
            for entry in _stretch(blob, file, limits, place, asked.end):
                if isinstance(entry, Place):
                    place = entry
                else:
                    yield entry


def read_part(asked: Range) -> Part | None:
    """What stands in the range; None where no record begins in it, or it cannot be read. Runs in another process."""
    try:
        return _part(asked)
    except Exception:  # whoever reads it after all says why
        return None


def _part(asked: Range) -> Part | None:
    blob, read, size = asked.blob, list[Entry](), 0
    with asked.path.open("rb") as whole, slice_of(whole, blob.begins, blob.size) as file:
        coding = coding_at(file, asked.start if asked.first else 0)
        start = asked.start if asked.first else next_record(file, asked.start, coding, asked.end)
        if start >= asked.end:
            return None
        for entry in _stretch(blob, file, asked.limits, Place(start), asked.end):
            if isinstance(entry, Place):
                return Part(begins=Place(start), entries=read, ends=entry)
            if size > _MOST * asked.limits.range_bytes and entry.whole:
                return Part(begins=Place(start), entries=read, ends=entry.place)
            read.append(entry)
            if isinstance(entry.item, Page):
                size += len(entry.item.content)
                entry.item.key  # noqa: B018 - its digest is taken here, where there is time for it
    raise AssertionError("a stretch ends with a place")


def _stretch(blob: Blob, file: BinaryIO, limits: Limits, start: Place, end: int) -> Iterator[Entry | Place]:
    """The entries from `start` on up to the first record that begins at offset `end` or behind it, and then the place of that."""
    if start.offset < end:
        for found in frames(file, blob.size, limits, start):
            if isinstance(found, Frame) and found.place.offset >= end:
                yield Place(found.place.offset)  # its member begins so, though padding may stand before the record
                return
            if found.place >= start:
                yield entry_of(blob, found, limits)
        yield Place(blob.size)


def _nowhere(*_: object) -> NoReturn:
    raise AssertionError("a range is opened by its path")


def _ranges(blob: Blob, path: Path, limits: Limits, start: int, size: int) -> Iterator[Range]:
    sent = replace(blob, open=_nowhere, beside=_nowhere)
    for offset in range(start, blob.size, size):
        yield Range(
            path=path,
            blob=sent,
            limits=limits,
            start=offset,
            end=min(offset + size, blob.size),
            first=offset == start,
        )


def _range_size(file: BinaryIO, start: int, limits: Limits) -> int:
    return limits.range_bytes * (1 if coding_at(file, start) else _PLAIN)
