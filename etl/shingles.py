"""What a text is compared by: a MinHash signature of its word shingles, and what two signatures have in common. Pure.

Copies of one text share nearly all runs of three words, rewrites many, two reports of one event next to none. A signature holds
of 128 random orders of all shingles the least one of the text, so that two texts agree in as many places as they have shingles in
common (Jaccard). Bands are pairs of places: texts that agree in both are worth comparing.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from operator import eq

_PLACES = 128  # the estimate of a similarity of 0.15 is off by 0.03
_SEED = 7
BANDS = 32
"""Two texts with a third of their shingles in common share a band with a probability of 98 %, with a fifth of 73 %, two reports
of one event (one in a hundred) of 0.3 %."""
_LEAST = 30  # shingles: a shorter text is a notice or a caption, of which many are alike
_LONGEST = 20_000  # characters; agencies' stories are shorter, and the rest of a book tells no more
_WORDS, _SIGNS, _LETTERS = 3, 6, 10  # in a shingle: of words, of Chinese or Japanese, of Thai and its like
_LATIN = 0.5
"""Share of a text's characters that are ASCII once accents are taken off, above which the rest may be left out."""
_UNSPACED = 0.3
"""Share of characters of scripts that part no words, above which characters are counted in place of words."""
_DASHES = re.compile("[\u2010-\u2015]")
# Bytes of a word as they are, capitals as small letters, everything else a space; an apostrophe parts no words.
_AS_WORDS = bytes(ord(chr(byte).lower()) if chr(byte).isalnum() and byte < 128 else 32 for byte in range(256))
# A word with the marks that are its vowels (Hindi, Thai, Burmese, Khmer): डाक्टर
_WORD = re.compile(
    "[^\\W_](?:[^\\W_]|[\u0300-\u036f\u0590-\u05c7\u064b-\u0652\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])*"
)
_HAN_KANA = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_THAI_KHMER = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_RUN_OF_SIGNS = re.compile(f"[{_HAN_KANA}]+")
_RUN_OF_LETTERS = re.compile(f"[{_THAI_KHMER}]+")


@dataclass(frozen=True, slots=True)
class Signature:
    """A text for comparing."""

    shingles: int
    """How many different ones it has."""
    places: bytes
    """The least shingle in each order: two bytes each, little-endian."""


def sign(text: str) -> Signature | None:
    """A text's signature; None where it is too short to be told from others. Equal for equal words, whatever their punctuation,
    capitals and accents.

    >>> sign("Too short.") is None
    True
    """
    from rensa import RMinHash  # only here: most commands compare nothing

    shingles = set(_shingles(text[:_LONGEST]))
    if len(shingles) < _LEAST:
        return None
    sketch = RMinHash(num_perm=_PLACES, seed=_SEED)
    sketch.update(list(shingles))
    return Signature(len(shingles), _FORM.pack(*(place & 0xFFFF for place in sketch.digest())))


def bands(places: bytes) -> list[int]:
    """The numbers of a signature's bands: texts that share one are worth comparing."""
    return [band << 32 | values for band, values in enumerate(_PAIRS.unpack_from(places))]


def similarity(one: Signature, other: Signature) -> float:
    """The share of shingles that both texts have of those that either has: 1 for copies."""
    agreeing: int = sum(map(eq, _FORM.unpack(one.places), _FORM.unpack(other.places)))
    return agreeing / _PLACES


def containment(one: Signature, other: Signature) -> float:
    """The share of the shorter text's shingles that the longer one has: 1 for a text cut short."""
    alike = similarity(one, other)
    shared = alike / (1 + alike) * (one.shingles + other.shingles)
    return min(1.0, shared / min(one.shingles, other.shingles))


_FORM = struct.Struct(f"<{_PLACES}H")
_PAIRS = struct.Struct(f"<{BANDS}I")


def _shingles(text: str) -> Sequence[str | bytes]:
    plain = unicodedata.normalize("NFKD", _DASHES.sub(" ", text))
    latin = plain.encode("ascii", "ignore")
    if len(latin) > _LATIN * len(plain):
        words = latin.translate(_AS_WORDS, b"'").split()
        return list(map(b" ".join, zip(words, words[1:], words[2:], strict=False)))
    plain = unicodedata.normalize("NFKC", text).casefold()
    if _share(_RUN_OF_SIGNS, plain) > _UNSPACED:
        return _runs(plain, _SIGNS)
    if _share(_RUN_OF_LETTERS, plain) > _UNSPACED:
        return _runs(plain, _LETTERS)
    found = _WORD.findall(plain)
    return list(map(" ".join, zip(found, found[1:], found[2:], strict=False)))


def _share(runs: re.Pattern[str], text: str) -> float:
    return sum(map(len, runs.findall(text))) / max(1, len(text))


def _runs(text: str, length: int) -> list[str]:
    letters = "".join(_WORD.findall(text))
    return [letters[start : start + length] for start in range(len(letters) - length + 1)]
