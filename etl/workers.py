"""What runs in a worker process: a batch of pages in, their outcomes out. No state but the publisher profiles. And how a process
begins that reads ahead: what that runs is `etl.extract`'s."""

from __future__ import annotations

import signal
from collections.abc import Sequence

from etl.collector import collect_rarely
from etl.records import Article, Page, Rejected
from etl.transform import transform
from etl.transform.profiles import Profiles

_profiles = Profiles()


def start(profiles: Profiles, supervised: bool = False) -> None:
    """Keep the profiles. In a worker process, leave Ctrl-C to the parent: it finishes the batches in hand."""
    global _profiles  # noqa: PLW0603 - a worker's one piece of state, set once when the process starts
    _profiles = profiles
    collect_rarely()
    if supervised:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def start_reader() -> None:
    """Begin a process that only reads sources."""
    collect_rarely()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def transform_batch(pages: Sequence[Page]) -> list[Article | Rejected]:
    """The outcomes, in the order of the pages."""
    return [transform(page, _profiles) for page in pages]
