"""`news-etl pages`: the pages seen, with what became of each."""

from __future__ import annotations

from typing import Annotated

import typer

from etl.cli import options
from etl.records import Status

_COLUMNS = ("id", "run", "status", "reason_code", "source", "record", "url", "reason")


def pages(
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    status: Annotated[Status | None, typer.Option(help="Only pages of this status.")] = None,
    reason: Annotated[str | None, typer.Option(metavar="WORD", help="Only pages rejected for this reason.")] = None,
    run: Annotated[int | None, typer.Option(min=1, metavar="ID", help="Only pages of this run.")] = None,
    last: Annotated[int, typer.Option(min=1, metavar="N", help="At most the last N pages.")] = 100,
    as_json: options.AsJson = False,
) -> None:
    """List pages that were seen, newest first, with their status and the reason of a rejection.

    Example: news-etl pages --status rejected
    """
    from etl.cli.tables import print_rows
    from etl.load.queries import list_pages, opened

    with opened(database) as connection:
        rows = list_pages(connection, status=status.value if status else None, reason=reason, run=run, last=last)
        print_rows(rows, _COLUMNS, as_json=as_json)
