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
from etl.cli.groups import Log, Telling
from etl.cli.ping import announced
from etl.cli.settled import hidden
from etl.cli.show import conclude, listener
from etl.cli.signals import stop_requests
from etl.job import Report
from etl.pipeline import StopRequest
from etl.progress import Listener
from etl.quantities import share


@dataclass
class Running:
    """A run under way; whoever does it leaves its report here."""

    stop: StopRequest
    listener: Listener
    report: Report | None = None


@contextmanager
def carried_out(database: str, log: Log, telling: Telling | None = None) -> Iterator[Running]:
    """Around a run: everything before, and at its end what is printed, written and sent. Ends the program with its status."""
    telling = telling or Telling()
    most = options.parsed(share, telling.max_rejected, "--max-rejected")
    if telling.metrics_file:
        metrics.check()
    logs.set_up(log.quiet, log.verbose, log.log_format)
    with announced(telling.ping_url):
        with listener(log.quiet, log.log_format) as shown, stop_requests() as stop:
            running = Running(stop=stop, listener=shown)
            yield running
        if running.report is None:
            return
        status = exit_status(running.report, most)
        conclude(running.report, status, quiet=log.quiet, summary_json=telling.summary_json)
        if telling.metrics_file and running.report.run_id is not None:
            metrics.write_from(database, telling.metrics_file)
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
