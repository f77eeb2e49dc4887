"""What a WARC record comes to: a page, something that is no page, or a page that is lost. FastWARC reads what stands in it."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastwarc.warc import WarcRecord

from etl.extract.blobs import Blob, Capture, Damaged, Item
from etl.extract.codings import dechunked, decoded
from etl.extract.digests import matches
from etl.extract.http import REDIRECTS, Response, response
from etl.extract.limits import Limits
from etl.extract.pages import page_of, too_large
from etl.extract.sniffing import HTML, TEXT, media_type
from etl.extract.warc_frames import Frame, Lost, Place
from etl.extract.warc_notes import Told, told_by
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What one record, or one stretch that is lost, comes to."""

    place: Place
    item: Item
    told: Told | None
    """What the record says of others; None where it cannot be read."""
    whole: bool
    """Whether it is a record: then whoever reads from `place` on reads the same as who came to it from before."""


def entry_of(blob: Blob, found: Frame | Lost, limits: Limits) -> Entry:
    """The entry of what was found in the archive that the blob is."""
    if isinstance(found, Lost):
        return Entry(place=found.place, item=_lost(blob, found), told=None, whole=False)
    record = _record(found)
    item = _outcome(blob, found, record, limits)
    return Entry(place=found.place, item=item, told=told_by(item, record, found.block), whole=True)


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
