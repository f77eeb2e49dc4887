"""The headline among headings, kickers, breadcrumbs, logos and metadata."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.fields.title import extract_headline, extract_title, headline_block
from etl.transform.profiled import settle_profile
from etl.transform.profiles import Fields, Layout, Profile
from etl.transform.reading import Found

MakeDocument = Callable[..., Document]

TEXT = "<p>" + "The ferry left the northern quay at six in the morning with forty people on board. " * 4 + "</p>"


def page(body: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body>{body}{TEXT}</body></html>"


def og(title: str, site: str = "") -> str:
    name = f'<meta property="og:site_name" content="{site}">' if site else ""
    return f'<meta property="og:title" content="{title}">{name}'


def linked(headline: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{headline}"}}</script>'


CASES = [
    # the h1 is the headline, whatever site, section and search engines add
    (
        page("<h1>Ferry returns to the strait</h1>", og("Ferry returns to the strait | Daily Example")),
        "Ferry returns to the strait",
    ),
    (page("<h1>Ferry returns to the strait</h1>", og("Strait ferry 2024: all you need to know")), "Ferry returns to the strait"),
    (page("<h1>Ferry returns</h1>", "<title>Ferry returns - World - Daily Example</title>"), "Ferry returns"),
    # logos and furniture in an h1
    (
        page('<h1><a href="/">Daily Example</a></h1><h1>Ferry returns</h1>', "<title>Ferry returns | Daily Example</title>"),
        "Ferry returns",
    ),
    (
        page("<h1>Menu</h1><article><h2>Ferry returns to the strait</h2></article>", og("Ferry returns to the strait")),
        "Ferry returns to the strait",
    ),
    (page('<h1>Gazette</h1><h2 class="entry-title">Ferry returns</h2>', og("Ferry returns", "Gazette")), "Ferry returns"),
    (page("<footer><h1>Ferry returns home</h1></footer><h2>Tide tables</h2>", og("Tide tables")), "Tide tables"),
    # over the text, not under it
    (page(f"<h1>Ferry returns to port</h1>{TEXT * 2}<h3>Ferry returns</h3>", og("Ferry returns")), "Ferry returns to port"),
    # kickers inside the heading: by class, by mark, by what is declared
    (page('<h1><span class="kicker">Traffic</span> Ferry returns</h1>', og("Ferry returns")), "Ferry returns"),
    (page('<h1><span class="a">Island traffic</span><span>:</span> <span class="b">Ferry returns</span></h1>'), "Ferry returns"),
    (
        page("<h1><span>Island traffic</span> Ferry returns to the strait</h1>", og("Ferry returns to the strait")),
        "Ferry returns to the strait",
    ),
    # a name behind a whole sentence makes no kicker of it
    (
        page("<h1>Ferry returns to the northern strait <span>| Quayside</span></h1>"),
        "Ferry returns to the northern strait | Quayside",
    ),
    (page("<h1>Island traffic <span>| Ferry returns</span></h1>"), "Ferry returns"),
    (page("<h1><em>Tides</em> and ferries return</h1>", og("Tides and ferries return")), "Tides and ferries return"),
    (page("<h1><span>Night ferries</span><span>More berths to come</span></h1>"), "Night ferries More berths to come"),
    (page('<h1>Ferry returns <span class="badge">Premium</span></h1>'), "Ferry returns"),
    (page('<h1>Ferry returns<span class="visually-hidden"> | The Observer</span></h1>'), "Ferry returns"),
    (page('<h1><span class="sr-only">Opinion: </span>Ferry returns</h1>'), "Ferry returns"),
    (page('<h1>Ferry returns <span class="sr-only">to the strait</span></h1>'), "Ferry returns to the strait"),
    (page('<h1>Ferry returns <span class="d-none d-md-inline">to the strait</span></h1>'), "Ferry returns to the strait"),
    (
        page("<h1>- We want the ferry back</h1>", og("- We want the ferry back")),
        "- We want the ferry back",
    ),  # a quotation, in Norway
    # a kicker that belongs to the headline in everything the page declares
    (
        page(
            '<div class="topic">Island traffic</div><h1>Ferry returns</h1>',
            linked("Island traffic: Ferry returns") + og("Island traffic: Ferry returns"),
        ),
        "Island traffic: Ferry returns",
    ),
    (
        page(
            '<div class="topic">Island traffic</div><h1>Ferry returns</h1>',
            linked("Island traffic: Ferry returns") + og("Ferry returns"),
        ),
        "Ferry returns",
    ),
    # an h1 as the last step of a breadcrumb
    (
        page(
            '<ul><li><a href="/">Home</a></li><li><a href="/a/">Isles</a></li><li><h1>Strait ferry in service</h1></li></ul>'
            "<h2>Ferry returns</h2>",
            og("Ferry returns") + "<title>Strait ferry in service</title>",
        ),
        "Ferry returns",
    ),
    (
        page(
            """<div><a href="http://[">A</a><a href="http://[">B</a><h1>Ferry returns</h1></div><h2>A long wait ends</h2>""",
            linked("Ferry returns"),
        ),
        "Ferry returns",  # links that are no addresses
    ),
    (
        page(
            '<div class="breadcrumb"><a href="/">Home</a><h1>Ferry returns</h1></div><h2>A long wait ends</h2>',
            linked("Ferry returns"),
        ),
        "Ferry returns",  # the page declares no other
    ),
    # nothing shown as a heading: metadata without the site
    (page("", og("Ferry returns - Daily Example", "The Daily Example")), "Ferry returns"),
    (page("", og("Ferry returns to the strait | Islands") + "<title>Ferry</title>"), "Ferry returns to the strait"),
    (
        page("", "<title>Ferry returns to the strait – Gazette</title>" + og("Ferry returns to the strait")),
        "Ferry returns to the strait",
    ),
    (
        page("<div><b>渡轮九天后再次起航</b></div>", "<title>渡轮九天后再次起航 本地新闻_北港网</title>"),
        "渡轮九天后再次起航",
    ),
    (page("<div><b>Österreich</b></div>", "<title>Österreich wählt am Sonntag neu</title>"), "Österreich wählt am Sonntag neu"),
    (page("<div><b>渡轮九天后再次起</b></div>", "<title>渡轮九天后再次起航</title>"), "渡轮九天后再次起航"),
    (
        page("<div><b>Ferry returns at last</b></div>", "<title>Island Club - Ferry returns at last - News</title>"),
        "Ferry returns at last",
    ),
    (page("<h2>Newsletter</h2>", linked("Ferry &amp; tide")), "Ferry & tide"),
]


@pytest.mark.parametrize(("html", "expected"), CASES)
def test_the_headline_is_what_the_page_shows_as_such(make_document: MakeDocument, html: str, expected: str) -> None:
    found = extract_title(make_document(html))
    assert found is not None
    assert found.value == expected


def test_a_page_without_any_headline_has_none(make_document: MakeDocument) -> None:
    assert extract_title(make_document(page(""))) is None


def test_a_feeds_title_serves_where_the_page_has_none(make_document: MakeDocument) -> None:
    assert extract_title(make_document(page(""), hints={"title": " Ferry returns "})) == Found(
        "Ferry returns", Origin.FEED, "title"
    )


def test_a_profiles_xpath_comes_first(make_document: MakeDocument) -> None:
    document = make_document(page('<h1>Ferry returns</h1><p class="head">The ferry is back</p>'))
    layout = Layout(name="only", fields=Fields(title=('//p[has-class("head")]',)))
    settle_profile(document, Profile(domain="example.com", name="Example", layouts=(layout,)))
    assert extract_title(document) == Found("The ferry is back", Origin.PROFILE, '//p[has-class("head")]')


def test_where_the_title_is_the_profiles_the_heading_shown_is_the_storys_all_the_same(make_document: MakeDocument) -> None:
    document = make_document(page("<h1>Ferry is back in the strait</h1>", '<meta name="head" content="Ferry returns">'))
    layout = Layout(name="only", fields=Fields(title=('//meta[@name="head"]/@content',)))
    settle_profile(document, Profile(domain="example.com", name="Example", layouts=(layout,)))
    headline = extract_headline(document)
    assert headline is not None
    assert (headline.title.value, headline.block and headline.block.text) == ("Ferry returns", "Ferry is back in the strait")


@pytest.mark.parametrize(
    ("html", "title", "expected"),
    [
        (page("<h2>Ferry returns</h2><h1>Ferry returns</h1>"), "Ferry returns", "Ferry returns"),
        (page('<h1><div class="kicker">Traffic</div><div>Ferry returns</div></h1>'), "Ferry returns", "Ferry returns"),
        (page("<h1>Er&shy;in&shy;nerung</h1>"), "Erinnerung", "Er\xadin\xadnerung"),
        (page("<div>Ferry returns</div>"), "Ferry returns", "Ferry returns"),
        (page("<div>Tide tables</div>"), "Ferry returns", None),
    ],
)
def test_the_block_that_shows_the_headline_is_found(
    make_document: MakeDocument, html: str, title: str, expected: str | None
) -> None:
    block = headline_block(make_document(html), title)
    assert (block.text if block else None) == expected
