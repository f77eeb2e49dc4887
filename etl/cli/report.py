"""`news-etl report`: the morning page."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from etl.cli import options

_DAY = ["%Y-%m-%d"]


def report(
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write the page; - for standard output.")
    ] = "report.html",
    since: Annotated[
        dt.datetime | None, typer.Option(formats=_DAY, metavar="DAY", help="First day (default: four weeks, or enough to tell).")
    ] = None,
    until: Annotated[
        dt.datetime | None, typer.Option(formats=_DAY, metavar="DAY", help="Last day (default: the newest with an article).")
    ] = None,
    publisher: Annotated[
        list[str] | None, typer.Option(metavar="DOMAIN", help="Only of this publisher; can be given several times.")
    ] = None,
    time_zone: Annotated[str, typer.Option(metavar="ZONE", help="Tell times in this zone, as Europe/Berlin.")] = "UTC",
) -> None:
    """Write a page for the morning: what was loaded and what failed, what was published, what is on the rise. It is one HTML
    file that needs no network (extra 'report').

    Example: news-etl report -o report.html --since 2024-05-01
    """
    from etl.load.queries import opened
    from etl.report import report as written
    from etl.report import settle

    zone = _zone(time_zone)
    today = dt.datetime.now(zone).date()
    with opened(database, snapshot=True) as connection:
        scope = settle(
            connection,
            since=since and since.date(),
            until=until and until.date(),
            publishers=publisher or (),
            zone=zone,
            today=today,
        )
        page = written(connection, scope)
    if output == "-":
        typer.echo(page, nl=False)
        return
    _write(Path(output), page)
    typer.echo(f"{output}: {scope.since} to {scope.until}, {len(page.encode()) // 1000:,} kB")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise typer.BadParameter(f"{name} is no time zone; expected a name as Europe/Berlin", param_hint="--time-zone") from None


def _write(file: Path, page: str) -> None:
    """Whole or not at all: a web server must not show half a page."""
    from etl.errors import UsageError

    written = file.with_name(file.name + ".part")
    try:
        written.write_text(page, "utf-8")
        written.replace(file)
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error
