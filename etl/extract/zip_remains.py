"""Members of a ZIP whose directory is lost, as in a download that broke off: found by the header that stands before each."""

from __future__ import annotations

import io
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast

from etl.extract import inflate
from etl.extract.blobs import Damaged
from etl.extract.limits import Limits
from etl.extract.members import Listing, Member
from etl.extract.sidecar import MAX_BYTES
from etl.extract.slices import slice_of
from etl.records import Reason

# Signature, version, flags, method, time, date, checksum, packed and unpacked size, lengths of name and extra fields.
_HEADER = struct.Struct("<4sHHHHHIIIHH")
_START = re.compile(rb"PK\x03\x04[\x0a-\x3f]\x00", re.S)
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_BEHIND, _UTF8 = 0x1, 0x8, 0x800
_DESCRIPTOR = b"PK\x07\x08"
_ZIP64 = 0xFFFFFFFF
_WINDOW = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    name: str
    flags: int
    method: int
    checksum: int
    packed: int | None
    """None where the size stands behind the content, or in a field of its own (files of 4 GB)."""
    size: int | None
    start: int
    """Offset of the content."""
    bound: int
    """Offset at which the next member, or the end of the file, lies."""


def remains(file: BinaryIO, size: int, limits: Limits) -> tuple[Listing, Iterator[Member | Damaged]]:
    """What is left of the archive, and, as the last of its members, a `Damaged` that tells that this is not all."""
    entries = {entry.name: entry for entry in _entries(file, size, limits)}

    def small(name: str) -> bytes | None:
        try:
            return _open(file, entries[name], limits).read(MAX_BYTES + 1) if name in entries else None
        except Damaged:
            return b""  # it is there, and broken

    return Listing(entries, small), _members(file, entries, limits)


def _entries(file: BinaryIO, size: int, limits: Limits) -> Iterator[_Entry]:
    found = _header(file, 0, size)
    for _ in range(limits.max_members):
        if found is None:
            return
        name, fields, _, start = found
        _, _, flags, method, _, _, checksum, packed, unpacked, _, _ = fields
        known = not flags & _SIZES_BEHIND and packed != _ZIP64
        found = _header(file, start + (packed if known else 0), size)
        if not name.endswith("/"):
            yield _Entry(
                name=name,
                flags=flags,
                method=method,
                checksum=checksum,
                packed=packed if known else None,
                size=unpacked if known else None,
                start=start,
                bound=found[2] if found else size,
            )


def _header(file: BinaryIO, position: int, size: int) -> tuple[str, tuple[int, ...], int, int] | None:
    """The next header from there on: the member's name, the fields, where the header begins and where the content does."""
    while position < size:
        file.seek(position)
        window = file.read(_WINDOW)
        for match in _START.finditer(window):
            file.seek(position + match.start())
            head = file.read(_HEADER.size)
            if len(head) < _HEADER.size:
                return None
            fields = _HEADER.unpack(head)
            name = file.read(fields[9])
            if fields[3] in (_STORED, _DEFLATED) and name and b"\x00" not in name and len(name) == fields[9]:
                begin = position + match.start()
                return _text(name, fields[2]), fields, begin, begin + _HEADER.size + fields[9] + fields[10]
        position += max(len(window) - 6, 1)  # a header may lie across the end of the window
    return None


def _text(name: bytes, flags: int) -> str:
    return name.decode("utf-8" if flags & _UTF8 else "cp437", "replace").replace("\\", "/")


def _members(file: BinaryIO, entries: dict[str, _Entry], limits: Limits) -> Iterator[Member | Damaged]:
    for entry in entries.values():
        packed = entry.packed if entry.packed is not None else entry.bound - entry.start
        yield Member(
            name=entry.name,
            size=packed if entry.size is None else entry.size,
            packed=packed,
            open=partial(_open, file, entry, limits),
            problem="it is locked by a password" if entry.flags & _ENCRYPTED else None,
        )
    yield Damaged(Reason.TRUNCATED, "it has no directory, so the file was cut; what stood behind its last member is not known")


def _open(file: BinaryIO, entry: _Entry, limits: Limits) -> BinaryIO:
    length = (entry.bound - entry.start) if entry.packed is None else entry.packed
    packed = slice_of(file, entry.start, min(length, entry.bound - entry.start))
    if entry.method == _DEFLATED:
        member = inflate.Member(packed, 0, "deflate", limits)
        checksum = partial(_checksum_behind, packed, member) if entry.packed is None else lambda: entry.checksum
        return _checked(member.read, checksum)
    if entry.packed is None:
        raise Damaged(Reason.TRUNCATED, "its size is not known")
    if entry.start + entry.packed > entry.bound:
        raise Damaged(Reason.TRUNCATED, "the file ends inside it")
    return _checked(packed.read, lambda: entry.checksum)


def _checksum_behind(packed: BinaryIO, member: inflate.Member) -> int:
    packed.seek(member.end or 0)
    data = packed.read(8).removeprefix(_DESCRIPTOR)
    return int.from_bytes(data[:4], "little")


def _checked(read: Callable[[int], bytes], checksum: Callable[[], int]) -> BinaryIO:
    return cast("BinaryIO", io.BufferedReader(_Checked(read, checksum), inflate.CHUNK))


class _Checked(io.RawIOBase):
    """Compares the checksum when all is read."""

    def __init__(self, read: Callable[[int], bytes], checksum: Callable[[], int]) -> None:
        super().__init__()
        self._read, self._expected, self._checksum = read, checksum, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._read(len(buffer))
        self._checksum = zlib.crc32(data, self._checksum)
        if not data and self._checksum != self._expected():
            raise Damaged(Reason.CORRUPT, "its checksum is wrong")
        buffer[: len(data)] = data
        return len(data)
