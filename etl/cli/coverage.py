"""`news-etl coverage`: which fields the publishers' pages gave, over time."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli import options

if TYPE_CHECKING:
    from etl.load.history import Line

_FIELDS = ("subtitle", "section", "published", "updated", "authors", "tags", "images", "related_links")
"""Shown where none is named: `title` and `body` are on every page that is loaded."""


class By(enum.StrEnum):
    """What a line of the table is."""

    RUN = "run"
    DAY = "day"


def coverage(
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    publisher: Annotated[str | None, typer.Option(metavar="DOMAIN", help="Only of this publisher.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this configured source.")] = None,
    field: Annotated[
        list[str] | None, typer.Option("--field", metavar="FIELD", help="Only this field; may be given more than once.")
    ] = None,
    since: options.Since = None,
    by: Annotated[By, typer.Option("--by", help="One line a run, or one a day (UTC).")] = By.RUN,
    last: Annotated[int, typer.Option(min=1, metavar="N", help="At most the last N runs or days.")] = 20,
    as_json: options.AsJson = False,
) -> None:
    """Show how many of the articles read had each field, by run or day and publisher; a share with ! has dropped.

    Example: news-etl coverage --publisher jpost.com --field authors --since 30d
    """
    import json

    from etl.cli.tables import print_rows
    from etl.errors import UsageError
    from etl.load.coverage import FIELDS
    from etl.load.history import history
    from etl.load.queries import opened

    for name in field or ():
        if name not in FIELDS:
            raise UsageError(f"there is no field {name!r}; there are: {', '.join(FIELDS)}")
    fields = field or _FIELDS
    begun = options.since(since)
    with opened(database) as connection:
        lines = history(connection, fields, publisher=publisher, source=source, since=begun, last=last, by_day=by is By.DAY)
    if as_json:
        for line in lines:
            typer.echo(json.dumps(_told(line, by) | {"shares": line.shares, "drops": line.drops}, default=str))
        return
    heads = ("day",) if by is By.DAY else ("run", "started_at")
    rows = [_told(line, by) | {name: _share(line, name) for name in fields} for line in lines]
    print_rows(rows, [*heads, "source", "publisher", "articles", *fields])


def _told(line: Line, by: By) -> dict[str, Any]:
    period = line.period
    when = {"day": period.day} if by is By.DAY else {"run": period.run, "started_at": period.started_at}
    return {**when, "source": line.source, "publisher": line.publisher, "articles": line.articles}


def _share(line: Line, field: str) -> str:
    return f"{line.shares[field]:.0%}{' !' if field in line.drops else ''}"
