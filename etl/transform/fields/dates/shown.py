"""The dates that a page shows its readers: printed lines and `time` elements, told by place, label and class.

A story's date stands between headline and text, just over the headline, or right after the text. What stands in comments,
teasers, menus, the page's head or foot, or inside a sentence is another date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from etl.records import DateValue
from etl.transform import hints
from etl.transform.blocks import TextBlock
from etl.transform.document import Document
from etl.transform.fields.dates.candidates import Candidate, Witness, read
from etl.transform.fields.dates.labels import Kind, kind_before, strip_label
from etl.transform.fields.dates.markup import kind_of_class
from etl.transform.fields.dates.parsing import relative_moment
from etl.transform.fields.dates.places import Places
from etl.transform.fields.dates.printed import Habits, Printed, find_dates
from etl.transform.fields.dates.yearless import yearless_text
from etl.transform.reading import Story
from etl.transform.text import clean

_LABELLED = 2.5
"""What a label adds to the trust in a date's place."""
_MARKED = 0.5
"""What a class that says `date` adds."""
_TEASED = 1.3
"""Trust up to which a likely place stands inside a box of other stories: a class that says `date` is theirs there."""
_PHRASE = 20
"""Letters beside the date that take one off its weight in the middle of the story's text, labelled or not."""
_OF_DATELINE = 2.6
"""Trust in the day of a dateline."""
_LONGEST_LINE = 500
_LONGEST_WITHIN = 120
"""Characters of a date line that was taken for part of the story's text."""
_SENTENCE = 70
"""Letters beside the date from which on an unlabelled line is a sentence with a date in it, not a date line."""
_SENTENCE_AFTER = 45
"""The same after the story's text, where the notes and teasers are."""
_DATELINE = 45
"""Characters at a story's start in which a dateline has its day: `(18.01.2018)`, `Berlin, 5. März 2019 –`."""
_NEAR = 3.0
"""Trust from which on a place is one where date lines stand."""
_MOST_TIMES = 200
_HIDDEN = 0.6
"""Trust in a date whose place shows readers nothing, or what is written for machines."""
_UNLIKELY = 0.4
"""Trust up to which a place is looked at only when the others give nothing."""


def shown_dates(document: Document, story: Story, habits: Habits, *, anywhere: bool = False) -> Iterator[Candidate]:
    """The dates of printed lines, then those of `time` elements.

    Places that are unlikely ones for a story's date (side bars, page heads, menus) are looked at with `anywhere` only.
    """
    least = 0 if anywhere else _UNLIKELY
    blocks = document.blocks
    places = Places(story)
    lines: dict[int, tuple[Printed, ...]] = {}
    dated: list[tuple[TextBlock, float]] = []
    for block in _promising([block for block in blocks if _may_be_line(block, places)]):
        text = block.text[:_LONGEST_LINE]
        dateful = _is_dateful(block)
        if len(text) > _LONGEST_WITHIN and places.is_text(block) and not dateful:
            text = text[: 2 * _DATELINE]
        weight = places.trust(block)
        if weight <= least:
            continue
        if found := find_dates(text, habits) or (_in_pieces(block, habits) if dateful else ()):
            lines[block.index] = found
            dated.append((block, weight))
    listed = _listed([block for block, _ in dated if places.is_after(block)])
    for block, weight in dated:
        for printed in lines[block.index]:
            candidate = _printed(block, printed, lines[block.index], weight, blocks, places)
            if candidate and (candidate.kind or block not in listed):
                yield candidate
    yield from _times(document, lines, places, habits, least)


def _listed(after: Sequence[TextBlock]) -> frozenset[TextBlock]:
    """Of the dated blocks after the text those of one make with others: the dates of a list of other stories, or of events."""
    makes = Counter((block.tag, block.element.get("class")) for block in after if block.element.get("class"))
    return frozenset(block for block in after if makes[block.tag, block.element.get("class")] > 1)


def _is_dateful(block: TextBlock) -> bool:
    """Whether a class says `date`."""
    return bool((block.hints | block.inner_hints) & hints.DATE)


def _may_be_line(block: TextBlock, places: Places) -> bool:
    """Whether a date line can stand in a block: most of a page's text is in paragraphs that are too long for one."""
    length = len(block.text)
    if length <= _LONGEST_WITHIN or _is_dateful(block):
        return True
    return places.is_opening(block) if places.is_text(block) else length <= _LONGEST_LINE


# 2026, 6.1.26; and, where a page has years such as ’26, 6 Jan ’26
_YEAR_OR_NUMBERS = re.compile(r"\d(?:\d{3}|\d?\s?[./\-]\s?\d{1,2}\s?[./\-]\s?\d{2}|[.\-/][^\W\d_]{3,9}[.\-/]\d\d)")
# One for each apostrophe: Python finds a pattern's fixed first sign several times as fast as one of two.
_SHORT_YEARS = tuple(re.compile(rf"{mark}\d\d(?!\d)") for mark in "'’")
_ANY_YEAR = re.compile(rf"{_YEAR_OR_NUMBERS.pattern}|\d[^\d\0]{{1,20}}['’]\d\d(?!\d)")


def _promising(blocks: Sequence[TextBlock]) -> Iterator[TextBlock]:
    """The blocks with a year or short numbers in a row: one search over all text costs a third of one in each block."""
    text = "\0".join([block.text for block in blocks])
    search = (_ANY_YEAR if any(pattern.search(text) for pattern in _SHORT_YEARS) else _YEAR_OR_NUMBERS).search
    position = index = 0
    while match := search(text, position):
        index += text.count("\0", position, match.start())
        yield blocks[index]
        position = text.find("\0", match.end()) + 1
        index += 1
        if not position:
            return


_LONGEST_PIECES = 40
_YEAR = re.compile(r"(?:19|20)\d\d")


def _in_pieces(block: TextBlock, habits: Habits) -> tuple[Printed, ...]:
    """A date whose parts stand in elements of their own, with nothing between: `<b>18</b><i>Feb</i><b>2009</b>`."""
    parts: etree._Element | None = block.element
    if _YEAR.fullmatch(block.text):
        parts = block.element.getparent()  # each part is a block
    if len(block.text) > _LONGEST_PIECES or parts is None or len(parts) < 2:
        return ()
    text = clean(" ".join(parts.itertext()))
    return find_dates(text, habits) if len(text) <= _LONGEST_PIECES else ()


_RELATIVE = 2.0
_LONGEST_RELATIVE = 40


def relative_dates(document: Document, story: Story, habits: Habits) -> list[Candidate]:
    """`3 hours ago` near the headline, counted from the time of capture: for pages that give no date otherwise."""
    base = document.fetched_at
    places = Places(story)
    found: list[Candidate] = []
    for block in places.near(document.blocks) if base else ():
        if len(block.text) > _LONGEST_RELATIVE or places.is_text(block) or places.trust(block) < _NEAR:
            continue
        kind, text = strip_label(block.text)
        marked = kind or _is_dateful(block)
        moment = relative_moment(text, habits, base) if base and marked else None
        if moment:
            place = f"{block.tag} {block.index}"
            found.append(
                Candidate(
                    kind=kind, moment=moment, text=text, printed=True, witness=Witness.PRINTED, weight=_RELATIVE, detail=place
                )
            )
    return found


def text_without_year(document: Document, story: Story, habits: Habits, value: DateValue) -> str | None:
    """The date as a line near the headline prints it without its year; None where none does."""
    places = Places(story)
    for block in places.near(document.blocks):
        if len(block.text) > _LONGEST_WITHIN or places.is_text(block) or places.trust(block) <= _NEAR:
            continue
        if find_dates(block.text, habits):
            continue
        if text := yearless_text(block.text, value, habits, numbers=_is_dateful(block)):
            return text
    return None


_OTHER_DIGITS = 9
"""More digits beside its dates than a date line has: readers, minutes to read, a number of comments."""
_COPYRIGHT = re.compile("©|copyright", re.I)
_HANDLE = re.compile(r"\(@\w{1,30}\)")  # — Harbour Office (@harbour) January 9, 2026: a post quoted
_FOR_MACHINES = re.compile(r"\d{4}-\d\d-\d\dT\d")  # a style sheet hides 2026-01-06T14:02:09+01:00 from readers


def _printed(
    block: TextBlock,
    line: Printed,
    found: tuple[Printed, ...],
    weight: float,
    blocks: list[TextBlock],
    places: Places,
) -> Candidate | None:
    dateful = _is_dateful(block)
    kind = line.kind or _kind_of_markup(block.element, line.text) or _kind_of_neighbour(block, line.start, blocks)
    beside = sum(map(str.isalpha, block.text)) - sum(sum(map(str.isalpha, other.text)) for other in found)
    if kind is None and (_COPYRIGHT.search(block.text) or _has_other_numbers(block.text, found)):
        return None
    if kind is None and weight <= _NEAR and _HANDLE.search(block.text):
        return None
    longest = _SENTENCE_AFTER if places.is_after(block) else _SENTENCE
    if kind is None and beside > longest * (2 if dateful else 1):
        if weight < _NEAR or line.end > _DATELINE or places.is_after(block):
            return None
        weight = _OF_DATELINE
    elif places.is_text(block) and not dateful:
        # in the story's text only a line of its own is a date line; "was published on 5 March" is a sentence of the story
        weight -= beside / (_SENTENCE if weight >= _NEAR else _PHRASE)
    if _FOR_MACHINES.match(block.text, line.start):
        weight = min(weight, _HIDDEN)
    weight += (_LABELLED if kind else 0) + (_MARKED if dateful and not _HIDDEN < weight <= _TEASED else 0)
    return Candidate(
        kind=kind,
        moment=line.moment,
        text=line.text,
        printed=True,
        witness=Witness.PRINTED,
        weight=weight,
        detail=f"{block.tag} {block.index}" + (f" ({kind})" if kind else ""),
    )


def _has_other_numbers(text: str, found: tuple[Printed, ...]) -> bool:
    """Whether a line is a reference, a table's row or a price: `In: Science, vol. 371, pp. 260–264, 15 January 2021`."""
    return sum(map(str.isdigit, text)) - sum(sum(map(str.isdigit, line.text)) for line in found) > _OTHER_DIGITS


_MOST_INLINE = 20


def _kind_of_markup(element: etree._Element, text: str) -> Kind | None:
    """What the classes of the block, or of the inline element that holds the date, call it."""
    for number, inner in enumerate(element.iter()):
        if number > _MOST_INLINE:
            break
        if (kind := kind_of_class(inner)) and (inner is element or text in clean("".join(inner.itertext()))):
            return kind
    return None


def _kind_of_neighbour(block: TextBlock, start: int, blocks: list[TextBlock]) -> Kind | None:
    """A label in a block of its own before the date's."""
    if block.index == 0 or start > 3:
        return None
    before = blocks[block.index - 1].text
    if len(before) > 40:
        return None
    kind, rest = strip_label(before)
    return kind if not rest.strip(" :") else None


def _times(
    document: Document, lines: dict[int, tuple[Printed, ...]], places: Places, habits: Habits, least: float
) -> Iterator[Candidate]:
    blocks = document.blocks
    elements = list(islice(document.times, _MOST_TIMES))
    by_element = {block.element: block for block in reversed(blocks)} if elements else {}
    for number, element in enumerate(elements, 1):
        machine = (element.get("datetime") or "")[:80]
        place = _block_of(element, by_element)
        weight = places.trust(place) if place else _HIDDEN
        moment = read(machine, habits) if len(machine) >= 6 and weight > least else None
        if moment is None:
            continue
        inside = place is not None and places.is_text(place) and weight < _NEAR
        # inside the text classes are those of embedded posts and live entries
        kind = None if inside else _kind_of_time(element, place, lines.get(place.index, ()) if place else (), blocks)
        if _FOR_MACHINES.match((element.text or "").lstrip()):
            weight = min(weight, _HIDDEN)
        yield Candidate(
            kind=kind,
            moment=moment,
            text=machine,
            witness=Witness.TIME,
            weight=weight + _MARKED + (_LABELLED if kind else 0),
            detail=f"time[{number}]" + (f" ({kind})" if kind else ""),
        )


def _kind_of_time(
    element: etree._Element, place: TextBlock | None, lines: tuple[Printed, ...], blocks: list[TextBlock]
) -> Kind | None:
    shown = clean("".join(element.itertext()))
    kind = next((line.kind for line in lines if line.text in shown), None) or kind_of_class(element)
    if kind is None and place is not None and shown in place.text:
        return _kind_before(place, place.text.index(shown), blocks)
    return kind


def _kind_before(block: TextBlock, start: int, blocks: list[TextBlock]) -> Kind | None:
    """The label right before a place in a block, or alone in the block before."""
    before = block.text[max(0, start - 60) : start]
    kind, end = kind_before(before)
    return kind if kind and end == len(before) else _kind_of_neighbour(block, start, blocks)


def _block_of(element: etree._Element, by_element: dict[etree._Element, TextBlock]) -> TextBlock | None:
    for depth, place in enumerate([element, *element.iterancestors()]):
        if place in by_element:
            return by_element[place]
        if depth > 4:
            break
    return None
