"""A real HTTP server on 127.0.0.1 for tests: answers by path, keeps account of what was asked."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclasses.dataclass(frozen=True, kw_only=True)
class Request:
    """What a client asked."""

    method: str
    path: str
    """With the query."""
    headers: dict[str, str]
    """Names in lower case."""
    body: str = ""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Answer:
    """What the server says."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    length: int | None = None
    """A false Content-Length."""


class Server:
    """Routes by path; what has no route is 404. A route is an answer, or a function of the request."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.routes: dict[str, Answer | Callable[[Request], Answer]] = {}
        self.requests: list[Request] = []
        self._etags: dict[str, str | None] = {}

    def paths(self) -> list[str]:
        """The paths asked for so far, in order."""
        return [request.path for request in self.requests]

    def page(self, path: str, text: str, *, kind: str = "text/html; charset=utf-8", etag: str | None = None) -> None:
        """Serve a text; with an ETag a client that has it is told 304."""

        self._etags[path] = etag

        def answer(request: Request) -> Answer:
            if etag and request.headers.get("if-none-match") == etag:
                return Answer(status=304, headers={"ETag": etag})
            return Answer(body=text.encode(), headers={"Content-Type": kind} | ({"ETag": etag} if etag else {}))

        self.routes[path] = answer

    def file(self, path: str, content: bytes, *, etag: str, ranges: bool = True, breaks_at: int | None = None) -> None:
        """Serve bytes as storages do, parts of them where `ranges`; a connection that goes past `breaks_at` breaks off there."""

        def answer(request: Request) -> Answer:
            headers = {"ETag": etag, "Content-Type": "application/octet-stream"}
            wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", request.headers.get("range", "")) if ranges else None
            start, end = (int(wanted[1]), int(wanted[2]) + 1) if wanted else (0, len(content))
            part = content[start:end]
            if wanted:
                headers["Content-Range"] = f"bytes {start}-{start + len(part) - 1}/{len(content)}"
            whole = len(part)
            if breaks_at is not None and request.method == "GET":
                part = part[: max(breaks_at - start, 0)]
            length = whole if whole != len(part) or request.method == "HEAD" else None
            return Answer(status=206 if wanted else 200, body=part, headers=headers, length=length)

        self.routes[path] = answer

    def etag(self, path: str) -> str | None:
        """The ETag of a text that is served."""
        return self._etags.get(path)

    def answer(self, request: Request) -> Answer:
        """What is said to a request."""
        self.requests.append(request)
        route = self.routes.get(request.path, Answer(status=404, body=b"not here"))
        return route if isinstance(route, Answer) else route(request)


@contextlib.contextmanager
def http_server() -> Iterator[Server]:
    """A server while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0))).decode()
            said = server.answer(Request(method=self.command, path=self.path, headers=headers, body=body))
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said.body) if said.length is None else said.length))
            self.end_headers()
            if self.command == "HEAD":
                return
            with contextlib.suppress(ConnectionError):
                self.wfile.write(said.body)
            if said.length is not None:
                self.close_connection = True

        do_GET = do_POST = do_HEAD = _any  # noqa: N815 - names that http.server asks for

        def log_message(self, *_words: Any) -> None:
            pass

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    listening.daemon_threads = True
    server = Server(listening.server_address[1])
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
