"""Which of a page's dates is the story's: layouts of real sites, invented stories, and the dates that are others'."""

from __future__ import annotations

import datetime as dt
import json
import time
from dataclasses import dataclass
from typing import Any

import pytest

from etl.records import DateValue, Page
from etl.transform.document import Document, parse
from etl.transform.fields.dates import extract_dates
from etl.transform.fields.title import headline_block
from etl.transform.profiled import settle_profile
from etl.transform.profiles import Fields, Layout, Profile
from etl.transform.reading import BodyReading, Found, Story

TITLE = "Ferry returns to the strait"
TEXT = (
    "The ferry left the northern quay at six in the morning with forty people on board, three dogs and a piano for the school. "
)
BODY = f'<div class="story-body"><p>{TEXT * 2}</p><p>{TEXT * 3}</p></div>'
FETCHED = dt.datetime(2026, 2, 1, 12, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Dates:
    """What a page gives, in short."""

    published: str | None
    updated: str | None = None


def short(found: Found[DateValue] | None) -> str | None:
    """`2026-01-06T13:02:09 2026-01-06 second page`"""
    if found is None:
        return None
    value = found.value
    return f"{value.at.isoformat().removesuffix('+00:00')} {value.day} {value.precision} {value.zone_source}"


def outline(document: Document, title: str = TITLE) -> Story:
    """The story as title and body rooms would give it: the blocks of `.story-body`."""
    blocks = tuple(b for b in document.blocks if any(e.get("class") == "story-body" for e in b.element.iterancestors()))
    reading = BodyReading(paragraphs=tuple(b.text for b in blocks), blocks=blocks)
    language = document.root.get("lang") or None
    return Story(title=title, headline=headline_block(document, title), body=reading, language=language)


def find(
    html: str,
    *,
    url: str = "https://www.news.example/a/1",
    fetched_at: dt.datetime | None = FETCHED,
    profile: Profile | None = None,
) -> tuple[Found[DateValue] | None, Found[DateValue] | None]:
    document = parse(Page(source="p", url=url, content=html.encode(), media_type="text/html", fetched_at=fetched_at))
    settle_profile(document, profile)
    return extract_dates(document, outline(document))


def dates(html: str, **arguments: Any) -> Dates:
    published, updated = find(html, **arguments)
    return Dates(short(published), short(updated))


def linked(**values: Any) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE} | values
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def page(head: str = "", before: str = "", between: str = "", after: str = "", lang: str = "en") -> str:
    return (
        f'<html lang="{lang}"><head>{head}</head><body><div id="top">{before}</div>'
        f"<article><h1>{TITLE}</h1>{between}{BODY}{after}</article></body></html>"
    )


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


PRINTED = [
    pytest.param(
        page(between='<p class="meta">Posted on 3. März 2019 by Eva Rand</p>', lang="de"),
        Dates("2019-03-03T00:00:00 2019-03-03 day assumed"),
        id="between headline and text",
    ),
    pytest.param(
        page(before='<span class="date">6 January 2026, 14:02 CET</span>'),
        Dates("2026-01-06T13:02:00 2026-01-06 minute page"),
        id="over the headline",
    ),
    pytest.param(
        page(after="<footer>This entry was posted on Friday, March 5th, 2010 at 3:14 pm and is filed under Boats.</footer>"),
        Dates("2010-03-05T15:14:00 2010-03-05 minute assumed"),
        id="after the text",
    ),
    pytest.param(
        page(between="<div>Published: January 5, 2026 10:00<br>Updated: January 6, 2026 11:30</div>"),
        Dates("2026-01-05T10:00:00 2026-01-05 minute assumed", "2026-01-06T11:30:00 2026-01-06 minute assumed"),
        id="labels tell the two apart",
    ),
    pytest.param(
        page(between="<div><p>Updated</p><p>6 Jan 2026 11:30</p><p>Published</p><p>5 Jan 2026 10:00</p></div>"),
        Dates("2026-01-05T10:00:00 2026-01-05 minute assumed", "2026-01-06T11:30:00 2026-01-06 minute assumed"),
        id="labels in elements of their own",
    ),
    pytest.param(
        page(
            between="<time datetime='2026-01-05T10:00Z'>5 Jan</time> "
            "<span>Last updated <time datetime='2026-01-06T11:30Z'>6 Jan</time></span>"
        ),
        Dates("2026-01-05T10:00:00 2026-01-05 minute page", "2026-01-06T11:30:00 2026-01-06 minute page"),
        id="a label before a time element",
    ),
    pytest.param(
        page(between='<time class="updated" datetime="2026-01-05T10:00:00Z">5 January 2026</time>'),
        Dates("2026-01-05T10:00:00 2026-01-05 second page"),
        id="hAtom calls every date updated",
    ),
    pytest.param(
        page(between="<p>28.01.26 | 14:07 Uhr</p>", lang="de"),
        Dates("2026-01-28T14:07:00 2026-01-28 minute assumed"),
        id="two digits of a year, by the time of capture",
    ),
    pytest.param(
        page(between='<p class="story-date">13/01/2026</p>', after='<ul class="related"><li>04/30/2025 Old</li></ul>'),
        Dates("2026-01-13T00:00:00 2026-01-13 day assumed"),
        id="numbers with one reading",
    ),
    pytest.param(
        page(between="<p>04/01/2026</p>", after="<p>Sailings: 25/12/2025 and 26/12/2025 there were none</p>"),
        Dates("2026-01-04T00:00:00 2026-01-04 day assumed"),
        id="the order of day and month as another date of the page shows it",
    ),
    pytest.param(
        page(between="<p class='date'>12 minutes ago</p>"),
        Dates("2026-02-01T11:48:00 2026-02-01 minute page"),
        id="counted back from the capture, where nothing else tells",
    ),
]


@pytest.mark.parametrize(("html", "expected"), PRINTED)
def test_printed_dates(html: str, expected: Dates) -> None:
    assert dates(html) == expected


OTHERS = [
    pytest.param(
        page(before="<header>Sunday, February 1, 2026</header>" + "<p>Menu</p>" * 12), id="today at the head of the page"
    ),
    pytest.param(
        page(after="<footer>© 2026 Example Media. All rights reserved. 1 January 2026</footer>" + "<p>x</p>"), id="copyright"
    ),
    pytest.param(
        page(after='<section class="comments"><p class="comment-date">9 January 2026, 10:15</p><p>So it does.</p></section>'),
        id="comments",
    ),
    pytest.param(
        page(
            after='<div class="related-articles">'
            + '<div class="card"><time datetime="2026-01-09">9 Jan 2026</time><a href="/b">More</a></div>' * 3
            + "</div>"
        ),
        id="related stories",
    ),
    pytest.param(page(before="<div>3 min read</div>"), id="how long it takes"),
    pytest.param(page(between="<p>March 2026</p>"), id="a month is no day"),
    pytest.param(page(between="<p>March 5</p>"), id="a missing year is not guessed"),
]


@pytest.mark.parametrize("html", OTHERS)
def test_dates_of_other_things_are_left_out(html: str) -> None:
    assert dates(html) == Dates(None)


@pytest.mark.parametrize("html", OTHERS)
def test_and_change_nothing_beside_a_declared_one(html: str) -> None:
    declared = '<meta property="article:published_time" content="2026-01-06T14:02:09+01:00">'
    assert dates(html.replace("<head>", f"<head>{declared}")) == Dates("2026-01-06T13:02:09 2026-01-06 second page")


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
    ("line", "day"),
    [
        ("In: Tides, vol. 371, issue 6526, pp. 260–264, 15 January 2026, DOI 10.1000/xyz", None),
        ("15 January 2026 | 4.523 readers | 12 comments", "2026-01-15"),
    ],
)
def test_a_reference_to_another_work_is_no_date_line(line: str, day: str | None) -> None:
    published, _ = find(page(after=f"<p>{line}</p>"))
    assert (published.value.day.isoformat() if published else None) == day


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


@pytest.mark.parametrize(
    ("card", "day"),
    [
        ("<article class='teaser'><h2>Other things</h2><p class='teaser-date'>6 January 2026</p></article>", None),
        ("<article class='teaser'><h2>Other things</h2></article><p class='date'>6 January 2026</p>", "2026-01-06"),
    ],
)
def test_a_date_marked_as_such_in_a_card_over_the_story_is_the_cards(card: str, day: str | None) -> None:
    between = f"{'<p>Link</p>' * 45}{card}"
    published, _ = find(page(between=between))
    assert (published.value.day.isoformat() if published else None) == day


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


def test_posts_quoted_in_the_text_and_entries_of_a_live_blog_are_not_the_storys_date() -> None:
    quoted = "<blockquote class='post'><p>So it does</p><p>Eva (@eva) January 9, 2026</p></blockquote>"
    live = "<div class='live-entry'><time class='published' datetime='2026-01-08T10:00Z'>10:00</time></div>"
    html = page(linked(datePublished="2026-01-06T14:02:09Z")).replace(
        '<div class="story-body">', f'<div class="story-body">{quoted}{live}'
    )
    published, updated = find(html)
    assert (short(published), published and published.value.text, updated) == (
        "2026-01-06T14:02:09 2026-01-06 second page",
        "2026-01-06T14:02:09Z",
        None,
    )


SHOWN = [
    ("<p class='date'>6 January, 14:02</p>", "6 January, 14:02"),
    ("<p class='date'>06.01. 15:02</p>", "06.01. 15:02"),  # local time
    ("<p class='date'>Jan. 6th</p>", "Jan. 6th"),
    ("<p>Updated January 6, 2026 9:02am EST</p>", "January 6, 2026 9:02am EST"),  # an update that is none
    ("<p class='date'>6 January, 14:47</p>", "2026-01-06T14:02:09Z"),  # another time
    ("<p class='date'>7 January</p>", "2026-01-06T14:02:09Z"),
    ("<p class='date'>Room 6.01</p>", "2026-01-06T14:02:09Z"),
]


@pytest.mark.parametrize(("line", "text"), SHOWN)
def test_the_text_is_what_the_page_shows_even_without_a_year(line: str, text: str) -> None:
    published, updated = find(page(linked(datePublished="2026-01-06T14:02:09Z"), between=line))
    assert published is not None
    assert (published.value.text, updated) == (text, None)


def test_the_address_is_a_witness_of_the_day() -> None:
    html = page(linked(datePublished="2026-01-07T02:25:54Z"))
    assert dates(html, url="https://news.example/2026/01/06/ferry") == Dates("2026-01-07T02:25:54 2026-01-06 second page")


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("2026/01/06/ferry", "2026-01-06"),
        ("2026/jan/6/ferry", "2026-01-06"),
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


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # the headline stands once more, alone, under the story: the date is the one at the story's head
        ("", f"{'<p>Link</p>' * 12}<h1>{TITLE}</h1>", "2026-01-06T00:00:00 2026-01-06 day assumed"),
        # the headline stands over the story: the date before it, in the page's head, is not the story's
        (f"<div><p>Menu</p></div>{'<p>Weather</p>' * 12}<h1>{TITLE}</h1>", "", None),
    ],
)
def test_a_headline_below_the_text_does_not_part_the_page(before: str, after: str, expected: str | None) -> None:
    html = f"<html><body><div>06.01.2026 Category: Harbours</div>{before}{BODY}{after}</body></html>"
    assert dates(html).published == expected


def test_a_page_of_a_thousand_dates_is_read_in_time() -> None:
    many = "".join(f"<p class='date'>{day} January 2026 10:{minute:02}</p>" for day in range(1, 29) for minute in range(40))
    assert dates(page(linked(datePublished="2026-01-06T14:02:09Z"), after=many)).published == (
        "2026-01-06T14:02:09 2026-01-06 second page"
    )


@pytest.mark.parametrize(
    "line", ["1 " * 250, "1.1" * 160, "a1 " * 160, "12 Jan " * 70, "(" * 500, "2026 " * 100, "am " * 160 + "1"]
)
def test_hostile_lines_are_read_in_time(line: str) -> None:
    html = page(between=f"<p class='date'>{line}</p>" * 30)
    started = time.process_time()
    dates(html)
    assert time.process_time() - started < 2
