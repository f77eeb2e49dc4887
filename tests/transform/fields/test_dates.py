"""The day of a story, weighed from all that a page declares and shows."""

from __future__ import annotations

import pytest

from etl.transform.profiles import Fields, Layout, Profile
from tests.transform.dating import Dates, dates, find, linked, page, short

WEIGHED = [
    pytest.param(
        page(linked(datePublished="2026-01-07T02:25:54Z"), between="<p>January 6, 2026 | 9:25pm</p>"),
        ("2026-01-07T02:25:54 2026-01-06 second page", "January 6, 2026 | 9:25pm", "shown at UTC-05:00"),
        id="a clock that differs by whole hours gives the page's offset and the day",
    ),
    pytest.param(
        page(linked(datePublished="2026-01-07T02:25:54Z"), between="<p>January 6, 2026</p>"),
        ("2026-01-07T02:25:54 2026-01-06 second page", "January 6, 2026", "printed at p"),
        id="the printed day is the publisher's",
    ),
    pytest.param(
        page(linked(datePublished="2026-01-06"), between="<p>6 January 2026, 14:02</p>"),
        ("2026-01-06T14:02:00 2026-01-06 minute assumed", "6 January 2026, 14:02", "time of p"),
        id="the printed time completes a declared day",
    ),
    pytest.param(
        page(linked(datePublished="2026-01-06T00:00:00Z"), between="<p>6 January 2026, 14:02 GMT</p>"),
        ("2026-01-06T14:02:00 2026-01-06 minute page", "6 January 2026, 14:02 GMT", "time of p"),
        id="and a declared midnight",
    ),
    pytest.param(
        page(linked(datePublished="2026-01-06T14:02:00Z"), between="<p>6 January 2026 14:02 EST</p>"),
        ("2026-01-06T19:02:00 2026-01-06 second page", "6 January 2026 14:02 EST", ""),
        id="a Z behind local time, as the printed zone shows",
    ),
    pytest.param(
        page(
            linked(datePublished="2026-01-06T15:02:39Z")
            + '<meta property="article:published_time" content="2026-01-06T19:02:39">',
            between="<p>Published January 6, 2026 at 11:02 AM PST</p>",
        ),
        ("2026-01-06T19:02:00 2026-01-06 minute page", "January 6, 2026 at 11:02 AM PST", "time of p"),
        id="a wrong Z, as the printed zone and a clock in UTC agree",
    ),
    pytest.param(
        page(
            linked(datePublished="2026-01-06T12:00:00+02:00")
            + '<meta property="article:published_time" content="2026-01-06T10:00:00+02:00">',
            between="<p>Published 6 January 2026, 10:00</p>",
        ),
        ("2026-01-06T08:00:00 2026-01-06 second page", "6 January 2026, 10:00", "printed at p"),
        id="a clock that another date tells with its zone is no clock in UTC",
    ),
    pytest.param(
        page(linked(datePublished="2026-01-06T19:02:39Z"), between="<p>Published January 6, 2026 at 11:02 AM</p>"),
        ("2026-01-06T19:02:39 2026-01-06 second page", "January 6, 2026 at 11:02 AM", "shown at UTC-08:00"),
        id="a right Z beside a clock without a zone",
    ),
    pytest.param(
        page(linked(datePublished="2026-01-06T14:02:00"), between="<time datetime='2026-01-06T14:02:00+01:00'>today</time>"),
        ("2026-01-06T13:02:00 2026-01-06 second page", "2026-01-06T14:02:00", "time of time[1]"),
        id="the offset comes from the source that has it",
    ),
    pytest.param(
        page(
            between="<p>Published 6 Jan 2026 14:02, updated 6 Jan 2026 18:30</p>",
            head=linked(dateModified="2026-01-06T23:30:00Z"),
        ),
        ("2026-01-06T19:02:00 2026-01-06 minute page", "6 Jan 2026 14:02", "UTC-05:00 as of the other date"),
        id="or from the update's",
    ),
    pytest.param(
        page(linked(datePublished="2026-01-06T14:02:09Z"), between="<p>20 December 2025</p>"),
        ("2026-01-06T14:02:09 2026-01-06 second page", "2026-01-06T14:02:09Z", ""),
        id="a lone line without label does not outweigh the declared one",
    ),
]


@pytest.mark.parametrize(("html", "expected"), WEIGHED)
def test_sources_are_weighed_and_joined(html: str, expected: tuple[str, str, str]) -> None:
    published, _ = find(html)
    assert published is not None
    value, text, detail = expected
    assert (short(published), published.value.text, detail in published.detail) == (value, text, True)


def test_an_unlabelled_line_that_is_the_declared_update_to_the_minute_is_the_update() -> None:
    html = page(
        linked(datePublished="2026-01-06T06:37:00Z", dateModified="2026-01-06T11:42:00Z"), between="<p>6 January 2026 11:42</p>"
    )
    published, updated = find(html)
    assert (published and published.value.text, updated and updated.value.text) == (
        "2026-01-06T06:37:00Z",
        "6 January 2026 11:42",
    )


CHANGED_LATER = linked(datePublished="2024-03-05T08:00:00+01:00", dateModified="2026-01-06T14:02:00+01:00")
AT_FIRST, ANEW = "2024-03-05T07:00:00 2024-03-05 second page", "2026-01-06T13:02:00 2026-01-06 second page"
DATED_ANEW = [
    pytest.param(page(CHANGED_LATER, between="<p>6 January 2026</p>"), Dates(ANEW), id="the one day that readers see"),
    pytest.param(
        page(CHANGED_LATER, between="<p class='publish-date'>6 January 2026</p>"),
        Dates(ANEW),
        id="above all one called publication",
    ),
    pytest.param(
        page(CHANGED_LATER, between="<p class='rs'>2024-03-05T08:00:00+01:00</p><p>6 January 2026</p>"),
        Dates(ANEW),
        id="what is written for machines no reader sees",
    ),
    pytest.param(page(CHANGED_LATER, between="<p>Updated: 6 January 2026</p>"), Dates(AT_FIRST, ANEW), id="called an update"),
    pytest.param(
        page(CHANGED_LATER, between="<p><time class='updated-at' datetime='2026-01-06'>6 January 2026</time></p>"),
        Dates(AT_FIRST, ANEW),
        id="called an update by its markup",
    ),
    pytest.param(
        page(CHANGED_LATER, between="<p>5 March 2024</p><p>6 January 2026</p>"), Dates(AT_FIRST, ANEW), id="both are shown"
    ),
    pytest.param(page(CHANGED_LATER), Dates(AT_FIRST, ANEW), id="neither is shown"),
    pytest.param(
        page(CHANGED_LATER, after="<p>This and that</p><p>Printed 6 January 2026</p>"),
        Dates(AT_FIRST, ANEW),
        id="not at the head",
    ),
    pytest.param(
        page(CHANGED_LATER + '<meta name="date" content="2024-03-05">', between="<p>6 January 2026</p>"),
        Dates(AT_FIRST, ANEW),
        id="the page's date is the first",
    ),
    pytest.param(
        page(
            linked(datePublished="2026-01-06T06:00:00Z", dateModified="2026-01-06T11:42:00Z"),
            between="<p>6 January 2026 11:42</p>",
        ),
        Dates("2026-01-06T06:00:00 2026-01-06 second page", "2026-01-06T11:42:00 2026-01-06 second page"),
        id="on the same day it is an update",
    ),
]


@pytest.mark.parametrize(("html", "expected"), DATED_ANEW)
def test_a_page_that_shows_no_day_but_a_later_updates_is_dated_anew(html: str, expected: Dates) -> None:
    assert dates(html) == expected


def test_the_first_publication_stands_where_the_address_tells_its_day() -> None:
    html = page(CHANGED_LATER, between="<p>6 January 2026</p>")
    assert dates(html, url="https://www.news.example/2024/03/05/ferry") == Dates(AT_FIRST, ANEW)
    assert dates(html, url="https://www.news.example/2026/01/06/ferry") == Dates(ANEW)


def test_an_earlier_day_called_an_update_is_neither_one_nor_the_publication_as_printed() -> None:
    html = page(between="<p>Updated 14 August 1935</p>")
    published, updated = find(html, url="https://www.news.example/2026/01/06/ferry")
    assert published is not None
    assert (published.value.text, updated) == ("2026/01/06", None)


def test_of_two_instants_the_one_that_most_sources_give_is_taken() -> None:
    # a theme puts +00:00 behind local time, JSON-LD and meta tags know better
    html = page(
        linked(datePublished="2026-01-06T13:02:09+00:00")
        + '<meta property="article:published_time" content="2026-01-06T13:02:09+00:00">',
        between='<meta itemprop="datePublished" content="2026-01-06T14:02:09+00:00"><p>6 January 2026, 14:02</p>',
    )
    published, _ = find(html)
    assert (short(published), published and published.value.text) == (
        "2026-01-06T13:02:09 2026-01-06 second page",
        "6 January 2026, 14:02",
    )


def test_the_profiles_xpath_goes_before_all_other_evidence() -> None:
    fields = Fields(published=("//p[@id='d']",), updated=("//p[@id='u']",))
    profile = Profile(domain="news.example", name="News", time_zone="Europe/Berlin", layouts=(Layout(name="now", fields=fields),))
    html = page(
        linked(datePublished="2026-01-09T09:00:00+01:00"),
        between="<p id='d'>Published: 5 January 2026 10:00</p><p id='u'>Updated: 6 January 2026 11:30</p>",
    )
    published, updated = find(html, profile=profile)
    assert (short(published), short(updated), published and published.origin) == (
        "2026-01-05T09:00:00 2026-01-05 minute publisher",
        "2026-01-06T10:30:00 2026-01-06 minute publisher",
        "profile",
    )
