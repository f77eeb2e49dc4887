"""The publisher behind a page: its domain, and the name among those that the page declares and its title ends with."""

from __future__ import annotations

import pytest

from etl.records import Publisher
from etl.transform.fields.address import extract_publisher
from tests.transform.conftest import MakeDocument

GAZETTE = "https://www.harbour-gazette.example/a"


def name_of(make_document: MakeDocument, url: str, *declared: str, title: str = "") -> str | None:
    named = zip(("og:site_name", "application-name"), declared, strict=False)
    metas = "".join(f'<meta property="{name}" content="{text}">' for name, text in named)
    found = extract_publisher(make_document(f"<head><title>{title}</title>{metas}</head><p>Text</p>", url=url))
    return found.name if found else None


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.example.co.uk/a", "example.co.uk"),
        ("https://news.example.com/a", "example.com"),
        ("https://me.github.io/a", "me.github.io"),
        ("http://93.184.216.34/a", "93.184.216.34"),
    ],
)
def test_the_domain_is_the_registered_one(make_document: MakeDocument, url: str, domain: str) -> None:
    assert extract_publisher(make_document("<p>Text</p>", url=url)) == Publisher(domain=domain)


@pytest.mark.parametrize(
    ("url", "declared", "name"),
    [
        ("https://www.example.co.uk/a", [" The Daily Example | Example.co.uk "], "The Daily Example"),
        ("https://news.example.com/a", ["example.com"], "example.com"),
        ("https://news.example.com/a", ["www.example.com/"], "example.com"),
        # the part that the host bears out, not the slogan; no page's name, placeholder or address
        (GAZETTE, ["News of the isles | Harbour Gazette"], "Harbour Gazette"),
        (GAZETTE, ["Home - The Harbour"], "The Harbour"),
        (GAZETTE, ["Startseite"], None),
        (GAZETTE, ["{$site.name}"], None),
        (GAZETTE, ["https://www.harbour-gazette.example"], None),
        # a host is like a name's words, or like their beginnings
        ("https://dhg.example/a", ["The Daily Gazette | DHG"], "DHG"),
        ("https://hgazette.example/a", ["Hgazette.example", "The Harbour Gazette"], "The Harbour Gazette"),
        ("https://hgazette.example/a", ["Hgazette.example", "Fishing today"], "Hgazette.example"),
        # the host's name as a name is spelled stands before what it does not bear out, as in addresses behind it
        ("https://isles.example/a", ["Isles.example | Ferry-Blog"], "Isles.example"),
        ("https://ferry.example/a", ["ferry.example", "Echo of Stony Point"], "Echo of Stony Point"),
        ("https://isles.example/a", ["isles", "Isles"], "Isles"),
        # slogans, firms and agencies only where nothing else is said
        ("https://ferry.example/a", ["ferry.example - Jobs and news for sailors"], "ferry.example"),
        (GAZETTE, ["The Gazette for the isles"], "The Gazette for the isles"),
        ("https://isles.example/a", ["Echo. Home of the Isles", "The Echo"], "The Echo"),
        ("https://isles.example/a", ["St. Ives Echo", "The Post"], "St. Ives Echo"),
        ("https://ferry.example/a", ["Stony Media GmbH & Co. KG", "The Echo"], "The Echo"),
        ("https://ferry.example/a", ["Stony Media GmbH"], "Stony Media GmbH"),
        ("https://ferry.example/a", ["Associated Press", "ferry.example"], "ferry.example"),
        # a firm's word ends its name; a mark belongs to a name that the host begins with
        ("https://isles.example/a", ["The Limited Times", "Isles News Ltd"], "The Limited Times"),
        ("https://as.example/a", ["AS", "Stony Media GmbH"], "AS"),
        ("https://hello.example/a", ["Hello! Magazine", "Stony"], "Hello! Magazine"),
        (GAZETTE, ["Harbour Gazette", "word " * 2_000], "Harbour Gazette"),
    ],
)
def test_the_name_is_the_best_of_the_declared_ones(make_document: MakeDocument, url: str, declared: list[str], name: str) -> None:
    assert name_of(make_document, url, *declared) == name


@pytest.mark.parametrize(
    ("url", "title", "name"),
    [
        (GAZETTE, "Ferry runs again – Harbour Gazette", "Harbour Gazette"),
        (GAZETTE, "Ferry runs again - Transport - Harbour Gazette - Online", "Harbour Gazette"),
        ("https://isles.example/a", "Isles.example | Ferry runs again", "Isles.example"),
        ("https://rnp.example/a", "Ferry runs again: more - Rocky North Post", "Rocky North Post"),
        # nothing bears it out; a headline that names the host; the headline alone
        (GAZETTE, "Ferry runs again | The Echo", None),
        (GAZETTE, "Harbour gazette wins the prize of all the isles - Culture", None),
        (GAZETTE, "Harbour Gazette", None),
        (GAZETTE, f"{'Ferry ' * 60}- Harbour Gazette", "Harbour Gazette"),
        ("https://echo.example/a", "Ferry runs again | The Echo | No. 4 of 2024", "The Echo"),
        # a headline, or a part of it, that has the host's word or its letters
        ("https://metro.example/a", "Ferry crews join - Metro strike", None),
        ("https://post.example/a", "Ferry crews join - Post Office Scandal", None),
        ("https://post.example/a", "Ferry crews join - Outpost", None),
        ("https://post.example/a", "Ferry crews join - Post Online", "Post Online"),
        ("https://post.example/a", "Ferry crews join | www. /", None),
        ("https://metro.example/a", "Metro Strike - Ferry crews join - The Echo", None),
        ("https://time.example/a", "Ferries: Time to act - The Echo", None),
        ("https://time.example/a", "Ferry runs again | Time to act", None),
        ("https://sun.example/a", "The isles on Monday - Rain and sun", None),
        ("https://welt.example/a", "Ferry runs again - Aus aller Welt", None),
        ("https://cnn.example/a", "Ferry stolen - Crime news now", None),
        ("https://echo.example/a", "Ferry runs again - Echo of the Isles", "Echo of the Isles"),
    ],
)
def test_where_none_is_declared_the_title_ends_with_the_name(
    make_document: MakeDocument, url: str, title: str, name: str | None
) -> None:
    assert name_of(make_document, url, title=title) == name


def test_a_declared_name_stands_before_the_title(make_document: MakeDocument) -> None:
    assert name_of(make_document, GAZETTE, "The Echo", title="Ferry - Harbour Gazette") == "The Echo"
    assert name_of(make_document, GAZETTE, "Echo Media Ltd", title="Ferry - Harbour Gazette") == "Harbour Gazette"


def test_the_publisher_of_json_ld_has_a_name_too(make_document: MakeDocument) -> None:
    data = '{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "Isles"}}'
    html = f'<script type="application/ld+json">{data}</script><p>Text</p>'
    assert extract_publisher(make_document(html, url="https://example.com/a")) == Publisher(domain="example.com", name="Isles")
