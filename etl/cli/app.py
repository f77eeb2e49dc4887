"""The commands, gathered."""

from __future__ import annotations

from typing import Annotated

import typer

from etl import __version__
from etl.cli import (
    config,
    coverage,
    db,
    explore,
    export,
    inspect,
    load,
    pages,
    prune,
    publishers,
    report,
    retry,
    run,
    runs,
    search,
    similar,
    status,
)

app = typer.Typer(
    name="news-etl",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Extract articles from saved news pages and load them into relational tables.",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"news-etl {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Extract articles from saved news pages and load them into relational tables."""


app.command("load")(load.load)
app.command("run")(run.run)
app.command("fetch")(run.fetch)
app.command("inspect")(inspect.inspect)
app.command("search")(search.search)
app.command("report")(report.report)
app.command("export")(export.export)
app.command("explore")(explore.explore)
app.command("similar")(similar.similar)
app.command("status")(status.status)
app.command("coverage")(coverage.coverage)
app.add_typer(runs.app, name="runs")
app.command("pages")(pages.pages)
app.command("retry")(retry.retry)
app.command("prune")(prune.prune)
app.command("init")(config.init)
app.add_typer(config.app, name="config")
app.add_typer(db.app, name="db")
app.add_typer(publishers.app, name="publishers")
