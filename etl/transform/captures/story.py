"""The paragraphs of a text capture's story."""

from __future__ import annotations

from etl.transform.captures.density import Kind
from etl.transform.captures.outline import Reading


def read_paragraphs(reading: Reading, used: frozenset[int]) -> tuple[str, ...]:
    """The text without buttons and the like; `used` are the lines of captions and of links to other stories."""
    kept = [n for n in reading.outline.body if n not in used and _is_text(reading, n)]
    return tuple(reading.lines[n].text for n in kept)


def _is_text(reading: Reading, n: int) -> bool:
    line, kind = reading.lines[n], reading.kinds[n]
    return kind is Kind.PROSE or (kind is Kind.SHORT and line.folded != reading.lines[reading.outline.title].folded)
