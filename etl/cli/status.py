"""`news-etl status`: whether the job is well, for people, monitors and cron."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from etl.cli import options
from etl.cli.exits import Exit

if TYPE_CHECKING:
    from etl.load.health import Health


def status(
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    max_age: options.MaxAge = None,
    max_rejected: options.MaxRejected = None,
    metrics_file: options.MetricsFile = None,
    as_json: options.AsJson = False,
) -> None:
    """Tell whether the job is well: exit status 4 when no run has succeeded, or the last good one is too old or too bad.

    Example: news-etl status --max-age 26h --max-rejected 5%
    """
    import datetime as dt
    import json

    from etl.cli import metrics
    from etl.load.health import Bounds, health
    from etl.load.queries import opened
    from etl.quantities import duration, share

    bounds = Bounds(
        max_age=options.parsed(duration, max_age, "--max-age"), max_rejected=options.parsed(share, max_rejected, "--max-rejected")
    )
    with opened(database) as connection:
        state = health(connection, bounds, dt.datetime.now(dt.UTC))
    if metrics_file:
        metrics.write(state, metrics_file)
    typer.echo(json.dumps(_data(state), default=str) if as_json else "\n".join(_lines(state)))
    raise typer.Exit(Exit.UNWELL if state.problems else Exit.DONE)


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

    lines = ["not well: " + "; ".join(state.problems) if state.problems else "well"]
    if state.good is not None and state.age is not None:
        counts = f"{state.good['pages_seen']} pages, {state.rejected_share:.1%} rejected"
        lines.append(f"last good run: {state.good['id']}, ended {spoken(state.age)} ago, {counts}")
    if state.last is not None and state.last is not state.good and (state.good is None or state.last["id"] != state.good["id"]):
        lines.append(f"last run: {state.last['id']}, {state.last['status']}: {state.last['error'] or 'no error noted'}")
    return lines
