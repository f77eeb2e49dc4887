"""The last step of every reader: bytes that should be a page become a `Page`, or a `Rejected` that says what they are instead."""

from __future__ import annotations

import re

from etl.extract.blobs import Capture
from etl.extract.limits import Limits
from etl.extract.sniffing import HTML, TEXT, media_type
from etl.records import Page, Reason, Rejected

# <Error><Code>AccessDenied</Code>: the answer of a storage service instead of the file.
_STORAGE_ERROR = re.compile(rb"<Error>\s{0,99}<Code>([A-Za-z]{3,60})</Code>")


def page_of(
    capture: Capture, content: bytes, limits: Limits, *, declared: str = "", charset: str | None = None
) -> Page | Rejected:
    """`declared`: the media type that name or header give; the content decides."""
    if len(content) > limits.max_page_bytes:
        return too_large(capture, len(content), limits)
    if not content.strip(b"\x00\t\n\x0b\x0c\r \xef\xbb\xbf"):
        return capture.rejected(Reason.EMPTY, "The page is empty.", size=len(content))
    kind = media_type(content, declared)
    if kind in (HTML, TEXT):
        return capture.page(content, kind, charset)
    return capture.rejected(Reason.NOT_HTML, f"Neither HTML nor plain text: {describe(content, kind)}.", size=len(content))


def too_large(capture: Capture, size: int | None, limits: Limits) -> Rejected:
    """The page passes the limit; `size` as far as known."""
    has = f"has {size} bytes, more than" if size else "is larger than"
    return capture.rejected(Reason.TOO_LARGE, f"The page {has} the limit of {limits.max_page_bytes}.", size=size)


def describe(content: bytes, kind: str) -> str:
    """What the bytes are, in words."""
    error = _STORAGE_ERROR.search(content[:2000])
    if error:
        return f"an error answer of a storage service ({error[1].decode()})"
    return "binary data of an unknown kind" if kind == "application/octet-stream" else f"it looks like {kind}"
