"""Column types that behave alike on SQLite and PostgreSQL: text no driver can choke on, UTC instants, digests, keys.

What differs by database in a statement is `engine`'s, not here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import JSON, BigInteger, Dialect, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
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
            value = utc(value, fraction=fraction)
            return value.isoformat(timespec="microseconds" if fraction else "seconds") if as_text else value

        return process

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """An aware datetime in UTC."""
        if value is None:
            return None
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
        return moment.astimezone(dt.UTC)


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

Json = JSON().with_variant(JSONB(), "postgresql")
"""A JSON document; on SQLite text that its JSON functions read."""
