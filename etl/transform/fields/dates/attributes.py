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
from etl.transform.fields.dates.printed import Habits, find_dates
from etl.transform.reading import Story

_ATTRIBUTE, _LABELLED = 2.0, 0.5
"""Trust in such a date, and what a name that calls it a publication adds."""
_BESIDE_HEAD = 3.9
"""Trust in a place (see `Places`) from which on it is one between headline and text, or just over the headline."""
_SHORTEST, _LONGEST = 8, 60
_DATEFUL = re.compile(r"date|time|publi|created|(?:^|-)u?ts$")
_OTHER = re.compile(r"expir|end|start|event|until|timeout|duration|zone|format|now|render|update")


def attribute_dates(document: Document, story: Story, habits: Habits) -> Iterator[Candidate]:
    """All of them, in the page's order."""
    places, blocks = Places(story), document.blocks
    starts = {block.element: block for block in reversed(blocks)}
    block = None
    for element in document.root.iter(etree.Element):
        block = starts.get(element, block)
        if block is None or not element.attrib:
            continue
        for name, value in element.attrib.items():
            name, value = str(name), str(value).strip()
            if not (_SHORTEST <= len(value) <= _LONGEST and _may_tell(name, element)):
                continue
            if places.is_text(block) or places.trust(block) < _BESIDE_HEAD:
                break
            kind = kind_of_names(f"{name} {element.get('class') or ''}")
            if kind != "updated" and (moment := _moment(name, value, habits)):
                weight = _ATTRIBUTE + (_LABELLED if kind else 0)
                yield Candidate(
                    kind=kind, moment=moment, text=value, witness=Witness.TIME, weight=weight, detail=f"{element.tag!s} @{name}"
                )


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
