"""Where on a text capture the headline stands, and where the story's text begins and ends."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from etl.errors import PageError
from etl.records import Reason
from etl.transform.captures.density import META, Kind, densest, gain
from etl.transform.captures.kinds import Vocabulary, ends_sentence, is_row_of_headings
from etl.transform.captures.lines import Line
from etl.transform.fields.authors.bylines import parse_byline
from etl.transform.fields.authors.kinds import is_person
from etl.transform.site import Site
from etl.transform.text import fold

_ENDS = frozenset([Kind.COMMENTS, Kind.FOOTER])
_PAUSES = frozenset([Kind.BLOCK, Kind.TAGS])
_ENOUGH = 300
"""Characters of text after which the foot of the page or its comments can begin."""
_LONG_PAUSE = 15
"""Lines without a sentence after which no story goes on."""
_AHEAD = 12
_LONG, _LONGER = 120, 200
_ABOVE, _BELOW = 40, 8
"""How far from the text's beginning a headline is looked for."""
_HEADER = 30
"""Lines that may stand between the headline and the text: by-line, date, standfirst, buttons, captions."""
_MAX_STANDFIRST = 3
_OVER, _UNDER = 6, 12
"""Lines over the headline and under the text in which dates and authors may stand."""
_MIN_SENTENCE = 3
_MASTHEAD = 5
_MENU_ROW = 8
"""Words of a menu's row."""
_MAX_SECTION = 40
_REPEATED = 12
"""Lines over a headline in which the same headline may stand before: that one is meant."""
# "Headline | Site", "Headline - Section - Site"
_SEPARATOR = re.compile(r"\s+[|\-–—·•»›]\s+|\s*[|｜]\s*")
_DATED = re.compile(r"(?:19|20)\d\d\D{0,6}\d{1,2}[:.]\d\d(?!\d)")  # "… May 07, 2024 10:15 am"
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MIN_TRAIL = 15
_MAX_ROW = 4
_MAX_HEADING_WORDS = 25
_MIN_SLUG = 3
"""Words of an address that tell of a headline."""
_REPEATS = 5.0
_MAX_FOUND = 20
_SLUG_WORD = re.compile(r"[^\W\d_]{2,}|\d{2,}")


@dataclass(frozen=True, slots=True)
class Outline:
    """The parts of a capture, as line numbers."""

    title: int
    title_text: str
    body: range


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture's lines with what each is, and where the story's parts are."""

    lines: list[Line]
    kinds: list[Kind]
    outline: Outline
    vocabulary: Vocabulary
    site: Site

    @property
    def header(self) -> range:
        """Between the headline and the text."""
        return range(self.outline.title + 1, self.outline.body.start)

    @property
    def above(self) -> range:
        """Over the headline, from below upwards."""
        return range(self.outline.title - 1, max(-1, self.outline.title - 1 - _OVER), -1)

    @property
    def below(self) -> range:
        """Under the text."""
        return range(self.outline.body.stop, min(len(self.lines), self.outline.body.stop + _UNDER))

    @property
    def over_title(self) -> int | None:
        """The line over the headline by which the profile knows the section."""
        return section_line(self.lines, self.vocabulary)

    @property
    def language(self) -> str:
        """The page's."""
        return self.vocabulary.habits.languages[0]


def find_outline(
    lines: list[Line], kinds: list[Kind], url: str | None, site: Site, vocabulary: Vocabulary, named: str = ""
) -> Outline:
    """The parts of a capture; raises PageError where it has no story or no headline.

    `url` is the story's address, whose words often repeat the headline's; `named` is the headline by whoever kept the text.
    """
    dense = densest([len(line.text) for line in lines], kinds)
    if not dense:
        raise PageError(Reason.NOT_AN_ARTICLE, "The text holds no sentences of a story.")
    scores = _Scores(lines, kinds, url, site, _last_over_title(lines, vocabulary))
    nearby = range(max(0, dense.start - _ABOVE), min(dense.stop, dense.start + _BELOW + 1))
    last_sentence = max(n for n in dense if kinds[n] is Kind.PROSE)
    likely = sorted({*range(min(3, dense.stop)), *nearby, *scores.in_address(dense.stop)})
    candidates = [n for n in likely if kinds[n] in _TITLES and n < last_sentence]
    candidates = [n for n in range(last_sentence) if named and fold(lines[n].text) == fold(named)][:1] or candidates
    if not candidates:
        raise PageError(Reason.NO_TITLE, "The text has no line that could be its headline.")
    title = max(candidates, key=lambda n: (scores.of(n, dense.start), -n))
    title = next((n for n in candidates if title - _REPEATED <= n and lines[n].folded == lines[title].folded), title)
    start = _body_start(lines, kinds, title)
    return Outline(title, scores.text(title), range(start, _body_end(lines, kinds, start)))


def section_line(lines: list[Line], vocabulary: Vocabulary) -> int | None:
    """The line that names the section behind the words of the profile: `Jerusalem Post World News`."""
    prefix = (vocabulary.rules.section_prefix or "").casefold()
    if not prefix:
        return None
    fits = (
        line.number for line in lines if line.folded.startswith(f"{prefix} ") and len(line.text) <= len(prefix) + _MAX_SECTION
    )
    return next(fits, None)


def _last_over_title(lines: list[Line], vocabulary: Vocabulary) -> int | None:
    """The last line that is known to stand over the headline: the section's, else one with a marker of the site."""
    section = section_line(lines, vocabulary)
    if section is not None:
        return section
    markers = tuple(marker.casefold() for marker in vocabulary.rules.markers)
    last = max((line.number for line in lines[:_MASTHEAD] if markers and line.folded.startswith(markers)), default=None)
    while last is not None and last + 1 < len(lines) and _is_menu_row(lines[last + 1].text):
        last += 1
    return last


def _is_menu_row(text: str) -> bool:
    parts = text.split()
    return len(parts) >= _MENU_ROW and is_row_of_headings(parts)


_TITLES = frozenset([Kind.SHORT, Kind.PROSE, Kind.DATE, Kind.CREDIT])


class _Scores:
    """How well each line would do as the headline."""

    def __init__(self, lines: list[Line], kinds: list[Kind], url: str | None, site: Site, below: int | None) -> None:
        self.lines, self.kinds, self.site, self.below = lines, kinds, site, below
        self.slug = _slug_words(url)
        self.counts = Counter(line.folded for line in lines)
        self.first = fold(lines[0].text) if lines else ""
        """The first line of a WET record is the page's `<title>`: the headline, and mostly the site's name."""

    def of(self, n: int, text_start: int) -> float:
        """The higher the likelier."""
        line = self.lines[n]
        return (
            self._shape(line)
            + self._repeated(n)
            + self._in_address(line.text)
            + self._surroundings(n, text_start)
            + self._in_row(n)
            - (3.0 if self._is_trail(n) else 0.0)
            - (1.0 if n == 0 and self._menu_follows() else 0.0)
            + (5 if self.below is not None and n == self.below + 1 else 0)
            + self._distance(n, text_start)
        )

    def _in_row(self, n: int) -> float:
        """In a row of a few headings the first is the headline, a standfirst follows; a long row is a list of stories."""
        start = end = n
        while start and n - start <= _MAX_ROW and self._is_heading(start - 1):
            start -= 1
        while end + 1 < len(self.lines) and end - n <= _MAX_ROW and self._is_heading(end + 1):
            end += 1
        row = [k for k in range(start, end + 1) if self.kinds[k] is not Kind.FRAME]
        return -0.8 * min(2, row.index(n)) if len(row) <= _MAX_ROW else 0.0

    def _menu_follows(self) -> bool:
        """Whether the first line is the page's `<title>`, not its headline: the site's menu stands under it."""
        below = [n for n in range(1, min(3, len(self.lines))) if self.kinds[n] in (Kind.SHORT, Kind.FRAME)]
        return len(below) == 2 and all(len(self.lines[n].text.split()) <= 3 for n in below)

    def _is_trail(self, n: int) -> bool:
        """`Home › Town › Harbour reopens` over `Harbour reopens`"""
        folded = self.lines[n].folded
        below = (line.folded for line in self.lines[n + 1 : n + 4])
        return any(len(title) > _MIN_TRAIL and title != folded and folded.endswith(title) for title in below)

    def _is_heading(self, n: int) -> bool:
        kind, text = self.kinds[n], self.lines[n].text
        if kind is Kind.FRAME:
            return True
        words = len(text.split()) + len(_CJK.findall(text)) // 2
        return kind in (Kind.SHORT, Kind.PROSE) and 4 <= words <= _MAX_HEADING_WORDS and not _is_names(text)

    def in_address(self, stop: int) -> list[int]:
        """The lines up to `stop` that the address repeats, wherever they stand."""
        if len(self.slug) < _MIN_SLUG:
            return []
        found = (n for n in range(stop) if self.kinds[n] in _TITLES and self._in_address(self.lines[n].text) >= _REPEATS)
        return list(itertools.islice(found, _MAX_FOUND))

    def _distance(self, n: int, text_start: int) -> float:
        if n >= text_start:
            return 0.6 * (text_start - n)
        return -0.12 * min(text_start - n, 20 if n == 0 else _ABOVE)

    def text(self, n: int) -> str:
        """The headline, without the site's name where the line is the page's `<title>`."""
        text = self.site.cut_from(self.lines[n].text)
        parts = [part for part in _SEPARATOR.split(text) if part]
        return parts[0] if n == 0 and len(parts) > 1 and len(parts[0].split()) > 3 else text

    def _shape(self, line: Line) -> float:
        text = line.text
        count = len(_CJK.findall(text)) // 2 or len(text.split())
        score = -2.0 if count <= 2 else 0.5 if count == 3 else 2.0 if count <= 25 else -2.5
        if text[-1] in ".,;:。،":
            score -= 1.5
        if text[0].islower():
            score -= 1.0
        if " | " in text or _is_names(text):
            score -= 2.0
        if _DATED.search(text):
            score -= 3.0
        return score - {Kind.SHORT: 0.0, Kind.PROSE: 1.5}.get(self.kinds[line.number], 3.0)

    def _repeated(self, n: int) -> float:
        text, folded = self.lines[n].text, fold(self.lines[n].text)
        if n and len(folded) > 12 and self.first.startswith(folded):
            return 4.0
        if n and any(len(part) > 12 and fold(part) == folded for part in _SEPARATOR.split(self.lines[0].text)):
            return 4.0
        count = self.counts[self.lines[n].folded]
        return 0.7 if count == 2 and len(text) > 20 else -2.0 if count > 2 else 0.0

    def _in_address(self, text: str) -> float:
        """How much of the line stands in the address, and of the address in the line."""
        if len(self.slug) < _MIN_SLUG:
            return 0.0
        own = set(_SLUG_WORD.findall(fold(text)))
        if not own:
            return 0.0
        common = len(own & self.slug)
        return 8.0 * common / max(3, (len(own) + len(self.slug)) / 2) if common > 1 else 0.0

    def _surroundings(self, n: int, text_start: int) -> float:
        score = 0.5 * self.lines[n].gap
        after = [self.kinds[k] for k in range(n + 1, min(n + 4, len(self.kinds))) if self.kinds[k] is not Kind.FRAME]
        if after and after[0] in (*META, Kind.PROSE):
            score += 1.5
        elif after and after[0] is Kind.CREDIT:
            score += 0.7  # a picture; or a caption with its credit
        elif len(after) > 1 and after[1] in (*META, Kind.CREDIT):
            longer = len(self.lines[n + 1].text) > 1.2 * len(self.lines[n].text)
            score += 1.6 if longer or self.lines[n + 1].text[-1] in ".!?" else 0.8  # a standfirst
        if n + 1 < len(self.lines):
            score += 0.5 * self.lines[n + 1].gap
        if n and self.kinds[n - 1] is Kind.DATE:
            score += 0.5
        if any(self.kinds[k] in META for k in range(n + 1, text_start)):
            score += 1.5
        elif any(self.kinds[k] in META for k in range(max(0, n - 8), n)):
            score -= 1.0  # a caption: by-line and date stand over it
        return score - (1.0 if self.lines[n].bullet else 0.0)


def _is_names(text: str) -> bool:
    """`Amy Gibbons Political Correspondent`"""
    authors = parse_byline(text) if len(text) < 60 else ()
    return bool(authors) and all(is_person(author.name) for author in authors)


def _slug_words(url: str | None) -> set[str]:
    path = unquote(urlsplit(url or "").path)
    parts = sorted((fold(part) for part in path.split("/")), key=lambda part: len(_SLUG_WORD.findall(part)))
    return set(_SLUG_WORD.findall(parts[-1])) if parts else set()


def _body_start(lines: list[Line], kinds: list[Kind], title: int) -> int:
    """The first sentence below the headline, and below the by-line and date that stand under it."""
    prose = [n for n in range(title + 1, len(lines)) if kinds[n] is Kind.PROSE][: _MAX_STANDFIRST + 1]
    meta = [n for n in range(title + 1, min(title + 1 + _HEADER, len(lines))) if kinds[n] in META]
    for n in reversed(meta):
        above = [k for k in prose if k < n]
        if len(above) <= _MAX_STANDFIRST:
            first = next((k for k in range(n + 1, len(lines)) if kinds[k] is Kind.PROSE), None)
            return prose[0] if first is None else _with_short_sentences(lines, kinds, n + 1, first)
    return prose[0]


def _with_short_sentences(lines: list[Line], kinds: list[Kind], after: int, first: int) -> int:
    """The first line of the text where it opens with sentences too short to be told by themselves: `It was cold.`"""
    start = first
    for n in range(first - 1, after - 1, -1):
        short = kinds[n] is Kind.SHORT and len(lines[n].text.split()) >= _MIN_SENTENCE and ends_sentence(lines[n].text)
        if not short:
            break
        start = n
    return start


def _body_end(lines: list[Line], kinds: list[Kind], start: int) -> int:
    total = best = pause = 0
    end = start + 1
    for n in range(start, len(lines)):
        kind = kinds[n]
        pause = 0 if kind is Kind.PROSE else pause + 1
        if best >= _ENOUGH and (kind in _ENDS or pause > _LONG_PAUSE):
            break
        if kind in _PAUSES and best >= _ENOUGH and not _goes_on(lines, kinds, n):
            break
        total += max(gain(len(lines[n].text), kind), -60)
        if total > best:
            best, end = total, n + 1
    return end


def _goes_on(lines: list[Line], kinds: list[Kind], n: int) -> bool:
    """Whether the story goes on behind a few links: soon two long sentences in a row, or two still longer ones.

    The sentences under the headlines of other stories are shorter, and each has its headline before it.
    """
    ahead = [k for k in range(n + 1, min(n + _AHEAD, len(lines))) if kinds[k] is not Kind.FRAME]
    lengths = [len(lines[k].text) if kinds[k] is Kind.PROSE else 0 for k in ahead]
    in_a_row = any(min(pair) > _LONG for pair in itertools.pairwise(lengths))
    return in_a_row or sum(length > _LONGER for length in lengths) > 1
