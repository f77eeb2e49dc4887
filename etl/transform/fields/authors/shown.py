"""The authors that a page shows: the by-line beside the headline, the box below the story, a line that is nothing but a name.

Decides where to look; what one line says is read in `marks`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from lxml import etree

from etl.records import Author, AuthorKind, Origin
from etl.transform import hints
from etl.transform.blocks import Box, TextBlock
from etl.transform.document import Document
from etl.transform.fields.authors.bylines import is_label
from etl.transform.fields.authors.candidates import Candidate, Place, distinct
from etl.transform.fields.authors.kinds import agency_spelling
from etl.transform.fields.authors.marks import Found, LineReader, is_name_and_date, may_be_labelled
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
        headline = story.headline
        # What the headline stands in too says nothing against a by-line.
        self.out = _OUT & ~headline.hints if headline is not None else _OUT

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
            yield from self._bylines(inset, below=True)
            yield from self._bylines(self.document.blocks[max(0, last - 2) : last + _AFTER_BODY], below=True)

    def signature(self) -> Iterator[Candidate]:
        """`… said the harbour master. (By Jane Roe)`: a by-line in brackets that ends the text, and no part of its sentence."""
        for last in self.story.body.blocks[-1:]:
            match = _SIGNATURE.search(last.text, max(0, len(last.text) - _MAX_SIGNATURE))
            if (
                match
                and _SENTENCE_END.search(last.text[: match.start()])
                and may_be_labelled(match[1])
                and (reading := self.reader.read(match[1], declared=False)).labelled
            ):
                yield Candidate(reading.authors, Place.BELOW, Origin.HTML, f"by-line in brackets in {last.box!r}", last)

    def marked_anywhere(self) -> Iterator[Candidate]:
        """What calls itself the author in so many words (`rel=author`, `itemprop=author`), in a box beside the story."""
        properties = set(self.document.itemprops.get("author", []))
        for block in self.document.blocks:
            if block.hints & _OUT or len(block.text) > _MAX_LINE:
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
            if block.hints & (_OUT_BARE | self.out) or len(block.text) > _MAX_NAMES:
                continue
            above = self.story.first_index is not None and block.index < self.story.first_index
            authors = self.reader.read(block.text, declared=False).authors
            placed = self._is_of_text(block) or (above and self._is_beside_date(block))
            if (self._is_above_text(block) and _are_agencies(authors)) or (placed and self._is_signature(authors, block)):
                yield Candidate(authors, Place.BARE, Origin.HEURISTIC, f"line of its own in {block.box!r}", block)

    def _is_above_text(self, block: TextBlock) -> bool:
        """Whether a line stands before the text, or below a standfirst that was taken for its first paragraph."""
        first = self.story.first_index
        if first is None or block.index >= first + _AT_EDGE:
            return False
        return block.index < first or all(block is not other for other in self.story.body.blocks[:_AT_EDGE])

    def _is_signature(self, authors: tuple[Author, ...], block: TextBlock) -> bool:
        return is_name_and_date(authors, block.text) and not self._speaks_of(authors, block)

    def _window(self) -> tuple[int, int]:
        headline, first, last = self.story.headline, self.story.first_index, self.story.last_index
        if headline is None:
            return (max(0, first - _BELOW_HEADLINE), first + _INTO_BODY) if first is not None else (0, 2 * _BELOW_HEADLINE)
        end = headline.index + _BELOW_HEADLINE
        if first is not None and first > headline.index:
            end = max(headline.index + _ABOVE, min(first + _INTO_BODY, headline.index + 2 * _BELOW_HEADLINE))
        if last is not None and last > headline.index:
            end = min(end, last + 1)
        return max(0, headline.index - _ABOVE), end

    def _bylines(self, blocks: list[TextBlock], *, below: bool) -> Iterator[Candidate]:
        label = ""
        for block in blocks:
            if self._is_out(block, below=below):
                continue
            if is_label(block.text, self.story.language):
                label = block.text  # "By" in a box of its own
                continue
            found = self.reader.read_block(block, label, near=self._is_near(block), dated=bool(_DATE.search(block.text)))
            label = ""
            if found and self._is_plausible(found, block, below=below):
                place = Place.BELOW if below else found.place
                yield Candidate(found.authors, place, Origin.HTML, f"{found.detail} in {block.box!r}", block)

    def _is_out(self, block: TextBlock, *, below: bool) -> bool:
        if len(block.text) > _MAX_LINE or block.tag in _NEVER_TAGS or block is self.story.headline:
            return True
        if below and block.hints & _OUT_BELOW and not self._is_in_story(block):
            return True
        return bool(block.hints & self.out) and not (self._is_plain(block) or self._is_in_wide_box(block))

    def _is_in_story(self, block: TextBlock) -> bool:
        """Whether a footer is the story's own, not the site's."""
        return block.hints & _OUT_BELOW == hints.FOOTER and bool(block.hints & hints.ARTICLE)

    def _is_plain(self, block: TextBlock) -> bool:
        """Whether a line is a by-line whatever box it is in: `Text: Jane Roe`; beside the headline `by Jane Roe` too."""
        at_headline = self._distance(block, -2, _ABOVE)
        if (
            block.hints & (_NEVER_PLAIN | (self.out & hints.RELATED))
            or len(block.text) > _MAX_NAMES
            or not (at_headline or block.hints & hints.CAPTION)
        ):
            return False
        if not may_be_labelled(block.text):
            return False
        reading = self.reader.read(block.text, declared=False)
        return reading.labelled and len(block.text) <= 2 * sum(len(author.name) for author in reading.authors)

    def _is_in_wide_box(self, block: TextBlock) -> bool:
        """Whether a by-line at the headline is in what an advertiser paid a place in, and the story's text is too."""
        if not any(other.hints & hints.ADVERT for other in self.story.body.blocks[:2] if other is not block):
            return False
        is_short = len(block.text) <= _MAX_NAMES and bool(block.hints & hints.BYLINE)
        return is_short and block.hints & self.out == hints.ADVERT and self._distance(block, 0, _ABOVE)

    def _is_near(self, block: TextBlock) -> bool:
        return self._distance(block, -3, 5) and not block.hints & (hints.HEADING | hints.HIDDEN)

    def _distance(self, block: TextBlock, least: int, most: int) -> bool:
        headline = self.story.headline
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
        headline = self.story.headline
        start = headline.index + 1 if headline is not None and headline.index < first else first
        return [*blocks[max(start, first - _ABOVE) : first + _AT_EDGE], *blocks[max(first + _AT_EDGE, last) : last + 2]]

    def _is_of_text(self, block: TextBlock) -> bool:
        """Whether a line is a paragraph beside the paragraphs of the text."""
        body = self.story.body.blocks
        return any(block.tag == other.tag and block.box.parent is other.box.parent for other in (*body[:2], *body[-2:]))

    def _is_beside_date(self, block: TextBlock) -> bool:
        """Whether the line above or one of the two below is short and holds a date."""
        beside = self.document.blocks[max(0, block.index - 1) : block.index + 3]
        return any(len(other.text) <= _MAX_NAMES and _DATE.search(other.text) for other in beside)

    def _speaks_of(self, authors: tuple[Author, ...], line: TextBlock) -> bool:
        """Whether a word of the names stands in the story, or anywhere on the page as a common word in small letters."""
        words = {word for author in authors for word in author.name.split() if len(word) > 2}
        story = (block for block in self.story.body.blocks if block is not line)
        if any(words.intersection(_WORDS.findall(block.text)) for block in story):
            return True
        small = {word.casefold() for word in words}
        return any(small.intersection(_WORDS.findall(block.text)) for block in self.document.blocks)


def _boxes(block: TextBlock) -> Iterator[Box]:
    """The boxes a block stands in, from the smallest on."""
    box: Box | None = block.box
    while box is not None:
        yield box
        box = box.parent


def _are_agencies(authors: tuple[Author, ...]) -> bool:
    return bool(authors) and all(agency_spelling(author.name) for author in authors)


def _with_neighbours(shown: list[Candidate]) -> list[Candidate]:
    """The candidates; before each run of them that stand in one small box, a name a block, the run as one by-line."""
    runs: list[list[Candidate]] = []
    for candidate in shown:
        if runs and runs[-1][-1].place is candidate.place and _near_boxes(runs[-1][-1]) & _near_boxes(candidate):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    found: list[Candidate] = []
    for run in runs:
        if len(run) > 1:
            found.append(replace(run[0], authors=distinct(author for candidate in run for author in candidate.authors)))
        found += run
    return found


def _near_boxes(candidate: Candidate) -> set[int]:
    """The boxes around a name, up to the first that holds more than a by-line can."""
    box = candidate.block.box.parent if candidate.block else None
    found: set[int] = set()
    while box is not None and box.tag not in _WIDE_TAGS and len(found) < _NEAR_LEVELS:
        found.add(id(box))
        box = box.parent
    return found
