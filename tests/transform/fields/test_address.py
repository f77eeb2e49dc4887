"""The page's address among what source, page and saving programs say; the publisher behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from etl.records import DateValue, Origin, Precision, Publisher, ZoneSource
from etl.transform.document import Document
from etl.transform.fields.address import adoption_key, extract_address, extract_publisher, extract_saved_at
from etl.transform.reading import Found

MakeDocument = Callable[..., Document]

SOURCE = "https://www.example.com/news/ferry-returns-12345"


def linked(content: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {content}}}</script>'


def head(canonical: str = "", og_url: str = "", title: str = "", more: str = "") -> str:
    tags = [
        f'<link rel="canonical" href="{canonical}">' if canonical else "",
        f'<meta property="og:url" content="{og_url}">' if og_url else "",
        f'<meta property="og:title" content="{title}">' if title else "",
    ]
    return f"<html><head>{''.join(tags)}{more}</head><body><p>Text</p></body></html>"


@pytest.mark.parametrize(
    ("source", "html", "expected"),
    [
        # the same story under another spelling
        (f"{SOURCE}?utm_source=rss", head(), SOURCE),
        ("https://amp.example.com/news/ferry-returns-12345?amp=1", head(SOURCE), SOURCE),
        (
            "https://example.com/?p=77",
            head("https://example.com/2024/ferry", "https://example.com/2024/ferry"),
            "https://example.com/2024/ferry",
        ),
        (
            "https://example.com/a/old-name-12345",
            head("https://example.com/a/new-name-12345"),
            "https://example.com/a/new-name-12345",
        ),
        (
            f"{SOURCE}/page/2",
            head("/news/the-ferry-returns-at-last", title="The ferry returns at last"),
            "https://www.example.com/news/the-ferry-returns-at-last",
        ),
        (
            "https://www.example.com/read?id=7&channel=9",
            head("https://www.example.com/read?id=7"),
            "https://www.example.com/read?id=7",
        ),
        (SOURCE, head("www.example.com/news/ferry-returns-12345"), SOURCE),
        (SOURCE.replace("https", "http"), head("www.example.com/news/ferry-returns-12345"), SOURCE.replace("https", "http")),
        (None, head("www.example.com/news/ferry-returns-12345"), SOURCE.replace("https", "http")),
        # false friends
        (SOURCE, head("https://www.example.com/"), SOURCE),
        (SOURCE, head("https://www.example.com/news/"), SOURCE),
        (SOURCE, head("https://syndicate.example/news/ferry-returns-12345"), SOURCE),
        (SOURCE, head("http://localhost:8080/news/ferry-returns-12345"), SOURCE),
        (SOURCE, head("https://.news.example/"), SOURCE),
        (None, head("https://.news.example/"), None),
        (SOURCE, head("https://www.example.com/news/another-story"), SOURCE),
        (SOURCE, head("http://[broken"), SOURCE),
        # what only leads to the page
        ("https://web.archive.org/web/20240501000000/" + SOURCE, head(), SOURCE),
        ("https://news.google.com/rss/articles/CBMi", head(SOURCE), SOURCE),
        # no source
        (None, head(SOURCE), SOURCE),
        (None, head("/news/ferry", "https://www.example.com/news/ferry"), "https://www.example.com/news/ferry"),
        (None, head("https://www.example.com", SOURCE), SOURCE),
        (None, head("file:///home/me/ferry.html", SOURCE), SOURCE),
        (None, head("http://192.168.0.7/ferry", SOURCE), SOURCE),
        (
            None,
            head(more=linked(f'"mainEntityOfPage": {{"@id": "{SOURCE}#a"}}')),
            SOURCE,
        ),
        (None, f"<!-- saved from url=(0048){SOURCE} --><p>Text</p>", SOURCE),
        (None, head(), None),
    ],
)
def test_the_address_is_the_storys_own(make_document: MakeDocument, source: str | None, html: str, expected: str | None) -> None:
    found = extract_address(make_document(html, url=source))
    assert (found.value if found else None) == expected


def test_the_folder_of_a_mirror_is_the_last_resort(make_document: MakeDocument) -> None:
    document = make_document("<p>Text</p>", url=None, hints={"mirror_url": "http://www.example.com/a.html"})
    assert extract_address(document) == Found("http://www.example.com/a.html", Origin.URL, "folder of the mirror")


def test_relative_links_start_from_where_the_page_was_served(make_document: MakeDocument) -> None:
    document = make_document(head(SOURCE), url="https://m.example.com/mobile/story-12345/")
    document.url = SOURCE
    assert document.absolute("photo.jpg") == "https://m.example.com/mobile/story-12345/photo.jpg"


def test_a_saving_program_tells_when(make_document: MakeDocument) -> None:
    mark = f"<!-- Saved from {SOURCE} at 2024-05-02T08:00:00Z using monolith v2 --><p>Text</p>"
    assert [extract_saved_at(make_document(html)) for html in (mark, "<p>Text</p>")] == [
        dt.datetime(2024, 5, 2, 8, tzinfo=dt.UTC),
        None,
    ]


def test_a_page_without_address_has_no_publisher(make_document: MakeDocument) -> None:
    assert extract_publisher(make_document(head(), url=None)) is None


def test_the_key_without_address_is_made_of_publisher_day_and_title() -> None:
    at = dt.datetime(2024, 5, 2, tzinfo=dt.UTC)
    day = DateValue(at=at, day=at.date(), precision=Precision.DAY, text="2 May", zone_source=ZoneSource.ASSUMED)
    assert [adoption_key(Publisher(domain="example.com"), day, "The ferry: back!"), adoption_key(None, None, "Å")] == [
        "example.com/2024-05-02/the-ferry-back",
        "unknown/undated/a",
    ]
