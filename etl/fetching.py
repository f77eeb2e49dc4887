"""Fetching as a part of the nightly job: a configured source's addresses, its folder in the spool, its memory in the database."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine

from etl import __version__
from etl.config import AddressSource, Fetch
from etl.errors import UsageError
from etl.fetch import Budget, Client, Counts, Listing, Terms, fetch
from etl.fetch.spool import Spool
from etl.load.visits import Visits
from etl.quantities import duration


def spool_folder(settings: Fetch, source: str) -> Path:
    """Where the WARC files of a configured source are, by its name."""
    return Path(settings.spool) / quote(source, safe="")


@dataclass(frozen=True)
class Fetcher:
    """Fetches for one run."""

    client: Client
    settings: Fetch
    budget: Budget
    """That of the whole run."""
    asked: set[str] = field(default_factory=set)
    """Addresses asked for in this run, by any of its sources."""

    def folder(self, source: AddressSource) -> Path:
        """Where the source's WARC files are."""
        return spool_folder(self.settings, source.name)

    def fetch(self, source: AddressSource, engine: Engine, stopped: Callable[[], bool]) -> Counts:
        """Ask for what is new or changed; it is in the folder when this returns."""
        listing = Listing(
            kind=source.kind,
            urls=source.urls,
            items_only=source.kind == "feed" and source.content == "feed",
            recheck=duration(source.recheck),
            hosts=self.settings.hosts,
        )
        name = f"{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}"
        with Spool(self.folder(source), name) as spool:
            budgets = (_budget(f"the source {source.name}", source), self.budget)
            return fetch(listing, self.client, Visits(engine), spool, budgets=budgets, asked=self.asked, stopped=stopped)


@contextmanager
def fetcher(settings: Fetch) -> Iterator[Fetcher]:
    """A fetcher while the block runs. Raises UsageError where nobody is named whom a host could write to."""
    if settings.contact is None:
        raise UsageError(
            "nothing is fetched without a contact that hosts can write to: set `contact` under [fetch] in the configuration file"
        )
    terms = Terms(
        user_agent=f"news-etl/{__version__} (+{settings.contact})",
        delay=duration(settings.delay).total_seconds(),
        timeout=duration(settings.timeout).total_seconds(),
        max_seconds=duration(settings.max_time).total_seconds(),
        max_bytes=settings.max_bytes,
        max_redirects=settings.max_redirects,
        retries=settings.retries,
        allow_private=settings.allow_private,
    )
    client = Client(terms)
    try:
        yield Fetcher(client, settings, _budget("the run", settings))
    finally:
        client.close()


def _budget(of: str, limits: AddressSource | Fetch) -> Budget:
    seconds = duration(limits.limit_time).total_seconds() if limits.limit_time else None
    return Budget(of=of, pages=limits.limit, bytes=limits.limit_bytes, seconds=seconds)
