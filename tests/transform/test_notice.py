"""Pages with a headline and a few words: stories in short, or pages without one."""

from __future__ import annotations

import pytest

from etl.records import Article, Page, Reason, Rejected
from etl.transform import transform

NOTICE = "Only for new members: all of the harbour club from nine crowns a month, with courses, charts and much more to see."
FLASH = "The ferry to the northern islands has run aground off the lighthouse; all forty people on board are safe."
OPEN_GRAPH = '<meta property="og:type" content="article">'
LINKED = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry aground"}</script>'


def read(head: str, *paragraphs: str) -> Article | Rejected:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    body = f"<h1>Ferry aground</h1><div>{text}</div>"
    html = f"<html lang='en'><head><title>Ferry aground</title>{head}</head><body>{body}</body></html>"
    return transform(Page(source="p", url="https://www.news.example/a", content=html.encode(), media_type="text/html"))


@pytest.mark.parametrize(
    ("head", "paragraphs", "loaded"),
    [
        ("", [NOTICE], False),
        ('<meta property="og:type" content="website">', [NOTICE], False),
        # near misses: a flash of a page that calls itself an article, two paragraphs, a paragraph that tells more
        (OPEN_GRAPH, [FLASH], True),
        (LINKED, [FLASH], True),
        ("", [FLASH, "A tug is on its way from the harbour, and is expected within the hour, the coast guard said."], True),
        ("", [f"{FLASH} A tug is on its way from the harbour, and is expected within the hour, the coast guard said."], True),
    ],
)
def test_one_short_paragraph_is_a_story_only_where_the_page_declares_one(head: str, paragraphs: list[str], loaded: bool) -> None:
    outcome = read(head, *paragraphs)
    assert isinstance(outcome, Article) is loaded
    if isinstance(outcome, Rejected):
        assert outcome.reason is Reason.NOT_AN_ARTICLE


def test_what_a_feed_lists_is_a_story_however_short() -> None:
    html = f"<html lang='en'><body><h1>Ferry aground</h1><div><p>{FLASH}</p></div></body></html>"
    hints = {"published": "Tue, 06 Jan 2026 14:02:09 +0100"}
    page = Page(source="p", url="https://www.news.example/a", content=html.encode(), media_type="text/html", hints=hints)
    assert isinstance(transform(page), Article)
