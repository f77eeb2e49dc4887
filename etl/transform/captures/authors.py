"""Who is credited with a text capture's story."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from etl.records import Author, AuthorKind
from etl.transform import words
from etl.transform.captures.density import Kind
from etl.transform.captures.kinds import is_byline
from etl.transform.captures.lines import halved
from etl.transform.captures.outline import Reading
from etl.transform.fields.authors.bylines import parse_byline
from etl.transform.fields.authors.kinds import agency_spelling, is_person, is_role
from etl.transform.fields.credit import split_credit
from etl.transform.fields.dates.printed import find_dates

_SEGMENT = re.compile(r"\s*[|•·‖]\s*|\s+[/–—-]\s+")
_LABEL_COLON = re.compile(r"^(\w{2,12})\s?[:：]\s*")  # "Von: Jane Roe"
_SIGNATURE = re.compile(r"[(（\[]([^()（）\[\]]{2,60})[)）\]][.\s]*$")  # "… of the city. (dpa)"
_NAMED = frozenset([Kind.SHORT, Kind.CREDIT, Kind.BYLINE])
_MAX_NAME_LINE = 120
_SURE = 0.75
"""What the place of a line must be worth for a name without a label to be the author's."""


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


def _beside_dates(reading: Reading) -> tuple[Author, ...]:
    """`Jane Roe | 1 March 2022`: a part of a date line that is a name or an agency."""
    for n in reading.header:
        if reading.kinds[n] is not Kind.DATE:
            continue
        for segment in _SEGMENT.split(reading.lines[n].text):
            if not any(char.isdigit() for char in segment) and (authors := credited(reading, segment)):
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
        return credited(reading, text)
    labelled = reading.lines[n - 1].folded in words.every("images", "labels")
    if reading.kinds[n] is not Kind.CREDIT or labelled or split_credit(text)[0] is not None:
        return ()
    # An agency alone is a picture's unless the date stands beside it.
    dated = Kind.DATE in reading.kinds[max(0, n - 1) : n + 2]
    authors = credited(reading, text)
    return authors if dated or any(author.kind is AuthorKind.PERSON for author in authors) else ()


def _place(reading: Reading, n: int) -> float:
    """How much the place of a line speaks for its being a by-line, rather than a caption, a place or a section."""
    kinds, title = reading.kinds, reading.outline.title
    if n < title:
        return 1.0 if Kind.DATE in kinds[max(0, n - 1) : n + 2] else 0.0
    before = next((k for k in range(n - 1, title, -1) if kinds[k] is not Kind.FRAME), title)
    after = list(itertools.islice((k for k in range(n + 1, len(kinds)) if kinds[k] is not Kind.FRAME), 2))
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
    if after and kinds[after[0]] is Kind.CREDIT and split_credit(reading.lines[after[0]].text)[0] is None:
        score -= 1.0  # a name with a picture's credit under it is who is in the picture
    return score


def credited(reading: Reading, text: str) -> tuple[Author, ...]:
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
    return credited(reading, match[1]) if match else ()


def _parse(reading: Reading, text: str) -> tuple[Author, ...]:
    for variant in (text, _LABEL_COLON.sub(r"\1 ", text), _glued().sub(r"\1 ", text)):
        if authors := parse_byline(variant, language=reading.language, site_names=reading.site.names):
            return tuple(replace(author, name=_without_agency(author.name) or author.name) for author in authors)
    return ()


@cache
def _glued() -> re.Pattern[str]:
    """`byJane Roe`: the space between two elements is lost with the tags."""
    return re.compile(rf"^({'|'.join(words.every('authors', 'prepositions'))})(?=(?-i:[^\W\d_a-z]))", re.I)
