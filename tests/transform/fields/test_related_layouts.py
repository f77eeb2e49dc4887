"""How cards are told from what stands around them, and which heading or box names a block: the layout's part in related links."""

from __future__ import annotations

import pytest

from tests.transform.linking import FERRY, MAYOR, TEXT, THREE, TIDE, item, page, short


@pytest.mark.parametrize(
    ("printed", "kept"),
    [("Games", True), ("Shopping", True), ("Advertorial", False), ("ANZEIGE", False), ("(P)", False), ("P", True)],
)
def test_a_section_is_no_mark_of_what_is_bought(printed: str, kept: bool) -> None:
    marked = f'<div class="x"><div>{printed}</div>{item(1, FERRY, tag="p")}</div>'
    found = short(page(beside=f'<h2>Read more</h2>{marked}<div class="x">{item(2, MAYOR, tag="p")}</div>'))
    assert ([title for _, _, title in found] == [FERRY, MAYOR]) is kept


def laid_over(number: int, title: str, *, more: str = "") -> str:
    """A teaser with a link of its whole size, and no text in it."""
    return f'<article><a href="/news/2024/05/0{number}/story-of-the-sea-{number}"></a><div><h3>{title}</h3>{more}</div></article>'


def test_a_link_laid_over_a_teaser_leads_to_its_headline() -> None:
    lead = f"<p>{TEXT}</p>"
    block = f"<section><h2>Latest</h2>{laid_over(1, FERRY, more=lead)}{laid_over(2, MAYOR)}</section>"
    assert short(page(beside=block)) == [("latest", "Latest", FERRY), ("latest", "Latest", MAYOR)]
    between = laid_over(1, FERRY, more="<p>It is afloat again</p>")
    assert short(page(inside=between)) == [("in-body", None, FERRY)]


def test_a_page_can_have_many_links_laid_over_teasers() -> None:
    names = [f"{FERRY} for the {number}th time" for number in range(4, 10)]
    block = "".join(laid_over(number, name) for number, name in enumerate(names, 1))
    assert [title for _, _, title in short(page(beside=f"<section><h2>Latest</h2>{block}</section>"))] == names


STORY_LINK = '<a href="/news/2024/05/01/story-of-the-sea-1"></a>'


@pytest.mark.parametrize(
    ("box", "found"),
    [
        (f"<article>{STORY_LINK}<h3>{FERRY}</h3><p>{TEXT}</p></article>", True),
        # more text than a teaser has
        (f"<article>{STORY_LINK}<h3>{FERRY}</h3><p>{TEXT * 8}</p></article>", False),
        # another headline with a link of its own
        (f'<article>{STORY_LINK}<div>{FERRY}</div><p><a href="/x">{MAYOR}</a></p></article>', False),
        (f'<article>{STORY_LINK}<div>{FERRY}</div><p><a href="/x">Sea</a></p></article>', True),
        # nothing but a caption, nothing but a sentence longer than a headline, nothing but a word
        (f'<article>{STORY_LINK}<div class="caption">{FERRY}</div></article>', False),
        (f"<article>{STORY_LINK}<div>{FERRY}, {'and ' * 40}so on</div></article>", False),
        (f"<article>{STORY_LINK}<div>Sea</div></article>", False),
        (f"<article>{STORY_LINK}<div>Sea</div><p>{FERRY}, {'and ' * 40}so on</p></article>", False),
        # a sentence with a link of its own
        (f'<article>{STORY_LINK}<div>{FERRY} near the <a href="/x">town</a></div></article>', False),
    ],
)
def test_the_text_of_a_teaser_is_short_its_own_and_no_caption(box: str, found: bool) -> None:
    block = f"<section><h2>Latest</h2>{box}{laid_over(2, MAYOR)}{laid_over(3, TIDE)}</section>"
    assert [title for _, _, title in short(page(beside=block))] == [FERRY] * found + [MAYOR, TIDE]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"<p>{FERRY}</p>", False),
        (f"<h3>{FERRY}</h3>", True),
        (f'<p class="title">{FERRY}</p>', True),
        (f"<div>{FERRY}</div><p>It is afloat again</p>", True),
    ],
)
def test_a_text_alone_with_a_picture_amid_the_story_is_its_caption(text: str, found: bool) -> None:
    pictured = STORY_LINK.replace("></a>", '><img src="/p/ferry.jpg"></a>')
    assert (short(page(inside=f"<div>{pictured}{text}</div>")) == [("in-body", None, FERRY)]) is found
    block = f"<section><h2>Latest</h2><div>{pictured}{text}</div>{laid_over(2, MAYOR)}</section>"
    assert [title for _, _, title in short(page(beside=block))] == [FERRY, MAYOR]


def test_a_link_over_headline_or_paragraph_of_the_story_is_no_teaser() -> None:
    assert short(page(inside=f'<div>{STORY_LINK}<p class="own">{FERRY}</p></div>')) == []
    headline = "<h1>Harbour vote ends in a tie</h1>"
    others = "".join(laid_over(number, title) for number, title in ((2, FERRY), (3, MAYOR), (4, TIDE)))
    html = page().replace(headline, f"<section><div>{STORY_LINK}{headline}</div>{others}</section>")
    assert "Harbour vote ends in a tie" not in [title for _, _, title in short(html)]


@pytest.mark.parametrize(
    "teaser",
    [  # a picture beside a linked headline, two pictures, a section, a picture over its caption
        f'<article><a href="/news/2024/05/01/ferry-runs-aground-off-the-pier"></a>{item(1, FERRY, tag="h3")}</article>',
        f'<article><a href="/n/2024/05/01/one-picture"></a><a href="/n/2024/05/02/two-pictures"></a>{FERRY}</article>',
        f'<article><a href="/harbour"></a><h3>{FERRY}</h3></article>',
        f'<figure><a href="/news/2024/05/01/picture-of-the-day"><img src=x.jpg></a><figcaption>{FERRY}</figcaption></figure>',
    ],
)
def test_a_link_without_text_that_lies_over_no_teaser_is_none(teaser: str) -> None:
    other = f"<h2>Latest</h2>{item(2, MAYOR, tag='p')}{item(3, TIDE, tag='p')}"
    titles = [title for _, _, title in short(page(beside=f"<section>{other}{teaser}</section>"))]
    assert [title for title in titles if title != FERRY] == [MAYOR, TIDE]
    assert titles.count(FERRY) == ("<h3><a" in teaser)


def test_a_list_that_goes_on_in_the_next_box_keeps_its_heading() -> None:
    def box(content: str, heading: str = "") -> str:
        return f"<section>{heading}<div><div><div><ul>{content}</ul></div></div></div></section>"

    first, rest = item(1, FERRY) + item(4, "Pilots of the harbour call for a new light"), item(2, MAYOR) + item(3, TIDE)
    found = short(page(beside=f"<div>{box(first, '<h2>Most read</h2>')}<p>And also</p>{box(rest)}</div>"))
    assert [heading for _, heading, _ in found] == ["Most read"] * 4
    found = short(page(beside=f"<div>{box(first, '<h2>Most read</h2>')}{box(rest, '<h2>Harbour</h2>')}</div>"))
    assert [heading for _, heading, _ in found] == ["Most read", "Most read", "Harbour", "Harbour"]


@pytest.mark.parametrize(
    ("above", "heading"),
    [
        ("<h2>Most read</h2><h3>All of them</h3>", "Most read"),
        ("<h2>Most read</h2><p>Show more</p>", "Most read"),
        ("<h2>Most read</h2><h2>Harbour</h2>", "Harbour"),  # the first heads an empty block
        ("Harbour", "Harbour"),  # loose text that opens the box
        ("Filed under:", None),
    ],
)
def test_the_heading_is_the_one_that_tells_something(above: str, heading: str | None) -> None:
    found = short(page(after=f"<aside>{above}<ul>{THREE}</ul></aside>"))
    assert [printed for _, printed, _ in found] == [heading] * 3


def test_a_heading_does_not_reach_into_the_comments() -> None:
    rules = item(1, "Please keep to the rules of the house", tag="p")
    assert short(page(after=f'<h3>You may also like</h3><section class="comments"><p>Write</p>{rules}</section>')) == []


def test_a_linked_section_on_a_card_is_no_heading() -> None:
    def teaser(number: int, title: str) -> str:
        return f'<article><h4 class="title"><a href="/world">World news</a></h4>{item(number, title, tag="h3")}</article>'

    block = f"<section><h2>Most read</h2>{teaser(1, FERRY)}{teaser(2, MAYOR)}</section>"
    assert short(page(beside=block)) == [("most-read", "Most read", FERRY), ("most-read", "Most read", MAYOR)]


def test_a_headline_with_a_telling_word_is_no_heading_of_a_list() -> None:
    link = '<li><a href="/n/812345">The latest word in a long quarrel over the northern pier</a></li>'
    assert short(page(beside=f"<h2>Most read</h2><ul>{link}{item(1, FERRY)}</ul>"))[0][2].startswith("The latest word")


def test_the_latest_comments_are_no_stories() -> None:
    comments = (
        THREE.replace('00001"', '00001#comment-77"').replace('00002"', '00002#comment-78"').replace('00003"', '00003#comment-79"')
    )
    assert short(page(beside=f"<h2>Latest</h2><ul>{comments}</ul>")) == []


def test_what_the_story_stands_in_is_no_menu() -> None:
    block = f"<section><h2>Most read</h2><ul>{THREE}</ul></section>"
    wrapped = page(after=block).replace("<main>", '<main><div class="footer-wrap">').replace("</main>", "</div></main>")
    assert [kind for kind, _, _ in short(wrapped)] == ["most-read"] * 3


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        ('class="box mostRead"', "most-read"),
        ('class="related-articles"', "related"),
        ('id="recommended"', "recommended"),
        ('class="related latest"', None),  # of two kinds
        ('class="box"', None),
    ],
)
def test_where_no_heading_tells_the_kind_the_name_of_the_box_does(names: str, kind: str | None) -> None:
    block = f"<section {names}><h2>Harbour</h2><div><ul>{THREE}</ul></div></section>"
    assert [found for found, _, _ in short(page(beside=block))] == [kind or "latest"] * 3
    assert [found for found, _, _ in short(page(beside=block.replace("Harbour", "Most read")))] == ["most-read"] * 3
    assert len(short(page(beside=block.replace("<h2>Harbour</h2>", "")))) == (3 if kind else 0)


def test_the_name_of_a_box_around_the_story_tells_nothing_of_its_blocks() -> None:
    around = page(after=f"<div><h2>Harbour</h2><ul>{THREE}</ul></div>").replace("<main>", '<main class="has-latest">')
    assert [kind for kind, _, _ in short(around)] == ["related"] * 3


def tabbed(tabs: str, *panels: str) -> str:
    return page(beside=f'<div><nav><div role="tablist">{tabs}</div></nav><div>{"".join(panels)}</div></div>')


def tab(text: str, attributes: str = "") -> str:
    return f'<a role="tab" {attributes}>{text}</a>'


def panel(content: str, attributes: str = "") -> str:
    return f'<div role="tabpanel" {attributes}><ol>{content}</ol></div>'


ONE, OTHER = item(1, FERRY) + item(2, MAYOR), item(3, TIDE) + item(4, "Storm keeps the lightship in harbour")

labelled = (panel(ONE, "aria-labelledby=a"), panel(OTHER, "aria-labelledby=b"))


@pytest.mark.parametrize(
    "html",
    [
        tabbed(tab("Most read", 'href="#a"') + tab("Latest", 'href="#b"'), panel(ONE, "id=a"), panel(OTHER, "id=b")),
        tabbed(tab("Most read", "aria-controls=a") + tab("Latest", "aria-controls=b"), panel(ONE, "id=a"), panel(OTHER, "id=b")),
        tabbed(
            tab("Most read", "id=a") + tab("Latest", "id=b"), panel(ONE, "aria-labelledby=a"), panel(OTHER, "aria-labelledby=b")
        ),
        tabbed(tab("Most read") + tab("Latest"), panel(ONE), panel(OTHER)),
        tabbed(tab("Most read") + tab("Latest"), panel(f"<h3>Most read</h3>{ONE}"), panel(OTHER)),
    ],
)
def test_a_tab_is_the_heading_of_its_panel(html: str) -> None:
    found = short(html)
    assert [(kind, heading) for kind, heading, _ in found] == [("most-read", "Most read")] * 2 + [("latest", "Latest")] * 2


def test_a_tab_that_tells_no_kind_has_that_of_a_longer_list_of_tabs() -> None:
    tabs = tab("Most read", 'href="#a"') + tab("Yesterday", 'href="#b"') + tab("All year", 'href="#c"')
    assert [kind for kind, _, _ in short(tabbed(tabs, panel(ONE, "id=a"), panel(OTHER, "id=b")))] == ["most-read"] * 4
    two = tab("Most read", 'href="#a"') + tab("Elsewhere", 'href="#b"')
    assert [kind for kind, _, _ in short(tabbed(two, panel(ONE, "id=a"), panel(OTHER, "id=b")))][:2] == ["most-read"] * 2
    assert "most-read" not in [kind for kind, heading, _ in short(tabbed(two, panel(OTHER, "id=b"))) if heading == "Elsewhere"]


@pytest.mark.parametrize("tabs", [("24 h", "7 days"), ("Articles", "Videos"), ("1", "2", "3")])
def test_tabs_that_tell_no_kind_leave_the_heading_over_them(tabs: tuple[str, ...]) -> None:
    list_ = "".join(tab(text, f'href="#p{number}"') for number, text in enumerate(tabs))
    html = f'<h2>Most read</h2><div role="tablist">{list_}</div>{panel(ONE, "id=p0")}{panel(OTHER, "id=p1")}'
    assert {(kind, heading) for kind, heading, _ in short(page(beside=html))} == {("most-read", "Most read")}


def test_the_heading_in_a_panel_counts_more_than_its_tab() -> None:
    html = tabbed(tab("Most read", "id=a") + tab("More", "id=b"), panel(ONE), panel(f"<h3>Latest</h3>{OTHER}"))
    assert ("latest", "Latest") in {(kind, heading) for kind, heading, _ in short(html)}


def test_a_tab_finds_its_panel_by_name_whatever_their_order() -> None:
    tabs = tab("Latest", "id=b") + tab("Most read", "id=a")
    assert {(kind, heading) for kind, heading, _ in short(tabbed(tabs, *labelled[:1]))} == {("most-read", "Most read")}


def test_a_panel_without_a_tab_changes_nothing() -> None:
    block = f'<h2>Latest</h2><div class="tab-pane" id="x"><ul>{THREE}</ul></div>'
    assert {(kind, heading) for kind, heading, _ in short(page(beside=block))} == {("latest", "Latest")}
