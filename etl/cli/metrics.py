"""The state of the job as a textfile for Prometheus' node exporter (extra `metrics`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from etl.errors import UsageError
from etl.records import Status

if TYPE_CHECKING:
    from etl.load.drops import Drop
    from etl.load.health import Health


def check() -> None:
    """Raise UsageError where the client library is missing: before a run, not after it."""
    try:
        import prometheus_client  # noqa: F401
    except ModuleNotFoundError as error:
        raise UsageError("--metrics-file needs the extra `metrics`: pip install 'news-etl[metrics]'") from error


def write_from(database: str, file: Path) -> None:
    """Read the state of a database and write the file."""
    from etl.load.drops import standing_drops
    from etl.load.health import Bounds, health
    from etl.load.queries import opened

    now = dt.datetime.now(dt.UTC)
    with opened(database) as connection:
        write(health(connection, Bounds(), now), standing_drops(connection, now), file)


def write(state: Health, drops: Sequence[Drop], file: Path) -> None:
    """Write the file; a collector sees it as it was or as it is."""
    check()
    from prometheus_client import CollectorRegistry, Gauge, write_to_textfile

    registry = CollectorRegistry()

    def gauge(name: str, help_text: str, value: float) -> None:
        Gauge(f"news_etl_{name}", help_text, registry=registry).set(value)

    if state.good is not None:
        gauge("last_success_timestamp_seconds", "When the last good run ended.", state.good["finished_at"].timestamp())
        gauge("last_success_rejected_ratio", "Share of the last good run's pages that were rejected.", state.rejected_share or 0)
    if (last := state.last) is not None:
        gauge("last_run_timestamp_seconds", "When the last run ended.", last["finished_at"].timestamp())
        gauge("last_run_success", "Whether the last run succeeded.", last["status"] == "succeeded")
        seconds = (last["finished_at"] - last["started_at"]).total_seconds()
        gauge("last_run_duration_seconds", "How long the last run took.", seconds)
        pages = Gauge("news_etl_last_run_pages", "Pages of the last run, by what became of them.", ["status"], registry=registry)
        for status in Status:
            pages.labels(status.value).set(last[status.value])
    gauge("coverage_drops", "Fields that a publisher used to give on most pages and stopped giving.", len(drops))
    labels = ["publisher", "source", "field"]
    left = Gauge(
        "news_etl_coverage_drop_ratio", "Share of the newest articles that have such a field.", labels, registry=registry
    )
    for drop in drops:
        left.labels(drop.publisher, drop.source, drop.field).set(drop.share)
    try:
        write_to_textfile(str(file), registry)
    except OSError as error:
        raise UsageError(f"{file}: cannot be written ({error.strerror})") from error
