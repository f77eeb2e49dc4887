"""Copies and rewrites: which articles become one story, and that no order of loading changes it."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from etl.load import copies, schema
from etl.load.copies import COMMON, settle_copies
from etl.load.engine import writing
from etl.load.models import metadata
from etl.records import Article, Publisher
from tests.databases import content
from tests.factories import article, moment
from tests.load.loading import load, load_in_turn, rows

PAIRS = """SELECT a.key, b.key FROM article_similarity s
           JOIN articles a ON a.id = s.article_id JOIN articles b ON b.id = s.other_id ORDER BY a.key, b.key"""
STORIES = "SELECT a.key, s.story_id FROM article_stories s JOIN articles a ON a.id = s.article_id ORDER BY a.key"


def words(name: str, count: int = 120) -> str:
    """A text of its own."""
    chance = random.Random(name)
    return " ".join(f"{chance.choice('bdfgklmnprst')}{chance.randint(1, 400)}" for _ in range(count))


WIRE, OTHER = words("wire"), words("other")


def printed(site: str, body: str, *, path: str = "a", publisher: bool = True, day: int = 1, **given: Any) -> Article:
    """An article of the site."""
    house = Publisher(domain=f"{site}.example") if publisher else None
    url = f"https://{site}.example/{path}"
    return article(url, body=body, publisher=house, title=f"{site} {path}", fetched_at=moment(day), **given)


def settled(engine: Engine, *outcomes: Article) -> None:
    load(engine, *outcomes)
    settle_copies(engine)


def together(engine: Engine) -> list[set[str]]:
    """The stories, each as its sites, those of one article left out."""
    found: dict[int, set[str]] = {}
    for key, story in rows(engine, STORIES):
        found.setdefault(story, set()).add(key)
    return sorted((keys for keys in found.values() if len(keys) > 1), key=sorted)


def test_copies_are_pairs_in_both_directions_and_share_a_story(database: Engine) -> None:
    settled(database, printed("one", WIRE), printed("two", f"CITY (WA) – {WIRE}"), printed("three", OTHER))
    assert rows(database, PAIRS) == [("one.example/a", "two.example/a"), ("two.example/a", "one.example/a")]
    assert rows(database, STORIES) == [("one.example/a", 1), ("three.example/a", 3), ("two.example/a", 1)]
    assert rows(database, "SELECT count(*) FROM article_similarity WHERE similarity > 0.9 AND containment > 0.95") == [(2,)]
    assert rows(database, "SELECT count(*) FROM story_queue") == [(0,)]


def test_a_cut_version_is_contained_in_the_whole(database: Engine) -> None:
    settled(database, printed("one", WIRE), printed("two", " ".join(WIRE.split()[:50])))
    ((similarity, containment),) = set(rows(database, "SELECT similarity, containment FROM article_similarity"))
    assert (0.3 < similarity < 0.5, containment > 0.85) == (True, True)


def test_what_two_versions_have_in_common_with_a_third_makes_one_story(database: Engine) -> None:
    half, rest = " ".join(WIRE.split()[:60]), " ".join(WIRE.split()[60:])
    settled(database, printed("one", half), printed("two", rest))
    assert together(database) == []
    settled(database, printed("three", WIRE))
    assert together(database) == [{"one.example/a", "two.example/a", "three.example/a"}]
    assert rows(database, STORIES) == [("one.example/a", 1), ("three.example/a", 1), ("two.example/a", 1)]


def test_a_later_state_of_an_article_is_no_copy_of_it(database: Engine) -> None:
    settled(database, printed("one", WIRE, day=1), printed("one", f"{WIRE} An addition.", day=2))
    assert (rows(database, PAIRS), rows(database, STORIES)) == ([], [("one.example/a", 1)])


def test_a_text_that_changes_leaves_its_story_and_may_come_back(database: Engine) -> None:
    settled(database, printed("one", WIRE), printed("two", WIRE))
    settled(database, printed("two", OTHER, day=2))
    assert (rows(database, PAIRS), rows(database, STORIES)) == ([], [("one.example/a", 1), ("two.example/a", 2)])
    settled(database, printed("two", f"{WIRE} An addition.", day=3))
    assert rows(database, STORIES) == [("one.example/a", 1), ("two.example/a", 1)]


def test_a_story_falls_apart_when_the_article_that_joined_it_changes_or_goes(database: Engine) -> None:
    half, rest = " ".join(WIRE.split()[:60]), " ".join(WIRE.split()[60:])
    for leave in ("UPDATE articles SET body = 'Gone.' WHERE id = 1", "DELETE FROM articles WHERE id = 1"):
        clear(database)
        settled(database, printed("one", WIRE), printed("two", half), printed("three", rest))
        assert len(together(database)) == 1
        ids = dict(rows(database, "SELECT key, id FROM articles"))
        with writing(database) as connection:
            connection.execute(text(leave.replace("1", str(ids["one.example/a"]))))
        settle_copies(database)
        assert (together(database), rows(database, PAIRS)) == ([], [])
        stories = dict(rows(database, STORIES))
        assert stories["two.example/a"] == ids["two.example/a"]
        assert rows(database, "SELECT count(*) FROM article_stories") == rows(database, "SELECT count(*) FROM articles")


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_number_of_a_story_is_that_of_the_article_loaded_first(database: Engine, order: Sequence[int]) -> None:
    made = [printed(site, WIRE) for site in ("one", "two", "three")]
    for index in order:
        settled(database, made[index])
    first = f"SELECT id FROM articles WHERE key = '{made[order[0]].key}'"
    assert rows(database, "SELECT DISTINCT story_id FROM article_stories") == rows(database, first)


def test_bodies_too_short_to_be_told_apart_are_stories_of_their_own(database: Engine) -> None:
    notice = "Read on with our monthly pass. Log in here."
    settled(database, *(printed(site, notice) for site in ("one", "two", "three")))
    assert (together(database), rows(database, "SELECT DISTINCT shingles, signature FROM article_stories")) == (
        [],
        [(None, None)],
    )


def test_a_notice_that_stands_on_many_pages_makes_no_story(database: Engine) -> None:
    notice, sites = words("notice", 100), ("north", "south")
    pages = [printed(site, f"{words(f'{site} {n}', 60)} {notice}", path=str(n)) for site in sites for n in range(30)]
    load(database, *pages[:25])
    settle_copies(database)
    settled(database, *pages[25:])
    assert together(database) == []


def test_behind_a_notice_copies_are_still_found(database: Engine) -> None:
    notice = words("notice", 100)
    pages = [printed("north", f"{words(str(n), 60)} {notice}", path=str(n)) for n in range(30)]
    settled(database, *pages, printed("north", f"{WIRE} {notice}", path="wire"), printed("south", WIRE))
    assert together(database) == [{"north.example/wire", "south.example/a"}]


def test_a_text_becomes_a_standing_text_and_ceases_to_be_one(database: Engine) -> None:
    pages = [printed("one", WIRE, path=str(n)) for n in range(COMMON + 1)]
    settled(database, *pages[:COMMON], printed("two", WIRE))
    assert len(together(database)[0]) == COMMON + 1
    settled(database, pages[COMMON])
    assert (together(database), rows(database, PAIRS)) == ([], [])
    settled(database, printed("one", OTHER, path="0", day=2))
    assert together(database) == [{"two.example/a", *(f"one.example/{n}" for n in range(1, COMMON + 1))}]


def test_within_one_publisher_only_near_copies_are_a_pair(database: Engine) -> None:
    half = " ".join(WIRE.split()[:70])
    settled(database, printed("one", WIRE, path="a"), printed("one", half, path="b"), printed("one", f"{WIRE} More.", path="c"))
    assert together(database) == [{"one.example/a", "one.example/c"}]


def test_a_publisher_that_becomes_known_is_taken_into_account(database: Engine) -> None:
    half = " ".join(WIRE.split()[:70])
    settled(database, printed("one", WIRE), printed("one", half, path="b", publisher=False))
    assert len(together(database)) == 1
    settled(database, printed("one", half, path="b", day=2))
    assert together(database) == []


def test_of_articles_loaded_before_the_next_run_takes_care(database: Engine) -> None:
    load(database, printed("one", WIRE), printed("two", WIRE))
    schema.downgrade(database, "0009")
    schema.upgrade(database)
    assert settle_copies(database) == 2
    assert together(database) == [{"one.example/a", "two.example/a"}]


def test_what_is_interrupted_goes_on_in_the_next_run(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "AT_ONCE", 2)
    load(database, *(printed(f"site{n}", WIRE) for n in range(5)))
    answers = iter([False, False, True])
    assert settle_copies(database, lambda: next(answers)) == 4
    assert rows(database, "SELECT count(*) FROM story_queue") == [(1,)]
    assert settle_copies(database) == 1
    assert len(together(database)[0]) == 5


def test_only_what_is_new_is_compared(database: Engine) -> None:
    made = [printed("one", WIRE), printed("two", WIRE)]
    settled(database, *made)
    load_in_turn(database, *made)
    load(database, printed("one", WIRE, day=2, tags=("harbour",)))
    assert settle_copies(database) == 0


def test_the_views_tell_stories(database: Engine) -> None:
    settled(database, printed("one", WIRE), printed("two", WIRE), printed("three", OTHER))
    told = "SELECT story_id, articles, publishers, first_publisher, title FROM stories"
    assert rows(database, told) == [(1, 2, 2, "one.example", "one a")]
    assert rows(database, "SELECT key, story_id FROM article_overview ORDER BY key") == rows(database, STORIES)


@st.composite
def captures(draw: st.DrawFn) -> Article:
    """Few texts and parts of them, on pages of few sites."""
    body = draw(st.sampled_from(_BODIES))
    return printed(
        draw(st.sampled_from(("one", "one", "two", "three"))),
        body,
        path=draw(st.sampled_from(("a", "b", "c", "d"))),
        publisher=draw(st.integers(0, 5)) > 0,
        day=draw(st.integers(1, 3)),
    )


_HALVES = (" ".join(WIRE.split()[:60]), " ".join(WIRE.split()[60:]))
_BODIES = (WIRE, WIRE, f"{WIRE} More.", *_HALVES, OTHER, f"{OTHER} {_HALVES[0]}", "Too short.")


@pytest.mark.parametrize("common", [1, COMMON])
@given(found=st.lists(captures(), min_size=1, max_size=14), seed=st.integers(0, 1_000_000))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_stories_are_the_same_in_any_order_and_any_batches(
    database: Engine, common: int, found: list[Article], seed: int
) -> None:
    chance = random.Random(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copies, "COMMON", common)
        clear(database)
        settled(database, *found)
        expected = content(database)
        clear(database)
        patch.setattr(copies, "AT_ONCE", chance.randint(1, 4))
        for outcome in chance.sample(found, len(found)):
            load(database, outcome)
            if chance.random() < 0.5:
                settle_copies(database, iter([False, chance.random() < 0.5, False, False, True]).__next__)
        settle_copies(database)
        assert content(database) == expected


def clear(engine: Engine) -> None:
    with writing(engine) as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
        for queue in ("story_queue", "summary_queue"):  # the triggers have filled them
            connection.execute(metadata.tables[queue].delete())
