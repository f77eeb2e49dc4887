"""What is counted over the archive is what counting the articles gives, whatever was loaded, changed, removed or interrupted."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from etl.load import schema, summaries
from etl.load.engine import writing
from etl.load.summaries import settle_summaries
from etl.records import Article, DateValue, Image, Precision, Publisher, ZoneSource
from tests.factories import article, author, link, moment
from tests.load.loading import load, rows
from tests.load.test_copies import clear

MONTH = "substr(CAST(a.published_date AS text), 1, 7)"
HAS = "CASE WHEN EXISTS (SELECT 1 FROM {0} x WHERE x.article_id = a.id) THEN 1.0 ELSE 0.0 END"
# Each view, and the same question asked of the articles.
QUESTIONS = {
    "author_output": """
        SELECT u.id, u.name, u.kind, p.domain, count(*), sum(a.word_count), min(a.published_date), max(a.published_date)
        FROM authors u JOIN article_authors x ON x.author_id = u.id JOIN articles a ON a.id = x.article_id
             LEFT JOIN publishers p ON p.id = a.publisher_id
        GROUP BY u.id, u.name, u.kind, p.domain""",
    "tag_trend": f"""
        SELECT g.slug, g.name, m.month, m.articles, 1.0 * m.articles / t.articles
        FROM (SELECT x.tag_id, {MONTH} AS month, count(*) AS articles FROM article_tags x JOIN articles a ON a.id = x.article_id
              WHERE a.published_date IS NOT NULL GROUP BY x.tag_id, {MONTH}) m
             JOIN (SELECT {MONTH} AS month, count(*) AS articles FROM articles a GROUP BY {MONTH}) t ON t.month = m.month
             JOIN tags g ON g.id = m.tag_id""",
    "tag_pairs": """
        SELECT g.name, h.name, count(*),
               1.0 * count(*) * (SELECT count(*) FROM articles) / (SELECT count(*) FROM article_tags n WHERE n.tag_id = g.id)
               / (SELECT count(*) FROM article_tags n WHERE n.tag_id = h.id)
        FROM article_tags x JOIN article_tags y ON y.article_id = x.article_id
             JOIN tags g ON g.id = x.tag_id JOIN tags h ON h.id = y.tag_id AND h.slug > g.slug
        GROUP BY g.id, g.name, h.id, h.name""",
    "field_coverage": f"""
        SELECT p.domain, count(*), avg(CASE WHEN a.published_at IS NULL THEN 0.0 ELSE 1.0 END),
               avg(CASE WHEN a.subtitle IS NULL THEN 0.0 ELSE 1.0 END), avg(CASE WHEN a.section IS NULL THEN 0.0 ELSE 1.0 END),
               avg({HAS.format("article_authors")}), avg({HAS.format("article_tags")}), avg({HAS.format("images")}),
               avg({HAS.format("related_links")})
        FROM articles a LEFT JOIN publishers p ON p.id = a.publisher_id GROUP BY p.domain""",
    "most_linked": """
        SELECT t.id, p.domain, t.title, t.published_date, count(DISTINCT l.article_id)
        FROM related_links l JOIN articles t ON t.id = l.target_article_id LEFT JOIN publishers p ON p.id = t.publisher_id
        GROUP BY t.id, p.domain, t.title, t.published_date""",
    "articles_per_day": """
        SELECT p.domain, a.published_date, count(*), sum(a.word_count)
        FROM articles a LEFT JOIN publishers p ON p.id = a.publisher_id
        WHERE a.published_date IS NOT NULL GROUP BY p.domain, a.published_date""",
}
TABLES = ("months", "authors", "tags", "tag_months", "tag_pairs", "articles")


def check(engine: Engine) -> None:
    """Each view gives what the articles give."""
    for view, question in QUESTIONS.items():
        found, counted = (
            sorted((tuple(map(_plain, row)) for row in rows(engine, query)), key=repr)
            for query in (f"SELECT * FROM {view}", question)
        )
        assert (view, found) == (view, counted)


def _plain(value: Any) -> Any:
    return round(float(value), 6) if isinstance(value, (float, int)) or type(value).__name__ == "Decimal" else value


def numbers(engine: Engine) -> dict[str, int]:
    """The rows of each table."""
    return {name: rows(engine, f"SELECT count(*) FROM summary_{name}")[0][0] for name in (*TABLES, "queue")}


def printed(day: int, month: int = 5) -> DateValue:
    at = dt.datetime(2024, month, day, 9, tzinfo=dt.UTC)
    return DateValue(
        at=at, day=at.date(), precision=Precision.DAY, text=f"{day}/{month}", zone_source=ZoneSource.PAGE, utc_offset=0
    )


def story(number: int = 1, **given: Any) -> Article:
    defaults: dict[str, Any] = {"title": f"Story {number}", "published": printed(number)}
    return article(f"https://gazette.example/{number}", **(defaults | given))


def test_the_views_count_what_is_loaded(database: Engine) -> None:
    ada, ben = author("Ada Brook"), author("Ben Cole")
    load(
        database,
        story(1, authors=(ada, ben), tags=("Ships", "Harbour", "Storm"), related_links=(link("https://gazette.example/2"),)),
        story(2, authors=(ada,), tags=("Harbour", "Ships"), published=printed(2, 6)),
    )
    assert settle_summaries(database) == 2
    output = "SELECT author, articles, CAST(first_date AS text), CAST(last_date AS text) FROM author_output ORDER BY author"
    assert rows(database, output) == [("Ada Brook", 2, "2024-05-01", "2024-06-02"), ("Ben Cole", 1, "2024-05-01", "2024-05-01")]
    pairs = "SELECT tag, other_tag, articles FROM tag_pairs ORDER BY articles DESC, tag, other_tag"
    assert rows(database, pairs) == [("Harbour", "Ships", 2), ("Harbour", "Storm", 1), ("Ships", "Storm", 1)]
    check(database)


def test_an_article_that_changes_is_taken_off_where_it_was_counted(database: Engine) -> None:
    ada, ben = author("Ada Brook"), author("Ben Cole")
    load(database, story(1, authors=(ada,), tags=("Ships",)), story(9, authors=(ada,), tags=("Storm",)))
    settle_summaries(database)
    load(database, story(9, authors=(ben,), tags=("Ships",), published=printed(3, 6), fetched_at=moment(20)))
    assert settle_summaries(database) == 1
    assert rows(database, "SELECT author, articles, CAST(last_date AS text) FROM author_output ORDER BY author") == [
        ("Ada Brook", 1, "2024-05-01"),
        ("Ben Cole", 1, "2024-06-03"),
    ]
    assert rows(database, "SELECT tag, month, articles FROM tag_trend ORDER BY month") == [
        ("Ships", "2024-05", 1),
        ("Ships", "2024-06", 1),
    ]
    check(database)


def test_of_articles_that_are_removed_nothing_is_left(database: Engine) -> None:
    load(database, *(story(n, authors=(author(f"Ada {n}"),), tags=("Ships", f"Tag {n}")) for n in range(1, 4)))
    settle_summaries(database)
    with writing(database) as connection:
        connection.execute(text("DELETE FROM articles WHERE url <> 'https://gazette.example/1'"))
    settle_summaries(database)
    check(database)
    with writing(database) as connection:
        connection.execute(text("DELETE FROM articles"))
    settle_summaries(database)
    assert numbers(database) == dict.fromkeys((*TABLES, "queue"), 0)


def test_what_changes_nothing_that_is_counted_is_not_counted_again(database: Engine) -> None:
    load(database, story(1))
    settle_summaries(database)
    load(database, story(1), story(1, fetched_at=moment(3)))
    assert settle_summaries(database) == 0


def test_what_is_interrupted_goes_on_in_the_next_run(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "_AT_ONCE", 2)
    load(database, *(story(n, tags=("Ships",)) for n in range(1, 6)))
    answers = iter([False, False, True])
    assert settle_summaries(database, lambda: next(answers)) == 4
    assert rows(database, "SELECT articles FROM summary_tags") == [(4,)]
    assert settle_summaries(database) == 1
    check(database)


def test_a_part_that_fails_is_not_counted_by_halves(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    load(database, story(1, tags=("Ships", "Storm")))
    before = numbers(database)
    with monkeypatch.context() as patch:
        patch.setattr(summaries, "_settle_dates", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            settle_summaries(database)
    assert numbers(database) == before
    settle_summaries(database)
    check(database)


def test_of_articles_loaded_before_the_next_run_takes_care(database: Engine) -> None:
    load(database, story(1, tags=("Ships", "Storm")), story(2, tags=("Ships",)))
    schema.downgrade(database, "0013")
    assert rows(database, "SELECT tag, articles FROM tag_trend ORDER BY tag") == [("Ships", 2), ("Storm", 1)]
    schema.upgrade(database)
    assert settle_summaries(database) == 2
    check(database)


_NAMES = ("Ada Brook", "Ben Cole", "Cy Dunn")
_TAGS = ("Ships", "Storm", "harbour", "Harbour", "Über-Wellen", "zebra", "Ärger", "港")


@st.composite
def captures(draw: st.DrawFn) -> Article:
    """Captures of few stories, with and without address, publisher, date, authors, tags."""
    number = draw(st.integers(1, 5))
    day = draw(st.one_of(st.none(), st.integers(1, 3)))
    house = draw(st.sampled_from((Publisher(domain="gazette.example"), Publisher(domain="post.example"), None)))
    return article(
        draw(st.sampled_from((f"https://gazette.example/{number}", f"https://gazette.example/{number}", None))),
        title=f"Story {number}",
        adoption_key=f"gazette.example/2024-05-01/story-{number}",
        body=" ".join(["word"] * draw(st.integers(1, 3))),
        publisher=house,
        published=printed(day, draw(st.sampled_from((5, 6)))) if day else None,
        subtitle=draw(st.sampled_from((None, "A standfirst"))),
        section=draw(st.sampled_from((None, "News"))),
        authors=tuple(map(author, draw(st.lists(st.sampled_from(_NAMES), max_size=2, unique=True)))),
        tags=tuple(draw(st.lists(st.sampled_from(_TAGS), max_size=4, unique_by=str.lower))),
        related_links=tuple(
            link(f"https://gazette.example/{n}") for n in draw(st.lists(st.integers(1, 6), max_size=2, unique=True))
        ),
        images=(Image(url="https://gazette.example/a.jpg"),) if draw(st.booleans()) else (),
        fetched_at=moment(draw(st.integers(1, 4))),
    )


@given(found=st.lists(captures(), min_size=1, max_size=20), seed=st.integers(0, 1_000_000))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_views_give_what_the_articles_give_after_any_loads(database: Engine, found: list[Article], seed: int) -> None:
    chance = random.Random(seed)
    clear(database)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(summaries, "_AT_ONCE", chance.randint(1, 4))
        while found:
            size = chance.randint(1, 5)
            batch, found = found[:size], found[size:]
            load(database, *batch, version=chance.choice(("v1", "v2")))
            if chance.random() < 0.5:
                settle_summaries(database, iter([False, chance.random() < 0.5, False, False, False, True]).__next__)
            if chance.random() < 0.1:
                with writing(database) as connection:
                    connection.execute(text("DELETE FROM articles WHERE id IN (SELECT max(id) FROM articles)"))
    settle_summaries(database)
    check(database)
    assert numbers(database)["queue"] == 0
