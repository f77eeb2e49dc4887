"""Every bundled profile against pages of its site: real layouts, invented stories, with the record each must give."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from etl.publishers import load_profiles
from etl.records import Article, Page
from etl.transform import transform
from tests.transform.expected import plain

PAGES = Path(__file__).parents[1] / "data" / "pages"
FILES = sorted(path for path in PAGES.rglob("*") if path.suffix in {".html", ".txt"})


def page_of(file: Path, content: bytes | None = None) -> Page:
    """The page as captured on the day its name begins with."""
    return Page(
        source=file.name,
        content=file.read_bytes() if content is None else content,
        media_type="text/html" if file.suffix == ".html" else "text/plain",
        fetched_at=dt.datetime.fromisoformat(file.name[:10]).replace(hour=22, tzinfo=dt.UTC),
    )


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parent.name}/{file.name}" for file in FILES])
def test_a_page_gives_its_record(file: Path) -> None:
    expected: Any = json.loads(file.with_suffix(".json").read_text("utf-8"))
    assert plain(transform(page_of(file), load_profiles())) == expected


@pytest.mark.parametrize("domain", sorted(load_profiles().by_domain))
def test_a_bundled_profile_has_pages_of_all_its_layouts(domain: str) -> None:
    profile = load_profiles().by_domain[domain]
    xpaths: set[str] = set()
    for file in (file for file in FILES if file.parent.name == domain):
        article = transform(page_of(file), load_profiles())
        assert isinstance(article, Article)
        xpaths |= {article.details.get("title", "")}
    assert [layout.name for layout in profile.layouts if not xpaths & set(layout.fields.title)] == []


def test_the_same_markup_on_another_host_is_read_without_the_profile() -> None:
    file = PAGES / "jpost.com" / "2022-07-05-beekeepers.html"
    article = transform(page_of(file, file.read_bytes().replace(b"jpost.com", b"notjpost.com")), load_profiles())
    assert isinstance(article, Article)
    assert article.published is not None
    assert article.publisher is not None
    # Nobody says there that the Z is false, and so it is believed.
    assert (article.publisher.domain, article.published.at.isoformat()) == ("notjpost.com", "2022-07-05T14:20:00+00:00")
