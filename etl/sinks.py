"""Where the outcomes of a run go: into the database, or nowhere (`--dry-run`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Engine

from etl.load.accounts import SourceState
from etl.load.copies import AT_ONCE, settle_some_copies
from etl.load.coverage import Coverage
from etl.load.ledger import Checkpoint, Ledger, ResumePoint
from etl.load.search_index import SearchIndexer
from etl.load.writer import Known, Outcome, Writer
from etl.records import Article, PageKey, Source, Status

_WRITTEN = (Status.LOADED, Status.UPDATED)


class Sink(Protocol):
    """What the pipeline needs of it."""

    def resume_point(self, source: Source) -> ResumePoint:
        """How far an earlier run came."""
        ...

    def known(self, keys: Sequence[PageKey]) -> dict[PageKey, Known]:
        """The pages that were read byte for byte before, by this version of the extraction."""
        ...

    def write(self, outcomes: Sequence[Outcome], checkpoints: Sequence[Checkpoint]) -> list[Status]:
        """Write a batch in one transaction; the status of each outcome. Raises Unsettled."""
        ...


class DatabaseSink:
    """The database: the ledger says what is done, the writer does the rest."""

    def __init__(self, engine: Engine, ledger: Ledger, writer: Writer, coverage: Coverage, indexer: SearchIndexer) -> None:
        self._engine = engine
        self.resume_point = ledger.resume_point
        self.known = writer.known
        self._writer = writer
        self._coverage = coverage
        self._indexer = indexer
        self._uncompared = 0

    def write(self, outcomes: Sequence[Outcome], checkpoints: Sequence[Checkpoint]) -> list[Status]:
        """Write, have it indexed beside, and count the fields that are filled. Articles are compared with others as soon as there
        are enough of them: while the workers read on, not when all is written and they stand idle."""
        statuses = self._writer.write(outcomes, checkpoints)
        self._indexer.wake()
        self._coverage.count(outcomes, statuses)
        self._uncompared += sum(status in _WRITTEN for status in statuses)
        if self._uncompared >= AT_ONCE:
            settle_some_copies(self._engine)
            self._uncompared = 0
        return statuses


class DrySink:
    """Writes nothing; tells what would be new to an empty database."""

    def resume_point(self, source: Source) -> ResumePoint:
        """Everything is read."""
        return ResumePoint(state=SourceState.NEW)

    def known(self, keys: Sequence[PageKey]) -> dict[PageKey, Known]:
        """Nothing is known."""
        return {}

    def write(self, outcomes: Sequence[Outcome], checkpoints: Sequence[Checkpoint]) -> list[Status]:
        """`loaded` for an article, `rejected` for the rest."""
        return [Status.LOADED if isinstance(outcome, Article) else Status.REJECTED for outcome in outcomes]
