"""The one table of readers: what a blob is by its first bytes, and who reads it. A new kind of source is one line here."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from etl.extract import files, jsonlines, mhtml, tars, warc, zips
from etl.extract.blobs import Blob, Context, Damaged, Item, Reader
from etl.extract.inflate import coding_of, unpacked
from etl.extract.limits import Limits
from etl.extract.pages import describe
from etl.extract.sniffing import WITHIN, media_type
from etl.records import Reason, SourceKind

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of source."""

    kind: SourceKind
    recognises: Callable[[bytes, str], bool]
    """By the first bytes, decompressed, and the name."""
    read: Reader
    endings: tuple[str, ...] = ()
    """Of names that declare an archive of this kind: one whose first bytes are damaged is known by them."""


# The first that recognises a blob reads it: archives before pages, since text may look like anything.
KINDS = (
    Kind(SourceKind.WARC, warc.recognises, warc.read, (".warc", ".warc.gz", ".warc.zst", ".wet.gz")),
    Kind(SourceKind.ZIP, zips.recognises, zips.read, (".zip", ".wacz")),
    Kind(SourceKind.TAR, tars.recognises, tars.read, tars.ENDINGS),
    Kind(SourceKind.MHTML, mhtml.recognises, mhtml.read, (".mhtml", ".mht")),
    Kind(SourceKind.JSON_LINES, jsonlines.recognises, jsonlines.read, jsonlines.ENDINGS),
    Kind(SourceKind.HTML, files.recognises_html, files.read),
    Kind(SourceKind.TEXT, files.recognises_text, files.read),
)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)
# How HTML, XML and JSON begin: what stands under an archive's name when a server answered with something else.
_ANSWERS = (b"<", b"{")
_READERS = {kind.kind: kind.read for kind in KINDS}


def kind_of(open_: Callable[[], BinaryIO], name: str) -> SourceKind:
    """What the bytes are. An archive's name is believed only of bytes that are nothing else: an error page is no archive."""
    first, compressed = _first_bytes(open_)
    found = next((kind for kind in KINDS if first and kind.recognises(first, name)), None)
    named = next((kind for kind in KINDS if name.lower().endswith(kind.endings)), None) if compressed or first else None
    if named and (found is None or not found.endings):
        return SourceKind.UNKNOWN if first.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(_ANSWERS) else named.kind
    if compressed and not first:
        return SourceKind.HTML  # empty or damaged: reading it as a page tells which
    return found.kind if found else SourceKind.UNKNOWN


def read_blob(blob: Blob, context: Context, kind: SourceKind | None = None) -> Iterator[Item]:
    """All that the blob holds. What cannot be read at all is one `Rejected`; nothing is raised."""
    try:
        reader = _READERS.get(kind or kind_of(blob.open, blob.name), _read_unknown)
        yield from reader(blob, context)
    except OSError as error:
        problem = error.strerror or str(error) or type(error).__name__
        yield blob.capture().rejected(Reason.UNREADABLE, f"It cannot be read: {problem}.", size=blob.size, damaged=True)
    except Exception as error:
        # What no test thought of must cost one source, not the run of the night.
        logger.exception("%s: a fault of the reader", blob.member or blob.source)
        message = f"A fault of news-etl: {type(error).__name__} while it was read; the log has the traceback."
        yield blob.capture().rejected(Reason.PARSE_ERROR, message, size=blob.size, damaged=True)


class Table:
    """The table as the readers of archives know it."""

    endings = ENDINGS

    def is_page(self, open_: Callable[[], BinaryIO], name: str) -> bool:
        return kind_of(open_, name) in (SourceKind.HTML, SourceKind.TEXT, SourceKind.UNKNOWN)

    def read(self, blob: Blob, context: Context) -> Iterator[Item]:
        yield from read_blob(blob, context)


def _first_bytes(open_: Callable[[], BinaryIO]) -> tuple[bytes, bool]:
    """The first bytes, unpacked as far as they can be; whether they were compressed."""
    with open_() as file:
        compressed = coding_of(file.read(8)) is not None
        file.seek(0)
        first = b""
        stream = unpacked(file, Limits())
        try:
            while len(first) < WITHIN and (data := stream.read(min(512, WITHIN - len(first)))):
                first += data
        except Damaged:
            pass
        return first, compressed


def _read_unknown(blob: Blob, context: Context) -> Iterator[Item]:
    if context.after is not None:
        return
    first, _ = _first_bytes(blob.open)
    capture = blob.capture()
    if not first.strip(b"\x00\r\n\t "):
        yield capture.rejected(Reason.EMPTY, "The file is empty.", size=blob.size)
        return
    kind = media_type(first)
    named = next((ending for ending in ENDINGS if blob.name.lower().endswith(ending)), None)
    what = describe(first, kind)
    message = (
        f"Named like an archive ({named}), but {what}." if named else f"Neither a page nor an archive of a known kind: {what}."
    )
    yield capture.rejected(Reason.NOT_HTML, message, size=blob.size)
