"""What SQLite reads to answer questions: a selective one goes by indexes, a count over the archive leaves the bodies alone.

The databases of these tests are small and without statistics; the plan is the same as on a large one.
"""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Engine

from etl.load.engine import reading
from etl.recipes import every_recipe

SELECTIVE = {
    "an article by its address": "SELECT * FROM article_overview WHERE article_id = (SELECT id FROM articles WHERE url = 'x')",
    "an article by its number": "SELECT * FROM article_overview WHERE article_id = 7",
    "the articles of a day": "SELECT title FROM article_overview WHERE published_date = '2024-05-08'",
    "the newest articles": "SELECT title FROM articles ORDER BY published_at DESC LIMIT 10",
    "a publisher's articles": "SELECT a.title FROM publishers p JOIN articles a ON a.publisher_id = p.id WHERE p.domain = 'x'",
    "an author's articles": "SELECT article_id FROM authors u JOIN article_authors x ON x.author_id = u.id WHERE name_key = 'x'",
    "a tag's articles": "SELECT x.article_id FROM tags g JOIN article_tags x ON x.tag_id = g.id WHERE g.slug = 'x'",
    "an article's links": "SELECT to_title FROM link_graph WHERE from_article_id = 7",
    "the links to an article": "SELECT from_title FROM link_graph WHERE to_article_id = 7",
    "an article's changes": "SELECT old_title FROM revision_changes WHERE article_id = 7",
    "an article's copies": "SELECT other_id FROM article_similarity WHERE article_id = 7",
    "a story's articles": "SELECT article_id FROM article_stories WHERE story_id = 7",
    "a run's pages": "SELECT url FROM pages WHERE load_run_id = 7",
}
# Questions about the whole archive whose answer needs of the articles only what an index holds, and rows of few of them.
COUNTED = (
    "articles_per_day",
    "length_by_publisher",
    "pages_not_loaded",
    "revision_changes",
    "headlines_changed_within_an_hour",
    "stories",
)
DOCUMENTED = {recipe.name: recipe.sql for recipe in every_recipe()}
_WHOLE = re.compile(r"SCAN (\w+)$")  # SCAN articles, SCAN a; not SCAN a USING COVERING INDEX …, not SCAN (subquery-1)
_FEW = {"n", "m", "article_similarity", *DOCUMENTED}
"""Names that the views give to what they have already selected, and the pairs of copies."""


def read_whole(engine: Engine, sql: str) -> list[str]:
    """The tables that a query reads row by row from end to end."""
    with reading(engine) as connection:
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}")]
    return [match[1] for line in plan if (match := _WHOLE.match(line)) and match[1] not in _FEW]


@pytest.mark.parametrize("question", SELECTIVE)
def test_a_selective_question_reads_no_table_from_end_to_end(sqlite_database: Engine, question: str) -> None:
    assert read_whole(sqlite_database, SELECTIVE[question]) == []


@pytest.mark.parametrize("name", COUNTED)
def test_a_count_over_the_archive_reads_an_index_in_place_of_the_rows(sqlite_database: Engine, name: str) -> None:
    assert read_whole(sqlite_database, DOCUMENTED[name]) == []


def test_of_the_documented_questions_a_day_is_found_by_its_index(sqlite_database: Engine) -> None:
    assert read_whole(sqlite_database, DOCUMENTED["stories_of_a_day"]) == []
