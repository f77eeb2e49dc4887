"""Options that several commands share, each with its help and environment variable in one place."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
Wait = Annotated[float, typer.Option(min=0, metavar="SECONDS", help="Wait so long for another run on this database to end.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but trouble.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Log every rejected page and what the run does.")]

DATABASE = DEFAULT_DATABASE
