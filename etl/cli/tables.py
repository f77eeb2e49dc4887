"""Results as a table for a terminal, or as lines parted by tabs for a pipe, or as JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import typer


def print_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, as_json: bool = False) -> None:
    """Print rows on stdout: JSON lines if asked for, a table on a terminal, else a heading and lines parted by tabs."""
    if as_json:
        for row in rows:
            typer.echo(json.dumps(dict(row), ensure_ascii=False, default=str))
        return
    if not sys.stdout.isatty():
        typer.echo("\t".join(columns))
        for row in rows:
            typer.echo("\t".join(_plain(row[column]) for column in columns))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(header_style="bold")
    for column in columns:
        table.add_column(column, justify="right" if all(isinstance(row[column], int) for row in rows) else "left")
    for row in rows:
        # Text from pages is never markup.
        table.add_row(*(_escape(_plain(row[column])) for column in columns))
    Console().print(table)


def _plain(value: Any) -> str:
    text = "" if value is None else str(value)
    return "".join(c if c.isprintable() else " " for c in text)


def _escape(text: str) -> str:
    from rich.markup import escape

    return escape(text)
