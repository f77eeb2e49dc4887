"""A captured HTTP response: its status, what it declares, and its body. It decodes nothing and fetches nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fastwarc.warc import WarcRecord

# text/html; charset="iso-8859-1"
_CHARSET = re.compile(r";\s{0,9}charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w:.+-]{1,40})", re.I)
# HTTP/1.1 200 OK   HTTP/2 200
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]{1,9}(\d{3})\b", re.I)
REDIRECTS = frozenset((301, 302, 303, 307, 308))
MAX_HEAD = 64 * 1024
"""The largest HTTP headers seen are cookies of 30 kB."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """One response as stored."""

    status: int
    """200 where the crawler stored no HTTP header."""
    content_type: str
    """The header's value, as sent; empty without one."""
    location: str | None
    transfer_codings: tuple[str, ...]
    content_codings: tuple[str, ...]
    body: bytes

    @property
    def declared(self) -> str:
        """The media type, in small letters, without parameters."""
        return self.content_type.partition(";")[0].strip().lower()

    @property
    def charset(self) -> str | None:
        """The charset label, as sent."""
        return charset_of(self.content_type)


def charset_of(content_type: str) -> str | None:
    """The charset label of a `Content-Type`."""
    match = _CHARSET.search(content_type[:1000])
    return match[1] if match else None


def response(record: WarcRecord, block: bytes) -> Response | None:
    """The response that a record holds; None when its HTTP header is broken. `block` is the record's, or its beginning."""
    status = _STATUS.match(block)
    if status is None:
        return _headless(record, block)
    length = record.content_length
    record.is_http = True  # whatever Content-Type the record gives its block
    try:
        record.parse_http(quirks_mode=True, max_header_len=MAX_HEAD)
    except OSError:
        return None
    headers = record.http_headers
    return Response(
        status=int(status[1]),
        content_type=headers.get("Content-Type") or "",
        location=headers.get("Location"),
        transfer_codings=_listed(headers.get_multiple("Transfer-Encoding")),
        content_codings=_listed(headers.get_multiple("Content-Encoding")),
        body=block[length - record.content_length :],  # what is left after the header: to read it takes ten times as long
    )


def _headless(record: WarcRecord, block: bytes) -> Response:
    """The block is the body: of a resource, or of a response whose HTTP header was left out."""
    own = record.headers.get("Content-Type") or ""
    return Response(
        status=200,
        content_type="" if own.lower().startswith("application/http") else own,
        location=None,
        transfer_codings=(),
        content_codings=(),
        body=block,
    )


def _listed(values: tuple[str, ...]) -> tuple[str, ...]:
    """`gzip, br` and repeated headers as one list, in small letters."""
    return tuple(name for value in values for part in value.split(",") if (name := part.strip().lower()))
