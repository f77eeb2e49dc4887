"""Logging of a command: to stderr, one line an event, text or JSON. Only this module configures handlers."""

from __future__ import annotations

import datetime as dt
import json
import logging
import sys

from etl.cli.options import LogFormat

_LEVELS = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}


def set_up(quiet: bool, verbose: bool, form: LogFormat = LogFormat.TEXT) -> None:
    """Send the program's log to stderr; `quiet` keeps errors only, `verbose` adds each rejected page."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form is LogFormat.JSON else _OneLine(_TEXT, "%Y-%m-%dT%H:%M:%S%z"))
    logger = logging.getLogger("etl")
    logger.handlers[:] = [handler]
    logger.setLevel(_LEVELS[1 if verbose else -1 if quiet else 0])
    logger.propagate = False


def tell(message: str) -> None:
    """A message of the program itself on stderr, whatever the level: `news-etl: …`, or one JSON object."""
    handlers = logging.getLogger("etl").handlers
    if handlers and isinstance(handlers[0].formatter, _Json):
        record = logging.LogRecord("etl.cli", logging.ERROR, __file__, 0, message, None, None)
        message = handlers[0].formatter.format(record)
    else:
        message = f"news-etl: {message}"
    print(message, file=sys.stderr)


_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _OneLine(logging.Formatter):
    """Control characters from pages never reach a terminal or break a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, its message without control characters; a traceback keeps its lines."""
        record.msg = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in record.getMessage())
        record.args = None
        return super().format(record)


class _Json(logging.Formatter):
    """One object a line, in ASCII: whatever a page holds, the line stays one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as an object: `time`, `level`, `logger`, `message`, and `traceback` where there is one."""
        event = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            event["traceback"] = self.formatException(record.exc_info)
        return json.dumps(event)
