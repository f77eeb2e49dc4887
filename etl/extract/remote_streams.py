"""A file on another machine as a stream that can be sought in, in constant memory: by ranges, or through a temporary file.

A connection that fails is tried again once. What cannot be read then is an OSError, like that of a disc.
"""

from __future__ import annotations

import contextlib
import errno
import io
import tempfile
from dataclasses import dataclass
from typing import Any, BinaryIO

from etl.extract.slices import Positioned, slice_of
from etl.hiding import hidden

WEB = ("http", "https")
_BLOCK = 4 * 1024 * 1024
"""Bytes that are asked for at a time."""
_SMALL = 64 * 1024
"""The same after a failure: what comes before the place at which a connection breaks off is not lost with it."""
_CHUNK = 1024 * 1024


def is_web(files: Any) -> bool:
    """Whether a storage is a web server."""
    protocols = files.protocol if isinstance(files.protocol, (list, tuple)) else (files.protocol,)
    return not set(protocols).isdisjoint(WEB)


def is_absence(error: Exception) -> bool:
    """Whether it says that there is no such file: of a web server fsspec says so too where it could not be reached."""
    cause = error.__cause__
    absent = cause is None or isinstance(cause, FileNotFoundError) or getattr(cause, "status", None) in (404, 410)
    return isinstance(error, FileNotFoundError) and absent


def problem_of(error: Exception, address: str) -> str:
    """An error in one line, without what is secret in the address."""
    if is_absence(error):
        return "it is not there"
    if isinstance(error, FileNotFoundError) and isinstance(error.__cause__, Exception):
        error = error.__cause__
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return hidden(" ".join(str(text).replace(address, hidden(address)).split()))[:300]


class RemoteFile:
    """One file of a storage: read by ranges, or where it turns out that there are none, from a copy of at most `most` bytes."""

    def __init__(self, files: Any, path: str, address: str, size: int | None, most: int, stack: contextlib.ExitStack) -> None:
        self._files, self._path, self._address, self._most, self._stack = files, path, address, most, stack
        self._listed = size
        self._copy: _Copy | None = None
        self.size = size if size is not None else self.copied().have

    def open(self) -> BinaryIO:
        """A new stream at the start."""
        return io.BufferedReader(_Ranges(self) if self._copy is None else _Copied(self._copy), 64 * 1024)

    def connected(self, block: int) -> Any:
        """fsspec's own stream, which asks for so many bytes at a time."""
        return self._files.open(self._path, "rb", block_size=block, cache_type="readahead")

    def failure(self, error: Exception) -> OSError:
        """What to raise."""
        return OSError(errno.EIO, problem_of(error, self._address))

    def copied(self) -> _Copy:
        """The whole file, or as much of it as came, on this machine's disc."""
        if self._copy is None:
            file = self._stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - closed with the stack
            have, problem = self._fill(file)
            self._copy = _Copy(file, have, problem)
        return self._copy

    def _fill(self, file: Any) -> tuple[int, str]:
        size = 0
        try:
            with self._files.open(self._path, "rb", **({"block_size": 0} if is_web(self._files) else {})) as stream:
                while data := stream.read(_CHUNK):
                    file.write(data)
                    size += len(data)
                    if size > self._most:
                        return size, f"it has more than {self._most} bytes, and its server gives no parts of it"
        except Exception as error:
            return size, problem_of(error, self._address)
        return size, _breaks_off(size, self._listed) if self._listed is not None and size < self._listed else ""


@dataclass(frozen=True, slots=True)
class _Copy:
    """What came of a file."""

    file: BinaryIO
    have: int
    """Bytes."""
    problem: str
    """Why the rest did not come; empty where all did."""


class _Ranges(Positioned):
    """The file by ranges; after a failure it is opened once more."""

    def __init__(self, file: RemoteFile) -> None:
        super().__init__(file.size)
        self._file = file
        self._source: Any = None
        self._block = _BLOCK

    def _read(self, size: int) -> bytes:
        if self._position >= self._size:
            return b""
        try:
            return self._once(size)
        except ValueError:  # fsspec's for a server that sends the whole file whatever part is asked for
            self._disconnect()
            self._source = _Copied(self._file.copied())
        except Exception:
            self._disconnect()
            self._block = _SMALL
        try:
            return self._once(size)
        except Exception as error:
            raise self._file.failure(error) from error

    def _once(self, size: int) -> bytes:
        if self._source is None:
            self._source = self._file.connected(self._block)
        self._source.seek(self._position)
        if data := bytes(self._source.read(size)):
            return data
        raise OSError(errno.EIO, _breaks_off(self._position, self._size))

    def _disconnect(self) -> None:
        if self._source is not None:
            with contextlib.suppress(Exception):
                self._source.close()
        self._source = None

    def close(self) -> None:
        self._disconnect()
        super().close()


class _Copied(Positioned):
    """A copy; where it is not whole, an OSError at its end."""

    def __init__(self, copy: _Copy) -> None:
        super().__init__(copy.have)
        self._copy, self._slice = copy, slice_of(copy.file, 0, copy.have)

    def _read(self, size: int) -> bytes:
        self._slice.seek(self._position)
        if (data := self._slice.read(size)) or not self._copy.problem:
            return data
        raise OSError(errno.EIO, self._copy.problem)


def _breaks_off(position: int, size: int) -> str:
    return f"it breaks off at byte {position} of {size}"
