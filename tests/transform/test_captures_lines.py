"""The lines of a capture: what the capturing put in is taken off, what the page printed stays."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.transform.captures.lines import read_lines


def texts(capture: str) -> list[str]:
    return [line.text for line in read_lines(capture).lines]


@pytest.mark.parametrize(
    ("text", "captured", "first"),
    [
        (" date 2021-12-01 The Gazette News", dt.date(2021, 12, 1), "The Gazette News"),
        ("date 2021-12-01\nHarbour reopens", dt.date(2021, 12, 1), "Harbour reopens"),
        (" date 2021-13-01 The Gazette", None, "date 2021-13-01 The Gazette"),  # no such month
        (" date 2021-12-011 The Gazette", None, "date 2021-12-011 The Gazette"),
        ("update 2021-12-01 The Gazette", None, "update 2021-12-01 The Gazette"),
        ("Harbour reopens\n date 2021-12-01", None, "Harbour reopens"),  # not before the page's text
        ("Date: 2021-12-01", None, "Date: 2021-12-01"),
    ],
)
def test_the_day_before_the_first_line_is_taken_off(text: str, captured: dt.date | None, first: str) -> None:
    capture = read_lines(text)
    assert (capture.captured, capture.lines[0].text) == (captured, first)


@pytest.mark.parametrize(
    ("printed", "text", "bullet"),
    [
        ("  * Contact us", "Contact us", True),
        ("• Contact us", "Contact us", True),
        ("   - Contact us", "Contact us", True),
        ("- Oui, dit-elle.", "- Oui, dit-elle.", False),  # direct speech
        ("– Ja, sagt er.", "– Ja, sagt er.", False),
        ("*Harbour*", "*Harbour*", False),
        ("  *", "*", False),
    ],
)
def test_bullets_are_taken_off_and_dashes_of_speech_are_not(printed: str, text: str, bullet: bool) -> None:
    line = read_lines(printed).lines[0]
    assert (line.text, line.bullet) == (text, bullet)


def test_an_address_in_brackets_belongs_to_the_link_before_it() -> None:
    line = read_lines("Harbour reopens <https://gazette.example/harbour> after storm").lines[0]
    assert (line.text, line.url) == ("Harbour reopens after storm", "https://gazette.example/harbour")


def test_empty_lines_are_gaps() -> None:
    assert [(line.text, line.gap) for line in read_lines("a\nb\r\n\r\n \nc\u2028d").lines] == [
        ("a", True),
        ("b", False),
        ("c", True),
        ("d", False),
    ]


def test_lines_know_their_place_in_the_file() -> None:
    lines = read_lines(" date 2024-05-06 News\n\nHarbour reopens\nBy Jane Roe").lines
    assert [(line.row, line.text) for line in lines] == [(1, "News"), (3, "Harbour reopens"), (4, "By Jane Roe")]


WRAPPED = """Harbour reopens after the storm

The harbour of Sandvik opened again on Monday, nine days after the storm
that tore two cranes from their rails and sank the pilot boat. Ships had
waited in the roads since Thursday, and the first of them, a freighter
with wood pulp, came in at six in the morning on the tide.

The mayor thanked the divers. She said that the quay would need another
month of work, and that the town would pay for it out of the reserve it
had put by after the last great storm, eleven years ago.
"""


def test_paragraphs_broken_at_a_column_are_put_together() -> None:
    title, first, second = texts(WRAPPED)
    assert (title, first[-31:], second[:25]) == (
        "Harbour reopens after the storm",
        "six in the morning on the tide.",
        "The mayor thanked the div",
    )


def test_lines_that_were_not_broken_at_a_column_stay_apart() -> None:
    menu = "News\nSport\nWeather and traffic\nA longer entry of the menu that nearly fills the column of text\nCulture\nTravel"
    assert texts(menu) == menu.split("\n")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_clean_numbered_lines(text: str) -> None:
    lines = read_lines(text).lines
    assert [line.number for line in lines] == list(range(len(lines)))
    assert all(line.text == " ".join(line.text.split()) != "" for line in lines)
