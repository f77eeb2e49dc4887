"""The small JSON file beside a saved page that says where and when it was captured.

    {"url": "https://example.com/story", "fetched_at": "2024-05-01T10:00:00Z", "charset": "utf-8",
     "headers": {"content-type": "text/html; charset=utf-8"}, "title": "…", "authors": ["…"], "date_published": "…"}

Every key may be missing, and others may be there; what is noted of the story fills what the page lacks (`hints.py`). A sidecar
that cannot be read is logged and does no harm.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from etl.extract.blobs import Blob
from etl.extract.hints import hints_of
from etl.extract.http import charset_of
from etl.extract.naming import sidecar_names

logger = logging.getLogger(__name__)

MAX_BYTES = 256 * 1024
_TIME_KEYS = ("fetched_at", "fetchedAt", "fetched", "captured_at", "crawled_at", "scraped_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Sidecar:
    """What a sidecar, or a line of JSON, says of its page."""

    url: str | None = None
    fetched_at: dt.datetime | None = None
    charset: str | None = None
    hints: Mapping[str, str] = field(default_factory=dict)


def sidecar_of(blob: Blob) -> Sidecar:
    """What stands beside the blob; an empty one when there is none or it is broken."""
    for name in sidecar_names(blob.name):
        data = blob.beside(name)
        if data is not None:
            try:
                return parse_sidecar(data)
            except ValueError as error:
                logger.warning("%s: this sidecar is passed over: %s", _path_beside(blob, name), error)
    return Sidecar()


def _path_beside(blob: Blob, name: str) -> str:
    place = f"{blob.source}!{blob.name}" if blob.member else blob.name
    folder, slash, _ = place.rpartition("/")
    return folder + slash + name


def parse_sidecar(data: bytes) -> Sidecar:
    """Raises `ValueError` for what is no JSON object or holds a wrong value."""
    if len(data) > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_BYTES} bytes")
    try:
        values = json.loads(data)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    if not isinstance(values, dict):
        raise ValueError("it holds no JSON object")
    return described_by(values)


def described_by(values: Mapping[str, Any]) -> Sidecar:
    """Raises `ValueError` for a wrong value."""
    url = values.get("url")
    if not (url is None or isinstance(url, str)):
        raise ValueError("its url is no text")
    time = next((values[key] for key in _TIME_KEYS if values.get(key)), None)
    return Sidecar(url=(url or "").strip() or None, fetched_at=_instant(time), charset=_charset(values), hints=hints_of(values))


def _instant(time: object) -> dt.datetime | None:
    """ISO 8601 text, or seconds since 1970. Without a zone it is UTC."""
    if time is None:
        return None
    try:
        if isinstance(time, (int, float)):
            return dt.datetime.fromtimestamp(time, dt.UTC)
        instant = dt.datetime.fromisoformat(str(time).strip())
        return instant.astimezone(dt.UTC) if instant.tzinfo else instant.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"its time {str(time)[:40]!r} is not ISO 8601") from error


def _charset(values: Mapping[str, Any]) -> str | None:
    charset, headers = values.get("charset"), values.get("headers")
    if isinstance(charset, str) and charset.strip():
        return charset.strip()
    if isinstance(headers, Mapping):
        for name, value in headers.items():
            if str(name).lower() == "content-type" and isinstance(value, str):
                return charset_of(value)
    return None
