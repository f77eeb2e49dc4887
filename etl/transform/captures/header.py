"""What stands round a capture's headline and tells of the story: dates, authors, standfirst."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from etl.records import Author, AuthorKind, DateValue, Origin, Precision
from etl.transform import words
from etl.transform.captures.density import META, Kind
from etl.transform.captures.kinds import is_byline
from etl.transform.captures.lines import halved
from etl.transform.captures.outline import Reading
from etl.transform.fields.authors.bylines import parse_byline
from etl.transform.fields.authors.kinds import agency_spelling, is_person, is_role
from etl.transform.fields.credit import split_credit
from etl.transform.fields.dates.labels import strip_label
from etl.transform.fields.dates.machine import read_machine
from etl.transform.fields.dates.moment import Moment, resolve
from etl.transform.fields.dates.parsing import parse_date, plausible
from etl.transform.fields.dates.printed import find_dates
from etl.transform.reading import Found

_SEGMENT = re.compile(r"\s*[|•·‖]\s*")
_NAME_SEGMENT = re.compile(r"\s*[|•·‖]\s*|\s+[/–—-]\s+")
_LABEL_COLON = re.compile(r"^(\w{2,12})\s?[:：]\s*")  # "Von: Jane Roe"
_GLUED = re.compile(r"^(by|von|par|por)(?=[^\W\d_a-z])", re.I)  # "byJane Roe"
_SURE = 0.75
_JOINER = re.compile(r"^(?:and|und|et|y|e|en|och|og|&)\s+(?=\S)", re.I)  # "and last updated 2019-11-19 10:49:10-05"
_SIGNATURE = re.compile(r"[(（\[]([^()（）\[\]]{2,60})[)）\]][.\s]*$")  # "… of the city. (dpa)"
_MAX_NAME_LINE = 120
_MAX_ODD = 60
_MIN_STANDFIRST = 5
"""Words of a standfirst that is no sentence."""
_CRUMB = re.compile(r"\s+[›»>]\s+")  # "Home › News › Harbour"


def read_dates(reading: Reading, base: dt.datetime | None, known: Iterable[dt.date]) -> tuple[DateValue | None, DateValue | None]:
    """When the story was published and updated.

    `base` is the time of capture, from which relative dates count; `known` are days told otherwise (by the address), which settle
    a date of figures that could be read both ways.
    """
    published: DateValue | None = None
    updated: DateValue | None = None
    for numbers in (reading.header, reading.above, reading.below):
        for kind, value in _dates(reading, numbers, base, frozenset(known)):
            if kind == "updated":
                updated = updated or value
            elif published is None or _is_finer(value, published):
                published = value
        if published or updated:
            break
    return published, updated


def _is_finer(value: DateValue, known: DateValue) -> bool:
    """The same day again, this time with the time of day."""
    return value.day == known.day and known.precision is Precision.DAY and value.precision is not Precision.DAY


def _dates(
    reading: Reading, numbers: range, base: dt.datetime | None, known: frozenset[dt.date]
) -> Iterator[tuple[str | None, DateValue]]:
    lone: str | None = None
    for n in numbers:
        if numbers.step > 0 and reading.kinds[n] in _BELOW_ENDS:
            return
        text = reading.lines[n].text
        if reading.kinds[n] not in _DATED:
            continue
        for segment in _SEGMENT.split(text):
            kind, rest = strip_label(_JOINER.sub("", segment))
            if kind and not rest.strip(" :"):
                lone = kind
                continue
            for value_kind, value in _values(reading, segment, kind, rest, base, known):
                yield value_kind or lone, value
                lone = None


_BELOW_ENDS = frozenset([Kind.COMMENTS, Kind.BLOCK])
_DATED = frozenset([Kind.DATE, Kind.BYLINE, Kind.SHORT, Kind.FRAME])


def _values(
    reading: Reading, segment: str, kind: str | None, rest: str, base: dt.datetime | None, known: frozenset[dt.date]
) -> Iterator[tuple[str | None, DateValue]]:
    zone = reading.vocabulary.habits.zone
    if moment := read_machine(rest):
        if value := _resolved(moment, zone, rest, base, known):
            yield kind, value
        return
    found = find_dates(segment, reading.vocabulary.habits, odd=len(segment) <= _MAX_ODD)
    for printed in found:
        if value := _resolved(printed.moment, zone, printed.text, base, known):
            yield printed.kind, value
    if not found and base and (kind or len(rest) < 25):
        relative = parse_date(rest, language=reading.language, zone=zone, base=base)
        if relative:
            yield kind, relative


def _resolved(
    moment: Moment, zone: str | None, text: str, base: dt.datetime | None, known: frozenset[dt.date]
) -> DateValue | None:
    if moment.other_day:
        settled = _settled(moment, known)
        if settled is None:
            return None
        moment = settled
    value = resolve(moment, zone, text)
    return value if value and plausible(value.at, base) else None


def _settled(moment: Moment, known: frozenset[dt.date]) -> Moment | None:
    """The reading of `01/02/2021` that lies nearest to a day told otherwise."""
    near = {day + dt.timedelta(days=offset) for day in known for offset in (-1, 0, 1)}
    fits = [day for day in (moment.wall.date(), moment.other_day) if day in near]
    if len(fits) != 1:
        return None
    return Moment(wall=dt.datetime.combine(fits[0], moment.wall.time()), zone=moment.zone, precision=moment.precision)


def read_authors(reading: Reading) -> tuple[Author, ...]:
    """Who is credited: by a labelled by-line, a name between headline and text, a line under it, a signature."""
    return (
        _labelled(reading, (*reading.header, *reading.above))
        or _beside_dates(reading)
        or _names(reading)
        or _labelled(reading, reading.below)
        or _sources(reading)
        or _signature(reading)
    )


def _labelled(reading: Reading, numbers: Iterable[int]) -> tuple[Author, ...]:
    found: dict[str, Author] = {}
    for n in numbers:
        text = reading.lines[n].text
        if reading.kinds[n] is Kind.BYLINE:
            authors = _parse(reading, text) or _around(reading, n)
        elif reading.kinds[n] is Kind.DATE and is_byline(undated := _undated(reading, text), reading.language):
            authors = _parse(reading, undated)
        elif found:
            break
        else:
            continue
        found.update((author.name.casefold(), author) for author in authors if author.name.casefold() not in found)
    return tuple(found.values())


def _undated(reading: Reading, text: str) -> str:
    """`by Jane Roe Apr. 28, 2023 1:15 pm` without its date."""
    for printed in find_dates(text, reading.vocabulary.habits):
        text = text.replace(printed.text, "")
    return text.strip(" ,|-–—·•")


def _around(reading: Reading, n: int) -> tuple[Author, ...]:
    """The names under a label that stands alone on its line, or over it (`Jane Roe`, `Author`)."""
    for k in (n + 1, n - 1):
        if 0 <= k < len(reading.lines) and reading.kinds[k] in _NAMED and len(reading.lines[k].text) <= _MAX_NAME_LINE:
            authors = _parse(reading, reading.lines[k].text)
            if authors and all(len(author.name.split()) <= 4 for author in authors):
                return authors
    return ()


_NAMED = frozenset([Kind.SHORT, Kind.CREDIT, Kind.BYLINE])


def _beside_dates(reading: Reading) -> tuple[Author, ...]:
    """`Jane Roe | 1 March 2022`: a part of a date line that is a name or an agency."""
    for n in reading.header:
        if reading.kinds[n] is not Kind.DATE:
            continue
        for segment in _NAME_SEGMENT.split(reading.lines[n].text):
            if not any(char.isdigit() for char in segment) and (authors := _credited(reading, segment)):
                return authors
    return ()


def _names(reading: Reading) -> tuple[Author, ...]:
    """Lines of names without a label, where by-lines stand."""
    credited = {n: authors for n in (*reading.header, *reading.above) if (authors := _on_line(reading, n))}
    places = {n: _place(reading, n) for n in credited}
    best = max(places, key=lambda n: places[n], default=None)
    if best is None or places[best] < _SURE:
        return ()
    first = best
    while first - 1 in credited and reading.kinds[first - 1] is Kind.SHORT:
        first -= 1
    found: dict[str, Author] = {}
    for n in range(first, len(reading.lines)):
        if n not in credited or (n > best and reading.kinds[n] is not Kind.SHORT):
            break
        found |= {author.name.casefold(): author for author in credited[n] if author.name.casefold() not in found}
    return tuple(found.values())


def _on_line(reading: Reading, n: int) -> tuple[Author, ...]:
    """The authors that a line without a label can name."""
    text = halved(reading.lines[n].text)
    if reading.kinds[n] is Kind.SHORT:
        return _credited(reading, text)
    if (
        reading.kinds[n] is not Kind.CREDIT
        or split_credit(text)[0] is not None
        or reading.lines[n - 1].folded in words.every("images", "labels")
    ):
        return ()
    # An agency alone is a picture's unless the date stands beside it.
    dated = Kind.DATE in reading.kinds[max(0, n - 1) : n + 2]
    authors = _credited(reading, text)
    return authors if dated or any(author.kind is AuthorKind.PERSON for author in authors) else ()


def _place(reading: Reading, n: int) -> float:
    """How much the place of a line speaks for its being a by-line, rather than a caption, a place or a section."""
    kinds, title = reading.kinds, reading.outline.title
    if n < title:
        return 1.0 if Kind.DATE in kinds[max(0, n - 1) : n + 2] else 0.0
    before = next((k for k in range(n - 1, title, -1) if kinds[k] is not Kind.FRAME), title)
    after = [k for k in range(n + 1, len(kinds)) if kinds[k] is not Kind.FRAME][:2]
    score = 2.0 if _without_agency(reading.lines[n].text) else 0.0
    if before == title:
        score += 1.5
    elif kinds[before] is Kind.DATE:
        score += 1.0
    elif kinds[before] is Kind.PROSE:
        score += 0.5
    for distance, k in enumerate(after):
        if kinds[k] is Kind.DATE:
            score += 1.0 - 0.3 * distance
            break
    if after and after[0] == reading.outline.body.start:
        score += 1.0
    if after and is_role(reading.lines[after[0]].text):
        score += 1.5
    # A name with a picture's credit under it is who is in the picture.
    return score - (
        1.0 if after and kinds[after[0]] is Kind.CREDIT and split_credit(reading.lines[after[0]].text)[0] is None else 0.0
    )


def _credited(reading: Reading, text: str) -> tuple[Author, ...]:
    """The authors of an unlabelled line; none where it can be anything but names."""
    if not 2 < len(text) <= _MAX_NAME_LINE:
        return ()
    authors = _parse(reading, text)
    return authors if all(_is_certain(author, text) for author in authors) else ()


def _is_certain(author: Author, text: str) -> bool:
    if author.kind is not AuthorKind.PERSON:
        return agency_spelling(author.name) is not None
    as_printed = author.name in text or author.name.upper() in text  # `Apartment fire` is no name
    return as_printed and is_person(author.name)


def _without_agency(name: str) -> str | None:
    """`Jane Roe Reuters` → `Jane Roe`; None where no agency ends the name."""
    parts = name.split()
    for size in (3, 2, 1):
        if len(parts) >= size + 2 and agency_spelling(" ".join(parts[-size:])):
            return " ".join(parts[:-size])
    return None


def _sources(reading: Reading) -> tuple[Author, ...]:
    """`Source: dpa` under the text: the agency that wrote it."""
    for n in (*reading.below, *reversed(reading.outline.body)):
        if reading.kinds[n] is Kind.CREDIT and n >= reading.outline.body.stop - 3:
            caption, credit = split_credit(reading.lines[n].text)
            if caption is None and credit and agency_spelling(credit):
                return _parse(reading, credit)
    return ()


def _signature(reading: Reading) -> tuple[Author, ...]:
    """`(dpa)` or `(Jane Roe)` at the end of the text."""
    last = next((n for n in reversed(reading.outline.body) if reading.kinds[n] is Kind.PROSE), None)
    match = _SIGNATURE.search(reading.lines[last].text) if last is not None else None
    return _credited(reading, match[1]) if match else ()


def _parse(reading: Reading, text: str) -> tuple[Author, ...]:
    variants = (text, _LABEL_COLON.sub(r"\1 ", text), _GLUED.sub(r"\1 ", text))
    parsed = (
        parse_byline(variant, language=reading.language, site_names=reading.site.names) for variant in dict.fromkeys(variants)
    )
    authors = next((authors for authors in parsed if authors), ())
    return tuple(replace(author, name=_without_agency(author.name) or author.name) for author in authors)


def read_subtitle(reading: Reading) -> str | None:
    """The sentence between headline and by-line or date; None where nothing parts it from the text."""
    header = reading.header
    meta = next((n for n in header if reading.kinds[n] in META), None)
    if meta is None:
        meta = next((n for n in header if reading.kinds[n] is Kind.SHORT and _credited(reading, reading.lines[n].text)), None)
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
        if len(parts) > 1 and all(len(part) < 40 for part in parts[:2]):
            title = reading.lines[reading.outline.title].text
            inner = [part for part in parts if not title.startswith(part.rstrip(".…"))]
            return Found(inner[-1], Origin.TEXT, f"line {n + 1}") if len(inner) > 1 else None
    return None
