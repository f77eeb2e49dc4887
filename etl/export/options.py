"""The choices that a user has, as words. Imports nothing: the command line shows them in its help."""

from __future__ import annotations

import enum


class FormatName(enum.StrEnum):
    """The file formats."""

    PARQUET = "parquet"
    CSV = "csv"
    JSONL = "jsonl"


class Compression(enum.StrEnum):
    """How a file as a whole is compressed."""

    NONE = "none"
    GZIP = "gzip"
    ZSTD = "zstd"

    @property
    def suffix(self) -> str:
        """What its files' names end with."""
        return {"none": "", "gzip": ".gz", "zstd": ".zst"}[self.value]
