"""One polite GET, against a real server: robots.txt, delays, retries, limits, redirects, addresses that are refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from etl.fetch.client import Client, Failed, HostDown, Terms
from etl.fetch.guard import Refused, check, check_peer
from tests.servers import Answer, Request, Server, http_server


@pytest.fixture
def server() -> Iterator[Server]:
    with http_server() as server:
        yield server


def client(slept: list[float] | None = None, **terms: Any) -> Client:
    usual: dict[str, Any] = {"user_agent": "news-etl/1 (+me@example.org)", "allow_private": True, "delay": 0.0, "timeout": 2.0}
    return Client(Terms(**(usual | terms)), sleep=(lambda seconds: None) if slept is None else slept.append)


def test_robots_are_asked_once_and_followed_under_our_own_name(server: Server) -> None:
    server.page("/robots.txt", "User-agent: news-etl\nDisallow: /secret\n", kind="text/plain")
    server.page("/a", "A")
    asking = client()
    assert [asking.get(f"{server.url}/a").body for _ in range(2)] == [b"A", b"A"]
    with pytest.raises(Refused, match=r"robots\.txt"):
        asking.get(f"{server.url}/secret/b")
    assert server.paths() == ["/robots.txt", "/a", "/a"]
    assert {request.headers["user-agent"] for request in server.requests} == {"news-etl/1 (+me@example.org)"}
    asking.close()


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False)])
def test_a_host_without_robots_allows_all_and_one_that_cannot_tell_allows_nothing(
    server: Server, status: int, allowed: bool
) -> None:
    server.routes["/robots.txt"] = Answer(status=status)
    server.page("/a", "A")
    asking = client(retries=0)
    if allowed:
        assert asking.get(f"{server.url}/a").status == 200
    else:
        for _ in range(2):
            with pytest.raises(HostDown, match=r"robots\.txt of its host cannot be read \(status 50"):
                asking.get(f"{server.url}/a")
        assert server.paths() == ["/robots.txt"]
    asking.close()


def test_a_host_that_fails_one_request_after_the_other_is_asked_no_more(server: Server) -> None:
    server.page("/good", "good")
    server.routes["/bad"] = Answer(status=503)
    asking = client(retries=0)
    for path in ("/bad", "/bad", "/good", "/bad", "/bad", "/bad"):
        if path == "/good":
            asking.get(server.url + path)
        else:
            with pytest.raises(Failed, match="status 503"):
                asking.get(server.url + path)
    server.requests.clear()
    with pytest.raises(HostDown, match="failed 3 times in a row"):
        asking.get(f"{server.url}/good")
    assert server.requests == []
    asking.close()


def test_a_crawl_delay_outweighs_our_own(server: Server) -> None:
    server.page("/robots.txt", "User-agent: *\nCrawl-delay: 7\n", kind="text/plain")
    server.page("/a", "A")
    slept: list[float] = []
    asking = client(slept, delay=1.0)
    asking.get(f"{server.url}/a")
    asking.get(f"{server.url}/a")
    assert [round(seconds) for seconds in slept] == [0, 1, 7]
    asking.close()


def test_a_busy_host_is_asked_again_after_the_time_it_names(server: Server) -> None:
    said = [Answer(status=429, headers={"Retry-After": "9"}), Answer(status=503), Answer(body=b"at last")]
    server.routes["/a"] = lambda request: said.pop(0)
    slept: list[float] = []
    asking = client(slept, delay=2.0)
    assert asking.get(f"{server.url}/a").body == b"at last"
    assert [round(seconds) for seconds in slept] == [0, 2, 9, 4]
    asking.close()


def test_a_host_that_stays_busy_or_asks_for_too_long_a_pause_fails(server: Server) -> None:
    server.routes["/busy"] = Answer(status=503)
    server.routes["/long"] = Answer(status=429, headers={"Retry-After": "86400"})
    asking = client(retries=1)
    for path in ("/busy", "/long"):
        with pytest.raises(Failed, match="status"):
            asking.get(server.url + path)
    assert server.paths() == ["/robots.txt", "/busy", "/busy", "/long"]
    asking.close()


def test_redirects_are_followed_each_checked_and_not_for_ever(server: Server) -> None:
    server.page("/robots.txt", "User-agent: *\nDisallow: /no", kind="text/plain")
    server.routes["/one"] = Answer(status=301, headers={"Location": "/two"})
    server.routes["/loop"] = Answer(status=302, headers={"Location": "/loop"})
    server.routes["/out"] = Answer(status=302, headers={"Location": "file:///etc/passwd"})
    server.routes["/forbidden"] = Answer(status=302, headers={"Location": "/no"})
    server.page("/two", "two")
    asking = client(max_redirects=2)
    assert asking.get(f"{server.url}/one").url == f"{server.url}/two"
    for path, error in (("/loop", Failed), ("/out", Refused), ("/forbidden", Refused)):
        with pytest.raises(error):
            asking.get(server.url + path)
    assert ("/no" in server.paths(), server.paths().count("/loop")) == (False, 3)
    asking.close()


def test_an_answer_too_large_cut_short_or_too_slow_fails(server: Server) -> None:
    server.routes["/large"] = Answer(body=b"x" * 5000)
    server.routes["/cut"] = Answer(body=b"x", length=100)

    def slow(request: Request) -> Answer:
        import time

        time.sleep(0.6)
        return Answer(body=b"late")

    server.routes["/slow"] = slow
    asking = client(max_bytes=4000, retries=0, timeout=0.3)
    for path in ("/large", "/cut", "/slow"):
        with pytest.raises(Failed):
            asking.get(server.url + path)
    asking.close()


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1/", "http://localhost:8080/", "http://[::1]/", "http://10.1.2.3/", "http://169.254.169.254/latest",
     "http://192.168.1.1/", "http://[fe80::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://2130706433/",
     "ftp://example.org/", "file:///etc/passwd", "http:///x", "http://me:secret@93.184.215.14/", "http://[bad/"],
)  # fmt: skip
def test_addresses_off_the_open_net_are_refused(url: str) -> None:
    with pytest.raises(Refused):
        check(url, allow_private=False)


def test_addresses_on_the_open_net_are_not(server: Server) -> None:
    check("https://93.184.215.14/a", allow_private=False)
    check_peer("2606:2800:21f:cb07:6820:80da:af6b:8b2c")
    asking = client(allow_private=False)
    with pytest.raises(Refused, match="not on the open net"):
        asking.get(server.url)
    assert server.requests == []
    asking.close()
