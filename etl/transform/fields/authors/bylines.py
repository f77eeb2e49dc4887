"""The grammar of one printed by-line: `By MARVIN ZIEGELE/SPECIAL TO THE JERUSALEM POST` into authors with their credit.

A line is cut at hard separators (`|`, `/`, ` – `, line ends, dates) into stretches, a stretch at commas and joining words into
parts; a part is a name, or belongs to one (role, employer, place), or ends the by-line. Where on the page to look for by-lines,
and which of several sources to believe, is not decided here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from etl.records import Author, AuthorKind
from etl.transform.fields.authors import kinds, names, vocabulary
from etl.transform.fields.authors.vocabulary import BLANKS, EDGES, listed
from etl.transform.text import clean, fold

_MAX_LENGTH = 600
_MAX_SIGN = 4
"""Up to this length one word in capitals is a sign (`MYT`), not a name shouted."""
# jane.roe@example.org, @janeroe, https://example.org/x, www.example.org/x
_ADDRESS = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,30}){1,4}|(?<!\w)@\w{2,30}|(?:https?://|www\.)\S{1,200}", re.I)
_HARD = re.compile(r"\s*(?://+|[/|｜／;；▪●■◆►»•\n]|(?<!\w)·|·(?!\w)|\s[–—-]+\s|\s[–—]|[–—]\s)\s*")
_SOFT = re.compile(r"\s*[,，、]\s*")
_DATELINE = re.compile(r"^([\w .,'’\-]{2,40}?)\s*\(([\w \-]{2,25})\)\s*[–—-]")  # JERUSALEM (AP) –
_PARENTHESIS = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]{0,80})[)）\]】]\s*")
_COUNTED = re.compile(r"[(（\[][^()（）\[\]]{0,40}?\d[^()（）\[\]]{0,40}[)）\]]")  # (1599 readers), (*1958)
_WORD = re.compile(r"\S+")
_NUMBER = re.compile(r"\W*\d")  # 2021, 12:39, 3rd, (12
_FIRST_WORD = re.compile(r"(\w+)\s+")


def parse_byline(
    text: str, *, language: str | None = None, site_names: tuple[str, ...] = (), declared: bool = False
) -> tuple[Author, ...]:
    """The authors a by-line names, in its order; empty for what is no by-line.

    `site_names` are the publisher's own names: beside a person they say for whom she writes and are no author. `declared` says
    that the page itself calls this text its author (JSON-LD, `<meta name="author">`): then one word, a name in small letters and
    `Family, Given` are names too. Every author's `credit` is the line as printed, without its label and without dates.
    """
    return read_byline(text, language, tuple(site_names), declared).authors


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line gave."""

    authors: tuple[Author, ...] = ()
    labelled: bool = False
    """Whether a label such as `By` stands before a name in it."""


@lru_cache(maxsize=2_000)
def read_byline(text: str, language: str | None, site_names: tuple[str, ...], declared: bool) -> Reading:
    """As `parse_byline`, and whether the line says of itself that it is a by-line."""
    line = "\n".join(cleaned for part in text[:_MAX_LENGTH].split("\n") if (cleaned := clean(part)))
    line = _unwrapped(_turned(line) if declared else line)
    reader = _Reader(line, language, site_names, declared)
    found = _unique(reader.read(), site_names)
    if not found:
        return Reading()
    end = max(reader.end, *(credit.end for credit in found))
    printed = clean(line[min(credit.start for credit in found) : end]).strip(BLANKS)
    authors = tuple(Author(name=credit.name, kind=credit.kind, credit=printed) for credit in found)
    return Reading(authors, any(credit.label for credit in found))


def is_label(text: str) -> bool:
    """Whether a text is nothing but the words that stand before authors' names (`By`, `Autor:`)."""
    return text.strip(EDGES).casefold() in listed("labels", "prepositions")


def name_key(name: str) -> str:
    """By which two spellings of one name are known: `Emma Mackenzie`, `Emma-Mackenzie`, `EMMA MACKENZIE`."""
    return fold(name).replace(" ", "")


def _unwrapped(line: str) -> str:
    """`[Jane Roe]`, `（松岡大地）` without the brackets."""
    whole = _PARENTHESIS.fullmatch(line)
    return whole[1] if whole else line


def _turned(line: str) -> str:
    """`You, Xiaoying; Lenharo, Mariana`, as libraries and citation tags write names, in reading order."""
    parts = [part.strip() for part in line.split(";")]
    if all("," in part for part in parts) and not any(_is_no_name(half) for part in parts for half in part.split(",")):
        return "; ".join(names.turn_round(part) for part in parts)
    return line


def _is_no_name(text: str) -> bool:
    text = text.strip()
    return bool(kinds.agency_spelling(text)) or kinds.is_role(text) or kinds.is_organization(text)


@dataclass(slots=True)
class _Piece:
    """A stretch of the line between two separators, or a part of one."""

    text: str
    start: int
    end: int
    joined: str
    """What stands before it: `start`, `hard`, `date`, `comma`, `and`, `parenthesis`."""
    label: str = ""
    """The label that stands before it: `by`, `text:`."""


@dataclass(slots=True)
class _Credit:
    """A name found in the line, and where."""

    name: str
    kind: AuthorKind
    start: int
    end: int
    joined: str = ""
    label: str = ""


class _Reader:
    """Reads one line; `end` is where the last part that belongs to the credit ends."""

    def __init__(self, line: str, language: str | None, site_names: tuple[str, ...], declared: bool) -> None:
        self.line = line
        self.language = language
        self.site_names = site_names
        self.declared = declared
        self.end = 0
        self.credits: list[_Credit] = []
        self.label = ""
        """A label that stood alone and waits for its name."""

    def read(self) -> list[_Credit]:
        if (dateline := _DATELINE.match(self.line)) and (agency := kinds.agency_spelling(dateline[2])):
            return [_Credit(agency, AuthorKind.ORGANIZATION, dateline.start(2), dateline.end(2))]
        if self.declared and (whole := self._whole_organization()):
            return [whole]
        blanked = _ADDRESS.sub(_blank, _COUNTED.sub(_blank, self.line))
        for stretch in _stretches(blanked):
            self._read_stretch(stretch)
        labelled = next((n for n, credit in enumerate(self.credits) if credit.label), 0)
        if labelled and self.credits[labelled].label not in listed("labels_more"):
            return self.credits[labelled:]  # "Politics | Top Story | by Jane Roe"
        return self.credits

    def _whole_organization(self) -> _Credit | None:
        """`Department of Trade, Industry and Energy`: one body, whatever commas and joining words are in its name."""
        head, *rest = _SOFT.split(self.line)
        if not rest or not kinds.is_organization(head) or kinds.agency_spelling(head) or _HARD.search(self.line):
            return None
        if any(kinds.is_person(part) or kinds.is_organization(part) or kinds.is_place(part) for part in rest[:-1]):
            return None
        last = vocabulary.joining_word().split(rest[-1])
        if len(last) < 2 or not kinds.is_organization_name(self.line, declared=True):
            return None
        return _Credit(self.line, AuthorKind.ORGANIZATION, 0, len(self.line))

    def _read_stretch(self, stretch: _Piece) -> None:
        if is_label(stretch.text):
            self.label = stretch.text.casefold()
            return
        others = vocabulary.label_of_others().match(stretch.text)
        if others and not self.label:
            return
        if others:  # "Text/Foto: Jane Roe"
            stretch = _rest(stretch, others.end(), self.label)
        stretch = self._without_label(stretch)
        stretch.label, self.label = stretch.label or self.label, ""
        for piece in _without_noise(stretch):
            found = len(self.credits)
            for part in _parts(self._without_label(piece), self.site_names):
                if not self._read_part(part, first=len(self.credits) == found):
                    break

    def _without_label(self, piece: _Piece) -> _Piece:
        """The piece behind its label or labels (`Autor: Von Anna Müller`)."""
        for _ in range(3):
            match = vocabulary.label_at_start().match(piece.text) or self._short_label(piece.text)
            if match is None or match.end() == len(piece.text):
                break
            piece = _rest(piece, match.end(), match[0].casefold().strip(EDGES))
        return piece

    def _short_label(self, text: str) -> re.Match[str] | None:
        """`Von Anna Müller`, but not `Von der Leyen`: words that are parts of names in other languages."""
        match = _FIRST_WORD.match(text)
        if not match:
            return None
        word, rest = match[1].casefold(), text[match.end() :]
        if rest.split()[0].casefold() in names.particles():
            return None
        if word in vocabulary.of_language("labels_short", self.language):
            return match
        first = vocabulary.joining_word().split(_SOFT.split(rest)[0])[0]
        if word in listed("prepositions") and (kinds.is_person(first) or (self.declared and word == match[1])):
            return match
        return None

    def _read_part(self, part: _Piece, *, first: bool) -> bool:
        """Take one part; False where the by-line ends before it."""
        if not part.text:
            return True
        if agency := kinds.agency_spelling(part.text):
            return self._add(agency, AuthorKind.ORGANIZATION, part)
        if part.joined == "parenthesis":
            return self._pass_by(part, drop_last=bool(vocabulary.label_of_others().match(f"{part.text}:")))
        if self._is_byplay(part):
            return self._pass_by(part)
        if name := self._name(part, first):
            return self._add(*name, part)
        if not first and part.joined == "comma" and len(part.text.split()) < 3 and part.text.casefold() not in listed("calendar"):
            return self._pass_by(part)  # a place: "Jane Roe, Berlin"
        return False

    def _pass_by(self, part: _Piece, *, drop_last: bool = False) -> bool:
        """A part that belongs to the name before it; in `John Doe (photos)` it says that this is no author."""
        if self.credits:
            self.end = max(self.end, part.end)
        if self.credits and drop_last:
            self.credits.pop()
        return True

    def _is_byplay(self, part: _Piece) -> bool:
        """A role, a degree, a place or, beside a person, the paper she writes for."""
        text = part.text
        if text.casefold().strip(" .") in names.credentials() or kinds.is_place(text):
            return True
        if kinds.is_role(text) and (part.joined == "comma" or not kinds.is_person(kinds.strip_role(text))):
            return True
        if not self.credits:
            return False
        return kinds.is_site_name(text, self.site_names) or _begins_with_tail(text) or _is_paper(part)

    def _name(self, part: _Piece, first: bool) -> tuple[str, AuthorKind] | None:
        """The normal name in a part, and its kind."""
        full = _cut_tail(_cut_trade(part.text)).strip(EDGES)
        text = kinds.without_agency(kinds.strip_role(full).strip(EDGES), full)
        if kinds.is_organization(text, self.site_names):
            return self._organization(part)
        if text.islower() and not self._takes_small_letters(part):
            return None
        person = names.normalise_name(text, language=self.language, spellings=self.site_names)
        if self.declared and not kinds.is_person(person):
            person = names.with_capitals(person)
        if kinds.is_person(person) and not kinds.is_place(person) and not _begins_with_tail(person):
            return person, AuthorKind.PERSON
        if self._takes_one_word(part, first) and kinds.is_nick(text):
            return (text if len(text) <= _MAX_SIGN else person), AuthorKind.PERSON
        return None

    def _takes_small_letters(self, part: _Piece) -> bool:
        """Names in small letters: where the page declares its author, or behind a plain label (`by jane roe`)."""
        plain = bool(part.label) and part.label not in listed("labels_short")
        return self.declared or (plain and len(part.text.split()) <= 3)

    def _organization(self, part: _Piece) -> tuple[str, AuthorKind] | None:
        # "Jane Roe, BBC News" names her employer; "Jane Roe and BBC News" two authors
        if self.credits and part.joined in {"comma", "hard"}:
            return None
        if not kinds.is_organization_name(part.text, declared=self.declared):
            return None
        name = kinds.organization_name(part.text, language=self.language, site_names=self.site_names)
        return name, AuthorKind.ORGANIZATION

    def _takes_one_word(self, part: _Piece, first: bool) -> bool:
        if " " in part.text:
            return False
        if self.declared and part.joined == "date":
            return not self.credits
        if self.declared:
            return first or part.joined in {"and", "hard"}
        return part.joined == "and" and bool(self.credits)

    def _add(self, name: str, kind: AuthorKind, part: _Piece) -> bool:
        if _cut_trade(part.text) != part.text:
            part.label = part.label or part.text  # `松岡大地記者` says that he wrote it
        self.credits.append(_Credit(name, kind, part.start, part.end, part.joined, part.label))
        self.end = max(self.end, part.end)
        return True


def _blank(match: re.Match[str]) -> str:
    return "|" + " " * (len(match[0]) - 1)


def _stretches(line: str) -> Iterator[_Piece]:
    """The line cut at hard separators and before labels."""
    for piece in _split(_HARD, line, 0, "hard"):
        found = vocabulary.label_inside().finditer(piece.text)
        joined = vocabulary.joined_at_end()  # "Text & Fotos: Jane Roe" is one label
        cuts = [match.start() for match in found if match.start() and not joined.search(piece.text, 0, match.start())]
        for start, end in itertools.pairwise([0, *cuts, len(piece.text)]):
            yield _trimmed(piece.text[start:end], piece.start + start, "hard")


def _without_noise(stretch: _Piece) -> Iterator[_Piece]:
    """The runs of words between dates and times, up to what begins with `Updated`, `Follow` and the like."""
    text = stretch.text
    if noise := vocabulary.noise().search(text):
        text = text[: noise.start()]
    if " " not in text or not any(_is_number(word) for word in text.split()):
        yield _trimmed(text, stretch.start, stretch.joined, stretch.label)
        return
    run: list[re.Match[str]] = []
    after_date = False
    for word in [*_WORD.finditer(text), None]:
        if word is not None and not _is_number(word[0]):
            if not (after_date and not run and _is_of_date(word)):
                run.append(word)
            continue
        while run and word is not None and _is_of_date(run[-1]):
            run.pop()
        if run:
            yield _trimmed(
                text[run[0].start() : run[-1].end()],
                stretch.start + run[0].start(),
                "date" if after_date else stretch.joined,
                stretch.label,
            )
        run, after_date = [], True


def _is_number(word: str) -> bool:
    """`2021`, `12:39`, `3rd`, `(1.2k`; not `BR24`, `24horas.cl`."""
    return bool(_NUMBER.match(word)) and not kinds.is_domain(word)


def _is_of_date(word: re.Match[str]) -> bool:
    return word[0].strip(" .,|").casefold() in listed("calendar")


def _parts(stretch: _Piece, site_names: tuple[str, ...]) -> Iterator[_Piece]:
    """The stretch cut at parentheses, commas and joining words."""
    position = 0
    for match in [*_PARENTHESIS.finditer(stretch.text), None]:
        end = match.start() if match else len(stretch.text)
        outside = _trimmed(stretch.text[position:end], stretch.start + position, "comma" if position else stretch.joined)
        for comma in _split(_SOFT, outside.text, outside.start, "comma", outside.joined):
            whole = kinds.is_site_name(comma.text, site_names)  # "Church and Life" at church-and-life.example
            for part in [comma] if whole else _split_joined(comma):
                part.label = stretch.label
                yield part
        if match:
            inside = _trimmed(match[1], stretch.start + match.start(1), "parenthesis", stretch.label)
            inside.end = stretch.start + match.end(1) + 1  # the bracket belongs to the credit
            yield inside
            position = match.end()


def _split_joined(piece: _Piece) -> Iterator[_Piece]:
    """The piece cut at `and` and its kin, but for those inside one name (`José Ortega y Gasset`)."""
    position, before = 0, piece.joined
    for match in vocabulary.joining_word().finditer(piece.text):
        joiner = match[0].strip()
        left, right = piece.text[position : match.start()], piece.text[match.end() :]
        if not (joiner[0].islower() or joiner in "&+" or piece.text.isupper()) or _is_one_name(left, joiner, right):
            continue
        yield _trimmed(left, piece.start + position, before)
        position, before = match.end(), "and"
    yield _trimmed(piece.text[position:], piece.start + position, before)


def _is_one_name(left: str, joiner: str, right: str) -> bool:
    if joiner.casefold() not in names.particles() or (" " in left.strip() and " " in right.strip()):
        return False
    return not any(kinds.agency_spelling(side) or kinds.is_organization(side) for side in (left, right))


def _split(pattern: re.Pattern[str], text: str, offset: int, joined: str, before: str = "start") -> Iterator[_Piece]:
    position = 0
    for match in pattern.finditer(text):
        yield _trimmed(text[position : match.start()], offset + position, before)
        position, before = match.end(), joined
    yield _trimmed(text[position:], offset + position, before)


def _rest(piece: _Piece, position: int, label: str) -> _Piece:
    return _trimmed(piece.text[position:], piece.start + position, piece.joined, label)


def _trimmed(text: str, start: int, joined: str, label: str = "") -> _Piece:
    left = text.lstrip(BLANKS)
    start += len(text) - len(left)
    left = left.rstrip(BLANKS)
    return _Piece(left, start, start + len(left), joined, label)


def _begins_with_tail(text: str) -> bool:
    """`in Seoul`, `for The Paper`."""
    return text.split(maxsplit=1)[0] in listed("tails")


def _is_paper(part: _Piece) -> bool:
    """`… | El Sol de México`: behind a name and a stroke, an article begins the name of a paper."""
    words = part.text.split()
    return part.joined == "hard" and len(words) > 1 and words[0].casefold() in listed("articles") and words[0][0].isupper()


def _cut_trade(text: str) -> str:
    """`홍길동 기자`, `松岡大地記者` without the trade."""
    if vocabulary.HAS_CJK.search(text):
        return vocabulary.trade_at_end().sub("", text).strip() or text
    return text


def _cut_tail(text: str) -> str:
    """`Jane Roe in Paris`, `John Doe for The Guardian` up to the preposition."""
    match = vocabulary.tail().search(text)
    if match and (match[1].islower() or text.isupper()) and len(text[: match.start()].split()) >= 2:
        return text[: match.start()]
    return text


def _unique(found: list[_Credit], site_names: tuple[str, ...]) -> list[_Credit]:
    """Each author once; beside a person no site's name, and no paper that stands before her ("The Paper | Jane Roe")."""
    persons = any(credit.kind is AuthorKind.PERSON for credit in found)
    by_key: dict[str, _Credit] = {}
    for number, credit in enumerate(found):
        if persons and credit.kind is AuthorKind.ORGANIZATION and not kinds.agency_spelling(credit.name):
            follower = found[number + 1] if number + 1 < len(found) else None
            if kinds.is_site_name(credit.name, site_names) or (follower and follower.joined in {"hard", "date"}):
                continue
        by_key.setdefault(name_key(credit.name), credit)
    return list(by_key.values())
