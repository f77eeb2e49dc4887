"""Whole pages: the story's text among captions, calls, menus and comments, and stories that the page does not show."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from etl.records import Origin
from etl.transform.body import extract_body
from etl.transform.document import Document
from etl.transform.fields.title import extract_title, headline_block

MakeDocument = Callable[..., Document]

TITLE = "Ferry to Sandvik sails again after nine days"
STORY = [
    "The ferry to Sandvik left the northern quay at six in the morning on Monday, with forty people and two lorries on board, "
    "nine days after a storm had torn the ramp from its hinges.",
    "Harbour master Ada Holm said that the divers had worked every night since the accident and that the last of the twelve "
    "bolts was set only an hour before the ship was due to sail.",
    "On the island, where the shop had run out of milk and flour by the weekend, some thirty people stood on the pier and "
    "clapped when the bow door opened and the first lorry rolled ashore.",
    "The shipping line had at first counted on three weeks of repairs. A yard on the mainland, however, still had a ramp of the "
    "same make in store, left over from a sister ship that was sold in the spring.",
    "Whether the line will pay for the lost days is not settled. The island council wants forty thousand crowns for the "
    "helicopter that brought medicine and post, and has asked a lawyer for advice.",
    "For the coming winter the council has now ordered a second ramp, which is to lie ready in a shed by the harbour, so that "
    "the island will never again be cut off for more than a day or two.",
]
MORE = [
    "The old lighthouse keeper, who has lived on the island for sixty years, called it the longest silence he could remember "
    "since the great ice winter, when nobody crossed the sound for a whole month.",
    "Tourists who had booked rooms for the week were told to wait at an inn on the mainland, where the host served fish soup "
    "every evening and would not take any money for it.",
]


def p(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(*parts: str, head: str = "") -> str:
    """A page of a newspaper: menu, headline, by-line, what the case puts into the story, boxes and footer."""
    links = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("news", "sport", "culture", "weather", "sea"))
    return (
        f'<html><head><title>{TITLE}</title><meta property="og:title" content="{TITLE}">{head}</head><body>'
        f'<header><a href="/">Daily Example</a></header><nav class="main-menu"><ul>{links}</ul></nav><main><article>'
        f'<h1>{TITLE}</h1><p class="byline">By Bo Strand</p><div class="article-body">{"".join(parts)}</div></article></main>'
        f"<footer><ul>{links}</ul><p>© 2024 Daily Example. All rights reserved.</p></footer></body></html>"
    )


def body_of(document: Document) -> tuple[list[str], Origin] | None:
    """Paragraphs and origin of a page's body."""
    title = extract_title(document)
    found = extract_body(document, title.value if title else "", headline_block(document, title.value) if title else None)
    return (list(found.value.paragraphs), found.origin) if found else None


FOREIGN = {
    "caption": "<figure><img src='a.jpg'><figcaption>The ferry at the quay on Monday. Photo: C. Lund</figcaption></figure>",
    "related box": (
        '<div class="related-articles"><h3>Related stories</h3><ul><li><a href="/1">Storm tears ramp from ferry</a></li>'
        '<li><a href="/2">Council asks for helicopter after storm</a></li></ul></div>'
    ),
    "newsletter call": (
        '<div class="newsletter-signup"><h3>Stay informed</h3><p>Sign up for our newsletter and get the best stories of the day '
        'in your inbox every morning.</p><form><input type="email"><button>Subscribe</button></form></div>'
    ),
    "advertisement": '<div class="ad-slot"><span>Advertisement</span></div>',
    "share bar": '<div class="share-buttons"><a href="#">Facebook</a> <a href="#">Mail</a> <a href="#">Copy link</a></div>',
    "headline repeated": f"<h2>{TITLE}</h2>",
}
UNDER = {
    "comments": (
        '<section id="comments"><h3>2 comments</h3><div class="comment"><p>My aunt was on that ship and she says that it was a '
        "wonderful morning for everybody on board.</p></div><div class='comment'><p>About time, we waited nine days for the milk "
        "and nobody from the line ever called us.</p></div></section>"
    ),
    "author box": (
        '<div class="author-bio"><p>Bo Strand writes about ships and islands for the Daily Example. He lives by the sea with two '
        "dogs.</p></div>"
    ),
    "cookie text": (
        '<div id="cookie-banner"><p>We use cookies and similar techniques to improve our pages and to show you advertisements. '
        "You may refuse them at any time in the settings.</p><button>Accept all</button></div>"
    ),
    "teasers": "".join(
        f'<div class="teaser"><a href="/{n}"><h3>Another story of the harbour {n}</h3><p>What came to pass there.</p></a></div>'
        for n in range(4)
    ),
}


@pytest.mark.parametrize("markup", FOREIGN.values(), ids=FOREIGN)
def test_what_stands_between_the_paragraphs_and_is_no_story_is_left_out(make_document: MakeDocument, markup: str) -> None:
    assert body_of(make_document(page(p(STORY[:3]), markup, p(STORY[3:])))) == (STORY, Origin.HEURISTIC)


@pytest.mark.parametrize("markup", UNDER.values(), ids=UNDER)
def test_what_stands_under_the_story_is_left_out(make_document: MakeDocument, markup: str) -> None:
    assert body_of(make_document(page(p(STORY), markup))) == (STORY, Origin.HEURISTIC)


KEPT = {
    "sub-heading": ("<h2>A ramp from a sister ship</h2>", ["A ramp from a sister ship"]),
    "sub-heading in a box of its own": ("<div><h3>A ramp from a sister ship</h3></div>", ["A ramp from a sister ship"]),
    "list": (
        "<ul><li>The first ship leaves at six in the morning.</li><li>The second ship leaves at noon on weekdays.</li>"
        "<li>The last ship leaves at eight in the evening.</li></ul>",
        [
            "The first ship leaves at six in the morning.",
            "The second ship leaves at noon on weekdays.",
            "The last ship leaves at eight in the evening.",
        ],
    ),
    "quotation": (f"<blockquote><p>{MORE[0]}</p></blockquote>", MORE[:1]),
    "table": (
        "<table><tr><th>Day</th><th>Passengers carried</th></tr><tr><td>Monday</td><td>Forty people and two lorries</td></tr>"
        "<tr><td>Tuesday</td><td>Sixty people and one lorry</td></tr></table>",
        ["Day | Passengers carried", "Monday | Forty people and two lorries", "Tuesday | Sixty people and one lorry"],
    ),
    "paragraph that speaks of a newsletter": (
        "<p>The council writes in its newsletter that the shed by the harbour will be built before the first of November.</p>",
        ["The council writes in its newsletter that the shed by the harbour will be built before the first of November."],
    ),
    "paragraph that begins as the headline does": (f"<p>{TITLE}: {MORE[1]}</p>", [f"{TITLE}: {MORE[1]}"]),
    "paragraph with links": (
        '<p>The storm of the <a href="/1">third of March</a> had sunk four boats and torn the roof from the <a href="/2">fish '
        "hall</a>, as the newspaper told its readers on the day after.</p>",
        [
            "The storm of the third of March had sunk four boats and torn the roof from the fish hall, as the newspaper told its "
            "readers on the day after."
        ],
    ),
    "paragraph that speaks of cookies": (
        "<p>In the kitchen of the ship the cook had baked cookies for all children on board, and nobody had to pay for them.</p>",
        ["In the kitchen of the ship the cook had baked cookies for all children on board, and nobody had to pay for them."],
    ),
    "paragraph in a figure-like box": (f'<div class="figures-of-the-year"><p>{MORE[0]}</p></div>', MORE[:1]),
    "paragraph on the newspaper's own writer": (
        "<p>Bo Strand, who writes for this newspaper, was among the forty people who stood on deck when the ship cast off.</p>",
        ["Bo Strand, who writes for this newspaper, was among the forty people who stood on deck when the ship cast off."],
    ),
    "short paragraph": ("<p>He did not wave.</p>", ["He did not wave."]),
}


@pytest.mark.parametrize(("markup", "texts"), KEPT.values(), ids=KEPT)
def test_what_belongs_to_the_story_is_kept_in_its_place(make_document: MakeDocument, markup: str, texts: list[str]) -> None:
    found = body_of(make_document(page(p(STORY[:3]), markup, p(STORY[3:]))))
    assert found == ([*STORY[:3], *texts, *STORY[3:]], Origin.HEURISTIC)


def test_all_together_leave_the_story_as_it_is(make_document: MakeDocument) -> None:
    between = [part for pair in zip(map(p, [[text] for text in STORY]), FOREIGN.values(), strict=True) for part in pair]
    assert body_of(make_document(page(*between, *UNDER.values()))) == (STORY, Origin.HEURISTIC)


GERMAN = [
    "Die Fähre nach Sandwik hat am Montag um sechs Uhr früh wieder abgelegt, mit vierzig Fahrgästen und zwei Lastwagen an Bord, "
    "neun Tage nachdem ein Sturm die Rampe aus den Angeln gerissen hatte.",
    "Hafenmeisterin Ada Holm sagte, die Taucher hätten seit dem Unfall jede Nacht gearbeitet, und der letzte der zwölf Bolzen "
    "sei erst eine Stunde vor der Abfahrt gesetzt worden.",
    "Auf der Insel, wo dem Laden am Wochenende Milch und Mehl ausgegangen waren, standen rund dreißig Menschen auf dem Steg und "
    "klatschten, als sich das Bugtor öffnete.",
    "Die Reederei hatte zunächst mit drei Wochen gerechnet. Eine Werft auf dem Festland hatte jedoch noch eine Rampe derselben "
    "Bauart auf Lager, die von einem verkauften Schwesterschiff stammte.",
    "Ob die Reederei für die verlorenen Tage zahlt, ist offen. Der Inselrat verlangt vierzigtausend Kronen für den Hubschrauber, "
    "der Arznei und Post gebracht hat.",
]
JAPANESE = [
    "サンドビク島へ渡る連絡船は月曜日の午前六時に北の港を出発した。嵐で船の乗り込み板が壊れてから九日ぶりの運航で、乗客四十人と貨物車二台を乗せていた。",
    "港の責任者によると、潜水士たちは事故のあと毎晩作業をつづけ、十二本の留め具の最後の一本は出港の一時間前にようやく取りつけられたという。",
    "島では週末までに牛乳と小麦粉が店からなくなり、船の扉が開いて最初の貨物車が岸に上がると、桟橋に集まった三十人ほどの住民が拍手で迎えた。",
    "船会社は当初、修理に三週間かかると見ていたが、本土の造船所に同じ型の部品が残っていた。春に売られた姉妹船のために作られたものだった。",
    "失われた日数の費用を会社が払うかどうかは決まっていない。島の議会は薬と郵便を運んだ航空機の代金を求め、弁護士に相談している。",
]
RUSSIAN = [
    "Паром на остров Сандвик в понедельник в шесть часов утра снова вышел из северной гавани с сорока пассажирами и двумя "
    "грузовиками на борту, через девять дней после того, как шторм сорвал сходни.",
    "Начальник порта Ада Хольм рассказала, что водолазы работали каждую ночь после аварии и что последний из двенадцати болтов "
    "поставили всего за час до отхода судна.",
    "На острове, где к выходным в лавке кончились молоко и мука, около тридцати человек стояли на причале и хлопали, когда "
    "открылись носовые ворота и на берег выехал первый грузовик.",
    "Пароходство сначала рассчитывало на три недели ремонта, но на верфи нашлись сходни той же постройки, оставшиеся от другого "
    "судна, которое продали весной.",
    "Заплатит ли пароходство за потерянные дни, пока не решено. Совет острова требует сорок тысяч крон за вертолёт, который "
    "привозил лекарства и почту.",
]


@pytest.mark.parametrize("story", [GERMAN, JAPANESE, RUSSIAN], ids=["German", "Japanese", "Russian"])
def test_stories_of_other_languages_and_scripts_are_read_alike(make_document: MakeDocument, story: list[str]) -> None:
    document = make_document(page(p(story[:2]), FOREIGN["related box"], p(story[2:]), UNDER["comments"]))
    assert body_of(document) == (story, Origin.HEURISTIC)


@pytest.mark.parametrize("markup", [p(STORY), "".join(f"<div>{text}</div>" for text in STORY), "<br><br>".join(STORY)])
def test_paragraphs_may_be_marked_in_any_way(make_document: MakeDocument, markup: str) -> None:
    assert body_of(make_document(page(markup))) == (STORY, Origin.HEURISTIC)


def test_bare_text_parted_by_elements_that_only_look_like_breaks(make_document: MakeDocument) -> None:
    gap = '<div class="fake-br-for-article-body"></div>'
    lead, rest = f"<section>{STORY[0]}</section>", gap.join(STORY[1:])
    assert body_of(make_document(page(f"{lead}{gap}<div>{rest}</div>"))) == (STORY, Origin.HEURISTIC)


def test_a_paragraph_shown_twice_is_told_once(make_document: MakeDocument) -> None:
    assert body_of(make_document(page(p(STORY), p(STORY[-1:])))) == (STORY, Origin.HEURISTIC)


def _linked(**keys: str) -> str:
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, **keys})
    return f'<script type="application/ld+json">{data}</script>'


def test_the_declared_text_stands_in_where_the_page_shows_none(make_document: MakeDocument) -> None:
    document = make_document(page('<div class="loader"></div>', head=_linked(articleBody="\n\n".join(STORY))))
    assert body_of(document) == (STORY, Origin.JSON_LD)


def test_the_declared_text_does_not_push_out_what_the_page_shows(make_document: MakeDocument) -> None:
    document = make_document(page(p(STORY), head=_linked(articleBody="\n\n".join([*STORY, *MORE]))))
    assert body_of(document) == (STORY, Origin.HEURISTIC)


def test_the_declared_text_of_another_story_is_not_taken(make_document: MakeDocument) -> None:
    others = "".join(_linked(headline=f"Quite another story {n}", articleBody=text) for n, text in enumerate(MORE))
    assert body_of(make_document(page(head=others))) is None


@pytest.mark.parametrize(
    "article",
    [
        {"title": TITLE, "body": p(STORY)},
        {"title": TITLE, "content": "\n\n".join(STORY)},
        {"title": TITLE, "blocks": [{"type": "paragraph", "text": text} for text in STORY]},
    ],
)
def test_the_state_of_an_application_stands_in_where_the_page_shows_none(make_document: MakeDocument, article: object) -> None:
    state = json.dumps({"props": {"pageProps": {"article": article, "locale": "en"}}})
    script = f'<script id="__NEXT_DATA__" type="application/json">{state}</script>'
    assert body_of(make_document(page(f"<div id='root'></div>{script}"))) == (STORY, Origin.HEURISTIC)


def test_the_state_may_be_the_call_of_a_function(make_document: MakeDocument) -> None:
    teaser, body = json.dumps(p(MORE[:1])), json.dumps(p(STORY))
    call = f'(function(a,b){{return {{layout:a,data:[{{title:b,lead:{teaser},body:{body}}}]}}}}("default",{json.dumps(TITLE)}))'
    assert body_of(make_document(page(f"<script>window.__NUXT__={call};</script>"))) == (STORY, Origin.HEURISTIC)


SCRIPTS = {
    "the story's first paragraphs and more": (STORY, STORY),
    "another story": (MORE * 3, STORY[:2]),
    "terms of use": (
        [f"Rule {n}: whoever reads this page agrees to its rules, and to all that follow from them." for n in range(9)],
        STORY[:2],
    ),
    "data kept as text": ([json.dumps({"@type": "VideoObject", "description": text}) for text in STORY], STORY[:2]),
}


@pytest.mark.parametrize(("texts", "expected"), SCRIPTS.values(), ids=SCRIPTS)
def test_what_the_page_shows_of_a_story_the_state_must_hold_too(
    make_document: MakeDocument, texts: list[str], expected: list[str]
) -> None:
    script = f'<script type="application/json">{json.dumps({"items": texts})}</script>'
    assert body_of(make_document(page(p(STORY[:2]), script))) == (expected, Origin.HEURISTIC)


def test_data_kept_as_text_is_no_story(make_document: MakeDocument) -> None:
    texts = [json.dumps({"@type": "VideoObject", "description": text}) for text in STORY]
    assert body_of(make_document(page(f'<script type="application/json">{json.dumps({"items": texts})}</script>'))) is None


def test_of_a_story_behind_a_wall_the_teaser_is_the_body(make_document: MakeDocument) -> None:
    wall = (
        '<div class="paywall"><h3>Read on with a subscription</h3><p>Subscribe now to read this story and all others. Already a '
        'subscriber? <a href="/login">Log in</a></p></div>'
    )
    assert body_of(make_document(page(p(STORY[:2]), wall))) == (STORY[:2], Origin.HEURISTIC)


@pytest.mark.parametrize(
    "html",
    [
        page(),
        "<html><body></body></html>",
        f"<html><body>{''.join(f'<a href=/{n}>Story {n}</a> ' for n in range(30))}</body></html>",
        "<html><body><form><label>Name</label><input><label>Password</label><input><button>Log in</button></form></body></html>",
    ],
    ids=["headline alone", "nothing", "links", "form"],
)
def test_a_page_without_a_story_has_no_body(make_document: MakeDocument, html: str) -> None:
    assert body_of(make_document(html)) is None
