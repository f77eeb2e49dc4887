"""Where the records of a WARC file begin and end, and what of the file is lost.

FastWARC reads records fast, but gives a record that was cut short without a word, stops at the first damaged byte, and
does not say where it stood in an archive that is one single gzip member. So the framing is done here: each gzip or zstd
member is unpacked to its end, where its checksum is compared; a record counts as whole when it has the length its header
names and another record or the end follows; and behind damage the search goes on for the next member that begins with a
record. What the records say is left to `warc_records.py`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, Protocol

from etl.extract.blobs import Damaged
from etl.extract.digests import matches
from etl.extract.inflate import CHUNK, DECOMPRESSORS, ERRORS, Member, coding_of
from etl.extract.limits import Limits
from etl.records import Reason

# The version line of a record: WARC/1.0, WARC/1.1, WARC/0.17
_VERSION = rb"WARC/[01]\.\d{1,2}\r?\n"
_RECORD = re.compile(_VERSION)
# A gzip header (method deflate, reserved flags clear, any time, known efforts and operating systems); a zstd frame.
_GZIP, _ZSTD = rb"\x1f\x8b\x08[\x00-\x1f].{4}[\x00-\x04][\x00-\x14\xff]", rb"\x28\xb5\x2f\xfd"
_HEAD_END = re.compile(rb"\r?\n\r?\n")
# Content-Length: 1234
_LENGTH = re.compile(rb"^content-length[ \t]{0,9}:[ \t]{0,9}(\d{1,18})[ \t]{0,9}\r?$", re.I | re.M)
# WARC-Type: response
_PAGE_TYPE = re.compile(rb"^warc-type[ \t]{0,9}:[ \t]{0,9}(?:response|resource|conversion)[ \t]{0,9}\r?$", re.I | re.M)
_NOTES_TYPE = re.compile(rb"^warc-type[ \t]{0,9}:[ \t]{0,9}metadata[ \t]{0,9}\r?$", re.I | re.M)
# WARC-Block-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ
_BLOCK_DIGEST = re.compile(rb"^warc-block-digest[ \t]{0,9}:[ \t]{0,9}([^\r\n]{1,300})", re.I | re.M)
_ANY = "any"
"""The coding of a file of which no record was read yet."""
_STARTS = {
    "gzip": re.compile(_GZIP, re.S),
    "zstd": re.compile(_ZSTD, re.S),
    _ANY: re.compile(rb"|".join((_GZIP, _ZSTD, _VERSION)), re.S),
}
_TOO_LONG = "the record is longer than its header says"
MAX_HEAD = 64 * 1024
"""Bytes of a record's header, and of an HTTP header: the largest seen are cookies of 30 kB."""
_PADDING = b"\r\n\x00"
"""Empty lines, and the zero bytes that tapes and preallocated files leave."""
_RECORD_ENDS = (b"\r\n\r\n", b"\n\n")


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where a record begins: at `offset` of the file, or `inner` bytes into the member that begins there."""

    offset: int
    inner: int = 0

    def __str__(self) -> str:
        return f"{self.offset}+{self.inner}" if self.inner else str(self.offset)

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """The place that `str` wrote, or None for a text that is none."""
        offset, _, inner = text.partition("+")
        return cls(int(offset), int(inner or 0)) if offset.isdecimal() and (inner or "0").isdecimal() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One whole record."""

    place: Place
    head: bytes
    """Its WARC header, the empty line included."""
    block: bytes
    """What follows, of the length that the header names; of an oversize page the first part; empty for what is neither page nor
    metadata."""
    length: int
    """Bytes of the block in the file."""

    @property
    def oversize(self) -> bool:
        """A page longer than the limits allow: only its beginning is in `block`."""
        return len(self.block) < self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """A stretch of the file in which no whole record is left."""

    place: Place
    end: int
    """File offset at which whole records go on."""
    reason: Reason
    problem: str
    head: bytes
    """The header of the first record lost, where it could be read."""


def frames(file: BinaryIO, size: int, limits: Limits, start: Place | None = None) -> Iterator[Frame | Lost]:
    """All records of the file from `start` on, and what lies between them. Reads in a stream; never raises for what it reads."""
    position = (start or Place(0)).offset
    lost: Lost | None = None
    coding = (coding_at(file, position) if position else None) or _ANY
    while (position := _skip_padding(file, position)) < size:
        run = _run(file, position, size, limits)
        records = _Records(run, limits)
        try:
            for frame in records:
                coding = run.coding or _ANY
                if lost:
                    yield _until(lost, frame.place.offset, size)
                    lost = None
                yield frame
            position = run.end
        except Damaged as damage:
            if lost and records.head:  # the beginning of another record that is lost, with its own address
                yield _until(lost, records.place.offset, size)
                lost = None
            lost = lost or Lost(place=records.place, end=size, reason=damage.reason, problem=damage.problem, head=records.head)
            position = next_record(file, max(records.place.offset + bool(records.head), position + 1), coding, size)
            if position == lost.place.offset:  # compressed members follow the plain records: nothing is lost
                lost = None
    if lost:
        yield _until(lost, size, size)


def _until(lost: Lost, end: int, size: int) -> Lost:
    """A file that goes on with whole records was not cut there: a record's length or its compressed data is wrong."""
    if lost.reason is Reason.NOT_HTML and (lost.place, end) != (Place(0), size):
        return replace(lost, end=end, reason=Reason.CORRUPT)
    if lost.reason is Reason.TRUNCATED and end < size:
        return replace(lost, end=end, reason=Reason.CORRUPT, problem="a record runs into the next")
    return replace(lost, end=end)


def _skip_padding(file: BinaryIO, position: int) -> int:
    file.seek(position)
    while chunk := file.read(CHUNK):
        rest = chunk.lstrip(_PADDING)
        position += len(chunk) - len(rest)
        if rest:
            break
    return position


class _Run(Protocol):
    """A stretch of records that can be read on in one go: one compressed member, or the rest of a plain file."""

    @property
    def coding(self) -> str | None: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    def read(self, size: int) -> bytes: ...
    def skip(self, size: int) -> None: ...
    def expect(self, inner: int) -> None:
        """Raise `Damaged` if it can be told beforehand that no record ends there."""

    def place(self, inner: int) -> Place: ...


class _Plain:
    """The rest of an uncompressed file."""

    coding = None

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self.start, self.end = file, start, size
        file.seek(start)

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    def skip(self, size: int) -> None:
        self._file.seek(size, io.SEEK_CUR)

    def expect(self, inner: int) -> None:
        if self.start + inner > self.end:
            raise Damaged(Reason.TRUNCATED, "the file ends inside a record")
        position = self._file.tell()
        self._file.seek(self.start + inner)
        behind = self._file.read(5)
        self._file.seek(position)
        if behind and behind[0] not in _PADDING and not b"WARC/".startswith(behind):
            raise Damaged(Reason.CORRUPT, _TOO_LONG)

    def place(self, inner: int) -> Place:
        return Place(self.start + inner)


class _Compressed:
    """One compressed member."""

    def __init__(self, file: BinaryIO, start: int, coding: str, limits: Limits) -> None:
        self._member = Member(file, start, coding, limits)
        self.coding, self.start = coding, start

    @property
    def end(self) -> int:
        return self._member.end or self.start + 1

    def read(self, size: int) -> bytes:
        return self._member.read(size)

    def skip(self, size: int) -> None:
        while size > 0:
            if not (data := self._member.read(min(size, 1024 * 1024))):
                raise Damaged(Reason.CORRUPT, "the record is shorter than its header says")
            size -= len(data)

    def expect(self, inner: int) -> None:
        """Only unpacking tells."""

    def place(self, inner: int) -> Place:
        return Place(self.start, inner)


def _run(file: BinaryIO, start: int, size: int, limits: Limits) -> _Run:
    coding = coding_at(file, start)
    return _Compressed(file, start, coding, limits) if coding in ("gzip", "zstd") else _Plain(file, start, size)


class _Records:
    """The records of one run, in order. While it stands at a record, `place` and `head` tell which one."""

    def __init__(self, run: _Run, limits: Limits) -> None:
        self._run = run
        self._ahead = b""
        """Bytes read from the run and not yet consumed."""
        self._at = 0
        """Offset in the run of the first byte of `_ahead`."""
        self._max_block = max(limits.max_page_bytes, limits.max_compressed_bytes) + MAX_HEAD
        self.head = b""
        self.place = run.place(0)

    def __iter__(self) -> Iterator[Frame]:
        while self._skip_padding_ahead():
            self.head, self.place = b"", self._run.place(self._at)
            self.head = self._read_head()
            frame = self._frame()
            try:
                self._read_end()
            except Damaged as damage:
                if damage.reason is Reason.TRUNCATED or matches(_block_digest(frame), frame.block):
                    yield frame  # what is missing or wrong comes behind it
                    self.head, self.place = b"", self._run.place(self._at)
                raise
            yield frame

    def _frame(self) -> Frame:
        match = _LENGTH.search(self.head)
        if match is None or not self.head.startswith(b"WARC/"):
            raise Damaged(Reason.CORRUPT, "a record's header names no length")
        length = int(match[1])
        self._run.expect(self._at + length)
        keep = self._kept(length)
        block = self._take(keep)
        self._skip(length - keep)
        return Frame(place=self.place, head=self.head, block=block, length=length if keep else 0)

    def _kept(self, length: int) -> int:
        """So many bytes of the block are looked at: all of a page or of short notes, the beginning of too large a page."""
        if _PAGE_TYPE.search(self.head):
            return length if length <= self._max_block else MAX_HEAD
        return length if length <= MAX_HEAD and _NOTES_TYPE.search(self.head) else 0

    def _read_head(self) -> bytes:
        if not self._have(16):
            raise Damaged(*self._short())
        if not _RECORD.match(self._ahead):
            raise Damaged(Reason.NOT_HTML, "no record begins where one must")
        while not (match := _HEAD_END.search(self._ahead)):
            if len(self._ahead) > MAX_HEAD:
                raise Damaged(Reason.CORRUPT, "a record's header does not end")
            if not self._have(len(self._ahead) + 1):
                raise Damaged(*self._short())
        return self._take(match.end())

    def _read_end(self) -> None:
        """Two line ends must follow, or (some writers leave them out) another record, or the end of the run."""
        self._have(4)
        if end := next((end for end in _RECORD_ENDS if self._ahead.startswith(end)), None):
            self._skip(len(end))
        elif self._skip_padding_ahead() and not (self._have(5) and self._ahead.startswith(b"WARC/")):
            raise Damaged(Reason.CORRUPT, _TOO_LONG)
        self._have(1)  # at the end of a member this compares its checksum

    def _skip_padding_ahead(self) -> bool:
        """Whether something else follows."""
        while self._ahead or self._have(1):
            rest = self._ahead.lstrip(_PADDING)
            self._at += len(self._ahead) - len(rest)
            self._ahead = rest
            if rest:
                return True
        return False

    def _have(self, count: int) -> bool:
        """Read ahead until `count` bytes are there; False when the run ends before."""
        while len(self._ahead) < count:
            if not (data := self._run.read(CHUNK)):
                return False
            self._ahead += data
        return True

    def _take(self, count: int) -> bytes:
        parts, missing = [self._ahead[:count]], count - len(self._ahead)
        self._ahead = self._ahead[count:]
        while missing > 0:
            if not (data := self._run.read(min(CHUNK, missing) if self._run.coding is None else CHUNK)):
                raise Damaged(*self._short())
            parts.append(data[:missing])
            self._ahead = data[missing:]
            missing -= len(data)
        self._at += count
        return b"".join(parts)

    def _skip(self, count: int) -> None:
        ahead = min(count, len(self._ahead))
        self._ahead = self._ahead[ahead:]
        if count > ahead:
            self._run.skip(count - ahead)
        self._at += count

    def _short(self) -> tuple[Reason, str]:
        """A plain file has ended; a compressed member has ended properly, so its record must be wrong."""
        if self._run.coding is None:
            return Reason.TRUNCATED, "the file ends inside a record"
        return Reason.CORRUPT, "the record is shorter than its header says"


def _block_digest(frame: Frame) -> str | None:
    match = _BLOCK_DIGEST.search(frame.head)
    return match[1].decode("ascii", "replace") if match else None


def coding_at(file: BinaryIO, position: int) -> str | None:
    """The coding of the member that begins there; None for plain records (and for what is none)."""
    file.seek(position)
    return coding_of(file.read(8))


def next_record(file: BinaryIO, position: int, coding: str | None, size: int) -> int:
    """The next offset before `size` at which a record begins, by its bytes: in a member of this coding, or in any or none; `size`
    when there is none."""
    pattern, width = _STARTS.get(coding or _ANY, _STARTS[_ANY]), 4096
    while position < size:
        file.seek(position)
        window = file.read(width)
        for match in pattern.finditer(window):
            if _begins_record(file, position + match.start()):
                return position + match.start()
        position += max(len(window) - 16, 1)  # a start may lie across the end of the window
        width = min(2 * width, 1024 * 1024)  # mostly it is near; files full of false starts must not be read again and again
    return size


def _begins_record(file: BinaryIO, position: int) -> bool:
    """Such bytes occur inside of compressed data and of pages by chance: only what unpacks to a record, or is one, is one."""
    file.seek(position)
    first = file.read(4096)
    coding = coding_of(first)
    if coding is None:
        return True
    try:
        return DECOMPRESSORS[coding]().decompress(first, 64).lstrip(_PADDING).startswith(b"WARC/")
    except ERRORS:
        return False
