"""Builders of archives for tests: WARC records by hand, so that every quirk can be written."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
from collections.abc import Iterable
from pathlib import Path

from etl.extract import Limits, read, source_of
from etl.records import Page, PassedOver, Rejected

FETCHED = dt.datetime(2024, 5, 1, 10, 0, tzinfo=dt.UTC)
LIMITS = Limits()


def html(number: int = 1, words: int = 60) -> bytes:
    """A small page that compresses little: its words are digests."""
    text = " ".join(hashlib.sha256(f"{number} {word}".encode()).hexdigest() for word in range(words))
    return f"<!DOCTYPE html><html><head><title>Story {number}</title></head><body><p>{text}</p></body></html>".encode()


def http(body: bytes, *headers: str, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    """A response as a server sends it; `kind` "" leaves the type out."""
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def digest(block: bytes, algorithm: str = "sha1") -> str:
    return f"{algorithm}:{base64.b32encode(hashlib.new(algorithm, block).digest()).decode()}"


def record(
    block: bytes,
    *headers: str,
    type_: str = "response",
    url: str | None = "https://example.com/story",
    kind: str = "application/http; msgtype=response",
    length: int | None = None,
    date: str = "2024-05-01T10:00:00Z",
    line_end: str = "\r\n",
) -> bytes:
    """One WARC record. Further header lines as text; `length` other than the block's is a lie."""
    lines = [
        "WARC/1.1",
        f"WARC-Type: {type_}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        *([f"WARC-Target-URI: {url}"] if url else []),
        f"WARC-Date: {date}",
        f"Content-Type: {kind}",
        *headers,
        f"Content-Length: {len(block) if length is None else length}",
        "",
        "",
    ]
    return line_end.join(lines).encode() + block + 2 * line_end.encode()


def story(number: int, *, words: int = 60, digests: bool = False) -> bytes:
    """A record with page `number` at an address of its own."""
    block = http(html(number, words))
    return record(block, *([f"WARC-Block-Digest: {digest(block)}"] if digests else []), url=address(number))


def address(number: int) -> str:
    return f"https://example.com/story-{number}"


def stories(count: int, *, words: int = 60, digests: bool = False) -> list[bytes]:
    return [story(number, words=words, digests=digests) for number in range(count)]


def members(records: Iterable[bytes]) -> list[bytes]:
    """Each record as a gzip member of its own, as crawlers write them."""
    return [gzip.compress(one, mtime=0) for one in records]


def items(path: Path, limits: Limits = LIMITS, after: str | None = None) -> list[Page | Rejected | PassedOver]:
    """All that reading the file gives."""
    return list(read(source_of(path), limits, after=after))


def written(path: Path, *parts: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(parts))
    return path


def brief(found: Iterable[Page | Rejected | PassedOver]) -> list[str]:
    """Each item in a word or two: the address of a page, the reason of a rejection (with ! where the source is damaged), the kind
    of what was passed over."""
    return [_brief(item) for item in found]


def _brief(item: Page | Rejected | PassedOver) -> str:
    if isinstance(item, Page):
        return item.url or item.source.rpartition("/")[2]
    if isinstance(item, Rejected):
        return f"{item.reason}{'!' if item.source_damaged else ''}"
    return f"({item.kind})"
