"""The commands, gathered."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from etl import __version__

_PLACES = {
    "load": "load.load",
    "run": "run.run",
    "fetch": "run.fetch",
    "inspect": "inspect.inspect",
    "search": "search.search",
    "report": "report.report",
    "export": "export.export",
    "explore": "explore.explore",
    "similar": "similar.similar",
    "status": "status.status",
    "coverage": "coverage.coverage",
    "runs": "runs.app",
    "pages": "pages.pages",
    "retry": "retry.retry",
    "prune": "prune.prune",
    "init": "config.init",
    "config": "config.app",
    "db": "db.app",
    "publishers": "publishers.app",
}
"""Each command or group of commands, and where it stands below `etl.cli`, in the order of the help."""


def program(arguments: Sequence[str] = ()) -> typer.Typer:
    """The program with all its commands; of a command line that begins with one of them, with this one alone."""
    made = typer.Typer(
        name="news-etl",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
        help="Extract articles from saved news pages and load them into relational tables.",
    )
    made.callback()(options)
    for name in [word for word in arguments[:1] if word in _PLACES] or _PLACES:
        module, _, attribute = _PLACES[name].partition(".")
        found = getattr(import_module(f"etl.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            made.add_typer(found, name=name)
        else:
            made.command(name)(found)
    return made


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"news-etl {__version__}")
        raise typer.Exit


def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Extract articles from saved news pages and load them into relational tables."""
