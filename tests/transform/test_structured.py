"""JSON-LD as sites write it: graphs, lists, and JSON that is broken in the usual ways."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from etl.transform.structured import linked_data, load_json, microdata, rank_of_type, strings, types_of

STORY = {"@type": "NewsArticle", "headline": "Ferry returns"}


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "Ferry returns"}',
        ' \n{"@type": "NewsArticle", "headline": "Ferry returns",}',
        '{"@type": "NewsArticle", "headline": "Ferry returns"};',
        '<!-- {"@type": "NewsArticle", "headline": "Ferry returns"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Ferry returns"}\n//]]>',
        '/*<![CDATA[*/{"@type": "NewsArticle", "headline": "Ferry returns"}/*]]>*/',
        '<![CDATA[{"@type": "NewsArticle", "headline": "Ferry returns"}]]>',
        '{"@type": "NewsArticle" "headline": "Ferry returns"}',
        '{"@type": "NewsArticle", "headline": "Ferry returns"',
        "{'@type': 'NewsArticle', 'headline': 'Ferry returns'}",
    ],
)
def test_broken_json_is_mended(text: str) -> None:
    assert load_json(text) == STORY


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": "one\ntwo\tthree\x01"}', {"a": "one\ntwo\tthree\x01"}),  # control characters in strings
        ('{"a": "x, ]", "b": [1, 2, ]}', {"a": "x, ]", "b": [1, 2]}),
        ('{"a": "<!-- b -->"}', {"a": "<!-- b -->"}),
        ("", None),
        ("  \n ", None),
        ("<!-- -->", None),
        ("window.dataLayer", None),
        ("[" * 100_000, None),
        ("nonsense " * 50_000, None),
        ("{" + " " * 50_000 + "x", None),
        ('{"a": ' + '"b" ' * 50_000, None),
        ("<!-- /* " * 20_000, None),
    ],
)
def test_what_can_be_read_is_kept_and_the_hopeless_is_nothing(text: str, value: Any) -> None:
    assert load_json(text) == value


@pytest.mark.parametrize(
    ("scripts", "types"),
    [
        (['{"@type": "NewsArticle"}', '{"@type": "WebSite"}'], ["newsarticle", "website"]),
        (['[{"@type": "WebSite"}, {"@type": "NewsArticle"}]'], ["website", "newsarticle"]),
        (['{"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, {"@type": "Article"}]}'], ["webpage", "article"]),
        # nested ones after those that hold them; what has no type is left out
        (
            ['{"@type": "Article", "author": {"@type": "Person"}, "image": {"url": "x", "creator": [{"@type": "Person"}]}}'],
            ["article", "person", "person"],
        ),
        (["broken", '{"@type": "Article"}', '"text"', "7", "null"], ["article"]),
        (['{"@type": 7}', '{"@type": [null]}', '{"@type": {}}'], []),
    ],
)
def test_all_typed_objects_are_found_outermost_first(scripts: list[str], types: list[str]) -> None:
    assert [name for node in linked_data(scripts) for name in types_of(node)] == types


def test_endless_data_is_cut() -> None:
    script = "[" + ",".join(['{"@type": "Thing"}'] * 5_000) + "]"
    deep = '{"a":' * 50 + '{"@type": "Thing"}' + "}" * 50
    assert (len(linked_data([script])), linked_data([deep])) == (2_000, [])


@pytest.mark.parametrize(
    ("declared", "types", "rank"),
    [
        ("NewsArticle", ("newsarticle",), 3),
        ("http://schema.org/NewsArticle", ("newsarticle",), 3),
        ("schema:LiveBlogPosting", ("liveblogposting",), 3),
        (["WebPage", "VideoObject"], ("webpage", "videoobject"), 2),
        ("ItemPage", ("itempage",), 1),
        ("Organization", ("organization",), 0),
        ("ArticleList", ("articlelist",), 0),
        (None, (), 0),
        (5, (), 0),
    ],
)
def test_types_are_bare_and_ranked(declared: Any, types: tuple[str, ...], rank: int) -> None:
    node = {"@type": declared}
    assert (types_of(node), rank_of_type(node)) == (types, rank)


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("Ada Quay", ["Ada Quay"]),
        ("  ", []),
        (7, ["7"]),
        (True, []),
        (None, []),
        ({"@type": "Person", "name": "Ada Quay"}, ["Ada Quay"]),
        ({"@value": "Ferry", "@language": "en"}, ["Ferry"]),
        ([{"name": ["Ada Quay", "Bo Strand"]}, "Cy Holm", {"url": "x"}], ["Ada Quay", "Bo Strand", "Cy Holm"]),
    ],
)
def test_texts_of_a_value(value: Any, texts: list[str]) -> None:
    assert strings(value) == texts


@pytest.mark.parametrize(
    ("markup", "value"),
    [
        ('<meta itemprop="a" content="one">', "one"),
        ('<time itemprop="a" datetime="2024-05-01">May</time>', "2024-05-01"),
        ('<a itemprop="a" href="/b">text</a>', "/b"),
        ('<img itemprop="a" src="b.jpg">', "b.jpg"),
        ('<span itemprop="a">one <b>two</b>\n three</span>', "one two three"),
    ],
)
def test_microdata_has_its_value_where_the_element_keeps_it(markup: str, value: str) -> None:
    (element,) = etree.HTML(markup).xpath("//*[@itemprop]")
    assert microdata(element) == value
