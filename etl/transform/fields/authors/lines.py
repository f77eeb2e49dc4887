"""One printed line as words with their places, cut where by-lines are cut: at strokes, before labels, at numbers.

The words keep their places in the line, because a credit is the line as printed. What a word means is `bylines`' matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from etl.transform.fields.authors.kinds import is_domain
from etl.transform.fields.authors.vocabulary import endings, key, labels_before_han, listed, phrases

# jane.roe@example.org, @janeroe, https://example.org/x, www.example.org/x
_ADDRESS = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,64}(?:\.[\w\-]{1,30}){1,4}|(?<!\w)@\w{2,30}|(?:https?://|www\.)\S{1,200}", re.I)
_HANGUL_DOT = re.compile(r"(?<=[가-힣])[·ㆍ](?=[가-힣])")  # 홍길동·김철수
_COUNTED = re.compile(r"[(（\[][^()（）\[\]]{0,40}?\d[^()（）\[\]]{0,40}[)）\]]")  # (1599 readers), (*1958)
_HARD = "\n/|｜／;；▪●■◆►»•"
_COMMAS = ",，、"
_OPEN, _CLOSE = "(（[【", ")）]】"
_MARKS = _HARD + _COMMAS + _OPEN + _CLOSE
_JOINED = r"(?<![\w./:–—-])\d{1,3}/[^\W\d_]{2,}(?![\w./])"  # Bündnis 90/Die Grünen; not 3.5.20/Jane
_INITIALS = r"\((?:[^\W\d_]\.){1,4}\)(?= [^\W\d_])"  # Richard (R.J.) Roe
# a number and a word that one name joins; initials in brackets; a stroke, comma or bracket; or a word with the colon behind it
_TOKEN = re.compile(rf"{_JOINED}|{_INITIALS}|[{re.escape(_MARKS)}]|[^\s:：{re.escape(_MARKS)}]+[:：]*|[:：]+")
_HAN = "[\u4e00-\u9fff]"
_DASHES = frozenset("·–—-")
_NUMBER = re.compile(rf"(?!{_JOINED})\W*\d")  # 2021, 12:39, 3rd


class Word(NamedTuple):
    """A word or a mark of the line."""

    text: str
    key: str
    """As lists know it; empty for marks."""
    start: int
    end: int

    is_hard: bool = False
    """A stroke that parts by-line and date: `|`, `/`, a line end, a dash standing free."""
    is_comma: bool = False
    opens: bool = False
    closes: bool = False

    @property
    def is_label(self) -> bool:
        """Whether a colon stands behind it."""
        return self.text[-1] in ":："

    @property
    def is_number(self) -> bool:
        """`2021`, `12:39`, `3rd`; not `BR24`, `24horas.cl`."""
        return bool(_NUMBER.match(self.text)) and not is_domain(self.text)


Words = Sequence[Word]


def keys_of(words: Words) -> list[str]:
    """The keys of a row of words."""
    return [word.key for word in words]


def part_han_names(line: str) -> str:
    """A line in Chinese with a stroke between two names that only a blank parts (`记者 王小明 李小红`); as long as it was.

    A name is told by its family name: other words stand between blanks too (`王小明 报道`). Some of them begin as names do; they
    become strokes (`王小明 高清图`).
    """
    between, behind = _han_names()
    return between.sub(r"\1|", behind.sub(lambda found: found[1] + "|" * len(found[2]), line))


@cache
def _han_names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A name and the blank before the next one; a name, and blank and word behind it that is none."""
    label = "|".join(map(re.escape, labels_before_han()))
    family = "".join(endings("family_names"))
    words, places = "|".join(endings("no_names")), "".join(endings("no_name_endings"))
    other = rf"(?:{words}|[{family}]{_HAN}?[{places}])(?!{_HAN})"
    name = rf"(?:{label})?(?!{other})[{family}]{_HAN}{{1,2}}"
    return re.compile(rf"(?<!{_HAN})({name})[ 　](?={name}(?!{_HAN}))"), re.compile(rf"(?<!{_HAN})({name})([ 　]{other})")


def stretches(line: str) -> Iterator[list[Word]]:
    """The line cut at strokes, and before labels inside (`… Foto: Jens`); addresses and counts in brackets are strokes too."""
    blanked = _HANGUL_DOT.sub(",", _ADDRESS.sub(_blank, _COUNTED.sub(_blank, line)))
    current: list[Word] = []
    for match in _TOKEN.finditer(blanked):
        word = _word(match)
        if word.is_hard:
            yield from _before_labels(current)
            current = []
        else:
            current.append(word)
    yield from _before_labels(current)


def _word(match: re.Match[str]) -> Word:
    text, (start, end) = match[0], match.span()
    known = "" if text in _MARKS else key(text)
    if known:
        return Word(text, known, start, end)
    return Word(
        text,
        "",
        start,
        end,
        is_hard=text in _HARD or _DASHES.issuperset(text),
        is_comma=text in _COMMAS,
        opens=text in _OPEN,
        closes=text in _CLOSE,
    )


def runs(words: Words) -> Iterator[tuple[list[Word], bool]]:
    """The words up to the first of `Updated`, `Follow` and the like, cut at numbers; and whether a number stands before them."""
    end = phrases("noise").find(keys_of(words))
    run: list[Word] = []
    after_number = False
    for word in words[:end]:
        if not word.is_number:
            if not (after_number and not run and (word.is_comma or word.key in listed("calendar"))):
                run.append(word)
            continue
        while run and (run[-1].is_comma or run[-1].key in listed("calendar") or run[-1].key in listed("joiners")):
            run.pop()  # "Jane Roe on 3 May", "Jane Roe and 2 others"
        yield run, after_number
        run, after_number = [], True
    yield run, after_number


def _before_labels(words: list[Word]) -> Iterator[list[Word]]:
    keys = keys_of(words)
    start = at = 0
    while at < len(words):
        length = _label_inside(words, keys, at) if at > start else 0
        if length:
            yield words[start:at]
            start = at
        at += length or 1
    if words[start:]:
        yield words[start:]


def _label_inside(words: list[Word], keys: list[str], at: int) -> int:
    """How many words at a place within the line are a label that begins a new part; 0 for none."""
    before = words[at - 1]
    length = phrases("labels", "others").match(keys, at)
    if (
        length
        and (length > 1 or words[at + length - 1].is_label)
        and before.key not in listed("joiners")
        and before.text not in "&+"
    ):
        return length
    if keys[at] not in listed("prepositions"):
        return 0
    capital = words[at].text[0].isupper() and keys[at] in listed("prepositions_capital")  # "Reuters By Jane"
    after_number = before.text[-1].isdigit() or before.text[-1] in ".,)" or before.key in listed("clock")  # "3 May 2020 by Jane"
    return int(capital or after_number)


def _blank(match: re.Match[str]) -> str:
    return "|" + " " * (len(match[0]) - 1)
