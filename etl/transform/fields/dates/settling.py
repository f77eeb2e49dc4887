"""Dates that a text alone leaves open – `01/02/2021`, `06.01.26`, the year 2099 – settled by what else the page says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from etl.transform.blocks import TextBlock
from etl.transform.fields.dates.candidates import Candidate, Witness
from etl.transform.fields.dates.parsing import AHEAD, plausible
from etl.transform.fields.dates.printed import Order

_BY_HABIT = 0.5
"""Factor for a date whose day and month only the language's habit tells apart."""
_SHORT = 0.7
"""Factor for a year of two digits that no other date confirms."""
_BEFORE_THE_WEB = 0.2
"""Factor for an unlabelled day before 1990: likelier a birthday than an archive's."""
# 13/02/2021 or 02/13/2021: only one reading
_SLASHED = re.compile(r"(?<![\d/.\-])(\d{1,2})([/\-])(\d{1,2})\2\d{4}(?![\d/\-])")


def order_shown(blocks: Sequence[TextBlock]) -> Order | None:
    """The order of day and month that the page's numeric dates show; None where none does, or they differ."""
    pairs = [(int(m[1]), int(m[3])) for block in blocks for m in _SLASHED.finditer(block.text)]
    day_first = any(first > 12 >= second for first, second in pairs)
    month_first = any(second > 12 >= first for first, second in pairs)
    if day_first == month_first:
        return None
    return "DMY" if day_first else "MDY"


def settle(candidates: Sequence[Candidate], fetched_at: dt.datetime | None) -> list[Candidate]:
    """The candidates that can be dates of a story, each with one reading: confirmed by another, or at less weight, or dropped.

    A year of two digits needs another date that confirms it, or a time of capture that it does not pass. A date more than two
    days after the capture is dropped, unless two kinds of witness agree on it: then the time of capture is what is wrong (the
    time of a copied file is the copy's, or an older one's).
    """
    possible = [c for c in candidates if plausible(c.moment.at or c.moment.wall.replace(tzinfo=dt.UTC), None)]
    if fetched_at is not None:
        latest = (fetched_at + AHEAD).replace(tzinfo=None)
        late = [c for c in possible if c.moment.wall > latest]
        possible = [c for c in possible if c.moment.wall <= latest or _confirmed(c, late)]
    sure = frozenset(day for c in possible if c.moment.certain for day in c.days)
    return [settled for c in possible if (settled := _settled(c, sure, fetched_at))]


def _confirmed(candidate: Candidate, others: Iterable[Candidate]) -> bool:
    return len({_KINDS_OF_WITNESS[c.witness] for c in others if c.days & candidate.days}) > 1


_KINDS_OF_WITNESS = {
    Witness.PROFILE: "shown",
    Witness.TIME: "shown",
    Witness.PRINTED: "shown",
    Witness.ADDRESS: "address",
    Witness.FEED: "feed",
    Witness.LINKED_DATA: "declared",
    Witness.MICRODATA: "declared",
    Witness.META: "declared",
    Witness.STATE: "declared",
}


def _settled(candidate: Candidate, sure: frozenset[dt.date], fetched_at: dt.datetime | None) -> Candidate | None:
    moment, weight = candidate.moment, candidate.weight
    if candidate.kind is None and moment.wall.year < 1990:
        weight *= _BEFORE_THE_WEB
    other = moment.other_day
    if other in sure and moment.day not in sure:
        moment = replace(moment, wall=dt.datetime.combine(other, moment.wall.time()))
    elif other and moment.day not in sure:
        weight *= _BY_HABIT
    if moment.short_year and moment.day not in sure:
        if fetched_at is None or moment.day > (fetched_at + AHEAD).date():
            return None
        weight *= _SHORT
    if weight == candidate.weight and moment.certain:
        return candidate
    return replace(candidate, moment=replace(moment, other_day=None, short_year=False), weight=weight)
