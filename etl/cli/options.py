"""Options that several commands share, each with its help and environment variable in one place."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from etl.cli.settled import configure
from etl.quantities import moment
from etl.records import Reason, Status
from etl.settings import DEFAULT_DATABASE

Config = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        envvar="NEWS_ETL_CONFIG",
        is_eager=True,
        callback=configure,
        help="Configuration file (default: news-etl.toml here, or in your configuration folder).",
        show_default=False,
    ),
]
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
Workers = Annotated[
    int,
    typer.Option(
        min=0, metavar="N", envvar="NEWS_ETL_WORKERS", show_default=False, help="Processes that read pages (default: one a core)."
    ),
]
Readers = Annotated[
    int | None,
    typer.Option(
        min=0,
        metavar="N",
        envvar="NEWS_ETL_READERS",
        show_default=False,
        help="Processes that read large WARC files in ranges (default: one for 8 workers; 0: the main process does).",
    ),
]
InProcess = Annotated[bool, typer.Option("--in-process", help="Read pages in this process, without supervision.")]
PageTimeout = Annotated[
    float, typer.Option(min=0.1, metavar="SECONDS", envvar="NEWS_ETL_PAGE_TIMEOUT", help="Time one page may take.")
]
MaxPageBytes = Annotated[
    int, typer.Option(min=1, metavar="BYTES", envvar="NEWS_ETL_MAX_PAGE_BYTES", help="Largest page, decompressed.")
]
MaxRejected = Annotated[
    str | None,
    typer.Option(
        metavar="SHARE", envvar="NEWS_ETL_MAX_REJECTED", help="Too bad when more of the pages are rejected: 0.05 or 5%."
    ),
]
MaxAge = Annotated[
    str | None,
    typer.Option(metavar="TIME", envvar="NEWS_ETL_MAX_AGE", help="Too old when the last good run ended longer ago: 26h, 7d."),
]
Since = Annotated[
    str | None,
    typer.Option("--since", metavar="TIME", help="Only of runs begun within this time (7d, 26h), or since a day (2024-05-01)."),
]
OfStatus = Annotated[Status | None, typer.Option("--status", help="Only pages of this status.")]
OfReason = Annotated[Reason | None, typer.Option("--reason", help="Only pages rejected for this reason.", metavar="WORD")]
OfPublisher = Annotated[
    str | None,
    typer.Option("--publisher", metavar="DOMAIN", help="Only pages of this publisher, by their article or their address."),
]
OfSource = Annotated[
    str | None,
    typer.Option(
        "--source", metavar="PATH", help="Only pages of this file, or of files below this folder; or a source's name: its spool."
    ),
]
OfRun = Annotated[int | None, typer.Option("--run", min=1, metavar="ID", help="Only pages of this run.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


class LogFormat(enum.StrEnum):
    """How the log is written."""

    TEXT = "text"
    JSON = "json"


LogForm = Annotated[
    LogFormat,
    typer.Option(
        "--log-format", envvar="NEWS_ETL_LOG_FORMAT", help="The log on stderr as lines of text, or as one JSON object a line."
    ),
]
SummaryFile = Annotated[
    Path | None,
    typer.Option(
        "--summary-json",
        metavar="FILE",
        envvar="NEWS_ETL_SUMMARY_JSON",
        help="Write the run's figures to FILE when it ends, as a JSON object.",
    ),
]
MetricsFile = Annotated[
    Path | None,
    typer.Option(
        "--metrics-file",
        metavar="FILE",
        envvar="NEWS_ETL_METRICS_FILE",
        help="Write a Prometheus textfile (*.prom; extra 'metrics').",
    ),
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
Wait = Annotated[
    float,
    typer.Option(min=0, metavar="SECONDS", envvar="NEWS_ETL_WAIT", help="Wait so long for another run on this database to end."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but trouble.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log every rejected page and what the run does.")]

DATABASE = DEFAULT_DATABASE
PAGE_TIMEOUT = 30.0
MAX_PAGE_BYTES = 10 * 1024 * 1024


T = TypeVar("T")


def since(text: str | None) -> dt.datetime | None:
    """The value of `--since`."""
    now = dt.datetime.now(dt.UTC)
    return parsed(lambda given: moment(given, now), text, "--since")


def parsed(parse: Callable[[str], T], text: str | None, option: str) -> T | None:
    """An option's value, by one of the parsers of `etl.quantities`; None where it is not given."""
    try:
        return None if text is None else parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint=option) from None
