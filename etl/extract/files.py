"""One saved page in one file: HTML or plain text, as it is or compressed, with the sidecar that may stand beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.extract.blobs import Blob, Capture, Context, Damaged, Item
from etl.extract.inflate import CHUNK, coding_of, unpacked
from etl.extract.limits import Limits
from etl.extract.mirror import mirror_url
from etl.extract.pages import page_of, too_large
from etl.extract.sidecar import Sidecar, sidecar_of
from etl.extract.sniffing import HTML, TEXT, media_type
from etl.records import Reason

# Endings of names that declare a type; the content decides.
_DECLARED = {"html": HTML, "htm": HTML, "xhtml": HTML, "shtml": HTML, "xht": HTML, "txt": TEXT, "text": TEXT}


# Endings of what lies in the folders of saved pages and is no page, whatever its bytes look like.
NO_PAGES = frozenset(
    re.findall(
        r"\w+",
        """
        css js mjs map wasm json jsonld webmanifest xml xsl rss atom csv tsv woff woff2 ttf otf eot
        svg png jpg jpeg jpe jfif gif webp avif ico bmp tif tiff mp3 m4a ogg oga wav flac mp4 m4v webm mov avi swf
        cdx cdxj idx md5 sha1 sha256 sha512 asc sig py pyc toml yaml yml ini lock log db sqlite
        """,
    )
)


def ending_of(name: str) -> str:
    """The ending that tells the type, without that of a compression: `html` of `a/story.HTML.gz`; empty without one."""
    parts = name.rpartition("/")[2].lower().split(".")
    while len(parts) > 1 and parts[-1] in ("gz", "zst", "bz2", "xz"):
        parts.pop()
    return parts[-1] if len(parts) > 1 else ""


def declared_by(name: str) -> str:
    """The media type that the name gives, empty when it gives none: `story.html.gz` is HTML."""
    return _DECLARED.get(ending_of(name), "")


def recognises_html(first: bytes, name: str) -> bool:
    """Whether unpacked first bytes are HTML."""
    return media_type(first, declared_by(name)) == HTML


def recognises_text(first: bytes, name: str) -> bool:
    """Whether unpacked first bytes are plain text."""
    return media_type(first, declared_by(name)) == TEXT and ending_of(name) not in NO_PAGES


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
            yield capture.rejected(damage.reason, f"The file cannot be unpacked: {damage}.", size=blob.size, damaged=True)
        return
    yield page_of(capture, content, context.limits, declared=declared_by(blob.name), charset=sidecar.charset)


def _capture(blob: Blob, sidecar: Sidecar) -> Capture:
    mirrored = mirror_url(blob.name)
    return Capture(
        source=blob.source,
        record=blob.member,
        url=sidecar.url,
        fetched_at=sidecar.fetched_at or blob.modified_at,
        hints={"mirror_url": mirrored} if mirrored else {},
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
