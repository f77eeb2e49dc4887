"""`news-etl retry`: pages that were rejected, read again."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from etl.cli.groups import Choice, Log, Reading, Telling, grouped


@grouped
def retry(
    context: typer.Context,
    pages: Annotated[
        list[int] | None,
        typer.Argument(metavar="[PAGE]...", min=1, help="Numbers of pages, as `pages` lists them.", show_default=False),
    ] = None,
    *,
    chosen: Choice,
    reading: Reading,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and report, write nothing.")] = False,
    telling: Telling,
    log: Log,
) -> None:
    """Read rejected pages, or others that are chosen, again from where they came, and nothing else of their archives.

    Example: news-etl retry --reason timeout --since 7d --page-timeout 120
    """
    from etl.attribution import publisher_of
    from etl.cli.running import carried_out, command_line
    from etl.cli.settled import config_of
    from etl.records import Status
    from etl.retrying import retry_pages

    config = config_of(context)
    selection = dataclasses.replace(chosen.selection(context), ids=tuple(dict.fromkeys(pages or ())))
    if selection.status is None and not selection.ids:
        selection = dataclasses.replace(selection, status=Status.REJECTED.value)
    settings = dataclasses.replace(reading.settings(), dry_run=dry_run)
    with carried_out(settings.database, log, telling) as running:
        running.report = retry_pages(
            settings,
            selection,
            command=command_line(),
            publisher_of=publisher_of(config.sources, config.fetch),
            stop=running.stop,
            listener=running.listener,
        )
