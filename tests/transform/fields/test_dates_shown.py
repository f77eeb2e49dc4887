"""The dates that a page shows its readers: lines, labels, and dates of other things beside them."""

from __future__ import annotations

import time

import pytest

from tests.transform.dating import BODY, TITLE, Dates, dates, find, linked, page, short

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
        page(
            between="<div>Category: Ferries<br>Article Date: 6 Jan 2026 - 0:00 PST</div>",
            after="<p>Ramps of the North, published online 5 January 2026.</p>",
        ),
        Dates("2026-01-06T08:00:00 2026-01-06 minute page"),
        id="an article's date before a source's, among other lines",
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
        page(
            linked(datePublished="2026-01-05T10:00:00+01:00", dateModified="2026-01-06T11:30:00+01:00"),
            between="<div><a href='/roe'>Jane Roe</a><span>Updated: Jan 6, 2026, 11:30</span></div>",
        ),
        Dates("2026-01-05T09:00:00 2026-01-05 second page", "2026-01-06T10:30:00 2026-01-06 second page"),
        id="a label that touches the name before it",
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


@pytest.mark.parametrize(
    ("after", "day"),
    [
        ("<p class='when'>6 January 2026</p>", "2026-01-06"),
        ("<p class='when'>6 January 2026</p><p class='share'>Share</p><p class='when'>7 January 2026</p>", None),
        ("<ul><li class='event'>6 January 2026 Open day</li><li class='event'>9 January 2026 Regatta</li></ul>", None),
        ("<p class='when'>Published 6 January 2026</p><p class='when'>Updated 7 January 2026</p>", "2026-01-06"),
        ("<p>6 January 2026 | Boats, Harbour | Eva Rand</p>", "2026-01-06"),
        ("<p>The tunnel is closed until 6 January 2026, and the night train stops short of it</p>", None),
    ],
)
def test_after_the_text_a_date_line_stands_alone(after: str, day: str | None) -> None:
    published, _ = find(page(after=after))
    assert (published.value.day.isoformat() if published else None) == day


@pytest.mark.parametrize(
    ("html", "day"),
    [
        (page(after="<p>— Harbour Office (@harbour) January 9, 2026</p>"), None),
        (page(after="<blockquote><p>January 9, 2026</p></blockquote>"), None),
        (page(between="<p>Eva Rand (@evarand) January 6, 2026</p>"), "2026-01-06"),  # the by-line
    ],
)
def test_the_date_of_a_post_quoted_is_not_the_storys(html: str, day: str | None) -> None:
    published, _ = find(html)
    assert (published.value.day.isoformat() if published else None) == day


@pytest.mark.parametrize(
    ("before", "day"),
    [
        ('<nav class="breadcrumb"><a href="/">Home</a> • Boats • 6 January 2026</nav>', "2026-01-06"),
        ('<nav><p>6 January 2026</p></nav><nav class="menu"><p>News</p><p>Boats</p><p>People</p></nav>', None),
    ],
)
def test_a_breadcrumb_right_over_the_headline_can_hold_the_date_a_menu_farther_up_holds_todays(
    before: str, day: str | None
) -> None:
    published, _ = find(page(before=before))
    assert (published.value.day.isoformat() if published else None) == day


@pytest.mark.parametrize("printed", ["6 Jan ’26", "06.Jan.26", "6 January '26"])
def test_two_digits_of_a_year_after_a_months_name(printed: str) -> None:
    published, _ = find(page(between=f"<p>Posted {printed} in Boats</p>"))
    assert published is not None
    assert (published.value.day.isoformat(), published.value.text) == ("2026-01-06", printed)


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
