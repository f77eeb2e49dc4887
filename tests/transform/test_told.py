"""What a feed, or whoever kept a page, says of it: the page comes first, this fills what it lacks, cleaned by the same rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from etl.records import Article, Page, Publisher
from etl.transform import transform

PARAGRAPHS = (
    "The town council voted on Monday to rebuild the old bridge over the river, ending a dispute that had lasted four years.",
    "Engineers will begin with the northern pier, which was damaged by the floods of last winter, and hope to finish in autumn.",
    "Until then a ferry will carry pedestrians and bicycles across, free of charge, from six in the morning until midnight.",
)
TITLE = "Council votes to rebuild the old bridge"
FEED = {
    "author": "Ada Ferrymann",
    "tags": "Rivers\nBridges",
    "section": "Local",
    "published": "Tue, 05 Mar 2024 08:30:00 +0100",
    "updated": "Tue, 05 Mar 2024 10:00:00 +0100",
    "summary": "Four years of dispute are over, and the ferry stays till then.",
    "premium": "1",
}
META = (
    '<meta name="author" content="Ben Cole"><meta name="keywords" content="Council, Floods">'
    '<meta property="article:section" content="Town"><meta property="article:published_time" content="2024-03-04T07:00:00+01:00">'
    '<meta property="article:modified_time" content="2024-03-04T09:00:00+01:00"><meta name="article:content_tier" content="free">'
)
STANDFIRST = '<p class="standfirst">A vote that nobody had expected ended the dispute late at night.</p>'


def html(head: str = "", standfirst: str = "", url: str = "https://news.example/a/1", title: str = TITLE) -> Page:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    markup = (
        f'<!doctype html><html lang="en"><head><title>{title}</title><meta property="og:site_name" content="News Example">{head}'
        f"</head><body><article><h1>{title}</h1>{standfirst}<div class='article-body'>{text}</div></article></body></html>"
    )
    return Page(source="p", url=url, content=markup.encode(), media_type="text/html")


def text(*lines: str) -> Page:
    content = "\n\n".join((*lines, *PARAGRAPHS)).encode()
    return Page(source="p", url="https://news.example/a/1", content=content, media_type="text/plain")


def told(page: Page, hints: Mapping[str, str]) -> Article:
    fetched = dt.datetime(2024, 5, 1, tzinfo=dt.UTC)
    named = {"url": page.url, "content": page.content, "media_type": page.media_type, "fetched_at": fetched}
    outcome = transform(Page(source="p", hints=hints, **named))  # type: ignore[arg-type]
    assert isinstance(outcome, Article)
    return outcome


def plain(article: Article, field: str) -> Any:
    value = getattr(article, field)
    if field == "authors":
        return [author.name for author in value]
    if field in ("published", "updated"):
        return value and value.at.isoformat()
    return list(value) if field == "tags" else value and str(value)


@pytest.mark.parametrize(
    ("field", "of_page", "of_feed"),
    [
        ("authors", ["Ben Cole"], ["Ada Ferrymann"]),
        ("tags", ["Council", "Floods"], ["Rivers", "Bridges"]),
        ("section", "Town", "Local"),
        ("published", "2024-03-04T06:00:00+00:00", "2024-03-05T07:30:00+00:00"),
        ("updated", "2024-03-04T08:00:00+00:00", "2024-03-05T09:00:00+00:00"),
        ("access", "free", "subscriber"),
        ("subtitle", "A vote that nobody had expected ended the dispute late at night.", FEED["summary"]),
    ],
)
def test_the_page_comes_first_and_the_feed_fills_what_it_lacks(field: str, of_page: object, of_feed: object) -> None:
    full, bare = told(html(META, STANDFIRST), FEED), told(html(), FEED)
    assert (plain(full, field), plain(bare, field), bare.origins[field]) == (of_page, of_feed, "feed")
    assert full.origins[field] != "feed"


@pytest.mark.parametrize("field", ["authors", "tags", "section", "published", "updated", "access", "subtitle"])
def test_the_feed_fills_a_text_capture_too(field: str) -> None:
    capture = told(text(TITLE), FEED)
    assert (plain(capture, field), capture.origins[field]) == (plain(told(html(), FEED), field), "feed")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By ADA FERRYMANN", ["Ada Ferrymann"]),
        ("desk@news.example (Ada Ferrymann)", ["Ada Ferrymann"]),
        ("Ada Ferrymann <ada@news.example>", ["Ada Ferrymann"]),
        ("ada@news.example", []),
        ("News Example", []),
        ("news.example", []),
        ("Ada Ferrymann and Ben Cole", ["Ada Ferrymann", "Ben Cole"]),
        ("Ada Ferrymann\nBen Cole\nAda Ferrymann", ["Ada Ferrymann", "Ben Cole"]),
        ("AFP", ["AFP"]),
        ("https://news.example/people/ada", []),
        ("", []),
        ("12345", []),
    ],
)
def test_authors_of_a_feed_are_read_like_those_of_a_page(said: str, names: list[str]) -> None:
    assert plain(told(html(), {"author": said}), "authors") == names


def test_a_feeds_author_stands_above_the_sites_own_name_on_the_page() -> None:
    page = html('<meta name="author" content="News Example">')
    assert plain(told(page, {"author": "Ada Ferrymann"}), "authors") == ["Ada Ferrymann"]
    assert plain(told(page, {"author": "News Example"}), "authors") == plain(told(page, {}), "authors")


def test_the_feeds_own_title_is_no_author() -> None:
    assert plain(told(html(), {"author": "The Bridge Gazette", "site": "The Bridge Gazette"}), "authors") == []


@pytest.mark.parametrize(
    ("said", "tags"),
    [
        ("Rivers, Bridges; Ferries", ["Rivers", "Bridges", "Ferries"]),
        ("Washington, D.C.\nBridges", ["Washington, D.C.", "Bridges"]),
        ("rivers\nRivers", ["rivers"]),
        ("News Example\nRivers", ["Rivers"]),
        ("  ,, ", []),
        ("4711001", []),
    ],
)
def test_tags_of_a_feed_are_cleaned_like_those_of_a_page(said: str, tags: list[str]) -> None:
    assert plain(told(html(), {"tags": said}), "tags") == tags


@pytest.mark.parametrize(
    ("said", "summary"),
    [
        ("<p>Four years of dispute &amp; delay are over.</p>", "Four years of dispute & delay are over."),
        ("Four years of dispute are over, and the ferr…", None),
        ("Four years of dispute are over [...]", None),
        (PARAGRAPHS[0], None),
        (TITLE, None),
        ("Bridge", None),
    ],
)
def test_a_summary_is_a_standfirst_where_it_is_whole_and_no_repetition(said: str, summary: str | None) -> None:
    assert plain(told(html(), {"summary": said}), "subtitle") == summary


@pytest.mark.parametrize(
    ("hints", "access"),
    [
        ({"premium": "0"}, "free"),
        ({"premium": "True"}, "subscriber"),
        ({"free": "https://schema.org/False"}, "subscriber"),
        ({"free": "true"}, "free"),
        ({"access": "metered"}, "metered"),
        ({"access": "who knows", "premium": "maybe"}, None),
    ],
)
def test_access_by_the_feed(hints: Mapping[str, str], access: str | None) -> None:
    assert plain(told(html(), hints), "access") == access


@pytest.mark.parametrize("published", ["yesterday-ish", "0001-01-01T00:00:00Z", "Mon, 01 Jan 2035 00:00:00 GMT", "0"])
def test_a_feeds_date_that_cannot_be_is_none(published: str) -> None:
    assert plain(told(html(), {"published": published, "updated": published}), "published") is None


def test_an_update_of_the_feed_that_is_not_after_the_publication_is_none() -> None:
    hints = {"published": FEED["published"], "updated": FEED["published"]}
    assert plain(told(html(), hints), "updated") is None
    assert plain(told(html(META.replace("modified", "x")), {"updated": "2024-03-01T00:00:00Z"}), "updated") is None


def test_an_instant_of_the_feed_stands_above_a_day_that_only_the_address_tells() -> None:
    article = told(html(url="https://news.example/2024/03/05/bridge"), FEED)
    assert (plain(article, "published"), article.origins["published"]) == ("2024-03-05T07:30:00+00:00", "feed")


def test_a_text_without_its_headline_gets_the_one_that_is_told() -> None:
    alone, printed = told(text(), {"title": TITLE}), told(text(TITLE), {"title": f"{TITLE}, at last"})
    assert (alone.title, alone.origins["title"], alone.body) == (TITLE, "feed", "\n\n".join(PARAGRAPHS))
    assert (printed.title, printed.origins["title"], printed.body) == (TITLE, "text", "\n\n".join(PARAGRAPHS))


def test_what_is_told_adds_no_publisher() -> None:
    assert told(html(), FEED).publisher == Publisher(domain="news.example", name="News Example")
