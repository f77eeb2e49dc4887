"""From scores to the story: what goes together is kept or left out together, whatever the score of each block alone.

Each page is a story of marked blocks: `data-score` is the score that the block is to have, `data-steps` how far outside of
the container it stands.
"""

from __future__ import annotations

import pytest

from tests.transform.body.stories import (
    ABOVE,
    BELOW,
    COMMENTARY,
    FIRST,
    LAST,
    LONG,
    OUT,
    TITLE,
    MakeDocument,
    chosen_from,
    kept,
)

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


MARKED = '<span class="standfirst">A yard had a spare ramp.</span>'
STANDFIRSTS = {
    "a line of its own": (f'<div data-score="3">{MARKED}</div>', []),
    "two lines of its own": (
        '<div data-score="3"><span class="standfirst">A yard had a spare ramp.<br>It fits.</span></div>',
        [],
    ),
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
