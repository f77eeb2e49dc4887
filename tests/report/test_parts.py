"""The pure parts of the report: steps of time, words, addresses, what changed in a headline."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.report import words
from etl.report.bins import bins, unit
from etl.report.changes import Piece, changed_words
from etl.report.charts import days_chart
from etl.report.scope import Scope


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("since", "until", "step", "number", "first", "last"),
    [
        ("2024-05-09", "2024-05-09", "day", 1, "9 May 2024", "9 May 2024"),
        ("2024-04-12", "2024-05-09", "day", 28, "12 April 2024", "9 May 2024"),
        ("2024-01-03", "2024-05-09", "week", 19, "week of 1 January 2024", "week of 6 May 2024"),
        ("2022-11-30", "2024-05-09", "month", 19, "November 2022", "May 2024"),
        ("2004-03-10", "2024-05-09", "year", 21, "2004", "2024"),
    ],
)
def test_a_period_is_told_in_days_weeks_months_or_years(
    since: str, until: str, step: str, number: int, first: str, last: str
) -> None:
    found = bins(_day(since), _day(until))
    assert (unit(_day(since), _day(until)), len(found), found[0].label, found[-1].label) == (step, number, first, last)


@settings(max_examples=60, deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 20_000))
def test_the_steps_follow_one_another_and_hold_every_day(since: dt.date, days: int) -> None:
    until = since + dt.timedelta(days=days)
    found = bins(since, until)
    assert [one.end for one in found[:-1]] == [one.start for one in found[1:]]
    assert found[0].start <= since < found[0].end
    assert found[-1].start <= until < found[-1].end


@pytest.mark.parametrize(("most", "ticks"), [(1, "0 1"), (2, "0 1 2"), (3, "0 1 2 3"), (4, "0 1 2 3 4"), (20, "0 5 10 15 20")])
def test_the_axis_of_a_chart_counts_whole_articles(most: int, ticks: str) -> None:
    weeks = bins(_day("2024-01-01"), _day("2024-05-05"))
    chart = days_chart(weeks, {"gazette.example": [1] * (len(weeks) - 1) + [most]})
    for drawing in chart.drawings.values():
        labels = re.findall(r">([\d.]+)</text>", str(drawing))
        assert " ".join(labels) == ticks


@pytest.mark.parametrize(
    ("since", "until", "recent"),
    [
        ("2024-04-12", "2024-05-09", "2024-05-03"),
        ("2024-05-09", "2024-05-09", "2024-05-09"),
        ("2024-05-07", "2024-05-09", "2024-05-09"),
    ],
)
def test_the_last_quarter_of_the_days_is_held_against_the_rest(since: str, until: str, recent: str) -> None:
    assert Scope(since=_day(since), until=_day(until)).recent_since == _day(recent)


def test_a_day_begins_at_midnight_in_the_zone_of_the_reader() -> None:
    scope = Scope(since=_day("2024-05-09"), until=_day("2024-05-09"), zone=ZoneInfo("Asia/Tokyo"))
    assert [instant.isoformat() for instant in scope.instants] == ["2024-05-08T15:00:00+00:00", "2024-05-09T15:00:00+00:00"]


@pytest.mark.parametrize(
    ("share", "told"),
    [(None, ""), (0.0, "0 %"), (0.001, "< 1 %"), (0.5, "50 %"), (0.994, "99 %"), (0.999, "99 %"), (1.0, "100 %")],
)
def test_a_share_is_not_rounded_to_nothing_or_all(share: float | None, told: str) -> None:
    assert words.percent(share) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (None, ""),
        (0.2, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (7500, "2 h 5 min"),
        (200_000, "2 days"),
    ],
)
def test_a_length_of_time(seconds: float | None, told: str) -> None:
    assert words.duration(seconds) == told


@pytest.mark.parametrize(
    ("value", "one", "many", "told"),
    [(1, "article", "", "1 article"), (0, "article", "", "0 articles"), (1240, "story", "stories", "1,240 stories")],
)
def test_a_number_of_things(value: int, one: str, many: str, told: str) -> None:
    assert words.count(value, one, many) == told


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://gazette.example/a?b=c&d=<e>", True),
        ("HTTP://GAZETTE.example/", True),
        ("https://münchen.example/größe", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("https:javascript", False),
        ("https:///path", False),
        ("//gazette.example/", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("ftp://gazette.example/", False),
        ("https://[broken/", False),
        ("/local", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None, safe: bool) -> None:
    assert words.safe_url(url) == (url if safe else None)


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("Harbour closed", "Harbour opens", ["closed"], ["opens"]),
        ("Harbour opens", "Harbour opens after storm", [], [" after storm"]),
        ("One two three", "Four five three", ["One two"], ["Four five"]),
        ("港が開く", "港が閉じる", ["開く"], ["閉じる"]),
        ("Same", "Same", [], []),
    ],
)
def test_the_words_that_changed_are_marked(old: str, new: str, gone: list[str], come: list[str]) -> None:
    before, after = changed_words(old, new)
    assert ([piece.text for piece in before if piece.changed], [piece.text for piece in after if piece.changed]) == (gone, come)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_of_a_headline_are_the_headline(old: str, new: str) -> None:
    before, after = changed_words(old, new)
    assert (_text(before), _text(after)) == (old, new)


def _text(pieces: list[Piece]) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "most", "told"),
    [
        ("Harbour", 7, "Harbour"),
        ("Harbour opens", 9, "Harbour…"),
        ("two\n lines\tof it", 20, "two lines of it"),
        ("👩‍👩‍👧‍👧👩‍👩‍👧‍👧👩‍👩‍👧‍👧", 2, "👩‍👩‍👧‍👧…"),
    ],
)
def test_a_text_is_shortened_between_characters(text: str, most: int, told: str) -> None:
    assert words.short(text, most) == told
