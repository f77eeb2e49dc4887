"""Full-text search: the query language as a table, and what both databases find with it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from etl.errors import UsageError
from etl.load import search as search_module
from etl.load.engine import reading
from etl.load.query_language import Both, Either, Near, Query, Without, Words, parse_query, to_fts5, to_tsquery
from etl.load.search import Filter, search
from etl.load.search_index import settle_search
from etl.records import Article, DateValue, Precision, ZoneSource
from tests.factories import article
from tests.load.loading import load

NATO, RUSSIA, UN = Words(("nato",)), Words(("russia",)), Words(("un",))


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("nato", NATO),
        ("nato russia", Both((NATO, RUSSIA))),
        ("nato AND russia", Both((NATO, RUSSIA))),
        ("nato OR un", Either((NATO, UN))),
        ("nato -russia", Without(NATO, RUSSIA)),
        ("nato NOT russia", Without(NATO, RUSSIA)),
        ('"armed forces"', Words(("armed", "forces"))),
        ("deterr*", Words(("deterr",), prefix=True)),
        ("nato NEAR russia", Near(NATO, RUSSIA, 10)),
        ("nato NEAR/3 russia", Near(NATO, RUSSIA, 3)),
        ("(nato OR un) russia", Both((Either((NATO, UN)), RUSSIA))),
        # near misses: no operators
        ("nato or un", Both((NATO, Words(("or",)), UN))),
        ("covid-19", Words(("covid", "19"))),
        ("o'brien", Words(("o", "brien"))),
    ],
)
def test_a_query_is_read(text: str, query: Query) -> None:
    assert parse_query(text) == query


@pytest.mark.parametrize(
    "text", ["", "  ", "-russia", "(nato", "nato)", "nato OR", "NEAR nato", "nato NEAR (un OR eu)", "***", "x" * 1001, "(" * 900]
)
def test_a_query_that_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(UsageError, match=r"query|NEAR"):
        parse_query(text)


def test_the_translations() -> None:
    query = parse_query('nato NEAR/1 russia OR "armed forces" -un deterr*')
    assert to_fts5(query) == '(NEAR("nato" "russia", 1) OR (("armed forces" AND "deterr"*) NOT "un"))'
    assert to_tsquery(parse_query('"armed forces" -un deterr*')) == "((('armed' <-> 'forces') & ('deterr':*)) & !('un'))"


@pytest.fixture
def found(database: Engine) -> Engine:
    """Three stories."""
    load(
        database,
        _story(
            "bridge",
            "Council rebuilds the bridge",
            "The bridge over the river is old. Engineers met on Monday.",
            tags=("Bridges",),
        ),
        _story("ferry", "Ferry starts on Friday", "While the bridge is closed a ferry crosses the river every hour.", day=9),
        _story("orchestra", "Orchestra plays in the harbour", "Zoë's orchestra played Dvořák. Nobody mentioned the river."),
    )
    settle_search(database)
    return database


def _story(slug: str, title: str, body: str, *, tags: tuple[str, ...] = (), day: int = 1) -> Article:
    at = dt.datetime(2024, 5, day, tzinfo=dt.UTC)
    published = DateValue(at=at, day=at.date(), precision=Precision.DAY, text="", zone_source=ZoneSource.ASSUMED)
    return article(f"https://gazette.example/{slug}", title=title, body=body, tags=tags, published=published)


def titles(engine: Engine, query: str, **only: object) -> set[str]:
    with reading(engine) as connection:
        return {row["title"].split()[0] for row in search(connection, query, only=Filter(**only))}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("bridge", {"Council", "Ferry"}),
        ("BRIDGE river", {"Council", "Ferry"}),
        ("bridge -ferry", {"Council"}),
        ("orchestra OR engineers", {"Orchestra", "Council"}),
        ('"ferry crosses"', {"Ferry"}),
        ('"crosses ferry"', set()),
        ("engineer*", {"Council"}),
        ("engineer", set()),
        ("bridge NEAR/2 closed", {"Ferry"}),
        ("council NEAR/1 monday", set()),
        ("'; DROP TABLE articles; --", set()),
    ],
)
def test_both_databases_find_the_same(found: Engine, query: str, expected: set[str]) -> None:
    assert titles(found, query) == expected


def test_filters_narrow_what_is_found(found: Engine) -> None:
    assert titles(found, "river", since=dt.date(2024, 5, 2)) == {"Ferry"}
    assert titles(found, "river", until=dt.date(2024, 5, 1)) == {"Council", "Orchestra"}
    assert titles(found, "river", tag="bridges") == {"Council"}
    assert titles(found, "river", publisher="other.example") == set()


def test_of_a_word_that_very_many_have_those_loaded_last_are_ranked(found: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert titles(found, "river") == {"Council", "Ferry", "Orchestra"}
    monkeypatch.setattr(search_module, "_RANKED", 2)
    assert titles(found, "river") == {"Ferry", "Orchestra"}
    assert titles(found, "river", until=dt.date(2024, 5, 1)) == {"Council", "Orchestra"}
    assert titles(found, "engineers") == {"Council"}


def test_a_snippet_shows_the_words_found(found: Engine) -> None:
    with reading(found) as connection:
        (row,) = search(connection, "dvořák")
    assert "[Dvořák]" in row["snippet"]


def test_the_index_follows_an_update(found: Engine) -> None:
    load(
        found,
        article(
            "https://gazette.example/ferry",
            title="Ferry sinks",
            body="It is gone.",
            fetched_at=dt.datetime(2024, 5, 20, tzinfo=dt.UTC),
        ),
    )
    settle_search(found)
    assert (titles(found, "closed"), titles(found, "sinks")) == (set(), {"Ferry"})


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_query_or_a_usage_error(text: str) -> None:
    try:
        query = parse_query(text)
    except UsageError:
        return
    assert to_fts5(query)
    assert to_tsquery(query)
