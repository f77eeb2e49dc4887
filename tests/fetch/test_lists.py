"""Feeds and sitemaps: what they list."""

from __future__ import annotations

import gzip

import pytest

from etl.fetch.lists import Entry, as_page, read_feed, read_sitemap

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Gazette</title>
<item><title>Ferry &amp; bridge</title><link>/story/1</link><dc:creator>Ada Brook</dc:creator><category>Ships</category>
<category>Bridges</category>
<pubDate>Tue, 05 Mar 2024 08:30:00 +0100</pubDate><description>&lt;p&gt;A ferry.&lt;/p&gt;</description></item>
<item><title>No link</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title><link href="https://gazette.example/1"/>
<updated>2024-03-05T08:30:00Z</updated><content type="html">&lt;p&gt;Whole text.&lt;/p&gt;</content></entry></feed>"""
NEWS = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://gazette.example/1 </loc><lastmod>2024-03-06</lastmod>
<n:news><n:publication_date>2024-03-05</n:publication_date>
<n:title>One</n:title><n:keywords>Ships, Bridges</n:keywords></n:news></url><url><loc/></url></urlset>"""
INDEX = b"<sitemapindex><sitemap><loc>https://gazette.example/a.xml.gz</loc></sitemap></sitemapindex>"


def test_an_rss_feed_gives_addresses_and_what_it_says_of_them() -> None:
    hints = {
        "title": "Ferry & bridge",
        "author": "Ada Brook",
        "tags": "Ships\nBridges",
        "published": "Tue, 05 Mar 2024 08:30:00 +0100",
        "summary": "<p>A ferry.</p>",
        "site": "Gazette",
    }
    entry = Entry(url="https://gazette.example/story/1", marker=hints["published"], hints=hints, content="<p>A ferry.</p>")
    assert read_feed(RSS, "https://gazette.example/rss", "application/rss+xml") == [entry]


def test_an_atom_feed_gives_the_whole_text_and_the_time_of_change() -> None:
    (entry,) = read_feed(ATOM, "https://gazette.example/atom", "application/atom+xml")
    assert (entry.marker, entry.content) == ("2024-03-05T08:30:00Z", "<p>Whole text.</p>")


@pytest.mark.parametrize("packed", [False, True])
def test_a_news_sitemap_gives_addresses_packed_or_not(packed: bool) -> None:
    pages, further = read_sitemap(gzip.compress(NEWS) if packed else NEWS, "https://gazette.example/news.xml")
    hints = {"title": "One", "published": "2024-03-05", "tags": "Ships, Bridges"}
    assert (pages, further) == ([Entry(url="https://gazette.example/1", marker="2024-03-06", hints=hints)], [])


def test_an_index_names_further_sitemaps() -> None:
    assert read_sitemap(INDEX, "https://gazette.example/") == ([], [Entry(url="https://gazette.example/a.xml.gz")])


@pytest.mark.parametrize("body", [b"", b"<html><body>Not found</body></html>", b"\x1f\x8bbroken", b"{}"])
def test_what_is_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"is no|cannot be unpacked"):
        read_sitemap(body, "https://gazette.example/")
    with pytest.raises(ValueError, match="is no feed"):
        read_feed(body, "https://gazette.example/", "text/html")


def test_an_item_as_a_page_names_its_address_and_hides_no_markup_in_its_title() -> None:
    page = as_page(Entry(url="https://g.example/1?a=1&b=2", hints={"title": "<script>"}, content="<p>Text</p>")).decode()
    assert ("&lt;script&gt;" in page, 'href="https://g.example/1?a=1&amp;b=2"' in page, "<p>Text</p>" in page) == (True,) * 3
