"""The grammar of one printed by-line: `By MARVIN ZIEGELE/SPECIAL TO THE JERUSALEM POST` into authors with their credit.

A line falls into stretches (`lines`), a stretch at commas and joining words into parts; a part is a name, or belongs to one
(role, employer, place), or ends the by-line. Where on the page to look for by-lines, and which of several sources to believe, is
not decided here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from etl.records import Author, AuthorKind
from etl.transform.fields.authors import kinds, names
from etl.transform.fields.authors.candidates import name_key
from etl.transform.fields.authors.lines import Word, keys_of, part_han_names, runs, stretches
from etl.transform.fields.authors.parts import Part, begins_with_tail, is_paper, parts_of, text_of, without_details, without_trade
from etl.transform.fields.authors.vocabulary import (
    EDGES,
    HAS_CJK,
    any_word,
    key,
    labels_before_han,
    listed,
    listed_in,
    phrases,
)
from etl.transform.text import clean

_MAX_LENGTH = 600
_MAX_PLAIN = 4
_MAX_SIGN = 4
"""Up to this length one word in capitals is a sign (`MYT`), not a name shouted."""
_LONG_DASHES = frozenset("–—")
_LETTER = re.compile(r"[^\W\d_]")
_DATELINE = re.compile(r"^([\w .,'’\-]{2,40}?)\s*\(([\w \-]{2,25})\)\s*[–—-]")  # JERUSALEM (AP) –
_BEFORE_EQUALS = re.compile(r"^[^=＝\s]{1,15}[=＝](?=\S)")
_NUMBERED = re.compile(r"([^\d,/|:]{2,40}) \d{1,3}")  # Studio 54, Radio 1
_WRAPPED = re.compile(r"[(（\[【]([^()（）\[\]【】]{1,80})[)）\]】]")  # [Jane Roe]


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
    if not _LETTER.search(text):
        return Reading()  # 3.5.2020, 12:39
    line = "\n".join(cleaned for part in text[:_MAX_LENGTH].split("\n") if (cleaned := clean(part)))
    if _is_plain_name(line) and not kinds.is_site_name(line, site_names):
        return Reading((Author(name=line, kind=AuthorKind.PERSON, credit=line),))
    line = _unwrapped(_turned(line) if declared else line)
    reader = _Reader(line, language, site_names, declared)
    found = _unique(reader.read(), site_names)
    if not found:
        return Reading()
    end = max(reader.end, *(credit.part.end for credit in found))
    printed = clean(line[min(credit.part.start for credit in found) : end]).strip(EDGES.replace(")", "").replace("）", ""))
    authors = tuple(Author(name=credit.name, kind=credit.kind, credit=printed) for credit in found)
    return Reading(authors, any(credit.is_labelled for credit in found))


def is_label(text: str, language: str | None = None) -> bool:
    """Whether a text is nothing but the words that stand before authors' names (`By`, `Autor:`, `Nga` in Albanian)."""
    return key(text) in listed("labels", "prepositions") or key(text) in listed_in("labels_short", language)


def _is_plain_name(line: str) -> bool:
    """The common case, told without reading: two to four capitalised words, none of which any list knows."""
    parts = line.split()
    if not 2 <= len(set(parts)) == len(parts) <= _MAX_PLAIN or not all(
        part.istitle() and part.replace("-", "").isalpha() for part in parts
    ):
        return False
    return any_word().isdisjoint([part.casefold() for part in parts]) and kinds.is_person(line)


def _unwrapped(line: str) -> str:
    """`[Jane Roe]`, `（松岡大地）` without the brackets, `【東京＝松岡大地】` and `한강일보=홍길동` without place or paper."""
    whole = _WRAPPED.fullmatch(line)
    inner = whole[1] if whole else line
    return _BEFORE_EQUALS.sub("", inner)


def _turned(line: str) -> str:
    """`You, Xiaoying; Lenharo, Mariana`, as libraries and citation tags write names, in reading order."""
    if "," not in line:
        return line
    parts = [part.strip() for part in line.split(";")]
    if all("," in part for part in parts) and not any(_is_no_name(half) for part in parts for half in part.split(",")):
        return "; ".join(names.turn_round(part) for part in parts)
    return line


def _is_no_name(text: str) -> bool:
    text = text.strip()
    return bool(kinds.agency_spelling(text)) or kinds.is_role(text) or kinds.is_organization(text)


@dataclass(frozen=True, slots=True)
class _Credit:
    """A name found in the line, and where."""

    name: str
    kind: AuthorKind
    part: Part

    @property
    def is_labelled(self) -> bool:
        """Whether the line says that this name wrote it: `By Jane Roe`, `松岡大地記者`."""
        return bool(self.part.label) or without_trade(self.part.text) != self.part.text


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
        """A label that stood alone and waits for its name; of others' names where it is in that list."""

    def read(self) -> list[_Credit]:
        if whole := self._dateline() or self._whole_organization():
            return [whole]
        before: list[Word] = []
        for words in stretches(part_han_names(self.line) if self.language == "zh" else self.line):
            if self._is_office(before, words):
                self.end = words[-1].end
            else:
                self._read_stretch(words)
            before = words
        labelled = next((n for n, credit in enumerate(self.credits) if credit.part.label), 0)
        if labelled and self.credits[labelled].part.label not in listed("labels_more"):
            return self.credits[labelled:]  # "Politics | Top Story | by Jane Roe"
        return self.credits

    def _dateline(self) -> _Credit | None:
        """`JERUSALEM (AP) – …`: the agency."""
        match = _DATELINE.match(self.line)
        agency = kinds.agency_spelling(match[2]) if match else None
        if match and agency:
            return _Credit(agency, AuthorKind.ORGANIZATION, Part(match[2], match.start(2), match.end(2), "hard"))
        return None

    def _whole_organization(self) -> _Credit | None:
        """`Department of Trade, Industry and Energy`, `Studio 54`: one body, whatever is in its name."""
        numbered = _NUMBERED.fullmatch(self.line) if self.declared else None
        if numbered and kinds.is_organization(numbered[1]) and kinds.is_organization_name(self.line, declared=True):
            return _Credit(self.line, AuthorKind.ORGANIZATION, Part(self.line, 0, len(self.line), "hard"))
        head, comma, rest = self.line.partition(",")
        if not self.declared or not comma or not kinds.is_organization(head) or kinds.agency_spelling(head):
            return None
        *middle, last = rest.split(",")
        joined = any(phrases("joiners").match([key(word)], 0) for word in last.split()[:-1])
        if not joined or not kinds.is_organization_name(self.line, declared=True):
            return None
        if any(kinds.is_person(part.strip()) or kinds.is_organization(part) or kinds.is_place(part) for part in middle):
            return None
        return _Credit(self.line, AuthorKind.ORGANIZATION, Part(self.line, 0, len(self.line), "hard"))

    def _is_office(self, before: list[Word], words: list[Word]) -> bool:
        """Whether a stretch is the place of the site's office: `Por Gazeta RO — Porto Velho`, `Jane Roe, Gazette — Leeds`."""
        if not before or not words or self.line[before[-1].end : words[0].start].strip() not in _LONG_DASHES:
            return False
        label = phrases("labels", "prepositions").match(keys_of(before), 0)
        paper = text_of(before[label:]).rpartition(",")[2].strip()
        return kinds.begins_with_site(paper, self.site_names) and (bool(label) or bool(self.credits))

    def _read_stretch(self, words: list[Word]) -> None:
        keys = keys_of(words)
        if phrases("labels", "prepositions").match(keys, 0) == len(words):
            self.label = " ".join(keys)
            return
        waiting, self.label = self.label, ""
        if waiting in listed("others") and waiting not in listed("labels"):
            return
        if len(words) > 1 and HAS_CJK.search(keys[-1]) and keys[-1] in listed("labels", "others") - listed("roles"):
            self.label = keys[-1]  # "文/王小明 图/李小红"
            words, keys = words[:-1], keys[:-1]
        others = 0 if _joint_label_length(words) else phrases("others").match(keys, 0)
        if others == len(words) and not words[-1].is_label:
            others = 0  # "Redaktion" alone
        if others and not waiting:
            return
        words, label = self._without_label(words[others:])  # "Text/Foto: Jane Roe"
        label = label or waiting
        for run, after_number in runs(words):
            run, own = self._without_label(run)
            for part in self._parts_of(run, "date" if after_number else "hard", own or label):
                if not self._read_part(part):
                    break

    def _without_label(self, words: list[Word]) -> tuple[list[Word], str]:
        """The words behind the label or labels they begin with (`Autor: Von Anna Müller`), and the last of these."""
        label = ""
        for _ in range(3):
            words, han = _without_han_label(words)
            length = _label_length(words) or self._short_label(words)
            label = han or label
            if not 0 < length < len(words):
                break
            label, words = " ".join(keys_of(words[:length])), words[length:]
        return words, label

    def _short_label(self, words: list[Word]) -> int:
        """`Von Anna Müller`, but not `Von der Leyen`: words that are parts of names in other languages."""
        if len(words) < 2:
            return 0
        if words[1].key in names.particles():  # "Von der Redaktion"
            return 2 if words[0].key in listed("labels_short") and kinds.is_organization(text_of(words[2:])) else 0
        if words[0].key in listed_in("labels_short", self.language):
            return 1
        if words[0].key not in listed("prepositions"):
            return 0
        first = next(iter(self._parts_of(words[1:])), None)
        known = first is not None and kinds.is_person(first.text)
        return int(known or (self.declared and words[0].text.islower()))

    def _parts_of(self, words: list[Word], joined: str = "hard", label: str = "") -> list[Part]:
        return parts_of(words, joined, label, self.language, self.site_names)

    def _read_part(self, part: Part) -> bool:
        """Take one part; False where the by-line ends before it."""
        if agency := kinds.agency_spelling(part.text):
            return self._add(agency, AuthorKind.ORGANIZATION, part)
        if part.joined == "bracket":
            return self._pass_by(part, drop_last=bool(phrases("others").match([key(word) for word in part.text.split()], 0)))
        if self._is_byplay(part):
            return self._pass_by(part)
        if name := self._name(part):
            return self._add(*name, part)
        if not part.first and part.joined == "comma" and len(part.text.split()) < 3 and key(part.text) not in listed("calendar"):
            return self._pass_by(part)  # a place: "Jane Roe, Berlin"
        return False

    def _add(self, name: str, kind: AuthorKind, part: Part) -> bool:
        self.credits.append(_Credit(name, kind, part))
        self.end = max(self.end, part.end)
        return True

    def _pass_by(self, part: Part, *, drop_last: bool = False) -> bool:
        """A part that belongs to the name before it; in `John Doe (photos)` it says that this is no author."""
        if self.credits:
            self.end = max(self.end, part.end)
        if self.credits and drop_last:
            self.credits.pop()
        return True

    def _is_byplay(self, part: Part) -> bool:
        """A role, a degree, a place or, beside a person, the paper she writes for."""
        text = part.text
        if text.casefold() in names.credentials() or kinds.is_place(text):
            return True
        if kinds.is_role(without_trade(text)):
            name = without_details(text)
            # "Jane Roe | Leeds Correspondent", "Jane Roe / Leeds Harbour Reporter"
            behind = bool(self.credits) and (name == text or self._is_of_one_before(part, name))
            stands_out = name.isupper() and not text.isupper()  # "JANE ROE, JOHN DOE Correspondents in Leeds"
            if (part.joined == "comma" and not stands_out) or behind or not kinds.is_person(name):
                return True
        if not self.credits:
            return False
        return kinds.is_site_name(text, self.site_names) or begins_with_tail(text) or is_paper(part)

    def _is_of_one_before(self, part: Part, name: str) -> bool:
        """Whether a trade at the end of a part behind a stroke is that of the person before it, who has none of her own."""
        trade_last = part.joined == "hard" and bool(name) and part.text.startswith(name) and not part.text.endswith("s")
        return trade_last and not any(kinds.is_role(credit.part.text) for credit in self.credits)

    def _name(self, part: Part) -> tuple[str, AuthorKind] | None:
        """The normal name in a part, and its kind."""
        text = kinds.without_channel(without_details(part.text), self.site_names)
        if not text or key(text) in listed_in("shorthand", self.language):
            return None
        if kinds.is_organization(text, self.site_names):
            return self._organization(part)
        if text.islower() and not self._takes_small_letters(part):
            return None
        person = names.normalise_name(text, language=self.language, spellings=self.site_names)
        if self.declared and not kinds.is_person(person):
            person = names.with_capitals(names.from_account(person))
        if kinds.is_person(person) and not kinds.is_place(person) and not begins_with_tail(person):
            return person, AuthorKind.PERSON
        if self._takes_one_word(part) and kinds.is_nick(text):
            return (text if len(text) <= _MAX_SIGN else person), AuthorKind.PERSON
        return None

    def _takes_small_letters(self, part: Part) -> bool:
        """Names in small letters: where the page declares its author, or behind a plain label (`by jane roe`)."""
        if self.declared:
            return True
        keys = part.text.split()
        return (
            bool(part.label) and part.label not in listed("labels_short") and len(keys) <= 3 and keys[0] not in listed("joiners")
        )

    def _takes_one_word(self, part: Part) -> bool:
        if " " in part.text:
            return False
        if self.declared and part.joined == "date":
            return not self.credits
        if self.declared:
            return part.first or part.joined in {"and", "hard"}
        return part.joined == "and" and bool(self.credits)

    def _organization(self, part: Part) -> tuple[str, AuthorKind] | None:
        # "Jane Roe, BBC News" names her employer; "Jane Roe and BBC News" two authors
        if self.credits and part.joined in {"comma", "hard"}:
            return None
        if not kinds.is_organization_name(part.text, declared=self.declared):
            return None
        name = kinds.organization_name(part.text, language=self.language, site_names=self.site_names)
        return name, AuthorKind.ORGANIZATION


def _label_length(words: list[Word]) -> int:
    """How many words at the beginning are a label: `By`, `Text & Fotos:`."""
    keys = keys_of(words)
    length = phrases("labels").match(keys, 0) if words else 0
    if length and phrases("organizations").match(keys, 0) > length:
        return 0  # "Haber Merkezi"
    return _joint_label_length(words) or length


def _joint_label_length(words: list[Word]) -> int:
    """How many words at the beginning are two labels in one, one of them an author's: `Text & Fotos:`, `Fotos und Text:`."""
    keys = keys_of(words)
    first = phrases("labels", "others").match(keys, 0) if words else 0
    if not first or first + 1 >= len(words) or not (keys[first] in listed("joiners") or words[first].text in "&+"):
        return 0
    end = first + 1 + phrases("labels", "others").match(keys, first + 1)
    has_colon = any(word.is_label for word in words[end - 1 : end + 1])
    authors = phrases("labels").match(keys, 0) == first or phrases("labels").match(keys, first + 1) == end - first - 1
    return end if has_colon and end > first + 1 and authors else 0


def _without_han_label(words: list[Word]) -> tuple[list[Word], str]:
    """`记者焦鹏` → `焦鹏`."""
    first = words[0] if words else None
    if first is None or not HAS_CJK.search(first.text):
        return words, ""
    label = next((label for label in labels_before_han() if first.text.startswith(label) and first.text != label), "")
    if not label:
        return words, ""
    text = first.text[len(label) :]
    return [Word(text, key(text), first.start + len(label), first.end), *words[1:]], label


def _unique(found: list[_Credit], site_names: tuple[str, ...]) -> list[_Credit]:
    """Each author once; beside a person no site's name, and no paper that stands before her ("The Paper | Jane Roe")."""
    persons = any(credit.kind is AuthorKind.PERSON for credit in found)
    by_key: dict[str, _Credit] = {}
    for number, credit in enumerate(found):
        if persons and credit.kind is AuthorKind.ORGANIZATION and not kinds.agency_spelling(credit.name):
            follower = found[number + 1] if number + 1 < len(found) else None
            if kinds.is_site_name(credit.name, site_names) or (follower and follower.part.joined in {"hard", "date"}):
                continue
        by_key.setdefault(name_key(credit.name), credit)
    return list(by_key.values())
