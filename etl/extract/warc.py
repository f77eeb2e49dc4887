"""Pages of WARC archives: responses and resources with HTML or plain text, and the plain text of WET files.

Which records are whole is told by `warc_frames.py`; FastWARC reads what stands in them.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

from fastwarc.warc import WarcRecord

from etl.extract.blobs import Blob, Capture, Context, Damaged, Item
from etl.extract.codings import dechunked, decoded
from etl.extract.digests import matches
from etl.extract.http import REDIRECTS, Response, response
from etl.extract.limits import Limits
from etl.extract.pages import page_of, too_large
from etl.extract.sniffing import HTML, TEXT, media_type
from etl.extract.warc_frames import Frame, Lost, Place, frames
from etl.extract.warc_notes import BEHIND, Notes
from etl.records import Reason, Rejected

_PAGE_KINDS = {"response", "resource", "conversion"}
# WARC-Target-URI: <http://example.com/>   (wget writes the brackets)
_TARGET = re.compile(rb"^warc-target-uri[ \t]{0,9}:[ \t]{0,9}<?([^\r\n>]{1,8000})", re.I | re.M)
# Plain text that is there for machines, on every site of a crawl.
_SITE_FILES = re.compile(r"/(?:(?:robots|ads|app-ads|humans|llms|security)\.txt|\.well-known/.{0,300})", re.I | re.S)
# Declared types under which a page may stand; the bytes decide then.
_MAYBE_PAGE = re.compile(
    r"|text/(?:html|plain|xml|x-[\w.-]{1,40})|application/(?:xhtml\+xml|xml|octet-stream|force-download|x-unknown)"
    r"|[\w*]{1,20}/(?:unknown|\*)"
)
# Media type, or the beginning of one: the word to count by.
_WORDS = {
    "image/": "image",
    "video/": "video",
    "audio/": "audio",
    "font/": "font",
    "application/font": "font",
    "text/css": "style",
    "text/javascript": "script",
    "application/javascript": "script",
    "application/x-javascript": "script",
    "application/json": "json",
    "application/pdf": "pdf",
    "application/feed+xml": "feed",
    "application/rss": "feed",
    "application/atom": "feed",
    "application/xml": "xml",
    "text/xml": "xml",
}


def recognises(first: bytes, _name: str) -> bool:
    """Whether unpacked first bytes begin a WARC record."""
    return first.lstrip(b"\r\n").startswith(b"WARC/")


def read(blob: Blob, context: Context) -> Iterator[Item]:
    """All pages of the archive, and one `Rejected` for each stretch that is lost: damage ends nothing but itself."""
    if context.only is not None:
        yield from _read_only(blob, context.limits, context.only)
        return
    after = Place.parse(context.after) if context.after else None
    nothing, notes = True, Notes()
    with blob.open() as file:
        for found in frames(file, blob.size, context.limits, after):
            nothing = False
            if after is None or found.place > after:
                yield from _items(blob, found, notes, context.limits)
        yield from notes.rest()
    if nothing and after is None:
        yield blob.capture().rejected(Reason.EMPTY, "The archive holds no record.", size=blob.size)


def _items(blob: Blob, found: Frame | Lost, notes: Notes, limits: Limits) -> Iterator[Item]:
    if isinstance(found, Lost):
        yield from notes.joined(_lost(blob, found), None, b"")
    else:
        record = _record(found)
        yield from notes.joined(_outcome(blob, found, record, limits), record, found.block)


def _read_only(blob: Blob, limits: Limits, records: Iterable[str | None]) -> Iterator[Item]:
    """What stands at these places and what stands behind it until its metadata have come. Each place is sought for itself, those
    inside of one compressed member in one go."""
    places = sorted(place for record in records if record and (place := Place.parse(record)))
    with blob.open() as file:
        for offset, group in groupby(places, key=lambda place: place.offset):
            wanted = list(group)
            left, behind, notes = {blob.capture(record=str(place)).record for place in wanted}, 0, Notes()
            for found in frames(file, blob.size, limits, Place(offset)):
                for item in _items(blob, found, notes, limits):
                    left.discard(item.page.record if isinstance(item, Rejected) else item.record)
                    yield item
                behind += found.place > wanted[-1]
                if not left or behind > BEHIND:
                    break
            yield from notes.rest()


def _lost(blob: Blob, lost: Lost) -> Rejected:
    target = _TARGET.search(lost.head)
    url = target[1].decode("utf-8", "replace") if target else None
    what = f"Bytes {lost.place} to {lost.end} of the archive hold no whole record"
    return blob.capture(record=str(lost.place), url=url).broken(what, Damaged(lost.reason, lost.problem))


def _record(frame: Frame) -> WarcRecord | None:
    """None where its header cannot be read."""
    try:
        return WarcRecord.from_reader(io.BytesIO(frame.head + frame.block), quirks_mode=True)
    except OSError:
        return None


def _outcome(blob: Blob, frame: Frame, record: WarcRecord | None, limits: Limits) -> Item:
    """What one whole record comes to."""
    if record is None:
        message = "The record's header cannot be read."
        return blob.capture(record=str(frame.place)).rejected(Reason.CORRUPT, message, size=frame.length)
    kind = (record.headers.get("WARC-Type") or "").strip().lower()
    url = (record.headers.get("WARC-Target-URI") or "").strip().strip("<>") or None
    capture = blob.capture(record=str(frame.place), url=url, fetched_at=_date(record))
    if kind not in _PAGE_KINDS:
        return capture.passed_over(kind if kind.isalpha() else "unknown")
    if matches(record.headers.get("WARC-Block-Digest"), frame.block) is False and not frame.oversize:
        return _altered(capture, frame)
    word = _word_of_address(url)
    found = None if word else response(record, frame.block)
    if word or (found and (word := _word_of_response(found))):
        return capture.passed_over(word)
    if frame.oversize:
        return too_large(capture, frame.length, limits)
    if found is None:
        return capture.rejected(Reason.CORRUPT, "The HTTP header of the record cannot be read.", size=frame.length)
    if not _payload_holds(record, found):
        return _altered(capture, frame)
    return _page(capture, record, found, limits)


def _altered(capture: Capture, frame: Frame) -> Rejected:
    message = "The record's digest is not that of its bytes: they were altered."
    return capture.rejected(Reason.CORRUPT, message, size=frame.length, damaged=True)


def _date(record: WarcRecord) -> dt.datetime | None:
    date: dt.datetime | None = record.record_date
    return date.astimezone(dt.UTC) if date and date.tzinfo else date.replace(tzinfo=dt.UTC) if date else None


def _word_of_address(url: str | None) -> str:
    """Records that crawlers keep for themselves: `dns:`, `urn:`, `metadata://`; and files that sites keep for crawlers."""
    if url is None:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https", "ftp", "file"):
        return "internal"
    return "site-file" if _SITE_FILES.fullmatch(parts.path) else ""


def _word_of_response(found: Response) -> str:
    """The word for a response that is no page by its status or its type; empty for what may be one."""
    if found.status in REDIRECTS:
        return "redirect"
    if found.status != 200:
        return f"status-{found.status}"
    if not _MAYBE_PAGE.fullmatch(found.declared):
        return _word(found.declared)
    return ""


def _word(kind: str) -> str:
    return next((word for start, word in _WORDS.items() if kind.startswith(start)), "other-type")


def _payload_holds(record: WarcRecord, found: Response) -> bool:
    """The payload's digest counts where the block has none: some tools take it of the body as sent, others of the decoded."""
    label = record.headers.get("WARC-Payload-Digest")
    if not label or record.headers.get("WARC-Block-Digest"):
        return True
    return matches(label, found.body, *_other_bodies(found)) is not False


def _other_bodies(found: Response) -> list[bytes]:
    bodies = []
    try:
        if "chunked" in found.transfer_codings:
            bodies.append(dechunked(found.body))
        if found.content_codings:
            bodies.append(decoded((bodies or [found.body])[-1], found.content_codings, Limits()))
    except Damaged:
        pass
    return bodies


def _page(capture: Capture, record: WarcRecord, found: Response, limits: Limits) -> Item:
    cut = _cut_by_crawler(record)
    if cut:
        return capture.rejected(Reason.TRUNCATED, cut, size=len(found.body))
    try:
        body = dechunked(found.body) if "chunked" in found.transfer_codings else found.body
        content = decoded(body, found.content_codings, limits)
    except Damaged as damage:
        return capture.rejected(damage.reason, f"The response cannot be decoded: {damage}.", size=len(found.body))
    kind = media_type(content, found.declared)
    if content and kind not in (HTML, TEXT):
        return capture.passed_over(_word(kind))
    return page_of(capture, content, limits, declared=found.declared, charset=found.charset)


def _cut_by_crawler(record: WarcRecord) -> str | None:
    why = record.headers.get("WARC-Truncated")
    if why:
        return f"The crawler stored only the beginning of the page (WARC-Truncated: {why[:40]})."
    if record.headers.get("WARC-Segment-Number"):
        return "The crawler parted the page into segments, which are not joined."
    return None
