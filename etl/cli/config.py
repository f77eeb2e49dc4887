"""`news-etl init` and `news-etl config`: the configuration file."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer

from etl.cli import options

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show the configuration in force.")


def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it.")] = Path("news-etl.toml"),
) -> None:
    """Write a commented configuration file; one that is there is left alone.

    Example: news-etl init
    """
    from etl.errors import UsageError

    text = files("etl.cli").joinpath("news-etl.toml").read_text("utf-8")
    try:
        with file.open("x", encoding="utf-8") as new:
            new.write(text)
    except FileExistsError:
        raise UsageError(f"{file}: there is a file already; name another, or remove it first") from None
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror})") from error
    typer.echo(f"{file}: written; edit it, then try `news-etl config show --config {file}`")


@app.command()
def show(
    context: typer.Context,
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    publishers: options.PublishersFolder = None,
    workers: options.Workers = 0,
    readers: options.Readers = None,
    page_timeout: options.PageTimeout = options.PAGE_TIMEOUT,
    max_page_bytes: options.MaxPageBytes = options.MAX_PAGE_BYTES,
    wait: options.Wait = 0.0,
    max_age: options.MaxAge = None,
    max_rejected: options.MaxRejected = None,
    log_format: options.LogForm = options.LogFormat.TEXT,
    summary_json: options.SummaryFile = None,
    metrics_file: options.MetricsFile = None,
    ping_url: options.PingUrl = None,
    as_json: options.AsJson = False,
) -> None:
    """Show every setting in force and where it comes from (file, environment, option, default); passwords are hidden.

    Example: news-etl config show
    """
    import json

    from etl.cli.settled import config_of

    rows = [_row(context, name, value) for name, value in context.params.items() if name not in {"config", "as_json"}]
    fetch = config_of(context).fetch.model_dump()
    sources = [
        {name: _hidden(value) for name, value in source.model_dump(exclude_none=True).items()}
        for source in config_of(context).sources
    ]
    if as_json:
        settings = {row["setting"]: {"value": row["value"], "from": row["from"]} for row in rows}
        typer.echo(
            json.dumps({"file": config and str(config), "settings": settings, "fetch": fetch, "sources": sources}, default=str)
        )
        return
    typer.echo(f"# file: {config or 'none found'}")
    for row in rows:
        value = "" if row["value"] is None else row["value"]
        typer.echo(f"{row['setting']:16} = {value}   # {row['from']}")
    for head, table in (("[fetch]", fetch), *(("[[sources]]", source) for source in sources)):
        typer.echo(f"\n{head}")
        typer.echo("\n".join(f"{name:16} = {'' if value is None else value}" for name, value in table.items()))


def _hidden(value: Any) -> Any:
    from etl.cli.settled import hidden

    if isinstance(value, (tuple, list)):
        return [_hidden(part) for part in value]
    return hidden(value) if isinstance(value, str) else value


_ORIGINS = {"COMMANDLINE": "option", "ENVIRONMENT": "environment", "DEFAULT_MAP": "file", "DEFAULT": "default"}


def _row(context: typer.Context, name: str, value: Any) -> dict[str, Any]:
    from etl.cli.settled import hidden, hidden_path

    origin = context.get_parameter_source(name)
    if name == "workers" and not value:
        value = "one a core"
    elif name == "readers" and value is None:
        value = "one for 8 workers"
    elif value is not None and not isinstance(value, (int, float)):
        value = hidden_path(str(value)) if name == "ping_url" else hidden(str(value))
    return {"setting": name, "value": value, "from": _ORIGINS.get(origin.name if origin else "", "default")}
