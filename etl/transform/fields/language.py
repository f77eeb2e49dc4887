"""The language of the story: what the page declares, checked against its text.

Themes and templates declare a language that is not the text's often enough, so a declaration counts where the text does not
speak clearly against it. The detector (compiled, a tenth of a millisecond) compares the text's n-grams with those of a language;
0 is equal, 200 to 400 is a text of that language, two close languages are some 20 apart.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import cast

from resiliparse.parse.lang import detect_fast, supported_langs

from etl.records import Origin
from etl.transform import hints, words
from etl.transform.document import Document
from etl.transform.reading import Found
from etl.transform.structured import strings

# en-GB, de_DE, zh-Hant-TW, deu
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8}){0,3}", re.I)
_META = ("og:locale", "content-language", "language", "dc.language", "dcterms.language", "inlanguage")
_NO_TEXT = hints.NAV | hints.FOOTER | hints.FORM | hints.COOKIE | hints.COMMENTS | hints.NEWSLETTER | hints.RELATED
_SAMPLE = 2_000
_SHORTEST_SAMPLE = 100
_SHORTEST_BLOCK = 60
# By how much a text must be closer to another language before a declaration is set aside, and what is too close to call.
_CLEARLY = 50
_CLOSE = 20
_NOTHING_ALIKE = 10_000
# Worse than this the text is none of the known languages; short texts and other scripts are further from their models.
_SURELY = 380
_SURELY_IF_SHORT = 450
_SURELY_BY_SCRIPT = 580
# Characters that only East Asian languages write: so many of them tell the language of a text too short for n-grams.
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LEAST_SIGNS = 20
_SHARE_OF_SIGNS = 0.2


def extract_language(document: Document) -> Found[str] | None:
    """BCP 47 primary tag; None where neither page nor text tells."""
    declared = dict(reversed(list(_declared(document))))
    first = next(reversed(declared.items()), None)
    sample = _sample(document)
    if len(sample) < _SHORTEST_SAMPLE:
        return (first and first[1]) or _by_script(sample)
    detected, distance = _detect(sample, declared)
    if detected in declared:
        return declared[detected]
    sure = distance < _limit(sample)
    if first is None:
        return Found(detected, Origin.HEURISTIC, "text") if sure else _by_script(sample) or _of_profile(document)
    if sure and _distance(sample, first[0], detected) - distance > _CLEARLY:
        return Found(detected, Origin.HEURISTIC, f"text, against {first[1].detail}")
    return first[1]


def _by_script(sample: str) -> Found[str] | None:
    """Chinese, Japanese or Korean, where the signs of a text tell that: kana stand in Japanese alone, Hangul in Korean."""
    signs = len(_EAST_ASIAN.findall(sample))
    if signs < _LEAST_SIGNS or signs < _SHARE_OF_SIGNS * len(sample):
        return None
    han, kana, hangul = (len(pattern.findall(sample)) for pattern in (_HAN, _KANA, _HANGUL))
    language = "ko" if hangul > han + kana else "ja" if kana > signs / 10 else "zh"
    return Found(language, Origin.HEURISTIC, "signs of the text")


def detect_language(text: str) -> tuple[str, bool]:
    """The language that a text without any declaration is closest to, and whether it is surely that."""
    sample = text[:_SAMPLE]
    detected, distance = _detect(sample, ())
    return detected, distance < _limit(sample)


def _detect(sample: str, declared: Container[str]) -> tuple[str, int]:
    """The language of a text and its distance; of two too close to call, the declared one, else the one pages are written in."""
    results = _ranked(sample, 4) or [("", _NOTHING_ALIKE)]
    close = [result for result in results if result[1] - results[0][1] <= _CLOSE]
    common = words.table("language")["names"]
    return next((r for r in close if r[0] in declared), next((r for r in close if r[0] in common), results[0]))


def _ranked(sample: str, number: int, languages: list[str] | None = None) -> list[tuple[str, int]]:
    results = cast("list[tuple[str, int]]", detect_fast(sample, n_results=number, langs=languages))
    return [(_primary(tag) or tag, distance) for tag, distance in results]


def _limit(sample: str) -> int:
    if len(sample.encode("ascii", "ignore")) < len(sample) / 2:
        return _SURELY_BY_SCRIPT
    return _SURELY if len(sample) > _SAMPLE / 2 else _SURELY_IF_SHORT


def _declared(document: Document) -> Iterator[tuple[str, Found[str]]]:
    """Language and place of each declaration, in order of trust."""
    found = [
        (element.get("lang") or element.get("xml:lang") or "", Origin.HTML, f"{element.tag!s} lang")
        for element in (document.root, document.body)
    ]
    found += [(text, Origin.META, f"meta {name}") for name in _META for text in document.meta(name)]
    found += [(text, Origin.JSON_LD, "inLanguage") for node in document.story_nodes for text in strings(node.get("inLanguage"))]
    for text, origin, detail in found:
        if tag := _primary(text):
            yield tag, Found(tag, origin, detail)


def _primary(text: str) -> str | None:
    """`en_GB` → `en`; `deutsch` and `deu` → `de`; `nb` → `no`, as the other words of this package have it."""
    written = text.strip().casefold()
    if known := _aliases().get(written):
        return known
    match = _TAG.fullmatch(written)
    if match is None:
        return None
    tag = match[1]
    return _aliases().get(tag, tag if len(tag) == 2 else None)


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    return {name.casefold(): tag for tag, names in words.table("language")["names"].items() for name in names}


def _sample(document: Document) -> str:
    """The beginning of the page's running text."""
    parts: list[str] = []
    length = 0
    for block in document.blocks:
        if len(block.text) >= _SHORTEST_BLOCK and block.link_density < 0.3 and not block.hints & _NO_TEXT:
            parts.append(block.text)
            length += len(block.text)
            if length >= _SAMPLE:
                break
    return " ".join(parts)[:_SAMPLE]


def _distance(sample: str, declared: str, detected: str) -> int:
    """How far the text is from the declared language; not far from one that the detector does not know."""
    if declared not in _supported():
        return 0
    return dict(_ranked(sample, 2, [declared, detected])).get(declared, 0)


@lru_cache(maxsize=1)
def _supported() -> frozenset[str]:
    return frozenset(supported_langs())


def _of_profile(document: Document) -> Found[str] | None:
    profile = document.profile
    return Found(profile.language, Origin.PROFILE, "language") if profile and profile.language else None
