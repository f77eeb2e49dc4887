"""Column types that behave alike on SQLite and PostgreSQL: text no driver can choke on, UTC instants, digests, keys.

What differs by database in a statement is `engine`'s, not here.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, TIMESTAMP, BigInteger, Dialect, Integer, LargeBinary, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

_SURROGATE = re.compile("[\ud800-\udfff]")


def safe(text: str) -> str:
    """The text as drivers take it: without NUL (PostgreSQL refuses it, SQLite's functions stop there), lone surrogates replaced.

    Transform gives clean text; this is the last defence, and costs next to nothing on clean text.
    """
    if "\0" in text:
        text = text.replace("\0", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


class SafeText(TypeDecorator[str]):
    """Text of any length; see `safe`."""

    impl = Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """What is stored."""
        return lambda value: None if value is None else safe(value)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An instant: aware datetimes in, UTC out.

    `timestamp with time zone` on PostgreSQL; on SQLite ISO-8601 text of fixed width with `+00:00`, so that it sorts and SQLite's
    date functions read it (SQLAlchemy's own type would store local time and drop the zone). Whole seconds, or with `fraction`
    always microseconds: text with a fraction only where there is one would not sort. A naive datetime is refused.
    """

    impl = TIMESTAMP(timezone=True)
    cache_ok = True

    def __init__(self, *, fraction: bool = False) -> None:
        super().__init__()
        self.fraction = fraction

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite."""
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else TIMESTAMP(timezone=True))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """What is stored."""
        fraction, as_text = self.fraction, dialect.name == "sqlite"

        def process(value: dt.datetime | None) -> Any:
            if value is None:
                return None
            return _text(value, fraction) if as_text else utc(value, fraction=fraction)

        return process

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """An aware datetime in UTC."""
        if value is None:
            return None
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(dt.UTC)


@lru_cache(maxsize=1024)
def _text(value: dt.datetime, fraction: bool) -> str:
    """Remembered: the times of one page, and that of the batch, stand in several rows."""
    return utc(value, fraction=fraction).isoformat(timespec="microseconds" if fraction else "seconds")


def utc(value: dt.datetime, *, fraction: bool = False) -> dt.datetime:
    """An aware datetime as it is stored: in UTC, cut to the second unless `fraction`."""
    if value.tzinfo is None:
        raise ValueError(f"a time without a zone cannot be stored: {value.isoformat()}")
    if value.tzinfo is not dt.UTC:
        value = value.astimezone(dt.UTC)
    return value.replace(microsecond=0) if value.microsecond and not fraction else value


BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A surrogate key: on SQLite only INTEGER is the rowid itself."""

Digest = LargeBinary
"""SHA-256 as 32 bytes: half an index of hexadecimal text. Stands in for a text too long to be indexed."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A JSON document that is text already (`encode`): for a JSON column, like the value that it stands for."""

    text: str


def encode(value: Any) -> str:
    """JSON, equal for equal values. Instants and days are written as their text."""
    return _JSON.encode(value)


def to_json(value: Any) -> str:
    """A JSON column's text: equal for equal values, and of characters that the drivers take."""
    written = safe(value.text if isinstance(value, Encoded) else encode(value))
    return encode(_without_nul(json.loads(written))) if "\\u0000" in written else written


_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


def _without_nul(value: Any) -> Any:
    """PostgreSQL refuses NUL in JSON, escaped too."""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, dict):
        return {safe(name): _without_nul(part) for name, part in value.items()}
    return [_without_nul(part) for part in value] if isinstance(value, list) else value


class Json(TypeDecorator[Any]):
    """A JSON document: JSONB on PostgreSQL, on SQLite text that its JSON functions read."""

    impl = JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """PostgreSQL's types are imported where there is PostgreSQL: with them come all its drivers, a tenth of a start."""
        if dialect.name != "postgresql":
            return dialect.type_descriptor(JSON())
        from sqlalchemy.dialects.postgresql import JSONB

        return dialect.type_descriptor(JSONB())
