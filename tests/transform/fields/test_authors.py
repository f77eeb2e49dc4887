"""Whole pages: which of the places that name authors is believed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from etl.records import Author, AuthorKind, Origin
from etl.transform.document import Document
from etl.transform.fields.authors import extract_authors
from etl.transform.profiled import settle_profile
from etl.transform.profiles import Fields, Layout, Profile
from etl.transform.reading import Story

MakeDocument = Callable[..., Document]
MakeStory = Callable[[Document], Story]

TITLE = "Ferry returns to the strait"
TEXT = "<p>" + "The ferry left the northern quay at six in the morning with forty people on board. " * 4 + "</p>"
LONG = TEXT * 3


def page(beside: str = "", *, above: str = "", text: str = LONG, below: str = "", head: str = "") -> str:
    """A page with a headline, something beside it, the text, and something below."""
    site = '<meta property="og:site_name" content="Daily Example">'
    return f"<html><head>{site}{head}</head><body><main>{above}<h1>{TITLE}</h1>{beside}{text}</main>{below}</body></html>"


def linked(*nodes: dict[str, Any]) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


def article(author: Any, **more: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE, "author": author, **more}


def person(name: str) -> dict[str, str]:
    return {"@type": "Person", "name": name}


def meta(name: str, *contents: str) -> str:
    return "".join(f'<meta name="{name}" content="{content}">' for content in contents)


DECLARED = [
    # JSON-LD: a person, a list, strings, names in parts, several names in one string
    (page(head=linked(article(person("Jane Roe")))), ["Jane Roe"]),
    (page(head=linked(article([person("Jane Roe"), person("John Doe")]))), ["Jane Roe", "John Doe"]),
    (page(head=linked(article([[person("Jane Roe")], {"author": 1}, "John Doe"]))), ["Jane Roe", "John Doe"]),
    (page(head=linked(article({"@type": "Person", "givenName": "Jane", "familyName": "Roe"}))), ["Jane Roe"]),
    (page(head=linked(article({"@type": "Person", "name": ["Jane Roe", "John Doe"]}))), ["Jane Roe", "John Doe"]),
    # JSON once more, in a string; and broken
    (page(head=linked(article(json.dumps(person("Jane Roe"))))), ["Jane Roe"]),
    (page(head=linked(article('{ "@type": "Person", "name": '))), []),
    (page(head=linked(article(person("Anna Müller und Jörg Weiß, dpa")))), ["Anna Müller", "Jörg Weiß", "dpa"]),
    (page(head=linked(article(person("Elena Holz (obe)")))), ["Elena Holz"]),
    (page(head=linked(article("JANE ROE, AP Sports Writer"))), ["Jane Roe"]),
    (page(head=linked({**article(None), "creator": person("Jane Roe")})), ["Jane Roe"]),
    # references to other nodes
    (
        page(
            head=linked(
                {
                    "@context": "https://schema.org",
                    "@graph": [
                        {"@type": "Article", "headline": TITLE, "author": {"@id": "#jane"}},
                        {"@type": "Person", "@id": "#jane", "name": "Jane Roe"},
                    ],
                }
            )
        ),
        ["Jane Roe"],
    ),
    # the article of this page, not of a teaser; not the authors of readers' reviews
    (
        page(head=linked(article(person("Ann Miles"), headline="Something else"), article(person("Jane Roe")))),
        ["Jane Roe"],
    ),
    (
        page(
            head=linked(
                {"@type": "Recipe", "name": TITLE, "author": person("Jane Roe")},
                {"@type": "Review", "author": person("Ann Miles")},
            )
        ),
        ["Jane Roe"],
    ),
    # an organisation that is declared one keeps its name as it stands
    (page(head=linked(article({"@type": "NewsMediaOrganization", "name": "Redaktion Beispiel"}))), ["Redaktion Beispiel"]),
    # meta tags
    (page(head=meta("author", "Jane Roe")), ["Jane Roe"]),
    (page(head=meta("author", "Jane Roe", "John Doe")), ["Jane Roe", "John Doe"]),
    (page(head=meta("byl", "By Jane Roe and John Doe")), ["Jane Roe", "John Doe"]),
    (page(head=meta("article:author", "https://social.example/jane")), []),
    (page(head=meta("article:author", "social.example.org/jane")), []),
    (page(head=meta("citation_author", "Lin, Xiaoying", "Lenz, Mariana")), ["Xiaoying Lin", "Mariana Lenz"]),
    (page(head=meta("twitter:label1", "Written by") + meta("twitter:data1", "Jane Roe")), ["Jane Roe"]),
    (page(head=meta("twitter:label1", "Reading time") + meta("twitter:data1", "Five Minutes")), []),
    (page(head=meta("twitter:creator", "@janeroe")), []),
    # microdata without text
    (
        page('<span itemprop="author" itemscope><meta itemprop="name" content="Jane Roe"></span>'),
        ["Jane Roe"],
    ),
]


@pytest.mark.parametrize(("html", "names"), DECLARED)
def test_declared_authors_are_read(make_document: MakeDocument, make_story: MakeStory, html: str, names: list[str]) -> None:
    assert named(make_document(html), make_story) == names


SHOWN = [
    # a class, a link to the author's page, a label, a label in a box of its own
    (page('<div class="byline">Jane Roe</div>'), ["Jane Roe"]),
    (page('<p><a rel="author" href="/x">Jane Roe</a></p>'), ["Jane Roe"]),
    (page('<p class="meta"><a href="/author/jane-roe">Jane Roe</a> 3 May 2020</p>'), ["Jane Roe"]),
    (page("<p>By Jane Roe and John Doe</p>"), ["Jane Roe", "John Doe"]),
    (page('<div class="author"><span>By</span><div>Jane Roe</div></div>'), ["Jane Roe"]),
    (page('<div class="a"><div>Von</div><div>Anna Müller</div></div>'), ["Anna Müller"]),
    # elements that meet without a space
    (page('<div class="byline"><span>Jane Roe</span><span>The Paper</span></div>'), ["Jane Roe"]),
    (
        page('<p class="entry-meta">Posted on<span>May 3, 2020</span><span class="author">Jane Roe</span>4 comments</p>'),
        ["Jane Roe"],
    ),
    # a letter in an element of its own for show; a joining word is none
    (page('<div class="byline"><span>Will Knigh</span><span>t</span></div>'), ["Will Knight"]),
    (page('<div class="byline"><b>W</b><span>ill Knight</span></div>'), ["Will Knight"]),
    (page('<div class="byline"><span>Jane Roe</span><span>y</span><span>John Doe</span></div>'), ["Jane Roe", "John Doe"]),
    # a name an element of one make, with blanks alone between; a name in two such elements
    (
        page('<div class="byline"><b>Ann Jane Roe</b> <b>John Doe</b> <b>Max Reed</b></div>'),
        ["Ann Jane Roe", "John Doe", "Max Reed"],
    ),
    (page('<div class="byline"><b>Jane</b> <b>Roe</b></div>'), ["Jane Roe"]),
    # a label in an element of its own within the link
    (page('<div><a rel="author" href="/x"><span>Von </span>Der Lotse</a></div>'), ["Der Lotse"]),
    (page('<div><a rel="author" href="/x"><span>Jane</span> <span>Roe</span></a></div>'), ["Jane Roe"]),
    # generated class names, but a name for tests
    (
        page('<div class="x1" data-testid="header-byline"><a href="/staff/roe">Jane Roe</a> and <b>AP</b></div>'),
        ["Jane Roe", "AP"],
    ),
    # a box round the story that an advertiser paid a place in
    (page(f'<div class="sponsored"><p class="byline">By Jane Roe</p>{LONG}</div>', text=""), ["Jane Roe"]),
    # the author's portrait and a class of the by-line's picture
    (page('<div class="author-photo">Jane Roe</div>'), ["Jane Roe"]),
    # a long line, marked and labelled
    (
        page('<div class="author">Par <b>LUCIE ROUX</b>, <b>PAUL MARTIN</b> Envoyés spéciaux à Saint-Malo en Bretagne</div>'),
        ["Lucie Roux", "Paul Martin"],
    ),
    # a name a box, and one link among several names
    (
        page('<div class="byline"><div class="name">Jane Roe</div><div class="name">John Doe</div></div>'),
        ["Jane Roe", "John Doe"],
    ),
    (page('<p>By <a href="/author/jane-roe">Jane Roe</a> and John Doe</p>'), ["Jane Roe", "John Doe"]),
    # a job title in the by-line's box is no author
    (
        page('<div class="author"><div class="name">Jane Roe</div><div class="author-jobtitle">Motor Desk</div></div>'),
        ["Jane Roe"],
    ),
    # a name and a date
    (page("<div>Jane Roe, 3.5.2020</div>"), ["Jane Roe"]),
    (page("<div>3 May 2020 | 14:07 | By Jane Roe</div>"), ["Jane Roe"]),
    # one word: behind a label, in a marked box, linked
    (page('<p class="post-meta">Posted on May 3, 2020 by oz</p>'), ["oz"]),
    (page('<span class="author"><a rel="author" href="/x">Robert</a></span>'), ["Robert"]),
    # whatever box it is in: a plain by-line at the headline
    (page('<div class="caption">by Jane Roe</div>'), ["Jane Roe"]),
    (page(text=LONG + '<div class="credits">Text: Jane Roe</div>'), ["Jane Roe"]),
    # a labelled line after the first paragraphs, a box about the author set into the text
    (page(text=LONG + "<div>by Jane Roe</div>" + LONG), ["Jane Roe"]),
    (page(text=LONG * 3 + '<div class="author-profile">Jane Roe,</div>' + LONG * 3), ["Jane Roe"]),
    (page(below='<div class="author">Datum: 19.11.2021<br>Autor: Jane Roe<br>Quelle: Example</div>'), ["Jane Roe"]),
    # below the story, and a line that is nothing but a name
    (page(below='<div class="author-box"><h4>About the author</h4><h4 class="author-name">Jane Roe</h4></div>'), ["Jane Roe"]),
    (page(text=LONG + "<p>Jane Roe</p>"), ["Jane Roe"]),
    (page(text=LONG.removesuffix("</p>") + "(By Jane Roe) Enditem/</p>"), ["Jane Roe"]),
    (page(text=LONG.removesuffix("</p>") + "(Reporting by Jane Roe; editing by John Doe)</p>"), ["Jane Roe"]),
    # the one whom the page calls its author, in a box beside the story
    (page(below='<aside><b>THE AUTHOR</b><a rel="author" href="/roe">Jane Roe</a></aside>'), ["Jane Roe"]),
    (page(below='<aside><span itemprop="author">Jane Roe</span> 3 May 2020</aside>'), ["Jane Roe"]),
    (page(below='<div><h3><a rel="author" href="/roe">Jane Roe</a></h3><a href="/roe">All her stories</a></div>'), ["Jane Roe"]),
    (page(text="<p>Jane Roe/John Doe</p>" + LONG), ["Jane Roe", "John Doe"]),
    (page("<div>AFP, Manila</div>"), ["AFP"]),
    (page(text=f"{TEXT}<div>AFP, MANILA</div>{LONG}"), ["AFP"]),
]


@pytest.mark.parametrize(("html", "names"), SHOWN)
def test_shown_bylines_are_read(make_document: MakeDocument, make_story: MakeStory, html: str, names: list[str]) -> None:
    assert named(make_document(html), make_story) == names


def test_a_label_that_is_a_name_elsewhere_is_known_by_the_language(make_document: MakeDocument, make_story: MakeStory) -> None:
    document = make_document(page('<div class="author"><div class="by">Nga</div><a href="/author/a">Arben Leka</a></div>'))
    for language, name in (("sq", "Arben Leka"), ("en", "Nga")):
        found = extract_authors(document, replace(make_story(document), language=language))
        assert found
        assert [author.name for author in found.value] == [name]


MARKED = '<a rel="author" href="/authors/john-doe">John Doe</a>'
NOBODY = [
    page(),
    # brackets at the end that say nothing of an author
    page(text=LONG.removesuffix("</p>") + "(Jane Roe, 41)</p>"),
    # or whose words another's are that the sentence speaks of
    page(text=LONG + "<p>They sang the song of the tide all winter long (by William Miles).</p>"),
    page(text=LONG + "<p>She closed the evening with her favourite poem, The Quay (text by Jane Roe).</p>"),
    # several in boxes beside the story, in one or in two; one in a list of related stories
    page(below='<aside><a rel="author" href="/a">Jane Roe</a>, <a rel="author" href="/b">John Doe</a></aside>'),
    page(below="".join(f'<aside><a rel="author" href="/">{name}</a></aside>' for name in ("Jane Roe", "John Doe"))),
    page(below='<div class="related"><a rel="author" href="/a">Jane Roe</a></div>'),
    # beside the heading of another story, or a link to one
    page(below=f'<div class="widget"><h3><a href="/opinion/4600">The pier</a></h3>{MARKED}</div>'),
    page(below=f'<aside class="widget"><h3>Why the pier is too short</h3><div>{MARKED}</div></aside>'),
    page(below=f'<div class="widget"><p><a href="/opinion/4600">Why the council is wrong about the pier</a></p>{MARKED}</div>'),
    # commenters, teasers, menus, pictures, share buttons
    page(below='<div class="comments"><p class="comment-author">Jane Roe</p></div>'),
    page('<div class="related"><h3>Tides</h3><p class="byline">By Jane Roe</p></div>'),
    page(above='<nav><ul><li><a href="/author/jane-roe">Jane Roe</a></li></ul></nav>'),
    page('<figure><img src="a.jpg"><figcaption>Photo: Jane Roe</figcaption></figure>'),
    page('<div class="share"><span class="author">More</span></div>'),
    # an advert's own author below the story's beginning; a name for tests that says something else
    page(text=LONG * 4 + '<div class="advert"><p class="byline"><a href="/author/roe">Jane Roe</a></p></div>' + LONG),
    # nor at the headline, where the story is outside of the advert's box
    page('<div class="sponsored"><div class="byline">By Max Seller</div></div>'),
    page('<div class="sponsored"><p class="byline">By Max Seller</p></div>'),
    page('<div class="x1" data-testid="byline-location">Port Roe</div>'),
    page('<div class="x1" data-testid="topic"><a href="/staff/roe">Port Roe</a></div>'),
    # what no reader sees, and a line of the site's own workings
    page('<div style="display:none">Local Clock: 08:48 23 Sep 2011</div>'),
    page('<span class="submitted-by">Submitted on Mon, 2019-01-21 13:49</span>'),
    page('<div><img src="a.jpg"><span class="image--author">Jane Roe</span></div>'),
    page('<div><img src="a.jpg"><p>The quay. <span class="photo-author">Jane Roe</span></p></div>'),
    page('<div><img src="a.jpg"><span class="caption__credit">Jane Roe</span></div>'),
    # the authors of a list of other stories
    page(
        below="".join(
            f'<div class="item"><h4>Story</h4><div class="item-author">{name}</div></div>'
            for name in ("A. Roe", "B. Doe", "C. Miles")
        )
    ),
    # several by-lines set into the text
    page(text="".join(f'{LONG * 3}<div class="author-profile">{name}</div>' for name in ("Ada Roe", "Ben Doe")) + LONG * 3),
    # someone whom the story speaks of
    page(text=LONG + "<p>Captain Roe waved.</p><p>Jane Roe</p>"),
    # common words that stand elsewhere on the page in small letters
    page(text=LONG + "<p>Many Thanks</p>", below="<div>Thank you for many years; thanks to all.</div>"),
    # a heading, a section's name, initials, a link to a site elsewhere
    page("<h2>Original Research</h2>"),
    page('<div class="author">Politics</div>'),
    page('<p class="byline">amw</p>'),
    page('<p>3 May 2020 <a href="https://video.example/user/ferries">Ferry Films</a></p>'),
    page("<p>By the time the ferry returned, it was 3 May 2020.</p>"),
]


@pytest.mark.parametrize("html", NOBODY)
def test_nobody_is_credited_here(make_document: MakeDocument, make_story: MakeStory, html: str) -> None:
    document = make_document(html, url="https://www.example.com/politics/story-1")
    assert named(document, make_story) == []


CHOSEN = [
    # a person beats the site's own name and any organisation
    (
        page('<p class="byline">By Jane Roe</p>', head=linked(article({"@type": "Organization", "name": "Daily Example"}))),
        ["Jane Roe"],
    ),
    (page(head=linked(article(person("Daily Example"))) + meta("author", "Jane Roe")), ["Jane Roe"]),
    (page("<p>By Jane Roe</p>", head=meta("author", "www.example.com")), ["Jane Roe"]),
    # a desk that readers see beats the name of its account; a person's full name does not yield
    (page('<p class="byline">Redaktion</p>', head=meta("author", "dany")), ["Redaktion"]),
    (page('<p class="byline">Redaktion</p>', head=meta("author", "Jane Roe")), ["Jane Roe"]),
    # an agency beats the site's own name
    (page('<p class="byline">Reuters</p>', head=linked(article(person("Daily Example")))), ["Reuters"]),
    # where only the site is named, the site is the author
    (page(head=linked(article({"@type": "Organization", "name": "Daily Example"}))), ["Daily Example"]),
    # beside a person it is none
    (page(head=linked(article([person("Jane Roe"), person("Daily Example")]))), ["Jane Roe"]),
    # nor what holds it; what begins with it is one of its houses
    (page('<div class="byline"><div>By Jane Roe</div><div>North Devon Daily-Example</div></div>'), ["Jane Roe"]),
    (page("<p>By Jane Roe and Daily Example North</p>"), ["Jane Roe", "Daily Example North"]),
    # the wider of two that agree
    (page("<p>By Jane Roe and John Doe</p>", head=linked(article(person("Jane Roe")))), ["Jane Roe", "John Doe"]),
    (page(head=linked(article(person("Jane Roe"))) + meta("author", "Jane Roe", "John Doe")), ["Jane Roe", "John Doe"]),
    (page("<p>By J. Roe and John Doe</p>", head=linked(article(person("Jane Roe")))), ["Jane Roe", "John Doe"]),
    # not where two names only look alike
    (page("<p>By Jane Roe and Ann Roe</p>", head=linked(article(person("Jane Roe")))), ["Jane Roe", "Ann Roe"]),
    # what a meta tag confirms
    (page("<p>By John Doe</p><p class='byline'>Jane Roe</p>", head=meta("author", "Jane Roe")), ["Jane Roe"]),
    # one person in two spellings
    (page('<p class="byline">JANE ROE</p>', head=meta("author", "Jane Roe", "jane-roe")), ["Jane Roe"]),
    # a declared organisation is not overruled by a box below
    (
        page(
            below='<div class="author-name">Jane Roe</div>',
            head=linked(article({"@type": "Organization", "name": "Agency Desk"})),
        ),
        ["Agency Desk"],
    ),
]


@pytest.mark.parametrize(("html", "names"), CHOSEN)
def test_the_more_credible_place_is_believed(
    make_document: MakeDocument, make_story: MakeStory, html: str, names: list[str]
) -> None:
    assert named(make_document(html), make_story) == names


def test_kind_credit_and_place_are_told(make_document: MakeDocument, make_story: MakeStory) -> None:
    document = make_document(page('<p class="byline">By JANE ROE, ASSOCIATED PRESS | Updated 3 May 2020</p>'))
    found = extract_authors(document, make_story(document))
    credit = "JANE ROE, ASSOCIATED PRESS"
    assert found is not None
    assert found.value == (
        Author(name="Jane Roe", kind=AuthorKind.PERSON, credit=credit),
        Author(name="Associated Press", kind=AuthorKind.ORGANIZATION, credit=credit),
    )
    assert (found.origin, found.detail) == (Origin.HTML, "by-line in <p byline>")


def test_the_credit_is_the_line_shown_wherever_the_name_was_taken_from(
    make_document: MakeDocument, make_story: MakeStory
) -> None:
    shown = '<p class="byline">By JANE ROE/SPECIAL TO THE EXAMPLE</p>'
    document = make_document(page(shown, head=linked(article([person("Jane Roe"), person("John Doe")]))))
    found = extract_authors(document, make_story(document))
    assert found is not None
    assert found.value == (
        Author(name="Jane Roe", credit="JANE ROE/SPECIAL TO THE EXAMPLE"),
        Author(name="John Doe", credit="John Doe"),
    )
    assert found.origin is Origin.JSON_LD


def test_a_profile_comes_first(make_document: MakeDocument, make_story: MakeStory) -> None:
    fields = Fields(authors=('//span[has-class("reporter")]',))
    profile = Profile(domain="example.com", name="Daily Example", layouts=(Layout(name="2020", fields=fields),))
    document = make_document(page('<div>By <span class="reporter">JANE ROE</span></div>', head=meta("author", "Ann Miles")))
    settle_profile(document, profile)
    found = extract_authors(document, make_story(document))
    assert found is not None
    assert (found.origin, [author.name for author in found.value]) == (Origin.PROFILE, ["Jane Roe"])


def test_a_feeds_author_is_taken_where_the_page_is_silent(make_document: MakeDocument, make_story: MakeStory) -> None:
    document = make_document(page(), hints={"author": "By JANE ROE"})
    found = extract_authors(document, make_story(document))
    assert found is not None
    assert (found.origin, [author.name for author in found.value]) == (Origin.FEED, ["Jane Roe"])


def named(document: Document, make_story: MakeStory) -> list[str]:
    found = extract_authors(document, make_story(document))
    return [author.name for author in found.value] if found else []
