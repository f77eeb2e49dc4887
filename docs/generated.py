"""What the pages of docs/ are generated from: the commands' own help, the reasons of rejection. Run by cog (`make docs`)."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from itertools import pairwise
from typing import Any


def cli_help() -> Iterator[str]:
    """One section of Markdown for each command: its help as printed."""
    from typer.main import get_command

    from etl.cli.app import app

    yield from _sections(get_command(app), "news-etl", None)


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
