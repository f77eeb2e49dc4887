"""The rarer ways in which captures and articles find each other: in every order the same, and rows keep their numbers."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import Engine, text

from etl.load.engine import open_engine, writing
from etl.records import Article
from tests.databases import SqliteFiles, content
from tests.factories import article, link, moment, page_key
from tests.load.loading import load, load_in_turn, rows

A, B = "https://gazette.example/a", "https://gazette.example/b"
BY_TITLE = "https://gazette.example/2024-05-01/harbour-opens"
STATES = "SELECT a.key, r.revision, r.body, r.seen_at, r.replaced FROM articles a JOIN article_revisions r ON r.article_id = a.id"


@pytest.mark.parametrize(
    ("captures", "states"),
    [
        pytest.param(
            (
                article(A, body="A.", fetched_at=moment(3)),
                article(B, body="Same.", fetched_at=moment(2)),
                article(None, body="Same.", fetched_at=moment(1)),
            ),
            [
                ("gazette.example/a", 1, "Same.", "2024-05-01T12:00:00+00:00", 0),
                ("gazette.example/a", 2, "A.", "2024-05-03T12:00:00+00:00", 0),
                ("gazette.example/b", 1, "Same.", "2024-05-02T12:00:00+00:00", 0),
            ],
            id="of the state that another page shows too",
        ),
        pytest.param(
            (
                article(A, body="Same.", fetched_at=moment(3)),
                article(B, body="B.", fetched_at=moment(2)),
                article(None, body="Same.", fetched_at=moment(1)),
            ),
            [
                ("gazette.example/a", 1, "Same.", "2024-05-01T12:00:00+00:00", 0),
                ("gazette.example/b", 1, "B.", "2024-05-02T12:00:00+00:00", 0),
            ],
            id="of the state that its page shows",
        ),
        pytest.param(
            (
                article(BY_TITLE, title="Ships arrive", body="A.", fetched_at=moment(3)),
                article(B, body="B.", fetched_at=moment(2)),
                article(None, body="Text.", fetched_at=moment(1)),
            ),
            [
                ("gazette.example/2024-05-01/harbour-opens", 1, "Text.", "2024-05-01T12:00:00+00:00", 0),
                ("gazette.example/2024-05-01/harbour-opens", 2, "A.", "2024-05-03T12:00:00+00:00", 0),
                ("gazette.example/b", 1, "B.", "2024-05-02T12:00:00+00:00", 0),
            ],
            id="whose key is an address",
        ),
        pytest.param(
            (
                article(A, body="A.", fetched_at=moment(1)),
                article(None, body="Text.", fetched_at=moment(1)),
                article(None, body="Text again.", fetched_at=moment(2)),
                article(B, body="B.", fetched_at=moment(1)),
            ),
            [
                ("gazette.example/a", 1, "A.", "2024-05-01T12:00:00+00:00", 0),
                ("gazette.example/a", 2, "Text.", "2024-05-01T12:00:00+00:00", 0),
                ("gazette.example/a", 3, "Text again.", "2024-05-02T12:00:00+00:00", 0),
                ("gazette.example/b", 1, "B.", "2024-05-01T12:00:00+00:00", 0),
            ],
            id="with another one",
        ),
    ],
)
def test_a_capture_finds_its_article_in_any_order(
    sqlite_files: SqliteFiles, captures: tuple[Article, ...], states: list[tuple[object, ...]]
) -> None:
    found = []
    for order in itertools.permutations(captures):
        engine = open_engine(sqlite_files.current())
        load_in_turn(engine, *order)
        assert sorted(rows(engine, STATES)) == states
        found.append(content(engine))
        engine.dispose()
    assert [other for other in found if other != found[0]] == []


def test_an_article_that_takes_over_a_capture_was_first_loaded_when_that_was(database: Engine) -> None:
    load_in_turn(database, article(None), article(A, title="Harbour opened", fetched_at=moment(1)))
    with writing(database) as connection:
        connection.execute(text("UPDATE articles SET first_loaded_at = '2020-01-01T00:00:00+00:00' WHERE id = 1"))
    assert load(database, article(A, fetched_at=moment(2))) == ["updated"]
    assert rows(database, "SELECT id FROM articles WHERE first_loaded_at = '2020-01-01T00:00:00+00:00'") == [(2,)]
    assert rows(database, "SELECT article_id FROM pages ORDER BY id") == [(2,), (2,), (2,)]


def test_an_article_that_is_new_in_the_batch_takes_over_the_row_of_the_capture(database: Engine) -> None:
    load_in_turn(database, article(None), article(B, title="Other", related_links=(link(A),)))
    new, newer = article(A, title="Harbour opened", fetched_at=moment(1)), article(A, fetched_at=moment(2))
    assert load(database, new, newer) == ["loaded", "updated"]
    assert rows(database, "SELECT id, key FROM articles ORDER BY id") == [(1, "gazette.example/a"), (2, "gazette.example/b")]
    assert rows(database, "SELECT target_article_id FROM related_links") == [(1,)]


def test_articles_that_a_newer_version_knows_to_be_one_are_joined(database: Engine) -> None:
    first, second = page_key("one", url=None, fetched_at=moment(1)), page_key("two", url=None, fetched_at=moment(2))
    load(database, article(A, page=first, key="old-form", body="One."), article(B, page=second, key="one-form", body="Two."))
    joined = article(A, page=page_key("three", url=None, fetched_at=moment(3)), key="one-form", body="Three.")
    assert load(database, joined, version="v2") == ["updated"]
    assert rows(database, "SELECT key, url, body, revision FROM articles") == [("one-form", A, "Three.", 3)]
    assert rows(database, "SELECT body FROM article_revisions ORDER BY revision") == [("One.",), ("Two.",), ("Three.",)]
    assert load(database, joined, version="v2") == ["unchanged"]


def test_an_article_whose_key_a_newer_version_makes_otherwise_stays_the_same_row(database: Engine) -> None:
    load(database, article(A, key="old-form", fetched_at=moment(2)))
    assert load(database, article(A, key="new-form", body="Old.", fetched_at=moment(1)), version="v2") == ["superseded"]
    assert rows(database, "SELECT id, key, body FROM articles") == [(1, "new-form", "The harbour opened on Wednesday.")]
