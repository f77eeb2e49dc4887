"""The authors that a page shows: the by-line beside the headline, the box below the story, a line that is nothing but a name.

Decides where to look; what one line says is read in `marks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, takewhile

from lxml import etree

from etl.records import Author, AuthorKind, Origin
from etl.transform import hints
from etl.transform.blocks import Box, TextBlock
from etl.transform.document import Document
from etl.transform.fields.authors.bylines import is_label
from etl.transform.fields.authors.candidates import Candidate, Place, distinct
from etl.transform.fields.authors.kinds import agency_spelling
from etl.transform.fields.authors.marks import (
    Found,
    LineReader,
    have_given_names,
    is_label_of_others,
    is_name_and_date,
    is_name_and_role,
    may_be_labelled,
    names_others,
)
from etl.transform.fields.authors.vocabulary import keys_in, phrases
from etl.transform.reading import Story
from etl.transform.text import clean

_OUT = (
    hints.NAV
    | hints.COMMENTS
    | hints.ADVERT
    | hints.CAPTION
    | hints.NEWSLETTER
    | hints.COOKIE
    | hints.BREADCRUMB
    | hints.RELATED
    | hints.FIGURE
)
_OUT_BELOW = hints.TAGS | hints.FOOTER | hints.ASIDE
_OUT_BARE = hints.HIDDEN | hints.KICKER | hints.STANDFIRST | hints.QUOTE | hints.SHARE | hints.FORM
_NEVER_PLAIN = hints.COMMENTS | hints.FIGURE | hints.ADVERT
_NEVER_TAGS = frozenset({"h1", "button", "option"})
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_PICTURES = ("img", "picture", "figure", "amp-img", "svg", "video")
_WIDE_TAGS = frozenset({"body", "main", "article", "html"})
_DATE = re.compile(r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b(?:19|20)\d\d\b")  # 3.5.2020, 2020-05-03, May 3, 2020
_WORDS = re.compile(r"\w+")
_SIGNATURE = re.compile(r"[(（\[]([^()（）\[\]]{4,90})[)）\]]\W*(?:\w{1,10}\W*)?$")  # (By Jane Roe) Enditem/
_SENTENCE_END = re.compile(r"(?:^|[.!?…。！？।؟][\"'”’»“」』]?)\s*$")
_MAX_SIGNATURE = 120
_MAX_LINE = 260
_MAX_NAMES = 60
"""Length of a line that can be nothing but a name or two."""
_MAX_INITIALS = 4
_LONGEST_LINK = 25
"""Length of a link beside a name that can lead to no other story: `All his stories`."""
_NEAR_LEVELS = 3
# In blocks.
_ABOVE = 8
_BELOW_HEADLINE = 25
_INTO_BODY = 5
_AT_EDGE = 3
_AFTER_BODY = 14


class Shown:
    """The by-lines among the page's text blocks."""

    def __init__(self, document: Document, story: Story, site_names: tuple[str, ...]) -> None:
        self.document = document
        self.story = story
        self.reader = LineReader(document, story, site_names)
        headline, last = story.headline, story.last_index
        # A heading behind the text is another story's with the same words.
        self.headline = None if headline is not None and last is not None and headline.index > last else headline
        # What the headline stands in too says nothing against a by-line.
        own = self.headline.hints if self.headline is not None else 0
        self.out, self.out_bare = _OUT & ~own, (_OUT | hints.TAGS) & ~own

    def beside_headline(self) -> list[Candidate]:
        """By-lines from a little above the headline into the first lines of the text."""
        start, end = self._window()
        return _with_neighbours(list(self._bylines(self.document.blocks[start:end], below=False)))

    def below_story(self) -> Iterator[Candidate]:
        """By-lines and boxes about the author after the last line of the text, or set into it and marked as such."""
        first, last = self.story.first_index, self.story.last_index
        if first is not None and last is not None:
            text = frozenset(block.index for block in self.story.body.blocks)
            inset = [b for b in self.document.blocks[first : max(0, last - 2)] if b.hints & hints.BYLINE and b.index not in text]
            yield from _with_neighbours(list(self._bylines(inset, below=True)), marked=True)
            yield from self._bylines(self.document.blocks[max(0, last - 2) : last + _AFTER_BODY], below=True)

    def in_text(self) -> Iterator[Candidate]:
        """By-lines within the text: its first line or its last, or in brackets at its end and no part of the sentence there.

        `By Jane Roe` and a line break; `… said the harbour master. (By Jane Roe)`.
        """
        for block, at in [(block, 0) for block in self.story.body.blocks[:1]] + [(b, -1) for b in self.story.body.blocks[-1:]]:
            lines = block.text.split("\n")
            line = lines[at] if len(lines) > 1 and len(lines[at]) <= _MAX_NAMES else ""
            reading = self.reader.read(line, declared=False)
            if reading.labelled and may_be_labelled(line) and is_name_and_date(reading.authors, line):
                yield Candidate(reading.authors, Place.BELOW, Origin.HTML, f"line of the text in {block.box!r}", block)
        for last in self.story.body.blocks[-1:]:
            match = _SIGNATURE.search(last.text, max(0, len(last.text) - _MAX_SIGNATURE))
            if match and _SENTENCE_END.search(last.text[: match.start()]):
                reading = self.reader.read(match[1], declared=False)
                if reading.labelled and may_be_labelled(match[1]):  # (Jane Roe) played the part, or said what is quoted
                    yield Candidate(reading.authors, Place.BELOW, Origin.HTML, f"by-line in brackets in {last.box!r}", last)

    def marked_anywhere(self) -> Iterator[Candidate]:
        """What calls itself the author in so many words (`rel=author`, `itemprop=author`), in a box beside the story."""
        properties = set(self.document.itemprops.get("author", []))
        for block in self.document.blocks:
            if block.hints & _OUT or len(block.text) > _MAX_LINE or names_others(block.text):
                continue
            texts = [clean(" ".join(a.itertext())) for a, _ in block.links if "author" in (a.get("rel") or "").lower().split()]
            texts += [clean(" ".join(one.itertext())) for one in block.element.iter(etree.Element) if one in properties]
            authors = distinct(author for text in texts for author in self.reader.read(text, declared=True).authors)
            if len(authors) == 1 and " " in authors[0].name and not self._is_of_another_story(block, texts):
                yield Candidate(authors, Place.BELOW, Origin.HTML, f"marked as author in {block.box!r}", block)

    def _is_of_another_story(self, block: TextBlock, names: list[str]) -> bool:
        """Whether a small box around a name, but not around the story, holds a heading or a link that is not the name's."""
        story = {box.element for other in (self.story.headline, *self.story.body.blocks[:1]) if other for box in _boxes(other)}
        for box in islice(_boxes(block), _NEAR_LEVELS):
            if box.element in story:
                return False
            for element in box.element.iter(*_HEADINGS, "a"):
                text = clean(" ".join(element.itertext()))
                if text not in names and (element.tag != "a" or len(text) > _LONGEST_LINK):
                    return True
        return False

    def bare_lines(self) -> Iterator[Candidate]:
        """A line at the text's edge that is nothing but a name, of someone whom the story does not speak of; or an agency."""
        for block in self._edges_of_body():
            out = block.hints & (_OUT_BARE | self.out_bare) | block.inner_hints & hints.CAPTION
            if out or len(block.text) > _MAX_NAMES:
                continue
            authors = self.reader.read(block.text, declared=False).authors
            if place := self._place_of_bare(authors, block):
                yield Candidate(authors, place, Origin.HEURISTIC, f"line of its own in {block.box!r}", block)

    def _place_of_bare(self, authors: tuple[Author, ...], block: TextBlock) -> Place | None:
        first = self.story.first_index or 0
        if _are_agencies(authors) and block.index >= first - _ABOVE:
            return Place.BARE if self._is_above_text(block) else Place.BELOW if self._is_right_below(block, authors) else None
        known = have_given_names(authors) or self.reader.leads_to(authors, block)
        with_role = known and is_name_and_role(authors, block.text)
        if not (is_name_and_date(authors, block.text) or with_role) or (block.text.isupper() and not known):
            return None
        if self.reader.leads_elsewhere(authors, block) or self._is_of_others(block) or self._speaks_of(authors, block):
            return None
        dated = self._is_beside_date(block)
        linked = any(self.reader.is_author_link(a, weak=False) for a, _ in block.links)
        if block.index < self._start_of_text() and known and (dated or linked):
            return Place.NAMED
        above = first - _ABOVE <= block.index < first
        return Place.BARE if self._is_of_text(block) or (above and dated) else None

    def _is_of_others(self, block: TextBlock) -> bool:
        """Whether a name stands behind a label of those who did not write the story, in its line or the one above: `Photos`."""
        before = self.document.blocks[max(0, block.index - 1) : block.index]
        return names_others(block.text) or any(is_label_of_others(other.text) for other in before)

    def _is_above_text(self, block: TextBlock) -> bool:
        """Whether a line stands before the text, or below a standfirst that was taken for its first paragraph."""
        first = self.story.first_index
        if first is None or block.index >= first + _AT_EDGE:
            return False
        return block.index < first or all(block is not other for other in self.story.body.blocks[:_AT_EDGE])

    def _start_of_text(self) -> int:
        """The number of the text's first block without headings, lists and a standfirst right below the headline."""
        below = self.headline.index + 1 if self.headline is not None else -1
        outside = hints.HEADING | hints.LIST
        text = (block for block in self.story.body.blocks if not block.hints & outside and block.index != below)
        return next(text, self.story.body.blocks[0]).index if self.story.body.blocks else 0

    def _is_right_below(self, block: TextBlock, agencies: tuple[Author, ...]) -> bool:
        """Whether a line is the text's last or the first below it, and no picture's; `ap/kam` are initials."""
        last = self.story.last_index
        printed = all(len(agency.name) > 2 or agency.name in block.text for agency in agencies)
        return printed and last is not None and last <= block.index <= last + 1 and not _follows_picture(block)

    def _window(self) -> tuple[int, int]:
        headline, first, last = self.headline, self.story.first_index, self.story.last_index
        if headline is None:
            return (max(0, first - _BELOW_HEADLINE), first + _INTO_BODY) if first is not None else (0, 2 * _BELOW_HEADLINE)
        end = headline.index + _BELOW_HEADLINE
        if first is not None and first > headline.index:
            end = max(headline.index + _ABOVE, min(first + _INTO_BODY, headline.index + 2 * _BELOW_HEADLINE))
        if last is not None and last > headline.index:
            end = min(end, last + 1)
        return max(0, headline.index - _ABOVE), end

    def _bylines(self, blocks: list[TextBlock], *, below: bool) -> Iterator[Candidate]:
        before: TextBlock | None = None
        for block in blocks:
            if self._is_out(block, below=below):
                continue
            if is_label(block.text, self.story.language):
                before = block  # "By" in a box of its own
                continue
            label = before.text if before and self._belongs(before, block) else ""
            found = self.reader.read_block(block, label, near=self._is_near(block), dated=bool(_DATE.search(block.text)))
            before = None
            if found and self._is_plausible(found, block, below=below):
                place = Place.BELOW if below else found.place
                yield Candidate(found.authors, place, Origin.HTML, f"{found.detail} in {block.box!r}", block)

    def _belongs(self, label: TextBlock, block: TextBlock) -> bool:
        """Whether a label in a box of its own is a line's: the two in a small box, the line no heading (`Report`, `The tide`)."""
        near = [{id(box) for box in islice(_boxes(one), 1 + _NEAR_LEVELS)} for one in (label, block)]
        heading = block.hints & hints.HEADING and not have_given_names(self.reader.read(block.text, declared=False).authors)
        return bool(near[0] & near[1]) and not heading

    def _is_out(self, block: TextBlock, *, below: bool) -> bool:
        if len(block.text) > _MAX_LINE or block.tag in _NEVER_TAGS or block is self.story.headline:
            return True
        if below and ((block.hints & _OUT_BELOW and not self._is_in_story(block)) or _adds_authors(block.text)):
            return True
        return bool(self._against(block)) and not (self._is_plain(block) or self._is_in_wide_box(block))

    def _against(self, block: TextBlock) -> int:
        """What speaks against a by-line. One with a label between headline and text is no comment, whatever its box is called."""
        bits, headline, first = block.hints & self.out, self.headline, self.story.first_index
        between = headline is not None and first is not None and headline.index < block.index < first
        if bits & hints.COMMENTS and between and self.reader.read(block.text, declared=False).labelled:
            return bits & ~hints.COMMENTS
        return bits

    def _is_in_story(self, block: TextBlock) -> bool:
        """Whether a footer is the story's own, not the site's."""
        return block.hints & _OUT_BELOW == hints.FOOTER and bool(block.hints & hints.ARTICLE)

    def _is_plain(self, block: TextBlock) -> bool:
        """Whether a line is a by-line whatever box it is in: `Text: Jane Roe`; beside the headline `by Jane Roe` too."""
        at_headline = self._distance(block, -2, _ABOVE)
        if (
            self._against(block) & (hints.RELATED | (_NEVER_PLAIN & ~(hints.FIGURE if block.tag == "address" else 0)))
            or len(block.text) > _MAX_NAMES
            or not (at_headline or block.hints & hints.CAPTION)
        ):
            return False
        if not may_be_labelled(block.text):
            return False
        reading = self.reader.read(block.text, declared=False)
        return reading.labelled and len(block.text) <= 2 * sum(len(author.name) for author in reading.authors)

    def _is_in_wide_box(self, block: TextBlock) -> bool:
        """Whether a by-line at the headline is in what an advertiser paid a place in, and the story's text is too, or a link
        leads to the author's page."""
        paid = any(other.hints & hints.ADVERT for other in self.story.body.blocks[:2] if other is not block)
        if not (paid or any(self.reader.is_author_link(a, weak=False) for a, _ in block.links)):
            return False
        is_short = len(block.text) <= _MAX_NAMES and bool(block.hints & hints.BYLINE)
        return is_short and block.hints & self.out == hints.ADVERT and self._distance(block, 0, _ABOVE)

    def _is_near(self, block: TextBlock) -> bool:
        return self._distance(block, -3, 5) and not block.hints & (hints.HEADING | hints.HIDDEN)

    def _distance(self, block: TextBlock, least: int, most: int) -> bool:
        headline = self.headline
        return headline is not None and least <= block.index - headline.index <= most

    def _is_plausible(self, found: Found, block: TextBlock, *, below: bool) -> bool:
        """One word below the story, and initials anywhere (`amw`, `HI`), are no author unless a label says so (`by oz`)."""
        authors = found.authors
        if any(" " in author.name or author.kind is AuthorKind.ORGANIZATION or not author.name.isascii() for author in authors):
            return True
        signs = all(len(author.name) <= _MAX_INITIALS and not author.name.istitle() for author in authors)
        return not (below or signs) or self.reader.read(block.text, declared=True).labelled

    def _edges_of_body(self) -> list[TextBlock]:
        """The lines between headline and text, the first of the text and its last, and the one below it."""
        blocks, first, last = self.document.blocks, self.story.first_index, self.story.last_index
        if first is None or last is None:
            return []
        headline = self.headline
        start = headline.index + 1 if headline is not None and headline.index < first else first
        end = max(first + _AT_EDGE, min(first + _BELOW_HEADLINE, self._start_of_text()))
        return [*blocks[max(start, first - _BELOW_HEADLINE) : end], *blocks[max(end, last) : last + 2]]

    def _is_of_text(self, block: TextBlock) -> bool:
        """Whether a line is a paragraph beside the paragraphs of the text."""
        body = self.story.body.blocks
        return any(block.tag == other.tag and block.box.parent is other.box.parent for other in (*body[:2], *body[-2:]))

    def _is_beside_date(self, block: TextBlock) -> bool:
        """Whether the line above or one of the two below is short and holds a date."""
        beside = self.document.blocks[max(0, block.index - 1) : block.index + 3]
        return any(len(other.text) <= _MAX_NAMES and _DATE.search(other.text) for other in beside)

    def _speaks_of(self, authors: tuple[Author, ...], line: TextBlock) -> bool:
        """Whether a word of the names stands in the story, or anywhere on the page as a common word in small letters.

        Of one with a known given name only the family name is looked for, and not where the text's end tells who she is.
        """
        known = have_given_names(authors)
        words = {word for author in authors for word in author.name.split()[known:] if len(word) > 2}
        story = [block for block in self.story.body.blocks if block is not line]
        if known:
            about = [block for block in story[-2:] if any(block.text.startswith(author.name) for author in authors)]
            story = [block for block in story if all(block is not other for other in about)]
        if any(words.intersection(_WORDS.findall(block.text)) for block in story):
            return True
        small = set() if known else {word.casefold() for word in words}
        return any(small.intersection(_WORDS.findall(block.text)) for block in self.document.blocks)


def _boxes(block: TextBlock) -> Iterator[Box]:
    """The boxes a block stands in, from the smallest on."""
    box: Box | None = block.box
    while box is not None:
        yield box
        box = box.parent


def _follows_picture(block: TextBlock) -> bool:
    """Whether what stands right before a line is a picture: an element with one, and no text after it."""
    before = islice((one for box in _boxes(block) if (one := box.element.getprevious()) is not None), 1)
    return any(True for one in before for _ in one.iter(*_PICTURES))


def _adds_authors(text: str) -> bool:
    """Whether a line only names more authors than those of the story: `– additional reporting by Jane Roe`."""
    keys = [word for word in keys_in(text) if word]
    return bool(keys and phrases("labels_more").match(keys, 0))


def _are_agencies(authors: tuple[Author, ...]) -> bool:
    return bool(authors) and all(agency_spelling(author.name) for author in authors)


def _with_neighbours(shown: list[Candidate], *, marked: bool = False) -> list[Candidate]:
    """The candidates; before each run of them that stand in one small box, a name a block, the run as one by-line.

    `marked` asks that the box call itself a by-line.
    """
    runs: list[list[Candidate]] = []
    for candidate in shown:
        last = runs[-1][-1] if runs else None
        if last and last.place is candidate.place and _near_boxes(last, marked) & _near_boxes(candidate, marked):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    found: list[Candidate] = []
    for run in runs:
        if len(run) > 1:
            found.append(replace(run[0], authors=distinct(author for candidate in run for author in candidate.authors)))
        found += run
    return found


def _near_boxes(candidate: Candidate, marked: bool) -> set[int]:
    """The boxes around a name, up to the first that holds more than a by-line can; or those of them that call themselves one."""
    boxes = islice(_boxes(candidate.block), 1, _NEAR_LEVELS + 1) if candidate.block else ()
    near = takewhile(lambda box: box.tag not in _WIDE_TAGS, boxes)
    return {id(box) for box in near if not marked or box.own_hints & hints.BYLINE}
