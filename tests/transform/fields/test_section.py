"""The section among breadcrumbs, declarations and folders of the address."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.fields.section import extract_section
from etl.transform.profiled import settle_profile
from etl.transform.profiles import Fields, Layout, Profile
from etl.transform.reading import Found, Story

MakeDocument = Callable[..., Document]
MakeStory = Callable[[Document], Story]

URL = "https://www.example.com/world/isles/ferry-returns"


def page(before: str = "", head: str = "") -> str:
    return f"<html><head>{head}</head><body>{before}<h1>Ferry returns</h1><p>The ferry is back.</p></body></html>"


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def linked(**content: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(content)}</script>'


def trail(*names: str, last: str = "") -> str:
    items = [
        {"@type": "ListItem", "position": n, "name": name, "item": f"https://www.example.com/{n}"} for n, name in enumerate(names)
    ]
    items += [{"@type": "ListItem", "position": 9, "name": last, "item": URL}] if last else []
    return linked(**{"@type": "BreadcrumbList", "itemListElement": items[::-1]})


def crumbs(*names: str) -> str:
    return f'<div class="breadcrumbs">{" › ".join(f"<a href=/x>{name}</a>" for name in names)}</div>'


ARTICLE = "NewsArticle"
FOLDER = "folder of the address"
LABEL = Found("Isles", Origin.HTML, "label beside the headline")
ISLES = Found("Isles", Origin.HTML, "breadcrumb")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # breadcrumbs: the deepest step, or the one that is declared too; not the front page, the site, the story
        (page(head=trail("Home", "World", "Isles", last="Ferry returns")), Found("Isles", Origin.JSON_LD, "BreadcrumbList")),
        (page(head=trail("Home", "World", last="The ferry is back, at last")), Found("World", Origin.JSON_LD, "BreadcrumbList")),
        (
            page(head=trail("Startseite", "Politik") + meta("article:section", "Politik")),
            Found("Politik", Origin.JSON_LD, "BreadcrumbList"),
        ),
        (
            page(head=trail("Home", "World", "Ferries") + meta("article:section", "world")),
            Found("World", Origin.JSON_LD, "BreadcrumbList"),
        ),
        (page(head=trail("Example.com", "Home")), None),
        (page(crumbs("Home", "World", "Isles")), Found("Isles", Origin.HTML, "breadcrumb")),
        (page(crumbs("Home", "&gt; Isles", "i")), Found("Isles", Origin.HTML, "breadcrumb")),  # a sign, an icon
        (page().replace("</p>", f"</p>{crumbs('Home', 'World', 'Isles')}"), ISLES),  # below the story
        (page(f"<footer>{crumbs('Home', 'World')}</footer>"), None),
        (
            page(
                crumbs("World")
                + '<p class="breadcrumbs"><a href="#text">To the text</a> <a href="javascript:print()">Print</a></p>'
            ),
            Found("World", Origin.HTML, "breadcrumb"),
        ),
        (page('<p class="breadcrumbs"><a href="https://portal.example/">Portal</a> <a href="/x">Isles</a></p>'), ISLES),
        (page(crumbs("Home", "Isles"), trail("Home", last="Ferry returns")), ISLES),  # JSON-LD leaves the section out
        (page(crumbs(*(f"Isle {letter}" for letter in "ABCDEFGH"))), None),  # a menu
        # the folders of an archive, and what links call themselves that lead to the next story, are none
        (page(head=trail("Home", "World", "2024", "May", "2")), Found("World", Origin.JSON_LD, "BreadcrumbList")),
        (page(crumbs("Home", "2024", "World")), Found("World", Origin.HTML, "breadcrumb")),
        (page(crumbs("2024", "May", "2 May") + '<a href="/x">Back to overview</a>'), None),
        (page(crumbs("2024", "CW 18") + '<a href="/x">Back to overview</a>'), None),
        (page(crumbs("World", "2024 elections")), Found("2024 elections", Origin.HTML, "breadcrumb")),
        (page(crumbs("World", "Next")), Found("World", Origin.HTML, "breadcrumb")),
        # a topic is no section, unless the breadcrumb has nothing else
        (page('<p class="breadcrumbs"><a href="/isles">Isles</a> <a href="/all-about/ferries">Ferries</a></p>'), ISLES),
        (page('<p class="breadcrumbs"><a href="/topic/isles">Isles</a></p>'), ISLES),
        (page('<p class="breadcrumbs"><a href="/world">World</a> <a href="http://[bad/x">Isles</a></p>'), ISLES),
        # declarations, in the spelling of the page; no name for machines that the page prints nowhere
        (page(head=meta("section", "companies-tech")), None),
        (
            page("<h2>Companies &amp; Tech</h2>", meta("section", "companies-tech")),
            Found("Companies & Tech", Origin.META, "meta section"),
        ),
        (page("<h2>Sports: —</h2>", meta("section", "sports")), Found("sports", Origin.META, "meta section")),
        (page(head=meta("section", "e-sports")), Found("e-sports", Origin.META, "meta section")),
        (page(head=meta("section", "isles")), Found("isles", Origin.META, "meta section")),
        (page('<a href="/world">World</a>', head=meta("section", "companies-tech")), Found("World", Origin.URL, FOLDER)),
        (
            page('<a href="/x">The Isles</a>', head=trail("Home", "the-isles")),
            Found("The Isles", Origin.JSON_LD, "BreadcrumbList"),
        ),
        (
            page(head=linked(**{"@type": ARTICLE, "articleSection": "Isles, Local"}) + meta("section", "Isles")),
            Found("Isles", Origin.JSON_LD, "articleSection"),
        ),
        (page(head=linked(**{"@type": ARTICLE, "articleSection": "World"})), Found("World", Origin.JSON_LD, "articleSection")),
        (
            page(head=linked(**{"@type": ARTICLE, "articleSection": ["World", "Isles"]})),
            Found("World", Origin.JSON_LD, "articleSection"),
        ),
        (
            page(head=linked(**{"@type": ARTICLE, "articleSection": "News,World"})),
            Found("World", Origin.JSON_LD, "articleSection"),
        ),
        (page(head=meta("article:section", "Arts, Culture")), Found("Arts, Culture", Origin.META, "meta article:section")),
        (page(head=meta("section", "Health, Science, World")), Found("Health", Origin.META, "meta section")),
        (page(head=meta("section", "Food, Wine & Travel")), Found("Food, Wine & Travel", Origin.META, "meta section")),
        (page(head=meta("section", "Nation & World, News")), Found("Nation & World", Origin.META, "meta section")),
        (page(head=meta("section", "Blog Room - News")), Found("Blog Room", Origin.META, "meta section")),
        (page(head=meta("section", "Archive / Example")), None),
        (page(head=meta("category", "{$category}")), None),
        (page(crumbs("06/2019")), None),
        (
            page('<a href="/in/home-abroad/">Home &amp; Abroad</a>', meta("section", "home-abroad")),
            Found("Home & Abroad", Origin.META, "meta section"),
        ),
        (
            page('<a href="/isles">Isles and more</a> <a href="/y">Isles</a>', meta("section", "isles")),
            Found("Isles", Origin.META, "meta section"),
        ),
        (page('<a href="/isles">All Isles</a>', meta("section", "isles")), Found("isles", Origin.META, "meta section")),
        (
            page('<nav><a href="/x">World News</a></nav>', meta("article:section", "world-news")),
            Found("World News", Origin.META, "meta article:section"),
        ),
        (page(head=meta("article:section", "sport/football")), Found("football", Origin.META, "meta article:section")),
        (page(head=meta("article:section", "Ferry returns")), None),
        (page(head=meta("article:section", "12345")), None),
        # the address, by the link to its folder
        (
            page('<nav><a href="/world">World</a> <a href="/world/isles/">The Isles</a></nav>'),
            Found("The Isles", Origin.URL, "folder of the address"),
        ),
        (page('<a href="/world/">2 May 2024</a>'), None),
        (page('<a href="/world/">More on Example.com</a>'), None),
        # the label beside the headline, where nothing else tells
        (page('<p class="eyebrow"><a href="/x">Isles</a></p>'), LABEL),
        (page('<p class="c-topLabel"><a href="/x">News</a> <a href="/x">Isles</a></p>'), LABEL),
        (
            page().replace("</h1>", '</h1><div><a rel="category tag" href="/x">Isles</a> <a rel="tag" href="/y">Ferry</a></div>'),
            LABEL,
        ),
        (page('<nav class="rubrics"><a href="/x">Isles</a></nav>'), None),
        (page('<p class="eyebrow">Isles</p>'), None),  # a kicker
        (page('<p class="labels"><a href="/x">Isles</a></p>'), None),
        (page('<p class="kicker"><a href="/x">Issue of 2 May 2024</a></p>'), None),
        (page('<p class="kicker"><a href="/authors/jane-roe">Jane Roe</a></p>'), None),
        (page('<p class="kicker"><a href="/x">Subscribers only</a> <a href="/x">Isles</a></p>'), LABEL),
        (page('<p class="kicker"><a href="/x">Print</a> <a href="mailto:x">Write</a> <a href="/x">Isles</a></p>'), LABEL),
        (page('<p class="kicker"><a href="/x">Previous article</a></p>'), None),
        (page('<p class="kicker"><a href="/x">The island council talks on Thursday</a></p>'), None),
        (page('<p class="kicker"><a href="/council-talks-about-a-second-ramp">Council talks</a></p>'), None),
        (page('<p class="kicker"><a href="http://[bad/x">Isles</a></p>'), LABEL),
        (page('<div class="hentry category-isles"><p><a href="/x">Jane Roe</a></p></div>'), None),
        (page('<p class="category"><a rel="author" href="/x">Jane Roe</a></p>'), None),
        (page(f'<a href="{URL}">Ferry returns</a>'), None),
        (page(), None),
    ],
)
def test_the_section_is_found_in_the_printed_spelling(
    make_document: MakeDocument, make_story: MakeStory, html: str, expected: Found[str] | None
) -> None:
    document = make_document(html, url=URL)
    assert extract_section(document, make_story(document)) == expected


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        # one name of several words in a list, language by language; without such a word the first of several
        ("Food, Wine, Travel", "Food"),
        ("Food, Wine, and Travel", "Food, Wine, and Travel"),
        ("Essen, Wein, Reisen und Wohnen", "Essen, Wein, Reisen und Wohnen"),
        ("Cuisine, vin et voyage", "Cuisine, vin et voyage"),
        ("Cocina, vino, viajes y casa", "Cocina, vino, viajes y casa"),
        ("Cozinha, vinho e viagens", "Cozinha, vinho e viagens"),
        ("Eten, wijn en reizen", "Eten, wijn en reizen"),
        ("Kuchnia, wino i podróże", "Kuchnia, wino i podróże"),
        ("Jídlo, víno a cesty", "Jídlo, víno a cesty"),
        ("Mat, vin och resor", "Mat, vin och resor"),
        ("Mad, vin og rejser", "Mad, vin og rejser"),
        ("Ruoka, viini, matka ja koti", "Ruoka, viini, matka ja koti"),
        ("Ruoka, viini, matka", "Ruoka"),
        ("Наука, техника, культура и здоровье", "Наука, техника, культура и здоровье"),
        ("Наука, техника, импорт", "Наука"),
        ("Наука, техніка та культура", "Наука, техніка та культура"),
        ("Φαγητό, κρασί και ταξίδια", "Φαγητό, κρασί και ταξίδια"),
        ("Kültür, Sanat, Kitap ve Yaşam", "Kültür, Sanat, Kitap ve Yaşam"),
        ("Cultură, artă, film și muzică", "Cultură, artă, film și muzică"),
        ("Kultúra, könyv és zene", "Kultúra, könyv és zene"),
        ("תרבות, אמנות, ספרים ומוזיקה", "תרבות, אמנות, ספרים ומוזיקה"),
        ("תרבות, אמנות, וידאו", "תרבות"),  # the letter begins the word
        ("फिल्म, संगीत और किताब", "फिल्म, संगीत और किताब"),
        ("Kuliner, wisata dan budaya", "Kuliner, wisata dan budaya"),
        ("Ẩm thực, du lịch và văn hóa", "Ẩm thực, du lịch và văn hóa"),
        # steps from the wide to the narrow; two words of one name; a name and the site's
        ("Sports > Football", "Football"),
        ("Home » Sports » Football", "Football"),
        ("Sports / Football / News", "Football"),
        ("UK · Politics", "UK · Politics"),
        ("Health | Fitness", "Health | Fitness"),
        ("Health | Example", "Health"),
        ("News | Health", "Health"),
    ],
)
def test_of_a_declared_list_the_name_is_taken(
    make_document: MakeDocument, make_story: MakeStory, declared: str, expected: str
) -> None:
    document = make_document(page(head=meta("section", declared)), url=URL)
    assert extract_section(document, make_story(document)) == Found(expected, Origin.META, "meta section")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.com/people/isles/ferry-returns", "Isles"),  # of the section that is called People
        ("https://www.example.com/isles/ferry-returns", "Isles"),
        ("https://www.example.com/authors/isles/ferry-returns", None),  # Mr Isles
        ("https://isles.example.com/isles/ferry-returns", "Isles"),  # a part of the site, and its section
        ("https://www.example.com/en/ferry-returns", None),
        ("https://www.isles.example/isles/ferry-returns", None),
    ],
)
def test_a_folder_of_the_address_is_a_section_unless_a_person_or_a_language_stands_there(
    make_document: MakeDocument, make_story: MakeStory, url: str, expected: str | None
) -> None:
    folder = url.rpartition("/")[0]
    document = make_document(page(f'<a href="{folder}/">Isles</a>'), url=url)
    found = extract_section(document, make_story(document))
    assert (found and found.value) == expected


def test_a_feeds_section_serves_where_the_page_names_none(make_document: MakeDocument, make_story: MakeStory) -> None:
    document = make_document(page(), hints={"section": "World"})
    assert extract_section(document, make_story(document)) == Found("World", Origin.FEED, "section")


def test_a_profiles_xpath_comes_first(make_document: MakeDocument, make_story: MakeStory) -> None:
    document = make_document(page("<i>Isles</i>", meta("article:section", "World")))
    settle_profile(
        document, Profile(domain="example.com", name="Example", layouts=(Layout(name="only", fields=Fields(section=("//i",))),))
    )
    assert extract_section(document, make_story(document)) == Found("Isles", Origin.PROFILE, "//i")
