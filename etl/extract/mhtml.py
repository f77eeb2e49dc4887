"""MHTML: one page with its pictures in one file, as browsers save it. The page is read, the rest is passed by."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from typing import BinaryIO

from etl.extract.blobs import Blob, Capture, Context, Damaged, Item
from etl.extract.inflate import unpacked
from etl.extract.limits import Limits
from etl.extract.pages import page_of, too_large
from etl.extract.sniffing import HTML, TEXT
from etl.records import Reason

# The first line of a header: From: <Saved by Blink>
_HEADER_LINE = re.compile(rb"[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]{0,2000}\r?\n")
_MIME_PAGE = re.compile(rb"^Content-Type:\s{0,9}(?:multipart/related|multipart/alternative|text/html)\b", re.I | re.M)
_MIME = re.compile(rb"^(?:MIME-Version|Snapshot-Content-Location):", re.I | re.M)
_PAGE_TYPES = (HTML, TEXT, "application/xhtml+xml")
_MAX_HEADER = 256 * 1024
_MAX_LINE = 64 * 1024
_MAX_PARTS = 10_000
"""Pictures before the page; browsers write the page first."""


def recognises(first: bytes, _name: str) -> bool:
    """Whether first bytes are the header of a saved page."""
    return bool(_HEADER_LINE.match(first) and _MIME.search(first) and _MIME_PAGE.search(first))


def read(blob: Blob, context: Context) -> Iterator[Item]:
    """The one page of the file."""
    if context.after is not None:
        return
    with blob.open() as file:
        stream = unpacked(file, context.limits)
        capture = blob.capture()
        try:
            header = _header(stream)
            capture = _capture(blob, header)
            yield _page(capture, stream, header, context.limits)
        except Damaged as damage:
            if damage.reason is Reason.TOO_LARGE:
                yield too_large(capture, None, context.limits)
            else:
                yield capture.broken("The saved page cannot be read", damage, size=blob.size)


def _header(stream: BinaryIO) -> Message:
    """The lines up to the next empty one."""
    lines, size = [], 0
    while (line := stream.readline(_MAX_LINE)).strip(b"\r\n"):
        lines.append(line)
        size += len(line)
        if size > _MAX_HEADER:
            raise Damaged(Reason.CORRUPT, "its header does not end")
    return BytesHeaderParser().parsebytes(b"".join(lines))


def _capture(blob: Blob, header: Message) -> Capture:
    url = header.get("Snapshot-Content-Location") or header.get("Content-Location")
    return blob.capture(url=_address(url), fetched_at=_date(header))


def _address(url: object) -> str | None:
    text = re.sub(r"\s", "", str(url or ""))
    return text if re.match(r"https?://", text, re.I) else None


def _date(header: Message) -> dt.datetime | None:
    try:
        date = parsedate_to_datetime(str(header.get("Date") or ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date.astimezone(dt.UTC) if date.tzinfo else date.replace(tzinfo=dt.UTC)


def _page(capture: Capture, stream: BinaryIO, header: Message, limits: Limits) -> Item:
    boundary = _boundary(header)
    part, body = (header, _body(stream, None, limits)) if boundary is None else _root(stream, header, boundary, limits)
    if capture.url is None:
        capture = Capture(
            source=capture.source,
            record=capture.record,
            url=_address(part.get("Content-Location")),
            fetched_at=capture.fetched_at,
        )
    charset = part.get_content_charset()
    return page_of(capture, _decoded(part, body), limits, declared=part.get_content_type(), charset=charset)


def _boundary(header: Message) -> bytes | None:
    boundary = header.get_boundary()
    return b"--" + boundary.encode("utf-8", "surrogateescape") if boundary else None


def _root(stream: BinaryIO, header: Message, boundary: bytes, limits: Limits) -> tuple[Message, bytes]:
    """The part that the header names as the start, else the first that is HTML or plain text."""
    start = str(header.get_param("start") or "").strip()
    for number in range(_MAX_PARTS):
        if not _skip(stream, boundary):
            if number == 0:
                raise Damaged(Reason.TRUNCATED, "it ends before its first part")
            break
        part = _header(stream)
        kind = part.get_content_type()
        if kind.startswith("multipart/"):
            boundary = _boundary(part) or boundary
        elif kind in _PAGE_TYPES and start in ("", str(part.get("Content-ID") or "").strip()):
            return part, _body(stream, boundary, limits)
    raise Damaged(Reason.NOT_HTML, "no part of it is a page")


def _skip(stream: BinaryIO, boundary: bytes) -> bool:
    """Past the next boundary; False at the end."""
    while line := stream.readline(_MAX_LINE):
        if line.startswith(boundary):
            return not line.startswith(boundary + b"--")
    return False


def _body(stream: BinaryIO, boundary: bytes | None, limits: Limits) -> bytes:
    """The lines up to the boundary. Quoted-printable may take three bytes for one."""
    lines: list[bytes] = []
    size = 0
    while line := stream.readline(_MAX_LINE):
        if boundary and line.startswith(boundary):
            return b"".join(lines)
        lines.append(line)
        size += len(line)
        if size > 3 * limits.max_page_bytes + _MAX_LINE:
            raise Damaged(Reason.TOO_LARGE, "")
    if boundary:
        raise Damaged(Reason.TRUNCATED, "it ends inside the page")
    return b"".join(lines)


def _decoded(part: Message, body: bytes) -> bytes:
    coding = str(part.get("Content-Transfer-Encoding") or "").strip().lower()
    if coding == "quoted-printable":
        return quopri.decodestring(body)
    if coding == "base64":
        try:
            return base64.b64decode(body)
        except (ValueError, binascii.Error) as error:
            raise Damaged(Reason.CORRUPT, "its base64 is damaged") from error
    return body
