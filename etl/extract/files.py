"""One saved page in one file: HTML or plain text, as it is or compressed, with the sidecar that may stand beside it."""

from __future__ import annotations

from collections.abc import Iterator

from etl.extract.blobs import Blob, Capture, Context, Damaged, Item
from etl.extract.inflate import CHUNK, coding_of, unpacked
from etl.extract.limits import Limits
from etl.extract.mirror import mirror_url
from etl.extract.naming import declared_by, names_no_page
from etl.extract.pages import page_of, too_large
from etl.extract.sidecar import Sidecar, sidecar_of
from etl.extract.sniffing import HTML, TEXT, media_type
from etl.records import Reason


def recognises_html(first: bytes, name: str) -> bool:
    """Whether unpacked first bytes are HTML."""
    return media_type(first, declared_by(name)) == HTML


def recognises_text(first: bytes, name: str) -> bool:
    """Whether unpacked first bytes are plain text."""
    return media_type(first, declared_by(name)) == TEXT and not names_no_page(name)


def read(blob: Blob, context: Context) -> Iterator[Item]:
    """The one page of the file."""
    if context.after is not None:
        return
    sidecar = sidecar_of(blob)
    capture = _capture(blob, sidecar)
    try:
        content = _content(blob, context.limits)
    except Damaged as damage:
        if damage.reason is Reason.TOO_LARGE:
            yield too_large(capture, None, context.limits)
        else:
            yield capture.broken("The file cannot be unpacked", damage, size=blob.size)
        return
    yield page_of(capture, content, context.limits, declared=declared_by(blob.name), charset=sidecar.charset)


def _capture(blob: Blob, sidecar: Sidecar) -> Capture:
    mirrored = mirror_url(blob.name)
    return Capture(
        source=blob.source,
        record=blob.member,
        url=sidecar.url,
        fetched_at=sidecar.fetched_at or blob.modified_at,
        hints={**sidecar.hints, **({"mirror_url": mirrored} if mirrored else {})},
    )


def _content(blob: Blob, limits: Limits) -> bytes:
    """At most one byte more than a page may have."""
    with blob.open() as file:
        compressed = coding_of(file.read(8)) is not None
        if compressed and blob.size > limits.max_compressed_bytes:
            raise Damaged(Reason.TOO_LARGE, "")
        file.seek(0)
        stream = unpacked(file, limits)
        parts, missing = [], limits.max_page_bytes + 1
        while missing > 0 and (data := stream.read(min(CHUNK, missing))):
            parts.append(data)
            missing -= len(data)
    if missing <= 0:
        raise Damaged(Reason.TOO_LARGE, "")
    return b"".join(parts)
