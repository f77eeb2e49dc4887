"""How a run ended, for scripts: one line of `name=value` pairs, and the same as a JSON file."""

from __future__ import annotations

import dataclasses
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl.cli.exits import Exit
from etl.records import Status

if TYPE_CHECKING:
    from etl.job import Report

Summary = dict[str, Any]


def summary(report: Report, status: Exit) -> Summary:
    """The run's figures, those of one word first, always in this order."""
    progress = report.progress
    return {
        "status": report.status.value,
        "exit": int(status),
        "run": report.run_id,
        "pages": progress.seen,
        **{word.value: progress.pages[word.value] for word in Status},
        "skipped": progress.sources_skipped,
        "not_due": len(progress.not_due),
        "failed": len(progress.failed),
        "incomplete": len(progress.incomplete),
        "drops": len(report.drops),
        "seconds": round(report.seconds, 1),
        "reasons": dict(progress.reasons.most_common()),
        "passed_over": dict(progress.passed_over.most_common()),
        "requests": dict(progress.fetched),
        "sources_not_due": list(progress.not_due),
        "missing": dict(progress.missing.most_common()),
        "failed_sources": list(progress.failed),
        "incomplete_sources": list(progress.incomplete),
        "coverage_drops": [dataclasses.asdict(drop) for drop in report.drops],
        "error": report.error,
    }


def line(figures: Summary) -> str:
    """The figures that are one word each: `summary status=succeeded exit=0 run=12 pages=40 loaded=3 …`."""
    plain = {name: value for name, value in figures.items() if isinstance(value, (int, float)) or name in {"status", "run"}}
    return " ".join(["summary", *(f"{name}={'' if value is None else value}" for name, value in plain.items())])


def write(figures: Summary, file: Path) -> None:
    """Write the figures as JSON; a reader sees the file as it was or as it is, never half of it."""
    replace(file, json.dumps(figures, ensure_ascii=False, indent=2) + "\n")


def replace(file: Path, content: str) -> None:
    """Put a text in a file's place in one step. Raises UsageError where that cannot be done."""
    from etl.errors import UsageError

    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_text(content, "utf-8")
        beside.replace(file)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UsageError(f"{file}: cannot be written ({error.strerror})") from error
