"""Options that several commands share, each with its help and environment variable in one place."""

from __future__ import annotations

import enum
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from etl.settings import DEFAULT_DATABASE

Database = Annotated[
    str,
    typer.Option(
        "--database",
        "-d",
        metavar="URL",
        envvar="NEWS_ETL_DATABASE",
        help="Database: sqlite:///news.db, or postgresql+psycopg://user@host/name (extra 'postgresql').",
    ),
]
PublishersFolder = Annotated[
    Path | None,
    typer.Option(
        "--publishers",
        metavar="DIR",
        envvar="NEWS_ETL_PUBLISHERS",
        help="Folder of your own publisher profiles (TOML); they override and add to the bundled ones.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class LogFormat(enum.StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"


LogForm = Annotated[
    LogFormat, typer.Option("--log-format", help="The log on stderr as lines of text, or as one JSON object a line.")
]
SummaryFile = Annotated[
    Path | None,
    typer.Option("--summary-json", metavar="FILE", help="Write the run's figures to FILE when it ends, as a JSON object."),
]
MetricsFile = Annotated[
    Path | None,
    typer.Option("--metrics-file", metavar="FILE", help="Write a Prometheus textfile (*.prom; extra 'metrics')."),
]
PingUrl = Annotated[
    str | None,
    typer.Option(
        "--ping-url",
        metavar="URL",
        envvar="NEWS_ETL_PING_URL",
        help="Tell a monitor of start, success and failure, in the form of healthchecks.io.",
    ),
]
Wait = Annotated[float, typer.Option(min=0, metavar="SECONDS", help="Wait so long for another run on this database to end.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but trouble.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log every rejected page and what the run does.")]

DATABASE = DEFAULT_DATABASE


T = TypeVar("T")


def parsed(parse: Callable[[str], T], text: str | None, option: str) -> T | None:
    """An option's value, by one of the parsers of `etl.quantities`; None where it is not given."""
    try:
        return None if text is None else parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
