"""PostgreSQL's full-text index beside the writing: at the end of a run it is that of the articles, whoever got in between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from etl.errors import DatabaseError
from etl.load import schema, search_index
from etl.load.engine import open_engine, reading, writing
from etl.load.search_index import SearchIndexer, settle_search
from tests.databases import PostgresServer
from tests.factories import article, moment
from tests.load.loading import load, load_in_turn, rows, writer
from tests.load.test_kill import outcomes

WAITING = "SELECT count(*) FROM article_search_queue"
WRONG = """
    SELECT count(*) FROM articles a FULL JOIN article_search s ON s.article_id = a.id
    WHERE s.document IS DISTINCT FROM article_search_document(a.language, a.title, a.subtitle, a.body)"""
URL = "https://gazette.example/ferry"


@pytest.fixture
def postgres_database(postgres: PostgresServer) -> Iterator[Engine]:
    """A PostgreSQL database with the current schema and no rows."""
    engine = open_engine(postgres.current())
    yield engine
    engine.dispose()


def check_index(engine: Engine) -> None:
    """Nothing waits; each article is indexed as it is, and nothing else is."""
    if engine.dialect.name == "postgresql":
        assert (rows(engine, WAITING), rows(engine, WRONG)) == ([(0,)], [(0,)])


def test_what_is_new_or_changed_is_indexed_once(postgres_database: Engine) -> None:
    load(postgres_database, article(URL), article("https://gazette.example/mill"))
    assert settle_search(postgres_database) == 2
    check_index(postgres_database)
    load(postgres_database, article(URL, title="Ferry sinks", fetched_at=moment(20)))
    assert settle_search(postgres_database) == 1
    check_index(postgres_database)
    load(postgres_database, article(URL, title="Ferry sinks", fetched_at=moment(21)))
    assert settle_search(postgres_database) == 0


def test_an_article_that_is_gone_waits_no_longer(postgres_database: Engine) -> None:
    load(postgres_database, article(URL))
    with writing(postgres_database) as connection:
        for table in ("known_pages", "articles"):
            connection.execute(text(f"DELETE FROM {table}"))
    settle_search(postgres_database)
    check_index(postgres_database)


def test_what_the_writer_has_in_hand_is_left_to_it_and_indexed_after(postgres_database: Engine) -> None:
    load(postgres_database, article(URL), article("https://gazette.example/mill"))
    with writing(postgres_database) as connection:
        connection.execute(text("UPDATE articles SET title = 'Later' WHERE url LIKE '%ferry'"))
        assert settle_search(postgres_database) == 1
    assert settle_search(postgres_database) == 2  # as it was first, and as it is
    check_index(postgres_database)


def test_two_at_once_share_what_waits(postgres_database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_AT_ONCE", 1)
    load(postgres_database, article(URL), article("https://gazette.example/mill"))
    with postgres_database.begin() as connection:
        connection.execute(search_index._SETTLE, {"number": 1})
        assert settle_search(postgres_database) == 1
    check_index(postgres_database)


def test_the_indexer_works_beside_the_writer(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "_AT_ONCE", 3)
    indexer, by = SearchIndexer(database), writer(database)
    for batch in outcomes():
        by.write(batch)
        indexer.wake()
    indexer.finish()
    check_index(database)
    indexer.close()


def test_a_closed_indexer_leaves_the_rest_to_the_next_run(database: Engine) -> None:
    indexer = SearchIndexer(database)
    indexer.close()
    load(database, article(URL))
    indexer.wake()
    indexer.close()
    SearchIndexer(database).finish()
    check_index(database)


def test_the_fault_of_the_thread_costs_no_more_than_time(postgres_database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    settle = search_index._settle_part
    answers = iter([DatabaseError("the database", "gone"), None])

    def failing_once(engine: Engine) -> int:
        if error := next(answers, None):
            raise error
        return settle(engine)

    monkeypatch.setattr(search_index, "_settle_part", failing_once)
    load(postgres_database, article(URL))
    indexer = SearchIndexer(postgres_database)
    indexer.wake()
    indexer._join()  # it has failed
    indexer.finish()
    check_index(postgres_database)


def test_an_older_schema_has_what_waited_in_its_index(postgres_database: Engine) -> None:
    load_in_turn(postgres_database, article(URL), article(URL, title="Ferry sinks", fetched_at=moment(20)))
    schema.downgrade(postgres_database, "0014")
    assert rows(postgres_database, WRONG) == [(0,)]
    schema.upgrade(postgres_database)
    check_index(postgres_database)


def test_documents_are_made_as_before(postgres_database: Engine) -> None:
    """In the languages that PostgreSQL knows and others, of short texts and very long ones."""
    languages = ("en", "de", "he", None)
    load(
        postgres_database,
        *(
            article(f"https://gazette.example/{language}", language=language, body="The ferries sank. " * 3)
            for language in languages
        ),
        article("https://gazette.example/long", language="en", body="Nobody was hurt. " * 20_000, subtitle=None),
    )
    documents = "SELECT id, article_search_document(language, title, subtitle, body)::text FROM articles ORDER BY id"
    now = rows(postgres_database, documents)
    schema.downgrade(postgres_database, "0014")
    assert rows(postgres_database, documents) == now
    with reading(postgres_database) as connection:
        assert connection.execute(text("SELECT count(*) FROM article_search")).scalar_one() == 5
