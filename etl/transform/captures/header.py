"""What stands round a capture's headline besides dates and authors: the standfirst and the section."""

from __future__ import annotations

import re

from etl.records import Origin
from etl.transform.captures.authors import credited
from etl.transform.captures.density import META, Kind
from etl.transform.captures.outline import Reading
from etl.transform.reading import Found

_MIN_STANDFIRST = 5
"""Words of a standfirst that is no sentence."""
_CRUMB = re.compile(r"\s+[›»>]\s+")  # "Home › News › Harbour"
_MAX_CRUMB = 40


def read_subtitle(reading: Reading) -> str | None:
    """The sentence between headline and by-line or date; None where nothing parts it from the text."""
    header = reading.header
    meta = next((n for n in header if reading.kinds[n] in META), None)
    if meta is None:
        meta = next((n for n in header if reading.kinds[n] is Kind.SHORT and credited(reading, reading.lines[n].text)), None)
    if meta is None:
        return None
    shown = [n for n in header if n < meta and _may_be_standfirst(reading, n)]
    return " ".join(reading.lines[n].text for n in shown) or None


def _may_be_standfirst(reading: Reading, n: int) -> bool:
    line = reading.lines[n]
    if reading.kinds[n] is Kind.SHORT:
        after = next((k for k in range(n + 1, len(reading.kinds)) if reading.kinds[k] is not Kind.FRAME), n)
        # Short lines over a picture are its alternative text.
        if len(line.text.split()) < _MIN_STANDFIRST or reading.kinds[after] not in META:
            return False
    if reading.kinds[n] not in (Kind.PROSE, Kind.SHORT) or line.folded == reading.lines[reading.outline.title].folded:
        return False
    # A caption is printed twice: as the picture's alternative text and under it.
    return not any(other.number != n and other.text.startswith(line.text) for other in reading.lines[n - 1 : n + 3])


def read_section(reading: Reading) -> Found[str] | None:
    """The section: behind the words that the profile names, else the last part of a breadcrumb over the headline."""
    if reading.over_title is not None:
        prefix = reading.vocabulary.rules.section_prefix or ""
        if name := reading.lines[reading.over_title].text[len(prefix) :].strip():
            return Found(name, Origin.PROFILE, "captures.section_prefix")
    for n in reading.above:
        parts = [part for part in _CRUMB.split(reading.lines[n].text) if part]
        if len(parts) > 1 and all(len(part) < _MAX_CRUMB for part in parts[:2]):
            title = reading.lines[reading.outline.title].text
            inner = [part for part in parts if not title.startswith(part.rstrip(".…"))]
            return Found(inner[-1], Origin.TEXT, f"line {reading.lines[n].row}") if len(inner) > 1 else None
    return None
