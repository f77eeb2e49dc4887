"""The nightly job over addresses, against a real server: nothing is asked for without need, nothing lost."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from etl.config import AddressSource, FeedSource, Fetch, SitemapSource, UrlsSource
from etl.errors import UsageError
from etl.fetch.lists import read_feed
from etl.job import Report
from etl.nightly import run_sources
from etl.settings import Settings
from tests.load.loading import rows
from tests.pages import story
from tests.servers import Answer, Server, http_server


@pytest.fixture
def server() -> Iterator[Server]:
    with http_server() as server:
        yield server


class Site:
    """A site of invented stories with a feed."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.stories: dict[int, int] = {}  # number to version

    def show(self, number: int, version: int = 1) -> None:
        self.stories[number] = version
        text = story(number, title=f"Council votes {version} times on bridge number {number}")
        self.server.page(f"/local/bridge-{number}", text, etag=f'"{number}-{version}"')
        self._publish()

    def remove(self, number: int) -> None:
        del self.stories[number], self.server.routes[f"/local/bridge-{number}"]
        self._publish()

    def _publish(self) -> None:
        items = "".join(
            f"<item><title>Bridge {number}</title><link>/local/bridge-{number}</link><category>Rivers</category>"
            f"<pubDate>{format_datetime(datetime(2024, 3, 5, tzinfo=UTC) + timedelta(hours=version))}</pubDate></item>"
            for number, version in sorted(self.stories.items())
        )
        feed = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'
        self.server.page("/feed", feed, kind="application/rss+xml", etag=f'"{hash(feed)}"')

    def asked(self) -> list[str]:
        """The paths asked for since the last time, sorted."""
        paths = sorted(self.server.paths())
        self.server.requests.clear()
        return paths


def fetching(folder: Path) -> Fetch:
    return Fetch(contact="me@example.org", spool=str(folder / "spool"), delay="0s", retries=0, allow_private=True)


def nightly(database: Engine, folder: Path, *sources: AddressSource, load: bool = True) -> Report:
    url = database.url.render_as_string(hide_password=False)
    settings = Settings(database=url, in_process=True, skip_done=True)
    return run_sources(settings, sources, command="test", fetch=fetching(folder), load=load)


def feed(server: Server, content: str = "page", limit: int | None = None) -> FeedSource:
    return FeedSource.model_validate(
        {"name": "news", "kind": "feed", "urls": (f"{server.url}/feed",), "content": content, "limit": limit}
    )


def test_three_nights_of_a_feed_ask_for_what_is_new_or_changed_and_for_nothing_else(
    database: Engine, server: Server, tmp_path: Path
) -> None:
    site = Site(server)
    for number in range(30):
        site.show(number)
    first = nightly(database, tmp_path, feed(server))
    assert site.asked() == sorted(["/feed", "/robots.txt", *(f"/local/bridge-{number}" for number in range(30))])
    assert dict(first.progress.pages) == {"loaded": 30}

    site.show(3, version=2)
    site.show(30)
    site.remove(7)
    second = nightly(database, tmp_path, feed(server))
    assert site.asked() == ["/feed", "/local/bridge-3", "/local/bridge-30", "/robots.txt"]
    assert dict(second.progress.pages) == {"updated": 1, "loaded": 1}

    third = nightly(database, tmp_path, feed(server))
    assert site.asked() == ["/feed", "/robots.txt"]
    assert (dict(third.progress.pages), third.status.value) == ({}, "succeeded")
    assert rows(database, "SELECT count(*), max(revision) FROM articles") == [(31, 2)]
    assert rows(database, "SELECT DISTINCT t.name FROM tags t ORDER BY 1") != []
    assert rows(database, "SELECT status, pages_seen FROM source_runs ORDER BY id") == [
        ("succeeded", 30),
        ("succeeded", 2),
        ("succeeded", 0),
    ]


def test_a_host_that_fails_is_tried_again_and_harms_no_other(database: Engine, server: Server, tmp_path: Path) -> None:
    site = Site(server)
    site.show(1)
    with http_server() as other:
        source = UrlsSource(name="two", kind="urls", urls=(f"{server.url}/local/bridge-1", f"{other.url}/local/bridge-2"))
        other.routes["/robots.txt"] = Answer(status=404)
        other.routes["/local/bridge-2"] = Answer(status=500)
        report = nightly(database, tmp_path, source)
    assert (dict(report.progress.pages), report.progress.failed) == ({"loaded": 1}, [])
    assert dict(report.progress.fetched) == {"fetched": 1, "failed": 1}
    assert rows(database, "SELECT failures FROM visits ORDER BY failures") == [(0,), (1,)]


def test_a_page_that_its_feed_names_too_early_is_asked_for_again_and_one_that_is_gone_is_not(
    sqlite_database: Engine, server: Server, tmp_path: Path
) -> None:
    site = Site(server)
    site.show(1)
    early, old = server.routes.pop("/local/bridge-1"), "/local/bridge-2"
    server.page(old, story(2))
    urls = UrlsSource(name="old", kind="urls", urls=(server.url + old,), recheck="0s")
    asked = [dict(nightly(sqlite_database, tmp_path, feed(server), urls).progress.fetched)]
    server.routes["/local/bridge-1"] = early
    del server.routes[old]
    asked.append(dict(nightly(sqlite_database, tmp_path, feed(server), urls).progress.fetched))
    assert [{word: number for word, number in counts.items() if number} for counts in asked] == [
        {"failed": 1, "fetched": 1},
        {"fetched": 1, "gone": 1},
    ]
    assert rows(sqlite_database, "SELECT count(*) FROM articles") == [(2,)]


def test_a_list_that_cannot_be_read_fails_its_source_only(database: Engine, server: Server, tmp_path: Path) -> None:
    Site(server).show(1)
    gone = SitemapSource(name="gone", kind="sitemap", urls=(f"{server.url}/nowhere.xml",))
    report = nightly(database, tmp_path, gone, feed(server))
    assert ([name.partition(":")[0] for name in report.progress.failed], report.progress.pages["loaded"]) == (["gone"], 1)


def test_a_page_that_has_not_changed_costs_no_body_and_is_not_loaded_again(
    database: Engine, server: Server, tmp_path: Path
) -> None:
    Site(server).show(1)
    source = UrlsSource(name="one", kind="urls", urls=(f"{server.url}/local/bridge-1",), recheck="0s")
    nightly(database, tmp_path, source)
    report = nightly(database, tmp_path, source)
    assert (report.progress.fetched["not_modified"], dict(report.progress.pages)) == (1, {})


def test_a_limit_leaves_the_rest_of_a_feed_for_the_next_night(database: Engine, server: Server, tmp_path: Path) -> None:
    site = Site(server)
    for number in range(5):
        site.show(number)
    counts = [nightly(database, tmp_path, feed(server, limit=2)).progress.pages["loaded"] for _ in range(4)]
    assert counts == [2, 2, 1, 0]


@pytest.mark.parametrize("limit", [{"limit": 3}, {"limit_bytes": 3 * 1024}, {"limit_time": "0s"}])
def test_the_limits_of_a_run_hold_for_all_its_sources_together(
    sqlite_database: Engine, server: Server, tmp_path: Path, limit: dict[str, Any]
) -> None:
    site = Site(server)
    for number in range(5):
        site.show(number)
    urls = UrlsSource(name="list", kind="urls", urls=tuple(f"{server.url}/local/bridge-{number}" for number in range(5)))
    settings = Settings(database=sqlite_database.url.render_as_string(hide_password=False), in_process=True, skip_done=True)
    limited = Fetch.model_validate(fetching(tmp_path).model_dump() | limit)
    counts = []
    for _ in range(2):
        report = run_sources(settings, [feed(server), urls], command="test", fetch=limited)
        counts.append(report.progress.fetched["fetched"])
        assert report.progress.failed == []
    assert counts == {"limit": [3, 2], "limit_bytes": [3, 2], "limit_time": [0, 0]}[next(iter(limit))]


def test_a_page_in_a_feed_and_in_a_sitemap_is_asked_for_once_and_again_only_when_it_has_changed(
    sqlite_database: Engine, server: Server, tmp_path: Path
) -> None:
    site = Site(server)
    sitemap = "<urlset><url><loc>/local/bridge-1</loc><lastmod>{}</lastmod></url></urlset>"
    sources = (feed(server), SitemapSource(name="map", kind="sitemap", urls=(f"{server.url}/map.xml",)))
    asked = []
    for version, state in ((1, "2024-03-05"), (1, "2024-03-05"), (2, "2024-03-06"), (2, "2024-03-06")):
        site.show(1, version)
        server.page("/map.xml", sitemap.format(state), kind="text/xml")
        nightly(sqlite_database, tmp_path, *sources)
        asked.append(site.asked().count("/local/bridge-1"))
    assert asked == [1, 0, 1, 0]


def test_a_source_stopped_by_its_bytes_goes_on_where_it_stopped(sqlite_database: Engine, server: Server, tmp_path: Path) -> None:
    site = Site(server)
    for number in range(5):
        site.show(number)
    source = FeedSource.model_validate(feed(server).model_dump() | {"limit_bytes": 2 * 1024})
    counts = [nightly(sqlite_database, tmp_path, source).progress.pages["loaded"] for _ in range(4)]
    assert counts == [2, 2, 1, 0]


def test_a_sitemap_index_leads_to_its_pages(database: Engine, server: Server, tmp_path: Path) -> None:
    Site(server).show(1)
    place = "<url><loc>/local/bridge-1</loc></url>"
    server.page("/index.xml", "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap></sitemapindex>", kind="text/xml")
    server.page("/a.xml", f"<urlset>{place}</urlset>", kind="text/xml", etag='"a"')
    source = SitemapSource(name="map", kind="sitemap", urls=(f"{server.url}/index.xml",))
    assert nightly(database, tmp_path, source).progress.pages["loaded"] == 1


def test_items_of_a_feed_are_loaded_without_asking_for_a_page(database: Engine, server: Server, tmp_path: Path) -> None:
    text = "".join(f"<p>{part}</p>" for part in story(1).split("<p>")[1:5]).replace("</p></p>", "</p>")
    item = (
        "<item><title>Council rebuilds the old bridge</title><link>/local/bridge-1</link><category>Rivers</category>"
        f"<author>desk@news.example (Ada Ferrymann)</author><description><![CDATA[{text}]]></description></item>"
    )
    server.page("/feed", f'<rss version="2.0"><channel><title>News</title>{item}</channel></rss>', kind="text/xml")
    first = nightly(database, tmp_path, feed(server, content="feed"))
    second = nightly(database, tmp_path, feed(server, content="feed"))
    assert sorted(set(server.paths())) == ["/feed", "/robots.txt"]
    assert (dict(first.progress.pages), dict(second.progress.pages)) == ({"loaded": 1}, {})
    assert rows(database, "SELECT title FROM articles") == [("Council rebuilds the old bridge",)]
    assert rows(database, "SELECT name FROM tags") == [("Rivers",)]


def test_what_was_fetched_and_not_loaded_is_loaded_by_the_next_run(database: Engine, server: Server, tmp_path: Path) -> None:
    site = Site(server)
    site.show(1)
    nightly(database, tmp_path, feed(server), load=False)
    site.asked()
    report = nightly(database, tmp_path, feed(server))
    assert (report.progress.pages["loaded"], site.asked()) == (1, ["/feed", "/robots.txt"])


def test_nothing_is_fetched_without_a_contact(server: Server, tmp_path: Path) -> None:
    settings = Settings(database=f"sqlite:///{tmp_path / 'news.db'}", in_process=True)
    with pytest.raises(UsageError, match="contact"):
        run_sources(settings, [feed(server)], command="test", fetch=Fetch(allow_private=True))
    assert server.requests == []


BARE = (
    "<!doctype html><html lang='en'><head><title>Council rebuilds the old bridge</title></head>"
    "<body><article>{}</article></body></html>"
)
TOLD = (
    "<item><title>Council rebuilds the old bridge</title><link>/local/bridge-1</link><Author>By ADA FERRYMANN</Author>"
    "<Tags>Rivers, Bridges</Tags><pubDate>Tue, 05 Mar 2024 08:30:00 +0100</pubDate><UpdateDate>Tue, 05 Mar 2024 10:00:00 +0100"
    "</UpdateDate><isPremium>1</isPremium>"
    "<description>Four years of dispute are over, and the ferry stays till then.</description>"
    "<encoded xmlns='http://purl.org/rss/1.0/modules/content/'><![CDATA[{}]]></encoded></item>"
)


@pytest.mark.parametrize("content", ["page", "feed"])
@pytest.mark.parametrize("crash", [False, True])
def test_what_only_the_feed_says_is_loaded_marked_as_such(
    sqlite_database: Engine, server: Server, tmp_path: Path, content: str, crash: bool
) -> None:
    text = "<h1>Council rebuilds the old bridge</h1>" * (content == "page") + "".join(f"<p>{part}</p>" for part in paragraphs())
    server.page("/local/bridge-1", BARE.format(text))
    rss = f"<rss version='2.0'><channel><title>The Gazette</title>{TOLD.format(text)}</channel></rss>"
    server.page("/feed", rss, kind="application/rss+xml")
    if crash:  # between fetching and loading
        nightly(sqlite_database, tmp_path, feed(server, content), load=False)
    nightly(sqlite_database, tmp_path, feed(server, content))
    assert rows(sqlite_database, "SELECT title, subtitle, access, published_at, updated_at FROM articles") == [
        (
            "Council rebuilds the old bridge",
            "Four years of dispute are over, and the ferry stays till then.",
            "subscriber",
            "2024-03-05T07:30:00+00:00",
            "2024-03-05T09:00:00+00:00",
        )
    ]
    assert rows(sqlite_database, "SELECT name FROM authors UNION ALL SELECT name FROM tags ORDER BY 1") == [
        ("Ada Ferrymann",),
        ("Bridges",),
        ("Rivers",),
    ]
    (origins,) = rows(sqlite_database, "SELECT origins FROM articles")[0]
    told = {name for name, origin in json.loads(origins).items() if origin == "feed"}
    assert told == {"subtitle", "published", "updated", "access", "authors", "tags"}


def test_an_item_whose_tags_alone_have_changed_is_loaded_again(sqlite_database: Engine, server: Server, tmp_path: Path) -> None:
    text = "".join(f"<p>{part}</p>" for part in paragraphs())
    rss = f"<rss version='2.0'><channel><title>The Gazette</title>{TOLD.format(text)}</channel></rss>"
    server.page("/feed", rss, kind="application/rss+xml")
    nightly(sqlite_database, tmp_path, feed(server, "feed"), load=False)
    (spooled,) = (tmp_path / "spool" / "news").iterdir()
    of_yesterday = re.sub(rb"WARC-Date: [^\r]+", b"WARC-Date: 2024-03-06T00:00:00Z", gzip.decompress(spooled.read_bytes()))
    spooled.write_bytes(gzip.compress(of_yesterday))
    server.page("/feed", rss.replace("Rivers,", "Floods,").replace("10:00:00", "11:00:00"), kind="application/rss+xml")
    report = nightly(sqlite_database, tmp_path, feed(server, "feed"))
    tags = "SELECT tags.name FROM tags JOIN article_tags ON tag_id = tags.id ORDER BY position"
    assert (dict(report.progress.pages), rows(sqlite_database, tags)) == (
        {"loaded": 1, "updated": 1},
        [("Floods",), ("Bridges",)],
    )


@pytest.mark.parametrize(
    ("element", "names"),
    [
        ("<author>desk@gazette.example (Ada Brook)</author>", "Ada Brook"),
        ("<author>desk@gazette.news (Ada Brook)</author>", "Ada Brook"),
        ("<author>desk@gazette.news</author>", None),
        ("<Author>By ADA BROOK</Author>", "By ADA BROOK"),
        ("<c:creator xmlns:c='http://purl.org/dc/elements/1.1/'>Ada Brook</c:creator>", "Ada Brook"),
        ("<author></author>", None),
    ],
)
def test_authors_of_an_item_in_all_the_forms_of_feeds(element: str, names: str | None) -> None:
    rss = f"<rss version='2.0'><channel><item><link>https://g.example/1</link>{element}</item></channel></rss>"
    (entry,) = read_feed(rss.encode(), "https://g.example/feed", "application/rss+xml")
    assert entry.hints.get("author") == names


def paragraphs() -> list[str]:
    return story(1).split('"article-body"><p>')[1].split("</p></div>")[0].split("</p><p>")
