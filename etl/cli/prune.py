"""`news-etl prune`: old files of the spool deleted."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated

import typer

from etl.cli import options
from etl.cli.exits import Exit

if TYPE_CHECKING:
    from etl.pruning import Verdict

_COLUMNS = ("fate", "source", "file", "bytes", "written_at", "why")


def prune(
    context: typer.Context,
    spool: Annotated[bool, typer.Option("--spool", help="Files of the spool; nothing else can be pruned.")] = False,
    older_than: Annotated[
        str | None, typer.Option("--older-than", metavar="TIME", help="Only files written longer ago: 90d, 12w.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="NAME", help="Only of this configured source.")] = None,
    rejected_too: Annotated[
        bool,
        typer.Option("--rejected-too", help="Also files with pages that were rejected for a reason that another try may mend."),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would be deleted, delete nothing.")] = False,
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    wait: options.Wait = 0.0,
    as_json: options.AsJson = False,
    quiet: options.Quiet = False,
) -> None:
    """Delete old files of the spool whose pages are all loaded; never one that is not loaded to its end, or has changed since.

    Example: news-etl prune --spool --older-than 90d --dry-run
    """
    from pathlib import Path

    from etl.cli.running import command_line
    from etl.cli.settled import config_of
    from etl.cli.tables import print_rows
    from etl.errors import UsageError
    from etl.pruning import Fate, Pruning
    from etl.pruning import prune as carry_out
    from etl.quantities import duration

    age = options.parsed(duration, older_than, "--older-than")
    if not spool or age is None:
        raise UsageError("say what to delete: --spool, and how old it must be: --older-than 90d")
    folder = Path(config_of(context).fetch.spool).absolute()
    asked = Pruning(spool=folder, older_than=age, source=source, rejected_too=rejected_too, dry_run=dry_run)
    verdicts = carry_out(database, asked, command=command_line(), wait=wait)
    if as_json or not quiet:
        print_rows([dataclasses.asdict(verdict) for verdict in verdicts], _COLUMNS, as_json=as_json)
    if not quiet:
        typer.echo(_counted(verdicts), err=True)
    failed = [verdict for verdict in verdicts if verdict.fate is Fate.FAILED]
    if quiet and not as_json:
        for verdict in failed:
            typer.echo(f"{verdict.file}: {verdict.why}", err=True)
    raise typer.Exit(Exit.FAILED if failed else Exit.DONE)


def _counted(verdicts: list[Verdict]) -> str:
    from etl.pruning import Fate

    counts = {fate: [verdict.bytes for verdict in verdicts if verdict.fate is fate] for fate in Fate}
    told = [f"{fate.value} {len(sizes)} files ({sum(sizes) / 1e6:.1f} MB)" for fate, sizes in counts.items() if sizes]
    return ", ".join(told) or "the spool is empty"
