"""Which of a page's dates is the story's: evidence weighed, printed and machine-readable forms joined to one value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from etl.records import DateValue, Precision
from etl.transform.fields.dates.agreement import agreement, offset_between, same_clock
from etl.transform.fields.dates.candidates import Candidate, Witness
from etl.transform.fields.dates.moment import Moment, resolve
from etl.transform.reading import Found

_SUPPORT = 0.45
"""What a further kind of witness adds of its own weight when it agrees."""
_ENOUGH = 1.5
"""Evidence below this is no finding."""
_SAME = 0.55
"""Agreement from which two dates are one."""
_SAME_MINUTE = 0.9
"""Agreement of two dates that are the same to the minute, whatever their zones."""
_SAME_DAY = 0.8
"""Agreement of two dates that are the same as far as both tell."""
_VISIBLE = 2.0
"""Weight from which on a printed date is the story's date line."""
_MOST = 30
"""Dates of a page that are weighed."""
_DECLARED = 8.0
"""Weight from which on a date is declared by the page in so many words."""
_SHOWN = frozenset([Witness.PRINTED, Witness.TIME])
_AT_HEAD = 3.9
"""Weight from which on a date is shown where a story's date line stands; see `Places`."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A date chosen, and all that agree with it."""

    best: Candidate
    agreeing: tuple[Candidate, ...]


def choose(candidates: Sequence[Candidate]) -> tuple[Choice | None, Choice | None]:
    """(publication, update) as the evidence has it."""
    candidates = _restamped(_foremost(candidates))
    published = _choose([c for c in candidates if c.kind != "updated"])
    updates = [c for c in candidates if c.kind == "updated"]
    if published is None:
        return None, _choose(updates)
    shown = [replace(c, kind="updated") for c in candidates if c.kind is None and _is_shown_update(c, updates, published.best)]
    return published, _choose([*updates, *shown])


def _is_shown_update(candidate: Candidate, updates: Iterable[Candidate], published: Candidate) -> bool:
    """Whether a date without a label is the declared update, not the publication."""
    closest = max((agreement(candidate.moment, update.moment) for update in updates), default=0)
    return closest >= _SAME and closest > agreement(candidate.moment, published.moment)


def _foremost(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The weightiest, each date once a kind and witness: a page can list hundreds of other stories' dates."""
    seen: dict[tuple[object, ...], Candidate] = {}
    for candidate in sorted(candidates, key=lambda c: -c.weight):
        key = (candidate.kind, candidate.witness, candidate.moment.wall, candidate.moment.at)
        if len(seen) < _MOST:
            seen.setdefault(key, candidate)
    return list(seen.values())


def _restamped(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates of a page that was changed on a later day than it was published, each called what it is.

    Where the page shows its readers no day but the update's, and calls it no update, that is the day it is dated by, and the
    earlier one is dropped. Otherwise the earlier publication that the page declares tells the update from the publication, also
    in places that call the update a publication.
    """
    updates = [c for c in candidates if c.kind == "updated" and c.weight >= _DECLARED]
    if not updates:
        return list(candidates)
    originals = [c for c in candidates if c.kind == "published" and c.weight >= _DECLARED and not _any_agrees(c, updates)]
    first = min(originals, key=lambda c: c.moment.wall, default=None)
    if first is None or first.moment.wall > min(u.moment.wall for u in updates):
        return list(candidates)

    def is_update(candidate: Candidate) -> bool:
        return _any_agrees(candidate, updates) and agreement(candidate.moment, first.moment) < _SAME

    if _shows_only_update(candidates, first, is_update):
        return [replace(c, kind="published") if is_update(c) else c for c in candidates if c.kind == "updated" or is_update(c)]
    return [replace(c, kind="updated") if c.kind != "updated" and is_update(c) else c for c in candidates]


def _shows_only_update(candidates: Iterable[Candidate], first: Candidate, is_update: Callable[[Candidate], bool]) -> bool:
    """Whether readers see the update's day as the story's, and the first publication's neither there nor in the address, nor is
    that the page's `date`.

    A `time` element that calls the day an update is its markup's word against the printed line.
    """
    found = False
    for candidate in candidates:
        near = candidate.witness in _SHOWN and candidate.weight >= _AT_HEAD
        if near and is_update(candidate):
            if candidate.kind != "updated":
                found = True
            elif candidate.witness is Witness.TIME:
                return False
        elif (near or _tells_day_plainly(candidate)) and agreement(candidate.moment, first.moment) >= _SAME:
            return False
    return found


def _tells_day_plainly(candidate: Candidate) -> bool:
    """The day in the story's address, or the page's `date`."""
    return candidate.witness is Witness.ADDRESS or (candidate.kind is None and candidate.witness is Witness.META)


def _any_agrees(candidate: Candidate, others: Iterable[Candidate]) -> bool:
    return any(agreement(candidate.moment, other.moment) >= _SAME_DAY for other in others)


def _choose(candidates: Sequence[Candidate]) -> Choice | None:
    scores = [_score(c, candidates) for c in candidates]
    if max(scores, default=0) < _ENOUGH:
        return None
    _, best = max(zip(scores, candidates, strict=True), key=lambda pair: (pair[0], pair[1].moment.timed))
    return Choice(best, tuple(c for c in candidates if c is best or agreement(c.moment, best.moment) >= _SAME))


def _score(candidate: Candidate, others: Iterable[Candidate]) -> float:
    """The candidate's own weight and that of the other kinds of witness; a label given to the same date elsewhere counts too."""
    support: dict[Witness, float] = {}
    for other in others:
        if other.witness is not candidate.witness or (candidate.kind is None and other.kind):
            weight = other.weight * agreement(candidate.moment, other.moment)
            support[other.witness] = max(support.get(other.witness, 0), weight)
    return candidate.weight + _SUPPORT * sum(support.values())


def value_of(choice: Choice, zone: str | None, offset: dt.timedelta | None = None) -> Found[DateValue] | None:
    """The record's value: the best instant, the text and the day as printed, and how they came together.

    `offset` is the page's from UTC, where another of its dates gives it away: for a time that names no zone and has no
    publisher's.
    """
    best = choice.best
    exact = _exact(choice)
    printed = max(_shown(choice, exact), key=lambda c: (c.weight, c.moment.timed), default=None)
    moment = _with_true_zone(exact.moment, choice.agreeing)
    if moment.timed and moment.wall.time() == dt.time() and not (printed and printed.moment.timed):
        moment = replace(moment, precision=Precision.DAY)
    details = [best.detail]
    if exact is not best:
        details.append(f"time of {exact.detail}")
    if printed and printed is not exact:
        details.append(f"printed at {printed.detail}")
    if moment.timed and moment.zone is None and zone is None and offset is not None:
        moment = replace(moment, zone=dt.timezone(offset))
        details.append(f"UTC{_sign(offset)} as of the other date")
    value = resolve(moment, zone, (printed or best).text)
    if value is None:
        return None
    if zone is None and moment.zone == dt.UTC and moment.at:
        value, note = _in_local_time(value, moment.at, choice, exact)
        details += note
    return Found(value, best.origin, "; ".join(details))


def _exact(choice: Choice) -> Candidate:
    """Of the dates that agree the one that tells the instant best: with time and zone, and with the most evidence for it."""
    best = choice.best
    timed = [c for c in choice.agreeing if _tells_time(c.moment)]
    if _tells_time(best.moment):
        timed = [c for c in timed if agreement(c.moment, best.moment) >= _SAME_MINUTE]
    pool = [c for c in timed if c.moment.at] or timed
    local = [c.moment for c in pool if c.moment.at]

    def evidence(candidate: Candidate) -> float:
        weights: dict[Witness, float] = {}
        for other in timed:
            if agreement(candidate.moment, other.moment) == 1.0 or _same_in_utc(candidate.moment, other.moment, local):
                weights[other.witness] = max(weights.get(other.witness, 0), other.weight)
        return sum(weights.values())

    return max(pool or [best], key=lambda c: (evidence(c), c is best, c.weight))


def _same_in_utc(zoned: Moment, clock: Moment, others: Iterable[Moment]) -> bool:
    """Whether a clock without a zone, as programs write UTC, is the instant that another date tells with one; not where it is
    the local time of one of the others.
    """
    if zoned.at is None or clock.zone is not None or any(same_clock(other, clock) for other in others):
        return False
    return same_clock(replace(zoned, wall=_utc(zoned.at)), clock)


def _utc(at: dt.datetime) -> dt.datetime:
    return at.astimezone(dt.UTC).replace(tzinfo=None)


def _tells_time(moment: Moment) -> bool:
    """Midnight to the second is what programs write for a day."""
    return moment.timed and moment.wall.time() != dt.time()


def _with_true_zone(moment: Moment, agreeing: Iterable[Candidate]) -> Moment:
    """The moment with the offset of another date that shows the same clock: `Z` is often put behind local time, +02:00 is not."""
    if moment.at is None or moment.wall != moment.at.replace(tzinfo=None):
        return moment
    for other in agreeing:
        if other.moment.at and other.moment.at != moment.at and same_clock(other.moment, moment):
            return replace(moment, zone=other.moment.zone)
    return moment


def printed_text(choice: Choice) -> str | None:
    """The date as readers see it; None where only machines do."""
    shown = max(_shown(choice, _exact(choice)), key=lambda c: c.weight, default=None)
    return shown.text if shown else None


def _shown(choice: Choice, exact: Candidate) -> list[Candidate]:
    """The dates among those that agree that readers see as this one: by their place, or as they agree to the minute."""
    return [
        c
        for c in choice.agreeing
        if c.printed
        and (c is choice.best or c.weight >= _VISIBLE or c.moment.timed)
        and (c is exact or not (c.moment.timed and exact.moment.timed) or agreement(c.moment, exact.moment) >= _SAME_MINUTE)
    ]


def _in_local_time(value: DateValue, at: dt.datetime, choice: Choice, exact: Candidate) -> tuple[DateValue, list[str]]:
    """The value, whose time the machine gives in UTC, with its day, and its offset, as a reader of the page sees them."""
    for clock in sorted(_shown(choice, exact), key=lambda c: (not c.moment.timed, -c.weight)):
        offset = None if clock.moment.zone else offset_between(clock.moment, at)
        if not offset:
            return replace(value, day=clock.moment.day), []
        minutes = round(offset.total_seconds() / 60)
        return replace(value, day=clock.moment.day, utc_offset=minutes), [f"shown at UTC{_sign(offset)}"]
    for address in (c for c in choice.agreeing if c.witness is Witness.ADDRESS):
        return replace(value, day=address.moment.day), ["day of the address"]
    return value, []


def offset_of(choice: Choice) -> dt.timedelta | None:
    """The page's offset from UTC, as a date gives it away: by its own offset, or by its clock beside the same instant in UTC."""
    for zoned in (c.moment for c in choice.agreeing):
        if zoned.at is None:
            continue
        if offset := zoned.wall - zoned.at.replace(tzinfo=None):
            return offset
        for clock in (c.moment for c in _shown(choice, choice.best) if c.moment.zone is None):
            if found := offset_between(clock, zoned.at):
                return found
    return None


def _sign(offset: dt.timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def differs(updated: DateValue, published: DateValue) -> bool:
    """Whether an update tells more than the publication: a later day, or, where both give times, a later minute."""
    if Precision.DAY in (updated.precision, published.precision):
        return updated.day > published.day
    return updated.at - published.at >= dt.timedelta(minutes=1)
