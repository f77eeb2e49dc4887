"""A stretch of a file as a file of its own: a member of an archive or a spooled copy, to be opened any number of times."""

from __future__ import annotations

import io
from typing import BinaryIO


class Positioned(io.RawIOBase):
    """A file of `size` bytes that is read at a position of its own; a kind of it says how, in `_read`."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self._size, self._position = size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(base + offset, 0)
        return self._position

    def tell(self) -> int:
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)

    def _read(self, size: int) -> bytes:
        """Up to `size` bytes from the position on; none at the end."""
        raise NotImplementedError


class Slice(Positioned):
    """`size` bytes of `file` from `start` on. Closing it leaves `file` open."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        super().__init__(size)
        self._file, self._start = file, start

    def _read(self, size: int) -> bytes:
        count = min(size, self._size - self._position)
        if count <= 0:
            return b""
        self._file.seek(self._start + self._position)
        return self._file.read(count)


def slice_of(file: BinaryIO, start: int, size: int) -> BinaryIO:
    """The stretch, buffered."""
    return io.BufferedReader(Slice(file, start, size), 64 * 1024)
