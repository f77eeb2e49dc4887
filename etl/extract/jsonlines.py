"""JSON Lines as crawlers write them: one page a line, with its address and its HTML or text. Also one JSON list of such pages.

{"url": "https://example.com/story", "html": "<html>…", "fetched_at": "2024-05-01T10:00:00Z", "status": 200,
 "title": "…", "authors": ["…"], "tags": "…", "date_published": "…"}     (what is noted of the story fills what the page lacks)
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, BinaryIO

from etl.extract.blobs import Blob, Context, Damaged, Item
from etl.extract.hints import hints_of
from etl.extract.http import REDIRECTS
from etl.extract.inflate import unpacked
from etl.extract.limits import Limits
from etl.extract.naming import ending_of
from etl.extract.pages import page_of
from etl.extract.sidecar import Sidecar, described_by
from etl.extract.sniffing import HTML, TEXT
from etl.records import Reason

logger = logging.getLogger(__name__)

ENDINGS = tuple(
    ending + coding for ending in (".jsonl", ".ndjson", ".jl", ".json") for coding in ("", ".gz", ".zst", ".bz2", ".xz")
)
_HTML_KEYS = ("html", "raw_html", "rawHtml", "browserHtml", "page_source")
_TEXT_KEYS = ("text", "plain_text", "raw_text", "maintext", "article_text")
_EITHER_KEYS = ("body", "content")
_STATUS_KEYS = ("status", "status_code", "statusCode", "http_status")
# The beginning of a line with a page: {"url": …   [{"html": …
_BEGINS = re.compile(rb"\s{0,99}\[?\s{0,99}\{\s{0,99}\"")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PAGE_KEY = re.compile(rb'"(?:url|html|text)"\s{0,9}:')


def recognises(first: bytes, name: str) -> bool:
    """Whether unpacked first bytes begin objects of which pages may be made."""
    if not _BEGINS.match(first.removeprefix(b"\xef\xbb\xbf")):
        return False
    return ending_of(name) in ("jsonl", "ndjson", "jl", "json") or bool(_PAGE_KEY.search(first))


def read(blob: Blob, context: Context) -> Iterator[Item]:
    """The page of each object; its `record` is the object's number, from 1."""
    after = int(context.after) if context.after and context.after.isdecimal() else 0
    number = 0
    with blob.open() as file:
        try:
            for number, value in enumerate(_values(unpacked(file, context.limits), context.limits), 1):
                if number > after:
                    yield _outcome(blob, number, value, context.limits)
        except Damaged as damage:
            yield blob.capture(record=str(number + 1)).broken(f"The file cannot be read behind page {number}", damage)


def _values(stream: BinaryIO, limits: Limits) -> Iterator[object]:
    """What the lines hold; a `Damaged` for each that is broken. A document that goes over several lines is read as a whole."""
    longest = _longest(limits)
    lines = _lines(stream, longest)
    beginning: list[bytes] = []
    while sum(map(_holds_value, beginning)) < 2 and (line := next(lines, None)):
        beginning.append(line)
    first = list(filter(_holds_value, beginning))
    if first and all(isinstance(_value(line, longest), Damaged) and len(line) <= longest for line in first):
        yield from _document(chain(beginning, lines), longest)
        return
    for line in filter(_holds_value, chain(beginning, lines)):
        value = _value(line, longest)
        yield from value if isinstance(value, list) else [value]


def _longest(limits: Limits) -> int:
    """Of a line: JSON writes many characters with six bytes (\\u00e9) that are two in UTF-8."""
    return 4 * max(limits.max_page_bytes, limits.max_compressed_bytes) + 64 * 1024


# Between objects: white space, a byte order mark, and the commas and brackets of a list with one object a line.
_BETWEEN = b" \t\r\n\xef\xbb\xbf,[]"


def _lines(stream: BinaryIO, longest: int) -> Iterator[bytes]:
    """Of a line that is too long only a first part, longer than the limit."""
    while line := stream.readline(longest + 1):
        rest = line
        while len(rest) > longest and not rest.endswith(b"\n"):
            rest = stream.readline(longest + 1)
        yield line


def _holds_value(line: bytes) -> bool:
    return bool(line.strip(_BETWEEN))


def _value(line: bytes, longest: int) -> object:
    if len(line) > longest:
        return Damaged(Reason.TOO_LARGE, f"it has more than {longest} bytes")
    text = line.decode("utf-8-sig", "replace").strip()
    value = _parsed(text)
    if isinstance(value, Damaged):
        value = _parsed(text.removeprefix("[").removesuffix("]").strip().removesuffix(","))
    if isinstance(value, Damaged) and not line.endswith(b"\n"):
        return Damaged(Reason.TRUNCATED, "the file ends inside it")
    return value


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return Damaged(Reason.CORRUPT, str(error))


def _document(lines: Iterator[bytes], longest: int) -> Iterator[object]:
    parts, size = [], 0
    for line in lines:
        parts.append(line)
        size += len(line)
        if size > longest:
            yield Damaged(Reason.TOO_LARGE, f"as one document it has more than {longest} bytes")
            return
    value = _parsed(b"".join(parts).decode("utf-8-sig", "replace"))
    yield from value if isinstance(value, list) else [value]


def _outcome(blob: Blob, number: int, value: object, limits: Limits) -> Item:
    capture = blob.capture(record=str(number))
    if isinstance(value, Damaged):
        return capture.broken(f"Page {number} of the file cannot be read", value)
    if not isinstance(value, dict):
        return capture.rejected(Reason.NOT_HTML, "The line holds no JSON object.")
    said = _described(blob, number, value)
    capture = replace(capture, url=said.url, fetched_at=said.fetched_at or blob.modified_at, hints=said.hints)
    status = next((value[key] for key in _STATUS_KEYS if isinstance(value.get(key), int)), 200)
    if status != 200:
        return capture.passed_over("redirect" if status in REDIRECTS else f"status-{status}")
    for keys, declared in ((_HTML_KEYS, HTML), (_TEXT_KEYS, TEXT), (_EITHER_KEYS, "")):
        text = next((value[key] for key in keys if isinstance(value.get(key), str)), None)
        if text is not None:
            content = _SURROGATES.sub("\ufffd", text).encode()
            return page_of(capture, content, limits, declared=declared, charset="utf-8")
    return capture.rejected(Reason.NOT_HTML, "The object has neither html nor text.")


def _described(blob: Blob, number: int, value: Mapping[str, Any]) -> Sidecar:
    try:
        return described_by(value)
    except ValueError as error:
        logger.warning("%s, page %d: %s", blob.member or blob.source, number, error)
        url = value.get("url")
        return Sidecar(url=url if isinstance(url, str) else None, hints=hints_of(value))
