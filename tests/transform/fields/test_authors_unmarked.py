"""By-lines that only their words and their place tell: no class, no link to an author's page, no declaration."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.transform.document import Document
from etl.transform.fields.authors import extract_authors, parse_byline
from etl.transform.reading import Story

MakeDocument = Callable[..., Document]
MakeStory = Callable[[Document], Story]

TITLE = "Ferry returns to the strait"
TEXT = "<p>" + "The ferry left the northern quay at six in the morning with forty people on board. " * 4 + "</p>"
LONG = TEXT * 3
NAME = "<div><div>Daniel Roe</div></div>"
DAY = "<div><div>3 May 2020</div></div>"
ALONE = NAME + DAY
BOX = '<div class="author-box"><p class="author-name">Jane Roe</p><p>Jane Roe writes on harbours.</p></div>'
REUTERS = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "Organization", "name": "Reuters"}}</script>'
)
OF_PERSON = (
    *("mailto:roe@example.com", "#", "javascript:void(0)", "", "https://twitter.com/droe", "https://www.facebook.com/droe"),
    *("/daniel-roe", "/kolumnisten/daniel-roe", "/our-people/daniel-roe", "/avtor/daniel-roe"),
)


def link(path: str, name: str) -> str:
    """A linked line."""
    return f'<div><div><a href="{path}">{name}</a></div></div>'


def page(beside: str = "", *, above: str = "", text: str = LONG, below: str = "", head: str = "") -> str:
    """A page with a headline, something beside it, the text, and something below."""
    site = '<meta property="og:site_name" content="Daily Example">'
    return f"<html><head>{site}{head}</head><body><main>{above}<h1>{TITLE}</h1>{beside}{text}</main>{below}</body></html>"


def named(document: Document, make_story: MakeStory) -> list[str]:
    found = extract_authors(document, make_story(document))
    return [author.name for author in found.value] if found else []


# Left: a page. Right: whom it credits. Each case is followed by its near misses.
PAGES = [
    # a name alone before the text beside a date, told from a heading by a known given name
    (page(ALONE), ["Daniel Roe"]),
    (page("<div><div>Daniel Roe | Leeds</div><div>3 May 2020</div></div>"), ["Daniel Roe"]),
    (page(NAME), []),
    (page(NAME, head=REUTERS), ["Reuters"]),
    (page("<div><div>George Town</div></div>"), []),
    (page("<div><div>Zuzanna Roe Zuletzt geändert am 6. November 2023</div></div>"), ["Zuzanna Roe"]),
    (
        page(f"<h2>{'The quay was full of people from all islands. ' * 3}</h2>{ALONE}"),
        ["Daniel Roe"],
    ),
    (page("<div><div>Case Study</div></div>"), []),
    (page("<div><div>© Daniel Roe</div></div>"), []),
    (page("<div><div>Bild: REUTERS / DANIEL ROE</div></div>"), []),
    # not where the story speaks of her, but for the lines that tell who she is
    (
        page(ALONE, text=f"{LONG}<p>Captain Roe closed the gate behind the last of them.</p>{LONG}"),
        [],
    ),
    (
        page(ALONE, text=f"{LONG}<p>Daniel Roe writes on harbours and has sailed on most ferries.</p>"),
        ["Daniel Roe"],
    ),
    (page(ALONE, text=f"<p>Daniel Roe sailed on most ferries, and was never late for one.</p>{LONG}"), []),
    # one who is known by the address that her name leads to, or with her trade; by neither, and in capitals as a heading is
    (page(link("/team/ottoline-roe/", "Ottoline Roe") + DAY), ["Ottoline Roe"]),
    (page(link("/people/daniel-roe/", "Daniel Roe")), []),
    (page(f"<div><div>Daniel Roe Senior Harbour Correspondent</div></div>{DAY}"), ["Daniel Roe"]),
    (page("<div><div>Daniel Roe, Director</div></div>"), []),  # of whom an interview is
    (page(link("/topics/tides/", "Ottoline Roe")), []),
    # a link to any other page is a topic or a section, whatever it is called and though a date stands beside it
    (page(link("/tag/daniel-roe", "Daniel Roe")), []),
    (page(link("/tag/daniel-roe", "Daniel Roe") + DAY), []),
    (page(link("/tag/daniel-roe", "Daniel Roe"), head=REUTERS), ["Reuters"]),
    (page(link("/sport/premier-league/", "Premier League")), []),
    (page(link("/premier-league", "Martin Ødegaard") + DAY), []),
    (page(link("/premier-league", "Premier League") + DAY), []),
    (page(link("https://encyclopedia.example.org/wiki/Daniel_Roe", "Daniel Roe") + DAY), []),
    # but one to no page, into a network, or to a page that is called like a person tells of no topic
    *[(page(link(path, "Daniel Roe") + DAY), ["Daniel Roe"]) for path in OF_PERSON],
    (page(link("#", "Daniel Roe")), []),
    (page(text=f'<p><a href="mailto:roe@example.com">Daniel Roe</a></p>{LONG}'), ["Daniel Roe"]),
    (page(text=f'{LONG}<p><a href="https://twitter.com/droe">Daniel Roe</a></p>'), ["Daniel Roe"]),
    (page(text=f'{LONG}<p><a href="/tag/daniel-roe">Daniel Roe</a></p>'), []),
    (page(f'<div class="tags">{link("/team/ottoline-roe/", "Ottoline Roe")}{DAY}</div>'), []),
    # the by-line below the story comes before such a name
    (page(ALONE, below=BOX), ["Jane Roe"]),
    (page(ALONE, text=LONG.removesuffix("</p>") + " (By Jane Roe)</p>"), ["Jane Roe"]),
    # a label of those who did not write the story, in a box of its own
    (page(f"<div><div>Photos</div>{ALONE}</div>"), []),
    (page(f"<div><div>Edited by</div>{ALONE}</div>"), []),
    (page('<div><div><a href="http://[bad/ottoline-roe">Ottoline Roe</a></div></div>'), []),
    (page(text=f"<p>RISING TIDES</p>{LONG}"), []),
    # points before the by-line are a summary
    (page(f"<ul><li>The quay was full of people.</li><li>The crew had been up all night.</li></ul>{ALONE}"), ["Daniel Roe"]),
    # a word in a box of its own is the label of the name beside it, not of a heading nor of what stands elsewhere
    (page("<div><span>Author</span><div>Ottoline Roe</div></div>"), ["Ottoline Roe"]),
    (page("<div><div>Author</div><h2>Rising Tides</h2></div>"), []),
    (page("<section><ul><li>Authors</li></ul></section><div><div><div><div>Rising Tides</div></div></div></div>"), []),
    # a body that is declared or shown stays
    (page(ALONE, head='<meta name="author" content="Harbour Press Office">'), ["Harbour Press Office"]),
    (page(f'<p class="byline">Harbour Press Office</p>{ALONE}'), ["Harbour Press Office"]),
    # a marked name beats a line with a date, which may be a heading
    (page('<div>Case Study 3 May 2020</div><p class="byline">By Jane Roe</p>'), ["Jane Roe"]),
    # persons beside an agency that alone is marked
    (page('<div>By Jane Roe and John Doe <span class="byline">The Associated Press</span></div>'), ["Jane Roe", "John Doe"]),
    # the name of a joined by-line whose next one is hidden, or stands in an element of its own
    (page('<ul class="authors"><li>Jane Roe &amp;</li><li>John Doe</li></ul>'), ["Jane Roe", "John Doe"]),
    # a label far along a line that strokes part
    (
        page("<div>Published: 5 hours ago | Last Updated: 5 hours ago, on the quay | Written by Jane Roe</div>"),
        ["Jane Roe"],
    ),
    # a by-line with a label is no comment between headline and text, whatever its box is called; behind the text it is
    (page('<div class="meta-with-comments"><span>By Jane Roe • 11/08/23 5:19pm</span></div>'), ["Jane Roe"]),
    (page('<div class="comments"><div class="author">John Doe</div><p>The quay was full.</p></div>'), []),
    (page(below='<div class="meta-with-comments"><span>By Jane Roe • 11/08/23 5:19pm</span></div>'), []),
    # a figure's address is the author's, not the photographer's
    (
        page("<figure><img><figcaption><address>By Christopher Roe, reporter</address></figcaption></figure>"),
        ["Christopher Roe"],
    ),
    (page("<figure><img><figcaption><p>By Christopher Roe, reporter</p></figcaption></figure>"), []),
    # a link behind a label of others
    (page(below='<p class="byline">Redaktion: <a rel="author" href="/roe">Jane Roe</a></p>'), []),
    # who only added to the report is not its author
    (page(below='<ul><li class="byline">– additional reporting by Jane Roe</li></ul>'), []),
    # the text's own first or last line
    (page(text=f"<p>By Jane Roe<br><br>{'The ferry left the northern quay at six. ' * 9}</p>{LONG}"), ["Jane Roe"]),
    (page(text=f"{LONG}<p>{'The ferry left the northern quay at six. ' * 9}<br>Text: Jane Roe</p>"), ["Jane Roe"]),
    (page(text=f"<p>The Long Quay<br>by Jane Roe<br>Example Press, 320 pages, 20 euros</p>{LONG}"), []),  # a book's
    (page(text=f"<p>The quay of Roe<br><br>{'The ferry left the northern quay at six. ' * 9}</p>{LONG}"), []),
    # brackets at the end: with a label; without it stands there who played a part or said what is quoted
    (page(text=LONG.removesuffix("</p>") + "(By Jane Roe) +++</p>"), ["Jane Roe"]),
    (page(text=LONG.removesuffix("</p>") + "(Christian P. Roe)</p>"), []),
    # an agency's sign below the text, not the initials that look like one; the site's own name stays where it is declared
    (page(below="<div>sak/Reuters</div>"), ["Reuters"]),
    (page(below="<div>ap/kam</div>"), []),
    (page(below='<div><img src="/quay.jpg"><div>Reuters</div></div>'), []),
    (page(below="<div>sak/Reuters</div>", head='<meta name="author" content="Daily Example">'), ["Daily Example"]),
    # several names a box each, in a by-line set into the text
    (
        page(
            text=LONG * 3
            + '<div class="byline"><div><div class="author">Jane Roe</div><div class="author">John Doe</div></div></div>'
            + LONG * 3
        ),
        ["Jane Roe", "John Doe"],
    ),
    # a linked author in a box named for its sponsor
    (page('<div class="sponsor-placement"><p class="author"><a href="/autor/4-jane-roe">Jane Roe</a></p></div>'), ["Jane Roe"]),
]


@pytest.mark.parametrize(("html", "names"), PAGES)
def test_an_unmarked_byline_is_told_by_its_words_and_place(
    make_document: MakeDocument, make_story: MakeStory, html: str, names: list[str]
) -> None:
    assert named(make_document(html, url="https://www.example.com/story-1"), make_story) == names


LINES = [
    # initials in brackets belong to a name, a place in brackets does not
    ("en", "Richard (R.J.) Roe", ["Richard (R.J.) Roe"]),
    ("en", "Richard Roe (R.J.)", ["Richard Roe"]),
    # in Korean, places before the name that a trade follows; two reporters stay two
    ("ko", "순천, 광양 홍길동 기자", ["홍길동"]),
    ("ko", "로스앤젤레스 홍길동 기자", ["홍길동"]),
    ("ko", "김철수, 홍길동 기자", ["김철수", "홍길동"]),
    ("ko", "허준, 홍길동 기자", ["허준", "홍길동"]),
    ("ko", "남궁민수 홍길동 기자", []),
    ("ko", "홍길동 기자 외 1명", ["홍길동"]),
    # two labels in one, in either order
    ("de", "Fotos und Text: Jane Roe", ["Jane Roe"]),
    ("id", "Redaktur & Reporter : Jane Roe", ["Jane Roe"]),
    ("de", "Fotos und Video: Jane Roe", []),
    # who checked the story did not write it
    ("de", "Geprüft von Dr. med. Jane Roe", []),
    ("de", "Von Jane Roe", ["Jane Roe"]),
    # a joining word in front joins nothing
    ("no", "i Paris", []),
    ("en", "SINA ROE", ["Sina Roe"]),
    ("en", "By Sina Roe IN Fashion", ["Sina Roe"]),
]


@pytest.mark.parametrize(("language", "text", "names"), LINES)
def test_a_line_is_read_to_its_names(language: str, text: str, names: list[str]) -> None:
    assert [author.name for author in parse_byline(text, language=language)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("von Jane Roe Gazette International", ["Jane Roe"]),
        ("von Jane Roe Gazette Doe", ["Jane Roe Gazette Doe"]),
        ("von Jane Roe Gazelle International", ["Jane Roe Gazelle International"]),
    ],
)
def test_the_sites_name_behind_a_person_is_cut_off(text: str, names: list[str]) -> None:
    assert [author.name for author in parse_byline(text, language="de", site_names=("Gazette",))] == names
