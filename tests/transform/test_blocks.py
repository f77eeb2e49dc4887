"""The visible text in blocks: what runs on, what begins anew, and what is known of each block."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from etl.transform.blocks import Box, read_blocks, totals
from etl.transform.document import Document
from etl.transform.hints import ADVERT, ASIDE, BYLINE, COMMENTS, FOOTER, HIDDEN, NAV

MakeDocument = Callable[..., Document]

LONG = "The ferry left the northern quay at six in the morning with forty people on board, said the harbour master. " * 3


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>One <b>two</b> <i>th<u>r</u>ee</i></p>", ["One two three"]),
        ("<p>One</p><p>Two</p>", ["One", "Two"]),
        ("<div>Loose <p>One</p> words <p>Two</p> again</div>", ["Loose", "One", "words", "Two", "again"]),
        ("<span>One<div>Two</div>Three</span>", ["One", "Two", "Three"]),
        # text after nested blocks keeps its place
        ("<div><div><div>One</div>two</div>three</div>four", ["One", "two", "three", "four"]),
        ("<ul><li>One<ul><li>Two</li></ul>three</li></ul>", ["One", "Two", "three"]),
        ("<p>One<br>two<br/><br>three</p>", ["One\ntwo\n\nthree"]),
        ("<p><br><br>One<br></p><p><br></p>", ["One"]),
        ("<p> \n One \t two\xa0three </p><p>&nbsp;</p><p></p>", ["One two three"]),
        ("<table><tr><td>One</td><td>Two</td></tr></table>", ["One", "Two"]),
        ("<x-story>One <x-mark>two</x-mark></x-story>", ["One two"]),
        ("<p>One<hr>Two", ["One", "Two"]),
        ("", []),
    ],
)
def test_blocks_begin_at_block_level_elements(make_document: MakeDocument, markup: str, texts: list[str]) -> None:
    assert [block.text for block in make_document(f"<html><body>{markup}</body></html>").blocks] == texts


@pytest.mark.parametrize(
    ("markup", "links"),
    [
        ('<p>See <a href="a">the map</a> here</p>', [["the map"]]),
        ('<p><a href="a">One</a><a href="b">Two</a></p>', [["One", "Two"]]),
        ('<p><a href="a"><img src="x"></a>text</p>', [[]]),
        # a link around blocks belongs to each of them
        ('<a href="a"><h3>Head</h3><p>Line</p></a><p>After</p>', [["Head"], ["Line"], []]),
        ('<p>One</p> <a href="a">Two</a> <p>Three</p>', [[], ["Two"], []]),
        # a link that was never closed ends where the next begins
        ('<div><a href="a">One<div>two <a href="b">Three</a> four</div></a></div><p>Five</p>', [["One"], ["two", "Three"], []]),
        ('<a name="top"><p>One <a href="b">two</a></p><p>Three</p></a>', [["One", "two"], []]),
    ],
)
def test_links_belong_to_the_blocks_that_show_them(make_document: MakeDocument, markup: str, links: list[list[str]]) -> None:
    blocks = make_document(f"<html><body>{markup}</body></html>").blocks
    assert [[text for _, text in block.links] for block in blocks] == links


@pytest.mark.parametrize(
    ("markup", "density"),
    [("<p>word</p>", 0.0), ('<p>word <a href="a">link</a>!</p>', 0.4), ('<p><a href="a">link</a></p>', 1.0)],
)
def test_link_density_is_the_share_of_link_text(make_document: MakeDocument, markup: str, density: float) -> None:
    (block,) = make_document(f"<html><body>{markup}</body></html>").blocks
    assert block.link_density == density


@pytest.mark.parametrize(
    ("markup", "hint", "has"),
    [
        ("<nav><ul><li>One</li></ul></nav>", NAV, True),
        ("<p>One</p><nav></nav>", NAV, False),
        ('<div class="main-footer"><div><p>One</p></div></div>', FOOTER, True),
        ('<div id="comments"><p>One</p></div>', COMMENTS, True),
        ('<div class="advertisement"><span>One</span></div>', ADVERT, True),
        ('<div class="adventure"><span>One</span></div>', ADVERT, False),
        ("<p hidden>One</p>", HIDDEN, True),
        ('<div style="color: red; display: none"><p>One</p></div>', HIDDEN, True),
        ('<div style="display: block"><p>One</p></div>', HIDDEN, False),
    ],
)
def test_blocks_inherit_the_hints_of_what_is_round_them(make_document: MakeDocument, markup: str, hint: int, has: bool) -> None:
    (block,) = make_document(f"<html><body>{markup}</body></html>").blocks
    assert bool(block.hints & hint) is has


def test_hints_end_with_their_element(make_document: MakeDocument) -> None:
    blocks = make_document("<body><div><aside><p>One</p></aside>two</div><p>Three</p></body>").blocks
    assert [bool(block.hints & ASIDE) for block in blocks] == [True, False, False]


def test_inline_elements_give_their_hints_to_the_block_they_are_in(make_document: MakeDocument) -> None:
    blocks = make_document('<body><p>By <span class="byline">Ada Quay</span></p><p>Text</p></body>').blocks
    assert [(bool(block.hints & BYLINE), bool(block.inner_hints & BYLINE)) for block in blocks] == [(False, True), (False, False)]


def test_a_wrapper_round_the_headline_is_no_side_bar(make_document: MakeDocument) -> None:
    page = '<body><div class="sidebar"><h1>Ferry</h1><p>One</p></div><div class="sidebar"><p>Two</p></div></body>'
    assert [bool(block.hints & ASIDE) for block in make_document(page).blocks] == [False, False, True]


@pytest.mark.parametrize(("text", "has"), [(LONG, False), ("Read more about it", True)])
def test_what_holds_most_of_the_running_text_is_no_side_bar(make_document: MakeDocument, text: str, has: bool) -> None:
    page = f'<body><div class="sidebar"><p>{text}</p></div><div><p>{LONG[:110]}</p></div></body>'
    assert bool(make_document(page).blocks[0].hints & ASIDE) is has


@pytest.mark.parametrize(("name", "hint"), [("comments", COMMENTS), ("footer", FOOTER)])
def test_however_long_comments_and_footers_stay_what_they_are(make_document: MakeDocument, name: str, hint: int) -> None:
    page = f'<body><div class="{name}"><p>{LONG}</p><p>{LONG}</p></div></body>'
    assert all(block.hints & hint for block in make_document(page).blocks)


Tree = tuple[str, list["Tree"]]
TAGS = st.sampled_from(["div", "p", "span", "b", "a", "ul", "li", "section", "h2", "td", "blockquote", "em", "br"])
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.tuples(TAGS, st.just([])), lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)), max_leaves=25
)


def _build(tree: Tree, words: count[int]) -> etree._Element:
    """The tree as elements, with a word of its own before and behind each."""
    element = etree.Element(tree[0])
    element.text = f" w{next(words)} "
    for inner in tree[1]:
        child = _build(inner, words)
        child.tail = f" w{next(words)} "
        element.append(child)
    return element


@settings(max_examples=80, deadline=None)
@given(TREES)
def test_the_words_of_the_blocks_are_the_words_of_the_tree_in_order(tree: Tree) -> None:
    root = _build(("body", [tree]), count())
    assert " ".join(block.text for block in read_blocks(root)).split() == "".join(root.itertext()).split()


@settings(max_examples=80, deadline=None)
@given(TREES, st.lists(st.integers(-5, 5), min_size=1, max_size=5))
def test_the_total_of_a_box_is_that_of_all_that_stands_in_it(tree: Tree, values: list[int]) -> None:
    blocks = read_blocks(_build(("body", [tree]), count()))
    worth = {block.index: values[block.index % len(values)] for block in blocks}
    expected: dict[Box, int] = {}
    for block in blocks:
        box: Box | None = block.box
        while box is not None:
            expected[box] = expected.get(box, 0) + worth[block.index]
            box = box.parent
    assert totals((block.box, worth[block.index]) for block in blocks) == expected
