"""Tells a monitor that a run has started, and how it ended, in the form of healthchecks.io: URL/start, URL, URL/<exit status>.

A monitor that does not answer never harms the run.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import typer

from etl.cli.exits import Exit
from etl.errors import EtlError, Locked, UsageError

_log = logging.getLogger(__name__)
_TIMEOUT = 10.0


@contextmanager
def announced(url: str | None) -> Iterator[None]:
    """Ping when the block begins and ends; the block ends with `typer.Exit` or an error. Without a URL nothing is sent."""
    if url is None:
        yield
        return
    _send(url, "start")
    try:
        yield
    except typer.Exit as end:
        _send(url, str(end.exit_code) if end.exit_code else "")
        raise
    except Locked as error:
        _send(url, str(Exit.LOCKED.value), str(error))
        raise
    except EtlError as error:
        _send(url, "fail", str(error))
        raise
    except BaseException as error:
        _send(url, "fail", type(error).__name__)
        raise
    _send(url, "")


def _send(url: str, signal: str, message: str = "") -> None:
    import httpx

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("the ping URL is no http or https address")
    path = f"{parts.path.rstrip('/')}/{signal}" if signal else parts.path
    try:
        httpx.post(urlunsplit(parts._replace(path=path)), content=message, timeout=_TIMEOUT).raise_for_status()
    except httpx.HTTPError as error:
        # The address is a secret of its kind: whoever knows it can ping. The host is enough to find the fault.
        _log.warning("the monitor at %s could not be told: %s", parts.hostname, type(error).__name__)
