"""A stretch of a file as a file of its own: a member of an archive or a spooled copy, to be opened any number of times."""

from __future__ import annotations

import io
from typing import BinaryIO


class Slice(io.RawIOBase):
    """`size` bytes of `file` from `start` on, with a position of its own. Closing it leaves `file` open."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        super().__init__()
        self._file, self._start, self._size, self._position = file, start, size, 0

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
        count = min(len(buffer), max(self._size - self._position, 0))
        if not count:
            return 0
        self._file.seek(self._start + self._position)
        data = self._file.read(count)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)


def slice_of(file: BinaryIO, start: int, size: int) -> BinaryIO:
    """The stretch, buffered."""
    return io.BufferedReader(Slice(file, start, size), 64 * 1024)
