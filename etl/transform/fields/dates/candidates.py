"""A date found somewhere on a page, with what speaks for it: what the finding modules hand to the deciding one."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass

from etl.records import Origin
from etl.transform.fields.dates.labels import Kind
from etl.transform.fields.dates.machine import read_epoch, read_machine
from etl.transform.fields.dates.moment import Moment
from etl.transform.fields.dates.printed import Habits, find_dates


class Witness(enum.Enum):
    """Independent kinds of evidence: two dates of one kind count once."""

    PROFILE = enum.auto()
    FEED = enum.auto()
    LINKED_DATA = enum.auto()
    MICRODATA = enum.auto()
    META = enum.auto()
    TIME = enum.auto()
    PRINTED = enum.auto()
    STATE = enum.auto()
    ADDRESS = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One date of the page."""

    kind: Kind | None
    """What its place or label calls it; None where nothing does."""
    moment: Moment
    text: str
    """As it stands on the page."""
    printed: bool = False
    """Whether `text` is what a reader sees."""
    witness: Witness
    weight: float
    """How far it is trusted alone, 0 to 10."""
    detail: str
    """The exact place."""

    @property
    def origin(self) -> Origin:
        return _ORIGINS[self.witness]

    @property
    def days(self) -> frozenset[dt.date]:
        """The days it can mean: as written, and by UTC."""
        at = self.moment.at
        return frozenset({self.moment.day, at.date()} if at else {self.moment.day})


_ORIGINS = {
    Witness.PROFILE: Origin.PROFILE,
    Witness.FEED: Origin.FEED,
    Witness.LINKED_DATA: Origin.JSON_LD,
    Witness.MICRODATA: Origin.MICRODATA,
    Witness.META: Origin.META,
    Witness.TIME: Origin.HTML,
    Witness.PRINTED: Origin.HTML,
    Witness.STATE: Origin.HEURISTIC,
    Witness.ADDRESS: Origin.URL,
}


def read(text: str, habits: Habits) -> Moment | None:
    """The moment of a text in a field that holds dates: any machine form, an epoch, or one printed date."""
    moment = read_machine(text) or read_epoch(text)
    if moment is None:
        found = find_dates(text, habits, odd=True)
        moment = found[0].moment if len(found) == 1 else None
    return moment
