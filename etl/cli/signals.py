"""Ctrl-C and SIGTERM: the first finishes the batches in hand, a second stops at once."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from etl.cli.logs import tell
from etl.pipeline import StopRequest


@contextmanager
def stop_requests() -> Iterator[StopRequest]:
    """A stop request that the signals set while the block runs."""
    stop = StopRequest()

    def request(signum: int, frame: FrameType | None) -> None:
        if stop.signal is not None:
            raise KeyboardInterrupt
        stop.signal = signum
        tell("finishing the batches in hand (once more stops at once)")

    before = {signum: signal.signal(signum, request) for signum in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)
