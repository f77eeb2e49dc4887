"""Small pure functions on text that every field uses."""

from __future__ import annotations

import html
import re
import unicodedata
from itertools import filterfalse

import regex

from etl.folding import INVISIBLE
from etl.folding import fold as fold
from etl.folding import slug as slug


def clean(text: str | None) -> str:
    """One line of text as it is stored: Unicode NFC, invisible characters out, white space folded. Empty for None."""
    if not text:
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable():
        text = INVISIBLE.sub("", text)
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


# Letters of scripts without case: Thai, Chinese, Japanese, Korean. One pattern for all who ask: it takes long to compile.
CASELESS = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TAGS = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")


# Unicode word boundaries (https://unicode.org/reports/tr29/): scripts without spaces break at every letter.
_WORD = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]\p{M}*|[\p{Alphabetic}\p{M}\p{N}_]+(?:[.,'’:·][\p{Alphabetic}\p{M}\p{N}]+)*"
)


# The same for the scripts of most pages (Latin, Greek, Cyrillic, Armenian), which have neither marks of their own nor words
# without spaces: the standard library's patterns take half the time.
_OTHER_SCRIPT = re.compile(r"[^\x00-\u02ff\u0370-\u0482\u048a-\u0557\u2000-\u2080\u20a0-\u20cf]")
_MARKS = ".,:;!?…\"'“”„‘’«»()[]–—-"  # round words
_SPACED_WORD = re.compile(r"\w+(?:[.,'’:·][^\W_]+)*")


def count_words(text: str) -> int:
    """Number of words by Unicode word boundaries."""
    if _OTHER_SCRIPT.search(text):
        return len(_WORD.findall(text))
    spaced = text.split()
    bare = [word.strip(_MARKS) for word in filterfalse(str.isalnum, spaced)]
    marked = list(filterfalse(str.isalnum, bare))  # what has a mark in it can be two words, or none
    return len(spaced) - len(marked) + len(_SPACED_WORD.findall(" ".join(marked)))
