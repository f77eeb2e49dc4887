"""Dates that stand in attributes alone: `data-date="18. März 2020"`, `<span title="5 March 2019, 10:02">5 days ago</span>`.

For pages that tell their date nowhere else. What these attributes mean is not fixed anywhere, so only those beside the headline
and before the text count, and only values that are a date from end to end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from etl.transform.document import Document
from etl.transform.fields.dates.candidates import Candidate, Witness
from etl.transform.fields.dates.machine import read_epoch, read_machine
from etl.transform.fields.dates.markup import kind_of_names
from etl.transform.fields.dates.moment import Moment
from etl.transform.fields.dates.parsing import is_whole
from etl.transform.fields.dates.places import Places
from etl.transform.fields.dates.printed import Habits, find_dates, may_hold_date
from etl.transform.reading import Story

_ATTRIBUTE, _LABELLED = 2.0, 0.5
"""Trust in such a date, and what a name that calls it a publication adds."""
_BESIDE_HEAD = 3.9
"""Trust in a place (see `Places`) from which on it is one between headline and text, or just over the headline."""
_SHORTEST, _LONGEST = 8, 60
_FARTHEST = 100
"""Elements that are looked at from a block's beginning on."""
_DATEFUL = re.compile(r"date|time|publi|created|(?:^|-)u?ts$")
_OTHER = re.compile(r"expir|end|start|event|until|timeout|duration|zone|format|now|render|update")


def attribute_dates(document: Document, story: Story, habits: Habits) -> Iterator[Candidate]:
    """All of them, in the page's order."""
    places = Places(story)
    starts = frozenset(block.element for block in document.blocks)
    for block in places.near(document.blocks):
        if places.is_text(block) or places.trust(block) < _BESIDE_HEAD:
            continue
        for element in _until_next(block.element, starts):
            for name, value in _dateful(element):
                kind = kind_of_names(f"{name} {element.get('class') or ''}")
                if kind != "updated" and (moment := _moment(name, value, habits)):
                    weight = _ATTRIBUTE + (_LABELLED if kind else 0)
                    place = f"{element.tag!s} @{name}"
                    yield Candidate(kind=kind, moment=moment, text=value, witness=Witness.TIME, weight=weight, detail=place)


def _until_next(element: etree._Element, starts: frozenset[etree._Element]) -> Iterator[etree._Element]:
    """A block's element and those that follow up to the next block: empty ones between two blocks are no block's."""
    place: etree._Element | None = element
    for _ in range(_FARTHEST):
        if place is None or (place is not element and place in starts):
            return
        yield place
        place = place[0] if len(place) else _next(place)


def _next(element: etree._Element) -> etree._Element | None:
    """The next element that does not stand in this one."""
    outer: etree._Element | None = element
    while outer is not None:
        if (following := outer.getnext()) is not None:
            return following
        outer = outer.getparent()
    return None


def _dateful(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Attributes that can hold the date of what their element shows."""
    for name, value in element.attrib.items():
        name, value = str(name), str(value).strip()
        if _SHORTEST <= len(value) <= _LONGEST and _may_tell(name, element) and (value.isdigit() or may_hold_date(value)):
            yield name, value


def _may_tell(name: str, element: etree._Element) -> bool:
    """Whether an attribute can hold the date of what its element shows."""
    if name == "title":
        return True
    if name == "datetime":
        return element.tag != "time"  # those are read in any case
    return name.startswith("data-") and bool(_DATEFUL.search(name)) and not _OTHER.search(name)


def _moment(name: str, value: str, habits: Habits) -> Moment | None:
    """The moment of a value that is a date and nothing else."""
    moment = read_machine(value) or (read_epoch(value) if name != "title" else None)
    if moment is None and is_whole(value, found := find_dates(value, habits)):
        moment = found[0].moment
    return moment
