"""The standfirst between headline and text, told from captions, dates, by-lines and descriptions for search engines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.fields.subtitle import extract_subtitle
from etl.transform.profiled import settle_profile
from etl.transform.profiles import Fields, Layout, Profile
from etl.transform.reading import Found, Story

MakeDocument = Callable[..., Document]
MakeStory = Callable[[Document], Story]

DECK = "After a winter in the yard the boat to the outer islands is back."
TEXT = (
    "<p>The ferry left the northern quay at six in the morning.</p>"
    + "<p>Forty people were on board, and as many had been left waiting on the quay.</p>" * 8
)


def page(between: str, head: str = "", text: str = TEXT) -> str:
    return f"<html><head>{head}</head><body><article><h1>Ferry returns</h1>{between}{text}</article></body></html>"


def described(text: str) -> str:
    return f'<meta property="og:description" content="{text}">'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        # marked by class
        (page(f'<h2 class="article-subtitle">{DECK}</h2>'), Found(DECK, Origin.HTML, "standfirst h2")),
        # a day and a clock before it, in elements of their own
        (
            page(f'<h2 class="article-subtitle"><i>19.10.2019, 15:30 Uhr</i>{DECK}</h2>'),
            Found(DECK, Origin.HTML, "standfirst h2"),
        ),
        (
            page('<div class="standfirst">2024 was a good year for the ferry to all the outer isles</div>'),
            Found("2024 was a good year for the ferry to all the outer isles", Origin.HTML, "standfirst div"),
        ),
        (
            page('<div class="standfirst">Boat back in service</div>'),
            Found("Boat back in service", Origin.HTML, "standfirst div"),
        ),
        (
            page('<ul class="summary"><li>The boat is back now</li><li>Fares stay as they were</li></ul>'),
            Found("The boat is back now Fares stay as they were", Origin.HTML, "standfirst li"),
        ),
        (
            page(f'<div class="byline">By Ada Quay</div><div class="deck">{DECK}</div>'),
            Found(DECK, Origin.HTML, "standfirst div"),
        ),
        # confirmed by the description
        (page(f"<div>{DECK}</div><div>Some other line here</div>", described(DECK)), Found(DECK, Origin.HTML, "standfirst div")),
        (page(f"<h2>{DECK}</h2>", described(DECK[:-4] + "…")), Found(DECK, Origin.HTML, "standfirst h2")),
        # the only sentence there
        (page(f"<div>2 May 2024</div><div>{DECK}</div>"), Found(DECK, Origin.HEURISTIC, "lone sentence under the headline")),
        (
            page(f'<div><img src="/boat.jpg" alt="The boat"><div>{DECK}</div></div>'),
            Found(DECK, Origin.HEURISTIC, "lone sentence under the headline"),
        ),
        # the page's description, in a box with by-line and share buttons, or with the picture
        (
            page(
                f'<div class="byline-social"><div class="byline">By Ada Quay</div><div class="strap">{DECK}</div></div>',
                described(DECK),
            ),
            Found(DECK, Origin.HTML, "standfirst div"),
        ),
        (
            page(f'<div class="gallery"><div class="lead">{DECK}</div></div>', described(DECK)),
            Found(DECK, Origin.HTML, "standfirst div"),
        ),
        (page(f'<div class="byline-social"><div class="strap">{DECK}</div></div>'), None),  # may be the author's
        (page(f'<div class="gallery"><div class="caption">{DECK}</div></div>', described(DECK)), None),
        # none
        (page(f'<div class="gallery"><div><div><div>{DECK}</div></div></div></div>'), None),  # a caption, however deep
        (page(f'<div class="message hidden"><div>{DECK}</div></div>'), None),
        (page(f'<div><img src="/boat.jpg" alt="{DECK}"><div>{DECK}</div></div>'), None),  # the picture's caption
        (page(f'<div class="hero-image"><img src="/boat.jpg"><div>{DECK}</div></div>'), None),
        (page(f'<div class="author-box"><div class="description"><p>{DECK}</p></div></div>'), None),  # the author's description
        (page("", described(DECK)), None),  # told to search engines alone
        (page("", described("The ferry left the northern quay at six in the morning.")), None),
        (page('<div class="lead">The ferry left the northern quay at six in the morning.</div>'), None),  # the body says it
        (page(f'<figure><figcaption class="description">{DECK}</figcaption></figure>'), None),
        (page('<div class="intro">Published on 2 May 2024, 10:00</div>'), None),
        (page('<div class="description">Published Thursday, May 2, 2024 at 10:05 pm EDT</div>'), None),
        (
            page('<div class="description">Published in 2024, a report of the port tells why the ferry stood still.</div>'),
            Found("Published in 2024, a report of the port tells why the ferry stood still.", Origin.HTML, "standfirst div"),
        ),
        (page('<div class="summary">Ada Quay (Photo: Gazette)</div>'), None),
        (page('<div class="deck">Ferry returns</div>'), None),
        (page("<h2>Why the ferry was away</h2>"), None),
        (page(f"{TEXT}<div class='standfirst'>{DECK}</div>"), None),  # not over the text
    ],
)
def test_the_standfirst_is_what_the_page_shows_over_the_text(
    make_document: MakeDocument, make_story: MakeStory, html: str, expected: Found[str] | None
) -> None:
    document = make_document(html)
    assert extract_subtitle(document, make_story(document)) == expected


def test_blocks_the_body_left_as_standfirst_are_taken(make_document: MakeDocument, make_story: MakeStory) -> None:
    document = make_document(page(f'<p class="lead">{DECK}</p>'))
    story = make_story(document)
    marked, *rest = story.body.blocks
    body = replace(story.body, blocks=tuple(rest), paragraphs=story.body.paragraphs[1:], standfirst=(marked,))
    assert extract_subtitle(document, replace(story, body=body)) == Found(DECK, Origin.HTML, "standfirst p")


@pytest.mark.parametrize(
    ("text", "follows", "kept"),
    [
        ("The most important in brief:", "<ul><li>The boat is back.</li></ul>", False),
        ("The boat is back, and the islanders say:", "", True),
        ("Ferry returns", "", False),
    ],
)
def test_a_marked_line_that_only_announces_a_list_is_none(
    make_document: MakeDocument, make_story: MakeStory, text: str, follows: str, kept: bool
) -> None:
    document = make_document(page(f'<p class="lead">{text}</p>{follows}'))
    story = make_story(document)
    marked, *rest = story.body.blocks
    body = replace(story.body, blocks=tuple(rest), paragraphs=story.body.paragraphs[1:], standfirst=(marked,))
    found = extract_subtitle(document, replace(story, body=body))
    assert (found and found.value) == (text if kept else None)


def test_what_stands_twice_in_a_standfirst_is_taken_once(make_document: MakeDocument, make_story: MakeStory) -> None:
    document = make_document(page(f'<p class="lead">{DECK}</p><p class="lead">{DECK}</p>'))
    story = make_story(document)
    one, other, *rest = story.body.blocks
    body = replace(story.body, blocks=tuple(rest), paragraphs=story.body.paragraphs[2:], standfirst=(one, other))
    assert extract_subtitle(document, replace(story, body=body)) == Found(DECK, Origin.HTML, "standfirst p")


def test_a_profiles_xpath_comes_first(make_document: MakeDocument, make_story: MakeStory) -> None:
    document = make_document(page(f'<div class="deck">{DECK}</div><i>Boat back</i>'))
    settle_profile(
        document, Profile(domain="example.com", name="Example", layouts=(Layout(name="only", fields=Fields(subtitle=("//i",))),))
    )
    assert extract_subtitle(document, make_story(document)) == Found("Boat back", Origin.PROFILE, "//i")
