"""Files of text, compressed or not. The same text gives the same bytes: no time, no name is written into them."""

from __future__ import annotations

import gzip
import io
import sys
from pathlib import Path
from typing import IO, cast

from etl.export.options import Compression

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


class TextFile:
    """A file to write text into, in UTF-8."""

    def __init__(self, path: Path, compression: Compression) -> None:
        self._file = path.open("wb")
        self._packed = self._pack(compression)
        self._text = io.TextIOWrapper(self._packed, "utf-8", newline="", write_through=False)

    def _pack(self, compression: Compression) -> IO[bytes]:
        if compression is Compression.GZIP:
            return cast("IO[bytes]", gzip.GzipFile(filename="", mode="wb", fileobj=self._file, mtime=0, compresslevel=6))
        if compression is Compression.ZSTD:
            return cast("IO[bytes]", zstd.ZstdFile(self._file, "wb"))
        return self._file

    def write(self, text: str) -> None:
        """Some more text, as it is."""
        self._text.write(text)

    def close(self) -> None:
        """Everything is in the file."""
        self._text.close()
        self._file.close()
