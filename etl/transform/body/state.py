"""A story's text in the state that a page's scripts carry, for pages that show it only once their scripts have run.

`__NEXT_DATA__`, `self.__next_f.push`, `Fusion.globalContent`, Nuxt, Apollo, `data-props` and what follows are one to this
module: somewhere in a script or an attribute stands JSON, and somewhere in it the longest run of prose, as a string of HTML, as
plain text or as a list of paragraphs. No framework is known by name; names of keys only help to choose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lxml import etree

from etl.transform.body.features import size_of
from etl.transform.body.paragraphs import of_fragment, paragraphs_of
from etl.transform.document import Document
from etl.transform.text import fold

_LEAST_WORDS = 60
_LEAST_SCRIPT = 400
_LONG_ATTRIBUTES = etree.XPath(f"//@*[string-length() > {_LEAST_SCRIPT}]", smart_strings=False)
# Where JSON begins in a script: `= {`, `push([`, `parse("`, `:["$"` after an id at the beginning of a line (React's wire format).
_START = re.compile(r"(?:[=(,]|^[0-9a-f]{1,6}:)\s{0,5}(?=[\[{\"])", re.M)
_MARKUP = re.compile(r"</?(?:p|br|div|h[2-6]|li)\b", re.I)  # <p>, </p>, <br/>
_STRING = re.compile(r'(?<=[:=,(\[])"(?:[^"\\]|\\.){200,}"')  # a long value in a script that is no JSON: Nuxt's function calls
_MOST_VALUES = 200
_MOST_NODES = 50_000
_MOST_DEPTH = 60
_MOST_NESTED = 3
# Where a node of rich text keeps its text (Draft.js, Editor.js, ProseMirror, Portable Text, ANS, …).
_TEXT_KEYS = ("text", "content", "html", "value", "body", "children", "data", "paragraph", "markup", "nodes", "items")
_STORY_KEY = re.compile(r"body|content|article|story|paragraph|text", re.I)
_OTHER_KEY = re.compile(
    r"related|recommend|latest|popular|comment|teaser|promo|read|footer|cookie|consent|translation|i18n|message", re.I
)
# Nodes that are no paragraph although they hold text.
_OTHER_TYPES = re.compile(
    r"image|photo|figure|caption|video|gallery|embed|advert|\bad\b|related|newsletter|promo|interstitial|link_?list", re.I
)
_DATA = re.compile(r"\s*[\[{]\s*[\[{\"]")  # {"@context": …, [{"href": …: a value kept as text
_PLACEHOLDER = re.compile(r"(?:\$\$|\[\[|\{\{|%%|##)[^\s]{0,60}$")  # $$ADVERT$$, {{image-1}}
_DECODER = json.JSONDecoder(strict=False)


@dataclass(slots=True)
class _Passage:
    """A run of prose, and how likely it is the story."""

    paragraphs: list[str]
    weight: float


def state_text(document: Document, title: str) -> list[str]:
    """The paragraphs of the longest passage that looks like the story; empty where the scripts hold none."""
    search = _Search(fold(title))
    for script in _carriers(document):
        for value in _values(script):
            search.walk(value, 1.0, 0)
    best = max(search.passages, key=_worth, default=None)
    return best.paragraphs if best and _words(best) >= _LEAST_WORDS else []


def _carriers(document: Document) -> Iterator[str]:
    yield from (text for _, text in document.state_scripts() if len(text) >= _LEAST_SCRIPT)
    yield from (str(value) for value in _LONG_ATTRIBUTES(document.root) if str(value).lstrip()[:1] in {"{", "["})


def _values(script: str) -> Iterator[Any]:
    """The JSON values that stand in a script, and the long strings between them."""
    script = script.strip()
    if script[:1] in {"{", "["}:
        try:
            yield _DECODER.decode(script)
        except (ValueError, RecursionError):
            pass
        else:
            return
    position, found, between = 0, 0, 0
    while found < _MOST_VALUES and (match := _START.search(script, position)):
        try:
            value, position = _DECODER.raw_decode(script, match.end())
        except (ValueError, RecursionError):
            position = match.end() + 1
        else:
            found += 1
            yield from _strings(script, between, match.end())
            between = position
            yield value
    yield from _strings(script, between, len(script))


def _strings(script: str, start: int, end: int) -> Iterator[str]:
    """The long strings of a part of a script that is no JSON."""
    return (_literal(match[0]) for match in _STRING.finditer(script, start, end))


def _literal(quoted: str) -> str:
    try:
        return str(_DECODER.decode(quoted))
    except ValueError:
        return ""


class _Search:
    """Gathers passages from nested values."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.passages: list[_Passage] = []
        self.nodes = 0

    def walk(self, value: Any, weight: float, depth: int, nested: int = 0) -> None:
        self.nodes += 1
        if self.nodes > _MOST_NODES or depth > _MOST_DEPTH:
            return
        if isinstance(value, str):
            self._text(value, weight, depth, nested)
        elif isinstance(value, list):
            self._list(value, weight)
            for item in value:
                self.walk(item, weight, depth + 1, nested)
        elif isinstance(value, dict):
            if any(isinstance(text, str) and self.title and fold(text[:500]) == self.title for text in value.values()):
                weight *= 2
            for key, child in value.items():
                self.walk(child, weight * _weight_of(key), depth + 1, nested)

    def _text(self, text: str, weight: float, depth: int, nested: int) -> None:
        if len(text) < _LEAST_SCRIPT // 2:
            return
        if _MARKUP.search(text):
            self._add(of_fragment(text), weight)
        elif nested < _MOST_NESTED and (text.lstrip()[:1] in {"{", "["} or _START.match(text)):
            for value in _values(text):
                if value != text:
                    self.walk(value, weight, depth + 1, nested + 1)
        elif _is_prose(text):
            self._add(paragraphs_of(text), weight)

    def _list(self, items: list[Any], weight: float) -> None:
        texts = [text for item in items if (text := _text_of(item, 0).strip())]
        if len(texts) > 1:
            self._add([line for text in texts for line in _lines_of(text)], weight)

    def _add(self, paragraphs: list[str], weight: float) -> None:
        paragraphs = [paragraph for paragraph in paragraphs if not (_PLACEHOLDER.match(paragraph) or _DATA.match(paragraph))]
        if any(_is_prose(paragraph) for paragraph in paragraphs):
            self.passages.append(_Passage(paragraphs, weight))


@lru_cache(maxsize=10_000)
def _weight_of(key: str) -> float:
    if _OTHER_KEY.search(key):
        return 0.3
    return 1.2 if _STORY_KEY.search(key) else 1.0


def _text_of(node: Any, depth: int) -> str:
    """The text of a node of rich text: its own, or that of its children one after the other."""
    if isinstance(node, str):
        return node
    if depth > 8:
        return ""
    if isinstance(node, list):
        return "".join(_text_of(child, depth + 1) for child in node)
    if not isinstance(node, dict) or _is_other(node):
        return ""
    return next((text for key in _TEXT_KEYS if key in node and (text := _text_of(node[key], depth + 1)).strip()), "")


def _is_other(node: dict[str, Any]) -> bool:
    kind = node.get("type") or node.get("_type") or node.get("__typename") or node.get("name")
    is_link = any(key in node for key in ("headline", "title")) and any(key in node for key in ("url", "href", "slug", "link"))
    return is_link or (isinstance(kind, str) and bool(_OTHER_TYPES.search(kind)))


def _lines_of(text: str) -> list[str]:
    return of_fragment(text) if "<" in text or "&" in text else paragraphs_of(text)


def _is_prose(text: str) -> bool:
    """Whether a text reads like a sentence and not like code, a list of names or an address."""
    words = size_of(text)
    letters = sum(map(str.isalpha, text[:300]))
    return words >= 8 and letters > 0.6 * min(len(text), 300) and any(mark in text for mark in ".!?…。！？।۔")


def _words(passage: _Passage) -> int:
    return sum(size_of(paragraph) for paragraph in passage.paragraphs)


def _worth(passage: _Passage) -> float:
    """Prose counts, labels between it do not."""
    return passage.weight * sum(size_of(paragraph) for paragraph in passage.paragraphs if _is_prose(paragraph))
