"""The account of runs and sources: rows of `load_runs` and `source_files`. What a source holds is the writer's business."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select

from etl.load.accounts import RunStatus, SourceState, load_runs, pages, source_files, source_runs
from etl.load.engine import reading, tidy, writing
from etl.load.mapping import Row, digest
from etl.load.statements import upsert
from etl.load.types import utc
from etl.records import Source, Status

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkpoint:
    """How far a source has been read, once the batch that it is written with is in the database."""

    source: Source
    state: SourceState
    last_record: str | None = None
    """`Page.record` of the last page in the database."""
    error: str | None = None
    """What is wrong with the source, for `incomplete`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ResumePoint:
    """Where to take a source up."""

    state: SourceState
    last_record: str | None = None
    """The last record that is in the database: read on after it."""
    error: str | None = None
    """What was found wrong with the source so far."""


class Ledger:
    """The runs and sources of one database.

    >>> ledger = Ledger(engine)                                                                     # doctest: +SKIP
    >>> run = ledger.begin(version="1.0", command="news-etl load …", host="here", pid=os.getpid())  # doctest: +SKIP
    >>> ledger.resume_point(source).state                                                           # doctest: +SKIP
    <SourceState.NEW: 'new'>
    >>> ledger.finish(run, RunStatus.SUCCEEDED)["loaded"]                                           # doctest: +SKIP
    27
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begin(self, *, version: str, command: str, host: str, pid: int) -> int:
        """Open a run and give its number. Runs still `running` on this host whose process is gone become `interrupted`."""
        now = dt.datetime.now(dt.UTC)
        row = {
            "started_at": now,
            "status": RunStatus.RUNNING.value,
            "version": version,
            "command": command,
            "host": host,
            "pid": pid,
        }
        with writing(self._engine) as connection:
            _bury(connection, host, now)
            inserted = connection.execute(load_runs.insert().values(row | _NO_PAGES))
            return int(inserted.inserted_primary_key[0])  # type: ignore[index]

    def resume_point(self, source: Source) -> ResumePoint:
        """How far the source has been read. One whose size, time or ETag has changed since counts as new."""
        with reading(self._engine) as connection:
            query = select(source_files).where(source_files.c.uri_sha256 == digest(source.uri))
            row = connection.execute(query).one_or_none()
        if row is None or (row.size, row.modified_at, row.etag) != (source.size, _time(source), source.etag):
            return ResumePoint(state=SourceState.NEW)
        return ResumePoint(state=SourceState(row.state), last_record=row.last_record, error=row.error)

    def checkpoint(self, checkpoints: Sequence[Checkpoint]) -> None:
        """Note sources without pages: an empty archive, one that cannot be opened. Others go with `Writer.write`."""
        with writing(self._engine) as connection:
            save_checkpoints(connection, checkpoints)

    def finish(self, run: int, status: RunStatus, error: str | None = None, *, pages_seen: int | None = None) -> dict[str, int]:
        """Close a run; gives its counts: `pages_seen` and one for each `Status`.

        `pages_seen` is what the caller counted as sources gave it pages; without it what the writer was given. Where it is not
        the sum of the run's rows by status, pages were lost, and the run is `failed` whatever the caller thinks.
        """
        with writing(self._engine) as connection:
            counted = select(pages.c.status, func.count()).where(pages.c.load_run_id == run).group_by(pages.c.status)
            counts = dict.fromkeys(Status, 0) | {Status(word): number for word, number in connection.execute(counted)}
            noted = connection.execute(select(load_runs.c.pages_seen).where(load_runs.c.id == run)).scalar_one()
            seen, total = noted if pages_seen is None else pages_seen, sum(counts.values())
            if seen != total:
                status = RunStatus.FAILED
                error = f"{seen} pages were seen, but {total} are accounted for" + (f"; {error}" if error else "")
            result = {"pages_seen": seen} | {word.value: number for word, number in counts.items()}
            closing = {"status": status.value, "error": error, "finished_at": dt.datetime.now(dt.UTC)}
            connection.execute(load_runs.update().where(load_runs.c.id == run).values(closing | result))
        tidy(self._engine)
        return result


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceRun:
    """How a configured source ended in a run."""

    name: str
    kind: str
    started_at: dt.datetime
    finished_at: dt.datetime
    status: RunStatus
    pages: Mapping[str, int]
    """Number of pages by status."""
    error: str | None = None


def record_source_run(engine: Engine, run: int, ended: SourceRun) -> None:
    """Note how a configured source ended."""
    row = {name: getattr(ended, name) for name in ("name", "kind", "started_at", "finished_at", "error")}
    row |= {"load_run_id": run, "status": ended.status.value, "pages_seen": sum(ended.pages.values())}
    with writing(engine) as connection:
        connection.execute(source_runs.insert().values(row | {word.value: ended.pages.get(word.value, 0) for word in Status}))


def last_good_source_run(engine: Engine, name: str) -> dt.datetime | None:
    """When the last run of a configured source began that succeeded, UTC."""
    good = (source_runs.c.name == name) & (source_runs.c.status == RunStatus.SUCCEEDED.value)
    with reading(engine) as connection:
        found: dt.datetime | None = connection.execute(select(func.max(source_runs.c.started_at)).where(good)).scalar_one()
    return found


def save_checkpoints(connection: Connection, checkpoints: Sequence[Checkpoint]) -> None:
    """Write checkpoints in the caller's transaction; the last of a source counts."""
    rows = {checkpoint.source.uri: _row(checkpoint) for checkpoint in checkpoints}
    upsert(connection, source_files, [rows[uri] for uri in sorted(rows)], by="uri_sha256")


_NO_PAGES: dict[str, Any] = dict.fromkeys(("pages_seen", *Status), 0)


def _row(checkpoint: Checkpoint) -> Row:
    source = checkpoint.source
    return {
        "uri": source.uri,
        "uri_sha256": digest(source.uri),
        "size": source.size,
        "modified_at": _time(source),
        "etag": source.etag,
        "state": checkpoint.state.value,
        "last_record": checkpoint.last_record,
        "error": checkpoint.error,
        "pruned_at": None,
    }


def _time(source: Source) -> dt.datetime | None:
    return source.modified_at and utc(source.modified_at, fraction=True)


def _bury(connection: Connection, host: str, now: dt.datetime) -> None:
    running = (load_runs.c.status == RunStatus.RUNNING.value) & (load_runs.c.host == host)
    for run in connection.execute(select(load_runs.c.id, load_runs.c.pid, load_runs.c.started_at).where(running)).all():
        if _is_alive(run.pid, run.started_at):
            continue
        closing = {
            "status": RunStatus.INTERRUPTED.value,
            "finished_at": now,
            "error": "Its process was gone when the next run began.",
        }
        connection.execute(load_runs.update().where(load_runs.c.id == run.id).values(closing))
        log.warning("run %d was interrupted: its process %d is gone", run.id, run.pid)


def _is_alive(pid: int, started_at: dt.datetime) -> bool:
    """Whether the process of a run lives: a later process with its number (in containers, the usual case) is another one."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it lives, under another user
    born = _born(pid)
    return born is None or born <= started_at + dt.timedelta(seconds=2)


def _born(pid: int) -> dt.datetime | None:
    """When a process began; None where the system does not tell (only Linux does, in /proc)."""
    with contextlib.suppress(OSError, ValueError, IndexError, StopIteration):
        ticks = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
        boot = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith("btime"))
        return dt.datetime.fromtimestamp(int(boot.split()[1]) + ticks / os.sysconf("SC_CLK_TCK"), dt.UTC)
    return None
