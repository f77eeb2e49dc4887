"""Whether a text can be a headline by its length, in scripts with and without spaces."""

from __future__ import annotations

from etl.transform.text import CASELESS

MAX_TITLE = 350
_SHORTEST = 8
_LONG = 24


def is_title(text: str) -> bool:
    """Three words or more, or as much text without spaces; no more than a headline holds."""
    length = len(text)
    if not _SHORTEST <= length <= MAX_TITLE:
        return False
    if text.count(" ") > 1 or length >= _LONG:
        return True
    return not text.isascii() and CASELESS.search(text) is not None
