"""The nightly job: every configured source in one run, each on its own account. A source that fails does not stop the others."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import nullcontext

from etl.config import AnySource, Fetch, FilesSource
from etl.errors import SourceError, UsageError
from etl.extract import find_sources
from etl.fetching import Fetcher, fetcher
from etl.job import Report, Session, carry_out
from etl.load.accounts import RunStatus
from etl.load.ledger import SourceRun, last_good_source_run, record_source_run
from etl.pipeline import StopRequest
from etl.progress import Listener
from etl.quantities import duration
from etl.settings import Settings

_log = logging.getLogger(__name__)


def run_sources(
    settings: Settings,
    sources: Sequence[AnySource],
    *,
    command: str,
    fetch: Fetch | None = None,
    load: bool = True,
    all_due: bool = False,
    stop: StopRequest | None = None,
    listener: Listener | None = None,
) -> Report:
    """One run over the sources, in order; without `load` it only fetches, with `all_due` it asks for no schedule. Raises StopRun
    (or its kin) if it cannot begin."""
    asks = any(not isinstance(source, FilesSource) for source in sources)
    with fetcher(fetch or Fetch()) if asks else nullcontext() as asking:

        def work(session: Session) -> None:
            for source in sources:
                if session.stop.signal is None and (all_due or _is_due(session, source)):
                    _account(session, source, _Source(session, source, asking, load), noted=load)

        return carry_out(settings, work, command=command, stop=stop, listener=listener)


def chosen(sources: Sequence[AnySource], names: Sequence[str]) -> list[AnySource]:
    """The sources named, enabled or not; without a name all that are enabled. Raises UsageError for a name that none has."""
    by_name = {source.name: source for source in sources}
    for name in names:
        if name not in by_name:
            raise UsageError(f"there is no source {name!r} in the configuration; there are: {', '.join(by_name) or 'none'}")
    found = [by_name[name] for name in dict.fromkeys(names)] if names else [source for source in sources if source.enabled]
    if not found:
        raise UsageError("no source is configured and enabled: add [[sources]] to the configuration file (`news-etl init`)")
    return found


class _Source:
    """The work of one source."""

    def __init__(self, session: Session, source: AnySource, asking: Fetcher | None, load: bool) -> None:
        self._session, self._source, self._asking, self._load = session, source, asking, load

    def __call__(self) -> None:
        session, source = self._session, self._source
        if isinstance(source, FilesSource):
            if self._load:
                session.load(find_sources(source.paths), _settings_of(session.settings, source))
            return
        if self._asking is None or session.engine is None:
            return
        counts = self._asking.fetch(source, session.engine, lambda: session.stop.signal is not None)
        folder = self._asking.folder(source)
        session.progress.fetched += Counter(
            fetched=counts.fetched,
            not_modified=counts.not_modified,
            gone=counts.gone,
            failed=counts.failed,
            refused=counts.refused,
        )
        if self._load and any(folder.glob("*.warc.gz")):
            # The whole folder: what a run before fetched and did not load is in it.
            session.load(find_sources([str(folder)]), _unlimited(_settings_of(session.settings, source)))
        if counts.lists_failed:
            raise SourceError(source.name, "; ".join(counts.lists_failed))
        if counts.failed and not (counts.fetched or counts.not_modified or counts.gone):
            raise SourceError(source.name, f"none of {counts.failed} pages could be fetched")


def _is_due(session: Session, source: AnySource) -> bool:
    """Whether the source's last good run is as long ago as its schedule asks. Up to a tenth less will do: the clock of a nightly
    job is never exact."""
    if source.every is None or session.engine is None:
        return True
    every, last = duration(source.every), last_good_source_run(session.engine, source.name)
    if last is None or dt.datetime.now(dt.UTC) >= last + every * 0.9:
        return True
    due = (last + every).isoformat(timespec="minutes")
    session.progress.not_due.append(f"{source.name}: due at {due}")
    _log.info("source %s is not due before %s: passed over (--all, or naming it, runs it)", source.name, due)
    return False


def _account(session: Session, source: AnySource, work: Callable[[], None], *, noted: bool) -> None:
    """Do the work of one source and note how it ended; what was only fetched is not done yet, and not noted."""
    started, before = dt.datetime.now(dt.UTC), Counter(session.progress.pages)
    status, error = RunStatus.FAILED, None
    session.count_for(source.name)
    try:
        work()
        status = RunStatus.SUCCEEDED if session.stop.signal is None else RunStatus.INTERRUPTED
    except (UsageError, SourceError) as problem:
        error = str(problem)
        session.progress.failed.append(f"{source.name}: {error}")
        _log.error("source %s failed: %s", source.name, error)
    except BaseException as problem:
        error = str(problem) or type(problem).__name__
        raise
    finally:
        if noted and session.engine is not None and session.run_id is not None:
            ended = SourceRun(
                name=source.name,
                kind=source.kind,
                started_at=started,
                finished_at=dt.datetime.now(dt.UTC),
                status=status,
                pages=session.progress.pages - before,
                error=error,
            )
            record_source_run(session.engine, session.run_id, ended)


def _settings_of(settings: Settings, source: AnySource) -> Settings:
    return dataclasses.replace(
        settings,
        limit=source.limit,
        limit_bytes=source.limit_bytes,
        limit_seconds=duration(source.limit_time).total_seconds() if source.limit_time else None,
        publisher=source.publisher,
        max_page_bytes=source.max_page_bytes or settings.max_page_bytes,
    )


def _unlimited(settings: Settings) -> Settings:
    """For the spool: what was fetched within the limits is loaded."""
    return dataclasses.replace(settings, limit=None, limit_bytes=None, limit_seconds=None)
