"""A page parsed whole or rejected with a reason, and what it answers when asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.errors import PageError
from etl.records import Page, Reason, Rejected
from etl.transform import transform
from etl.transform.document import Document, parse

MakeDocument = Callable[..., Document]


def reason(content: str | bytes) -> Reason:
    """Why a page is rejected by the parser's front door."""
    raw = content if isinstance(content, bytes) else content.encode()
    with pytest.raises(PageError) as caught:
        parse(Page(source="page.html", content=raw, media_type="text/html"))
    return caught.value.reason


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


@pytest.mark.parametrize("depth", [300, 2_000])
def test_deep_pages_are_read_whole(make_document: MakeDocument, depth: int) -> None:
    page = f"<html><body>{'<div>' * depth}<p>Deep down.</p>{'</div>' * depth}<p>Up again.</p></body></html>"
    assert texts(make_document(page)) == ["Deep down.", "Up again."]


def test_a_page_that_the_parser_cuts_short_is_rejected() -> None:
    assert reason(f"<html><body>{'<div>' * 5_000}<p>Deep down.</p>{'</div>' * 5_000}<p>Lost.</p>") == Reason.TRUNCATED


CROWD = f"<div {' '.join(f'data-{number}=x' for number in range(20_000))}"
SCRIPT = f"<script>{'state = 1; ' * 20_000}</script>"


@pytest.mark.parametrize(
    "page",
    [
        f"<html><body>{CROWD}><p>Ferry</p></div>",
        f"<html><body><p>Ferry</p>{CROWD}",  # never closed
        f"<html><body>{'<p>Ferry</p>' * 10_000}{CROWD}></div>",
        f"<html><body>{SCRIPT}{CROWD}></div>{SCRIPT}",
    ],
    ids=["alone", "at the end", "far down", "between long scripts"],
)
def test_a_tag_that_would_hold_the_parser_up_is_rejected(page: str) -> None:
    assert reason(page) == Reason.TOO_LARGE


def test_a_long_script_is_no_crowd_of_attributes(make_document: MakeDocument) -> None:
    assert texts(make_document(f"<html><body>{SCRIPT}<p>Ferry</p>{SCRIPT}</body></html>")) == ["Ferry"]


@pytest.mark.parametrize("value", ["{" + "&quot;a&quot;: 1, " * 12_000 + "}", "a b " * 30_000])
def test_one_long_attribute_is_no_crowd_of_attributes(make_document: MakeDocument, value: str) -> None:
    assert texts(make_document(f'<html><body><div data-state="{value}"><p>Ferry</p></div>')) == ["Ferry"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", Reason.EMPTY),
        (" \n\t ", Reason.EMPTY),
        ("<!-- nothing but a comment -->", Reason.NOT_HTML),
        (b"<meta charset=utf-8>" + b"\xff\xfe\xfd " * 400 + "<p>café".encode() * 1_500, Reason.UNDECODABLE),
    ],
)
def test_what_is_no_page_is_rejected_with_a_reason(content: str | bytes, expected: Reason) -> None:
    assert reason(content) == expected


@pytest.mark.parametrize("entity", ["&#0;", "&#xD800;", "&#xDFFF;", "&#x110000;", "&#99999999999;", "\x00"])
def test_characters_that_no_database_takes_do_not_get_in(make_document: MakeDocument, entity: str) -> None:
    (text,) = texts(make_document(f"<html><body><p>Ferry{entity} returns</p></body></html>"))
    assert re.fullmatch("Ferry\ufffd? returns", text)


def test_xhtml_with_a_declaration_is_a_page(make_document: MakeDocument) -> None:
    page = (
        '<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd">'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Ferry</title></head><body><p>One<br />two</p></body></html>'
    )
    document = make_document(page)
    assert (texts(document), document.root.findtext("head/title")) == (["One\ntwo"], "Ferry")


@pytest.mark.parametrize(
    "content",
    [
        '<html><head><title>Old pages</title></head><frameset cols="20%,80%"><frame src="a.html"></frameset></html>',
        "<html><head><title>Old pages</title></head><frameset><noframes><body>Get a browser.</body></noframes></frameset></html>",
        "<html><head><title>Old pages</title></head></html>",
        "<html></html>",
        "<title>",
    ],
)
def test_pages_without_a_body_are_rejected_not_as_a_fault(content: str) -> None:
    found = transform(Page(source="page.html", url=None, content=content.encode(), media_type="text/html"))
    assert isinstance(found, Rejected)
    assert found.reason in {Reason.NOT_AN_ARTICLE, Reason.NO_TITLE}


def test_scripts_comments_and_noscript_are_no_text(make_document: MakeDocument) -> None:
    page = "<body><!-- a --><p>One<script>two()</script> three</p><noscript><img src=x>four</noscript><style>p{}</style></body>"
    assert texts(make_document(page)) == ["One three"]


def test_a_noscript_that_holds_the_story_is_text(make_document: MakeDocument) -> None:
    page = "<body><noscript><p>One.</p><p>Two.</p><p>Three.</p></noscript></body>"
    assert texts(make_document(page)) == ["One.", "Two.", "Three."]


STORY = "<h1>The ferry</h1><p>It sails.</p>"
LONG_REST = f'{STORY}<p>{"And on it sails. " * 150}</p><a href="/">Home</a>'


@pytest.mark.parametrize("end", ["</html>", "</body></html>", "</BODY>\n</HTML >", "</html><!-- head --></html>"])
def test_a_page_goes_on_after_an_end_tag_amid_it(make_document: MakeDocument, end: str) -> None:
    document = make_document(f'<html><body><p>The site</p><a href="/">Home</a>{end}{LONG_REST}</body></html>')
    assert [block.text for block in document.blocks][:4] == ["The site", "Home", "The ferry", "It sails."]


def test_what_a_server_puts_behind_the_end_is_left_alone(make_document: MakeDocument) -> None:
    document = make_document(f"<html><body>{STORY}</body></html>\n<script>count()</script><div>3 visitors</div>")
    assert [block.text for block in document.blocks] == ["The ferry", "It sails."]


def test_meta_tags_go_by_each_of_their_names(make_document: MakeDocument) -> None:
    head = (
        '<meta property="og:title" content="Ferry &amp;amp; tide"><meta name="OG:TITLE" content=" Second ">'
        '<meta name="twitter:title sailthru.title" content="Third"><meta itemprop="headline" content="Fourth">'
        '<meta property="og:title" content="  "><meta name="description">'
    )
    document = make_document(f"<html><head>{head}</head><body></body></html>")
    assert document.meta("headline", "sailthru.title", "og:title", "description") == ["Fourth", "Third", "Ferry & tide", "Second"]


@pytest.mark.parametrize(
    ("base", "href", "address"),
    [
        ("", "b", "https://www.example.com/a/b"),
        ("", "/b?c=1#d", "https://www.example.com/b?c=1#d"),
        ("", " //cdn.example.com/b ", "https://cdn.example.com/b"),
        ("/x/", "b", "https://www.example.com/x/b"),
        ("https://mirror.example.org/y/", "b", "https://mirror.example.org/y/b"),
        ("http://[", "b", "https://www.example.com/a/b"),
        ("", "", None),
        ("", None, None),
        ("", "#top", None),
        ("", "javascript:void(0)", None),
        ("", "JavaScript:alert('https://x.example')", None),
        ("", "mailto:desk@example.com", None),
        ("", "tel:+4712345678", None),
        ("", "data:text/html,<p>x", None),
        ("", "http://[::1", None),
        ("", "https://[bad]/", None),
    ],
)
def test_addresses_are_made_absolute_and_hostile_ones_are_none(
    make_document: MakeDocument, base: str, href: str | None, address: str | None
) -> None:
    head = f'<base href="{base}">' if base else ""
    assert make_document(f"<html><head>{head}</head><body></body></html>").absolute(href) == address


@given(
    start=st.sampled_from(["", "/", "//", "https://www.example.com", "http://example.org/", "HTTP://example.org"]),
    rest=st.text("ab1/.:;?#%@é[~\t ", max_size=12),
    base=st.sampled_from(["https://www.example.com/a/story-1", "http://user@example.org:80/a/", "ftp://example.org/a", None]),
)
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_taken_for_absolute_without_joining_is_what_joining_gives(
    make_document: MakeDocument, start: str, rest: str, base: str | None
) -> None:
    href = f"{start}{rest}".strip()
    try:
        joined = urljoin(base, href) if base else urlsplit(href).geturl()
    except ValueError:
        joined = ""
    web = joined.startswith(("http://", "https://")) and href[:1] not in {"", "#"}
    assert make_document("<p>x</p>", url=base).absolute(href) == (joined if web else None)


@pytest.mark.parametrize(
    ("base", "href", "address"),
    [("", "b", None), ("", "https://x.example/b", "https://x.example/b"), ("https://x.example/", "b", "https://x.example/b")],
)
def test_without_an_address_of_its_own_a_page_has_only_its_base(
    make_document: MakeDocument, base: str, href: str, address: str | None
) -> None:
    head = f'<base href="{base}">' if base else ""
    assert make_document(f"<html><head>{head}</head><body></body></html>", url=None).absolute(href) == address


def test_microdata_is_found_in_head_and_body_in_the_order_of_the_page(make_document: MakeDocument) -> None:
    page = (
        '<html itemprop="Page"><head><meta itemprop="author headline" content="1"></head><body itemprop="author">'
        '<p itemprop="author">2 <span itemprop="HEADLINE">3</span><script itemprop="author">4</script></p></body></html>'
    )
    found = make_document(page).itemprops
    assert {name: [element.tag for element in elements] for name, elements in found.items()} == {
        "page": ["html"],
        "author": ["meta", "body", "p"],
        "headline": ["meta", "span"],
    }


def test_links_of_the_head_are_known_by_each_word_of_their_relation(make_document: MakeDocument) -> None:
    page = (
        '<html><head><link rel="Canonical shortlink" href="/a"><noscript><link rel="canonical" href="/b"></noscript>'
        '<link rel="canonical"></head><body><template><link rel="canonical" href="/c"></template></body></html>'
    )
    found = make_document(page).link_rel
    assert {name: [element.get("href") for element in elements] for name, elements in found.items()} == {
        "canonical": ["/a"],
        "shortlink": ["/a"],
    }


def test_what_was_taken_out_of_the_tree_is_forgotten(make_document: MakeDocument) -> None:
    page = (
        '<html><head><link rel="canonical" href="/a"></head><body><div class="sidebar"><h1 itemprop="headline">One</h1></div>'
        '<div class="sidebar"><h1 itemprop="headline">Two</h1></div></body></html>'
    )
    document = make_document(page)
    before = (texts(document), len(document.itemprops["headline"]), list(document.link_rel))
    document.body.remove(document.body[0])
    document.root.remove(document.root[0])
    document.forget_tree()
    after = (texts(document), len(document.itemprops["headline"]), list(document.link_rel))
    assert (before, after) == ((["One", "Two"], 2, ["canonical"]), (["Two"], 1, []))


def test_story_nodes_are_articles_then_other_works_then_pages(make_document: MakeDocument) -> None:
    data = (
        '{"@graph": [{"@type": "WebPage", "n": 1}, {"@type": "VideoObject", "n": 2}, {"@type": "Organization", "n": 3}, '
        '{"@type": ["Thing", "https://schema.org/NewsArticle"], "n": 4}, {"@type": "BlogPosting", "n": 5}, {"n": 6}]}'
    )
    page = f'<html><head><script type="application/ld+json">{data}</script></head><body></body></html>'
    assert [node["n"] for node in make_document(page).story_nodes] == [4, 5, 2, 1]


def test_state_scripts_are_neither_linked_data_nor_loaded_from_elsewhere(make_document: MakeDocument) -> None:
    page = (
        '<body><script id="state">{"a": 1}</script><script src="/x.js">no()</script>'
        '<script type="application/ld+json">{}</script><script>b()</script></body>'
    )
    assert make_document(page).state_scripts() == [("state", '{"a": 1}'), ("", "b()")]


def test_has_class_is_a_word_of_xpath(make_document: MakeDocument) -> None:
    page = '<body><p class="lead text">One</p><p class="leader">Two</p><p class="x lead">Three</p></body>'
    assert make_document(page).select('//p[has-class("lead")]/text()') == ["One", "Three"]
