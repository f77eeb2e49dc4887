"""What classes, ids and other attributes say of an element's place on the page."""

from __future__ import annotations

import pytest

from etl.transform import hints
from etl.transform.hints import (
    ADVERT,
    ARTICLE,
    ASIDE,
    BODY,
    BYLINE,
    CAPTION,
    COMMENTS,
    DATE,
    FIGURE,
    HIDDEN,
    NAV,
    RELATED,
    TAGS,
    attribute_hint,
)


@pytest.mark.parametrize(
    ("name", "value", "bits"),
    [
        ("class", "c-articleBody__text2", BODY | ARTICLE),
        ("class", "main sidebar", ASIDE),
        ("class", "byline date", BYLINE | DATE),
        ("class", "image--author", CAPTION),
        ("class", "author--image", BYLINE),
        ("class", "photo-author author", CAPTION | BYLINE),
        ("class", "related-articles", RELATED),
        ("id", "comment_17", COMMENTS),
        ("id", "commentpolicy", COMMENTS),
        ("class", "header-ads", ADVERT),
        ("class", "shadows loadsave", 0),  # words within words
        ("class", "", 0),
        ("role", " Navigation ", NAV),
        ("role", "button", 0),
        ("itemprop", "articleBody", BODY | ARTICLE),
        ("itemprop", "name", 0),
        ("itemtype", "https://schema.org/VideoObject", FIGURE),
        ("itemtype", "https://schema.org/NewsArticle https://schema.org/Comment", 0),
        ("itemtype", "http://schema.org/WPSideBar/", ASIDE),
        ("itemtype", "https://schema.org/NewsArticle", 0),
        ("class", "elementor-widget elementor-widget-text-editor", 0),
        ("class", "elementor-widget-nav-menu", NAV),
        ("class", "widget", ASIDE),
        ("class", "post-7 post type-post status-publish tag-ads category-comments", ARTICLE),
        ("class", "tag-ads category-comments", TAGS | ADVERT | COMMENTS),
        ("class", "instagram-media", CAPTION),
        ("hidden", "", HIDDEN),
        ("style", "color: red; display : none", HIDDEN),
        ("style", "display: block", 0),
        ("href", "/sidebar", 0),
        ("data-class", "sidebar", 0),
    ],
)
def test_attributes_tell_the_place(name: str, value: str, bits: int) -> None:
    assert [attribute_hint(name, value) for _ in range(2)] == [bits, bits]


def test_values_are_remembered_neither_without_end_nor_at_any_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hints, "_MOST_LEARNED", 10)
    learned = hints.ATTRIBUTE_HINTS["class"]
    learned.clear()
    bits = [attribute_hint("class", f"sidebar n{number}") for number in range(95)]
    bits.append(attribute_hint("class", f"sidebar {'x' * 1_000}"))
    assert (set(bits), len(learned)) == ({ASIDE}, 5)
