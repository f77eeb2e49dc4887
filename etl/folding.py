"""Text folded for comparing: what two spellings of one name have in common. Pure, on the ground floor: every stage needs it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import regex

# Soft hyphens, zero-width spaces and marks, byte order marks, lone surrogates, C0/C1 controls but tab and newline.
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_SHORT = 200
_NOT_ASCII_WORD = re.compile(r"[^a-z0-9]+")
# Latin and Cyrillic letters of most languages and common punctuation, decomposed, in small letters: the standard library's
# patterns say the same of these as the ones below, in a fifth of the time.
_MARKS_OF_COMMON = re.compile("(?<=[a-z\u00df-\u00f6\u00f8-\u024f\u0430-\u045f])[\u0300-\u036f]{1,5}")
_COMMON = re.compile("[\x00-\u024f\u0400-\u045f\u2000-\u206f]*")
_NOT_COMMON_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """For comparing: without case, diacritics, punctuation and surplus white space."""
    return _remembered(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> str:
    if not text.isprintable():
        text = INVISIBLE.sub("", text)
    if text.isascii():
        return _NOT_ASCII_WORD.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = plain
    if _COMMON.fullmatch(bare) or _COMMON.fullmatch(bare := _MARKS_OF_COMMON.sub("", plain)):
        return _NOT_COMMON_WORD.sub(" ", bare).strip()
    dropped_marks, not_word = _of_any_script()
    return not_word.sub(" ", unicodedata.normalize("NFC", dropped_marks.sub("", plain))).strip()


@cache
def _of_any_script() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """What finds marks to drop, and what is no word. Imported here: the process that writes often meets no such text.

    A diacritic is dropped from the letters it only modifies (é, ñ, й, ά, vocalised Hebrew and Arabic); in other scripts a mark
    makes another letter (Japanese が is not か) or is the vowel (Hindi की is not का).
    """
    import regex

    dropped_marks = r"(?<=[\p{Latin}\p{Greek}\p{Cyrillic}\p{Hebrew}\p{Arabic}]\p{M}{0,4})\p{M}"
    return regex.compile(dropped_marks), regex.compile(r"[^\p{L}\p{M}\p{N}]+")


# Extractors compare the same titles, names and menu entries again and again, within a page and from page to page of a site.
_remembered = lru_cache(maxsize=8_192)(_fold)


def slug(text: str) -> str:
    """`Ukraine wants NATO …` → `ukraine-wants-nato`: for keys; letters of every script are kept."""
    return fold(text).replace(" ", "-")
