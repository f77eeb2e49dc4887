"""TAR archives of pages, plain or compressed.

Read header by header in a stream: the standard library's reader holds extended headers of any size in memory, and stops at
the first damaged one, where here the search goes on for the next.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, cast

from etl.extract.blobs import Blob, Context, Damaged, Item
from etl.extract.inflate import CHUNK, coding_of, unpacked
from etl.extract.limits import MIB, Limits
from etl.extract.members import IN_MEMORY, Listing, Member, read_members
from etl.extract.sidecar import MAX_BYTES
from etl.records import Reason

ENDINGS = (".tar", ".tgz", ".tar.gz", ".tar.zst", ".tar.bz2", ".tar.xz")
_BLOCK = tarfile.BLOCKSIZE
_MAX_HEADER = MIB
"""Of an extended header: it holds a path and some numbers."""
_MAX_SIDECARS = 64 * MIB
"""Of all sidecars of one archive, which are held in memory while it is read."""
# One record of a pax header: 30 mtime=1321711775.981518984
_PAX = re.compile(rb"(\d{1,7}) ([^=\n]{1,200})=")


def recognises(first: bytes, _name: str) -> bool:
    """Whether unpacked first bytes are the header of a member, whose checksum is right."""
    return len(first) >= _BLOCK and first[0] != 0 and _header(first[:_BLOCK]) is not None


def read(blob: Blob, context: Context) -> Iterator[Item]:
    """The pages of all members in their order. The archive is read twice: sidecars may stand behind their pages."""
    listing = _listing(blob, context.limits)
    with blob.open() as file, blob.open() as beside:
        compressed = coding_of(file.read(8)) is not None
        file.seek(0)
        entries = _Entries(unpacked(file, context.limits))
        yield from read_members(blob, context, listing, _members(entries, None if compressed else beside))


def _listing(blob: Blob, limits: Limits) -> Listing:
    names, small, room = [], {}, _MAX_SIDECARS
    with blob.open() as file:
        entries = _Entries(unpacked(file, limits))
        for entry in entries:
            if isinstance(entry, Damaged):
                continue
            names.append(entry.name)
            if len(names) > limits.max_members:
                break
            if entry.name.endswith(".json") and entry.size <= min(MAX_BYTES, room):
                try:
                    small[entry.name] = entries.open().read()
                except Damaged:
                    break
                room -= entry.size
    return Listing(names, small.get)


def _members(entries: _Entries, plain: BinaryIO | None) -> Iterator[Member | Damaged]:
    for entry in entries:
        if isinstance(entry, Damaged):
            yield entry
        else:
            yield Member(
                name=entry.name,
                size=entry.size,
                packed=entry.size,  # the ratio of the whole stream is watched below
                open=entries.open,
                modified_at=entry.modified_at,
                at=(plain, entries.position) if plain and entry.size > IN_MEMORY else None,
                problem=entry.problem,
            )


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    size: int
    modified_at: dt.datetime | None
    problem: str | None


class _Entries:
    """The files of a TAR stream. While one is given, `open` reads its content and `position` is where that begins."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.position = 0
        self._left = 0
        """Bytes of the present content not read yet."""
        self._padding = 0

    def __iter__(self) -> Iterator[_Entry | Damaged]:
        try:
            yield from self._entries()
        except Damaged as damage:
            yield damage

    def open(self) -> BinaryIO:
        """The content of the present entry, to be read once."""
        return cast("BinaryIO", io.BufferedReader(_Content(self), CHUNK))

    def read(self, size: int) -> bytes:
        """The next bytes of the present content."""
        data = self._take(min(size, self._left))
        self._left -= len(data)
        return data

    def _entries(self) -> Iterator[_Entry | Damaged]:
        extended: dict[str, str] = {}
        damaged_at: int | None = None
        while block := self._next_block():
            info = _header(block)
            if info is None:
                if block.strip(b"\x00") and damaged_at is None:
                    damaged_at = self.position - _BLOCK
                continue
            if damaged_at is not None:
                yield Damaged(Reason.CORRUPT, f"bytes {damaged_at} to {self.position - _BLOCK} hold no header of a member")
                damaged_at = None
            self._left, self._padding = info.size, -info.size % _BLOCK
            if info.type in _EXTENSIONS:
                extended |= self._extension(info)
                continue
            if info.isfile() or not (info.isdir() or info.type == tarfile.XGLTYPE):
                yield _entry(info, extended)
            extended = {}
        if damaged_at is not None:
            yield Damaged(Reason.CORRUPT, f"no header of a member is found behind byte {damaged_at}")

    def _next_block(self) -> bytes:
        """The block behind the present content; empty at the end."""
        while self._left:
            self.read(min(self._left, CHUNK))
        self._take(self._padding)
        self._padding = 0
        block = self._stream.read(_BLOCK)
        self.position += len(block)
        if block and len(block) < _BLOCK and block.strip(b"\x00"):
            raise Damaged(Reason.TRUNCATED, "the archive ends inside a header")
        return block if len(block) == _BLOCK else b""

    def _take(self, size: int) -> bytes:
        data = self._stream.read(size) if size else b""
        self.position += len(data)
        if len(data) < size:
            self._left = self._padding = 0
            raise Damaged(Reason.TRUNCATED, "the archive ends inside a member")
        return data

    def _extension(self, info: tarfile.TarInfo) -> dict[str, str]:
        if info.size > _MAX_HEADER:
            raise Damaged(Reason.CORRUPT, f"an extended header claims {info.size} bytes")
        data = self.read(info.size)
        if info.type == tarfile.GNUTYPE_LONGNAME:
            return {"path": _text(data)}
        return _pax(data) if info.type == tarfile.XHDTYPE else {}


# Headers that tell of the next member: long names and links of GNU, pax records.
_EXTENSIONS = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE)


class _Content(io.RawIOBase):
    def __init__(self, entries: _Entries) -> None:
        super().__init__()
        self._entries = entries

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._entries.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _header(block: bytes) -> tarfile.TarInfo | None:
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError, OverflowError):
        return None
    return info if info.size >= 0 else None


def _text(data: bytes) -> str:
    return data.partition(b"\x00")[0].decode("utf-8", "backslashreplace")


def _pax(data: bytes) -> dict[str, str]:
    """`30 mtime=1321711775.98`, one behind the other, each with its own length."""
    values, position = {}, 0
    while match := _PAX.match(data, position):
        end = position + int(match[1])
        values[match[2].decode("utf-8", "replace")] = data[match.end() : end - 1].decode("utf-8", "backslashreplace")
        if end <= match.end():
            break
        position = end
    return values


def _entry(info: tarfile.TarInfo, extended: dict[str, str]) -> _Entry:
    name = extended.get("path") or info.name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _Entry(
        name=name.replace("\\", "/").removeprefix("./"),
        size=info.size,
        modified_at=_moment(extended.get("mtime") or info.mtime),
        problem=_problem(info, extended),
    )


def _moment(seconds: str | float) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromtimestamp(float(seconds), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.timestamp() > 0 else None


def _problem(info: tarfile.TarInfo, extended: dict[str, str]) -> str | None:
    if info.issym() or info.islnk():
        return "it is a link"
    if info.type == tarfile.GNUTYPE_SPARSE or any(key.startswith("GNU.sparse") for key in extended):
        return "it is a sparse file"
    return None if info.isreg() else "it is no regular file"
