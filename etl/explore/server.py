"""Datasette on a SQLite file, on 127.0.0.1, until a signal stops it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from etl.errors import UsageError
from etl.explore.description import DATABASE, description
from etl.load.queries import opened

if TYPE_CHECKING:
    import uvicorn

HOST = "127.0.0.1"
_SETTINGS = {
    "default_page_size": 50,
    "truncate_cells_html": 300,  # bodies are long
    "sql_time_limit_ms": 20_000,  # one's own machine: let a long question run
    "facet_time_limit_ms": 2_000,
    "allow_facet": True,
}

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Callable[..., Any], Callable[..., Any]], Awaitable[None]]


def serve(database: str, port: int, ready: Callable[[str], None]) -> None:
    """Serve a database; `ready` is told the address once it answers. Returns after SIGINT or SIGTERM, when all is closed.

    Raises UsageError where there is nothing that Datasette could show, or the port is taken.
    """
    file = file_of(database)
    with opened(database):
        pass  # it is there, and of this program's schema
    listening = _listen(port)
    app = _guarded(_datasette(file), listening.getsockname()[1])
    # The server ends by itself at these signals, and then raises them again for whoever handled them before.
    before = {number: signal.signal(number, lambda *_: None) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        asyncio.run(_run(app, listening, ready))
    finally:
        listening.close()
        for number, handler in before.items():
            signal.signal(number, handler)


def file_of(database: str) -> Path:
    """The SQLite file of a database URL. Raises UsageError for another kind of database."""
    try:
        url = make_url(database)
    except ArgumentError:
        raise UsageError("not a database URL; `explore` takes sqlite:///FILE") from None
    if url.get_backend_name() != "sqlite":
        raise UsageError(
            "`explore` shows SQLite files only. For PostgreSQL: `news-etl report` writes a page to look at, `news-etl export` "
            "writes Parquet files that DuckDB reads, and any SQL client can ask the views (docs/views.md)"
        )
    if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
        raise UsageError("`explore` takes a file: sqlite:///FILE")
    return Path(url.database)


def _listen(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"port {port} of {HOST} cannot be used ({error.strerror}); name another with --port, or 0 for any"
        ) from error
    return listening


def _datasette(file: Path) -> App:
    """Opened with SQLite's `mode=ro`, so that a load can go on meanwhile. A reader of a write-ahead log needs a file beside the
    database; where none can be made nobody can write either, and the file is read as immutable."""
    try:
        from datasette.app import Datasette
        from datasette.database import Database
    except ImportError as error:
        raise UsageError("`explore` needs the extra `explore`: pip install 'news-etl[explore]'") from error
    # Datasette prints a traceback of hundreds of lines on it for every mistyped query, and has no option against that.
    rich.get_console().quiet = True
    served = Datasette([], metadata=description(), settings=_SETTINGS)
    served.remove_database("_memory")
    writable = os.access(file.parent, os.W_OK)
    served.add_database(Database(served, path=str(file), is_mutable=writable), name=DATABASE)
    app: App = served.app()
    return app


def _guarded(app: App, port: int) -> App:
    """Takes questions only, and only under its own name: a foreign page in the user's browser could let its own name lead to this
    machine, and read what stands here."""
    known = {f"{name}:{port}".encode() for name in (HOST, "localhost")}

    async def guarded(scope: Scope, receive: Callable[..., Any], send: Callable[..., Any]) -> None:
        if scope["type"] == "http" and dict(scope["headers"]).get(b"host", b"").lower() not in known:
            await _refuse(send, 421, b"This server answers to its own address only.\n")
        elif scope["type"] == "http" and scope["method"] not in {"GET", "HEAD"}:
            await _refuse(send, 405, b"Nothing can be changed here.\n")
        else:
            await app(scope, receive, send)

    return guarded


async def _refuse(send: Callable[..., Any], status: int, message: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": message})


async def _run(app: App, listening: socket.socket, ready: Callable[[str], None]) -> None:
    import uvicorn

    server = uvicorn.Server(
        uvicorn.Config(app, lifespan="on", log_level="warning", access_log=False, timeout_graceful_shutdown=2)
    )
    running = asyncio.create_task(server.serve(sockets=[listening]))
    await _started(server, running)
    if server.started:
        ready(f"http://{HOST}:{listening.getsockname()[1]}/")
    await running


async def _started(server: uvicorn.Server, running: asyncio.Task[None]) -> None:
    while not server.started and not running.done():
        await asyncio.sleep(0.02)
