"""Batches of outcomes into the database, one transaction each. Which page changes what is `stories`' to decide.

writer = Writer(engine, run, extraction_version)
known = writer.known([page.key for page in batch])               # pages that need not be transformed
outcomes = [known.get(page.key) or transform(page) for page in batch]
try:
    statuses = writer.write(outcomes, checkpoints)
except Unsettled as unsettled:                                   # rare; nothing has been written
    outcomes = [transform(page) if page.key in unsettled.pages else outcome for page, outcome in zip(batch, outcomes)]
    statuses = writer.write(outcomes, checkpoints)
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, StatementError

from etl.load.engine import is_fault_of_value, reading, writing
from etl.load.ledger import Checkpoint, save_checkpoints
from etl.load.mapping import Content, Row, content_of, page_digest
from etl.load.models import load_runs, pages
from etl.load.statements import add, draw_ids
from etl.load.store import read_stories, write_stories
from etl.load.stories import Capture, Stories
from etl.load.types import utc
from etl.records import Article, PageKey, Reason, Rejected, Status

log = logging.getLogger(__name__)

_RETRIED = frozenset({Reason.TIMEOUT, Reason.WORKER_DIED, Reason.TOO_LARGE, Reason.UNSTORABLE})
"""Reasons that lie in the machine or the settings, not in the page: not remembered, the next run tries again."""
_FAULTS = (StatementError, ValueError, OverflowError)
"""What a value that cannot be stored raises: from the database, from a column type, from the mapping."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """The outcome of a page that was read before, byte for byte, by this version of the extraction."""

    page: PageKey
    status: Status
    """What `write` will answer if nothing comes between: for a dry run."""


Outcome: TypeAlias = Article | Rejected | Known


class Unsettled(Exception):
    """Pages told as known have to be transformed after all: what was written since `known` makes them their stories' current
    state. Nothing of the batch has been written: transform these pages and write the batch again."""

    def __init__(self, pages: frozenset[PageKey]) -> None:
        super().__init__(pages)
        self.pages = pages


class Writer:
    """Writes the outcomes of one run. One writer at a time; others, in whatever process, wait for their turn."""

    def __init__(self, engine: Engine, run_id: int, extraction_version: str) -> None:
        """`extraction_version` stands for all that decides what a page's bytes are read as: code, profiles, settings."""
        self._engine = engine
        self._run_id = run_id
        self._version = extraction_version

    def known(self, keys: Sequence[PageKey]) -> dict[PageKey, Known]:
        """Those of the pages that need not be transformed: their bytes, from the same address, were read by the same version
        before, and they were rejected then, or add at most the time of another capture to what is there. A page that would take
        the place of its story's current state is not among them: content that is not current any more is not kept whole.
        """
        digests = {key: found for key in keys if (found := page_digest(key))}
        with reading(self._engine) as connection:
            stories = read_stories(connection, (), set(digests.values()))
        answers = {}
        for key, digest in digests.items():
            capture = stories.captures.get(digest)
            status = self._settled(stories, capture, key) if capture else None
            if status is not None:
                answers[key] = Known(page=key, status=status)
        return answers

    def _settled(self, stories: Stories, capture: Capture, key: PageKey) -> Status | None:
        if capture.extraction_version != self._version:
            return None
        if capture.reason is not None:
            return Status.REJECTED
        return stories.apply_known(capture, 0, _fetched_at(key))

    def write(self, outcomes: Sequence[Outcome], checkpoints: Sequence[Checkpoint] = ()) -> list[Status]:
        """Write a batch, in order, in one transaction with the checkpoints of its sources; gives the pages' statuses, in order.

        A page with a value that the database refuses is rejected as `unstorable`; the others land. Raises Unsettled (see there),
        and DatabaseError when the database itself fails: then nothing of the batch is written.
        """
        try:
            with writing(self._engine) as connection:
                statuses = self._write(connection, outcomes)
                self._account(connection, statuses, checkpoints)
        except _FAULTS as error:
            _check_of_value(error)
            log.info("a batch of %d pages is written page by page: %s", len(outcomes), _said(error))
            statuses = self._write_one_by_one(outcomes, checkpoints)
        return statuses

    def _write_one_by_one(self, outcomes: Sequence[Outcome], checkpoints: Sequence[Checkpoint]) -> list[Status]:
        """In one transaction still, each page in a savepoint of its own."""
        statuses = []
        with writing(self._engine) as connection:
            for outcome in outcomes:
                try:
                    with connection.begin_nested():
                        statuses += self._write(connection, [outcome])
                except _FAULTS as error:
                    _check_of_value(error)
                    log.warning("%s %s: not stored: %s", outcome.page.source, outcome.page.record or "", _said(error))
                    message = f"The database refused a value of the page: {_said(error)}"
                    unstorable = Rejected(page=outcome.page, reason=Reason.UNSTORABLE, message=message)
                    statuses += self._write(connection, [unstorable])
            self._account(connection, statuses, checkpoints)
        return statuses

    def _write(self, connection: Connection, outcomes: Sequence[Outcome]) -> list[Status]:
        contents = {index: content_of(outcome) for index, outcome in enumerate(outcomes) if isinstance(outcome, Article)}
        digests = {found for outcome in outcomes if (found := page_digest(outcome.page))}
        stories = read_stories(connection, contents.values(), digests)
        numbers = list(draw_ids(connection, pages, len(outcomes)))
        captures, statuses, unsettled = [], [], set()
        for index, outcome in enumerate(outcomes):
            capture = self._capture(stories, outcome.page)
            status = self._apply(stories, capture, outcome, contents.get(index), numbers[index])
            if status is None:
                unsettled.add(outcome.page)
            else:
                captures.append(capture)
                statuses.append(status)
        if unsettled:
            raise Unsettled(frozenset(unsettled))
        write_stories(connection, stories, contents.values(), dt.datetime.now(dt.UTC))
        rows = zip(numbers, outcomes, captures, statuses, strict=True)
        add(connection, pages, [self._page_row(*parts) for parts in rows])
        return statuses

    def _apply(self, stories: Stories, capture: Capture, outcome: Outcome, content: Content | None, number: int) -> Status | None:
        if content is not None:
            return self._apply_article(stories, capture, content, number)
        if isinstance(outcome, Known):
            return self._apply_known(stories, capture, outcome, number)
        return self._apply_rejected(stories, capture, outcome)  # type: ignore[arg-type]  # an Article has content

    def _capture(self, stories: Stories, page: PageKey) -> Capture:
        digest = page_digest(page) or b""
        return stories.captures.get(digest) or Capture(digest=digest, sha256=page.sha256 or "", extraction_version=self._version)

    def _apply_article(self, stories: Stories, capture: Capture, content: Content, number: int) -> Status:
        page = content.article.page
        if not capture.digest:
            raise ValueError(f"an article without the digest of its page: {page.source} {page.record or ''}")
        capture.markup = page.media_type != "text/plain"
        capture.extraction_version = self._version
        return stories.apply(content, capture, number, _fetched_at(page))

    def _apply_known(self, stories: Stories, capture: Capture, known: Known, number: int) -> Status | None:
        if capture.reason is None:
            return stories.apply_known(capture, number, _fetched_at(known.page))
        capture.fetched(_fetched_at(known.page))
        return Status.REJECTED

    def _apply_rejected(self, stories: Stories, capture: Capture, rejected: Rejected) -> Status:
        """Remember the page. An article that an older version of the extraction made of it stays."""
        if capture.digest and rejected.reason not in _RETRIED:
            capture.reason_code, capture.reason = rejected.reason.value, rejected.message
            capture.extraction_version = self._version
            capture.fetched(_fetched_at(rejected.page))
            stories.captures[capture.digest] = capture
        return Status.REJECTED

    def _page_row(self, number: int, outcome: Outcome, capture: Capture, status: Status) -> Row:
        page, story = outcome.page, capture.story
        row = {
            "id": number,
            "load_run_id": self._run_id,
            "source": page.source,
            "record": page.record,
            "url": page.url,
            "fetched_at": page.fetched_at,
            "media_type": page.media_type,
            "byte_size": page.byte_size,
            "sha256": page.sha256,
            "status": status.value,
            "reason": None,
            "reason_code": None,
            "article_id": None,
            "extraction_version": self._version,
        }
        if isinstance(outcome, Rejected):
            return row | {"reason": outcome.message, "reason_code": outcome.reason.value}
        if status is Status.REJECTED or story is None:
            return row | {"reason": capture.reason, "reason_code": capture.reason_code}
        url = outcome.url if isinstance(outcome, Article) else None
        return row | {"url": page.url or url or story.url, "article_id": story.id}

    def _account(self, connection: Connection, statuses: Sequence[Status], checkpoints: Sequence[Checkpoint]) -> None:
        counted = {"pages_seen": len(statuses)} | {status.value: number for status, number in Counter(statuses).items()}
        more = {name: load_runs.c[name] + number for name, number in counted.items()}
        connection.execute(load_runs.update().where(load_runs.c.id == self._run_id).values(more))
        save_checkpoints(connection, checkpoints)


def _fetched_at(page: PageKey) -> dt.datetime | None:
    return page.fetched_at and utc(page.fetched_at)


def _check_of_value(error: Exception) -> None:
    """Raise again what no page is to blame for."""
    if isinstance(error, DBAPIError) and not is_fault_of_value(error):
        raise error


def _said(error: Exception) -> str:
    """The fault on one line, without the statement: it holds the page's text."""
    cause = error.orig if isinstance(error, StatementError) and error.orig else error
    return " ".join(str(cause).split())[:_LONGEST_REASON]


_LONGEST_REASON = 300  # characters; some drivers quote the value they refuse
