"""Small pure functions on text that every field uses."""

from __future__ import annotations

import html
import re
import unicodedata

import regex

# Invisible: soft hyphens, zero-width spaces and marks, byte order marks, C0/C1 controls but tab and newline.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_NOT_SLUG = re.compile(r"[\W_]+")


def clean(text: str | None) -> str:
    """One line of text as it is stored: Unicode NFC, invisible characters out, white space folded. Empty for None."""
    if not text:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def clean_meta(text: str | None) -> str:
    """As `clean`, for meta tags and JSON-LD, where sites encode entities once too often (`&amp;#8217;`) or leave tags in."""
    if not text:
        return ""
    for _ in range(2):
        if "&" not in text:
            break
        text = html.unescape(text)
    return clean(_TAGS.sub(" ", text) if "<" in text else text)


_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


def fold(text: str) -> str:
    """For comparing: without case, diacritics, punctuation and surplus white space."""
    if text.isascii():
        return " ".join(_NOT_SLUG.sub(" ", text.lower()).split())
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    text = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
    return " ".join(_NOT_LETTER.sub(" ", text.casefold()).split())


# Marks that combine with the letter before them: é after decomposition is e and such a mark.
_COMBINING = regex.compile(r"[^\p{Canonical_Combining_Class=0}]+")
# \w does not hold the vowel signs of Indic scripts, which are marks.
_NOT_LETTER = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


def slug(text: str) -> str:
    """`Ukraine wants NATO …` → `ukraine-wants-nato`: for keys; letters of every script are kept."""
    return fold(text).replace(" ", "-")


# Unicode word boundaries (https://unicode.org/reports/tr29/): scripts without spaces break at every letter.
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*|[\p{Alphabetic}\p{M}\p{N}_]+(?:[.,'’:·][\p{Alphabetic}\p{M}\p{N}]+)*"
)


def count_words(text: str) -> int:
    """Number of words by Unicode word boundaries."""
    return sum(1 for _ in _WORD.finditer(text))
