"""`news-etl export`: tables out of the database, into files."""

from __future__ import annotations

import datetime as dt
import signal
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from etl.cli import options
from etl.cli.exits import Exit
from etl.export.options import Compression, FormatName

_DAY = ["%Y-%m-%d"]
_INSTANT = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"]


def export(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    form: Annotated[
        FormatName, typer.Option("--format", help="Of the files; parquet needs the extra 'export'.")
    ] = FormatName.PARQUET,
    tables: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAMES",
            help="Tables and views, parted by commas (default: all tables but those that runs work with, no views).",
            show_default=False,
        ),
    ] = None,
    since: Annotated[
        dt.datetime | None, typer.Option(formats=_DAY, metavar="DAY", help="Articles published on DAY or later.")
    ] = None,
    changed_since: Annotated[
        dt.datetime | None,
        typer.Option(formats=_INSTANT, metavar="TIME", help="Articles loaded or changed at TIME (UTC) or later."),
    ] = None,
    publisher: Annotated[str | None, typer.Option(metavar="DOMAIN", help="Articles of this publisher.")] = None,
    compress: Annotated[Compression, typer.Option(help="Compress files of csv and jsonl.")] = Compression.NONE,
    replace: Annotated[bool, typer.Option("--replace", help="Replace the export that DIR holds.")] = False,
    quiet: options.Quiet = False,
    as_json: options.AsJson = False,
) -> None:
    """Write the tables into files, with a datapackage.json that describes them.

    Example: news-etl export exported --format parquet --since 2024-05-01
    """
    from etl.export.formats import make_format
    from etl.export.job import export as write
    from etl.export.selection import Selection

    if changed_since is not None and changed_since.tzinfo is None:
        changed_since = changed_since.replace(tzinfo=dt.UTC)
    selection = Selection(
        tables=[name.strip() for names in tables or () for name in names.split(",") if name.strip()],
        since=since and since.date(),
        changed_since=changed_since,
        publisher=publisher,
    )
    signal.signal(signal.SIGTERM, _terminate)
    done = write(database, folder, make_format(form, compress), selection, replace=replace, now=lambda: dt.datetime.now(dt.UTC))
    if quiet:
        return
    from etl.cli.tables import print_rows

    rows = [
        {"table": part.shape.name, "rows": part.rows, "files": len(part.files), "bytes": sum(file.size for file in part.files)}
        for part in done.parts
    ]
    print_rows(rows, ("table", "rows", "files", "bytes"), as_json=as_json)
    if not as_json:
        typer.echo(f"{done.rows} rows of {len(done.parts)} tables, {done.size} bytes, in {done.folder}")


def _terminate(signum: int, frame: object) -> NoReturn:
    """SIGTERM unwinds, so that the unfinished folder is taken away."""
    sys.exit(Exit.TERMINATED)
