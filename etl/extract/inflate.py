"""Compressed bytes as a stream: gzip, deflate, zstd, bzip2, xz and br, one member at a time and never more than asked for.

A stream that ends early, is damaged or grows out of proportion raises `Damaged` with the reason. Whole bodies in memory
are undone by `codings.py`, which stands on this.
"""

from __future__ import annotations

import bz2
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import BinaryIO, Protocol

from isal import isal_zlib

from etl.extract.blobs import Damaged
from etl.extract.limits import Limits
from etl.records import Reason

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK = 64 * 1024


class Decompressor(Protocol):
    """What bz2, lzma and zstd offer, and `_Zlib` in their likeness."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Inner(Protocol):
    """What zlib's objects and those of ISA-L offer."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ..., /) -> bytes: ...


class _Zlib:
    """An object of zlib's kind with the interface of the others."""

    def __init__(self, inner: _Inner) -> None:
        self._inner = inner

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max(max_length, 0))


_ISAL_ERROR: type[Exception] = isal_zlib.IsalError  # type: ignore[assignment]  # its stub says that it is an instance
_MAX_MEMORY = 256 * 1024 * 1024
"""`xz -9` needs 65 MiB; a header may claim gigabytes. zstd has a limit of 128 MiB of its own."""
DECOMPRESSORS: dict[str, Callable[[], Decompressor]] = {
    "gzip": lambda: _Zlib(zlib.decompressobj(zlib.MAX_WBITS | 16)),
    "zlib": lambda: _Zlib(zlib.decompressobj(zlib.MAX_WBITS)),
    "deflate": lambda: _Zlib(zlib.decompressobj(-zlib.MAX_WBITS)),
    "zstd": zstd.ZstdDecompressor,
    "bzip2": bz2.BZ2Decompressor,
    "xz": lambda: lzma.LZMADecompressor(memlimit=_MAX_MEMORY),
}
_QUICK: dict[str, Callable[[], Decompressor]] = {
    "gzip": lambda: _Zlib(isal_zlib.decompressobj(zlib.MAX_WBITS | 16)),
    "zlib": lambda: _Zlib(isal_zlib.decompressobj(zlib.MAX_WBITS)),
    "deflate": lambda: _Zlib(isal_zlib.decompressobj(-zlib.MAX_WBITS)),
}
"""The same at more than twice the speed, for what is whole: of damaged data these give less."""
_MAGIC = ((b"\x1f\x8b\x08", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"BZh", "bzip2"), (b"\xfd7zXZ\x00", "xz"))
ERRORS = (zlib.error, _ISAL_ERROR, zstd.ZstdError, lzma.LZMAError, EOFError, OSError, ValueError)


def coding_of(first: bytes) -> str | None:
    """The compression that these first bytes of a file announce."""
    for magic, coding in _MAGIC:
        if first.startswith(magic):
            return coding
    return None


# A decompressor that fails gives nothing of that call's output. So the member is unpacked again up to there, by the one that
# gives most, and on in small steps.
_STEPS = (CHUNK, CHUNK, 256, 1)


class Member:
    """One compressed member of a file, from `start` on. `end` is the offset behind it once `read` has given b""."""

    def __init__(self, file: BinaryIO, start: int, coding: str, limits: Limits) -> None:
        self._file, self._limits, self._coding = file, limits, coding
        self._given = 0
        self._pace = 0 if coding in _QUICK else 1
        """Index in `_STEPS`; at 0 the quick decompressor is at work."""
        self.start = start
        self.end: int | None = None
        self._rewind()

    def read(self, size: int = CHUNK) -> bytes:
        """At least one and at most `size` bytes; b"" at the end of the member, whose checksum is right then. What can be
        unpacked is given before damage is told (but for the last byte before a wrong checksum, which zlib keeps)."""
        while not self._decompressor.eof:
            data = self._step(min(size, _STEPS[self._pace]))
            if data:
                self._given += len(data)
                self._guard()
                return data
        if self.end is None:
            self.end = self.start + self._taken - len(self._decompressor.unused_data)
        return b""

    def _step(self, size: int) -> bytes:
        try:
            return self._unpack(size)
        except Damaged:
            if self._pace > 0:
                raise
        except ERRORS as error:
            if _is_of_disc(error):
                raise
            if self._pace + 1 == len(_STEPS):
                raise Damaged(Reason.CORRUPT, f"the {self._coding} data is damaged ({error})") from error
        self._pace += 1
        self._replay()
        return b""

    def _unpack(self, size: int) -> bytes:
        starved = self._decompressor.needs_input
        chunk = self._file.read(CHUNK) if starved else b""
        self._taken += len(chunk)
        data = self._decompressor.decompress(chunk, size)
        if starved and not chunk and not data and not self._decompressor.eof:
            raise Damaged(Reason.TRUNCATED, f"the {self._coding} data ends before its end mark")
        return data

    def _rewind(self) -> None:
        self._decompressor = (DECOMPRESSORS if self._pace > 0 else _QUICK)[self._coding]()
        self._taken = 0
        self._file.seek(self.start)

    def _replay(self) -> None:
        """From the start of the member to where the last byte was given."""
        self._rewind()
        missing = self._given
        try:
            while missing:
                missing -= len(self._unpack(min(missing, CHUNK)))
        except ERRORS as error:  # all was given, and its checksum is wrong
            if _is_of_disc(error):
                raise
            raise Damaged(Reason.CORRUPT, f"the {self._coding} data is damaged ({error})") from error

    def _guard(self) -> None:
        limits = self._limits
        if self._given > limits.ratio_free_bytes and self._given > limits.max_ratio * max(self._taken, 1):
            raise Damaged(Reason.TOO_LARGE, f"the {self._coding} data unpacks to more than {limits.max_ratio} times its size")


def _is_of_disc(error: Exception) -> bool:
    """bz2 raises a bare OSError for damaged data."""
    return isinstance(error, OSError) and error.errno is not None


class Unpacked(io.RawIOBase):
    """A compressed file as one readable stream, over all its members. Zero bytes behind the last one are ignored."""

    def __init__(self, file: BinaryIO, coding: str, limits: Limits) -> None:
        super().__init__()
        self._file, self._coding, self._limits = file, coding, limits
        self._member = Member(file, 0, coding, limits)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._member.read(len(buffer))
        while not data and self._more():
            data = self._member.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _more(self) -> bool:
        """Go on to the next member, if there is one."""
        assert self._member.end is not None  # noqa: S101 - set by read() having given b""
        position = self._member.end
        self._file.seek(position)
        while (chunk := self._file.read(CHUNK)) and not chunk.strip(b"\x00"):
            position += len(chunk)
        start = position + len(chunk) - len(chunk.lstrip(b"\x00"))
        self._file.seek(start)
        if not (first := self._file.read(8)):
            return False
        if coding_of(first) != self._coding:
            raise Damaged(Reason.CORRUPT, f"bytes that are no {self._coding} data follow its end")
        self._member = Member(self._file, start, self._coding, self._limits)
        return True

    def close(self) -> None:
        self._file.close()
        super().close()


def unpacked(file: BinaryIO, limits: Limits) -> BinaryIO:
    """The file's content, decompressed where its first bytes say that it is compressed."""
    coding = coding_of(file.read(8))
    file.seek(0)
    return io.BufferedReader(Unpacked(file, coding, limits), CHUNK) if coding else file
