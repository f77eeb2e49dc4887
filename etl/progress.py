"""What a run has done so far: counts by status, the listener that shows them, and what is left of its limits."""

from __future__ import annotations

import logging
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Protocol

from etl.load.writer import Outcome
from etl.records import PageKey, PassedOver, Rejected, Source, Status
from etl.settings import Settings

_log = logging.getLogger(__name__)


class Listener(Protocol):
    """Told of every step of a run; draws a bar, or writes lines, or does nothing."""

    def source_started(self, source: Source, number: int, total: int) -> None:
        """Reading of a source begins."""

    def counted(self, progress: Progress) -> None:
        """A batch is done: the counts have changed."""


class SilentListener:
    """Shows nothing."""

    def source_started(self, source: Source, number: int, total: int) -> None:
        """Nothing."""

    def counted(self, progress: Progress) -> None:
        """Nothing."""


@dataclass
class Progress:
    """The run's counters, fed by the pipeline alone."""

    listener: Listener = field(default_factory=SilentListener)
    pages: Counter[str] = field(default_factory=Counter)
    """By status of the contract."""
    passed_over: Counter[str] = field(default_factory=Counter)
    """Records of archives that are no pages, by kind."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Rejected pages, by reason."""
    bytes_read: int = 0
    bytes_total: int | None = None
    sources_done: int = 0
    sources_total: int = 0
    sources_skipped: int = 0
    """Sources that were done before and have not changed."""
    fetched: Counter[str] = field(default_factory=Counter)
    """Requests for pages: `fetched`, `not_modified`, `failed`, `refused`."""
    failed: list[str] = field(default_factory=list)
    """Configured sources that could not be read, each with the reason."""
    not_due: list[str] = field(default_factory=list)
    """Configured sources that were passed over, each with the time when it is due."""
    incomplete: list[str] = field(default_factory=list)
    """Damaged sources, each with what is wrong."""

    missing: Counter[str] = field(default_factory=Counter)
    """Pages to be read again that could not be, by why."""

    @property
    def seen(self) -> int:
        """Pages that have an outcome."""
        return sum(self.pages.values())

    @property
    def rejected_share(self) -> float:
        """Share of rejected pages, 0 to 1."""
        return self.pages["rejected"] / self.seen if self.seen else 0.0

    def start_source(self, source: Source) -> None:
        """A source is opened."""
        self.listener.source_started(source, self.sources_done + 1, self.sources_total)

    def pass_over(self, record: PassedOver) -> None:
        """A record that is no page."""
        self.passed_over[record.kind] += 1

    def miss(self, source: str, pages: int, why: str) -> None:
        """Pages that were to be read again and cannot be."""
        self.missing[why] += pages
        _log.warning("%s: %d pages are not read again: %s", source, pages, why)

    def count(self, outcome: Outcome, status: Status) -> None:
        """A page's outcome; one line in the log for each page that is rejected."""
        self.pages[status.value] += 1
        if isinstance(outcome, Rejected):
            self.reasons[outcome.reason.value] += 1
            _log.info("rejected %s: %s: %s", describe(outcome.page), outcome.reason.value, outcome.message)
        elif status is Status.REJECTED:
            self.reasons["as before"] += 1

    def batch_done(self) -> None:
        """Tell the listener."""
        self.listener.counted(self)


class Quota:
    """What may be read at a time, and how much of it has been."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pages = self._bytes = 0
        self._started = time.monotonic()

    def count(self, size: int) -> None:
        """A page of that many bytes is read."""
        self._pages += 1
        self._bytes += size

    def reached(self) -> bool:
        """Whether to read no further page."""
        seconds = time.monotonic() - self._started
        spent = ((self._settings.limit, self._pages), (self._settings.limit_bytes, self._bytes))
        return any(most is not None and used >= most for most, used in (*spent, (self._settings.limit_seconds, seconds)))


def describe(page: PageKey) -> str:
    """A page's place for a reader: its address, or its source and record."""
    if page.url:
        return page.url
    return f"{page.source}#{page.record}" if page.record else page.source
