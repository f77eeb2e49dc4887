"""How much of a source is read into memory or unpacked: plain values, set by the caller."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """What a page or an archive may cost. What passes a limit is rejected as `too-large`; memory stays flat meanwhile."""

    max_page_bytes: int = 10 * MIB
    """A page with all codings undone. libxml2 by default drops a text longer than 10 MB: larger pages would be cut silently."""
    max_compressed_bytes: int = 10 * MIB
    """A page as stored, before gzip, br, deflate or zstd is undone."""
    range_bytes: int = MIB
    """As stored: large WARC files are cut into ranges of this size where processes read them ahead (some 35 compressed pages)."""
    max_ratio: int = 200
    """Unpacked to packed size, once more than `ratio_free_bytes` were unpacked. Pages of news reach 20, repetitive tables 100;
    a decompression bomb of gzip 1000."""
    ratio_free_bytes: int = 10 * MIB
    """Below this no ratio is looked at: a small file costs little whatever its ratio."""
    max_members: int = 250_000
    """Members of one ZIP or TAR. The directory of a ZIP is held in memory, about 500 bytes a member."""
    max_nested_bytes: int = 4096 * MIB
    """An archive inside an archive is unpacked into a temporary file of at most this size."""
    max_depth: int = 3
    """Archives inside archives: a WARC in a WACZ in a ZIP has depth 3."""
