"""Shapes of addresses: stories beside lists, persons and services."""

from __future__ import annotations

import pytest

from etl.transform.fields.related.addresses import Addresses, Shape, shape_of

STORIES = [
    "/politics/2024/05/02/harbour-vote-ends-in-a-tie",
    "/news/harbour-vote-tie-100001.html",
    "/stories/2019/nov/19/harbour-vote/",
    "/harbour-vote-ends-in-a-tie/",
    "/articles/20250114/k00/00m/030/335000c",
    "/autoren/jane-roe/harbour-vote-ends-in-a-tie",
    "/news/royal/1924348/harbour-vote-tie",
    "/artikel/harbour-vote,3412508.html",
    "/story/harbour-vote-ends/100001",
    "/news/4711/harbour-vote-ends-in-a-tie/ar",
]
OTHERS = [
    "/",
    "/politics",
    "/politics/local-news",
    "/tag/harbour-vote",
    "/authors/jane-roe",
    "/by/jane-roe",
    "/category/sea/harbours-and-old-piers",
    "/news/category/65/harbours-and-piers",
    "/login",
    "/account/harbour-vote-ends-in-a-tie",
    "/files/harbour-vote-ends-in-a-tie.pdf",
    "/sign-up-for-our-harbour-newsletter",
]


@pytest.mark.parametrize("path", STORIES)
def test_a_story_is_known_by_its_address(path: str) -> None:
    assert shape_of(path) is Shape.STRONG


@pytest.mark.parametrize("path", OTHERS)
def test_lists_persons_and_services_are_no_stories(path: str) -> None:
    assert shape_of(path) is Shape.NONE


@pytest.mark.parametrize(("path", "query"), [("/news.php", "id=12345"), ("/", "p=4321"), ("/pier/harbour-vote-tie", "")])
def test_a_number_or_a_short_name_can_be_a_story(path: str, query: str) -> None:
    assert shape_of(path, query) is Shape.WEAK


@pytest.mark.parametrize(
    ("page", "link", "shape"),
    [
        ("/812", "/799", Shape.WEAK),
        ("/news/812.html", "/news/79.html", Shape.WEAK),
        ("/news/812.html", "/sea/79.html", Shape.NONE),
        ("/news/812.html", "https://other.example/news/79.html", Shape.NONE),
        ("/page/8110", "/page/799", Shape.WEAK),
        ("/page/8110", "/page/81100", Shape.WEAK),
        ("/page/8110", "/page/3", Shape.NONE),  # terms of use, imprint
        ("/8110/page/12", "/8110/page/1234", Shape.NONE),
        ("/harbour", "/pier", Shape.NONE),  # without a number anything would be
    ],
)
def test_what_differs_from_the_pages_address_by_a_number_is_of_its_kind(page: str, link: str, shape: Shape) -> None:
    address = Addresses(f"https://herald.example{page}").judge(link)
    assert address is not None
    assert address.shape is shape


@pytest.mark.parametrize(
    ("href", "same"),
    [
        ("/news/x", True),
        ("https://herald.example/news/x", True),
        ("//m.herald.example/news/x", True),
        ("https://sport.herald.example/news/x", True),
        ("https://other.example/news/x", False),
        ("https://herald.example.org.evil.example/x", False),
    ],
)
def test_a_site_is_known_whatever_its_subdomain(href: str, same: bool) -> None:
    address = Addresses("https://www.herald.example/politics/story").judge(href)
    assert address is not None
    assert address.same_site is same


@pytest.mark.parametrize("href", ["", "#top", "javascript:void(0)", "mailto:jane@herald.example", "story-without-slash"])
def test_what_is_no_web_address_is_not_judged(href: str) -> None:
    assert Addresses("https://www.herald.example/").judge(href) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/video?clipId=4711", "/video?clipId=4712", False),
        ("/video?clipId=4711&utm_source=a", "/video?clipId=4711&utm_source=b", True),
        ("/news/harbour-vote?ref=picture", "/news/harbour-vote?ref=title", True),
        ("/news/harbour-vote?gclid=4711", "/news/harbour-vote?gclid=4712", True),
        ("/news/harbour-vote/", "https://herald.example/news/harbour-vote#comments", True),
    ],
)
def test_a_story_is_told_from_another_by_what_names_it(one: str, other: str, same: bool) -> None:
    addresses = Addresses("https://www.herald.example/politics/story")
    first, second = addresses.judge(one), addresses.judge(other)
    assert first is not None
    assert second is not None
    assert (first.place == second.place) is same
