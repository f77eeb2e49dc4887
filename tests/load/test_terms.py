"""Authors, tags and publishers: one row per name, the best spelling in use, none without use, in any order of loading."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import Engine

from etl.load.mapping import bounded, name_key, tag_slug
from etl.records import AuthorKind, Publisher
from tests.databases import content
from tests.factories import article, author, moment
from tests.load.loading import load, load_in_turn, rows

A, B, C = (f"https://gazette.example/{letter}" for letter in "abc")


@pytest.mark.parametrize(
    ("spellings", "best"),
    [
        (("ukraine", "Ukraine"), "Ukraine"),
        (("ukraine", "UKRAINE", "Ukraine"), "Ukraine"),
        (("ukraine", "UKRAINE"), "UKRAINE"),
        (("nato", "Nato", "NATO"), "NATO"),
        (("west bank", "West bank", "West Bank"), "West Bank"),
        (("café", "Cafe", "Café"), "Cafe"),
        (("חדשות", "חדשות"), "חדשות"),
        (("c++", "C++"), "C++"),
    ],
)
def test_the_best_spelling_of_a_tag_is_shown_whatever_came_first(
    sqlite_database: Engine, spellings: tuple[str, ...], best: str
) -> None:
    for number, order in enumerate(itertools.permutations(spellings)):
        urls = [f"{A}{number}-{index}" for index, _ in enumerate(order)]
        load_in_turn(sqlite_database, *(article(url, tags=(name,)) for url, name in zip(urls, order, strict=True)))
        assert rows(sqlite_database, "SELECT name FROM tags") == [(best,)]
        gone = (article(url, fetched_at=moment(2), body=f"{number}") for url in urls)
        load(sqlite_database, *gone)
        assert rows(sqlite_database, "SELECT name FROM tags") == []


def test_a_tag_is_one_for_all_its_spellings_and_keeps_what_each_page_printed(database: Engine) -> None:
    load(database, article(A, tags=("ukraine", "Ukraine", "war")), article(B, title="Other", tags=("UKRAINE",)))
    assert content(database)["article_tags"] == [
        ("gazette.example/a", 1, "ukraine", "ukraine"),
        ("gazette.example/a", 2, "war", "war"),
        ("gazette.example/b", 1, "ukraine", "UKRAINE"),
    ]


def test_the_next_best_spelling_takes_over_when_the_best_is_not_used_any_more(database: Engine) -> None:
    load(database, article(A, tags=("Ukraine",)), article(B, title="Other", tags=("ukraine",)))
    assert rows(database, "SELECT name FROM tags") == [("Ukraine",)]
    load(database, article(A, tags=("ukraine",), fetched_at=moment(2)))
    assert rows(database, "SELECT name FROM tags") == [("ukraine",)]


def test_an_author_is_one_whatever_the_accents_and_capitals(database: Engine) -> None:
    load(
        database,
        article(A, authors=(author("Jose Diaz"),)),
        article(B, title="Other", authors=(author("José Díaz"), author("JOSE DIAZ"))),
    )
    assert content(database)["authors"] == [("José Díaz", "person", "jose diaz")]
    assert content(database)["article_authors"] == [
        ("gazette.example/a", 1, "jose diaz", "JOSE DIAZ", "Jose Diaz", "person"),
        ("gazette.example/b", 1, "jose diaz", "JOSÉ DÍAZ", "José Díaz", "person"),
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(range(2))))
def test_the_kind_of_an_author_does_not_depend_on_the_order(database: Engine, order: tuple[int, ...]) -> None:
    stories = (
        article(A, authors=(author("Wire", kind=AuthorKind.ORGANIZATION),)),
        article(B, title="Other", authors=(author("Wire", kind=AuthorKind.PERSON),)),
    )
    load_in_turn(database, *(stories[index] for index in order))
    assert content(database)["authors"] == [("Wire", "organization", "wire")]


def test_an_author_whom_no_article_credits_any_more_goes(database: Engine) -> None:
    load(database, article(A, authors=(author("Ada Brook"), author("Site Name"))), article(B, title="Other", authors=(author(),)))
    load(database, article(A, authors=(author("Ada Brook"),), fetched_at=moment(2)))
    assert rows(database, "SELECT name FROM authors") == [("Ada Brook",)]


@pytest.mark.parametrize("names", list(itertools.permutations((None, "The Gazette | News", "The Gazette", "Das Gazette"))))
def test_a_publisher_has_the_shortest_name_that_its_pages_print(sqlite_database: Engine, names: tuple[str | None, ...]) -> None:
    pages = (article(f"{A}{index}", publisher=Publisher(domain="gazette.example", name=name)) for index, name in enumerate(names))
    load_in_turn(sqlite_database, *pages)
    assert rows(sqlite_database, "SELECT domain, name FROM publishers") == [("gazette.example", "Das Gazette")]


@pytest.mark.parametrize("zones", list(itertools.permutations((None, "Europe/Paris", "Europe/Brussels"))))
def test_the_zone_that_pages_tell_does_not_depend_on_their_order(sqlite_database: Engine, zones: tuple[str | None, ...]) -> None:
    pages = (
        article(f"{A}{index}", publisher=Publisher(domain="gazette.example", time_zone=zone)) for index, zone in enumerate(zones)
    )
    load_in_turn(sqlite_database, *pages)
    assert rows(sqlite_database, "SELECT time_zone FROM publishers") == [("Europe/Brussels",)]


def test_a_changed_profile_is_taken_over(database: Engine) -> None:
    before = Publisher(domain="gazette.example", name="Gazette", time_zone="Europe/Paris", from_profile=True)
    after = Publisher(domain="gazette.example", name="The Gazette", time_zone="Europe/London", language="en", from_profile=True)
    load_in_turn(database, article(A, publisher=before), article(B, publisher=after))
    assert content(database)["publishers"] == [("gazette.example", "The Gazette", "Europe/London", "en")]


def test_an_article_without_publisher_has_none(database: Engine) -> None:
    load(database, article(A, publisher=None))
    assert rows(database, "SELECT publisher_id FROM articles") == [(None,)]


def test_names_of_nothing_but_signs_are_known_by_themselves() -> None:
    assert [tag_slug("🔥"), tag_slug("🎉"), name_key("???"), tag_slug("Ukraine!")] == ["🔥", "🎉", "???", "ukraine"]


def test_a_name_too_long_for_an_index_is_cut_and_stays_distinct() -> None:
    one, two = bounded("x" * 500 + "1"), bounded("x" * 500 + "2")
    assert (len(one), len(two), one == two, one[:150]) == (200, 200, False, "x" * 150)
    assert bounded("short") == "short"
