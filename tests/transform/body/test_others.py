"""Other stories among the paragraphs: links to them, teasers, what stands under a label of its own."""

from __future__ import annotations

import pytest

from tests.transform.body.stories import (
    ABOVE,
    BELOW,
    COMMENTARY,
    FIRST,
    LAST,
    LONG,
    NEXT,
    TITLE,
    MakeDocument,
    chosen_from,
    kept,
)

BOX = kept("A baker from Nordvik has lived on the island since spring.")
LABELLED = {
    "a box under a label for other stories": (f"<div><h3>You may also like</h3>{BOX}</div>", []),
    "the label alone in a box": (f"<section><div><h3>You may also like</h3></div>{BOX}</section>", []),
    "comments": (f"<div><h3>Comments</h3>{BOX}</div>", []),
    "the label in the section's head": (
        f"<section><div><h3>You may also like</h3><p>Choose</p></div><div>{BOX}</div></section>",
        [],
    ),
    "a short label in a head, that is no heading": (
        f"<section><div><p>Read also:</p><p>Choose</p></div><div>{BOX}</div></section>",
        ["A baker from"],
    ),
    "more comments than text, counted": (f'<div class="x"><h3>27 comments</h3><b>Jane Roe</b>{COMMENTARY}</div>', []),
    "more of other stories than text": (f"<div><h3>You may also like</h3>{BOX * 9}</div>", ["A baker from"] * 9),
    "a short label that is no heading": (f"<div><p>Read also:</p>{BOX}</div>", []),
    "a heading of the story": (f"<div><h3>A baker moves in</h3>{BOX}</div>", ["A baker from"]),
    "a label of another kind": (f"<div><h3>Tags</h3>{BOX}</div>", ["A baker from"]),
    "a box on the author": (f"<div><h3>About the author</h3>{BOX}</div>", []),
    "a box about somebody in the story": (f"<div><h3>Profile</h3>{BOX}</div>", ["A baker from"]),
    "the same label, no heading": (f"<div><p>About the author</p>{BOX}</div>", ["A baker from"]),
    "a heading that only begins with it": (f"<div><h3>About the author of the storm</h3>{BOX}</div>", ["A baker from"]),
    "the label's section holds the story before it": (f"<h3>You may also like</h3>{BOX}", ["A baker from"]),
    "the story goes on after the label's section": (
        f"<div><h3>You may also like</h3>{BOX}</div>{BELOW}",
        ["A baker from", LAST],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), LABELLED.values(), ids=LABELLED)
def test_a_section_of_other_stories_after_the_text_is_left_out(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    document = make_document(f"<html><body><article>{ABOVE}{BELOW}{markup}</article></body></html>")
    assert chosen_from(document) == [FIRST, LAST, *expected]


ANNOUNCED = '<p data-score="2">WATCH: <a href="/sea/whale-seen-off-the-cape">Whale seen off the cape</a></p>'
LINKS = {
    "another story's headline": ('<p data-score="2"><a href="/x">WHALE SEEN OFF THE CAPE</a></p>', [FIRST, LAST]),
    "in brackets, announced by a sentence": (
        '<p data-score="2">[ Not all is well yet. Read <a href="/sea/whale-seen-off-the-cape">Whale seen off the cape</a>. ]</p>',
        [FIRST, LAST],
    ),
    "in brackets, where the last sentence says more": (
        '<p data-score="2">[It was <a href="/x">seen off the cape</a> on Friday, as all who came with the first ferry told.]</p>',
        [FIRST, "[It was seen", LAST],
    ),
    "in brackets, a link amid a note": (
        '<p data-score="2">(The <a href="/x">yard off the cape</a> was named wrongly. We beg your pardon.)</p>',
        [FIRST, "(The yard off", LAST],
    ),
    "in brackets, a correction": (
        '<p data-score="2">(Correction: the yard was named wrongly. See <a href="/how-we-correct-it">how we correct</a>)</p>',
        [FIRST, "(Correction: the yard", LAST],
    ),
    "in brackets, to a page that is no story": (
        '<p data-score="2">(The film is called <a href="/films">The Long Way Back to the Northern Quay</a>)</p>',
        [FIRST, "(The film is", LAST],
    ),
    "under a label in capitals": (ANNOUNCED, [FIRST, LAST]),
    "two of them in a row, as prizes are": (ANNOUNCED * 2, [FIRST, "WATCH: Whale seen", "WATCH: Whale seen", LAST]),
    "under a label in capitals, of another site": (
        ANNOUNCED.replace('"/sea', '"https://whales.example/sea'),
        [FIRST, "WATCH: Whale seen", LAST],
    ),
    "under a label in capitals, no story": (ANNOUNCED.replace("-seen-off-the-cape", ""), [FIRST, "WATCH: Whale seen", LAST]),
    "under a label in small letters": (
        '<p data-score="2">The next day: <a href="/x">Whale seen off the cape</a></p>',
        [FIRST, "The next day:", LAST],
    ),
    "in a sentence under a label": (
        '<p data-score="2">MAYOR: <a href="/x">Whale seen off the cape</a>, they told me.</p>',
        [FIRST, "MAYOR: Whale seen", LAST],
    ),
    "a link within a sentence": (
        '<p data-score="2">It was <a href="/x">seen off the cape</a> on Friday.</p>',
        [FIRST, "It was seen", LAST],
    ),
    "a name": ('<p data-score="2"><a href="/x">Jane Roe</a></p>', [FIRST, "Jane Roe", LAST]),
    "an item of a list": (
        '<ul><li data-score="2"><a href="/x">The timetable of the ferry</a></li></ul>',
        [FIRST, "The timetable of", LAST],
    ),
    "most of the page": (
        f'<p data-score="2"><a href="/x">{"The ferry sails again with forty people. " * 12}</a></p>',
        [FIRST, "The ferry sails", LAST],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), LINKS.values(), ids=LINKS)
def test_a_paragraph_that_is_nothing_but_a_link_is_another_storys_headline(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    assert chosen_from(make_document(f"{ABOVE}{markup}{BELOW}")) == expected


ARTICLES = {
    "the next story follows": (f"<article><h1>{TITLE}</h1>{LONG}</article><article>{NEXT}</article>", ["The ferry sailed"]),
    "the story's own article is in parts": (
        f"<article><h1>{TITLE}</h1>{LONG}<article>{NEXT}</article></article>",
        ["The ferry sailed", "A whale was"],
    ),
    "the headline's article is but a teaser": (
        f"<article><h1>{TITLE}</h1>{ABOVE}</article><article>{LONG}</article>",
        [FIRST, "The ferry sailed"],
    ),
    "a live feed beside the story's article": (
        f"<article><h1>{TITLE}</h1>{LONG}</article><ul>{NEXT * 99}</ul>",
        ["The ferry sailed"],
    ),
    "the headline's article is the head of a longer story": (
        f'<article class="hero"><h1>{TITLE}</h1>{LONG}</article><section>{NEXT * 40}</section>',
        ["The ferry sailed", *["A whale was"] * 40],
    ),
    "the same, a short head that calls itself the text": (
        f'<article><h1>{TITLE}</h1><div class="article-body">{ABOVE}{BELOW}</div></article><div>{NEXT * 40}</div>',
        [FIRST, LAST, *["A whale was"] * 40],
    ),
    "a little beside the story's article": (
        f"<article><h1>{TITLE}</h1>{LONG}</article><section>{NEXT}</section>",
        ["The ferry sailed"],
    ),
    "the rest of the story with a list in it": (
        f"<article><h1>{TITLE}</h1>{LONG}</article><section>{NEXT * 40}<ul>{kept('By bus', 'li')}</ul></section>",
        ["The ferry sailed", *["A whale was"] * 40, "By bus"],
    ),
    "the rest of the story under a heading that links to itself": (
        f'<article><h1>{TITLE}</h1>{LONG}</article><section><h2><a href="#whale">Whale seen</a></h2>{NEXT * 40}</section>',
        ["The ferry sailed", *["A whale was"] * 40],
    ),
    "a long aside": (f"<article><h1>{TITLE}</h1>{LONG}</article><aside>{NEXT * 40}</aside>", ["The ferry sailed"]),
    "a live feed in elements that call themselves one": (
        f'<article><h1>{TITLE}</h1>{LONG}</article><div class="live-blog">{NEXT * 40}</div>',
        ["The ferry sailed"],
    ),
    "a long box of related stories": (
        f'<article><h1>{TITLE}</h1>{LONG}</article><div class="related">{NEXT * 40}</div>',
        ["The ferry sailed"],
    ),
    "long articles after the story's": (
        f"<article><h1>{TITLE}</h1>{LONG}</article>{f'<article>{NEXT * 10}</article>' * 4}",
        ["The ferry sailed"],
    ),
    "a long section under a heading that is a link": (
        f'<article><h1>{TITLE}</h1>{LONG}</article><section><h2><a href="/whale">Whale seen</a></h2>{NEXT * 40}</section>',
        ["The ferry sailed"],
    ),
    "a side bar beside a short story that calls itself one": (
        f'<article><h1>{TITLE}</h1><div class="entry-content">{ABOVE}{BELOW}</div></article><div>{NEXT}</div>',
        [FIRST, LAST],
    ),
    "text outside the article of a short text that does not": (
        f"<article><h1>{TITLE}</h1><div>{ABOVE}{BELOW}</div></article><div>{NEXT}</div>",
        [FIRST, LAST, "A whale was"],
    ),
    "text under an article that holds the headline alone": (
        f"<article><h1>{TITLE}</h1></article><div>{LONG}{NEXT}</div>",
        ["The ferry sailed", "A whale was"],
    ),
    "the headline in no article": (
        f"<h1>{TITLE}</h1><article>{LONG}</article><article>{NEXT}</article>",
        ["The ferry sailed", "A whale was"],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), ARTICLES.values(), ids=ARTICLES)
def test_another_article_than_the_headlines_is_another_story(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    document = make_document(f"<html><body><main>{markup}</main></body></html>")
    headline = next(block for block in document.blocks if block.tag == "h1")
    assert chosen_from(document, headline) == expected


def teaser(heading: str) -> str:
    return f"<article>{heading}{NEXT}</article>"


TEASERS = {
    "its heading is a link": (teaser('<h3><a href="/whale">Whale off the cape</a></h3>'), []),
    "an element that WordPress marks as a post": (
        teaser('<h3><a href="/whale">Whale off the cape</a></h3>')
        .replace("article>", "div>")
        .replace("<div>", '<div class="hentry">'),
        [],
    ),
    "any other element": (
        teaser('<h3><a href="/whale">Whale off the cape</a></h3>').replace("article>", "div>"),
        ["A whale was"],
    ),
    "its heading is none": (teaser("<h3>Whale off the cape</h3>"), ["A whale was"]),
    "no heading": (teaser(""), ["A whale was"]),
    "the page is nothing but such": (
        "".join(teaser(f'<h3><a href="/{n}">Whale off the cape</a></h3>').replace("whale", f"whale ({n})") for n in range(20)),
        [f"A whale ({n})" for n in range(20)],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), TEASERS.values(), ids=TEASERS)
def test_an_article_under_a_linked_heading_is_another_story(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    document = make_document(f"<html><body><main><h1>{TITLE}</h1>{LONG}{markup}</main></body></html>")
    headline = next(block for block in document.blocks if block.tag == "h1")
    assert chosen_from(document, headline) == ["The ferry sailed", *expected]
