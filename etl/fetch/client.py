"""One polite GET: robots.txt, a delay between requests to a host, retries, limits, redirects checked one by one."""

from __future__ import annotations

import datetime as dt
import email.utils
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx
from protego import Protego

from etl.fetch.guard import Refused, check, check_peer

_REDIRECTS = {301, 302, 303, 307, 308}
_LATER = {429, 500, 502, 503, 504}
_ROBOTS_BYTES = 512 * 1024
_CHUNK = 64 * 1024
_LONGEST_PAUSE = 120.0
"""Seconds: who asks for a longer pause (Retry-After, crawl-delay) is asked again in the next run."""
_PATIENCE = 3
"""Requests in a row, each with its retries, that a host may fail: a dead one with 500 pages would take the whole night."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Terms:
    """How hosts are asked."""

    user_agent: str
    delay: float = 1.0
    """Seconds between the end of a request and the next one to the same host; a longer crawl-delay outweighs it."""
    timeout: float = 30.0
    """Seconds for each step: connecting, and each wait for bytes."""
    max_seconds: float = 120.0
    """For a whole answer."""
    max_bytes: int = 20 * 1024 * 1024
    """Of an answer's body, as sent and as unpacked."""
    max_redirects: int = 5
    retries: int = 2
    allow_private: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What a host said, its body unpacked."""

    url: str
    """The address that answered, after redirects."""
    at: dt.datetime
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    request_headers: tuple[tuple[str, str], ...]

    def header(self, name: str) -> str | None:
        """A header's first value."""
        return next((value for key, value in self.headers if key.lower() == name), None)


class Failed(Exception):
    """No usable answer, and why."""


class HostDown(Failed):
    """A host that is not asked any more in this run: it cannot give its robots.txt, or fails one request after the other."""


class Client:
    """Asks hosts; one at a time each, whichever threads ask."""

    def __init__(self, terms: Terms, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self._terms = terms
        self._sleep = sleep
        self._http = httpx.Client(headers={"User-Agent": terms.user_agent}, timeout=terms.timeout, trust_env=False)
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._guard = threading.Lock()

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer, after redirects and retries. Raises Refused (not asked) and Failed (asked in vain)."""
        for _ in range(self._terms.max_redirects + 1):
            answer = self._one_host(url, headers or {})
            target = answer.header("location")
            if answer.status not in _REDIRECTS or target is None:
                return answer
            url = urljoin(url, target)
        raise Failed(f"more than {self._terms.max_redirects} redirects")

    def _one_host(self, url: str, headers: Mapping[str, str]) -> Answer:
        check(url, allow_private=self._terms.allow_private)
        parts = urlsplit(url)
        with self._guard:
            host = self._hosts[parts.netloc.lower()]
        with host.lock:
            if host.robots is None and not host.down:
                self._ask_robots(host, f"{parts.scheme}://{parts.netloc}/robots.txt")
            if host.robots is None or host.failures >= _PATIENCE:
                raise HostDown(host.down or f"its host failed {_PATIENCE} times in a row and is not asked again in this run")
            if not host.robots.can_fetch(url, self._terms.user_agent):
                raise Refused("robots.txt does not allow it")
            delay = max(self._terms.delay, host.robots.crawl_delay(self._terms.user_agent) or 0.0)
            if delay > _LONGEST_PAUSE:
                raise Refused(f"robots.txt asks for {delay:g} seconds between requests")
            return self._patiently(host, url, headers, delay)

    def _ask_robots(self, host: _Host, url: str) -> None:
        """The host's rules: none where it says 4xx; where it cannot say, nothing may be asked (RFC 9309)."""
        try:
            answer = self._patiently(host, url, {}, self._terms.delay)
            for _ in range(self._terms.max_redirects):
                if answer.status not in _REDIRECTS:
                    break
                target = urljoin(answer.url, answer.header("location") or "")
                check(target, allow_private=self._terms.allow_private)
                answer = self._patiently(host, target, {}, self._terms.delay)
            if answer.status >= 500:
                raise Failed(f"status {answer.status}")
        except (Failed, Refused) as problem:
            host.down = f"the robots.txt of its host cannot be read ({problem}), so nothing of the host is asked for in this run"
            return
        text = answer.body[:_ROBOTS_BYTES].decode("utf-8", "replace") if answer.status == 200 else ""
        host.robots = Protego.parse(text)

    def _patiently(self, host: _Host, url: str, headers: Mapping[str, str], delay: float) -> Answer:
        """Ask, and ask again where the host is busy or does not answer."""
        for attempt in range(self._terms.retries + 1):
            self._sleep(max(0.0, host.free_at - time.monotonic()))
            pause = delay * 2**attempt
            try:
                answer = self._once(url, headers)
                problem = f"status {answer.status}"
                if answer.status not in _LATER:
                    host.failures = 0
                    return answer
                pause = max(pause, _retry_after(answer))
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                problem = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            finally:
                host.free_at = time.monotonic() + delay
            if pause > _LONGEST_PAUSE:
                break
            host.free_at = time.monotonic() + pause
        host.failures += 1
        raise Failed(problem)

    def _once(self, url: str, headers: Mapping[str, str]) -> Answer:
        deadline = time.monotonic() + self._terms.max_seconds
        with self._http.stream("GET", url, headers=headers) as response:
            self._check_peer(response)
            body = bytearray()
            for chunk in response.iter_bytes(_CHUNK):
                body += chunk
                if len(body) > self._terms.max_bytes:
                    raise Failed(f"the answer is larger than {self._terms.max_bytes} bytes")
                if time.monotonic() > deadline:
                    raise Failed(f"the answer took longer than {self._terms.max_seconds:g} seconds")
            return Answer(
                url=url,
                at=dt.datetime.now(dt.UTC),
                status=response.status_code,
                reason=response.reason_phrase,
                headers=tuple(response.headers.multi_items()),
                body=bytes(body),
                request_headers=tuple(response.request.headers.multi_items()),
            )

    def _check_peer(self, response: httpx.Response) -> None:
        """A name may resolve otherwise for the connection than it did for the check."""
        stream = response.extensions.get("network_stream")
        peer = stream.get_extra_info("server_addr") if stream is not None else None
        if peer and not self._terms.allow_private:
            check_peer(str(peer[0]))


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    """By the monotonic clock: when it may be asked next."""
    robots: Protego | None = None
    down: str = ""
    """Why it cannot be asked for anything."""
    failures: int = 0
    """In a row."""


def _retry_after(answer: Answer) -> float:
    """Seconds that the host asks for; it may name a date."""
    said = (answer.header("retry-after") or "").strip()
    if said.isdecimal():
        return float(said)
    try:
        until = email.utils.parsedate_to_datetime(said)
    except ValueError:
        return 0.0
    return max(0.0, (until.astimezone(dt.UTC) - answer.at).total_seconds())
