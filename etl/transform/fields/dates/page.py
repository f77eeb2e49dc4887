"""When the story was published and updated, from all that its page says."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from etl.records import DateValue, Origin
from etl.transform.document import Document
from etl.transform.fields.dates.attributes import attribute_dates
from etl.transform.fields.dates.candidates import Candidate, Witness
from etl.transform.fields.dates.deciding import Choice, choose, differs, offset_of, printed_text, value_of
from etl.transform.fields.dates.declared import declared_dates, described_dates, state_dates, told_dates
from etl.transform.fields.dates.labels import Kind
from etl.transform.fields.dates.machine import read_machine
from etl.transform.fields.dates.printed import Habits, find_dates
from etl.transform.fields.dates.settling import order_shown, settle
from etl.transform.fields.dates.shown import relative_dates, shown_dates, text_without_year
from etl.transform.fields.dates.stated import in_stated_zone
from etl.transform.profiled import profile_found
from etl.transform.reading import Found, Story

_PROFILE = 30.0
"""Weight of what the publisher's profile finds: more than all other evidence together."""
_DECLARED = 5.0
"""Weight of a declared date from which on the scripts' state is not searched."""

_LIKELY = 3.0
"""Weight up to which a date leaves it worth while to look at unlikely places too."""


def extract_dates(document: Document, story: Story) -> tuple[Found[DateValue] | None, Found[DateValue] | None]:
    """(first publication, last update); neither is ever filled from the other, and an update is one only where it differs."""
    habits = habits_of(document, story)
    published, updated = choose(find_candidates(document, story, habits))
    if published is None and document.fetched_at:
        published, _ = choose(relative_dates(document, story, habits))
    first = value_of(published, habits.zone, _offset_beside(published, updated)) if published else None
    last = value_of(updated, habits.zone, _offset_beside(updated, published)) if updated else None
    repeated = None
    if first and last and not differs(last.value, first.value):
        repeated = updated if abs(last.value.at - first.value.at) < dt.timedelta(days=1) else None
        last = None
    if first and published and printed_text(published) is None:
        first = in_stated_zone(first, document) if habits.zone is None else first
        first = _as_shown(first, repeated, document, story, habits)
    return _with_told(document, habits, first, last) if document.hints else (first, last)


def _with_told(
    document: Document, habits: Habits, first: Found[DateValue] | None, last: Found[DateValue] | None
) -> tuple[Found[DateValue] | None, Found[DateValue] | None]:
    """The page's dates; what it lacks from its feed. A day that only the address tells is less than an instant."""
    told_first, told_last = told(document, habits)
    if first is None or first.origin is Origin.URL:
        first = told_first or first
    if last is None and told_last and (first is None or differs(told_last.value, first.value)):
        last = told_last
    return first, last


def told(document: Document, habits: Habits) -> tuple[Found[DateValue] | None, Found[DateValue] | None]:
    """(first publication, last update) by the page's feed, or by whoever kept the page."""
    candidates = _without_false_offsets(document, list(told_dates(document, habits)))
    first, last = choose(settle(candidates, document.fetched_at))
    return (value_of(first, habits.zone) if first else None), (value_of(last, habits.zone) if last else None)


def _as_shown(
    found: Found[DateValue], repeated: Choice | None, document: Document, story: Story, habits: Habits
) -> Found[DateValue]:
    """The date with its text as readers see it: printed as an update at the same time, or without the year; if it is shown."""
    text = printed_text(repeated) if repeated else None
    if text is None:
        text = text_without_year(document, story, habits, found.value)
    if text is None:
        return found
    return replace(found, value=replace(found.value, text=text), detail=f"{found.detail}; printed {text}")


_SAME_SEASON = dt.timedelta(days=40)


def _offset_beside(choice: Choice, other: Choice | None) -> dt.timedelta | None:
    """The page's offset from UTC as its other date gives it away, if no change of summer time is likely between the two."""
    if other is None or abs(choice.best.moment.wall - other.best.moment.wall) > _SAME_SEASON:
        return None
    return offset_of(other)


def find_candidates(document: Document, story: Story, habits: Habits) -> list[Candidate]:
    """Every date on the page that can be the story's, each with one reading."""
    found = _collect(document, story, habits)
    if any(c.moment.other_day for c in found) and (order := order_shown(document.blocks)):
        found = _collect(document, story, replace(habits, order=order))
    return settle(found, document.fetched_at)


def _collect(document: Document, story: Story, habits: Habits) -> list[Candidate]:
    found = [*_profiled(document, habits), *declared_dates(document, story, habits), *shown_dates(document, story, habits)]
    if max((c.weight for c in found if c.kind != "updated"), default=0) < _DECLARED:
        found += state_dates(document, habits)
        if max((c.weight for c in found if c.kind != "updated"), default=0) < _LIKELY:
            found += [*shown_dates(document, story, habits, anywhere=True), *described_dates(document, habits)]
            found += attribute_dates(document, story, habits)
    return _without_false_offsets(document, found)


def _without_false_offsets(document: Document, found: list[Candidate]) -> list[Candidate]:
    if not (document.profile and document.profile.false_offset):
        return found
    return [c if c.printed else replace(c, moment=replace(c.moment, zone=None)) for c in found]


def _profiled(document: Document, habits: Habits) -> Iterator[Candidate]:
    """What the publisher's profile finds."""
    kinds: tuple[Kind, ...] = ("published", "updated")
    for kind in kinds:
        found = profile_found(document, kind)
        if found is None:
            continue
        moment, text = read_machine(found.value), found.value
        printed = moment is None
        for line in find_dates(text, habits, odd=True) if moment is None else ():
            if line.kind in (kind, None) and moment is None:
                moment, text = line.moment, line.text
        if moment:
            yield Candidate(
                kind=kind,
                moment=moment,
                text=text,
                printed=printed,
                witness=Witness.PROFILE,
                weight=_PROFILE,
                detail=found.detail,
            )


# Top-level domains of countries that are sold as words.
_WORDS = frozenset(["ai", "am", "cc", "co", "dj", "eu", "fm", "gg", "io", "la", "ly", "me", "sh", "st", "su", "to", "tv", "ws"])
# en-GB, pt_BR
_REGION = re.compile(r"[a-z]{2,3}[-_](?:[a-z]{4}[-_])?([a-z]{2})", re.I)


def habits_of(document: Document, story: Story) -> Habits:
    """What the page's languages, the site's country and the publisher's profile say of its printed dates."""
    profile = document.profile
    tags = [document.root.get("lang") or "", document.root.get("xml:lang") or "", *document.meta("og:locale")]
    languages = [profile.language if profile else None, story.language, *(re.split("[-_]", tag)[0].lower() for tag in tags)]
    return Habits(
        languages=tuple(dict.fromkeys(tag for tag in [*languages, "en"] if tag)),
        order=profile.date_order if profile else None,
        zone=profile.time_zone if profile else None,
        country=country_of(document.url or f"https://{document.hints.get('publisher', '')}", tags),
    )


def country_of(url: str | None, tags: Iterable[str] = ()) -> str | None:
    """The site's country (ISO 3166, lower case): by its top-level domain, else by the region of its language tag."""
    top = (urlsplit(url or "").hostname or "").rpartition(".")[2]
    if len(top) == 2 and top not in _WORDS:
        return "gb" if top == "uk" else top
    regions = (match[1].lower() for tag in tags if (match := _REGION.fullmatch(tag.strip())))
    return next(regions, None)
