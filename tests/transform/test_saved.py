"""The marks of programs that save pages."""

from __future__ import annotations

import datetime as dt

import pytest

from etl.transform.saved import Saved, saved_mark

URL = "https://www.example.com/a/story-1"
EIGHT = dt.datetime(2024, 5, 2, 8, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<!-- saved from url=(0033)https://www.example.com/a/story-1 -->", Saved(URL, None)),
        (
            "<!--\n Page saved with SingleFile \n url: https://www.example.com/a/story-1 \n"
            " saved date: Thu May 02 2024 10:00:00 GMT+0200 (Central European Summer Time)\n-->",
            Saved(URL, EIGHT),
        ),
        ("<!-- Page saved with SingleFile url: https://www.example.com/a/story-1 -->", Saved(URL, None)),
        (
            "<!-- Mirrored from www.example.com/a/story-1 by HTTrack Website Copier/3.x [XR&CO'2014], "
            "Thu, 02 May 2024 08:00:00 GMT -->",
            Saved("http://www.example.com/a/story-1", EIGHT),
        ),
        (
            "<!-- Saved from https://www.example.com/a/story-1 at 2024-05-02T08:00:00Z using monolith v2.8.1 -->",
            Saved(URL, EIGHT),
        ),
        (
            '<meta name="savepage-url" content="https://www.example.com/a/story-1"><meta name="savepage-title" content="x">'
            '<meta name="savepage-date" content="Thu May 02 2024 10:00:00 GMT+0200 (CEST)">',
            Saved(URL, EIGHT),
        ),
        (
            "<!-- saved from url=(0040)https://www.example.com/a/read?a=1&amp;id=7 -->",
            Saved("https://www.example.com/a/read?a=1&id=7", None),
        ),
        (
            "<!-- Mirrored from www.example.com/a/story-1 by HTTrack Website Copier, sometime -->",
            Saved("http://www.example.com/a/story-1", None),
        ),
        # near misses
        ("<!-- saved from url=(0014)about:internet -->", None),
        ("<p>She saved from her wages at the quay</p>", None),
        ("", None),
    ],
)
def test_a_saving_programs_mark_gives_address_and_time(head: str, expected: Saved | None) -> None:
    assert saved_mark(head) == expected
