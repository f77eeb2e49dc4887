"""Addresses: what is one page, and what is not."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from etl.transform.urls import key_of, unwrap, without_tracking

STORY = "example.com/news/ferry-returns-12345"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/news/ferry-returns-12345",
        "http://www.example.com/news/ferry-returns-12345/",
        "//EXAMPLE.com:443/news/ferry-returns-12345#comments",
        "https://user:secret@example.com:80//news/./ferry-returns-12345",
        "https://www.example.com/news/old/../ferry-returns-12345",
        "https://www.example.com/news/ferry-returns-12345/index.html",
        "https://www.example.com/news/ferry-returns-12345;jsessionid=AB12",
        "https://www.example.com/news/ferry-returns-12345?s=22c09551c71c1a6b64e4360a5d2f2d11",  # a visit's number
        # where a reader came from
        "https://www.example.com/news/ferry-returns-12345?utm_source=rss&utm_medium=feed&fbclid=x1",
        "https://www.example.com/news/ferry-returns-12345?ref=rss&amp;CMP=share_btn&at_medium=custom7",
        "https://www.example.com/news/ferry-returns-12345?mc_cid=9&gclid=1&",
        # AMP
        "https://amp.example.com/news/ferry-returns-12345",
        "https://www.example.com/amp/news/ferry-returns-12345",
        "https://www.example.com/news/amp/ferry-returns-12345",
        "https://www.example.com/news/ferry-returns-12345/amp/",
        "https://www.example.com/news/ferry-returns-12345.amp",
        "https://www.example.com/news/ferry-returns-12345-amp",
        "https://www.example.com/news/ferry-returns-12345?amp=1",
        "https://www.example.com/news/ferry-returns-12345?amp",
        "https://www.example.com/news/ferry-returns-12345?outputType=amp",
        "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/news/ferry-returns-12345",
        "https://www.google.com/amp/s/www.example.com/news/ferry-returns-12345",
        # mobile and archived copies
        "https://m.example.com/news/ferry-returns-12345",
        "https://mobile.example.com/news/ferry-returns-12345?m=1",
        "https://web.archive.org/web/20240501120000/https://www.example.com/news/ferry-returns-12345",
        "https://web.archive.org/web/20240501id_/http://www.example.com/news/ferry-returns-12345",
    ],
)
def test_all_these_are_one_page(url: str) -> None:
    assert key_of(url) == STORY


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.com/", "example.com"),
        ("https://www.example.com/?s=harbour", "example.com?s=harbour"),  # a search
        ("https://www.example.com/?p=3289", "example.com?p=3289"),
        ("https://example.com/read.php?lang=de&id=7", "example.com/read.php?id=7&lang=de"),
        ("https://example.com/read.php?ID=7&id=7", "example.com/read.php?ID=7&id=7"),
        ("https://example.com/read?20240501", "example.com/read?20240501"),
        ("https://news.example.com/a", "news.example.com/a"),
        ("https://example.com:8080/a", "example.com:8080/a"),
        ("https://m.com/a", "m.com/a"),
        ("https://en.m.example.org/wiki/Ferry", "en.example.org/wiki/Ferry"),
        ("https://example.com/Story", "example.com/Story"),
        ("https://example.com/story.html", "example.com/story.html"),
        ("https://example.com/story-amp.html", "example.com/story.html"),
        ("https://example.com/guitar-amps", "example.com/guitar-amps"),
        ("https://example.com/stamp", "example.com/stamp"),
        ("https://example.com/amp", "example.com"),
        ("https://example.com/a%2fb/%7Ename", "example.com/a%2Fb/~name"),
        ("https://example.com/f%C3%A4hre", "example.com/f%C3%A4hre"),
        ("https://example.com/fähre", "example.com/f%C3%A4hre"),
        ("https://example.com/fa\u0308hre", "example.com/f%C3%A4hre"),
        ("https://example.com/f%e4hre", "example.com/f%E4hre"),
        ("https://bücher.example/a", "xn--bcher-kva.example/a"),
        ("https://b%C3%BCcher.example/a", "xn--bcher-kva.example/a"),
        ("javascript:void(0)", "javascript:void(0)"),
        ("", ""),
        ("http://[::1/a", "[::1/a"),
    ],
)
def test_a_key_keeps_what_tells_one_page_from_another(url: str, expected: str) -> None:
    assert key_of(url) == expected


WILD = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ahtp:/w.m?#&=%;@[]0-A+é\u0308.\u3002 ", max_size=40),
    st.builds("https://{}/{}?{}".format, st.text(max_size=12), st.text(max_size=20), st.text(max_size=12)),
)


@given(WILD)
@example("http://www.www.example.com/amp/amp/index.html/index.html")
@example("a-amp-amp")
@settings(max_examples=120)
def test_any_text_has_a_key_and_a_key_is_its_own(url: str) -> None:
    key = key_of(url)
    assert (key_of(key), key.isascii()) == (key, True)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.com/a?utm_source=x&id=7#top", "https://www.example.com/a?id=7"),
        (" https://www.example.com/a?fbclid=1 ", "https://www.example.com/a"),
        ("https://www.example.com/a/", "https://www.example.com/a/"),
        ("https://m.example.com/a?b=%20c", "https://m.example.com/a?b=%20c"),
    ],
)
def test_an_address_is_cited_without_tracking(url: str, expected: str) -> None:
    assert without_tracking(url) == expected


def test_an_archives_address_gives_the_pages() -> None:
    assert unwrap("https://web.archive.org/web/2024/https://example.com/a?b=1") == "https://example.com/a?b=1"


@pytest.mark.parametrize("unit", ["-amp", "/amp", "/index.html", "%41", "a@", ";jsessionid=", "&a=1", "..", " ", "é"])
def test_a_long_address_takes_no_time(unit: str) -> None:
    started = time.perf_counter()
    key_of("https://www.example.com/?" + unit * 20_000)
    key_of("https://www.example.com/" + unit * 20_000)
    assert time.perf_counter() - started < 2
