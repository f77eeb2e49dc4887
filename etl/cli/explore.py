"""`news-etl explore`: a website on this machine to look into a SQLite file."""

from __future__ import annotations

from typing import Annotated

import typer

from etl.cli import options


def explore(
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="Port of 127.0.0.1; 0 for any that is free.")] = 8001,
    open_browser: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Browse a SQLite database in the browser until Ctrl-C: tables, facets, search, the documented queries, SQL of your own.
    Nothing can be changed by it (extra 'explore').

    Example: news-etl explore --database sqlite:///news.db --open
    """
    from etl.explore.server import serve

    def ready(address: str) -> None:
        typer.echo(f"{address} (Ctrl-C stops it)")
        if open_browser:
            import webbrowser

            webbrowser.open(address)

    serve(database, port, ready)
