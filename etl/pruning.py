"""Old WARC files of the spool deleted: `news-etl prune`. Only what has been loaded to its end, and has not changed since.

Nothing outside of the spool is touched, and no link is followed. The lock of runs is held meanwhile: no fetch writes there.
"""

from __future__ import annotations

import datetime as dt
import enum
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from sqlalchemy import Connection, Engine, func, select

from etl.errors import UsageError
from etl.extract import source_of
from etl.load.accounts import SourceState, pages, source_files
from etl.load.engine import open_engine, reading, writing
from etl.load.ledger import Ledger
from etl.load.lock import run_lock
from etl.load.mapping import digest
from etl.load.queries import opened
from etl.records import Reason, Source, Status

_MENDABLE = (Reason.TIMEOUT, Reason.WORKER_DIED, Reason.TOO_LARGE, Reason.UNSTORABLE, Reason.PARSE_ERROR)
"""Reasons that lie in the machine, the settings or the program, not in the page: another try may load it."""
_NOT_LOADED = {
    SourceState.NEW: "not loaded, or changed since",
    SourceState.PARTIAL: "not loaded to its end",
    SourceState.INCOMPLETE: "damaged: not all of it could be loaded",
}


class Fate(enum.StrEnum):
    """What became of a file."""

    DELETED = "deleted"
    DUE = "would be deleted"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """One file of the spool."""

    fate: Fate
    source: str
    """The configured source that fetched it."""
    file: str
    bytes: int
    written_at: dt.datetime
    why: str
    """Why it was kept, or could not be deleted; empty for one that is deleted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pruning:
    """What is to be deleted."""

    spool: Path
    older_than: dt.timedelta
    """Since the file was written."""
    source: str | None = None
    """Only of this configured source."""
    rejected_too: bool = False
    """Also files with pages that another try may load."""
    dry_run: bool = False


def prune(database: str, pruning: Pruning, *, command: str, wait: float = 0.0) -> list[Verdict]:
    """Delete, and tell of each file. Raises Locked while a run holds the database, UsageError for a source without a spool."""
    with opened(database):
        pass  # an older schema is told
    folders = _folders(pruning)
    engine = open_engine(database)
    try:
        if pruning.dry_run:
            return [verdict for folder in folders for verdict in _pruned(engine, folder, pruning)]
        with run_lock(engine, host=socket.gethostname(), pid=os.getpid(), command=command, wait=wait):
            return [verdict for folder in folders for verdict in _pruned(engine, folder, pruning)]
    finally:
        engine.dispose()


def _folders(pruning: Pruning) -> list[Path]:
    """The folders of sources, one a source, also of those that are configured no more."""
    if not pruning.spool.is_dir():
        return []
    with os.scandir(pruning.spool) as found:
        folders = {entry.name: Path(entry.path) for entry in found if entry.is_dir(follow_symlinks=False)}
    if pruning.source is None:
        return [folders[name] for name in sorted(folders)]
    name = quote(pruning.source, safe="")
    if name not in folders:
        raise UsageError(f"{pruning.spool}: no source {pruning.source!r} has fetched anything into this spool")
    return [folders[name]]


def _pruned(engine: Engine, folder: Path, pruning: Pruning) -> Iterator[Verdict]:
    with os.scandir(folder) as found:
        entries = [entry for entry in found if entry.name.endswith(".warc.gz") and entry.is_file(follow_symlinks=False)]
    sources = [source_of(entry.path) for entry in sorted(entries, key=lambda entry: entry.name)]
    with reading(engine) as connection:
        rejected = {} if pruning.rejected_too else _rejected(connection, folder)
    for source in sources:
        why = _why_kept(engine, source, pruning.older_than, rejected.get(source.uri, 0))
        fate = Fate.KEPT if why else Fate.DUE
        if fate is Fate.DUE and not pruning.dry_run:
            fate, why = _delete(engine, source)
        yield Verdict(
            fate=fate,
            source=unquote(folder.name),
            file=source.uri,
            bytes=source.size or 0,
            written_at=source.modified_at or dt.datetime.min.replace(tzinfo=dt.UTC),
            why=why,
        )


def _rejected(connection: Connection, folder: Path) -> dict[str, int]:
    """How many pages of each file were rejected for a reason that another try may mend, and have not been loaded since."""
    below = pages.c.source.startswith(source_of(folder).uri + "/", autoescape=True)
    newest = select(func.max(pages.c.id)).where(below).group_by(pages.c.source, pages.c.record)
    mendable = pages.c.reason_code.in_([reason.value for reason in _MENDABLE])
    query = select(pages.c.source, func.count().label("number")).where(
        pages.c.id.in_(newest), pages.c.status == Status.REJECTED.value, mendable
    )
    return {row.source: row.number for row in connection.execute(query.group_by(pages.c.source))}


def _why_kept(engine: Engine, source: Source, older_than: dt.timedelta, rejected: int) -> str:
    """Empty for a file that may go."""
    if source.modified_at is None or dt.datetime.now(dt.UTC) - source.modified_at < older_than:
        return "not old enough"
    state = Ledger(engine).resume_point(source).state
    if state is not SourceState.DONE:
        return _NOT_LOADED[state]
    if rejected:
        return f"{rejected} pages were rejected for a reason that another try may mend (news-etl retry)"
    return ""


def _delete(engine: Engine, source: Source) -> tuple[Fate, str]:
    try:
        Path(source.uri).unlink()
    except OSError as error:
        return Fate.FAILED, f"cannot be deleted ({error.strerror})"
    with writing(engine) as connection:
        pruned = source_files.update().where(source_files.c.uri_sha256 == digest(source.uri))
        connection.execute(pruned.values(pruned_at=dt.datetime.now(dt.UTC)))
    return Fate.DELETED, ""
