"""The paragraphs of a text block: line breaks part them where they stand for an empty line, or between whole sentences."""

from __future__ import annotations

import re

from etl.transform.text import clean

_EMPTY_LINE = re.compile(r"\n{2,}")  # <br><br>
_LEAST = 40
"""Characters of the lines that a single break parts into paragraphs: shorter ones are verses and addresses."""
_SENTENCE_END = re.compile(r"[.!?…。！？:][\"'”’»)\]]{0,2}$")


def paragraphs_of(text: str) -> list[str]:
    """`One sentence.<br><br>Another.` gives two; the lines of a verse stay one."""
    return [paragraph for part in _EMPTY_LINE.split(text) for lines in _parted(part) if (paragraph := clean(lines))]


def _parted(text: str) -> list[str]:
    lines = text.split("\n")
    if len(lines) < 2 or not all(len(line) >= _LEAST and _SENTENCE_END.search(line.rstrip()) for line in lines[:-1]):
        return [text]
    return lines
