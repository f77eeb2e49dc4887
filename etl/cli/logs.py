"""Logging of a command: to stderr, one line an event. Only this module configures handlers."""

from __future__ import annotations

import logging
import sys

_LEVELS = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}


def set_up(quiet: bool, verbose: bool) -> None:
    """Send the program's log to stderr; `quiet` keeps errors only, `verbose` adds each rejected page."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z"))
    logger = logging.getLogger("etl")
    logger.handlers[:] = [handler]
    logger.setLevel(_LEVELS[1 if verbose else -1 if quiet else 0])
    logger.propagate = False


class _OneLine(logging.Formatter):
    """Control characters from pages never reach a terminal or break a line."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as text, its message without control characters; a traceback keeps its lines."""
        record.msg = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in record.getMessage())
        record.args = None
        return super().format(record)
