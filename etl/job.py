"""One run of the job: lock the database, open the ledger, do the work, close the ledger, tell how it ended.

What the work is (sources given by hand, configured ones, rejected pages) is the caller's; how pages go through, the pipeline's.
"""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TextIO

from sqlalchemy import Engine

from etl import __version__
from etl.collector import collect_rarely
from etl.errors import DatabaseError, EtlError, Locked
from etl.executors import Executor, ProcessExecutor, SerialExecutor, prepare
from etl.extract import find_sources
from etl.load.accounts import RunStatus
from etl.load.copies import settle_copies
from etl.load.coverage import Coverage
from etl.load.drops import Drop
from etl.load.engine import open_engine
from etl.load.ledger import Ledger
from etl.load.lock import run_lock
from etl.load.schema import ensure_current
from etl.load.search_index import SearchIndexer
from etl.load.summaries import settle_summaries
from etl.load.writer import Writer
from etl.pipeline import LISTED_AHEAD, Pipeline, StopRequest
from etl.progress import Listener, Progress, SilentListener
from etl.publishers import load_profiles
from etl.records import Source
from etl.settings import Settings
from etl.sinks import DatabaseSink, DrySink, Sink
from etl.transform import EXTRACTION_VERSION
from etl.transform.profiles import Profiles
from etl.workers import start as start_worker
from etl.workers import start_reader

_log = logging.getLogger(__name__)


def make_executor(settings: Settings, profiles: Profiles) -> Executor:
    """The executor that the settings ask for."""
    if settings.in_process:
        return SerialExecutor(start_worker, (profiles,))
    return ProcessExecutor(
        settings.workers,
        deadline=settings.page_timeout,
        renewal=settings.worker_renewal,
        window=settings.window,
        initializer=start_worker,
        arguments=(profiles, True),
    )


def make_readers(settings: Settings) -> Executor | None:
    """Who reads large files ahead, if the settings ask for it."""
    if settings.in_process or not settings.readers:
        return None
    return ProcessExecutor(
        settings.readers, deadline=settings.page_timeout, window=2 * settings.readers, initializer=start_reader
    )


@dataclass(frozen=True, kw_only=True)
class Report:
    """How a run ended."""

    run_id: int | None
    """None for a dry run, and for one that was stopped while it waited for another."""
    status: RunStatus
    progress: Progress
    seconds: float
    signal: int | None = None
    """The signal that interrupted it."""
    error: str | None = None
    drops: Sequence[Drop] = ()
    """Fields that a publisher used to give and stopped giving."""


@dataclass(frozen=True, kw_only=True)
class Session:
    """What the work of a run has at hand."""

    settings: Settings
    executor: Executor
    readers: Executor | None = None
    """Who reads large files ahead."""
    sink: Sink
    progress: Progress
    stop: StopRequest
    run_id: int | None = None
    """None for a dry run."""
    engine: Engine | None = None
    indexer: SearchIndexer | None = None
    coverage: Coverage | None = None

    def count_for(self, source: str | None) -> None:
        """Fields of what is read from now on are counted for this configured source; with None they are not counted."""
        if self.coverage is not None:
            self.coverage.begin(source)

    def load(self, sources: Iterable[Source], settings: Settings | None = None) -> None:
        """Read, transform and write the sources, under settings of their own where these are given."""
        Pipeline(settings or self.settings, self.executor, self.sink, self.progress, self.stop, self.readers).run(sources)


Work = Callable[[Session], None]


def load_sources(
    settings: Settings,
    arguments: Sequence[str],
    *,
    command: str,
    stop: StopRequest | None = None,
    listener: Listener | None = None,
    stdin: TextIO | None = None,
) -> Report:
    """The whole job: find the sources, open the database, run, close the ledger. Raises as `carry_out` does."""
    sources = _opened(find_sources(arguments, stdin=stdin))
    return carry_out(settings, lambda session: session.load(sources), command=command, stop=stop, listener=listener)


def carry_out(
    settings: Settings, work: Work, *, command: str, stop: StopRequest | None = None, listener: Listener | None = None
) -> Report:
    """One run: lock the database, open the ledger, do the work, close the ledger.

    Raises StopRun (and its kin) when the run cannot begin. A failure after that is written to the ledger and told in the report.
    """
    started = time.monotonic()
    collect_rarely()
    if not settings.in_process:
        prepare()
    stop = stop or StopRequest()
    progress = Progress(listener=listener or SilentListener())
    profiles = load_profiles(settings.publishers)  # a wrong profile is told before anything is opened
    if settings.dry_run:
        session = Session(
            settings=settings,
            executor=make_executor(settings, profiles),
            readers=make_readers(settings),
            sink=DrySink(),
            progress=progress,
            stop=stop,
        )
        end = _guarded(session, work)
    else:
        end = _in_database(settings, profiles, progress, stop, work, command)
    return Report(
        run_id=end.run_id,
        status=end.status,
        progress=progress,
        seconds=time.monotonic() - started,
        signal=stop.signal,
        error=end.error,
        drops=end.drops,
    )


@dataclass(frozen=True, kw_only=True)
class _End:
    """How the work ended."""

    status: RunStatus
    error: str | None = None
    run_id: int | None = None
    drops: Sequence[Drop] = ()


def _in_database(settings: Settings, profiles: Profiles, progress: Progress, stop: StopRequest, work: Work, command: str) -> _End:
    engine = open_engine(settings.database)
    indexer = SearchIndexer(engine)
    host, pid = socket.gethostname(), os.getpid()
    lock = run_lock(engine, host=host, pid=pid, command=command, wait=settings.wait, given_up=lambda: stop.signal is not None)
    try:
        with lock:
            ensure_current(engine)
            ledger = Ledger(engine)
            run_id = ledger.begin(version=__version__, command=command, host=host, pid=pid)
            coverage = Coverage(engine, run_id)
            session = Session(
                settings=settings,
                executor=make_executor(settings, profiles),
                readers=make_readers(settings),
                sink=DatabaseSink(engine, ledger, Writer(engine, run_id, extraction_version(profiles)), coverage, indexer),
                progress=progress,
                stop=stop,
                run_id=run_id,
                engine=engine,
                indexer=indexer,
                coverage=coverage,
            )
            return _closed(ledger, coverage, run_id, _guarded(session, work))
    except Locked as locked:
        if stop.signal is None:
            raise
        return _End(status=RunStatus.INTERRUPTED, error=str(locked))
    finally:
        engine.dispose()


def extraction_version(profiles: Profiles) -> str:
    """What decides how a page's bytes are read: the code's version, and the profiles. A page read by another is read again."""
    return f"{EXTRACTION_VERSION}-{profiles.digest}"


def _opened(sources: Iterator[Source]) -> Iterator[Source]:
    """The same sources; a wrong argument is told now, before a database is made."""
    first = list(islice(sources, LISTED_AHEAD))
    return chain(first, sources)


def _guarded(session: Session, work: Work) -> _End:
    """Do the work, and tell how it ended."""
    try:
        work(session)
        if session.engine is not None and session.indexer is not None:
            _settle(session.engine, session.indexer, lambda: session.stop.signal is not None)
    except KeyboardInterrupt:
        return _End(status=RunStatus.INTERRUPTED, error="stopped at once by a second signal")
    except EtlError as error:
        return _End(status=RunStatus.FAILED, error=str(error))
    except Exception as error:
        _log.exception("the run failed")
        return _End(status=RunStatus.FAILED, error=f"{type(error).__name__}: {error}")
    finally:
        session.executor.close()
        if session.readers is not None:
            session.readers.close()
        if session.indexer is not None:
            session.indexer.close()
    return _End(status=RunStatus.INTERRUPTED if session.stop.signal is not None else RunStatus.SUCCEEDED)


def _settle(engine: Engine, indexer: SearchIndexer, stopped: Callable[[], bool]) -> None:
    """What is made of the articles, for those that have changed: counts, copies, the rest of the full-text index."""
    settle_summaries(engine, stopped)
    settle_copies(engine, stopped)
    indexer.finish(stopped)


def _closed(ledger: Ledger, coverage: Coverage, run_id: int, end: _End) -> _End:
    """Close the run in the ledger; a database that has gone away meanwhile is told, not raised over the first error."""
    end = replace(end, run_id=run_id)
    try:
        drops = coverage.close()
        closing = ledger.finish(run_id, end.status, end.error)
    except DatabaseError as gone:
        return replace(end, status=RunStatus.FAILED, error=end.error or str(gone))
    if closing["pages_seen"] != sum(number for word, number in closing.items() if word != "pages_seen"):
        return replace(end, status=RunStatus.FAILED, error=end.error or "pages were lost: see `news-etl runs show`", drops=drops)
    return replace(end, drops=drops)
