"""What the databases read to answer questions: every documented query goes by indexes, and what it reads of them from end to end
is argued here.

Of SQLite the program of the prepared query is looked at, which names each table and index that it reads and whether it begins at
a place or at the beginning; of PostgreSQL the plan. The databases are small. SQLite plans by the statistics that a large archive
has, and without any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text

from etl.load.engine import open_engine, reading, writing
from etl.recipes import every_recipe
from tests.databases import Databases
from tests.load.statistics import STATISTICS

SELECTIVE = {
    "an article by its address": "SELECT * FROM article_overview WHERE article_id = (SELECT id FROM articles WHERE url = 'x')",
    "an article by its number": "SELECT * FROM article_overview WHERE article_id = 7",
    "the articles of a day": "SELECT title FROM article_overview WHERE published_date = '2024-05-08'",
    "a publisher's articles": "SELECT a.title FROM publishers p JOIN articles a ON a.publisher_id = p.id WHERE p.domain = 'x'",
    "an author's articles": "SELECT article_id FROM authors u JOIN article_authors x ON x.author_id = u.id WHERE u.name = 'x'",
    "an author's output": "SELECT publisher, articles FROM author_output WHERE author = 'x'",
    "a tag's articles": "SELECT x.article_id FROM tags g JOIN article_tags x ON x.tag_id = g.id WHERE g.name = 'x'",
    "a tag's months": "SELECT month, share FROM tag_trend WHERE tag = 'x'",
    "an article's links": "SELECT to_title FROM link_graph WHERE from_article_id = 7",
    "the links to an article": "SELECT from_title FROM link_graph WHERE to_article_id = 7",
    "how often an article is linked": "SELECT linked_from FROM most_linked WHERE article_id = 7",
    "an article's changes": "SELECT old_title FROM revision_changes WHERE article_id = 7",
    "an article's copies": "SELECT other_id FROM article_similarity WHERE article_id = 7",
    "a story's articles": "SELECT article_id FROM article_stories WHERE story_id = 7",
    "a run's pages": "SELECT url FROM pages WHERE load_run_id = 7",
    "a publisher's days": "SELECT published_date, articles FROM articles_per_day WHERE published_date >= '2024-05-01'",
}
DOCUMENTED = {recipe.name: recipe.sql for recipe in every_recipe()}

LARGE = {
    "articles", "article_authors", "article_tags", "related_links", "images", "article_revisions", "pages", "known_pages",
    "article_stories", "story_bands", "summary_articles", "summary_tag_months", "summary_tag_pairs",
}  # fmt: skip
"""Tables with a row, or several, for each article. Of authors, tags and what is counted by them there are some thousands."""
READ_WHOLE = {
    "tag_pairs": {"ix_summary_tag_pairs_articles": "from the commonest on; ends with the fifth"},
    "revision_changes": {"ix_article_revisions_later": "holds later states only, of few articles; ends with the fifth"},
    "headlines_changed_within_an_hour": {"ix_article_revisions_later": "holds later states only, of few articles"},
    "pages_not_loaded": {"ix_pages_rejected": "holds rejected pages only"},
}
"""Indexes of large tables that documented queries read from one end on, on SQLite, and why that is no matter."""
COUNTED = ("articles_per_day", "length_by_publisher")
"""Count all articles, day by day and publisher by publisher: by an index that has all that they ask for, 20 bytes an article."""


@pytest.fixture(params=["with statistics", "without"])
def planning(request: pytest.FixtureRequest, sqlite_database: Engine) -> Engine:
    """A SQLite database that plans as a large one."""
    if request.param == "with statistics":
        with writing(sqlite_database) as connection:
            connection.exec_driver_sql("ANALYZE")
            connection.exec_driver_sql("DELETE FROM sqlite_stat1")
            connection.exec_driver_sql("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", STATISTICS)
        sqlite_database.dispose()  # connections read them when they open
    return sqlite_database


def read_whole(engine: Engine, sql: str) -> set[str]:
    """The large tables, and indexes of these, that a query reads from one end on (on SQLite)."""
    roots, program = _program(engine, sql)
    cursors = {first: roots.get(second) for code, first, second in program if code in {"OpenRead", "ReopenIdx"}}
    found = {cursors.get(first) for code, first, _ in program if code in {"Rewind", "Last", "Count"}}
    return {name for name in found if name is not None}


def opened(engine: Engine, sql: str) -> set[str]:
    """The large tables, and indexes of these, that a query reads anything of."""
    roots, program = _program(engine, sql)
    return {roots[second] for code, _, second in program if code in {"OpenRead", "ReopenIdx"} and second in roots}


def _program(engine: Engine, sql: str) -> tuple[dict[int, str], list[tuple[str, int, int]]]:
    """The names of large tables and their indexes by the page where they begin; of the prepared query each step's code and first
    two operands."""
    with reading(engine) as connection:
        known = connection.exec_driver_sql("SELECT rootpage, name, tbl_name FROM sqlite_master WHERE rootpage > 0").all()
        steps = connection.exec_driver_sql(f"EXPLAIN {sql}").all()
    return {page: name for page, name, table in known if table in LARGE}, [(step[1], step[2], step[3]) for step in steps]


@pytest.mark.parametrize("question", SELECTIVE)
def test_a_selective_question_reads_nothing_from_end_to_end(planning: Engine, question: str) -> None:
    assert read_whole(planning, SELECTIVE[question]) == set()


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_documented_query_reads_from_end_to_end_only_what_is_argued(planning: Engine, name: str) -> None:
    assert read_whole(planning, DOCUMENTED[name]) == set(READ_WHOLE.get(name, {}))


@pytest.mark.parametrize("name", COUNTED)
def test_a_count_of_all_articles_reads_an_index_in_place_of_the_rows(planning: Engine, name: str) -> None:
    (index,) = opened(planning, DOCUMENTED[name])
    assert index.startswith("ix_articles_")


def test_the_newest_articles_are_the_end_of_an_index(planning: Engine) -> None:
    assert read_whole(planning, "SELECT title FROM articles ORDER BY published_at DESC LIMIT 10") == {"ix_articles_published_at"}


def test_what_is_read_whole_is_noticed(planning: Engine) -> None:
    assert read_whole(planning, "SELECT title FROM articles a WHERE lower(a.body) LIKE '%x%'") == {"articles"}
    assert read_whole(planning, "SELECT min(position) FROM article_tags GROUP BY name") == {"article_tags"}


@pytest.fixture(scope="module")
def postgresql(postgres: Databases) -> Iterator[Engine]:
    """A PostgreSQL database: an empty one, whose tables it would read as they are if it were let."""
    engine = open_engine(postgres.current())
    yield engine
    engine.dispose()


@pytest.mark.parametrize("name", DOCUMENTED)
def test_on_postgresql_too_there_is_an_index_to_go_by(postgresql: Engine, name: str) -> None:
    with reading(postgresql) as connection:
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        ((plan,),) = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {DOCUMENTED[name].replace('%', '%%')}").all()
    assert {node["Relation Name"] for node in _nodes(plan[0]["Plan"]) if _reads_whole(node)} == set()


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", ()):
        yield from _nodes(part)


def _reads_whole(node: dict[str, Any]) -> bool:
    return node["Node Type"] == "Seq Scan" and node["Relation Name"] in LARGE
