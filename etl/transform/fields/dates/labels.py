"""The labels of date lines: `Published:`, `Zuletzt aktualisiert am`, `Publié le`. The words stand in `words/dates.toml`."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from etl.transform.text import CASELESS
from etl.transform.words import every

Kind = Literal["published", "updated"]


_SEAM = r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])"


def _any_of(name: str) -> str:
    """In scripts whose words touch one another a label needs no space around it; nor where elements meet (`Jane RoeUpdated`)."""
    words = every("dates", name)
    spaced = "|".join(re.escape(word).replace(r"\ ", r"\s") for word in words if not CASELESS.match(word))
    joined = "|".join(re.escape(word) for word in words if CASELESS.match(word))
    return rf"(?:(?<![^\W_])|(?-i:{_SEAM}))(?:{spaced})(?![^\W\d_])" + (rf"|{joined}" if joined else "")


_LONGEST = 100
"""Characters at a line's start in which its label stands."""
_AT = _any_of("at")
# After a label: its colon, bracket or dash, and the words that lead over to the date ("on", "am", "le").
_LEAD = rf"(?:[\s:：.,;|\-–—()\[\]（）]|{_AT})*"
_LABEL = re.compile(rf"(?P<updated>{_any_of('updated')})|(?P<published>{_any_of('published')})", re.I)
_START = re.compile(rf"[\W_]{{0,5}}(?:{_AT})?\s?(?:{_LABEL.pattern}){_LEAD}", re.I)
_LEAD_START = re.compile(_LEAD, re.I)


_LETTERS = re.compile(r"[^\W\d_]+")
_SEAMED = re.compile(_SEAM)
_FIRST_WORDS = frozenset(
    match[0] for name in ("published", "updated") for word in every("dates", name) if (match := _LETTERS.search(word))
)


def _may_hold_label(text: str) -> bool:
    """Whether any word of a label is in a text: far quicker than the label's pattern, and nearly always no."""
    return bool(CASELESS.search(text) or _SEAMED.search(text)) or any(
        word in _FIRST_WORDS for word in _LETTERS.findall(text.casefold())
    )


def strip_label(text: str) -> tuple[Kind | None, str]:
    """What a date line's label calls its date, and the line without the label.

    `Published: DECEMBER 1, 2021 12:39` → (`published`, `DECEMBER 1, 2021 12:39`); a line without a label comes back as it is
    (surrounding white space taken off), with None. The rest may be empty (`Updated`). A label stands at the line's start;
    words that merely begin like one (`Updates`, `Standard`) are none.
    """
    match = _START.match(text) if _may_hold_label(text[:_LONGEST]) else None
    if not match:
        return None, text.strip()
    return ("updated" if match["updated"] else "published"), text[match.end() :].strip()


def kind_before(text: str) -> tuple[Kind | None, int]:
    """What the text before a date calls it, by its last label, and where that label with its lead ends (0 without a label)."""
    labels = list(_LABEL.finditer(text)) if _may_hold_label(text) else []
    last = labels[-1] if labels else None
    if last is None:
        lead = _LEAD_START.match(text)
        return None, lead.end() if lead else 0
    lead = _LEAD_START.match(text, last.end())
    return ("updated" if last["updated"] else "published"), lead.end() if lead else last.end()


def kind_after(text: str) -> Kind | None:
    """What the end of a line calls its last date: `2021年12月1日 更新`, `wurde am 3. Mai 2019 von Eva veröffentlicht`.

    `6. Mai 2019, aktualisiert um 14 Uhr` is no update's day: there the update's word must be the line's last.
    """
    if not _may_hold_label(text[:_LONGEST]):
        return None
    if match := _after().match(text):
        return "updated" if match["updated"] else "published"
    return "published" if _verb().match(text) else "updated" if _last_verb().match(text) else None


# Compiled when they are needed: that takes longer than all else a page costs, and few pages have such lines.
@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"[\s)\]）]{{0,3}}(?:{_LABEL.pattern})[\s)\]）]{{0,3}}\Z", re.I)


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf"[^.\n]{{0,60}}?(?:{_any_of('published')})", re.I)


@cache
def _last_verb() -> re.Pattern[str]:
    return re.compile(rf"[^.\n]{{0,60}}?(?:{_any_of('updated')})[\s.]{{0,3}}\Z", re.I)
