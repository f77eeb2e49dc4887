"""`news-etl publishers`: the profiles in force."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etl.cli import options

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="List and check publisher profiles.")


@app.command("list")
def list_profiles(
    config: options.Config = None, publishers: options.PublishersFolder = None, as_json: options.AsJson = False
) -> None:
    """List the publisher profiles in force.

    Example: news-etl publishers list --publishers my-profiles/
    """
    from etl.cli.tables import print_rows
    from etl.publishers import load_profiles

    profiles = load_profiles(publishers)
    rows = [
        {
            "domain": profile.domain,
            "name": profile.name,
            "time_zone": profile.time_zone,
            "language": profile.language,
            "layouts": len(profile.layouts),
        }
        for profile in sorted(profiles.by_domain.values(), key=lambda profile: profile.domain)
    ]
    print_rows(rows, ("domain", "name", "time_zone", "language", "layouts"), as_json=as_json)


@app.command()
def validate(folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of profiles.")]) -> None:
    """Check a folder of publisher profiles: lists every fault, and exits with status 2 when there is one.

    Example: news-etl publishers validate my-profiles/
    """
    from etl.cli.exits import Exit
    from etl.publishers import load_profiles, profile_problems

    problems = profile_problems(folder)
    for problem in problems:
        typer.echo(str(problem), err=True)
    if problems:
        raise typer.Exit(Exit.USAGE)
    bundled = len(load_profiles(None).by_domain)
    total = len(load_profiles(folder).by_domain)
    typer.echo(f"{folder}: all profiles are valid ({total} in force, {bundled} bundled)")
