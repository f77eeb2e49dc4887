"""What the tests of the load stage share: loading a few pages, and asking for rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, text

from etl.load.engine import reading
from etl.load.ledger import Checkpoint, Ledger
from etl.load.writer import Outcome, Unsettled, Writer
from etl.records import Article, Rejected, Status


def writer(engine: Engine, version: str = "v1") -> Writer:
    """The writer of a new run."""
    run = Ledger(engine).begin(version="1.0", command="news-etl load", host="test", pid=1)
    return Writer(engine, run, version)


def load(engine: Engine, *outcomes: Outcome, version: str = "v1", checkpoints: Sequence[Checkpoint] = ()) -> list[str]:
    """Load outcomes in one batch of a new run; their statuses."""
    return [status.value for status in writer(engine, version).write(outcomes, checkpoints)]


def load_in_turn(engine: Engine, *outcomes: Outcome, version: str = "v1") -> list[str]:
    """Load outcomes in a batch each; their statuses."""
    return [status for outcome in outcomes for status in load(engine, outcome, version=version)]


def load_asking(by: Writer, batch: Sequence[Article | Rejected]) -> list[Status]:
    """Load a batch as the pipeline does: pages that are known are not read."""
    known = by.known([outcome.page for outcome in batch])
    outcomes: list[Outcome] = [known.get(outcome.page, outcome) for outcome in batch]
    try:
        return by.write(outcomes)
    except Unsettled as unsettled:
        return by.write([new if old.page in unsettled.pages else old for old, new in zip(outcomes, batch, strict=True)])


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with reading(engine) as connection:
        return [tuple(row) for row in connection.execute(text(query))]
