"""Which publisher the configuration names for a file, wherever it is read: that of the source that it belongs to.

A file fetched into the spool belongs to the source whose folder it lies in, another to the first source of files whose paths name
it: the file itself, a folder above it, a pattern, a list.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from etl.config import AnySource, Fetch, FilesSource
from etl.errors import UsageError
from etl.extract import find_sources, is_remote, uri_of
from etl.fetching import spool_folder
from etl.hiding import hidden

PublisherOf = Callable[[str], str | None]
"""From `Source.uri` to a domain; None where no source names one."""


def publisher_of(sources: Sequence[AnySource], fetch: Fetch) -> PublisherOf:
    """The configured publishers."""
    named = [(source.publisher, tuple(_patterns(source, fetch))) for source in sources if source.publisher]

    @cache
    def found(uri: str) -> str | None:
        return next((publisher for publisher, patterns in named if any(_names(pattern, uri) for pattern in patterns)), None)

    return found


def _patterns(source: AnySource, fetch: Fetch) -> Iterator[str]:
    if not isinstance(source, FilesSource):
        yield _absolute(str(spool_folder(fetch, source.name)))
        return
    for path in source.paths:
        if path.startswith("@"):
            yield from _listed(path)
        else:
            yield _absolute(path)


def _listed(path: str) -> Iterator[str]:
    """What a list names; one that is gone names nothing."""
    try:
        yield from (source.uri for source in find_sources([path]))
    except UsageError:
        return


def _absolute(path: str) -> str:
    return hidden(path) if is_remote(path) else uri_of(Path(os.path.abspath(path)))  # noqa: PTH100 - as `source_of` names files


def _names(pattern: str, uri: str) -> bool:
    folder = pattern.rstrip("/") + "/"
    return uri == pattern or uri.startswith(folder) or fnmatchcase(uri, pattern) or fnmatchcase(uri, folder + "*")
