"""What a line of a text capture is by itself: a sentence, a button, a date, a credit, a heading of a known kind.

Where the story begins and ends is `etl.transform.captures.outline`'s to say.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache

import regex

from etl.records import Block
from etl.transform import words
from etl.transform.captures.density import Kind, densest
from etl.transform.captures.lines import Line
from etl.transform.fields.authors.bylines import parse_byline
from etl.transform.fields.authors.kinds import agency_spelling
from etl.transform.fields.credit import split_credit
from etl.transform.fields.dates.labels import strip_label
from etl.transform.fields.dates.printed import Habits, Printed, find_dates
from etl.transform.fields.related.headings import judge, split_label
from etl.transform.profiles import Captures
from etl.transform.text import CASELESS

_LETTER = re.compile(r"[^\W\d_]")
_SENTENCE_END = regex.compile(r"""[.!?…。！？؟।][\p{Pf}\p{Pe}"'’»”]{0,3}\s*$""")
_CASED = regex.compile(r"\p{Lu}|\p{Ll}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_COUNT = re.compile(r"^\W*\d[\d.,]*\s*|[\s(]*\d[\d.,]*\)?\W*$")  # "Comments (12)", "3 Comments"
_BRACKETED = re.compile(r"\s?[(\[（]([^()\[\]（）]{2,80})[)\]）]\s?")
_SIGNED = re.compile(r"\s?[(（][^()（）]{2,40}[)）]$")  # "… on the tide. (dpa)"
_SEGMENT = re.compile(r"\s*[|•·‖]\s*|\s+[/–—-]\s+")
# One of these is in every credit but a bare agency's name.
_CREDIT_SIGN = re.compile(r"[(\[（【©:：/|–—]|photo|foto|image|courtesy|撮影|提供|摄|攝|제공|촬영|(?-i:\b[A-Z]{2,5}\b)", re.I)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?!\d)")
_COPYRIGHT = re.compile(r"©|\(c\)|copyright|ⓒ", re.I)
_MAX_DATE_LINE = 200
_MAX_ODD = 60
_MAX_CREDIT_LINE = 400
_MAX_BYLINE = 200
_MAX_CAPTION = 200
_BESIDE, _BESIDE_LABELLED = 25, 90
"""Letters that may stand beside the dates of a date line: a place, an agency, an author."""
_MIN_PROSE, _MIN_PROSE_CJK, _SURE_PROSE = 40, 18, 130
_MAX_HEADING = 60
_AROUND = 60
"""Lines beside the densest text in which the story's header and foot lie."""
_MAX_INLINE = 250
_MAX_TAG_WORDS = 3
_MAX_RELATIVE = 45
_WHOLE = 0.75
"""Share of a line that must be a known heading: a text capture shows no headings but by their words."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the page's language and its publisher's profile say of lines."""

    habits: Habits
    rules: Captures

    def blocks(self) -> dict[str, Block]:
        """Headings of the profile's blocks, casefolded."""
        return {block.heading.casefold(): block.block for block in self.rules.related}


def kinds_of(lines: list[Line], vocabulary: Vocabulary) -> list[Kind]:
    """The kind of every line. Dates, by-lines and credits are told only near the story: elsewhere nobody asks for them."""
    kinds = [_rough_kind(line, vocabulary) for line in lines]
    story = densest([len(line.text) for line in lines], kinds)
    for line in lines[max(0, story.start - _AROUND) : story.stop + _AROUND]:
        kinds[line.number] = _exact_kind(line, kinds[line.number], vocabulary)
    for n, (line, after) in enumerate(itertools.pairwise(lines)):
        if bracketed_behind(line.text, after.text):
            kinds[n] = kinds[n + 1] = Kind.CREDIT
        elif (label := _picture_label().match(line.text)) and label.end() == len(line.text):
            kinds[n + 1] = Kind.CREDIT
    for line in lines:
        if (
            kinds[line.number] is Kind.BLOCK
            and line.folded in words.every("captures", "tags")
            and _heads_tags(lines, line.number)
        ):
            kinds[line.number] = Kind.TAGS
    return kinds


def _heads_tags(lines: list[Line], n: int) -> bool:
    """`More about`: a heading of links to stories, or of tags when single words stand under it."""
    under = lines[n + 1 : n + 3]
    return bool(under) and all(len(line.text.split()) <= _MAX_TAG_WORDS for line in under)


def bracketed_behind(caption: str, line: str) -> str | None:
    """The credit of a caption that stands twice, the second time with its credit: `A crane falls.`, `A crane falls.(gazette)`."""
    match = _BRACKETED.fullmatch(line[len(caption) :]) if line.startswith(caption) and len(caption) > 3 else None
    return match[1].strip() if match else None


def with_colon(text: str) -> str:
    """`Image source, Getty Images` → `Image source: Getty Images`"""
    return _picture_label().sub(r"\1: ", text, count=1) if _picture_label().match(text) else text


def _rough_kind(line: Line, vocabulary: Vocabulary) -> Kind:
    """The kind of a line by its words and its length."""
    text, folded = line.text, line.folded
    if inline_link(text) is not None:
        return Kind.LINK
    if not _LETTER.search(text) or is_frame(folded) or folded.startswith(_profile_starts(vocabulary.rules.drop)):
        return Kind.FRAME
    if folded.startswith(_profile_starts(vocabulary.rules.footer)) or _is_copyright(text):
        return Kind.FOOTER
    if block_of(line, vocabulary) is not None:
        return Kind.BLOCK
    if tags_label(text) is not None:
        return Kind.TAGS
    if _COUNT.sub("", folded) in _listed("comments"):
        return Kind.COMMENTS
    prose = is_prose(text)
    if not prose and folded.startswith(_starts("footer_starts")):
        return Kind.FOOTER
    if any(part.startswith(_starts("frame_starts")) for part in _SEGMENT.split(folded)):
        return Kind.FRAME
    return Kind.PROSE if prose else Kind.SHORT


def _exact_kind(line: Line, rough: Kind, vocabulary: Vocabulary) -> Kind:
    if (label := _picture_label().match(line.text)) is not None:
        return Kind.CREDIT if len(line.text) > label.end() else Kind.FRAME
    text = line.text
    if rough not in (Kind.FRAME, Kind.SHORT, Kind.PROSE):
        return rough
    if _is_date(text, vocabulary.habits):
        return Kind.DATE
    if rough is Kind.FRAME:
        return rough
    if is_byline(text, vocabulary.habits.languages[0]):
        return Kind.BYLINE
    return Kind.CREDIT if _is_credit(line) else rough


def _is_credit(line: Line) -> bool:
    text = line.text
    if len(text) > _MAX_CREDIT_LINE or not (_CREDIT_SIGN.search(text) or line.folded in words.every("images", "agencies")):
        return False
    return split_credit(text)[1] is not None and not _is_signed_story(text)


def _is_signed_story(text: str) -> bool:
    """`… on the tide. (dpa)`: a last paragraph with its agency, too long for a caption."""
    signed = _SIGNED.search(text)
    return bool(signed and len(text) > _MAX_CAPTION and agency_spelling(signed[0].strip(" ()（）")))


def is_prose(text: str) -> bool:
    """Whether a line reads as running text: a whole sentence, or long and not a row of headings."""
    if len(CASELESS.findall(text[:200])) * 3 > len(text[:200]):
        return len(text) >= _MIN_PROSE_CJK and (bool(_SENTENCE_END.search(text)) or len(text) >= 3 * _MIN_PROSE_CJK)
    parts = text.split()
    if len(text) < _MIN_PROSE or len(parts) < 7 or len(_LETTER.findall(text)) * 10 < 6 * len(text):
        return False
    if is_row_of_headings(parts):
        return False
    return ends_sentence(text) or len(text) >= _SURE_PROSE


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence, its agency in brackets behind it or not."""
    return bool(_SENTENCE_END.search(_SIGNED.sub("", text)))


def is_frame(folded: str) -> bool:
    """Whether a line is nothing but a button or a notice of the site's frame."""
    return folded in _listed("frame") or folded.strip(" .!|›»«‹→←-–+•·") in _listed("frame")


def block_of(line: Line, vocabulary: Vocabulary) -> Block | None:
    """The kind of block that a heading opens."""
    if len(line.text) > _MAX_HEADING:
        return None
    if own := vocabulary.blocks().get(line.folded):
        return own
    verdict = judge(line.text)
    return verdict.kind if verdict and verdict.share >= _WHOLE else None


def inline_link(text: str) -> tuple[str, str] | None:
    """`Read also: Harbour reopens` → (`Read also`, `Harbour reopens`); None for any other line."""
    label, title = split_label(text) if len(text) <= _MAX_INLINE else (None, text)
    return (label, title) if label else None


def tags_label(text: str) -> str | None:
    """What follows a label of tags on its line (empty where nothing does); None for a line without such a label."""
    match = _tags_pattern().match(text)
    return text[match.end() :].strip() if match else None


def dates_in(text: str, habits: Habits) -> tuple[Printed, ...]:
    """The dates of a line that is a date line; none of a sentence with a date in it."""
    if len(text) > _MAX_DATE_LINE or not any(char.isdigit() for char in text):
        return ()
    found = find_dates(text, habits, odd=len(text) <= _MAX_ODD)
    if not found or (is_prose(text) and found[0].kind is None):
        return ()
    if any(printed.kind for printed in found):
        return found if _beside(text, found) <= _BESIDE_LABELLED else ()
    segments = [part for part in _SEGMENT.split(text) if any(printed.text in part for printed in found)]
    return found if _beside(" ".join(segments or [text]), found) <= _BESIDE else ()


def _beside(text: str, found: tuple[Printed, ...]) -> int:
    """How many letters stand beside the dates."""
    return len(_LETTER.findall(text)) - sum(len(_LETTER.findall(printed.text)) for printed in found)


def is_byline(text: str, language: str) -> bool:
    """Whether a line is a label of by-lines, alone or with names behind it."""
    if len(text) > _MAX_BYLINE or is_prose(text):
        return False
    folded = text.casefold().rstrip(" :：")
    if folded in _byline_labels():
        return True
    label = _byline_start(language).match(text)
    return bool(label and (parse_byline(text, language=language) or parse_byline(text[label.end() :], language=language)))


def _is_date(text: str, habits: Habits) -> bool:
    return bool(dates_in(text, habits)) or _is_clock(text) or _is_labelled_figure(text)


def _is_labelled_figure(text: str) -> bool:
    """`Published 3 seconds ago`"""
    if len(text) > _MAX_RELATIVE or not any(char.isdigit() for char in text):
        return False
    kind, rest = strip_label(text)
    return kind is not None and rest[:1].isdigit()


def _is_clock(text: str) -> bool:
    """`Today at 20:07`: a time of day with little beside it."""
    return len(text) <= 40 and bool(_CLOCK.search(text)) and len(_LETTER.findall(text)) <= 15


def is_row_of_headings(parts: list[str]) -> bool:
    """`Israel News Middle East Diaspora Opinion`: menu entries side by side, each with its capital."""
    worded = [part for part in parts if _CASED.search(part)]
    small = sum(1 for part in worded if part[0].islower())
    return len(worded) * 2 > len(parts) and small * 5 < len(worded)


def _is_copyright(text: str) -> bool:
    """`Copyright © 2021 Example Inc.`; but `© dpa` is a picture's credit."""
    match = _COPYRIGHT.search(text[:60])
    return bool(match and _YEAR.search(text) and len(text) < 600)


@cache
def _byline_labels() -> frozenset[str]:
    return frozenset(word for name in ("labels", "prepositions") for word in words.every("authors", name))


@cache
def _byline_start(language: str) -> re.Pattern[str]:
    """`By Jane Roe`, `Autor: Jane Roe`, `记者焦鹏`"""
    found = {*_byline_labels(), *words.table("authors")["labels_short"].get(language, ())}
    labels = "|".join(re.escape(word) for word in sorted(found, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?:{labels})(?:\s*[:：]|\s|(?<=[\u3040-\u9fff]))", re.I)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(words.every("captures", name))


@cache
def _starts(name: str) -> tuple[str, ...]:
    return words.every("captures", name)


@cache
def _profile_starts(beginnings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(beginning.casefold() for beginning in beginnings)


@cache
def _picture_label() -> re.Pattern[str]:
    """`Image caption, A crane on the quay`: a comma where others have a colon; only labels of several words."""
    labels = (word for name in ("captions", "labels") for word in words.every("images", name) if " " in word)
    return re.compile(rf"({'|'.join(re.escape(label) for label in labels)}),\s*", re.I)


@cache
def _tags_pattern() -> re.Pattern[str]:
    """`Tags: Russia, NATO`, `Tags Russia NATO`, `Topics:`; not `Topics of the day`"""
    labels = "|".join(re.escape(word) for word in words.every("captures", "tags"))
    bare = "|".join(re.escape(word) for word in words.every("captures", "tags_bare"))
    return re.compile(rf"(?:{labels})\s?(?:[:：]\s*|$)|(?:{bare})\s+(?=\S)", re.I)
