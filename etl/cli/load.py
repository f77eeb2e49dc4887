"""`news-etl load`: pages in, rows out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli import options
from etl.cli.exits import Exit

if TYPE_CHECKING:
    from etl.pipeline import Report


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
    in_process: Annotated[bool, typer.Option("--in-process", help="Read pages in this process, without supervision.")] = False,
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
    from etl.cli import logs, metrics
    from etl.cli.ping import announced
    from etl.cli.show import conclude, listener
    from etl.cli.signals import stop_requests
    from etl.pipeline import load_sources
    from etl.quantities import share as share_of
    from etl.settings import Settings, usable_cores

    share = options.parsed(share_of, max_rejected, "--max-rejected")
    if metrics_file:
        metrics.check()
    logs.set_up(quiet, verbose, log_format)
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
    with announced(ping_url):
        with listener(quiet, log_format) as shown, stop_requests() as stop:
            report = load_sources(settings, sources, command=command_line(), stop=stop, listener=shown, stdin=sys.stdin)
        status = exit_status(report, share)
        conclude(report, status, quiet=quiet, summary_json=summary_json)
        if metrics_file and report.run_id is not None:
            metrics.write_from(database, metrics_file)
        raise typer.Exit(status)


def exit_status(report: Report, share: float | None) -> Exit:
    """What a run's end means for whoever called the program."""
    if report.signal is not None:
        return Exit(128 + report.signal)
    if report.status.value != "succeeded":
        return Exit.FAILED
    if share is not None and report.progress.rejected_share > share:
        return Exit.TOO_MANY_REJECTED
    return Exit.DONE


def command_line() -> str:
    """The command line for the ledger, a password in it hidden."""
    import shlex

    from etl.cli.settled import hidden

    words = [Path(sys.argv[0]).name, *sys.argv[1:]]
    return hidden(shlex.join(words))
