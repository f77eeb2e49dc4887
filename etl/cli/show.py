"""What a run shows: a live display on a terminal, a line a minute in a log, a closing summary."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from etl.cli import summary
from etl.cli.exits import Exit
from etl.cli.options import LogFormat
from etl.progress import Listener, Progress, SilentListener
from etl.records import Source, Status

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from etl.job import Report

_log = logging.getLogger(__name__)
_EVERY = 60.0


@contextmanager
def listener(quiet: bool, form: LogFormat = LogFormat.TEXT) -> Iterator[Listener]:
    """What follows the run: nothing when quiet, a bar on a terminal, else log lines."""
    if quiet:
        yield SilentListener()
    elif sys.stderr.isatty() and form is LogFormat.TEXT:
        with _bar() as bar:
            yield _LiveListener(bar)
    else:
        yield _LogListener()


def conclude(report: Report, status: Exit, *, quiet: bool, summary_json: Path | None) -> None:
    """Tell how the run ended: on stdout; when quiet only trouble, and that on stderr. The last line is for scripts."""
    figures = summary.summary(report, status)
    if summary_json:
        summary.write(figures, summary_json)
    if quiet and status is Exit.DONE and not report.drops:
        return
    typer.echo("\n".join([*_lines(report), summary.line(figures)]), err=quiet)


def _lines(report: Report) -> list[str]:
    progress = report.progress
    counts = ", ".join(f"{progress.pages[status]} {status.value}" for status in Status)
    rate = progress.seen / report.seconds if report.seconds else 0.0
    head = f"run {report.run_id}" if report.run_id is not None else "run without a database"
    lines = [f"{head} {report.status.value}: {progress.seen} pages in {report.seconds:.1f} s ({rate:.0f}/s): {counts}"]
    if progress.passed_over:
        kinds = ", ".join(f"{number} {kind}" for kind, number in progress.passed_over.most_common())
        lines.append(f"passed over {progress.passed_over.total()} records that are no pages: {kinds}")
    if progress.reasons:
        reasons = ", ".join(f"{number} {reason}" for reason, number in progress.reasons.most_common())
        lines.append(f"rejected: {reasons} (news-etl pages --status rejected lists them)")
    if progress.fetched:
        asked = ", ".join(f"{number} {word.replace('_', ' ')}" for word, number in progress.fetched.items())
        lines.append(f"pages asked for: {asked}")
    if progress.sources_skipped:
        lines.append(f"passed over {progress.sources_skipped} files that were done before and have not changed")
    lines += [f"source not due: {source}" for source in progress.not_due]
    lines += [f"not read again: {number} pages, because {why}" for why, number in progress.missing.most_common()]
    lines += [f"incomplete source: {source}" for source in progress.incomplete]
    lines += [f"failed source: {source}" for source in progress.failed]
    lines += [f"fewer fields: {drop.sentence()} (news-etl coverage shows it over time)" for drop in report.drops]
    if report.error:
        lines.append(f"error: {report.error}")
    return lines


class _LogListener:
    """Without a terminal: one line a minute."""

    def __init__(self) -> None:
        self._next = time.monotonic() + _EVERY

    def source_started(self, source: Source, number: int, total: int) -> None:
        _log.info("reading %s (%d of %s)", source.uri, number, total or "?")

    def counted(self, progress: Progress) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _EVERY
            _log.warning("%d pages so far: %s", progress.seen, _counts(progress))


class _LiveListener:
    """On a terminal: pages, rate, counts, time left where the total is known."""

    def __init__(self, bar: Bar) -> None:
        self._bar = bar
        self._task: TaskID = bar.add_task("", total=None, counts="", pages=0)

    def source_started(self, source: Source, number: int, total: int) -> None:
        name = source.uri.rsplit("/", 1)[-1]
        self._bar.update(self._task, description=f"{number}/{total or '?'} {name[:40]}")

    def counted(self, progress: Progress) -> None:
        self._bar.update(
            self._task,
            completed=progress.bytes_read,
            total=progress.bytes_total,
            counts=_counts(progress),
            pages=progress.seen,
            rate=progress.seen / max(0.1, self._bar.tasks[0].elapsed or 0.1),
        )


def _counts(progress: Progress) -> str:
    return " ".join(f"{status.value} {progress.pages[status]}" for status in Status if progress.pages[status])


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.fields[pages]} pages"),
        TextColumn("{task.fields[counts]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
