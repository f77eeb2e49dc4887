"""The fetching of one source: its list, what of it is due, hosts side by side, the spool first and then the memory."""

from __future__ import annotations

import datetime as dt
import logging
import queue
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from etl.fetch.budget import Budget
from etl.fetch.client import Answer, Client, Failed, HostDown
from etl.fetch.guard import Refused
from etl.fetch.lists import Entry, as_page, read_feed, read_sitemap
from etl.fetch.spool import Spool
from etl.records import Visit

_log = logging.getLogger(__name__)
_SITEMAPS = 200
"""Files of one index in a run; an index of years of archives names more, but the newest come first or are asked for by name."""
_DAY = dt.timedelta(days=1)
_NOT_THERE, _GONE = 404, 410
_LONGEST = 64
"""How many times its first distance the next visit of a page that never changes may lie away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A configured source of addresses."""

    kind: Literal["feed", "sitemap", "urls"]
    urls: Sequence[str]
    items_only: bool = False
    """Of a feed: load its items, fetch no page."""
    recheck: dt.timedelta = 7 * _DAY
    """After this time a page is asked for again though no list calls it changed; twice as long after each time in vain."""
    hosts: int = 8
    """Hosts that are asked side by side."""


class Memory(Protocol):
    """What is remembered of addresses from run to run."""

    def visits(self, urls: Sequence[str]) -> dict[str, Visit]:
        """What is known of the addresses."""
        ...

    def remember(self, visit: Visit) -> None:
        """Note a visit; the newest counts."""
        ...


@dataclass
class Counts:
    """What a fetch came to."""

    fetched: int = 0
    """Pages written to the spool."""
    not_modified: int = 0
    gone: int = 0
    """Pages that were there once and are no more."""
    failed: int = 0
    refused: int = 0
    """By robots.txt, or because the address is not on the open net."""
    lists_failed: list[str] | None = None


@dataclass(frozen=True)
class _Result:
    """What came of one page."""

    entry: Entry
    known: Visit | None
    found: Answer | Exception
    settled: threading.Event = field(default_factory=threading.Event)
    """Set once it is written."""


def fetch(
    listing: Listing,
    client: Client,
    memory: Memory,
    spool: Spool,
    *,
    budgets: Sequence[Budget] = (),
    asked: set[str] | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Counts:
    """Ask for what is new or changed, and write it to the spool, as far as all the budgets go. `asked` are the addresses that
    were asked for in this run; further ones are added."""
    job = _Job(listing, client, memory, spool, budgets, set() if asked is None else asked, stopped)
    job.run()
    return job.counts


class _Job:
    def __init__(
        self,
        listing: Listing,
        client: Client,
        memory: Memory,
        spool: Spool,
        budgets: Sequence[Budget],
        asked: set[str],
        stopped: Callable[[], bool],
    ) -> None:
        self._listing = listing
        self._client = client
        self._memory = memory
        self._spool = spool
        self._budgets = budgets
        self._asked_for = asked
        self._told_spent = False
        self._asked_to_stop = stopped
        self._complete = True
        self._over = False
        self.counts = Counts(lists_failed=[])

    def run(self) -> None:
        if self._listing.kind == "urls":
            self._pages([Entry(url=url) for url in dict.fromkeys(self._listing.urls)])
            return
        for url in self._listing.urls:
            self._list(url)

    def _list(self, url: str) -> None:
        """One list and its pages. Its ETag is remembered only once all that it names is dealt with."""
        visited: list[Visit] = []
        entries: dict[str, Entry] = {}
        for answer, found in self._answers(url, visited):
            for entry in found:
                entries.setdefault(entry.url, entry)
            _log.info("%s: %d entries", answer.url, len(found))
        if self._listing.items_only:
            self._items(list(entries.values()))
        else:
            self._pages(list(entries.values()))
        if self._complete and not self._stopped():
            for visit in visited:
                self._memory.remember(visit)

    def _answers(self, url: str, visited: list[Visit]) -> Iterator[tuple[Answer, list[Entry]]]:
        """The list and the lists that it names, those that have not changed left out."""
        waiting, seen = [url], set[str]()
        while waiting and len(seen) < _SITEMAPS and not self._stopped():
            place = waiting.pop(0)
            if place in seen:
                continue
            seen.add(place)
            known = self._memory.visits([place]).get(place)
            try:
                answer = self._client.get(place, _conditions(known))
                if answer.status == 304:
                    continue
                if answer.status != 200:
                    raise Failed(f"status {answer.status}")
                found, further = self._read(answer)
            except (Refused, Failed, ValueError) as problem:
                _log.error("%s: the list cannot be read: %s", place, problem)
                self._failed_list(f"{place}: {problem}")
                continue
            waiting += [entry.url for entry in further]
            if not further:  # an index is read every time: its sitemaps have conditions of their own
                visited.append(_visit(place, answer))
            yield answer, found

    def _read(self, answer: Answer) -> tuple[list[Entry], list[Entry]]:
        if self._listing.kind == "feed":
            return read_feed(answer.body, answer.url, answer.header("content-type") or ""), []
        return read_sitemap(answer.body, answer.url)

    def _failed_list(self, problem: str) -> None:
        self._complete = False
        if self.counts.lists_failed is not None:
            self.counts.lists_failed.append(problem)

    def _items(self, entries: list[Entry]) -> None:
        """Items of a feed as pages; one that was written before comes again only when it has changed."""
        for entry, known in self._due(entries, lambda entry: f"{entry.url}#item"):
            if entry.content is None:
                continue
            now = dt.datetime.now(dt.UTC)
            page = as_page(entry)
            self._spool.item(entry.url, now, page, entry.hints)
            self._spend(len(page))
            self.counts.fetched += 1
            url = known.url if known else f"{entry.url}#item"
            self._memory.remember(Visit(url=url, fetched_at=now, due_at=now + 36_500 * _DAY, marker=_marked(entry, known)))

    def _pages(self, entries: list[Entry]) -> None:
        hosts: defaultdict[str, list[tuple[Entry, Visit | None]]] = defaultdict(list)
        for entry, known in self._due(entries, lambda entry: entry.url):
            hosts[urlsplit(entry.url).netloc.lower()].append((entry, known))
        waiting: queue.SimpleQueue[list[tuple[Entry, Visit | None]]] = queue.SimpleQueue()
        for pages in hosts.values():
            waiting.put(pages)
        self._over = False
        done: queue.SimpleQueue[_Result | None] = queue.SimpleQueue()
        number = min(self._listing.hosts, len(hosts))
        workers = [threading.Thread(target=self._ask, args=(waiting, done), daemon=True) for _ in range(number)]
        for worker in workers:
            worker.start()
        try:
            while number:
                result = done.get()
                if result is None:
                    number -= 1
                else:
                    self._settle(result.entry, result.known, result.found)
                    result.settled.set()
        finally:
            self._over = True  # where writing failed, the threads ask no further
            for worker in workers:
                worker.join()

    def _due(self, entries: Iterable[Entry], key: Callable[[Entry], str]) -> Iterator[tuple[Entry, Visit | None]]:
        """The entries that are new, said to have changed, or not asked for in a long time; no more than the limit allows."""
        now = dt.datetime.now(dt.UTC)
        listed = {key(entry): entry for entry in entries}
        known = self._memory.visits(list(listed))
        for url, entry in listed.items():
            visit = known.get(url)
            if url in self._asked_for:  # by another list of this run
                self._note_marker(visit, entry)
                continue
            if visit is not None and visit.due_at > now and (visit.failures or _is_known(entry, visit)):
                continue
            if self._stopped():
                return
            if (short := next((budget for budget in self._budgets if not budget.take_page()), None)) is not None:
                self._leave(f"{short.of} may fetch {short.pages} pages at a time")
                return
            self._asked_for.add(url)
            yield entry, visit

    def _note_marker(self, visit: Visit | None, entry: Entry) -> None:
        if visit is None or visit.failures:
            self._complete = False
        elif not _is_known(entry, visit):
            self._memory.remember(replace(visit, marker=_marked(entry, visit)))

    def _stopped(self) -> bool:
        """Whether to ask for nothing more: somebody wants it so, or a budget is spent."""
        if spent := next((reason for budget in self._budgets if (reason := budget.spent())), ""):
            self._leave(spent)
        return bool(spent) or self._asked_to_stop()

    def _leave(self, reason: str) -> None:
        self._complete = False
        if not self._told_spent:
            self._told_spent = True
            _log.warning("%s: the rest is left for the next run", reason)

    def _ask(self, waiting: queue.SimpleQueue[list[tuple[Entry, Visit | None]]], done: queue.SimpleQueue[_Result | None]) -> None:
        """One thread: host after host, the pages of each in turn. The next one is asked for when the last one is written: a kill
        loses no more than the page in hand, and no answers pile up in memory."""
        try:
            while not self._over and not self._stopped():
                for entry, known in waiting.get_nowait():
                    if self._over or self._stopped():
                        return
                    try:
                        result = _Result(entry, known, self._client.get(entry.url, _conditions(known)))
                    except Exception as problem:  # told in `_settle`: nothing of one page may end the thread
                        result = _Result(entry, known, problem)
                    done.put(result)
                    while not result.settled.wait(0.2):
                        if self._over:
                            return
        except queue.Empty:
            pass
        finally:
            done.put(None)

    def _settle(self, entry: Entry, known: Visit | None, found: Answer | Exception) -> None:
        """Write what came, then remember it."""
        now = dt.datetime.now(dt.UTC)
        if isinstance(found, Answer):
            self._spend(len(found.body))
        if isinstance(found, Answer) and found.status == 304 and known is not None:
            self.counts.not_modified += 1
            self._remember_quiet(known, entry, now, fetched_at=now)
        elif isinstance(found, Answer) and found.status == 200:
            self._spool.exchange(entry.url, found, entry.hints)
            self.counts.fetched += 1
            visit = _visit(entry.url, found)
            self._memory.remember(replace(visit, due_at=now + self._listing.recheck, marker=_marked(entry, known)))
        elif isinstance(found, Answer) and _is_gone(found, known):
            _log.info("%s: gone (status %d)", entry.url, found.status)
            self.counts.gone += 1
            base = known or Visit(url=entry.url, fetched_at=None, due_at=now)
            self._remember_quiet(base, entry, now, etag=None, last_modified=None)
        else:
            self._settle_failure(entry, known, found, now)

    def _spend(self, size: int) -> None:
        for budget in self._budgets:
            budget.spend(size)

    def _remember_quiet(self, known: Visit, entry: Entry, now: dt.datetime, **news: Any) -> None:
        """Nothing new there: the next visit lies twice as far away as the last one did."""
        quiet = min((known.quiet or 1) * 2, _LONGEST)
        due = now + quiet * self._listing.recheck
        self._memory.remember(replace(known, due_at=due, quiet=quiet, marker=_marked(entry, known), failures=0, **news))

    def _settle_failure(self, entry: Entry, known: Visit | None, found: Answer | Exception, now: dt.datetime) -> None:
        """The next run tries again; what fails on and on is tried ever more rarely. Of a page that was not asked for, since its
        host is down, nothing is to be remembered."""
        problem = f"status {found.status}" if isinstance(found, Answer) else str(found) or type(found).__name__
        _log.warning("%s: not fetched: %s", entry.url, problem)
        refused = isinstance(found, Refused)
        self.counts.refused += refused
        self.counts.failed += not refused
        self._complete = False
        if isinstance(found, HostDown):
            return
        failures = (known.failures if known else 0) + 1
        pause = dt.timedelta() if failures == 1 and not refused else 2 ** min(failures, 20) * dt.timedelta(minutes=15)
        base = known or Visit(url=entry.url, fetched_at=None, due_at=now)
        self._memory.remember(replace(base, due_at=now + min(pause, self._listing.recheck), failures=failures))


def _is_gone(found: Answer, known: Visit | None) -> bool:
    """A page that never was there may be one that its feed names too early: that is a failure, and tried again."""
    return found.status == _GONE or (found.status == _NOT_THERE and known is not None and known.fetched_at is not None)


_MARKERS, _MARKER = 4, 48
"""Markers of a page that are remembered, since feeds and sitemaps mark the same page each in its way; characters of each."""


def _marker(entry: Entry) -> str:
    return entry.marker[:_MARKER].replace(";", ",")


def _is_known(entry: Entry, visit: Visit) -> bool:
    """Whether the list says nothing new of the page."""
    return not entry.marker or _marker(entry) in visit.marker.split("; ")


def _marked(entry: Entry, known: Visit | None) -> str:
    """What is to be remembered as the page's markers."""
    old = [marker for marker in (known.marker if known else "").split("; ") if marker]
    new = _marker(entry)
    return "; ".join([marker for marker in old if marker != new][1 - _MARKERS :] + ([new] if new else []))


def _conditions(known: Visit | None) -> dict[str, str]:
    if known is None or known.failures:
        return {}
    found = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in found.items() if value}


def _visit(url: str, answer: Answer) -> Visit:
    return Visit(
        url=url,
        fetched_at=answer.at,
        due_at=answer.at,
        etag=answer.header("etag"),
        last_modified=answer.header("last-modified"),
    )
