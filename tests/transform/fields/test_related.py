"""Blocks of links to other stories: layouts as sites have them, invented stories, each beside what is no such block."""

from __future__ import annotations

import time

import pytest

from etl.records import Block
from etl.transform.fields.related import extract_related
from etl.transform.profiled import settle_profile
from etl.transform.profiles import Layout, Profile, RelatedBlock
from tests.transform.linking import FERRY, MAYOR, TEXT, THREE, TIDE, URL, card, item, links, page, read, short


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("<h2>Most read</h2>", "most-read"),
        ("<h3>Meistgelesen in Politik</h3>", "most-read"),
        ("<div>Lo más leído</div>", "most-read"),
        ("<p>Hot Opinion</p>", "opinion"),
        ("<h2>La rédaction vous conseille</h2>", "recommended"),
        ("<h2>Das könnte Sie auch interessieren</h2>", "recommended"),
        ("<header>Ultime notizie</header>", "latest"),
        ("<h2>Top stories</h2>", "latest"),
        ("<h2>Related articles</h2>", "related"),
        ("<h2>More from Harbour</h2>", "related"),
        ("<h2>関連記事</h2>", "related"),
        ("<h2>アクセスランキング</h2>", "most-read"),
        ("<h2>От редакции: читайте также</h2>", "related"),
    ],
)
def test_the_heading_names_the_kind(heading: str, kind: str) -> None:
    printed = heading.partition(">")[2].partition("<")[0]
    html = page(beside=f'<section class="x">{heading}<ul>{THREE}</ul></section>')
    assert short(html) == [(kind, printed, FERRY), (kind, printed, MAYOR), (kind, printed, TIDE)]


@pytest.mark.parametrize(
    "block",
    [
        f"<h2>Sponsored</h2><ul>{THREE}</ul>",
        f"<h2>Anzeige</h2><ul>{THREE}</ul>",
        f"<h2>From around the web</h2><ul>{THREE}</ul>",
        f"<nav><ul>{THREE}</ul></nav>",
        f"<footer><h2>Most read</h2><ul>{THREE}</ul></footer>",
        '<h2>Topics</h2><ul><li><a href="/tag/harbour-and-its-piers">Harbour and its piers</a></li>'
        '<li><a href="/tag/town-council-and-mayor">Town council and mayor</a></li></ul>',
        '<h2>Related</h2><a href="/politics">Politics</a> <a href="/authors/jane-roe">Jane Roe of the Herald</a>',
        '<h2>Related</h2><a href="https://shop.example/2024/best-rubber-boots-for-harbours-55555">Best rubber boots to buy</a>',
        f"<h2>Related</h2><ul>{THREE.replace('<a ', '<a rel=sponsored ')}</ul>",
        '<h2>Latest</h2><a rel="tag" href="/tag/office-of-harbours-quays-and-ports">Office of Harbours, Quays and Ports</a>',
        '<h2>Most read</h2><a href="/account/login?next=/news/2024/05/02/some-long-story-name-1">Sign in to read your news</a>',
        '<h2>Share</h2><a href="https://social.example/sharer?u=harbour-vote-ends-in-a-tie">Share this story on Social</a>',
    ],
)
def test_what_is_no_block_of_stories_is_left_out(block: str) -> None:
    assert short(page(beside=f"<section>{block}</section>")) == []


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        # a line with a label
        (f"<p>Read more: {item(1, FERRY, tag='span')}</p>", [("in-body", "Read more:", FERRY)]),
        (f"<p><strong>LESEN SIE AUCH &gt; {item(1, FERRY, tag='span')}</strong></p>", [("in-body", "LESEN SIE AUCH", FERRY)]),
        (f"<p><em>À lire aussi</em> {item(1, FERRY, tag='span')}</p>", [("in-body", "À lire aussi", FERRY)]),
        # the label in the link
        (f"<p>{item(1, FERRY, tag='b').replace('>F', '>READ MORE | F')}</p>", [("in-body", "READ MORE", FERRY)]),
        (f'<p><a href="/news/2024/05/01/ferry-aground-10001">[Read: {FERRY}]</a></p>', [("in-body", None, FERRY)]),
        (f'<p><a href="/news/2024/05/01/ferry-aground-10001">[{FERRY}]</a></p>', [("in-body", None, f"[{FERRY}]")]),
        # a box with a heading
        (
            f"<aside><h3>Mehr zum Thema</h3><ul>{THREE}</ul></aside>",
            [("in-body", "Mehr zum Thema", t) for t in (FERRY, MAYOR, TIDE)],
        ),
        # a box with one story, heading and by-line inside the link
        (
            f'<a href="/a/2024/ferry-runs-aground-off-the-pier"><h2>Related</h2><h3>{FERRY}</h3><i>By Jane Roe</i></a>',
            [("in-body", "Related", FERRY)],
        ),
        # a paragraph that is a link and nothing else
        (f"<p>{item(1, FERRY, tag='strong')}</p>", [("in-body", None, FERRY)]),
        # kinds that keep their own name between paragraphs
        (f"<div><h3>Most read</h3><ul>{THREE}</ul></div>", [("most-read", "Most read", t) for t in (FERRY, MAYOR, TIDE)]),
        (
            f"<div><h3>More from Harbour</h3><ul>{THREE}</ul></div>",
            [("related", "More from Harbour", t) for t in (FERRY, MAYOR, TIDE)],
        ),
        # links within a sentence
        (f"<p>The pilot said {item(1, 'that a ferry had run aground off the pier', tag='i')} on Monday.</p>", []),
        (f"<p>The {item(1, 'ferry that ran aground on Monday off the northern pier', tag='i')} is afloat.</p>", []),
        (f"<p>{item(1, 'The ferry ran aground', tag='i')} last week, and nobody has yet been told how it came to that.</p>", []),
        # a newsletter, a picture's caption
        (
            '<p>Read more: <a href="/2024/get-our-harbour-newsletter-1234">Get the harbour news by mail</a></p>',
            [],
        ),
        (f"<figure><img src=x.jpg><figcaption>{item(1, FERRY, tag='span')}</figcaption></figure>", []),
    ],
)
def test_links_between_the_paragraphs(inside: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert short(page(inside=inside)) == expected


def test_the_same_heading_after_the_story_is_no_longer_in_its_body() -> None:
    assert short(page(after=f"<section><h3>Read more</h3><ul>{THREE}</ul></section>"))[0][0] == "related"


@pytest.mark.parametrize(
    ("printed", "title", "byline", "caption"),
    [
        (
            card(f'<b class="rank">1</b><i class="kicker">Pier</i><h3>{FERRY}</h3><p class="summary">No car came to harm.</p>'),
            FERRY,
            None,
            None,
        ),
        (
            card('<img alt="A ferry at low tide">').removesuffix("</li>")
            + card(FERRY).removeprefix("<li>").removesuffix("</li>")
            + '<div class="author">By Jane Roe</div><time>2 May 2024</time></li>',
            FERRY,
            "Jane Roe",
            "A ferry at low tide",
        ),
        (
            card(
                '<h3 class="teaser__title"><span class="teaser__title__kicker">Aground</span>'
                f'<span class="teaser__title__separator">: </span><span class="teaser__title__headline">{FERRY}</span></h3>'
            ),
            FERRY,
            None,
            None,
        ),
        (card(FERRY).replace("<li>", "<li>3"), FERRY, None, None),
        (card(f"3{FERRY}"), FERRY, None, None),
        (card(f"<b>Shipping</b> <b>{FERRY}</b>"), FERRY, None, None),
        (card(f'<span class="x7">Shipping news</span> {FERRY}'), FERRY, None, None),
        (card("<b>Ferry</b> that ran aground is afloat"), "Ferry that ran aground is afloat", None, None),
        (card('<span class="x7">Ferry</span> that ran aground is afloat'), "Ferry that ran aground is afloat", None, None),
        (card("<div>12:40 aground</div>", attributes=f' title="{FERRY}"'), FERRY, None, None),
        # kicker and headline are links of their own
        (
            card("Docks and piers of the town").removesuffix("</li>") + card(f"<h3>{FERRY}</h3>").removeprefix("<li>"),
            FERRY,
            None,
            None,
        ),
        # in scripts without spaces few signs make a headline; what follows it is the standfirst
        (
            card(
                "<p>港の桟橋をめぐる町議会の投票は引き分けに終わる</p><p>九時間の会議の後も新しい桟橋については何も決まらず、市長は来月また話し合うと述べた</p>"
            ),
            "港の桟橋をめぐる町議会の投票は引き分けに終わる",
            None,
            None,
        ),
        (card("56个民族在港口唱歌"), "56个民族在港口唱歌", None, None),
        # quotation marks cut an attribute short
        (
            card('Waves of the northern "doom" hit', attributes=' title="Waves of the northern "doom" hit"'),
            'Waves of the northern "doom" hit',
            None,
            None,
        ),
        # a number that belongs to the headline
        (card("11 dead in ferry accident off the pier"), "11 dead in ferry accident off the pier", None, None),
        (card("9. May is a holiday at the harbour"), "9. May is a holiday at the harbour", None, None),
    ],
)
def test_a_card_gives_headline_by_line_and_caption_apart(
    printed: str, title: str, byline: str | None, caption: str | None
) -> None:
    found = links(page(beside=f"<section><h2>Most read</h2><ol>{printed}</ol></section>"))
    assert [(link.title, link.byline, link.caption) for link in found] == [(title, byline, caption)]


def test_a_sponsored_card_does_not_spoil_its_neighbours() -> None:
    bought = f'<div class="x"><div>Sponsored</div>{item(4, "First look at homes by the harbour", tag="p")}</div>'
    cards = "".join(f'<div class="x">{item(n, t, tag="p")}</div>' for n, t in ((1, FERRY), (2, MAYOR)))
    assert short(page(beside=f"<h2>Read more</h2>{cards}{bought}")) == [
        ("related", "Read more", FERRY),
        ("related", "Read more", MAYOR),
    ]


def test_a_link_round_more_text_than_a_card_has_keeps_its_neighbours() -> None:
    long = f'<li><a href="/news/2024/05/04/the-whole-story-400004" title="{TIDE}">{TEXT * 8}</a></li>'
    assert short(page(beside=f"<h2>Latest</h2><ul>{item(1, FERRY)}{long}{item(2, MAYOR)}</ul>")) == [
        ("latest", "Latest", FERRY),
        ("latest", "Latest", TIDE),
        ("latest", "Latest", MAYOR),
    ]


def test_links_are_absolute_keyed_and_the_page_itself_is_left_out() -> None:
    own = f'<li><a href="{URL}?from=list">Harbour vote ends in a tie</a></li>'
    (link,) = links(page(beside=f"<section><h2>Latest</h2><ul>{own}{item(1, FERRY)}</ul></section>"))
    address = "www.herald.example/news/2024/05/01/ferry-runs-aground-off-the-northern-pier-100001"
    assert (link.url, link.key) == (f"https://{address}", address.removeprefix("www."))


def test_a_story_in_two_blocks_is_in_both_and_once_in_each() -> None:
    twice = f"<section><h2>Latest</h2><ul>{item(1, FERRY)}{item(2, MAYOR)}{item(1, FERRY)}</ul></section>"
    found = short(page(beside=f"{twice}<section><h2>Most read</h2><ul>{item(1, FERRY)}{item(3, TIDE)}</ul></section>"))
    assert found == [
        ("latest", "Latest", FERRY),
        ("latest", "Latest", MAYOR),
        ("most-read", "Most read", FERRY),
        ("most-read", "Most read", TIDE),
    ]


def test_a_menu_before_the_story_is_no_block_but_a_trending_bar_is() -> None:
    menu = f'<div class="menu"><h3>Latest</h3><ul>{THREE}</ul></div>'
    bar = f'<div class="bar"><b>Trending</b><ul>{item(1, FERRY)}{item(2, MAYOR)}</ul></div>'
    assert short(page(before=menu + bar)) == [("most-read", "Trending", FERRY), ("most-read", "Trending", MAYOR)]


def test_lists_without_a_heading_are_the_latest_stories() -> None:
    four = f"{THREE}{item(4, 'Pilots of the harbour call for a new light')}"
    assert short(page(beside=f"<ul>{four}</ul>")) == [
        ("latest", None, FERRY),
        ("latest", None, MAYOR),
        ("latest", None, TIDE),
        ("latest", None, "Pilots of the harbour call for a new light"),
    ]
    assert short(page(beside=f"<ul>{THREE}</ul>")) == []
    assert [kind for kind, _, _ in short(page(after=f"<ul>{THREE}</ul>"))] == ["latest"] * 3
    services = "".join(
        item(n, title) for n, title in enumerate(("Our terms of use", "Rules of the house", "How we work", "Who we are"), 1)
    )
    assert short(page(beside=f"<ul>{services}</ul>")) == []


def test_a_footer_holds_headlines_only_under_a_telling_heading() -> None:
    block = f"<footer class='related-footer'><h3>%s</h3><ul>{THREE}</ul></footer>"
    assert [kind for kind, _, _ in short(page(after=block % "Read more"))] == ["related"] * 3
    assert short(page(after=block % "Harbour")) == []
    game = '<li><a href="/games/quiz-of-the-day">The quiz of this Thursday in May</a></li>'
    assert len(short(page(after=(block % "Read more").replace("</ul>", f"{game}</ul>")))) == 3


def test_ranks_come_off_where_they_count_through_a_block() -> None:
    ranked = "".join(
        f"<li><a href='/n/2024/05/01/a-{n}-story-of-the-sea'>{n} «Gulls» are back, and so are crabs</a></li>" for n in (1, 2, 3)
    )
    titles = [title for _, _, title in short(page(beside=f"<h2>Most read</h2><ol>{ranked}</ol>"))]
    assert titles == ["«Gulls» are back, and so are crabs"] * 3
    dotted = "".join(item(n, f"{n}. {title}") for n, title in enumerate((FERRY, MAYOR, TIDE), 1))
    assert [title for _, _, title in short(page(beside=f"<h2>Most read</h2><ol>{dotted}</ol>"))] == [FERRY, MAYOR, TIDE]
    going_on = "".join(item(n - 3, f"{n}. {title}") for n, title in enumerate((FERRY, MAYOR, TIDE), 4))
    assert [title for _, _, title in short(page(beside=f"<h2>Most read</h2><ol>{going_on}</ol>"))] == [FERRY, MAYOR, TIDE]
    by_chance = item(1, "6 men in a boat come home") + item(2, "7 ships are still out at sea")
    assert [title[:2] for _, _, title in short(page(beside=f"<h2>Most read</h2><ol>{by_chance}</ol>"))] == ["6 ", "7 "]
    counted = item(1, "6 men in a boat come home") + item(2, "12 ships are still out at sea")
    assert [title for _, _, title in short(page(beside=f"<h2>Most read</h2><ol>{counted}</ol>"))] == [
        "6 men in a boat come home",
        "12 ships are still out at sea",
    ]


def test_an_advert_between_heading_and_stories_is_no_heading() -> None:
    block = f"<section><h2>Trending</h2><div class='x'>Advertisement 2</div><ul>{THREE}</ul></section>"
    assert [heading for _, heading, _ in short(page(beside=block))] == ["Trending"] * 3


def test_a_profile_names_blocks_by_xpath_or_heading() -> None:
    ticker = "".join(
        f'<div class="tick"><a href="/b/2024/{t.lower().replace(" ", "-")}-11"><div>{t}</div></a></div>' for t in (FERRY, TIDE)
    )
    document, story = read(page(beside=f"{ticker}<section><h2>Our choice</h2><ul>{item(2, MAYOR)}</ul></section>"))
    named = (
        RelatedBlock(block=Block.LATEST, xpath='//div[has-class("tick")]'),
        RelatedBlock(block=Block.RECOMMENDED, heading="OUR CHOICE"),
    )
    settle_profile(
        document, Profile(domain="herald.example", name="Herald", layouts=(Layout(name="a", when="//h1", related=named),))
    )
    found = extract_related(document, story)
    assert found is not None
    assert [(link.block, link.heading, link.title) for link in found.value] == [
        (Block.LATEST, None, FERRY),
        (Block.LATEST, None, TIDE),
        (Block.RECOMMENDED, "Our choice", MAYOR),
    ]


def test_a_page_without_links_has_none() -> None:
    assert extract_related(*read(page())) is None


def test_the_places_are_told_for_inspect() -> None:
    found = extract_related(*read(page(beside=f"<section><h2>Latest</h2><ul>{THREE}</ul></section>")))
    assert found is not None
    assert found.detail == "latest Latest: 3"


def test_a_page_of_nothing_but_links_takes_little_time() -> None:
    many = "".join(item(n % 9, f"Story number {n} of a very long list") for n in range(3_000))
    document, story = read(page(beside=f"{'<div>' * 200}<ul>{many}</ul>{'</div>' * 200}"))
    start = time.process_time()
    extract_related(document, story)
    assert time.process_time() - start < 2.0
