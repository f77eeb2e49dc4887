"""The lines of a text capture: what a browser, a person or an archive's converter (WET) left of a page without its tags.

Takes off what the capturing added (the day of capture, bullets, addresses in brackets, hard line breaks); what a line is on the
page is not decided here.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from etl.transform.text import clean

_NEWLINE = re.compile(r"\r\n?|\n|[\x0b\x0c\x85\u2028\u2029]")
# " date 2021-12-01 The Jerusalem Post - Israel News": put there by whoever captured the page
_CAPTURED = re.compile(r"\s{0,8}date (\d{4}-\d{2}-\d{2})(?!\S)[ \t]*")
# "  * Contact", "• Contact", "   - Contact"; a dash at the very beginning opens direct speech in many languages
_BULLET = re.compile(r"\s*[*•‣◦▪▸►●○■□·∙]\s+(?=\S)|\s{2,}[-–+]\s+(?=\S)")
# "Harbour reopens <https://news.example/harbour>", as Firefox saves links
_ADDRESS = re.compile(r"\s*<(https?://[^<>\s]{3,2000})>")
_MAX_WRAP = 110
"""Longest column at which programs break lines of plain text."""
_MIN_WRAP = 50
_LEAST_JOINS = 5
_MAX_LINES = 20_000


@dataclass(slots=True)
class Line:
    """One line with something on it."""

    text: str
    """As stored: NFC, white space folded, without bullet."""
    gap: bool = False
    """After an empty line (or at the start)."""
    bullet: bool = False
    url: str | None = None
    """The address printed behind a link's text."""
    row: int = 0
    """Its line in the capture, counted from 1, the empty ones with the others."""
    number: int = 0
    """Its place among the lines with something on them."""
    folded: str = field(init=False)
    """For comparing with words: casefolded, without the colon at the end."""

    def __post_init__(self) -> None:
        self.folded = self.text.casefold().rstrip(" :：…")


@dataclass(frozen=True, slots=True)
class Capture:
    """A capture's lines and what the capturing says of itself."""

    lines: list[Line]
    captured: dt.date | None
    """The day printed before the first line; of the capture or of the publication, the form does not say which."""


def read_lines(text: str) -> Capture:
    """The lines of a capture, the empty ones left out and hard breaks inside paragraphs undone."""
    captured, printed = _captured(text)
    first = len(_NEWLINE.findall(text[: len(text) - len(printed)])) + 1
    raw = _NEWLINE.split(printed, maxsplit=_MAX_LINES)[:_MAX_LINES]
    lines = list(_lines((first + row, line) for row, line in _unwrapped(raw)))
    for number, line in enumerate(lines):
        line.number = number
    return Capture(lines, captured)


def halved(text: str) -> str:
    """What is printed twice on one line (`Jane Roe Jane Roe`), once."""
    middle = len(text) // 2
    for cut in (middle, middle + 1):
        if text[:cut].strip() == text[cut:].strip():
            return text[:cut].strip()
    return text


def _captured(text: str) -> tuple[dt.date | None, str]:
    match = _CAPTURED.match(text)
    if not match:
        return None, text
    try:
        return dt.date.fromisoformat(match[1]), text[match.end() :]
    except ValueError:
        return None, text


def _lines(raw: Iterable[tuple[int, str]]) -> Iterator[Line]:
    gap = True
    for row, printed in raw:
        bullet = _BULLET.match(printed)
        text = printed[bullet.end() :] if bullet else printed
        address = _ADDRESS.search(text) if "<http" in text else None
        if address:
            text = _ADDRESS.sub("", text)
        text = clean(text)
        if text:
            yield Line(text, gap=gap, bullet=bullet is not None, url=address[1] if address else None, row=row)
        gap = not text


def _unwrapped(raw: list[str]) -> list[tuple[int, str]]:
    """The lines with their places, paragraphs broken at a fixed column put together again."""
    width = max((len(line.rstrip()) for line in raw), default=0)
    joins = [False, *(_is_broken(before, after, width) for before, after in itertools.pairwise(raw))]
    pairs = sum(1 for before, after in itertools.pairwise(raw) if before.strip() and after.strip())
    if not _MIN_WRAP <= width <= _MAX_WRAP or sum(joins) < _LEAST_JOINS or 2 * sum(joins) < pairs:
        return list(enumerate(raw))
    paragraphs: list[tuple[int, list[str]]] = []
    for row, (line, joined) in enumerate(zip(raw, joins, strict=True)):
        if joined:
            paragraphs[-1][1].append(line.strip())
        else:
            paragraphs.append((row, [line]))
    return [(row, " ".join((first.rstrip(), *rest)) if rest else first) for row, (first, *rest) in paragraphs]


def _is_broken(before: str, after: str, width: int) -> bool:
    """Whether the next line's first word had no room on this line: then only the column parted them."""
    words = after.split(maxsplit=1)
    return bool(words and before.strip() and not _BULLET.match(after)) and len(before.rstrip()) + 1 + len(words[0]) > width
