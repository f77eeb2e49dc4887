"""What `load` and `run` have in common around the run itself: logs, signals, monitors, the closing summary, the exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer

from etl.cli import logs, metrics, options
from etl.cli.exits import Exit
from etl.cli.ping import announced
from etl.cli.settled import hidden
from etl.cli.show import conclude, listener
from etl.cli.signals import stop_requests
from etl.pipeline import Report, StopRequest
from etl.progress import Listener
from etl.quantities import share


@dataclass(frozen=True, kw_only=True)
class Manner:
    """How a run is told of: the options of these names."""

    max_rejected: str | None
    summary_json: Path | None
    metrics_file: Path | None
    ping_url: str | None
    log_format: options.LogFormat
    quiet: bool
    verbose: bool


@dataclass
class Running:
    """A run under way; whoever does it leaves its report here."""

    stop: StopRequest
    listener: Listener
    report: Report | None = None


@contextmanager
def carried_out(manner: Manner, database: str) -> Iterator[Running]:
    """Around a run: everything before, and at its end what is printed, written and sent. Ends the program with its status."""
    most = options.parsed(share, manner.max_rejected, "--max-rejected")
    if manner.metrics_file:
        metrics.check()
    logs.set_up(manner.quiet, manner.verbose, manner.log_format)
    with announced(manner.ping_url):
        with listener(manner.quiet, manner.log_format) as shown, stop_requests() as stop:
            running = Running(stop=stop, listener=shown)
            yield running
        if running.report is None:
            return
        status = exit_status(running.report, most)
        conclude(running.report, status, quiet=manner.quiet, summary_json=manner.summary_json)
        if manner.metrics_file and running.report.run_id is not None:
            metrics.write_from(database, manner.metrics_file)
        raise typer.Exit(status)


def exit_status(report: Report, most: float | None) -> Exit:
    """What a run's end means for whoever called the program."""
    if report.signal is not None:
        return Exit(128 + report.signal)
    if report.status.value != "succeeded":
        return Exit.FAILED
    if report.progress.failed:
        return Exit.SOURCE_FAILED
    if most is not None and report.progress.rejected_share > most:
        return Exit.TOO_MANY_REJECTED
    return Exit.DONE


def command_line() -> str:
    """The command line for the ledger, a password in it hidden."""
    import shlex

    words = [Path(sys.argv[0]).name, *sys.argv[1:]]
    return hidden(shlex.join(words))
