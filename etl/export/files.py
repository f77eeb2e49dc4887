"""Facts of a finished file: size and digest, and that it is on the disk."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class File:
    """One file of an export."""

    path: str
    """Relative to the export's folder, parted by `/`."""
    rows: int
    size: int
    """Bytes."""
    sha256: str
    """Hexadecimal."""


def described(path: Path, folder: Path, rows: int) -> File:
    """The facts of a file, which is flushed to the disk: the folder's move must not come to rest before its content."""
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        os.fsync(stream.fileno())
    return File(path=path.relative_to(folder).as_posix(), rows=rows, size=path.stat().st_size, sha256=digest)
