"""Joins the three stages: sources are read, pages transformed by an executor, outcomes written in the order they were read.

Owns order and batches; the run around it is `etl.job`. Results are taken in the order of submission, so the number of workers
never changes what is written; a few batches are one transaction with their sources' checkpoints, so a killed run holds whole
batches and a rerun completes it.
"""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, islice

from etl.errors import SourceError
from etl.executors import Executor, WorkerLost, results_ahead
from etl.extract import Limits, read
from etl.load.accounts import SourceState
from etl.load.ledger import Checkpoint, ResumePoint
from etl.load.writer import Known, Outcome, Unsettled
from etl.progress import Progress, Quota
from etl.records import Article, Page, PageKey, PassedOver, Reason, Rejected, Source
from etl.settings import Settings
from etl.sinks import Sink
from etl.workers import transform_batch

_log = logging.getLogger(__name__)
LISTED_AHEAD = 100_000
"""Sources listed ahead, so that the total is known; more are read as they come, so that memory does not grow."""


class StopRequest:
    """Set by a signal handler; the pipeline then finishes the batches in hand."""

    def __init__(self) -> None:
        self.signal: int | None = None


@dataclass
class _Batch:
    """Pages read and not yet written, in order; what needs no transform stands ready among them."""

    entries: list[Page | Rejected] = field(default_factory=list)
    checkpoints: dict[str, Checkpoint] = field(default_factory=dict)
    byte_size: int = 0
    known: dict[PageKey, Known] = field(default_factory=dict)
    unread: list[Page] = field(default_factory=list)
    future: Future[list[Article | Rejected]] | None = None


class Pipeline:
    """One run over a list of sources."""

    def __init__(
        self,
        settings: Settings,
        executor: Executor,
        sink: Sink,
        progress: Progress,
        stop: StopRequest,
        readers: Executor | None = None,
    ) -> None:
        """`readers`: who reads large files ahead."""
        self._settings = settings
        self._executor = executor
        self._ahead = partial(results_ahead, readers) if readers else None
        self._sink = sink
        self._progress = progress
        self._stop = stop
        self._limits = Limits(max_page_bytes=settings.max_page_bytes)
        self._in_flight: deque[_Batch] = deque()
        self._urls: Counter[str] = Counter()  # addresses in flight

    def run(self, sources: Iterable[Source]) -> None:
        """Read, transform and write everything, or until a stop is requested."""
        for batch in self._batches(sources):
            self._submit(batch)
            if len(self._in_flight) >= self._executor.window:
                self._write(self._oldest())
        while self._in_flight:
            self._write(self._oldest())

    def _batches(self, sources: Iterable[Source]) -> Iterator[_Batch]:
        batch, limit = _Batch(), Quota(self._settings)
        for source in self._counted(sources):
            for entry, checkpoint in self._entries(source):
                if entry is not None and limit.reached():  # only now: a source that ended with the limit is done
                    yield batch
                    return
                if entry is not None:
                    size = len(entry.content) if isinstance(entry, Page) else 0
                    batch.entries.append(entry)
                    batch.byte_size += size
                    limit.count(size)
                if checkpoint is not None:
                    batch.checkpoints[source.uri] = checkpoint
                if len(batch.entries) >= self._settings.batch_pages or batch.byte_size >= self._settings.batch_bytes:
                    yield batch
                    batch = _Batch()
                if self._stop.signal is not None:
                    yield batch
                    return
        yield batch

    def _counted(self, sources: Iterable[Source]) -> Iterator[Source]:
        """The sources, counted ahead where they are not too many."""
        iterator = iter(sources)
        ahead = list(islice(iterator, LISTED_AHEAD))
        rest = next(iterator, None)
        if rest is None:
            self._progress.sources_total = len(ahead)
            self._progress.bytes_total = sum(source.size or 0 for source in ahead)
        for source in chain(ahead, [rest] if rest else [], iterator):
            self._progress.start_source(source)
            yield source
            self._progress.sources_done += 1
            self._progress.bytes_read += source.size or 0

    def _entries(self, source: Source) -> Iterator[tuple[Page | Rejected | None, Checkpoint | None]]:
        """A source's pages, each with the checkpoint that holds once it is written; at the end the source's last one. Without a
        checkpoint what the ledger says of the source is left as it is."""
        point = self._sink.resume_point(source)
        if self._settings.skip_done and _is_done(point):
            self._progress.sources_skipped += 1
            return
        resumed = point.state is SourceState.PARTIAL and not self._settings.reprocess
        last = point.last_record if resumed else None
        damage = point.error if resumed else None  # seen before the interruption, and not to be seen again
        unread = False
        try:
            for entry in read(source, self._limits, after=last, ahead=self._ahead):
                if isinstance(entry, PassedOver):
                    self._progress.pass_over(entry)
                    continue
                entry = self._with_publisher(entry)
                last = (entry.record if isinstance(entry, Page) else entry.page.record) or last
                if isinstance(entry, Rejected) and entry.source_damaged:
                    damage, unread = entry.message, entry.reason is Reason.UNREADABLE
                yield entry, Checkpoint(source=source, state=SourceState.PARTIAL, last_record=last, error=damage)
        except SourceError as error:
            damage = error.problem
            lost = Rejected(page=PageKey(source=source.uri), reason=Reason.CORRUPT, message=error.problem, source_damaged=True)
            yield lost, Checkpoint(source=source, state=SourceState.PARTIAL, last_record=last, error=damage)
        if damage:
            self._progress.incomplete.append(f"{source.uri}: {damage}")
        state = SourceState.INCOMPLETE if damage else SourceState.DONE
        # What could not be read (further) may be readable in the next run, which begins it anew.
        yield None, Checkpoint(source=source, state=state, last_record=None if unread else last, error=damage)

    def _with_publisher(self, entry: Page | Rejected) -> Page | Rejected:
        named = self._settings.publisher
        return replace(entry, hints={**entry.hints, "publisher": named}) if named and isinstance(entry, Page) else entry

    def _submit(self, batch: _Batch) -> None:
        pages = [entry for entry in batch.entries if isinstance(entry, Page)]
        if not self._settings.reprocess:
            # A page whose address is in flight is read in any case: what it equals may change before its turn.
            batch.known = self._sink.known([page.key for page in pages if not (page.url and self._urls[page.url])])
        batch.unread = [page for page in pages if page.key not in batch.known]
        self._urls.update(page.url for page in batch.unread if page.url)
        if batch.unread:
            batch.future = self._executor.submit(transform_batch, batch.unread)
        self._in_flight.append(batch)

    def _oldest(self) -> list[_Batch]:
        """The batches to write next, in one transaction; others stay in flight, so that no worker has to wait."""
        number = min(self._settings.batches_together, max(1, self._executor.window // 2), len(self._in_flight))
        return [self._in_flight.popleft() for _ in range(number)]

    def _write(self, batches: Sequence[_Batch]) -> None:
        checkpoints = list({uri: point for batch in batches for uri, point in batch.checkpoints.items()}.values())
        outcomes = [outcome for batch in batches for outcome in self._outcomes(batch)]
        try:
            statuses = self._sink.write(outcomes, checkpoints)
        except Unsettled as unsettled:
            entries = [entry for batch in batches for entry in batch.entries]
            outcomes = self._read_after_all(entries, outcomes, unsettled.pages)
            statuses = self._sink.write(outcomes, checkpoints)
        for outcome, status in zip(outcomes, statuses, strict=True):
            self._progress.count(outcome, status)
        self._urls.subtract(page.url for batch in batches for page in batch.unread if page.url)
        self._urls += Counter()  # drop what is no longer in flight
        self._progress.batch_done()

    def _outcomes(self, batch: _Batch) -> list[Outcome]:
        read_now = iter(self._results(batch))
        return [entry if isinstance(entry, Rejected) else batch.known.get(entry.key) or next(read_now) for entry in batch.entries]

    def _read_after_all(
        self, entries: Sequence[Page | Rejected], outcomes: Sequence[Outcome], pages: frozenset[PageKey]
    ) -> list[Outcome]:
        """Known pages whose story has changed since they were looked up: they are read now."""
        both = zip(entries, outcomes, strict=True)
        return [self._alone(e) if isinstance(e, Page) and e.key in pages else outcome for e, outcome in both]

    def _results(self, batch: _Batch) -> Sequence[Article | Rejected]:
        if batch.future is None:
            return []
        try:
            return self._executor.result(batch.future)
        except WorkerLost as lost:
            _log.warning("a worker was lost over %d pages (%s): trying them one by one", len(batch.unread), lost.detail)
            return [self._alone(page) for page in batch.unread]

    def _alone(self, page: Page) -> Article | Rejected:
        try:
            return self._executor.result(self._executor.submit(transform_batch, [page]))[0]
        except WorkerLost as lost:
            reason = Reason.TIMEOUT if lost.late else Reason.WORKER_DIED
            return Rejected(page=page.key, reason=reason, message=f"Reading this page alone: {lost.detail}.")


def _is_done(point: ResumePoint) -> bool:
    """Whether the source, as it is now, has nothing more to give. One that could not be read at all may be readable now."""
    return point.state is SourceState.DONE or (point.state is SourceState.INCOMPLETE and point.last_record is not None)
