"""The spool: what was fetched, one WARC file a run, gzip, written through to the disc before it is remembered."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import os
import uuid
from base64 import b32encode
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from urllib.parse import urlsplit

from etl.fetch.client import Answer

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
        """Write an answer with the codings of its body undone, the request, and what the list said of the page. `url` is the
        address that was asked for at first."""
        place = urlsplit(answer.url)
        line = f"GET {place.path or '/'}{f'?{place.query}' if place.query else ''} HTTP/1.1"
        kept = [pair for pair in answer.headers if pair[0].lower() not in _UNDONE]
        head = _head(f"HTTP/1.1 {answer.status} {answer.reason}", [*kept, ("Content-Length", str(len(answer.body)))])
        name = _name()
        self._write(
            _record("response", answer.url, answer.at, head + answer.body, name, _MESSAGE.format("response")),
            _record(
                "request", answer.url, answer.at, _head(line, answer.request_headers), _name(), _MESSAGE.format("request"), name
            ),
            *_notes(answer.url, answer.at, hints, name),
        )

    def item(self, url: str, at: dt.datetime, page: bytes, hints: Mapping[str, str]) -> None:
        """Write an item of a feed as a page."""
        name = _name()
        self._write(_record("resource", url, at, page, name, "text/html; charset=utf-8"), *_notes(url, at, hints, name))

    def _write(self, *records: bytes) -> None:
        """In one step: a kill leaves all of a page's records or none."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("xb")
        self._file.write(b"".join(records))
        self._file.flush()
        os.fsync(self._file.fileno())


def _notes(url: str, at: dt.datetime, hints: Mapping[str, str], name: str) -> list[bytes]:
    """A metadata record, where there is anything to note; of several authors or tags each stands on a line."""
    lines = [
        f"{key}: {' '.join(text.split())}\r\n" for key, value in hints.items() for text in value.splitlines() if text.strip()
    ]
    block = "".join(lines).encode("utf-8", "replace")
    return [_record("metadata", url, at, block, _name(), "application/warc-fields", name)] if block else []


def _name() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _record(kind: str, url: str, at: dt.datetime, block: bytes, name: str, media_type: str, concurrent_to: str = "") -> bytes:
    headers = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "WARC-Record-ID": name,
        **({"WARC-Concurrent-To": concurrent_to} if concurrent_to else {}),
        "Content-Type": media_type,
        "WARC-Block-Digest": f"sha1:{b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()}",
        "Content-Length": str(len(block)),
    }
    return gzip.compress(_head("WARC/1.1", headers.items()) + block + b"\r\n\r\n")


_MESSAGE = "application/http; msgtype={}"


def _head(line: str, headers: object) -> bytes:
    pairs: list[tuple[str, str]] = list(headers)  # type: ignore[call-overload]
    lines = [line, *(f"{name}: {' '.join(value.split())}" for name, value in pairs)]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "replace")
