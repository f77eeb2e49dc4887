"""`news-etl status`: whether the job is well, for people, monitors and cron."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli import options
from etl.cli.exits import Exit

if TYPE_CHECKING:
    from etl.config import AnySource
    from etl.load.health import Bounds, Health


def status(
    context: typer.Context,
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    max_age: options.MaxAge = None,
    max_rejected: options.MaxRejected = None,
    metrics_file: options.MetricsFile = None,
    fail_on_drop: Annotated[
        bool, typer.Option("--fail-on-drop", help="Not well too when a publisher stopped giving a field that it used to give.")
    ] = False,
    as_json: options.AsJson = False,
) -> None:
    """Tell whether the job and each configured source is well: exit status 4 when none of its runs has succeeded, or the last
    good one is too old or too bad. Authors, tags or dates that a publisher used to give and stopped giving are warned of.

    Example: news-etl status --max-age 26h --max-rejected 5%
    """
    import datetime as dt
    import json

    from etl.cli import metrics
    from etl.cli.settled import config_of
    from etl.load.drops import standing_drops
    from etl.load.health import Bounds, health, source_health
    from etl.load.queries import opened
    from etl.quantities import duration, share

    bounds = Bounds(
        max_age=options.parsed(duration, max_age, "--max-age"), max_rejected=options.parsed(share, max_rejected, "--max-rejected")
    )
    now = dt.datetime.now(dt.UTC)
    with opened(database) as connection:
        state = health(connection, bounds, now)
        sources = {
            source.name: source_health(connection, source.name, _bounds_of(source, bounds), now)
            for source in config_of(context).sources
            if source.enabled
        }
        drops = standing_drops(connection, now)
    if fail_on_drop:
        state = dataclasses.replace(state, problems=(*state.problems, *(drop.sentence() for drop in drops)))
    if metrics_file:
        metrics.write(state, drops, metrics_file)
    if as_json:
        data = _data(state) | {"sources": {name: _data(found) for name, found in sources.items()}}
        typer.echo(json.dumps(data | {"coverage_drops": [dataclasses.asdict(drop) for drop in drops]}, default=str))
    else:
        of_sources = [f"source {name}: {_verdict(found)}" for name, found in sources.items()]
        typer.echo("\n".join([*_lines(state), *of_sources, *(f"warning: {drop.sentence()}" for drop in drops)]))
    well = not any(found.problems for found in (state, *sources.values()))
    raise typer.Exit(Exit.DONE if well else Exit.UNWELL)


def _bounds_of(source: AnySource, bounds: Bounds) -> Bounds:
    """Those of the source where it has its own; one with a schedule may be older by that."""
    from etl.load.health import Bounds
    from etl.quantities import duration, share

    allowed = bounds.max_age + duration(source.every) if bounds.max_age and source.every else bounds.max_age
    return Bounds(
        max_age=duration(source.max_age) if source.max_age else allowed,
        max_rejected=share(source.max_rejected) if source.max_rejected else bounds.max_rejected,
    )


def _data(state: Health) -> dict[str, Any]:
    return {
        "well": not state.problems,
        "problems": list(state.problems),
        "age_seconds": state.age and int(state.age.total_seconds()),
        "rejected_share": state.rejected_share,
        "last_run": state.last,
        "last_good_run": state.good,
    }


def _lines(state: Health) -> list[str]:
    from etl.load.health import spoken

    lines = [_verdict(state)]
    if state.good is not None and state.age is not None:
        counts = f"{state.good['pages_seen']} pages, {state.rejected_share:.1%} rejected"
        lines.append(f"last good run: {state.good['id']}, ended {spoken(state.age)} ago, {counts}")
    if state.last is not None and state.last is not state.good and (state.good is None or state.last["id"] != state.good["id"]):
        lines.append(f"last run: {state.last['id']}, {state.last['status']}: {state.last['error'] or 'no error noted'}")
    return lines


def _verdict(state: Health) -> str:
    return "not well: " + "; ".join(state.problems) if state.problems else "well"
