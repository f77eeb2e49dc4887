"""The data dictionary: the tables and their comments as Markdown, for `docs/schema.md` (renewed by `make docs`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint

from etl.load.models import metadata

_KINDS = {
    "SafeText": "text",
    "UtcDateTime": "instant",
    "Date": "day",
    "LargeBinary": "digest",
    "Json": "JSON",
    "Boolean": "boolean",
    "Integer": "integer",
    "BigInteger": "integer",
    "Double": "number",
}


_ACCOUNTS = ("pages", "known_pages", "source_files", "load_runs", "source_runs", "run_coverage", "visits")
_WORKING = ("story_bands", "story_queue", "summary_articles", "summary_queue")
TABLES = sorted(metadata.tables.values(), key=lambda table: table.name in _ACCOUNTS + _WORKING)
"""What analysts ask for first, then the job's own account."""


_MEANT = {"article_id": "articles", "author_id": "authors", "tag_id": "tags", "publisher_id": "publishers"}
"""What columns of these names refer to where no foreign key holds them: in tables that are brought up to date at the end of a
run, and until then can name a row that is gone."""


def diagram() -> Iterator[str]:
    """How the tables refer to each other, as a Mermaid diagram with their keys; dotted what no foreign key holds."""
    yield "erDiagram"
    for table in TABLES:
        for column, key in _references(table):
            one = "|o" if column.nullable else "||"
            yield f"    {key.column.table.name} {one}--o{{ {table.name} : {column.name}"
    for table in TABLES:
        for column in table.columns:
            if column.name in _MEANT and not column.foreign_keys:
                yield f"    {_MEANT[column.name]} |o..o{{ {table.name} : {column.name}"
    for table in TABLES:
        yield f"    {table.name} {{"
        yield from (f"        {_kind(column)} {column.name} {mark}" for column in table.columns if (mark := _mark(column)))
        yield "    }"


def tables() -> Iterator[str]:
    """A section for each table: its comment, and its columns with theirs."""
    for table in TABLES:
        yield f"\n## `{table.name}`\n\n{table.comment}\n\n| column | type | meaning |\n|---|---|---|"
        for column in table.columns:
            yield f"| `{column.name}` | {_kind(column)}{' or NULL' if column.nullable else ''} | {_meaning(column)} |"
        for unique in _uniques(table):
            if len(unique) > 1:
                yield f"\nUnique together: {', '.join(f'`{name}`' for name in unique)}."


def _kind(column: Column[Any]) -> str:
    return _KINDS[type(column.type).__name__]


def _meaning(column: Column[Any]) -> str:
    links = [f"Refers to [`{key.target_fullname}`](#{key.column.table.name})." for key in column.foreign_keys]
    unique = ["Unique."] if [column.name] in _uniques(column.table) else []
    return " ".join([str(column.comment), *unique, *links]).replace("|", "\\|")


def _mark(column: Column[Any]) -> str:
    """Mermaid's marks of a key: primary, foreign, unique."""
    marks = {"PK": column.primary_key, "FK": bool(column.foreign_keys), "UK": [column.name] in _uniques(column.table)}
    return ", ".join(mark for mark, holds in marks.items() if holds)


def _uniques(table: Table) -> list[list[str]]:
    constraints = [[column.name for column in c.columns] for c in table.constraints if isinstance(c, UniqueConstraint)]
    indexes = [[column.name for column in index.columns] for index in table.indexes if index.unique]
    return sorted(constraints + indexes)


def _references(table: Table) -> Iterator[tuple[Column[Any], ForeignKey]]:
    for column in table.columns:
        for key in column.foreign_keys:
            yield column, key
