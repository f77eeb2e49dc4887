"""The nightly job: every configured source in one run, each on its own account. A source that fails does not stop the others."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
from collections import Counter
from collections.abc import Sequence

from etl.config import AnySource
from etl.errors import SourceError, UsageError
from etl.extract import find_sources
from etl.load.accounts import RunStatus
from etl.load.ledger import SourceRun, record_source_run
from etl.pipeline import Report, Session, StopRequest, carry_out
from etl.progress import Listener
from etl.settings import Settings

_log = logging.getLogger(__name__)


def run_sources(
    settings: Settings,
    sources: Sequence[AnySource],
    *,
    command: str,
    stop: StopRequest | None = None,
    listener: Listener | None = None,
) -> Report:
    """One run over the sources, in their order. Raises StopRun (and its kin) when the run cannot begin."""

    def work(session: Session) -> None:
        for source in sources:
            if session.stop.signal is None:
                _load(session, source)

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


def _load(session: Session, source: AnySource) -> None:
    """Load one source and note how it ended."""
    started, before = dt.datetime.now(dt.UTC), Counter(session.progress.pages)
    status, error = RunStatus.FAILED, None
    try:
        session.load(find_sources(source.paths), _settings_of(session.settings, source))
        status = RunStatus.SUCCEEDED if session.stop.signal is None else RunStatus.INTERRUPTED
    except (UsageError, SourceError) as problem:
        error = str(problem)
        session.progress.failed.append(f"{source.name}: {error}")
        _log.error("source %s failed: %s", source.name, error)
    except BaseException as problem:
        error = str(problem) or type(problem).__name__
        raise
    finally:
        if session.engine is not None and session.run_id is not None:
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
    return dataclasses.replace(settings, limit=source.limit, max_page_bytes=source.max_page_bytes or settings.max_page_bytes)
