"""What a run can be told: values with their defaults, built once by `etl.cli`. No other module reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

DEFAULT_DATABASE = "sqlite:///news.db"


def usable_cores() -> int:
    """Cores this process may use (a container or `taskset` may allow fewer than the machine has)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


WORKERS_A_READER = 8
"""Up to so many workers the main process reads for them without being the limit; one reader more feeds as many again."""


def readers_for(workers: int) -> int:
    """How many processes should read for so many workers."""
    return workers // WORKERS_A_READER


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """One run's settings."""

    database: str = DEFAULT_DATABASE
    """SQLAlchemy URL: `sqlite:///news.db`, `postgresql+psycopg://user@host/name`."""
    publishers: Path | None = None
    """A folder of the user's own publisher profiles; they override and add to the bundled ones."""
    workers: int = 1
    """Processes that transform pages."""
    readers: int = 0
    """Processes that read large WARC files in ranges; with 0 the main process reads them."""
    in_process: bool = False
    """Transform in this process: nothing can stop a page that hangs the parser. For debugging."""
    page_timeout: float = 30.0
    """Seconds one page may take before its worker is ended and the page is rejected as `timeout`."""
    worker_renewal: int = 400
    """Batches after which a worker process is replaced, so that no leak of a library can grow for ever."""
    batch_pages: int = 32
    """Pages in a batch: what one worker gets at a time."""
    batch_bytes: int = 4 * 1024 * 1024
    """Bytes of pages after which a batch is full."""
    batches_a_worker: int = 2
    """Batches in flight for each worker: the one it has in hand, and the next."""
    batches_together: int = 4
    """Batches that one transaction writes: each costs a flush of the disk and of the full-text index. Twice as many more are in
    flight, so that no worker waits while some are written."""
    max_page_bytes: int = 10 * 1024 * 1024
    """Largest page, decompressed."""
    reprocess: bool = False
    """Read pages again that were loaded byte for byte before."""
    skip_done: bool = False
    """Pass over sources that were read to their end and have not changed since."""
    dry_run: bool = False
    """Extract and transform, report, write nothing."""
    wait: float = 0.0
    """Seconds to wait for another run on the same database to end."""
    limit: int | None = None
    """Stop after so many pages."""
    limit_bytes: int | None = None
    """Stop after pages of so many bytes."""
    limit_seconds: float | None = None
    """Stop reading after this time."""
    publisher: str | None = None
    """Domain of the site whose the pages are that do not tell their address."""

    @property
    def window(self) -> int:
        """Batches in flight, read and not yet written: bounds memory."""
        return self.workers * self.batches_a_worker + 2 * self.batches_together
