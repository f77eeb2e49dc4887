"""`news-etl load`: pages in, rows out."""

from __future__ import annotations

import dataclasses
import sys
from typing import Annotated

import typer

from etl.cli.groups import Log, Reading, Telling, grouped


@grouped
def load(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="File, address (https://, s3://; extra 'remote'), folder (with all below), glob, @FILE (a list) or - (stdin).",
            show_default=False,
        ),
    ],
    *,
    reading: Reading,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Stop after N pages; the next load goes on there.")
    ] = None,
    reprocess: Annotated[bool, typer.Option("--reprocess", help="Read pages again that are known byte for byte.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, write nothing.")] = False,
    telling: Telling,
    log: Log,
) -> None:
    """Read pages, turn them into articles and load them into the database.

    Example: news-etl load archive/*.warc.gz saved-pages/ --database sqlite:///news.db
    """
    from etl.cli.running import carried_out, command_line
    from etl.job import load_sources

    settings = dataclasses.replace(reading.settings(), limit=limit, reprocess=reprocess, dry_run=dry_run)
    with carried_out(settings.database, log, telling) as run:
        run.report = load_sources(
            settings, sources, command=command_line(), stop=run.stop, listener=run.listener, stdin=sys.stdin
        )
