"""`news-etl run`: the nightly job, for cron and systemd timers."""

from __future__ import annotations

from typing import Annotated

import typer

from etl.cli import options

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NAME]...", help="Only these sources (default: all that are enabled).", show_default=False),
]


def run(
    context: typer.Context,
    names: Names = None,
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    publishers: options.PublishersFolder = None,
    workers: options.Workers = 0,
    in_process: options.InProcess = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Read files too that are done and have not changed since: after an upgrade.")
    ] = False,
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
    """Fetch and load what is new or changed in the configured sources: the command for cron.

    Example: news-etl run --config /etc/news-etl.toml --quiet
    """
    from etl.cli.running import Manner, carried_out, command_line
    from etl.cli.settled import config_of
    from etl.nightly import chosen, run_sources
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
    sources = chosen(config_of(context).sources, names or [])
    settings = Settings(
        database=database,
        publishers=publishers,
        workers=workers or usable_cores(),
        in_process=in_process,
        skip_done=not everything,
        wait=wait,
        page_timeout=page_timeout,
        max_page_bytes=max_page_bytes,
    )
    with carried_out(manner, database) as running:
        running.report = run_sources(
            settings,
            sources,
            command=command_line(),
            fetch=config_of(context).fetch,
            stop=running.stop,
            listener=running.listener,
        )


def fetch(
    context: typer.Context,
    names: Names = None,
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    wait: options.Wait = 0.0,
    log_format: options.LogForm = options.LogFormat.TEXT,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    """Fetch what is new or changed into the spool and load nothing; the next run loads it.

    Example: news-etl fetch gazette
    """
    from etl.cli.running import Manner, carried_out, command_line
    from etl.cli.settled import config_of
    from etl.nightly import chosen, run_sources
    from etl.settings import Settings

    manner = Manner(
        max_rejected=None,
        summary_json=None,
        metrics_file=None,
        ping_url=None,
        log_format=log_format,
        quiet=quiet,
        verbose=verbose,
    )
    found = config_of(context)
    sources = [source for source in chosen(found.sources, names or []) if source.kind != "files"]
    with carried_out(manner, database) as running:
        running.report = run_sources(
            Settings(database=database, in_process=True, wait=wait),
            sources,
            command=command_line(),
            fetch=found.fetch,
            load=False,
            stop=running.stop,
            listener=running.listener,
        )
