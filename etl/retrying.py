"""Pages read again from where they came: `news-etl retry`. Only these pages of a file or archive are read, in a run of their own.

What the ledger says of the sources stays as it is: a run that takes an archive up where it stopped takes it up there still.
Fields are not counted for `coverage`: pages that were rejected are no sample of their publishers'.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Engine, select

from etl.attribution import PublisherOf
from etl.errors import UsageError
from etl.extract import Limits, is_remote, path_of, read, source_again
from etl.job import Report, Session, carry_out
from etl.load.accounts import SourceState, source_files
from etl.load.engine import open_engine, reading
from etl.load.ledger import Checkpoint, Ledger
from etl.load.mapping import digest
from etl.load.queries import opened
from etl.load.selection import Selection, check_ids, places
from etl.pipeline import Pipeline, StopRequest
from etl.progress import Listener
from etl.records import Page, PassedOver, Rejected, Source, SourceKind
from etl.settings import Settings

Wanted = Mapping[str, frozenset[str | None]]
"""For each source its records; None is the source as a whole."""
_ARCHIVES = {SourceKind.WARC, SourceKind.ZIP, SourceKind.TAR, SourceKind.JSON_LINES}
_GONE = "the file is gone"
_PRUNED = "the file was pruned"


def retry_pages(
    settings: Settings,
    selection: Selection,
    *,
    command: str,
    publisher_of: PublisherOf = lambda uri: None,
    stop: StopRequest | None = None,
    listener: Listener | None = None,
) -> Report:
    """One run over the chosen pages, read as of the publishers that `publisher_of` names for their files. Raises StopRun (or its
    kin) if it cannot begin."""
    with opened(settings.database) as connection:
        check_ids(connection, selection.ids)
    settings = dataclasses.replace(settings, reprocess=True)
    engine = open_engine(settings.database)
    try:
        return carry_out(
            settings,
            lambda session: _retry(session, engine, selection, publisher_of),
            command=command,
            stop=stop,
            listener=listener,
        )
    finally:
        engine.dispose()


def _retry(session: Session, engine: Engine, selection: Selection, publisher_of: PublisherOf) -> None:
    session.count_for(None)
    for wanted in places(engine, selection):
        sources: defaultdict[str | None, list[Source]] = defaultdict(list)
        for uri, records in wanted.items():
            if problem := _problem(uri, engine):
                session.progress.miss(uri, len(records), problem)
            else:
                sources[publisher_of(uri)].append(source_again(uri))
        for publisher, group in sources.items():
            if session.stop.signal is None:
                _read_again(session, dataclasses.replace(session.settings, publisher=publisher), Ledger(engine), group, wanted)


def _read_again(session: Session, settings: Settings, ledger: Ledger, sources: Sequence[Source], wanted: Wanted) -> None:
    whole = [source for source in sources if _was_never_read(ledger, source, wanted[source.uri])]
    _Again(session, settings, ledger, wanted).run(source for source in sources if source not in whole)
    if whole and session.stop.signal is None:
        session.load(whole, settings)


def _problem(uri: str, engine: Engine) -> str | None:
    """Why a source cannot be read; None where it can."""
    try:
        if is_remote(uri):
            source_again(uri)
        else:
            path_of(uri).open("rb").close()
    except UsageError as error:
        return str(error)
    except (FileNotFoundError, NotADirectoryError):
        with reading(engine) as connection:
            query = select(source_files.c.pruned_at).where(source_files.c.uri_sha256 == digest(uri))
            return _PRUNED if connection.execute(query).scalar_one_or_none() else _GONE
    except OSError as error:
        return f"the file cannot be opened ({error.strerror})"
    return None


def _was_never_read(ledger: Ledger, source: Source, records: frozenset[str | None]) -> bool:
    """Whether it is an archive of which not one record could be read: then all of it is what was rejected."""
    return None in records and source.kind in _ARCHIVES and ledger.resume_point(source).last_record is None


class _Again(Pipeline):
    """A pipeline that gives the wanted records of its sources and leaves their checkpoints alone."""

    def __init__(self, session: Session, settings: Settings, ledger: Ledger, wanted: Wanted) -> None:
        super().__init__(settings, session.executor, session.sink, session.progress, session.stop, session.readers)
        self._ledger, self._wanted = ledger, wanted

    def _entries(self, source: Source) -> Iterator[tuple[Page | Rejected | None, Checkpoint | None]]:
        left = set(self._wanted[source.uri])
        for entry in self._read(source):
            record = entry.page.record if isinstance(entry, Rejected) else entry.record
            if record not in left:
                continue
            left.discard(record)
            if isinstance(entry, PassedOver):
                self._progress.miss(source.uri, 1, f"what is there is no page ({entry.kind})")
            else:
                yield self._with_publisher(entry), None
        if left:
            self._progress.miss(source.uri, len(left), "the file no longer holds them")

    def _read(self, source: Source) -> Iterator[Page | Rejected | PassedOver]:
        """Of a file that has changed since, places mean nothing until they are reached by reading."""
        limits = Limits(max_page_bytes=self._settings.max_page_bytes)
        changed = self._ledger.resume_point(source).state is SourceState.NEW
        return read(source, limits, ahead=self._ahead) if changed else read(source, limits, only=self._wanted[source.uri])
