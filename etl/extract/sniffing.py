"""What bytes are, by their first ones: HTML, text or something else. In the manner of https://mimesniff.spec.whatwg.org/."""

from __future__ import annotations

import re

HTML = "text/html"
TEXT = "text/plain"
WITHIN = 4096
"""So many first bytes are looked at."""

# The first tag of a page: <!doctype html>, <html lang="en">, <!-- saved from … -->, <p>
_TAGS = (
    rb"!doctype|html|head|script|iframe|h[1-6]|div|font|table|a|style|title|b|body|br|p|meta|link|base|article|section|main|header"
    rb"|nav|span|center|form|noscript|strong|em|i|img|ul|ol|figure|blockquote"
)
_HTML_START = re.compile(rb"<(?:(?:" + _TAGS + rb")[\s>/]|!--)", re.I)
# The root or the doctype anywhere in the beginning: <?xml version="1.0"?>…<html xmlns="…">; warnings of PHP before the page.
_HTML_ROOT = re.compile(rb"<(?:!doctype\s{1,9}html|html[\s>]|head[\s>]|body[\s>])", re.I)
# <?xml …?> <!-- … --> <rss version="2.0">
_XML_ROOT = re.compile(rb"<([A-Za-z_][\w:.-]{0,80})[\s>/]")
_FEEDS = {b"rss", b"feed", b"rdf:RDF"}
# Bytes that occur in no text (the standard's binary data bytes).
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x00\x00\x01\x00", "image/x-icon"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"wOF", "font/woff"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\x7fELF", "application/x-executable"),
)


def media_type(content: bytes, declared: str = "") -> str:
    """`text/html`, `text/plain`, or the name of what it is instead. `declared` is a type that a name or a header gives."""
    first = content[:WITHIN]
    if first.startswith((b"\xff\xfe", b"\xfe\xff")):
        first = first.decode("utf-16", "replace").encode("utf-8", "replace")
    elif b"<\x00" in first[:400] or b"\x00<" in first[:400]:
        first = first.replace(b"\x00", b"")  # UTF-16 without a mark: its tags read as ASCII then
    first = first.removeprefix(b"\xef\xbb\xbf")
    start = first.lstrip(b"\x00\t\n\x0b\x0c\r ")
    return _by_magic(start) or _by_markup(start) or _by_text(start, declared)


def looks_like_text(content: bytes) -> bool:
    """Whether the bytes are HTML or plain text."""
    return media_type(content) in (HTML, TEXT)


def _by_magic(start: bytes) -> str | None:
    if start.startswith(b"RIFF"):
        return "image/webp" if start[8:12] == b"WEBP" else "audio/wave"
    if start[4:8] == b"ftyp":
        return "image/avif" if start[8:12] in (b"avif", b"heic", b"mif1") else "video/mp4"
    return next((name for magic, name in _MAGIC if start.startswith(magic)), None)


def _by_markup(start: bytes) -> str | None:
    if start.startswith(b"<?xml"):
        if _HTML_ROOT.search(start):
            return HTML
        root = _XML_ROOT.search(start, 5)
        return "application/feed+xml" if root and root[1] in _FEEDS else "application/xml"
    if _HTML_START.match(start):
        return HTML
    root = _XML_ROOT.match(start)
    if root and root[1] in _FEEDS:
        return "application/feed+xml"
    if root and root[1].lower() == b"svg":
        return "image/svg+xml"
    return None


def _by_text(start: bytes, declared: str) -> str:
    if _HTML_ROOT.search(start):
        return HTML
    if _BINARY.search(start):
        return "application/octet-stream"
    return HTML if declared in (HTML, "application/xhtml+xml") else TEXT
