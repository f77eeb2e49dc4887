"""From scores to the story: what goes together is kept or left out together, whatever the score of each block alone.

Each page is a story of marked blocks: `data-score` is the score that the block is to have, `data-steps` how far outside of
the container it stands.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.transform.blocks import TextBlock
from etl.transform.body.scorer import first_judgement
from etl.transform.body.story import choose
from etl.transform.document import Document

MakeDocument = Callable[..., Document]

TITLE = "Ferry to Sandvik sails again after nine days"
ABOVE = '<p data-score="3">The ferry left the northern quay at six in the morning on Monday, with forty people on board.</p>'
BELOW = '<p data-score="3">A yard on the mainland still had a ramp of the same make in store, from a sister ship.</p>'
OUT = '<p data-score="-3">Write to the editors of this page if you have seen a mistake in it.</p>'
FIRST, LAST = "The ferry left", "A yard on"


def chosen_from(document: Document, headline: TextBlock | None = None) -> list[str]:
    """The first words of the blocks that make the story."""
    candidates = first_judgement(document.blocks)
    for candidate in candidates:
        candidate.score = float(candidate.block.element.get("data-score", "-9"))
        candidate.steps = int(candidate.block.element.get("data-steps", "0"))
    blocks, _ = choose(candidates, TITLE, headline, document.site)
    return [" ".join(block.text.split()[:3]).rstrip(",.") for block in blocks]


HEADINGS = {
    "over text of the story": (f'<h2 data-score="-0.9">A second ramp</h2>{BELOW}', ["A second ramp", LAST]),
    "likely by itself, over no text of the story": (
        f'<h2 data-score="0.1">A second ramp</h2>{OUT}{BELOW}',
        ["A second ramp", LAST],
    ),
    "too unlikely": (f'<h2 data-score="-1.1">A second ramp</h2>{BELOW}', [LAST]),
    "over no text of the story": (f'<h2 data-score="-0.9">A second ramp</h2>{OUT}{BELOW}', [LAST]),
    "over another heading": (
        f'<h2 data-score="-0.9">A second ramp</h2><h3 data-score="-0.9">In a shed</h3>{BELOW}',
        ["In a shed", LAST],
    ),
    "in a box with the text it opens": (
        f'<section><div><h2 data-score="-0.9">A second ramp</h2></div>{BELOW}</section>',
        ["A second ramp", LAST],
    ),
    "in a box that the text stands under": (
        f'<aside>{OUT}<h2 data-score="-0.9">A second ramp</h2></aside>{BELOW}',
        [LAST],
    ),
    "a line of the same look that is no heading": (f'<p data-score="-0.9">A second ramp</p>{BELOW}', [LAST]),
}


@pytest.mark.parametrize(("markup", "expected"), HEADINGS.values(), ids=HEADINGS)
def test_a_sub_heading_goes_with_the_text_under_it(make_document: MakeDocument, markup: str, expected: list[str]) -> None:
    document = make_document(f"<html><body><article>{ABOVE}{markup}</article></body></html>")
    assert chosen_from(document) == [FIRST, *expected]


def items(*scored: tuple[float, str]) -> str:
    return "".join(f'<li data-score="{score}">{text}</li>' for score, text in scored)


MORNING, NOON, EVENING = "The morning ship", "The noon ship", "The evening ship"
LONG_EVENING = f"{EVENING} sails at eight on every day of the week, in any weather and for whoever stands on the quay by then."
ON_LAND = items((1, "By bus"), (-2, "By car"), (-2, "By train"))
LISTS = {
    "most for it: the unlikely one stays too": (
        f"<ul>{items((2, MORNING), (-0.5, NOON), (1, EVENING))}</ul>",
        [MORNING, NOON, EVENING],
    ),
    "most against it: the likely one goes too": (f"<ul>{items((1, MORNING), (-2, NOON), (-2, EVENING))}</ul>", []),
    "one long item outweighs two short ones": (
        f"<ul>{items((-0.5, MORNING), (-0.5, NOON), (1, LONG_EVENING))}</ul>",
        [MORNING, NOON, EVENING],
    ),
    "nobody for it": (f"<ul>{items((-0.1, MORNING), (-0.1, NOON), (-0.1, EVENING))}</ul>", []),
    "two items are no list": (f"<ul>{items((2, MORNING), (-0.5, NOON))}</ul>", [MORNING]),
    "two lists are judged apart": (
        f"<ul>{items((2, MORNING), (-0.5, NOON), (1, EVENING))}</ul><ul>{ON_LAND}</ul>",
        [MORNING, NOON, EVENING],
    ),
    "paragraphs are no items": (
        f'<div><p data-score="2">{MORNING}</p><p data-score="-0.5">{NOON}</p><p data-score="1">{EVENING}</p></div>',
        [MORNING, EVENING],
    ),
    "terms and their meanings": (
        f'<dl><dt data-score="-0.5">{MORNING}</dt><dd data-score="2">{NOON}</dd><dd data-score="-0.5">{EVENING}</dd></dl>',
        [MORNING, NOON, EVENING],
    ),
}


ANNOUNCED = f'<p data-score="2">These ships sail again:</p><ul>{items((-2, MORNING), (-2, NOON), (-2, EVENING))}</ul>'
ANNOUNCED_LINKS = "".join(f'<li data-score="-2"><a href="/{text}">{text}</a></li>' for text in (MORNING, NOON, EVENING))
LISTS |= {
    "announced by a sentence with a colon": (ANNOUNCED, ["These ships sail", MORNING, NOON, EVENING]),
    "announced, of links": (f'<p data-score="2">These ships sail again:</p><ul>{ANNOUNCED_LINKS}</ul>', ["These ships sail"]),
    "announced as other stories": (ANNOUNCED.replace("These ships sail again", "Read also"), ["Read also:"]),
    "announced by what is no story": (ANNOUNCED.replace('"2"', '"-2"'), []),
    "after a sentence without a colon": (ANNOUNCED.replace("again:", "again."), ["These ships sail"]),
}


@pytest.mark.parametrize(("markup", "expected"), LISTS.values(), ids=LISTS)
def test_the_items_of_one_list_stay_together(make_document: MakeDocument, markup: str, expected: list[str]) -> None:
    document = make_document(f"<html><body><article>{ABOVE}{markup}{BELOW}</article></body></html>")
    assert chosen_from(document) == [FIRST, *expected, LAST]


def kept(text: str, tag: str = "p") -> str:
    return f'<{tag} data-score="2">{text}</{tag}>'


BOX = kept("A baker from Nordvik has lived on the island since spring.")
COMMENTARY = kept("I have lived on the island for years and never saw a ferry sail in such a wind.") * 9
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


LINKS = {
    "another story's headline": ('<p data-score="2"><a href="/x">WHALE SEEN OFF THE CAPE</a></p>', [FIRST, LAST]),
    "in brackets, announced by a sentence": (
        '<p data-score="2">[ Not all is well yet. Read <a href="/x">Whale seen off the cape</a>. ]</p>',
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
    "under a label in capitals": ('<p data-score="2">GAME 1: <a href="/x">Whale seen off the cape</a></p>', [FIRST, LAST]),
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


LONG = kept(" ".join(["The ferry sailed to the island and back again, with milk and letters on board."] * 8))
NEXT = kept("A whale was seen off the northern cape on Friday.")
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


WHOLE = " ".join(
    f"On day {day} the ferry carried {day} people to the island and brought the letters back." for day in range(1, 17)
)
HALF, REST = WHOLE[: WHOLE.index("On day 9")].strip(), WHOLE[WHOLE.index("On day 9") :]
REPEATED = {
    "the whole text once more as one run": (f"{kept(HALF)}{kept(REST)}{kept(WHOLE, 'div')}", ["On day 1", "On day 9"]),
    "a long paragraph that takes up a short one": (f"{kept('On day 1')}{kept(WHOLE, 'div')}", ["On day 1", "On day 1"]),
    "a paragraph printed twice in a row": (kept(HALF) * 2, ["On day 1"]),
    "what comes again after others, as in a plan for each day": (
        f"{kept(HALF)}{kept('Rest.') * 7}{kept(HALF)}",
        ["On day 1", *["Rest"] * 7, "On day 1"],
    ),
    "what comes again in a box of its own": (
        f"{kept(HALF)}{kept('Rest.') * 7}<div>{kept(HALF)}</div>",
        ["On day 1", *["Rest"] * 7],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), REPEATED.values(), ids=REPEATED)
def test_a_run_through_the_text_of_the_paragraphs_is_a_repetition(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    assert chosen_from(make_document(f"<html><body><article>{markup}</article></body></html>")) == expected


COMMENT = kept("I have lived on the island for years and never saw a ferry sail in such a wind.")
THREAD = f'<div class="comment-list">{f"<div>{COMMENT}</div>" * 9}</div>'
OPINION = f'<div class="comment">{COMMENTARY}</div>'
SAID = ["I have lived"] * 9
HEAD = "<div><h2>Comments (9)</h2><p>Rules of the house</p></div>"
COMMENTED = {
    "more than the story before them": (f"{ABOVE}{BELOW}{THREAD}", [FIRST, LAST]),
    "before the story": (f"{THREAD}{ABOVE}{BELOW}", [*SAID, FIRST, LAST]),
    "nothing before them but a line": (f"{kept('A question:')}{THREAD}", ["A question:", *SAID]),
    "one of many paragraphs": (f'{ABOVE}{BELOW}<div id="comments">{OPINION}</div>', [FIRST, LAST]),
    "an opinion piece under its standfirst": (f"{ABOVE}{BELOW}{OPINION}", [FIRST, LAST, *SAID]),
    "one element after a whole story": (f"{LONG}{OPINION}", ["The ferry sailed"]),
    "under a head that names them, all else unnamed": (f"{LONG}<div>{HEAD}<div>{COMMENTARY}</div></div>", ["The ferry sailed"]),
    "the same after little text": (f"{ABOVE}{BELOW}<div>{HEAD}<div>{COMMENTARY}</div></div>", [FIRST, LAST, *SAID]),
    "the same round the story": (f"{HEAD}{LONG}<div>{COMMENTARY}</div>", ["The ferry sailed", *SAID]),
    "on the pictures of a gallery": (f"{ABOVE}{BELOW}<figure>{THREAD}</figure>", [FIRST, LAST, *SAID]),
}


@pytest.mark.parametrize(("markup", "expected"), COMMENTED.values(), ids=COMMENTED)
def test_comments_are_left_out_where_a_story_stands_before_them(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    assert chosen_from(make_document(f"<html><body><main>{markup}</main></body></html>")) == expected


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


CAPTION = '<p data-score="2">The ferry in the northern harbour on Monday morning</p>'
SURE = CAPTION.replace('"2"', '"4"')
DESCRIBED = '<img src="/f.jpg" alt="The ferry in the northern harbour on Monday morning">'
PICTURE = '<img src="/f.jpg" alt="A ferry">'
NAMED = f'<p data-score="4">{PICTURE}<span class="photo-caption">The ferry in the northern harbour <small>Jane Roe</small></span>'
CAPTIONS = {
    "alone with a picture": (f"<div>{PICTURE}{CAPTION}</div>", []),
    "and a credit": (f"<div><p>Jane Roe</p>{PICTURE}{CAPTION}</div>", []),
    "likely text of the story": (f"<div>{PICTURE}{SURE}</div>", ["The ferry in"]),
    "likely, but the picture's own description": (f"<div>{DESCRIBED}{SURE}</div>", []),
    "likely, in a box named after the picture": (f'<div class="top-image">{PICTURE}{SURE}</div>', []),
    "with other text": (f"<div>{PICTURE}{CAPTION}{BELOW}{BELOW}</div>", ["The ferry in", LAST, LAST]),
    "without a picture": (f"<div>{CAPTION}</div>", ["The ferry in"]),
    "a picture in the paragraph": (CAPTION.replace("The ferry", f"{PICTURE}The ferry"), ["The ferry in"]),
    "its own description and a credit": (f"<div>{DESCRIBED}{SURE.replace('</p', ' / Jane Roe</p')}</div>", []),
    "the description and a sentence": (
        f"<div>{DESCRIBED}{SURE.replace('</p', ', where it had lain for nine long days since its ramp broke</p')}</div>",
        ["The ferry in"],
    ),
    "a name as description": (f"<div>{PICTURE.replace('A ferry', 'The ferry')}{SURE}</div>", ["The ferry in"]),
    "with the picture it describes in the paragraph": (SURE.replace("The ferry", f"{DESCRIBED}The ferry"), []),
    "called one, with the picture in the paragraph": (f"{NAMED}</p>", []),
    "called one, before text of the story": (
        f"{NAMED} left the northern quay at six in the morning on Monday</p>",
        ["The ferry in"],
    ),
    "called one, without a picture": (f"{NAMED}</p>".replace(PICTURE, ""), ["The ferry in"]),
    "a heading": (f"<div>{PICTURE}{CAPTION.replace('<p', '<h2').replace('</p', '</h2')}</div>", ["The ferry in"]),
    "much of the page": (f"<div>{PICTURE}{CAPTION}</div>" * 9, ["The ferry in"] * 9),
}


@pytest.mark.parametrize(("markup", "expected"), CAPTIONS.values(), ids=CAPTIONS)
def test_a_text_alone_with_a_picture_is_its_caption(make_document: MakeDocument, markup: str, expected: list[str]) -> None:
    document = make_document(f"<html><body><main>{ABOVE}{markup}{BELOW}</main></body></html>")
    assert chosen_from(document) == [FIRST, *expected, LAST]


MARKED = '<span class="standfirst">A yard had a spare ramp.</span>'
STANDFIRSTS = {
    "a line of its own": (f'<div data-score="3">{MARKED}</div>', []),
    "the first line of the story's text": (
        f'<div data-score="3">{MARKED}<br><br>It was of the same make as the old one.</div>',
        ["A yard had"],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), STANDFIRSTS.values(), ids=STANDFIRSTS)
def test_a_mark_round_a_line_does_not_make_a_whole_text_the_standfirst(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    assert chosen_from(make_document(f"<html><body><main>{markup}{ABOVE}</main></body></html>")) == [*expected, FIRST]


def dated(text: str, score: float) -> str:
    return f'<div data-score="{score}"><span class="date">{text[:12]}</span>{text[12:]}</div>'


ENDS = {
    "author and date before the text": (f"{kept('Author: Jane Roe')}{kept('Published on 3 May')}{ABOVE}", [FIRST]),
    "author and source after it": (f"{ABOVE}{kept('Reporting by: Jane Roe')}{kept('All rights reserved, Post')}", [FIRST]),
    "who translated it": (f"{ABOVE}{kept('Übersetzung: Jane Roe, Schlussredaktion: John Doe')}", [FIRST]),
    "an author before the standfirst, a date behind it": (
        f"{kept('Article by: Jane Roe')}<div class='standfirst'>{kept('A ramp broke.')}</div>{kept('Published: 3 May')}{BELOW}",
        [LAST],
    ),
    "calls to share amid the text": (f"{ABOVE}{kept('Like us on Facebook')}{BELOW}", [FIRST, LAST]),
    "a heading that names networks": (
        f"{ABOVE}{kept('Facebook, Twitter', 'h2')}{BELOW}",
        [FIRST, "Facebook, Twitter", LAST],
    ),
    "a sentence that names one": (f"{ABOVE}{kept('Follow us on Facebook, said nobody')}{BELOW}", [FIRST, "Follow us on", LAST]),
    "one word of the kind": (f"{ABOVE}{kept('Likes')}{BELOW}", [FIRST, "Likes", LAST]),
    "that more is to come": (f"{ABOVE}{kept('More to follow.')}", [FIRST]),
    "a sentence that begins like a date line": (
        f"{kept('Date: the ferry is to sail from the northern quay on 3 May, as the yard promised')}{ABOVE}",
        ["Date: the ferry", FIRST],
    ),
    "its first day and its last change": (
        f"{kept('PUBLISHED: 3 May 2021 at 9:11 a.m. | UPDATED: 4 May 2021 at 10:26 p.m.')}{ABOVE}",
        [FIRST],
    ),
    "a sentence with a date, in a script without spaces": (
        f"{kept('日期:1月21日，渡轮在主场以七比一战胜了所有来自大陆的船只并再次起航。')}{ABOVE}",
        ["日期:1月21日，渡轮在主场以七比一战胜了所有来自大陆的船只并再次起航。", FIRST],
    ),
    "a by-line below points": (
        f"<ul>{kept('Nine days of waiting end', 'li')}</ul>{kept('By Jane Roe')}{BELOW}",
        ["Nine days of", LAST],
    ),
    "short, with an element called a date in it": (
        f"{dated('18 July 2013 Last updated at 16:22 GMT Help', 0.5)}{ABOVE}",
        [FIRST],
    ),
    "likely text with one in it": (f"{dated('18 July 2013 saw the last ferry', 1.5)}{ABOVE}", ["18 July 2013", FIRST]),
    "whose the rights are, with the year": (
        f"{ABOVE}{kept('Copyright 2013 The Post. See more at the ferry’s own site')}",
        [FIRST],
    ),
    "a sentence on such rights": (
        f"{ABOVE}{kept('Copyright was none of his business, said Roe')}",
        [FIRST, "Copyright was none"],
    ),
    "a by-line": (f"{kept('By Jane de la Roe')}{ABOVE}", [FIRST]),
    "a by-line below it": (f"{ABOVE}{kept('by Post Staff Writer')}", [FIRST]),
    "a heading that begins like one": (f"{kept('By train or bus', 'h2')}{ABOVE}", ["By train or", FIRST]),
    "a sentence that begins like one": (f"{kept('By Monday All Ferries Sailed.')}{ABOVE}", ["By Monday All", FIRST]),
    "a date after it": (f"{ABOVE}{kept('Updated: the ferry has arrived')}", [FIRST, "Updated: the ferry"]),
    "amid the text": (f"{ABOVE}{kept('Author: Jane Roe')}{BELOW}", [FIRST, "Author: Jane Roe", LAST]),
    "a sentence that begins like a notice": (
        f"{ABOVE}{kept('No part of the island was spared by the storm')}",
        [FIRST, "No part of"],
    ),
    "the notice itself": (f"{ABOVE}{kept('No part of this text may be printed elsewhere').replace('2', '1')}", [FIRST]),
    "in brackets, with an address": (
        f"{ABOVE}{kept('[Jane Roe, jane@observer.example] [Sandvik Observer, no copies, all rights reserved]')}",
        [FIRST],
    ),
    "in brackets": (f"{ABOVE}{kept('(Reporting by Jane Roe and John Doe in Nordvik)')}", [FIRST]),
    "the author's address": (f"{ABOVE}{kept('Jane Roe can be reached at roe@herald.example')}", [FIRST]),
    "a line of dialogue with an address": (
        f"{ABOVE}{kept('—Write to me at help@harbour.example whenever you like and I will tell all, said the mayor.')}",
        [FIRST, "—Write to me"],
    ),
    "an address for hints to the police": (
        f"{ABOVE}{kept('Anyone with information is asked to call police or email tips@nordvik.example')}",
        [FIRST, "Anyone with information"],
    ),
    "the first question of an interview": (
        f"{kept('记者：这座大桥什么时候可以重新通车？')}{ABOVE}",
        ["记者：这座大桥什么时候可以重新通车？", FIRST],
    ),
    "an address in a sentence of the story": (
        f"{ABOVE}{kept('Whoever waited for the ferry in vain can write to claims@ferry.example until the end of May, and ' * 2)}",
        [FIRST, "Whoever waited for"],
    ),
    "all there is": (kept("Author: Jane Roe"), ["Author: Jane Roe"]),
    "the headline in other words": (f"{kept('The Sandvik ferry sails again', 'h2')}{ABOVE}", [FIRST]),
    "a first heading of the story": (f"{kept('Nine days of waiting', 'h2')}{ABOVE}", ["Nine days of", FIRST]),
    "a standfirst as heading": (
        f"{kept('The Sandvik ferry sails again.', 'h2')}{ABOVE}",
        ["The Sandvik ferry", FIRST],
    ),
    "a standfirst that says more": (
        f"{kept('The Sandvik ferry sails again, with a new ramp, three more crews and a cheaper fare', 'h2')}{ABOVE}",
        ["The Sandvik ferry", FIRST],
    ),
    "the headline's words later": (
        f"{ABOVE}{kept('The Sandvik ferry sails again', 'h2')}{BELOW}",
        [FIRST, "The Sandvik ferry", LAST],
    ),
}


@pytest.mark.parametrize(("markup", "expected"), ENDS.values(), ids=ENDS)
def test_lines_about_the_text_before_and_after_it_are_left_out(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    assert chosen_from(make_document(f"<html><body><main>{markup}</main></body></html>")) == expected


POINTS = "".join(kept(text, "li") for text in ("A storm took the ramp.", "Divers set twelve bolts.", "The ferry sails again."))
SUMMARIES = {
    "in an element that calls itself one": (f'<div class="ai-summary"><ul>{POINTS}</ul></div>{ABOVE}{BELOW}', [FIRST, LAST]),
    "with a heading, under the standfirst, which is another field's": (
        f'<div class="summary">{kept("Nine days without milk")}{kept("In short", "h3")}<ul>{POINTS}</ul></div>{ABOVE}{BELOW}',
        [FIRST, LAST],
    ),
    "a list that the story begins with": (
        f"<ul>{POINTS}</ul>{ABOVE}{BELOW}",
        ["A storm took", "Divers set twelve", "The ferry sails", FIRST, LAST],
    ),
    "after the story's first paragraph": (
        f'{ABOVE}<div class="summary"><ul>{POINTS}</ul></div>{BELOW}',
        [FIRST, "A storm took", "Divers set twelve", "The ferry sails", LAST],
    ),
    "nothing else": (f'<div class="summary"><ul>{POINTS}</ul></div>', ["A storm took", "Divers set twelve", "The ferry sails"]),
}


@pytest.mark.parametrize(("markup", "expected"), SUMMARIES.values(), ids=SUMMARIES)
def test_a_summary_in_points_is_no_text_of_the_story(make_document: MakeDocument, markup: str, expected: list[str]) -> None:
    assert chosen_from(make_document(f"<html><body><main>{markup}</main></body></html>")) == expected


def offer(text: str, score: float = 1.0) -> str:
    return f'<p data-score="{score}">{text}</p>'


LETTER = "Our letter from the harbour comes to your inbox every Friday at noon."
SUBSCRIBED = "The shipping company counts four thousand subscribers in the islands."
OFFERS = {
    "a call amid others": (f"{ABOVE}{BELOW}{offer('Was it of use? Subscribe to our newsletter.')}", [FIRST, LAST]),
    "a report on subscribers, after the text": (
        f"{ABOVE}{BELOW}{offer(SUBSCRIBED)}",
        [FIRST, LAST, "The shipping company"],
    ),
    "a report on subscribers, before the text": (
        f"{offer(SUBSCRIBED)}{ABOVE}{BELOW}",
        ["The shipping company", FIRST, LAST],
    ),
    "a report on a podcast, with a link to it": (
        f"{ABOVE}{BELOW}{offer('The mayor said so in a <a href=/p>podcast</a> on Sunday.', 0.5)}",
        [FIRST, LAST, "The mayor said"],
    ),
    "two such words where little tells that it is of the story": (
        f"{ABOVE}{BELOW}{offer('The newsletter and the podcast on harbours.', 0.5)}",
        [FIRST, LAST],
    ),
    "a report with two such words": (
        f"{ABOVE}{BELOW}{offer('The number of subscribers to its newsletter has doubled.', 1.5)}",
        [FIRST, LAST, "The number of"],
    ),
    "a saying with you in it": (
        f"{ABOVE}{BELOW}{offer('Whoever hears the podcast knows that you need a boat there.')}",
        [FIRST, LAST, "Whoever hears the"],
    ),
    "the reader spoken to in a quotation": (
        f"{ABOVE}{BELOW}{offer('“The newsletter told you all of that in spring,” said the mayor.')}",
        [FIRST, LAST, "“The newsletter told"],
    ),
    "after the text": (f"{ABOVE}{BELOW}{offer(LETTER)}", [FIRST, LAST]),
    "before the text": (f"{offer(LETTER)}{ABOVE}{BELOW}", [FIRST, LAST]),
    "amid the text": (f"{ABOVE}{offer(LETTER)}{BELOW}", [FIRST, "Our letter from", LAST]),
    "of something else": (
        f"{ABOVE}{BELOW}{offer('Our boat comes to the harbour every Friday at noon.')}",
        [FIRST, LAST, "Our boat comes"],
    ),
    "likely of the story": (f"{ABOVE}{BELOW}{offer(LETTER, 1.6)}", [FIRST, LAST, "Our letter from"]),
    "likely of the story, but apart from its paragraphs": (
        f"<div>{ABOVE}{BELOW}</div><div>{offer(LETTER, 1.6)}</div>",
        [FIRST, LAST],
    ),
    "likely of the story, each of whose paragraphs is apart": (
        f"<div>{ABOVE}</div><div>{BELOW}</div><div>{offer(LETTER, 1.6)}</div>",
        [FIRST, LAST, "Our letter from"],
    ),
    "nothing else": (offer(LETTER), ["Our letter from"]),
}


@pytest.mark.parametrize(("markup", "expected"), OFFERS.values(), ids=OFFERS)
def test_the_story_neither_begins_nor_ends_with_an_offer_to_subscribe(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    assert chosen_from(make_document(f"<html><body><main>{markup}</main></body></html>")) == expected


NOTE = "is a paper of the northern islands that is owned by its readers."
NOTES = {
    "by the name it declares": (f"{ABOVE}{BELOW}{kept(f'The Sandvik Observer {NOTE}')}", [FIRST, LAST]),
    "by its host": (f"{ABOVE}{BELOW}{kept(f'Observer.example {NOTE}')}", [FIRST, LAST]),
    "amid the text": (f"{ABOVE}{kept(f'The Sandvik Observer {NOTE}')}{BELOW}", [FIRST, "The Sandvik Observer", LAST]),
    "another's": (f"{ABOVE}{BELOW}{kept(f'The Harbour Post {NOTE}')}", [FIRST, LAST, "The Harbour Post"]),
    "a report on the site, with the same verb": (
        f"{ABOVE}{BELOW}{kept('The Sandvik Observer is being sued by the council over a letter.')}",
        [FIRST, LAST, "The Sandvik Observer"],
    ),
    "a word that is a verb in another language": (
        f"{ABOVE}{BELOW}{kept('The Sandvik Observer on Monday printed the letter in a magazine.')}",
        [FIRST, LAST, "The Sandvik Observer"],
    ),
    "words that are its name in other letters": (
        f"{ABOVE}{BELOW}{kept('The Sandvik observer is a paper balloon over the harbour.')}",
        [FIRST, LAST, "The Sandvik observer"],
    ),
    "surely of the story": (
        f"{ABOVE}{BELOW}{kept(f'The Sandvik Observer {NOTE}').replace('2', '3')}",
        [FIRST, LAST, "The Sandvik Observer"],
    ),
    "surely of the story, but apart from its paragraphs": (
        f"<div>{ABOVE}{BELOW}</div><div>{kept(f'The Sandvik Observer {NOTE}').replace('2', '3')}</div>",
        [FIRST, LAST],
    ),
    "in German": (f"{ABOVE}{BELOW}{kept('The Sandvik Observer ist eine Tageszeitung der Inseln.')}", [FIRST, LAST]),
    "in French": (f"{ABOVE}{BELOW}{kept('The Sandvik Observer est l’hebdomadaire des îles du nord.')}", [FIRST, LAST]),
    "in Polish, which has no articles": (f"{ABOVE}{BELOW}{kept('The Sandvik Observer to portal wysp.')}", [FIRST, LAST]),
    "something else of it": (
        f"{ABOVE}{BELOW}{kept('The Sandvik Observer was the first to write of the ramp.')}",
        [FIRST, LAST, "The Sandvik Observer"],
    ),
    "nothing else": (kept(f"The Sandvik Observer {NOTE}"), ["The Sandvik Observer"]),
}


@pytest.mark.parametrize(("markup", "expected"), NOTES.values(), ids=NOTES)
def test_a_last_note_on_what_the_site_is_is_left_out(make_document: MakeDocument, markup: str, expected: list[str]) -> None:
    head = '<head><meta property="og:site_name" content="The Sandvik Observer"></head>'
    document = make_document(f"<html>{head}<body><main>{markup}</main></body></html>", url="https://observer.example/ferry")
    assert chosen_from(document) == expected


@pytest.mark.parametrize(("first", "is_note"), [("Observer", True), ("The Post", False)])
def test_where_a_page_declares_no_name_the_host_tells_the_sites(make_document: MakeDocument, first: str, is_note: bool) -> None:
    markup = f"<html><body><main>{ABOVE}{BELOW}{kept(f'{first} {NOTE}')}</main></body></html>"
    kept_texts = chosen_from(make_document(markup, url="https://observer.example/ferry"))
    assert (kept_texts == [FIRST, LAST]) is is_note


NOTICE = kept("Copies of this page are for your own use.")
FLYOUT = kept("Left lane closed on the harbour road towards the northern quay since this morning, expect long delays.").replace(
    "<p", '<p data-steps="2"'
)
BEFORE_HEADLINE = {
    "the first paragraphs, the headline amid the story": (
        f"{ABOVE}{BELOW}<h1>{TITLE}</h1>{LONG}",
        [FIRST, LAST, "The ferry sailed"],
    ),
    "a notice of the site": (f"{NOTICE}<h1>{TITLE}</h1>{LONG}", ["The ferry sailed"]),
    "the same after the headline": (f"<h1>{TITLE}</h1>{NOTICE}{LONG}", ["Copies of this", "The ferry sailed"]),
    "much, outside the element of headline and story": (
        f"{FLYOUT}<div><h1>{TITLE}</h1>{LONG}</div>",
        ["The ferry sailed"],
    ),
    "most of the text, outside that": (
        f"{FLYOUT * 9}<div><h1>{TITLE}</h1>{LONG}</div>",
        [*["Left lane closed"] * 9, "The ferry sailed"],
    ),
    "much, outside the story that the headline stands outside too": (
        f'{FLYOUT}<h1 data-steps="1">{TITLE}</h1><div>{LONG}</div>',
        ["Left lane closed", "The ferry sailed"],
    ),
    "the story, its headline beside it": (f"{LONG}<h1>{TITLE}</h1>{NOTICE}", ["The ferry sailed", "Copies of this"]),
}


@pytest.mark.parametrize(("markup", "expected"), BEFORE_HEADLINE.values(), ids=BEFORE_HEADLINE)
def test_a_little_before_the_headline_is_no_story(make_document: MakeDocument, markup: str, expected: list[str]) -> None:
    document = make_document(f"<html><body><main>{markup}</main></body></html>")
    headline = next(block for block in document.blocks if block.tag == "h1")
    assert chosen_from(document, headline) == expected


UNSURE = '<p data-score="1">The pier of Nordvik was built when the herring came, and paid for with it.</p>'
WHALES = UNSURE.replace('"1"', '"2"')
BOXES = {
    "a slide of a related gallery": (f'{LONG}<div class="related-slides">{WHALES}</div>{BELOW}', ["The ferry sailed", LAST]),
    "a teaser before the story": (
        f'<div class="teaser">{WHALES}</div>{LONG}{BELOW}',
        ["The pier of", "The ferry sailed", LAST],
    ),
    "more than the story before it": (
        f'{ABOVE}{BELOW}<div class="teaser">{WHALES * 9}</div>',
        [FIRST, LAST, *["The pier of"] * 9],
    ),
    "unsure, in a player": (f'{LONG}<div class="video-player">{UNSURE}</div>{BELOW}', ["The ferry sailed", LAST]),
    "likely, in a gallery": (f'{LONG}<div class="gallery">{WHALES}</div>{BELOW}', ["The ferry sailed", "The pier of", LAST]),
    "a picture's credit in brackets": (f"{LONG}{kept('(Photo: Jane Roe / Post)')}{BELOW}", ["The ferry sailed", LAST]),
    "a picture's credit of names": (f"{LONG}{kept('Photo: Jane Roe of the Post.')}{BELOW}", ["The ferry sailed", LAST]),
    "a picture's credit with an agency": (f"{LONG}{kept('Foto: picture alliance / dpa')}{BELOW}", ["The ferry sailed", LAST]),
    "a question that begins like one": (
        f"{LONG}{kept('Photos: Why?')}{BELOW}",
        ["The ferry sailed", "Photos: Why?", LAST],
    ),
    "a description that begins like one": (
        f"{LONG}{kept('Illustration: a man, a boat and a wall.')}{BELOW}",
        ["The ferry sailed", "Illustration: a man", LAST],
    ),
    "a quotation that begins like one": (
        f"{LONG}{kept('Bild: „Kanzler Lenkt Ein“')}{BELOW}",
        ["The ferry sailed", "Bild: „Kanzler Lenkt", LAST],
    ),
    "an item that begins like one": (
        f"{LONG}<ul>{kept('Photos: Jane Roe', 'li')}{kept('Letters: her aunt', 'li')}</ul>{BELOW}",
        ["The ferry sailed", "Photos: Jane Roe", "Letters: her aunt", LAST],
    ),
    "the second half of the story in a box that unfolds": (
        f'{LONG}<div class="read-more">{WHALES}{WHALES}</div>{BELOW}',
        ["The ferry sailed", "The pier of", "The pier of", LAST],
    ),
    "the same with a label in it": (
        f'{LONG}<div class="read-more"><p>Read also:</p>{WHALES}{WHALES}</div>{BELOW}',
        ["The ferry sailed", LAST],
    ),
    "the same with a link in it": (
        f'{LONG}<div class="read-more"><h4><a href="/pier">The pier</a></h4>{WHALES}{WHALES}</div>{BELOW}',
        ["The ferry sailed", LAST],
    ),
    "a sentence that begins like one": (
        f"{LONG}{kept('Photos of the ramp went round the island.')}{BELOW}",
        ["The ferry sailed", "Photos of the", LAST],
    ),
    "links with a label in brackets behind each": (
        f"{LONG}{kept('<a href=/a>Mayor of Sandvik resigns</a> [VIDEO]<br><a href=/b>Tides to rise</a> [INSIGHT]|')}{BELOW}",
        ["The ferry sailed", LAST],
    ),
    "a sentence with links and a remark in brackets": (
        f"{LONG}{kept('<a href=/a>The mayor</a> and <a href=/b>the council</a> [both new] met.')}{BELOW}",
        ["The ferry sailed", "The mayor and", LAST],
    ),
    "a shortcode round text": (
        f"{LONG}{kept('[button link=”/kit” size=”big”]Send us your kit[/button]')}{BELOW}",
        ["The ferry sailed", LAST],
    ),
    "a shortcode alone": (f"{LONG}{kept('[gallery ids=&quot;1,2&quot;]')}{BELOW}", ["The ferry sailed", LAST]),
    "a remark in brackets": (
        f"{LONG}{kept('[update: the ramp is in place]')}{BELOW}",
        ["The ferry sailed", "[update: the ramp", LAST],
    ),
    "a sentence after a shortcode": (
        f"{LONG}{kept('[toc depth=2]The ramp is in place again.')}{BELOW}",
        ["The ferry sailed", "[toc depth=2]The ramp", LAST],
    ),
    "unsure, in any other element": (f"{LONG}<div>{UNSURE}</div>{BELOW}", ["The ferry sailed", "The pier of", LAST]),
}


@pytest.mark.parametrize(("markup", "expected"), BOXES.values(), ids=BOXES)
def test_boxes_of_other_things_between_the_paragraphs_are_left_out(
    make_document: MakeDocument, markup: str, expected: list[str]
) -> None:
    assert chosen_from(make_document(f"<html><body><main>{markup}</main></body></html>")) == expected
