"""The grammar of one printed by-line: `By MARVIN ZIEGELE/SPECIAL TO THE JERUSALEM POST` into authors with their credit.

Reads a text that stands where by-lines stand, or that a page declares as its author. Where on the page to look, and which of
several sources to believe, is not decided here.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.records import Author, AuthorKind
from etl.transform import words
from etl.transform.fields.authors import kinds, names
from etl.transform.text import clean, fold

_MAX_LENGTH = 600
# jane.roe@example.org, @janeroe, https://example.org/x, www.example.org/x
_ADDRESS = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,30}){1,4}|(?<!\w)@\w{2,30}|(?:https?://|www\.)\S{1,200}", re.I)
_HARD = re.compile(r"\s*(?://+|[/|｜／;；▪●■◆►»•\n]|(?<!\w)·|·(?!\w)|\s[–—-]+\s|\s[–—]|[–—]\s)\s*")
_SOFT = re.compile(r"\s*[,，、]\s*")
_DATELINE = re.compile(r"^([\w .,'’\-]{2,40}?)\s*\(([\w \-]{2,25})\)\s*[–—-]")  # JERUSALEM (AP) –
_PARENTHESIS = re.compile(r"\s*[(（\[【]([^()（）\[\]【】]{0,80})[)）\]】]\s*")
_DIGIT = re.compile(r"\d")
_HAS_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_FIRST_WORD = re.compile(r"(\w+)\s+")
_EDGES = ' \t,;:：|/·•*–—-_~<>«»"“”„()[]{}【】（）「」『』＊'
_LAST_WORD = re.compile(r"\s*\S+$")


@dataclass(slots=True)
class _Piece:
    """A stretch of the line between two separators."""

    text: str
    start: int
    end: int
    joined: str
    """What stands before it: `start`, `hard`, `comma` or `and`."""
    labelled: bool = False
    """A label such as `By` stands before it."""


@dataclass(slots=True)
class _Credit:
    """A name found in the line, and where."""

    name: str
    kind: AuthorKind
    start: int
    end: int
    joined: str


def parse_byline(
    text: str, *, language: str | None = None, site_names: tuple[str, ...] = (), declared: bool = False
) -> tuple[Author, ...]:
    """The authors a by-line names, in its order; empty for what is no by-line.

    `site_names` are the publisher's own names: beside a person they say for whom she writes and are no author. `declared` says
    that the page itself calls this text its author (JSON-LD, `<meta name="author">`): then one word, a name in small letters and
    `Family, Given` are names too. Every author's `credit` is the line as printed, without its label and without dates.
    """
    return _parse(text[:_MAX_LENGTH], language, tuple(site_names), declared)


@lru_cache(maxsize=2_000)
def _parse(text: str, language: str | None, site_names: tuple[str, ...], declared: bool) -> tuple[Author, ...]:
    line = _one_line(text)
    if declared:
        line = _turned(line)
    reader = _Reader(line, language, site_names, declared)
    found = _unique(reader.read(), site_names)
    if not found:
        return ()
    end = max(reader.end, *(credit.end for credit in found))
    printed = line[min(credit.start for credit in found) : end].strip(_EDGES)
    return tuple(Author(name=credit.name, kind=credit.kind, credit=printed) for credit in found)


def _one_line(text: str) -> str:
    return "\n".join(line for part in text.split("\n") if (line := clean(part)))


def _turned(line: str) -> str:
    """`You, Xiaoying; Lenharo, Mariana`, as libraries and citation tags write names, in reading order."""
    parts = [part.strip() for part in line.split(";")]
    if all("," in part for part in parts) and not any(_is_no_name(half) for part in parts for half in part.split(",")):
        return "; ".join(names.turn_round(part) for part in parts)
    return line


def _is_no_name(text: str) -> bool:
    text = text.strip()
    return bool(kinds.agency_spelling(text)) or kinds.is_role(text) or kinds.is_organization(text)


class _Reader:
    """Reads one line; `end` is where the last part that belongs to the credit ends."""

    def __init__(self, line: str, language: str | None, site_names: tuple[str, ...], declared: bool) -> None:
        self.line = line
        self.language = language
        self.site_names = site_names
        self.declared = declared
        self.end = 0
        self.credits: list[_Credit] = []

    def read(self) -> list[_Credit]:
        if (dateline := _DATELINE.match(self.line)) and (agency := kinds.agency_spelling(dateline[2])):
            return [_Credit(agency, AuthorKind.ORGANIZATION, dateline.start(2), dateline.end(2), "start")]
        blanked = _ADDRESS.sub(lambda match: "|" + " " * (len(match[0]) - 1), self.line)
        for stretch in self._stretches(blanked):
            self._read_stretch(stretch)
        return self.credits

    def _stretches(self, line: str) -> Iterator[_Piece]:
        """The line cut at hard separators and before labels."""
        for piece in _split(_HARD, line, 0, "hard"):
            cuts = [match.start() for match in _inner_labels().finditer(piece.text) if match.start()]
            starts = [0, *cuts, len(piece.text)]
            for start, end in itertools.pairwise(starts):
                yield _trimmed(piece.text[start:end], piece.start + start, "hard")

    def _read_stretch(self, stretch: _Piece) -> None:
        if _is_of_others(stretch.text) or stretch.text.casefold() in _label_words():
            return
        stretch = self._without_label(stretch)
        stretch = _cut_noise(stretch)
        if not stretch.text:
            return
        found = len(self.credits)
        for part in self._parts(stretch):
            if not self._read_part(part, first=len(self.credits) == found):
                break

    def _without_label(self, piece: _Piece) -> _Piece:
        """The piece behind its label or labels (`Autor: Von Anna Müller`)."""
        for _ in range(3):
            match = _labels().match(piece.text)
            if match is None:
                match = _short_label(piece.text, self.language)
            if match is None:
                break
            rest = _trimmed(piece.text[match.end() :], piece.start + match.end(), piece.joined)
            if not rest.text:
                break
            rest.labelled = True
            piece = rest
        return piece

    def _parts(self, stretch: _Piece) -> Iterator[_Piece]:
        """The stretch cut at parentheses, commas and joining words."""
        for inside, piece in _parentheses(stretch):
            if inside:
                piece.joined = "parenthesis"
                yield piece
                continue
            for comma in _split(_SOFT, piece.text, piece.start, "comma"):
                for part in _split_joined(comma):
                    part.labelled = stretch.labelled
                    yield part

    def _read_part(self, part: _Piece, *, first: bool) -> bool:
        """Take one part; False where the by-line ends before it."""
        if part.joined == "parenthesis":
            return self._read_parenthesis(part)
        if not part.text:
            return True
        if agency := kinds.agency_spelling(part.text):
            return self._add(agency, AuthorKind.ORGANIZATION, part)
        if self._is_byplay(part.text):
            self.end = max(self.end, part.end) if self.credits else self.end
            return True
        name = self._name(part, first)
        if name is not None:
            return self._add(name[0], name[1], part)
        if self.credits and not first and (len(part.text.split()) < 3):
            self.end = max(self.end, part.end)  # a place: "Jane Roe, Berlin"
            return True
        return False

    def _read_parenthesis(self, part: _Piece) -> bool:
        if agency := kinds.agency_spelling(part.text):
            return self._add(agency, AuthorKind.ORGANIZATION, part)
        if self.credits and _is_of_others(f"{part.text}:"):
            self.credits.pop()  # "John Doe (photos)"
        elif self.credits:
            self.end = max(self.end, part.end)
        return True

    def _is_byplay(self, text: str) -> bool:
        """A role, a degree, a place or, beside a person, the paper she writes for."""
        folded = text.casefold().strip(" .")
        if folded in names.credentials() or kinds.is_place(text):
            return True
        if kinds.is_role(text) and not kinds.is_person(_bare(text)):
            return True
        return bool(self.credits) and kinds.is_site_name(text, self.site_names)

    def _name(self, part: _Piece, first: bool) -> tuple[str, AuthorKind] | None:
        """The normal name in a part, and its kind."""
        text = _bare(_cut_tail(_cut_suffix_label(part.text)))
        if kinds.is_organization(text, self.site_names):
            return self._organization(part)
        person = names.normalise_name(text, language=self.language, spellings=self.site_names)
        if kinds.is_person(person) and not kinds.is_place(person):
            return person, AuthorKind.PERSON
        if self._takes_one_word(part, first) and kinds.is_nick(person):
            return person, AuthorKind.PERSON
        return None

    def _organization(self, part: _Piece) -> tuple[str, AuthorKind] | None:
        # "Jane Roe, BBC News" names her employer; "Jane Roe and BBC News" two authors.
        if self.credits and part.joined in {"comma", "hard"}:
            return None
        if len(part.text.split()) > 8 or (not self.declared and part.text.islower()):
            return None
        name = kinds.organization_name(part.text, language=self.language, site_names=self.site_names)
        return name, AuthorKind.ORGANIZATION

    def _takes_one_word(self, part: _Piece, first: bool) -> bool:
        if " " in part.text:
            return False
        if self.declared:
            return first or part.joined in {"and", "hard"}
        return part.joined == "and" and bool(self.credits)

    def _add(self, name: str, kind: AuthorKind, part: _Piece) -> bool:
        self.credits.append(_Credit(name, kind, part.start, part.end, part.joined))
        self.end = max(self.end, part.end)
        return True


def _split(pattern: re.Pattern[str], text: str, offset: int, joined: str) -> Iterator[_Piece]:
    position, before = 0, "start" if not offset else joined
    for match in pattern.finditer(text):
        yield _trimmed(text[position : match.start()], offset + position, before)
        position, before = match.end(), joined
    yield _trimmed(text[position:], offset + position, before)


def _trimmed(text: str, start: int, joined: str) -> _Piece:
    left = text.lstrip(_EDGES)
    start += len(text) - len(left)
    left = left.rstrip(_EDGES)
    return _Piece(left, start, start + len(left), joined)


def _parentheses(stretch: _Piece) -> Iterator[tuple[bool, _Piece]]:
    """The pieces outside (False) and inside (True) parentheses."""
    position = 0
    for match in _PARENTHESIS.finditer(stretch.text):
        yield False, _trimmed(stretch.text[position : match.start()], stretch.start + position, stretch.joined)
        yield True, _trimmed(match[1], stretch.start + match.start(1), "parenthesis")
        position = match.end()
    yield False, _trimmed(stretch.text[position:], stretch.start + position, "comma" if position else stretch.joined)


def _split_joined(piece: _Piece) -> Iterator[_Piece]:
    """The piece cut at `and` and its kin, but for those inside one name (`José Ortega y Gasset`)."""
    position, before = 0, piece.joined
    for match in _joiners().finditer(piece.text):
        if not match[0].strip().islower() and match[0].strip() not in "&+" and not piece.text.isupper():
            continue
        left, right = piece.text[position : match.start()], piece.text[match.end() :]
        if _is_one_name(left, match[0].strip(), right):
            continue
        yield _trimmed(left, piece.start + position, before)
        position, before = match.end(), "and"
    yield _trimmed(piece.text[position:], piece.start + position, before)


def _is_one_name(left: str, joiner: str, right: str) -> bool:
    if joiner.casefold() not in names.particles() or (" " in left.strip() and " " in right.strip()):
        return False
    return not any(kinds.agency_spelling(side) or kinds.is_organization(side) for side in (left, right))


def _cut_noise(piece: _Piece) -> _Piece:
    """The piece up to a date, a reading time or a call to follow."""
    text = piece.text
    if noise := _noise().search(text):
        text = text[: noise.start()]
    digit = _DIGIT.search(text)
    if digit and " " in text:
        text = _LAST_WORD.sub("", text[: digit.end()])
        while (last := _LAST_WORD.search(text)) and last[0].strip(" .,").casefold() in _calendar():
            text = text[: last.start()]
    text = text.rstrip(_EDGES)
    return _Piece(text, piece.start, piece.start + len(text), piece.joined, piece.labelled)


def _cut_suffix_label(text: str) -> str:
    """`홍길동 기자`, `松岡大地記者` without the trade."""
    if _HAS_CJK.search(text):
        return _cjk_suffix().sub("", text).strip() or text
    return text


def _cut_tail(text: str) -> str:
    """`Jane Roe in Paris`, `John Doe for The Guardian` up to the preposition."""
    match = _tails().search(text)
    if match and (match[1].islower() or text.isupper()) and len(text[: match.start()].split()) >= 2:
        return text[: match.start()].rstrip(_EDGES)
    return text


def _bare(text: str) -> str:
    return kinds.strip_role(text.strip(_EDGES)).strip(_EDGES)


def _is_of_others(text: str) -> bool:
    return bool(_others().match(text))


def _short_label(text: str, language: str | None) -> re.Match[str] | None:
    match = _FIRST_WORD.match(text)
    if not match:
        return None
    word, rest = match[1].casefold(), text[match.end() :]
    own = words.table("authors")["labels_short"]
    if word in own.get(language or "", ()):
        return match
    anywhere = word in words.every("authors", "prepositions")
    first = _joiners().split(_SOFT.split(rest)[0])[0]
    return match if anywhere and kinds.is_person(first) and first.split()[0].casefold() not in names.particles() else None


def _unique(found: list[_Credit], site_names: tuple[str, ...]) -> list[_Credit]:
    """Each author once; the site's own name only where nobody else is named."""
    persons = any(credit.kind is AuthorKind.PERSON for credit in found)
    by_key: dict[str, _Credit] = {}
    for credit in found:
        if persons and credit.kind is AuthorKind.ORGANIZATION and kinds.is_site_name(credit.name, site_names):
            continue
        by_key.setdefault(name_key(credit.name), credit)
    return list(by_key.values())


def name_key(name: str) -> str:
    """By which two spellings of one name are known: `Emma Mackenzie`, `Emma-Mackenzie`, `EMMA MACKENZIE`."""
    return fold(name).replace(" ", "")


def _alternatives(*subjects: str) -> str:
    found = {word for subject in subjects for word in words.every("authors", subject)}
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(found, key=lambda word: (-len(word), word)))


@cache
def _labels() -> re.Pattern[str]:
    """At the start: `By Jane`, `Autor: Jane`, `记者焦鹏`."""
    spaced = _alternatives("labels")
    return re.compile(rf"(?:{spaced})(?:\s*[:：]\s*|\s+|(?<=[\u3040-\u9fff]))", re.I)


@cache
def _label_words() -> frozenset[str]:
    return frozenset(words.every("authors", "labels"))


@cache
def _inner_labels() -> re.Pattern[str]:
    """In the middle: `… Foto: Jens`, `… edited by Jane`, `3 May by Jane`, `Reuters By Jane`."""
    any_label = _alternatives("labels", "others")
    of_several = "|".join(a for a in any_label.split("|") if r"\s+" in a)
    prepositions = _alternatives("prepositions")
    capital = "|".join(
        word.capitalize() for word in words.every("authors", "prepositions") if word in {"by", "par", "por", "door", "oleh"}
    )
    return re.compile(
        rf"(?<=[\s,.)])(?:(?i:{any_label})\s*[:：]|(?i:{of_several})\s|(?:{capital}|BY)\s|(?<=[\d.,)]\s)(?i:{prepositions})\s|(?<=[ap]m\s)(?i:{prepositions})\s)"
    )


@cache
def _others() -> re.Pattern[str]:
    return re.compile(rf"(?:{_alternatives('others')})(?:\s*[:：]|\s+\S)", re.I)


@cache
def _joiners() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_alternatives('joiners')})\s+|\s*&\s*|\s\+\s", re.I)


@cache
def _noise() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_alternatives('noise')})(?!\w)", re.I)


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(rf"\s({_alternatives('tails')})\s", re.I)


@cache
def _cjk_suffix() -> re.Pattern[str]:
    cjk = "|".join(re.escape(w) for w in words.every("authors", "roles") if _HAS_CJK.search(w))
    return re.compile(rf"\s*(?:{cjk})(?:\s*외\s*\d*\s*명)?\s*$")


@cache
def _calendar() -> frozenset[str]:
    return frozenset(words.every("authors", "calendar"))
