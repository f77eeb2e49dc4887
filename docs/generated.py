"""What the pages of docs/ are generated from: the commands' own help, the reasons of rejection, queries and their results.

Run by cog (`make docs`).
"""

from __future__ import annotations

import ast
import atexit
import inspect
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from textwrap import dedent, fill
from typing import Any


def cli_help() -> Iterator[str]:
    """One section of Markdown for each command: its help as printed."""
    from typer.main import get_command

    from etl.cli.app import program

    yield from _sections(get_command(program()), "news-etl", None)


def _sections(command: Any, name: str, parent: Any) -> Iterator[str]:
    context = command.context_class(command, info_name=name.rsplit(" ", 1)[-1], parent=parent, terminal_width=100)
    subcommands: dict[str, Any] = getattr(command, "commands", {})
    yield f"## `{name}`\n\n```\n{command.get_help(context)}\n```\n"
    for subname, subcommand in subcommands.items():
        yield from _sections(subcommand, f"{name} {subname}", context)


def enum_rows(enum_class: type[Any]) -> Iterator[str]:
    """One table row for each member of an enum: its value and the docstring under it."""
    statements = ast.parse(inspect.getsource(enum_class)).body[0].body  # type: ignore[attr-defined]
    for assignment, text in pairwise(statements):
        if isinstance(assignment, ast.Assign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            name = ast.unparse(assignment.targets[0])
            yield f"| `{enum_class[name].value}` | {' '.join(str(text.value.value).split())} |"


def recipes(page: str) -> Iterator[str]:
    """A section for each documented query of a page: its question, its note, SQL and result."""
    from etl.recipes import recipes as of_page

    for number, entry in enumerate(of_page(page), 1):
        heading = entry.question if entry.question.startswith("`") else f"{number}. {entry.question}"
        yield f"\n## {heading}\n\n{fill(entry.note, 128, break_long_words=False, break_on_hyphens=False)}"
        yield from recipe(entry.sql)


def recipe(sql: str) -> Iterator[str]:
    """A query as Markdown with its result on the bundled samples: what the page promises is what the database says."""
    yield from _with_result(sql, *_ask_samples(sql))


def duckdb(sql: str) -> Iterator[str]:
    """A query on the exported samples (in `exported/`) as Markdown with its result, by DuckDB."""
    yield from _with_result(sql, *_ask_exported(sql))


def _with_result(sql: str, columns: list[str], rows: list[tuple[Any, ...]]) -> Iterator[str]:
    yield f"\n```sql\n{dedent(sql).strip()}\n```\n"
    yield f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"
    for row in rows:
        yield f"| {' | '.join(_cell(value) for value in row)} |"
    yield ""


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = f"{value:.3g}" if isinstance(value, float) else str(value)
    return text.replace("|", "\\|").replace("\n", " ")


def _ask_samples(sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    connection = sqlite3.connect(f"file:{_samples_database()}?mode=ro", uri=True)
    try:
        cursor = connection.execute(sql)
        return [column[0] for column in cursor.description], cursor.fetchall()
    finally:
        connection.close()


def _ask_exported(sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    import duckdb

    with duckdb.connect(config={"file_search_path": str(_exported_samples())}) as connection:
        result = connection.execute(sql)
        return [column[0] for column in result.description], result.fetchall()


@cache
def _exported_samples() -> Path:
    """The folder in which `exported/` is: the samples, in Parquet."""
    import datetime as dt

    from etl.export.formats import make_format
    from etl.export.job import export
    from etl.export.options import FormatName
    from etl.export.selection import Selection

    database = _samples_database()
    parquet = make_format(FormatName.PARQUET)
    export(f"sqlite:///{database}", database.with_name("exported"), parquet, Selection(), now=lambda: dt.datetime.now(dt.UTC))
    return database.parent


@cache
def _samples_database() -> Path:
    """The bundled samples in a SQLite file of this process."""
    from etl.job import load_sources
    from etl.settings import Settings

    folder = Path(tempfile.mkdtemp(prefix="news-etl-docs-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = folder / "samples.db"
    samples = Path(__file__).parents[1] / "samples"
    load_sources(Settings(database=f"sqlite:///{database}", in_process=True), [str(samples)], command="docs")
    return database


def copies_quality() -> Iterator[str]:
    """The figures of `benchmarks.copies`."""
    from benchmarks.copies import quality

    figures = quality()
    yield "\n| | precision | recall |\n|---|---|---|"
    for name in ("stories", "pairs"):
        yield f"| {name} | {figures[name]['precision']:.3f} | {figures[name]['recall']:.3f} |"
    yield "\n| version | put with its agency's text |\n|---|---|"
    for kind, share in figures["found"].items():
        yield f"| {kind} | {share:.0%} |"
    yield ""
