"""`news-etl load`: pages in, rows out."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from etl.cli import options


def load(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="File, folder (read with all below it), glob, @FILE (a list of sources, one a line) or - (the list on stdin).",
            show_default=False,
        ),
    ],
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    publishers: options.PublishersFolder = None,
    workers: options.Workers = 0,
    in_process: options.InProcess = False,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Stop after N pages; the next load goes on there.")
    ] = None,
    reprocess: Annotated[bool, typer.Option("--reprocess", help="Read pages again that are known byte for byte.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, write nothing.")] = False,
    max_rejected: options.MaxRejected = None,
    page_timeout: options.PageTimeout = options.PAGE_TIMEOUT,
    max_page_bytes: options.MaxPageBytes = options.MAX_PAGE_BYTES,
    wait: options.Wait = 0.0,
    summary_json: options.SummaryFile = None,
    metrics_file: options.MetricsFile = None,
    ping_url: options.PingUrl = None,
    log_format: options.LogForm = options.LogFormat.TEXT,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Read pages, turn them into articles and load them into the database.

    Example: news-etl load archive/*.warc.gz saved-pages/ --database sqlite:///news.db
    """
    from etl.cli.running import Manner, carried_out, command_line
    from etl.pipeline import load_sources
    from etl.settings import Settings, usable_cores

    manner = Manner(
        max_rejected=max_rejected,
        summary_json=summary_json,
        metrics_file=metrics_file,
        ping_url=ping_url,
        log_format=log_format,
        quiet=quiet,
        verbose=verbose,
    )
    settings = Settings(
        database=database,
        publishers=publishers,
        workers=workers or usable_cores(),
        in_process=in_process,
        limit=limit,
        wait=wait,
        reprocess=reprocess,
        dry_run=dry_run,
        page_timeout=page_timeout,
        max_page_bytes=max_page_bytes,
    )
    with carried_out(manner, database) as run:
        run.report = load_sources(
            settings, sources, command=command_line(), stop=run.stop, listener=run.listener, stdin=sys.stdin
        )
