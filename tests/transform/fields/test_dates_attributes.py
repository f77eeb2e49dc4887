"""Dates that no text of the page spells out: in attributes, and in pieces set apart by markup."""

from __future__ import annotations

import pytest

from tests.transform.dating import find, linked, page


def day_of(html: str) -> str | None:
    published, _ = find(html)
    return published.value.day.isoformat() if published else None


@pytest.mark.parametrize(
    ("beside_headline", "day"),
    [
        ('<div class="arrow" data-date="6. Januar 2026"></div>', "2026-01-06"),
        ('<span class="ago" title="6 January 2026, 14:02">a while ago</span>', "2026-01-06"),
        ('<span data-published-at="1767704529">Tuesday</span>', "2026-01-06"),
        ('<relative-time datetime="2026-01-06T14:02:09Z">Tuesday</relative-time>', "2026-01-06"),
        ('<span data-updated-on="1767704529">Tuesday</span>', None),  # an update is no publication
        ('<div data-sale-end-date="2026-01-06">Tickets</div>', None),
        ('<a title="Talk with the crew on 6 January 2026">Talk</a>', None),  # a date among other words
        ('<div data-date="6">Tuesday</div>', None),
    ],
)
def test_an_attribute_beside_the_headline_tells_the_date_where_nothing_else_does(beside_headline: str, day: str | None) -> None:
    assert day_of(page(between=f"{beside_headline}<p>By Eva Rand</p>")) == day


def test_attributes_after_the_text_are_those_of_other_things() -> None:
    after = '<ol class="list"><li><span title="9 January 2026, 10:15">Yesterday</span> So it does</li></ol>'
    assert day_of(page(after=after)) is None


def test_what_a_page_says_openly_counts_more_than_its_attributes() -> None:
    attribute = '<div data-date="2026-01-09">Friday</div>'
    assert day_of(page(between=f"{attribute}<p>6 January 2026</p>")) == "2026-01-06"
    assert day_of(page(linked(datePublished="2026-01-06"), between=attribute)) == "2026-01-06"


@pytest.mark.parametrize(
    ("parts", "day"),
    [
        ("<span>Jan</span> <span>6</span><span>2026</span>", "2026-01-06"),
        ("<b>6</b><b>Jan</b><b>2026</b>", "2026-01-06"),
        ("<div>6</div><div>January</div><div>2026</div>", "2026-01-06"),
        ("<span>6</span><span>Jan</span>", None),  # no year
        ("<span>6</span><span>boats</span><span>2026</span>", None),
    ],
)
def test_a_date_in_pieces_is_put_together(parts: str, day: str | None) -> None:
    assert day_of(page(between=f'<div class="entry-date">{parts}</div><p>By Eva Rand</p>')) == day


def test_pieces_are_read_only_where_a_class_says_date() -> None:
    assert day_of(page(between="<div><span>Jan</span> <span>6</span><span>2026</span></div><p>By Eva Rand</p>")) is None
