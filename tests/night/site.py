"""The site of the rehearsal: two hosts on 127.0.0.1 with invented stories, a feed at the one, a sitemap at the other."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from tests.pages import story
from tests.servers import Answer, Request, Server, http_server

FEED, SITEMAP = "/feed.xml", "/sitemap.xml"
_BEGIN = datetime(2024, 3, 5, tzinfo=UTC)


class Site:
    """A gazette whose feed lists stories of its own and of its annex; the annex has a sitemap of further ones."""

    def __init__(self, gazette: Server, annex: Server) -> None:
        self.gazette, self.annex = gazette, annex
        self._listed: dict[int, tuple[Server, int]] = {}  # number to host and hour of the last change
        self._extra: dict[int, int] = {}
        self._held: dict[str, _Hold] = {}

    def write(self, numbers: Iterable[int], host: Server, *, version: int = 1, extra: bool = False) -> None:
        """Publish stories, or new versions of them; `extra` ones are named by the sitemap, not by the feed."""
        for number in numbers:
            title = f"Council votes {version} times on bridge number {number}"
            host.page(_path(number), story(number, title=title), etag=_etag(number, version))
            if extra:
                self._extra[number] = version
            else:
                self._listed[number] = (host, version)
        self._publish()

    def touch(self, number: int) -> None:
        """The feed says that a story has changed; it has not."""
        host, hour = self._listed[number]
        self._listed[number] = (host, hour + 1)
        self._publish()

    def remove(self, number: int, status: int, *, still_listed: bool) -> None:
        """Take a story off the site."""
        host, _ = self._listed[number]
        host.routes[_path(number)] = Answer(status=status)
        if still_listed:
            self.touch(number)
        else:
            del self._listed[number]
            self._publish()

    @contextlib.contextmanager
    def down(self) -> Iterator[None]:
        """The annex answers nothing while the block runs."""
        routes, broken = self.annex.routes, Answer(status=503)
        self.annex.routes = dict.fromkeys([*routes, "/robots.txt"], broken)
        try:
            yield
        finally:
            self.annex.routes = routes

    @contextlib.contextmanager
    def held(self, number: int) -> Iterator[threading.Event]:
        """A story whose answer waits until the block ends; the event tells that it was asked for."""
        host, _ = self._listed[number]
        usual = host.routes[_path(number)]
        hold = _Hold(usual if not isinstance(usual, Answer) else lambda request: usual)
        host.routes[_path(number)] = hold
        try:
            yield hold.asked
        finally:
            hold.go_on.set()
            host.routes[_path(number)] = usual

    def asked(self) -> dict[str, list[str]]:
        """What each host was asked for since the last time, in order; a request that names an ETag is marked with it."""
        found = {}
        for name, host in (("gazette", self.gazette), ("annex", self.annex)):
            found[name] = [_shown(request) for request in host.requests]
            host.requests.clear()
        return found

    def _publish(self) -> None:
        items = "".join(
            f"<item><title>Bridge {number}</title><link>{host.url}{_path(number)}</link><category>Rivers</category>"
            f"<pubDate>{format_datetime(_BEGIN + timedelta(hours=hour))}</pubDate></item>"
            for number, (host, hour) in sorted(self._listed.items())
        )
        feed = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>{items}</channel></rss>'
        places = "".join(f"<url><loc>{_path(number)}</loc></url>" for number in sorted(self._extra))
        states = [state for _, state in sorted(self._listed.items())]
        self.gazette.page(FEED, feed, kind="application/rss+xml", etag=f'"feed-{len(states)}-{sum(hour for _, hour in states)}"')
        self.annex.page(SITEMAP, f"<urlset>{places}</urlset>", kind="text/xml", etag=f'"map-{len(self._extra)}"')


class _Hold:
    """A route that says that it was asked, and answers when it may."""

    def __init__(self, usual: Answer | object) -> None:
        self._usual = usual
        self.asked, self.go_on = threading.Event(), threading.Event()

    def __call__(self, request: Request) -> Answer:
        self.asked.set()
        self.go_on.wait()
        return self._usual(request)  # type: ignore[operator,no-any-return]


@contextlib.contextmanager
def site() -> Iterator[Site]:
    """A site with its 32 stories of the first day: 24 and 6 in the feed, 2 in the sitemap."""
    with http_server() as gazette, http_server() as annex:
        made = Site(gazette, annex)
        made.write(range(1, 25), gazette)
        made.write(range(25, 31), annex)
        made.write((31, 32), annex, extra=True)
        yield made


def _path(number: int) -> str:
    return f"/{number}"


def _etag(number: int, version: int) -> str:
    return f'"{number}.{version}"'


def _shown(request: Request) -> str:
    known = request.headers.get("if-none-match")
    return f"{request.path} unless {known}" if known else request.path
