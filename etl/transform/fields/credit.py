"""What is printed under a picture, split into the caption and whose picture it is.

For every field that reads captions, of HTML pages and of text captures. It reads one text; finding it on the page is not its job.
"""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from etl.transform import words
from etl.transform.text import clean

_Parts = tuple[str, str] | None

_MAX_CREDIT = 120
_NAME_WORDS = 6
"""Words of label and name before the agency behind them."""
_MAX_BARE_CREDIT = 60
"""A text without a caption before it is a credit up to this length; a longer one after `Image:` is the caption itself."""
_LABEL_MARKS = (":", "：", "…", "...")
_CASELESS = "\u2e80"  # scripts from here on need no word boundary
_WORD = regex.compile(r"\w+")
_TRIM = " \t.,;|/–—-•·:"
_CAPITAL = r"[\p{Lu}\p{Lt}\p{Lo}]"
# "(photo credit: REUTERS)" and "[AP]" at the end
_CLOSING = tuple(")]）】")
_BRACKETED = regex.compile(r"[(\[（【]([^()\[\]（）【】]{2,120})[)\]）】]\s*\.?$")
# "© Felix Zahn", "— © BELGA", "(C) X"; "Jane Roe/Copyright 2026 The AP"
_COPYRIGHT = regex.compile(
    r"((?:[^\s./]{1,30}\s){0,3}[^\s./]{1,30}/\s?)?(?:©|\([cC]\)|（[CＣ]）|\bCopyright\b)\s*:?\s*(.{2,120})$"
)
_COPYRIGHT_MARKS = ("©", "(c)", "(C)", "（C", "（Ｃ", "Copyright")
_SENTENCE_END = regex.compile(r"(?<!\b\p{L}|\b\d{1,2})[.!?…][»”\"'’)]?\s+(?=.{2,100}$)")
# "Nicky Sims/Getty", "REUTERS/PASCAL ROSSIGNOL": up to four capitalised words, a slash, and the rest
_SLASHED = regex.compile(rf"(?:(?<=\s)|^)(?:{_CAPITAL}[\w.’'-]*\s){{0,3}}{_CAPITAL}[\w.’'-]*\s?/\s?\S.{{1,60}}$")
# "John Doe", "Ursula von der Leyen"
_NAME = regex.compile(rf"{_CAPITAL}[\w.’'-]*(?:\s(?:(?:de|da|van|von|der|di|la|le|al|el|bin)\s)*{_CAPITAL}[\w.’'-]*){{1,3}}")


_MARKED = regex.compile(rf"\s[|/]\s({_NAME.pattern}|\p{{Lu}}{{2,6}})$")
# "Christie's", "example.com"
_SOURCE = regex.compile(r"\p{Lu}[\p{L}’']{2,}|[\w-]{3,}\.[a-z]{2,4}")


def split_credit(text: str | None) -> tuple[str | None, str | None]:
    """Caption and credit: `… October 21, 2021 (photo credit: REUTERS/JANE ROE)` → `… October 21, 2021`, `REUTERS/JANE ROE`.

    None stands for what is absent. The credit loses its label, brackets and dashes;
    a text that is nothing but a credit has no caption.
    """
    printed = clean(text)
    return _split(printed) if printed else (None, None)


@lru_cache(maxsize=4_000)
def _split(printed: str) -> tuple[str | None, str | None]:
    if printed.endswith(_LABEL_MARKS) and _labels().fullmatch(printed):
        return None, None
    for split in (_by_brackets, _by_copyright, _by_label, _by_opening, _by_ending, _by_agency, _by_mark):
        if (found := split(printed)) is not None:
            caption, credit = _repeated(*found)
            return caption or None, credit
    opening = _caption_label().match(printed)
    return (printed[opening.end() :] if opening else printed), None


def _by_brackets(text: str) -> _Parts:
    match = _BRACKETED.search(text) if text.removesuffix(".").rstrip().endswith(_CLOSING) else None
    if match is None:
        return None
    inside, caption = match.group(1).strip(), text[: match.start()].rstrip(" -–—|")
    credit = _without_label(inside)
    labelled = credit != inside or _by_ending(inside) is not None
    if not labelled and not _is_credit(inside, after_sentence=caption[-1:] in tuple('.!?…”"»')):
        return None
    if (ending := _by_ending(credit)) is not None:
        credit = ending[1]
    return (caption, credit) if credit and not _is_note(credit) else None


def _by_copyright(text: str) -> _Parts:
    if not any(mark in text for mark in _COPYRIGHT_MARKS):
        return None
    match = _COPYRIGHT.search(text)
    if match is None:
        return None
    if (label := _labels().match(text)) and label.end() < match.start() and text.count(" ", 0, match.start()) <= _NAME_WORDS:
        between = _without_label(text[label.end() : match.start()])
        if between and not (_NAME.fullmatch(between) or _SOURCE.fullmatch(between) or _is_credit(between)):
            credit = _without_label(_unclosed(match.group(2)))  # "Photo: The pier at dawn © Jane Roe"
            return (_caption(between), credit) if credit else None
        credit = _without_label(text[label.end() :])  # "Photo: Jane Roe © Example"
        return ("", credit) if credit else None
    if match.group(1):
        return _caption(text[: match.start()]), _without_label(match.group(0))
    credit = _without_label(_unclosed(match.group(2)))
    return (_caption(text[: match.start()]), credit) if credit else None


def _by_label(text: str) -> _Parts:
    if not any(mark in text for mark in _LABEL_MARKS):
        return None
    *_, match = (None, *_labels().finditer(text))
    if match is None:
        return None
    caption, credit = _caption(text[: match.start()]), _unclosed(text[match.end() :])
    if not credit or len(credit) > _MAX_CREDIT or _is_note(credit):
        return None
    if not caption and len(credit) > _MAX_BARE_CREDIT and not _is_credit(credit):
        return None
    return caption, credit


def _by_opening(text: str) -> _Parts:
    if _opening_words().isdisjoint(_WORD.findall(text.casefold())):
        return None
    *_, match = (None, *_openings().finditer(text))
    if match is None:
        return None
    credit = _unclosed(text[match.end() :])
    return (_caption(text[: match.start()]), credit) if 0 < len(credit) <= _MAX_CREDIT and not _is_note(credit) else None


def _by_ending(text: str) -> _Parts:
    if not any(ending in text for ending in words.every("images", "endings")):
        return None
    match = _endings().search(text)
    return (_caption(text[: match.start()]), match.group(1)) if match else None


def _by_agency(text: str) -> _Parts:
    if len(text) <= _MAX_BARE_CREDIT and _is_credit(text):
        return "", _without_label(text)
    if "/" not in text and not _names_agency(text):
        return None
    for sentence in reversed(list(_SENTENCE_END.finditer(text))):
        if _is_credit(text[sentence.end() :]):
            return text[: sentence.end()].strip(), _without_label(text[sentence.end() :])
    slashed = _SLASHED.search(text)
    if slashed and (agency := _agency().search(slashed.group(0))):
        # "… in Madrid EFE/ J. Doe": the capitalised word before the agency is the caption's.
        start = slashed.start() + (agency.start() if agency.end() <= slashed.group(0).index("/") else 0)
        return _caption(text[:start]), text[start:].strip(_TRIM)
    trailing = _trailing_agency().search(text, max(0, len(text) - _longest_ending()))
    return (_caption(text[: trailing.start(1)]), trailing.group(1)) if trailing else None


def _by_mark(text: str) -> _Parts:
    """`… at the quay | Jane Roe`, `… at the quay / JR`: a name or initials behind a mark."""
    match = _MARKED.search(text) if " | " in text or " / " in text else None
    return (text[: match.start()].strip(), match.group(1)) if match and not _is_note(match.group(1)) else None


def _repeated(caption: str, credit: str) -> tuple[str, str]:
    """`… (AP Photo/Jane Roe) - Copyright AP Photo`: the fuller of two credits, both out of the caption."""
    inner = _by_brackets(caption) or _by_label(caption)
    return inner if inner and credit.casefold() in inner[1].casefold() else (caption, credit)


def _is_credit(text: str, after_sentence: bool = False) -> bool:
    """Whether a text names whose picture it is: an agency, `Name/Paper`, and after a full stop a bare name."""
    if len(text) > _MAX_CREDIT or _is_note(text):
        return False
    if text.casefold() in words.every("images", "agencies"):
        return True
    names, agencies = _agency().subn("X", text) if _names_agency(text) else (text, 0)
    if agencies or ("/" in text and all(part.strip()[:1].isupper() for part in text.split("/"))):
        # Names stand beside an agency, and small words that join them; "according to AP sources" is a sentence.
        return not any(word[:1].islower() and word.strip(_TRIM) not in _joining() for word in names.split())
    if text.isupper() and " " not in text:
        return after_sentence and len(text) <= 12
    return after_sentence and (_NAME.fullmatch(text) or _SOURCE.fullmatch(text)) is not None


def _is_note(text: str) -> bool:
    return text.strip(_TRIM).casefold() in words.every("images", "notes")


def _unclosed(text: str) -> str:
    """Without the closing bracket whose opening one stood before the label."""
    text = text.strip(_TRIM)
    return text if any(opening in text for opening in "([（【") else text.strip(_TRIM + ")]）】")


def _without_label(text: str) -> str:
    text = text.lstrip(_TRIM)
    match = _labels().match(text) or _openings().match(text) or _bare_labels().match(text)
    return (text[match.end() :] if match else text).strip(_TRIM)


def _caption(text: str) -> str:
    """What stands before a credit, without the dash, bracket or label that led to it; a full stop stays."""
    text = text.rstrip(" \t,;|/–—-•·([（【:")
    return (_trailing_label().sub("", text) if text.casefold().endswith(words.every("images", "labels")) else text).strip()


@cache
def _labels() -> regex.Pattern[str]:
    """`Photo: `, `Photo credit : `, `写真：`, `Credit...`"""
    return regex.compile(rf"(?i:{_alternatives('labels')})(?:\s?[:：]|…|\.{{3}})\s*")


@cache
def _caption_label() -> regex.Pattern[str]:
    """`Image: ` at the start of a caption"""
    return regex.compile(rf"(?i:{_alternatives('captions')})\s?[:：]\s*(?=\S)")


@cache
def _trailing_label() -> regex.Pattern[str]:
    """`… auf der Bühne Bild`, before `© Jane Roe`"""
    return regex.compile(rf"(?:^|\s)(?i:{_alternatives('labels')})$")


@cache
def _bare_labels() -> regex.Pattern[str]:
    """`Photo Jane Roe`, at the start of a credit."""
    return regex.compile(rf"(?i:{_alternatives('labels')})\s+(?={_CAPITAL})")


@cache
def _openings() -> regex.Pattern[str]:
    """`Photo by Jane Roe`; after a full stop or alone also `Foto Jane Roe`, up to the end."""
    bare = rf"(?i:foto|fotos|fot\.|photo|photos|фото)\s+(?=(?:{_CAPITAL}\S*\s?){{1,5}}$)"
    return regex.compile(rf"(?i:{_alternatives('openings')})\s+(?={_CAPITAL}|\S+\s?/)|(?:(?<=[.!?»”]\s)|^){bare}")


@cache
def _opening_words() -> frozenset[str]:
    """The first words of what opens a credit."""
    first = {match.group() for phrase in words.every("images", "openings") if (match := _WORD.search(phrase))}
    return frozenset(first | {"foto", "fotos", "fot", "photo", "photos", "фото"})


@cache
def _endings() -> regex.Pattern[str]:
    """`潟沼義樹撮影` after a space, a bracket or a full stop."""
    return regex.compile(rf"(?:^|[\s。＝(（])(\S{{2,20}}?)\s?(?:{'|'.join(words.every('images', 'endings'))})[)）]?$")


@cache
def _agency() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![^\W_])(?:{_agencies()})(?![^\W_])")


def _names_agency(text: str) -> bool:
    """Whether a text can hold an agency's name: much quicker than looking for all of them."""
    return not _agency_words().isdisjoint(_WORD.findall(text))


@cache
def _agency_words() -> frozenset[str]:
    """The first words of the agencies' names."""
    return frozenset(match.group() for name in _agency_names() if (match := _WORD.search(name)))


@cache
def _trailing_agency() -> regex.Pattern[str]:
    """An agency's name at the very end: `… in Kyiv. Reuters`, `… im Bild | dpa`; not `… told Reuters`."""
    return regex.compile(rf"(?:[.!?»”|/–—]|\s-)\s*((?:{_agencies()})(?:\s(?:Photo|Images|pic|via .{{2,30}}))?)\.?$")


@cache
def _longest_ending() -> int:
    """As many characters at the end of a text can be an agency's name with what stands around it."""
    return max(map(len, _agency_names())) + 50


def _agencies() -> str:
    return "|".join(regex.escape(name) for name in _agency_names())


@cache
def _agency_names() -> tuple[str, ...]:
    """As spelled and in capitals, the longest first."""
    spelled = [name for names in words.table("images")["agencies"].values() for name in names]
    return tuple(sorted({*spelled, *(name.upper() for name in spelled)}, key=lambda name: (-len(name), name)))


@cache
def _joining() -> frozenset[str]:
    return frozenset(words.every("images", "joining"))


def _alternatives(name: str) -> str:
    listed = words.every("images", name)
    spaced = "|".join(regex.escape(word).replace(r"\ ", r"\s") for word in listed if word < _CASELESS)
    unspaced = "|".join(regex.escape(word) for word in listed if word >= _CASELESS)
    return rf"(?<![^\W_])(?:{spaced})" + (f"|{unspaced}" if unspaced else "")
