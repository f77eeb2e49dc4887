"""A month of three invented newspapers, for the tests of the report: nine nightly runs, a storm that everybody writes about in
the last days, revised headlines, lists of most-read stories, pages that failed, and headlines that are markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, select, update

from etl.load.accounts import RunStatus, SourceState, load_runs, run_coverage
from etl.load.copies import settle_copies
from etl.load.engine import writing
from etl.load.ledger import Checkpoint, Ledger, SourceRun, record_source_run
from etl.load.summaries import settle_summaries
from etl.load.writer import Outcome, Writer
from etl.records import (
    Article,
    Author,
    AuthorKind,
    Block,
    DateValue,
    Precision,
    Publisher,
    Reason,
    Rejected,
    RelatedLink,
    ZoneSource,
)
from tests.factories import article, page_key, source

FIRST = dt.date(2024, 4, 12)
LAST = dt.date(2024, 5, 9)
SCRIPT = "<script>alert(1)</script> & </script></style> \"quoted\" 'marks'"
"""A headline, a tag and an author that a careless page would run."""

_PAPERS = {"gazette.example": 5, "ledger.example": 3, "tagblatt.example": 2}
_DESKS = ("Harbour", "Council", "Schools", "Football", "Weather", "Markets", "Theatre")
_PEOPLE = ("Ada Brook", "Maud Penrose", "Korbinian Thoma", "Delphine Okafor", "Noga Shalev")
_AGENCY = (
    "Three ferries stayed in port on Thursday while engineers looked at the damage that the storm had done to the long pier. The "
    "oldest of them had torn two of its ropes during the night, and its captain asked for a tug as soon as the wind turned. "
    "Passengers slept in the school, where volunteers cooked soup until the bakery opened at five and sent everything it had."
)
"""What all three print on the last day."""
_OFTEN_TOGETHER = {"Storm": "Insurance", "Harbour": "Ports", "Council": "Elections", "Schools": "Council"}


def fill(engine: Engine) -> None:
    """Load it all: one run for every three days, the last one with trouble."""
    days = [FIRST + dt.timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    for start in range(0, len(days), 3):
        night = days[start : start + 3]
        outcomes: list[Outcome] = [outcome for day in night for outcome in _stories(day)]
        if night[-1] == LAST:
            _run(engine, night[-1], [*outcomes, *_trouble()], RunStatus.SUCCEEDED, sources=True)
        else:
            _run(engine, night[-1], outcomes, RunStatus.SUCCEEDED)
    settle_summaries(engine)
    settle_copies(engine)
    _lose_the_tags(engine)


def _lose_the_tags(engine: Engine) -> None:
    """In the ledger of filled fields: one paper's pages gave tags, and in the last run give none."""
    with writing(engine) as connection:
        runs = list(connection.scalars(select(load_runs.c.id).order_by(load_runs.c.id)))
        rows = [{"load_run_id": run, "articles": 20, "filled": 0 if run == runs[-1] else 19} for run in runs]
        series = {"publisher": "tagblatt.example", "source": "", "field": "tags"}
        connection.execute(run_coverage.insert(), [row | series for row in rows])


def _run(engine: Engine, day: dt.date, outcomes: list[Outcome], status: RunStatus, *, sources: bool = False) -> None:
    ledger = Ledger(engine)
    run = ledger.begin(version="1.0", command="news-etl run", host="test", pid=1)
    damaged = Checkpoint(source=source(), state=SourceState.INCOMPLETE, error="the archive ends inside a record")
    Writer(engine, run, "v1").write(outcomes, [damaged] if sources else [])
    started = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(2, 14), dt.UTC)
    if sources:
        _note_sources(engine, run, started)
    ledger.finish(run, status)
    with writing(engine) as connection:
        times = {"started_at": started, "finished_at": started + dt.timedelta(minutes=3)}
        connection.execute(update(load_runs).where(load_runs.c.id == run).values(times))


def _note_sources(engine: Engine, run: int, started: dt.datetime) -> None:
    times: dict[str, Any] = {"started_at": started, "finished_at": started + dt.timedelta(minutes=1)}
    good = SourceRun(name="gazette", kind="files", status=RunStatus.SUCCEEDED, pages={"loaded": 17, "rejected": 3}, **times)
    error = f"there is no folder /archive/{SCRIPT}"
    bad = SourceRun(name="ledger feed", kind="feed", status=RunStatus.FAILED, pages={}, error=error, **times)
    for ended in (good, bad):
        record_source_run(engine, run, ended)


def _stories(day: dt.date) -> Iterator[Article]:
    late = (LAST - day).days < 7
    for paper, many in _PAPERS.items():
        for number in range(many + (day.day % 3 == 0) - 2 * (day.weekday() > 4 and many > 2)):
            desk = "Storm" if late and number < 2 else _DESKS[(day.day + number) % len(_DESKS)]
            yield _story(paper, day, number, desk)
            if number == 1 and day.day % 2 == 0:
                yield _story(paper, day, number, desk, revised=True)


def _story(paper: str, day: dt.date, number: int, desk: str, *, revised: bool = False) -> Article:
    url = f"https://www.{paper}/{day:%Y/%m/%d}/{number}"
    at = dt.datetime.combine(day, dt.time(6 + number * 2), dt.UTC)
    told = f"{desk} desk, {day:%-d %B}: what story {number + 1} of {paper.partition('.')[0]} says"
    title = SCRIPT if (day, number, paper) == (LAST, 0, "gazette.example") else told
    return article(
        url,
        key=url.removeprefix("https://www."),
        title=title.replace("says", "said after a correction") if revised else title,
        body=_AGENCY
        if number == 1 and day == LAST
        else f"The {desk.casefold()} desk wrote this on {day:%-d %B}. " * (3 + number),
        published=DateValue(at=at, day=day, precision=Precision.MINUTE, text=f"{day}", zone_source=ZoneSource.PAGE),
        fetched_at=at + dt.timedelta(hours=5 if revised else 1),
        publisher=Publisher(domain=paper, name=paper.partition(".")[0].capitalize()),
        section=desk,
        language="de" if paper.startswith("tag") else "en",
        authors=_authors(day, number),
        tags=_tags(desk, day, number),
        related_links=tuple(_links(paper, day)),
        subtitle="What is known so far" if number else None,
    )


def _authors(day: dt.date, number: int) -> tuple[Author, ...]:
    names = [SCRIPT if number == 4 else _PEOPLE[(day.day * number + number) % len(_PEOPLE)]]
    people = tuple(Author(name=name, credit=name.upper()) for name in names)
    return (
        (*people, Author(name="Agence Exemple", credit="AGENCE EXEMPLE", kind=AuthorKind.ORGANIZATION)) if number == 2 else people
    )


def _tags(desk: str, day: dt.date, number: int) -> tuple[str, ...]:
    others = [_OFTEN_TOGETHER[desk]] if desk in _OFTEN_TOGETHER else []
    return (desk, *others, *([SCRIPT] if number == 0 and day >= LAST - dt.timedelta(days=3) else []))


def _links(paper: str, day: dt.date) -> Iterator[RelatedLink]:
    for back in (1, 2, 3):
        earlier = day - dt.timedelta(days=back)
        url = f"https://www.{paper}/{earlier:%Y/%m/%d}/0"
        block = Block.IN_BODY if back == 2 else Block.MOST_READ
        title = f"Story of {earlier:%-d %B}" if back < 3 else SCRIPT
        yield RelatedLink(
            block=block, title=title, url=url if back < 3 else "javascript:alert(1)", key=url[12:] if back < 3 else None
        )


def _trouble() -> Iterator[Rejected]:
    for number in range(4):
        key = page_key(f"bad {number}", record=str(number), url=f"https://www.gazette.example/gallery/{number}")
        yield Rejected(page=key, reason=Reason.NOT_AN_ARTICLE, message="The page holds no text of a story.")
    yield Rejected(
        page=page_key("worse", record="77", url="javascript:alert(2)"), reason=Reason.NO_TITLE, message=f"No title: {SCRIPT}"
    )
