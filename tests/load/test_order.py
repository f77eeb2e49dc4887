"""The content of the database depends on the set of captures loaded, not on their order, batches, or how often they come."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from etl.load.engine import writing
from etl.load.ledger import Ledger
from etl.load.models import metadata
from etl.load.writer import Outcome, Unsettled, Writer
from etl.records import Article, Publisher, Reason, Rejected, Status
from tests.databases import content
from tests.factories import article, author, date_value, link, moment, page_key

TITLES = ("Harbour opens", "Harbour closes", "Bridge opens")
ADDRESSES: tuple[str, ...] = ("https://gazette.example/a", "https://gazette.example/b", "https://gazette.example/c")
# An address whose key is the adoption key of captures without address.
ADDRESSES += ("https://gazette.example/2024-05-01/harbour-opens",)


@st.composite
def captures(draw: st.DrawFn) -> Article | Rejected:
    """Captures of few stories that share titles, links, authors and tags in many spellings."""
    url = draw(st.sampled_from((None, None, *ADDRESSES)))
    fetched_at = draw(st.sampled_from((None, moment(1), moment(2), moment(3), moment(3, 13), moment(4))))
    if draw(st.integers(0, 9)) == 0:
        page = page_key("rejected" + str(draw(st.integers(0, 1))), url=url, fetched_at=fetched_at)
        return Rejected(page=page, reason=Reason.NO_TITLE, message="No title.")
    options: dict[str, Any] = {
        "title": draw(st.sampled_from(TITLES)),
        "body": draw(st.sampled_from(("One.", "Two."))),
        "tags": draw(st.sampled_from(((), ("nato",), ("NATO", "Nato"), ("Ukraine", "nato"), ("UKRAINE",)))),
        "authors": draw(st.sampled_from(((), (author("Jose Diaz"),), (author("José Díaz"), author("Ada Brook", credit=None))))),
        "related_links": tuple(link(target) for target in draw(st.lists(st.sampled_from(ADDRESSES), max_size=2))),
        "publisher": draw(
            st.sampled_from((None, Publisher(domain="gazette.example", name="The Gazette"), Publisher(domain="gazette.example")))
        ),
    }
    if draw(st.booleans()):
        options["updated"] = date_value(2)
    return article(url, fetched_at=fetched_at, **options)


def load(engine: Engine, batches: list[list[Article | Rejected]], *, asking: bool) -> list[Status]:
    """Load as the pipeline does, with or without asking for what is known."""
    ledger = Ledger(engine)
    writer = Writer(engine, ledger.begin(version="1", command="test", host="test", pid=1), "v1")
    statuses = []
    for batch in batches:
        outcomes: list[Outcome] = list(batch)
        if asking:
            known = writer.known([outcome.page for outcome in batch])
            outcomes = [known.get(outcome.page, outcome) for outcome in batch]
        try:
            statuses += writer.write(outcomes)
        except Unsettled as unsettled:
            outcomes = [new if old.page in unsettled.pages else old for old, new in zip(outcomes, batch, strict=True)]
            statuses += writer.write(outcomes)
    return statuses


def clear(engine: Engine) -> None:
    with writing(engine) as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())


def cut(outcomes: list[Article | Rejected], chance: random.Random) -> list[list[Article | Rejected]]:
    batches: list[list[Article | Rejected]] = [[]]
    for outcome in outcomes:
        if chance.random() < 0.4:
            batches.append([])
        batches[-1].append(outcome)
    return batches


@given(found=st.lists(captures(), min_size=1, max_size=8), seed=st.integers(0, 1_000_000))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_content_is_the_same_in_any_order_and_any_batches(database: Engine, found: list[Article | Rejected], seed: int) -> None:
    chance = random.Random(seed)
    clear(database)
    load(database, [found], asking=False)
    expected = content(database)
    for asking in (False, True):
        clear(database)
        shuffled = chance.sample(found, len(found))
        load(database, cut(shuffled + chance.sample(found, chance.randint(0, len(found))), chance), asking=asking)
        assert content(database) == expected
    loaded = load(database, cut(chance.sample(found, len(found)), chance), asking=True)
    assert set(loaded) <= {Status.UNCHANGED, Status.REJECTED}
    assert content(database) == expected
