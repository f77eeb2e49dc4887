"""Texts as only the worst pages have them: endless words, control characters, directions turned round, pictures for letters."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from etl.load.engine import open_engine
from etl.records import Article, Author, Block, DateValue, Precision, Publisher, Rejected, RelatedLink, ZoneSource
from etl.records import Reason as Why
from tests.browser import overflow, visit
from tests.databases import SqliteFiles
from tests.factories import article, page_key
from tests.load.loading import load
from tests.report.conftest import written

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WILD = (
    "W" * 300,
    "two\x07bells\x1b[31m and\x0c a page",
    "\u202eturned round\u202c and \u2066isolated",
    "سوق السمك القديم يفتح أبوابه ليلا",
    "港が閉じる" * 30,
    "👩‍👩‍👧‍👧🏴‍☠️" * 20,
    "}}{{ 7*7 }}{% raw %}",
    "=cmd|' /C calc'!A0",
    "__proto__",
    "a\nline\tand a tab",
    "&lt;b&gt; &amp;amp; ]]> <!-- -->",
)
DAY = dt.date(2024, 5, 9)


@pytest.fixture(scope="module")
def wild_page(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on stories whose every text is wild."""
    engine = open_engine(sqlite_files.current())
    outcomes = [_story(number, text, copy) for number, text in enumerate(WILD) for copy in range(4)]
    later = [_story(number, text, 0, revised=True) for number, text in enumerate(WILD)]
    bad = [
        Rejected(page=page_key(text, record=text, url=text), reason=Why.NO_TITLE, message=f"No title: {text}") for text in WILD
    ]
    load(engine, *outcomes)
    load(engine, *later, *bad)
    file = tmp_path_factory.mktemp("report") / "wild.html"
    file.write_text(written(engine), "utf-8")
    engine.dispose()
    return file


def _story(number: int, text: str, copy: int, *, revised: bool = False) -> Article:
    at = dt.datetime.combine(DAY - dt.timedelta(days=copy), dt.time(8), dt.UTC)
    domain = f"{'very-' * 30}long{number % 3}.example"
    return article(
        f"https://{domain}/{number}/{copy}",
        title=f"{text} again" if revised else text,
        subtitle=text,
        section=text,
        language="x-" + "y" * 40,
        published=DateValue(at=at, day=at.date(), precision=Precision.MINUTE, text=text, zone_source=ZoneSource.PAGE),
        fetched_at=at + dt.timedelta(hours=2 if revised else 1),
        publisher=Publisher(domain=domain, name=text),
        authors=(Author(name=text, credit=text),),
        tags=(text, WILD[(number + 1) % len(WILD)], WILD[(number + 2) % len(WILD)]),
        related_links=(RelatedLink(block=Block.MOST_READ, title=text, url="javascript:" + text),),
    )


@pytest.mark.parametrize("width", [320, 1280])
def test_wild_texts_neither_break_the_page_nor_stick_out(browser: Browser, wild_page: Path, width: int) -> None:
    with visit(browser, wild_page.as_uri(), width=width) as visited:
        visited.page.evaluate("() => document.querySelectorAll('details').forEach(details => { details.open = true })")
        out = overflow(visited.page)
        shown = visited.page.locator("main").inner_text()
    assert (visited.problems, visited.requests, out) == ([], [wild_page.as_uri()], [])
    assert [text for text in (WILD[0], WILD[3], WILD[6], WILD[7], WILD[10]) if text not in shown] == []
    assert "49" not in shown
