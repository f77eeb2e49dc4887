"""The dates that a page declares to machines, in its description, address and feed."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.records import Page
from etl.transform.document import parse
from etl.transform.fields.dates import extract_dates
from etl.transform.profiles import Profile
from tests.transform.dating import Dates, dates, find, linked, outline, page, short

DECLARED = [
    pytest.param(
        page(linked(datePublished="2026-01-06T14:02:09+01:00", dateModified="2026-01-06T18:30:00+01:00")),
        Dates("2026-01-06T13:02:09 2026-01-06 second page", "2026-01-06T17:30:00 2026-01-06 second page"),
        id="JSON-LD",
    ),
    pytest.param(
        page(linked(datePublished="2026-01-06T14:02:09+01:00", dateModified="2026-01-06T14:02:09+01:00")),
        Dates("2026-01-06T13:02:09 2026-01-06 second page"),
        id="a modification at publication is no update",
    ),
    pytest.param(
        page(linked(dateModified="2026-01-06T18:30:00+01:00")),
        Dates(None, "2026-01-06T17:30:00 2026-01-06 second page"),
        id="a modification alone is no publication",
    ),
    pytest.param(
        page('<meta property="article:modified_time" content="2026-01-06T18:30:00Z">'),
        Dates(None, "2026-01-06T18:30:00 2026-01-06 second page"),
        id="nor is it in meta tags",
    ),
    pytest.param(
        page('<meta property="article:published_time" content="2026-01-06 14:02:09 +01:00">'),
        Dates("2026-01-06T13:02:09 2026-01-06 second page"),
        id="meta",
    ),
    pytest.param(
        page('<meta name="Acme-Publication-Date" content="1767704529000">'),
        Dates("2026-01-06T13:02:09 2026-01-06 second page"),
        id="meta of a name never seen, epoch in milliseconds",
    ),
    pytest.param(
        page('<meta name="date.release" content="2026-01-06 14:02:09">'),
        Dates("2026-01-06T14:02:09 2026-01-06 second assumed"),
        id="meta: a date of release or availability",
    ),
    pytest.param(
        page('<meta name="app-release" content="2026-01-06"><meta name="isodatetime" content="2026-02-01T12:00:00Z">'),
        Dates(None),
        id="meta: a program's release and the page's clock are other dates",
    ),
    pytest.param(
        page(
            '<meta name="article:expiration_time" content="2026-01-20"><meta property="article:publisher" content="20260113">'
            '<meta name="event-start-date" content="2026-01-30"><meta name="date" content="2026-01-06">'
        ),
        Dates("2026-01-06T00:00:00 2026-01-06 day assumed"),
        id="meta of expiry, events and publishers' numbers are other dates",
    ),
    pytest.param(
        page(
            between='<div itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="datePublished" '
            'content="2026-01-06T14:02+01:00"></div><ol><li itemscope itemtype="https://schema.org/Comment">'
            '<meta itemprop="datePublished" content="2026-01-09T10:00+01:00">So it does</li></ol>'
        ),
        Dates("2026-01-06T13:02:00 2026-01-06 minute page"),
        id="microdata, not the comment's",
    ),
    pytest.param(
        page(linked(datePublished="0001-01-01T00:00Z", dateCreated="2026-01-06T14:02:09+01:00")),
        Dates("2026-01-06T13:02:09 2026-01-06 second page"),
        id="the year 1 is none",
    ),
    pytest.param(page(linked(datePublished="2031-01-06T14:02:09Z")), Dates(None), id="nor is the far future"),
    pytest.param(
        page(linked(datePublished="2026-01-06T00:00:00+01:00")),
        Dates("2026-01-05T23:00:00 2026-01-06 day page"),
        id="midnight to the second is a day",
    ),
    pytest.param(
        page(
            linked(**{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2026-01-29"}]})
            + linked(datePublished="2026-01-06T14:02:09Z")
        ),
        Dates("2026-01-06T14:02:09 2026-01-06 second page"),
        id="the JSON-LD of this story, not of another",
    ),
    pytest.param(
        page(
            linked(datePublished="2026-01-20T09:00:00+01:00", dateModified="2026-01-20T09:00:00+01:00")
            + '<meta property="article:published_time" content="2026-01-06T14:02:09+01:00">'
        ),
        Dates("2026-01-06T13:02:09 2026-01-06 second page", "2026-01-20T08:00:00 2026-01-20 second page"),
        id="a publication stamped anew with each update",
    ),
    pytest.param(
        page('<script>window.__STATE__ = {"story": {"publishedAt": "2026-01-06T14:02:09Z"}}</script>'),
        Dates("2026-01-06T14:02:09 2026-01-06 second page"),
        id="the state of the page's application, where nothing else tells",
    ),
]


@pytest.mark.parametrize(("html", "expected"), DECLARED)
def test_declared_dates(html: str, expected: Dates) -> None:
    assert dates(html) == expected


@pytest.mark.parametrize(
    ("description", "day"),
    [
        ("The ferry returns (news of 6 January 2026)", "2026-01-06"),
        ("6 January 2026 – The ferry returns", "2026-01-06"),
        ("Jan 6, 2026 ... The ferry returns", "2026-01-06"),
        ("The ferry returned on 6 January 2026 after a year", None),
        ("6 January 2026 is the day on which the ferry returns", None),
        ("A ferry (built in a yard on the northern coast, in service until 6 January 2026)", None),
    ],
)
def test_a_day_set_apart_in_the_description_is_taken_where_the_page_tells_no_other(description: str, day: str | None) -> None:
    head = f'<meta name="description" content="{description}">'
    published, _ = find(page(head))
    assert (published.value.day.isoformat() if published else None) == day
    other, _ = find(page(head, between="<p>5 March 2024</p>"))
    assert other is not None
    assert other.value.day.isoformat() == "2024-03-05"


@pytest.mark.parametrize(
    ("script", "shown", "day"),
    [
        ('{"site":{"timezone":{"short":"ET","long":"America/New_York"}}}', "", "2026-01-06"),
        (r"{\"timeZone\":\"America\\/New_York\"}", "", "2026-01-06"),
        ("window.site = {time_zone: 'America/Argentina/Cordoba'}", "", "2026-01-06"),
        # a list to choose from; no zone; another setting
        ('[{"timeZone":"Europe/Berlin"},{"timeZone":"America/New_York"}]', "", "2026-01-07"),
        ('{"timezone":"America/Nowhere_Town"}', "", "2026-01-07"),
        ('{"path":"America/New_York"}', "", "2026-01-07"),
        # what the page prints stands above it
        ('{"timezone":"America/New_York"}', "<p>January 7, 2026</p>", "2026-01-07"),
    ],
)
def test_the_one_zone_that_scripts_name_gives_the_day_of_an_instant_in_utc(script: str, shown: str, day: str) -> None:
    head = f"{linked(datePublished='2026-01-07T02:25:54Z')}<script>{script}</script>"
    published, _ = find(page(head, between=shown))
    assert published is not None
    assert published.value.day.isoformat() == day


def test_the_address_is_a_witness_of_the_day() -> None:
    html = page(linked(datePublished="2026-01-07T02:25:54Z"))
    assert dates(html, url="https://news.example/2026/01/06/ferry") == Dates("2026-01-07T02:25:54 2026-01-06 second page")


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("2026/01/06/ferry", "2026-01-06"),
        ("2026/jan/6/ferry", "2026-01-06"),
        ("2026/isles_and_sea/01/06/ferry", "2026-01-06"),
        ("2026/season/1/6/ferry", None),
        ("2026/isles/1/ferry", None),
        ("2026/isles/sea/1/6/ferry", None),
        ("ferry-20260106-1.html", "2026-01-06"),
        ("news/29-10-2021", "2021-10-29"),
        ("2026/13/06/ferry", None),
        ("20261106789", None),
        ("story/2026/ferry", None),
    ],
)
def test_the_address_gives_the_day_where_nothing_else_does(address: str, day: str | None) -> None:
    published, _ = find(page(), url=f"https://news.example/{address}")
    assert (published.value.day.isoformat() if published else None, published.origin if published else "url") == (day, "url")


def test_a_profile_with_false_offset_makes_machine_times_local() -> None:
    profile = Profile(domain="news.example", name="News", time_zone="Asia/Jerusalem", date_order="MDY", false_offset=True)
    html = page(
        '<meta itemprop="datePublished" content="2019-11-20T10:43Z"><meta itemprop="dateCreated" content="0001-01-01T00:00Z">',
        between='<div class="author"><div class="article-subline-name">NOVEMBER 20, 2019 10:43</div></div>',
    )
    published, _ = find(html, profile=profile)
    assert published is not None
    assert (short(published), published.value.text) == (
        "2019-11-20T08:43:00 2019-11-20 minute publisher",
        "NOVEMBER 20, 2019 10:43",
    )


def test_a_copied_files_time_does_not_outlaw_what_two_witnesses_say() -> None:
    html = page(linked(datePublished="2026-01-06T14:02:09Z"), between="<p>6 January 2026</p>")
    old = dt.datetime(2025, 12, 1, tzinfo=dt.UTC)
    alone = page(linked(datePublished="2026-01-06T14:02:09Z"))
    assert (dates(html, fetched_at=old), dates(alone, fetched_at=old)) == (
        Dates("2026-01-06T14:02:09 2026-01-06 second page"),
        Dates(None),
    )


def test_a_feeds_dates_are_evidence() -> None:
    hints = {"published": "Tue, 06 Jan 2026 14:02:09 +0100"}
    document = parse(Page(source="p", url=None, content=page().encode(), media_type="text/html", hints=hints))
    published, _ = extract_dates(document, outline(document))
    assert (short(published), published and published.origin) == ("2026-01-06T13:02:09 2026-01-06 second page", "feed")
