"""`news-etl runs`: the ledger of runs."""

from __future__ import annotations

from typing import Annotated

import typer

from etl.cli import options

app = typer.Typer(rich_markup_mode=None, invoke_without_command=True)
_COLUMNS = (
    "id", "started_at", "finished_at", "status",
    "pages_seen", "loaded", "updated", "unchanged", "superseded", "rejected", "error",
)  # fmt: skip


@app.callback()
def list_runs(
    context: typer.Context,
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    last: Annotated[int, typer.Option(min=1, metavar="N", help="Only the last N runs.")] = 20,
    as_json: options.AsJson = False,
) -> None:
    """List the last runs, newest first.

    Example: news-etl runs --last 7
    """
    if context.invoked_subcommand:
        context.obj = database
        return
    from etl.cli.tables import print_rows
    from etl.load.queries import list_runs as query
    from etl.load.queries import opened

    with opened(database) as connection:
        print_rows(query(connection, last), _COLUMNS, as_json=as_json)


@app.command()
def show(
    context: typer.Context,
    run: Annotated[int, typer.Argument(metavar="ID", min=1)],
    database: Annotated[str | None, typer.Option("--database", "-d", metavar="URL", help="As for `runs`.")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Show one run: its counts, its command, and why pages were rejected.

    Example: news-etl runs show 12
    """
    import json

    from etl.errors import UsageError
    from etl.load.queries import opened, run_details

    with opened(database or context.obj or options.DATABASE) as connection:
        details = run_details(connection, run)
    if details is None:
        raise UsageError(f"there is no run {run}; `news-etl runs` lists them")
    if as_json:
        typer.echo(json.dumps(details, ensure_ascii=False, default=str))
        return
    for name, value in details.items():
        if isinstance(value, dict):
            typer.echo(f"{name}:")
            for key, number in value.items():
                typer.echo(f"    {key:20} {number}")
        else:
            typer.echo(f"{name:14} {'' if value is None else value}")
