"""A profile's XPaths on a page: the layout chosen, texts and elements found, elements taken out."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.records import Origin, Page
from etl.transform.document import Document, parse
from etl.transform.profiled import profile_elements, profile_found, profile_texts, settle_profile
from etl.transform.profiles import Fields, Layout, Profile
from etl.transform.reading import Found

HTML = """<html><head><title>Harbour</title><meta name="kind" content="story"></head><body>
<div class="old"><h1 class="head big">Harbour <b>reopens</b></h1><div class="promo">Buy now</div> loose words</div>
<ul class="tags"><li><a>Ports</a></li><li><a> </a></li><li><a>Trade</a></li></ul>
<time datetime="2024-05-01T10:00">today</time></body></html>"""


def document(html: str = HTML, captured: dt.date | None = None) -> Document:
    when = dt.datetime(captured.year, captured.month, captured.day, tzinfo=dt.UTC) if captured else None
    return parse(Page(source="page.html", content=html.encode(), media_type="text/html", fetched_at=when))


def with_fields(**fields: tuple[str, ...]) -> Profile:
    return Profile(domain="news.example", name="News", layouts=(Layout(name="only", fields=Fields(**fields)),))


def test_the_first_xpath_that_gives_text_gives_the_field() -> None:
    page = document()
    settle_profile(page, with_fields(title=("//h2", '//h1[has-class("head")]')))
    assert profile_found(page, "title") == Found("Harbour reopens", Origin.PROFILE, '//h1[has-class("head")]')


def test_text_is_what_the_page_shows() -> None:
    page = document("<div>By <a>JANE ROE</a>, <b>JO</b>HN DOE<br>6 May<p>noon</p>!</div> tail")
    settle_profile(page, with_fields(authors=("//div",)))
    found = profile_found(page, "authors")
    assert found is not None
    assert found.value == "By JANE ROE, JOHN DOE 6 May noon !"


def test_attributes_and_dates_are_text_too() -> None:
    page = document()
    settle_profile(page, with_fields(section=("//meta[@name='kind']/@content",), published=("//time",)))
    assert [found and found.value for found in (profile_found(page, "section"), profile_found(page, "published"))] == [
        "story",
        "2024-05-01T10:00",
    ]


def test_all_texts_of_a_list_are_given_and_empty_ones_left_out() -> None:
    page = document()
    settle_profile(page, with_fields(tags=('//ul[has-class("tags")]//a',)))
    found = profile_texts(page, "tags")
    assert found is not None
    assert found.value == ("Ports", "Trade")


def test_elements_are_those_of_the_first_xpath_that_finds_any() -> None:
    page = document()
    settle_profile(page, with_fields(body=("//article", '//div[has-class("old")]', "//body")))
    assert [element.get("class") for element in profile_elements(page, "body")] == ["old"]


@pytest.mark.parametrize("profile", [None, Profile(domain="news.example", name="News"), with_fields(title=("//h3",))])
def test_a_silent_profile_gives_nothing(profile: Profile | None) -> None:
    page = document()
    settle_profile(page, profile)
    assert (profile_found(page, "title"), profile_elements(page, "title")) == (None, [])


@pytest.mark.parametrize("class_", ["header", "head-big", "big-head", "ahead"])
def test_has_class_matches_whole_class_names_only(class_: str) -> None:
    page = document(f'<h1 class="{class_}">Harbour</h1>')
    assert page.select('//h1[has-class("head")]') == []


OLD = Layout(name="old", valid_until=dt.date(2020, 1, 1), fields=Fields(title=("//h1",)))
NEW = Layout(name="new", fields=Fields(title=("//h1",), tags=('//ul[has-class("tags")]//a',)))
NEWER_DESIGN = Layout(name="other", when="//main", fields=Fields(title=("//h1",)))


@pytest.mark.parametrize(
    ("layouts", "captured", "chosen"),
    [
        ((OLD, NEW), None, "new"),
        ((OLD, NEW), dt.date(2024, 5, 1), "new"),
        ((OLD, NEW), dt.date(2020, 1, 1), "old"),
        ((OLD, NEW), dt.date(2020, 1, 2), "new"),
        ((OLD, NEWER_DESIGN), dt.date(2024, 5, 1), "old"),  # the newest finds nothing on this page
        ((NEWER_DESIGN,), None, None),
    ],
)
def test_the_newest_matching_layout_wins(layouts: tuple[Layout, ...], captured: dt.date | None, chosen: str | None) -> None:
    page = document(captured=captured)
    settle_profile(page, Profile(domain="news.example", name="News", layouts=layouts))
    assert (page.layout.name if page.layout else None) == chosen


def test_what_the_layout_removes_is_gone_and_the_text_after_it_stays() -> None:
    page = document()
    assert "Buy now" in [block.text for block in page.blocks]
    layout = Layout(name="only", fields=Fields(title=("//h1",)), remove=('//div[has-class("promo")]', "//comment()", "//ul"))
    settle_profile(page, Profile(domain="news.example", name="News", layouts=(layout,)))
    assert [block.text for block in page.blocks] == ["Harbour reopens", "loose words", "today"]
