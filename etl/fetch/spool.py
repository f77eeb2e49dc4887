"""The spool: what was fetched, one WARC file a run, gzip, written through to the disc before it is remembered."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import os
import uuid
from base64 import b32encode
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from urllib.parse import urlsplit

from etl.fetch.client import Answer

HINTS = "News-ETL-Hints"
"""A record's header: JSON object of what the list said of the page."""
_UNDONE = {"content-encoding", "transfer-encoding", "content-length"}


class Spool:
    """A file of the folder, made with its first record."""

    def __init__(self, folder: Path, name: str) -> None:
        self.path = folder / f"{name}.warc.gz"
        self._file: BinaryIO | None = None

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file is not None:
            self._file.close()

    def exchange(self, url: str, answer: Answer, hints: Mapping[str, str]) -> None:
        """Write a request and its answer, the codings of its body undone. `url` is the address that was asked for at first."""
        place = urlsplit(answer.url)
        line = f"GET {place.path or '/'}{f'?{place.query}' if place.query else ''} HTTP/1.1"
        kept = [pair for pair in answer.headers if pair[0].lower() not in _UNDONE]
        head = _head(f"HTTP/1.1 {answer.status} {answer.reason}", [*kept, ("Content-Length", str(len(answer.body)))])
        extra = {HINTS: json.dumps(dict(hints))} if hints else {}
        response = f"<urn:uuid:{uuid.uuid4()}>"
        self._write("response", answer.url, answer.at, head + answer.body, response, _MESSAGE.format("response"), extra)
        asked = _head(line, answer.request_headers)
        linked = {"WARC-Concurrent-To": response}
        self._write("request", answer.url, answer.at, asked, f"<urn:uuid:{uuid.uuid4()}>", _MESSAGE.format("request"), linked)

    def item(self, url: str, at: dt.datetime, page: bytes, hints: Mapping[str, str]) -> None:
        """Write an item of a feed as a page."""
        extra = {HINTS: json.dumps(dict(hints))} if hints else {}
        self._write("resource", url, at, page, f"<urn:uuid:{uuid.uuid4()}>", "text/html; charset=utf-8", extra)

    def _write(
        self, kind: str, url: str, at: dt.datetime, block: bytes, name: str, media_type: str, extra: Mapping[str, str]
    ) -> None:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("xb")
        headers = {
            "WARC-Type": kind,
            "WARC-Target-URI": url,
            "WARC-Date": at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "WARC-Record-ID": name,
            "Content-Type": media_type,
            "WARC-Block-Digest": f"sha1:{b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()}",
            **extra,
            "Content-Length": str(len(block)),
        }
        self._file.write(gzip.compress(_head("WARC/1.1", headers.items()) + block + b"\r\n\r\n"))
        self._file.flush()
        os.fsync(self._file.fileno())


_MESSAGE = "application/http; msgtype={}"


def _head(line: str, headers: object) -> bytes:
    pairs: list[tuple[str, str]] = list(headers)  # type: ignore[call-overload]
    lines = [line, *(f"{name}: {' '.join(value.split())}" for name, value in pairs)]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace")
