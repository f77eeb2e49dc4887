"""Tags among links, meta tags and JSON-LD: which list is meant, and what in it is a topic."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.fields.tags import extract_tags
from etl.transform.profiled import settle_profile
from etl.transform.profiles import Fields, Layout, Profile
from etl.transform.reading import Found, Story

MakeDocument = Callable[..., Document]
MakeStory = Callable[[Document], Story]

TEXT = "<p>" + "The ferry left the northern quay at six in the morning with forty people on board. " * 3 + "</p>"
MENU = '<nav><a href="/topics/sport">Sport</a> <a href="/topics/food">Food</a></nav>'
MENU_STEPS = ("section", "ressort", "c", "cat", "cities", "shop", "edition", "channel")


def page(after: str = "", head: str = "", before: str = "") -> str:
    return (
        f"<html><head>{head}</head><body>{MENU}{before}<article><h1>Ferry returns</h1>{TEXT * 3}{after}</article></body></html>"
    )


def meta(name: str, *contents: str) -> str:
    return "".join(f'<meta property="{name}" content="{content}">' for content in contents)


def linked(**content: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **content})}</script>'


def links(*names: str, path: str = "/tag/", rel: str = "") -> str:
    return " ".join(f'<a href="{path}{name.lower()}"{rel}>{name}</a>' for name in names)


CASES: list[tuple[str, tuple[str, ...] | None]] = [
    # shown with the story
    (page(f"<p>Tags: {links('Ports', 'Ferries')}</p>"), ("Ports", "Ferries")),
    (
        page(f"<div>Etiquetas</div><ul><li>{links('Puertos', path='/x/')}</li><li>{links('Mar', path='/x/')}</li></ul>"),
        ("Puertos", "Mar"),
    ),
    (
        page("".join(f'<div class="article-tag">{links(name, path="/s/")}</div>' for name in ("Ports", "Ferries"))),
        ("Ports", "Ferries"),
    ),
    (
        page(f"<p>This entry was posted in {links('News', path='/category/')} and tagged {links('Ports', rel=' rel=tag')}.</p>"),
        ("Ports",),
    ),
    (page(f"<footer>{links('News', path='/category/', rel=' rel=tag')} {links('Ports', rel=' rel=tag')}</footer>"), ("Ports",)),
    # unmarked: links below the text to one folder, each to what it is called; not the story's pages, nor a few categories
    (page(f"<div>{links('Ports', 'Ferry', 'Quay', path='/waters/')}</div>"), ("Ports", "Ferry", "Quay")),
    (page(f"<div>{links('Polski', 'Deutsch', 'English', path='/languages/')}</div>"), None),  # the story speaks of none
    (page(f"<div>All our isles: {links('Ports', 'Ferry', 'Tides', path='/waters/')}</div>"), None),
    (page(f"<div>{links('Ports', 'Ferry', 'Tides', path='/story-')}</div>"), None),
    (page(f"<div>{links('2', '3', '4', path='/story/')}</div>"), None),
    (page(f"<div>{links('Ports', 'Ferry', 'Tides', path='http://[bad/')}</div>"), None),
    # nor sections below a language, services, networks, persons, and what a menu has too
    (page(f"<div>{links('Ports', 'Ferry', 'Tides', path='/en/')}</div>"), None),
    (page(f"<div>{links('Ferry', 'Contact', 'Privacy', path='/info/')}</div>"), None),
    (page(f"<div>{links('Facebook', 'Twitter', 'Ferry', path='/onto/')}</div>"), None),
    (page(f"<div>{links('Ferry', 'Janeroe', 'Johndoe', path='/team/')}</div>"), None),
    (
        page(f"<div>{links('Ferry', 'York', 'Hull', path='/isle/')}</div>", before=f"<nav>{links('York', path='/isle/')}</nav>"),
        None,
    ),
    # nor what a menu lists, though the story speaks of one or more
    (page(f"<div>{links('Ports', 'Ferry', 'Tides', path='/waters/')}</div>"), None),
    *[(page(f"<div>{links('Ports', 'Ferry', 'Quay', path=f'/{step}/')}</div>"), None) for step in MENU_STEPS],
    (page(f"<div>{links('Ports', 'Ferry', 'Tides', path='/category/')}</div>"), None),
    (
        page(f"<div>{links('Ports', 'Ferry', 'Quay', 'Morning', 'Isles', path='/category/')}</div>"),
        ("Ports", "Ferry", "Quay", "Morning", "Isles"),
    ),
    # a class for one of many sizes is no tag cloud, a size in the style is
    (page(f"<div>{links('Ports', 'Ferries', rel=' class=u-font-size-14')}</div>"), ("Ports", "Ferries")),
    (page(f"<div>{links('Ports', 'Ferries', rel=' style=font-size:14px')}</div>"), None),
    (
        page(f"<div class=tags>{links('#ports', 'Ferries,')}<a href='/tag/sea'>Sea <span>27</span></a></div>"),
        ("ports", "Ferries", "Sea"),
    ),
    (page(before=f"<div>{links('Ports', 'Ferries', path='/themen/')}</div>"), ("Ports", "Ferries")),
    # not shown with the story
    (page(), None),
    (page() + f"<aside><div class=tagcloud>{''.join(links(f'Topic{n}') for n in range(40))}</div></aside>", None),
    (
        page(
            '<div class="tags"><a style="font-size: 9pt" href="/tag/a">A</a> <a style="font-size: 12pt" href="/tag/b">B</a></div>'
        ),
        None,
    ),
    (page('<p>Share: <a href="mailto:?subject=Ferry">e-mail</a></p>'), None),
    (page('<div class="tags"><a href="/1">Why the ferry to the outer islands was late again last week</a></div>'), None),
    # declared
    (page(head=meta("article:tag", "Ports", "Ferries")), ("Ports", "Ferries")),
    (page(head=meta("article:tag", "Ports, Ferries")), ("Ports", "Ferries")),
    (page(head=linked(keywords="Ports, Ferries; Sea")), ("Ports", "Ferries", "Sea")),
    (page(head=linked(keywords=["Ports", "Trade, Transport and Tourism"])), ("Ports", "Trade, Transport and Tourism")),
    (page(head=linked(keywords=[{"@type": "DefinedTerm", "name": "Ports"}])), ("Ports",)),
    (page(head=meta("news_keywords", "港口、渡轮")), ("港口", "渡轮")),
    (page('<div itemprop="keywords">Ports, Ferries</div>'), ("Ports", "Ferries")),
    # no topics
    (
        page(
            head=linked(keywords=["Ports", "100312362", "8f507083-bac4-423a-9015-2eb31e1bce50", "/article", "textaboveleftsmall"])
        ),
        ("Ports",),
    ),
    (page(head=linked(keywords=["Day: Friday", "Language: English", "Subject: Ports", "Medium"])), ("Ports",)),
    (page(head=linked(keywords=["Ports", "NLP Category: Sea", "Category: Trade", "Isles"])), ("Ports", "Trade", "Isles")),
    (page(head=meta("og:site_name", "Daily Example") + meta("keywords", "Daily Example, Ports, example.com")), ("Ports",)),
    (
        page(
            head=linked(keywords=["Ports", "Ada Quay", "Ferry returns"], author={"name": "Ada Quay"})
            + meta("og:title", "Ferry returns")
        ),
        ("Ports",),
    ),
    (page(head=meta("article:tag", "Ukraine", "ukraine", "UKRAINE")), ("Ukraine",)),
    # words for news as such: much of a list, the rest of it, all of it; one of them may be a topic
    (page(head=meta("keywords", "News, Headlines, Breaking news, Ports")), None),
    (
        page(head=meta("keywords", "Ports, Ferries, Isles, Quays, Straits, News, Latest news")),
        ("Ports", "Ferries", "Isles", "Quays", "Straits"),
    ),
    (page(head=meta("keywords", "News, Top stories, Ports, Ferries")), ("Ports", "Ferries")),
    (page(head=meta("keywords", "速報, ニュース, 港, 船")), ("港", "船")),
    (page(head=meta("keywords", "Nachrichten")), None),
    # shown as topics they are some
    (
        page(f"<div class=tags>{links('Newspapers', 'Daily', 'Ports', 'Ferries', rel=' rel=tag')}</div>"),
        ("Newspapers", "Daily", "Ports", "Ferries"),
    ),
    (page(f"<p>Tags: {links('Newspapers', rel=' rel=tag')}</p>"), ("Newspapers",)),
    (page(head=meta("keywords", "News, Ports")), ("News", "Ports")),
    # a list of all places of a chain of papers
    (page(head=meta("keywords", *(f"Ports of isle {n}" for n in range(101)))), None),
    (page(head=meta("keywords", "2019, 1541, Ports")), ("2019", "1541", "Ports")),
    # one list of several
    (
        page(f"<p>Topics: {links('Ports', 'Ferries')}</p>", meta("keywords", "news, sport, weather, islands")),
        ("Ports", "Ferries"),
    ),
    (
        page(
            head=linked(keywords="Ports, Ferries")
            + meta("news_keywords", "ferry, returns")
            + meta("article:tag", "Ports", "Ferries")
        ),
        ("Ports", "Ferries"),
    ),
    (
        page(
            head=linked(keywords="Ports, Ferries, web, inset")
            + meta("news_keywords", "Ports, Ferries")
            + meta("keywords", "Ports, Ferries")
        ),
        ("Ports", "Ferries"),
    ),
]


@pytest.mark.parametrize(("html", "expected"), CASES)
def test_tags_are_the_topics_given_with_the_story(
    make_document: MakeDocument, make_story: MakeStory, html: str, expected: tuple[str, ...] | None
) -> None:
    document = make_document(html)
    found = extract_tags(document, make_story(document))
    assert (found.value if found else None) == expected


def test_the_place_of_the_tags_is_told(make_document: MakeDocument, make_story: MakeStory) -> None:
    document = make_document(page(f"<p>Tags: {links('Ports', rel=' rel=tag')}</p>"))
    assert extract_tags(document, make_story(document)) == Found(("Ports",), Origin.HTML, "rel=tag")


def test_a_feeds_tags_serve_where_the_page_has_none(make_document: MakeDocument, make_story: MakeStory) -> None:
    document = make_document(page(), hints={"tags": "Ports, Ferries"})
    assert extract_tags(document, make_story(document)) == Found(("Ports", "Ferries"), Origin.FEED, "tags")


def test_a_profiles_xpath_comes_first(make_document: MakeDocument, make_story: MakeStory) -> None:
    document = make_document(page('<b class="t">Ports</b><b class="t">Sea</b>', meta("article:tag", "Ferries")))
    layout = Layout(name="only", fields=Fields(tags=('//b[has-class("t")]',)))
    settle_profile(document, Profile(domain="example.com", name="Example", layouts=(layout,)))
    assert extract_tags(document, make_story(document)) == Found(("Ports", "Sea"), Origin.PROFILE, '//b[has-class("t")]')


@pytest.mark.parametrize(("shown", "expected"), [(True, ("Isles", "Ports", "Ferries", "Straits", "Seas")), (False, None)])
def test_words_of_the_headline_shown_as_topics_are_topics(
    make_document: MakeDocument, make_story: MakeStory, shown: bool, expected: tuple[str, ...] | None
) -> None:
    names = ("Isles", "Ports", "Ferries", "Straits", "Seas")
    offered = f"<p>Topics: {links(*names)}</p>" if shown else meta("keywords", ", ".join(names))
    html = f"<article><h1>Isles, Ports, Ferries, Straits, Seas: who gains</h1>{TEXT * 3}{offered}</article>"
    document = make_document(html)
    found = extract_tags(document, make_story(document))
    assert (found.value if found else None) == expected


LONG_TITLE = "Ferry returns to the strait"


@pytest.mark.parametrize(
    ("keywords", "tags"),
    [
        ("ferry, returns, storm, leaves, strait", None),
        # another order, another word, few of the words
        ("strait, ferry, storm, returns", ("strait", "ferry", "storm", "returns")),
        ("ferry, returns, storm, ports", ("ferry", "returns", "storm", "ports")),
        ("ferry, storm", ("ferry", "storm")),
    ],
)
def test_the_words_of_the_address_in_their_order_are_no_tags(
    make_document: MakeDocument, make_story: MakeStory, keywords: str, tags: tuple[str, ...] | None
) -> None:
    html = page(head=meta("keywords", keywords))
    document = make_document(html, url="https://www.example.com/isles/ferry-returns-as-storm-leaves-strait.html")
    found = extract_tags(document, make_story(document))
    assert (found.value if found else None) == tags


@pytest.mark.parametrize(
    ("keywords", "tags"),
    [
        ("ferry, returns, to, the, strait, ports", ("ports",)),
        (f"{LONG_TITLE}, ports", ("ports",)),
        # four words of it, another order, a topic among the words of the headline
        ("ferry, returns, to, the", ("ferry", "returns", "to", "the")),
        ("strait, ferry, ports", ("strait", "ferry", "ports")),
    ],
)
def test_the_headline_and_its_words_in_a_row_are_no_tags(
    make_document: MakeDocument, make_story: MakeStory, keywords: str, tags: tuple[str, ...]
) -> None:
    html = f'<meta name="keywords" content="{keywords}"><article><h1>{LONG_TITLE}</h1>{TEXT * 3}</article>'
    document = make_document(html)
    found = extract_tags(document, make_story(document))
    assert found is not None
    assert found.value == tags
