"""`news-etl run`: the nightly job, for cron and systemd timers."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from etl.cli import options
from etl.cli.groups import Log, Reading, Telling, grouped

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NAME]...", help="Only these sources (default: all that are enabled).", show_default=False),
]


@grouped
def run(
    context: typer.Context,
    names: Names = None,
    *,
    reading: Reading,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="Run sources that are not due, read files that are done and have not changed: after an upgrade."
        ),
    ] = False,
    telling: Telling,
    log: Log,
) -> None:
    """Fetch and load what is new or changed in the configured sources: the command for cron.

    Example: news-etl run --config /etc/news-etl.toml --quiet
    """
    from etl.cli.running import carried_out, command_line
    from etl.cli.settled import config_of
    from etl.nightly import chosen, run_sources

    config = config_of(context)
    sources = chosen(config.sources, names or [])
    settings = dataclasses.replace(reading.settings(), skip_done=not everything)
    with carried_out(settings.database, log, telling) as running:
        running.report = run_sources(
            settings,
            sources,
            command=command_line(),
            fetch=config.fetch,
            all_due=everything or bool(names),
            stop=running.stop,
            listener=running.listener,
        )


@grouped
def fetch(
    context: typer.Context,
    names: Names = None,
    *,
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    wait: options.Wait = 0.0,
    log: Log,
) -> None:
    """Fetch what is new or changed into the spool and load nothing; the next run loads it.

    Example: news-etl fetch gazette
    """
    from etl.cli.running import carried_out, command_line
    from etl.cli.settled import config_of
    from etl.nightly import chosen, run_sources
    from etl.settings import Settings

    found = config_of(context)
    sources = [source for source in chosen(found.sources, names or []) if source.kind != "files"]
    with carried_out(database, log) as running:
        running.report = run_sources(
            Settings(database=database, in_process=True, wait=wait),
            sources,
            command=command_line(),
            fetch=found.fetch,
            load=False,
            all_due=bool(names),
            stop=running.stop,
            listener=running.listener,
        )
