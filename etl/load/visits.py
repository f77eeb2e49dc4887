"""What is remembered of addresses that were asked for: rows of `visits`."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from sqlalchemy import Engine, select

from etl.load.accounts import visits as table
from etl.load.engine import insert_or_change, reading, writing
from etl.load.mapping import digest
from etl.records import Visit

_AT_ONCE = 500
"""Addresses in one query: SQLite bounds the number of parameters."""


class Visits:
    """The memory of one database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def visits(self, urls: Sequence[str]) -> dict[str, Visit]:
        """What is known of the addresses."""
        found: dict[str, Visit] = {}
        with reading(self._engine) as connection:
            for start in range(0, len(urls), _AT_ONCE):
                digests = [digest(url) for url in urls[start : start + _AT_ONCE]]
                for row in connection.execute(select(table).where(table.c.url_sha256.in_(digests))):
                    found[row.url] = Visit(**{name: row._mapping[name] for name in _FIELDS})
        return found

    def remember(self, visit: Visit) -> None:
        """Note a visit; the newest counts."""
        row = {name: getattr(visit, name) for name in _FIELDS} | {"url_sha256": digest(visit.url)}
        with writing(self._engine) as connection:
            statement = insert_or_change(connection.dialect.name, table).values(row)
            new = {name: statement.excluded[name] for name in row if name not in {"url", "url_sha256"}}
            connection.execute(statement.on_conflict_do_update(index_elements=[table.c.url_sha256], set_=new))


_FIELDS = tuple(field.name for field in dataclasses.fields(Visit))
