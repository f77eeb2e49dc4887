"""The transfer and content codings of an HTTP body, undone under the limits.

Crawlers store bodies as sent, or with one or both codings already undone while the headers still name them; so each coding
is undone only where the bytes bear it out.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Protocol

from fastwarc.stream_io import BrotliReader

from etl.extract.blobs import Damaged
from etl.extract.inflate import CHUNK, Member, Unpacked, coding_of
from etl.extract.limits import Limits
from etl.extract.sniffing import looks_like_text
from etl.records import Reason

# 1a2b;name=value
_CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]{0,9}(?:;[^\r\n]{0,500})?\r?\n")
_NAMES = {"x-gzip": "gzip", "x-deflate": "deflate", "x-br": "br", "x-zstd": "zstd", "identity": "", "none": "", "utf-8": ""}
# A gzip in a gzip is seen; more is an attack.
_MAX_CODINGS = 3


def dechunked(body: bytes) -> bytes:
    """The body without the framing of chunked transfer; unchanged when it has none. Raises `Damaged`."""
    parts: list[bytes] = []
    position = 0
    while match := _CHUNK_LINE.match(body, position):
        length, start = int(match[1], 16), match.end()
        if length == 0:
            return b"".join(parts)
        parts.append(body[start : start + length])
        position = start + length
        if not body.startswith((b"\r\n", b"\n"), position):
            break
        position += 2 if body.startswith(b"\r\n", position) else 1
    if not parts or (len(parts) == 1 and not parts[0].lstrip().startswith((b"<", b"\x1f\x8b", b"\xef\xbb\xbf"))):
        return body  # what looked like the length of a chunk was the text's own first line
    raise Damaged(Reason.TRUNCATED, "the body breaks off inside its chunked transfer coding")


def decoded(body: bytes, codings: Sequence[str], limits: Limits) -> bytes:
    """The body with its content codings undone, the last applied first. Raises `Damaged`."""
    names = [_NAMES.get(name, name) for name in codings]
    wanted = [name for name in names if name]
    if len(wanted) > _MAX_CODINGS:
        raise Damaged(Reason.UNDECODABLE, f"the body is said to be compressed {len(wanted)} times")
    if (wanted or coding_of(body)) and len(body) > limits.max_compressed_bytes:
        raise Damaged(Reason.TOO_LARGE, f"the compressed body has {len(body)} bytes, more than {limits.max_compressed_bytes}")
    for name in reversed(wanted):
        body = _undo(body, name, limits)
    if not wanted and coding_of(body) in ("gzip", "zstd"):
        body = _undo(body, str(coding_of(body)), limits)
    if len(body) > limits.max_page_bytes:
        raise Damaged(Reason.TOO_LARGE, f"the page has more than {limits.max_page_bytes} bytes")
    return body


def _undo(body: bytes, name: str, limits: Limits) -> bytes:
    if not body:
        return body
    if name in ("gzip", "zstd"):
        return _read(Unpacked(io.BytesIO(body), name, limits), limits) if coding_of(body) == name else _as_it_is(body, name)
    if name == "deflate":
        return _undo_deflate(body, limits)
    if name == "br":
        return _undo_brotli(body, limits)
    return _as_it_is(body, name)


def _as_it_is(body: bytes, name: str) -> bytes:
    if looks_like_text(body):
        return body
    raise Damaged(Reason.UNDECODABLE, f"the body is said to be {name[:20]!r}, and is neither that nor text")


def _undo_deflate(body: bytes, limits: Limits) -> bytes:
    """`deflate` means zlib's format by the standard, and raw deflate to some servers."""
    coding = "zlib" if body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0 else "deflate"
    member = Member(io.BytesIO(body), 0, coding, limits)
    try:
        return _read(member, limits)
    except Damaged as damage:
        if damage.reason is Reason.CORRUPT and looks_like_text(body):
            return body
        raise


def _undo_brotli(body: bytes, limits: Limits) -> bytes:
    """Brotli has no magic number: what is text as it stands was decoded by the crawler."""
    try:
        return _read(BrotliReader(io.BytesIO(body)), limits)
    except OSError as error:
        if looks_like_text(body):
            return body
        raise Damaged(Reason.CORRUPT, f"the br data is damaged or cut short ({error})") from error


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes | None: ...


def _read(stream: _Readable, limits: Limits) -> bytes:
    parts, size = [], 0
    while data := stream.read(CHUNK):
        parts.append(data)
        size += len(data)
        if size > limits.max_page_bytes:
            raise Damaged(Reason.TOO_LARGE, f"the page unpacks to more than {limits.max_page_bytes} bytes")
    return b"".join(parts)
