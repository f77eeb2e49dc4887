"""Whether a text can be a headline by its length, in scripts with and without spaces."""

from __future__ import annotations

import re

MAX_TITLE = 350
CASELESS = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_title(text: str) -> bool:
    """Three words or more, or as much text without spaces; no more than a headline holds."""
    if len(text) > MAX_TITLE:
        return False
    if CASELESS.search(text):
        return len(text) >= 8
    return len(text.split()) >= 3 or len(text) >= 24
