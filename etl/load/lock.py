"""One run at a time on a database: a lock that ends with its process, however that ends.

A file lock beside a SQLite file, an advisory lock of the session on PostgreSQL. Batches have one of their own (`engine.writing`).
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Engine, inspect, select, text

from etl.errors import DatabaseError, Locked
from etl.load.accounts import RunStatus, load_runs
from etl.load.engine import database_errors, reading, shown

_PAUSE = 0.2  # seconds between two tries


@dataclasses.dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """Who holds a database."""

    host: str
    pid: int
    since: str
    """ISO 8601, UTC."""
    command: str = ""
    """Empty where it is not known."""

    def sentence(self) -> str:
        """The holder for a reader."""
        command = f": {self.command}" if self.command else ""
        return f"process {self.pid} on {self.host} since {self.since}{command}"


@contextlib.contextmanager
def run_lock(
    engine: Engine, *, host: str, pid: int, command: str, wait: float = 0.0, given_up: Callable[[], bool] = lambda: False
) -> Iterator[None]:
    """Hold the database's lock while the block runs. A database in memory has none.

    Raises Locked, with who holds it, when it is not free within `wait` seconds or when `given_up()` says so before.
    """
    since = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    lock = _lock(engine, Holder(host=host, pid=pid, since=since, command=command))
    deadline = time.monotonic() + wait
    try:
        while not lock.take():
            if time.monotonic() >= deadline or given_up():
                holder = lock.holder()
                raise Locked(shown(engine.url), holder.sentence() if holder else "a process that has not said yet which it is")
            time.sleep(_PAUSE)
        yield
    finally:
        lock.release()


class _Lock(Protocol):
    def take(self) -> bool: ...

    def holder(self) -> Holder | None: ...

    def release(self) -> None: ...


def _lock(engine: Engine, me: Holder) -> _Lock:
    if engine.dialect.name == "postgresql":
        return _SessionLock(engine, me)
    path = engine.url.database
    if not path or path == ":memory:" or path.startswith("file:"):
        return _NoLock()
    return _FileLock(Path(os.path.realpath(path)), me)


class _NoLock:
    """For a database that no other process can see."""

    def take(self) -> bool:
        return True

    def holder(self) -> Holder | None:
        return None

    def release(self) -> None:
        pass


class _FileLock:
    """`news.db.lock` beside `news.db`. The file stays; that it is there means nothing."""

    def __init__(self, database: Path, me: Holder) -> None:
        self._path = database.with_name(f"{database.name}.lock")
        self._me = me
        # A lock that only exists as a file would outlive its process: rather none than that.
        self._lock = FileLock(self._path, fallback_to_soft=False)

    def take(self) -> bool:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            raise DatabaseError(str(self._path), f"the lock beside the database cannot be taken ({error.strerror})") from error
        self._path.write_text(json.dumps(dataclasses.asdict(self._me)), "utf-8")
        return True

    def holder(self) -> Holder | None:
        with contextlib.suppress(OSError, ValueError, TypeError):
            return Holder(**json.loads(self._path.read_text("utf-8")))
        return None

    def release(self) -> None:
        self._lock.release()


class _SessionLock:
    """An advisory lock, one a schema, of a connection that does nothing else."""

    def __init__(self, engine: Engine, me: Holder) -> None:
        self._engine = engine
        with database_errors(engine):
            self._connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            # The name tells others who holds the lock; a server may be set to end sessions that are idle as long as a run lasts.
            self._connection.execute(_NAME, {"name": f"{_PREFIX}{me.pid}@{me.host}"})
            self._connection.execute(_STAY)

    def take(self) -> bool:
        with database_errors(self._engine):
            return bool(self._connection.execute(_TAKE).scalar_one())

    def holder(self) -> Holder | None:
        with reading(self._engine) as connection:
            found = connection.execute(_HOLDER).one_or_none()
            if found is None or not (found.application_name or "").startswith(_PREFIX):
                return None
            pid, _, host = found.application_name.removeprefix(_PREFIX).partition("@")
            command = ""
            if inspect(connection).has_table(load_runs.name):
                its = (load_runs.c.pid == int(pid)) & load_runs.c.host.startswith(host, autoescape=True)
                running = its & (load_runs.c.status == RunStatus.RUNNING.value)
                query = select(load_runs.c.command).where(running).order_by(load_runs.c.id.desc()).limit(1)
                command = connection.execute(query).scalar() or ""
        since = found.backend_start.astimezone(dt.UTC).isoformat(timespec="seconds")
        return Holder(host=host, pid=int(pid), since=since, command=command)

    def release(self) -> None:
        # Closed for good, not given back to the pool: that ends the session, and the lock with it.
        self._connection.invalidate()
        self._connection.close()


_PREFIX = "news-etl run "
_NAME = text("SELECT set_config('application_name', left(:name, 63), false)")
_STAY = text("SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'idle_session_timeout'")
_TAKE = text("SELECT pg_try_advisory_lock(hashtext('news-etl run'), hashtext(current_schema()))")
_HOLDER = text(
    "SELECT activity.application_name, activity.backend_start FROM pg_locks JOIN pg_stat_activity AS activity USING (pid) "
    "WHERE locktype = 'advisory' AND objsubid = 2 AND granted "
    "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
    "AND classid::bigint = hashtext('news-etl run')::bigint & 4294967295 "
    "AND objid::bigint = hashtext(current_schema())::bigint & 4294967295"
)
