"""`news-etl pages`: the pages seen, with what became of each."""

from __future__ import annotations

from typing import Annotated

import typer

from etl.cli import options
from etl.cli.groups import Choice, grouped

_COLUMNS = ("id", "run", "status", "reason_code", "source", "record", "url", "reason", "pruned_at")


@grouped
def pages(
    context: typer.Context,
    *,
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    chosen: Choice,
    last: Annotated[int, typer.Option(min=1, metavar="N", help="At most the last N pages.")] = 100,
    as_json: options.AsJson = False,
) -> None:
    """List pages that were seen, newest first, with their status and the reason of a rejection.

    Example: news-etl pages --status rejected --since 7d
    """
    from etl.cli.tables import print_rows
    from etl.load.queries import list_pages, opened

    with opened(database) as connection:
        print_rows(list_pages(connection, chosen.selection(context), last), _COLUMNS, as_json=as_json)
