"""What can be said of a text block for and against its being part of the story: features, each a name.

Two sets: what the block tells alone, and what its surroundings tell once a first judgement of every block and the story's
container are known. The weights of the names stand in `weights.toml`; nothing is judged here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from etl.transform import hints
from etl.transform.blocks import TextBlock
from etl.transform.body.phrases import features_of_phrases

_HINT_NAMES = {
    value: name.lower()
    for name, value in vars(hints).items()
    if name.isupper() and isinstance(value, int) and value.bit_count() == 1
}
_TAG_GROUPS = {
    **{tag: tag for tag in ("p", "h1", "h2", "h3", "h4", "li", "pre", "blockquote", "figcaption")},
    **dict.fromkeys(("div", "section", "article", "main", "body", "center"), "div"),
    **dict.fromkeys(("td", "th", "caption"), "cell"),
    **dict.fromkeys(("dt", "dd"), "term"),
    **dict.fromkeys(("h5", "h6"), "h5"),
    **dict.fromkeys(("button", "option", "select", "legend", "summary", "optgroup", "form"), "control"),
}
# Upper bounds of the sizes that are told apart, in words.
_SIZES = (2, 4, 8, 14, 24, 40, 80)
_COARSE = ("tiny", "tiny", "short", "short", "middle", "middle", "long", "long")
_CLOSING = "'\"”’»“)]›」』 "
_TERMINAL = frozenset(".!?…:;。！？।؟۔")
# Scripts written without spaces: a word is about two characters.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_CHARS_PER_WORD = 12
_DIGITS = re.compile("[0-9]")
_SYMBOLS = frozenset("©|>»→+#@•*▶►›‹«←↓↑")


def size_of(text: str) -> int:
    """About how many words a text has, in scripts with and without spaces."""
    words = text.count(" ") + text.count("\n") + 1
    length = len(text)
    spaced = words if words * _CHARS_PER_WORD > length else length // _CHARS_PER_WORD
    if words * 5 >= length or text.isascii():
        return spaced
    # A letter of those scripts has three bytes: where there can be but few of them, they change nothing.
    if spaced == words and len(text.encode("utf-8", "surrogatepass")) < length + 4 * words:
        return words
    unspaced = len(_UNSPACED.findall(text))
    return max(words, unspaced // 2) if unspaced else spaced


def size_class(words: int) -> int:
    """0 to 7, by `_SIZES`."""
    return bisect_left(_SIZES, words)


def of_text(block: TextBlock, words: int) -> list[str]:
    """The features of a block by its text, its links and its tag."""
    text = block.text
    size = size_class(words)
    found = [*_TAG_AND_SIZE[tag_group(block.tag), size], *_link_features(block, size)]
    if text.rstrip(_CLOSING)[-1:] in _TERMINAL:
        found.append(_SENTENCE[size])
    if "," in text or "、" in text or "،" in text:
        found.append("comma")
    if "\n" in text:
        found.append("line breaks")
    if size <= 3:
        found += _marks_of_short(text)
    found += features_of_phrases(text, words)
    return found


@lru_cache(maxsize=10_000)
def of_hints(outer: int, inner: int) -> tuple[str, ...]:
    """The features of a block by the names of the elements round it and in it."""
    return tuple(
        f"{place} {name}" for place, bits in (("in", outer), ("holds", inner)) for bit, name in _HINT_NAMES.items() if bits & bit
    )


def tag_group(tag: str) -> str:
    """Tags that are used alike under one name."""
    return _TAG_GROUPS.get(tag, "other")


_GROUPS = (*sorted(set(_TAG_GROUPS.values())), "other")
_TAG_AND_SIZE = {
    (tag, size): (f"tag {tag}", f"size {size}", f"{_COARSE[size]} {tag}") for tag in _GROUPS for size in range(len(_SIZES) + 1)
}
_SENTENCE = tuple(f"sentence, size {min(size, 5)}" for size in range(len(_SIZES) + 1))


def _link_features(block: TextBlock, size: int) -> tuple[str, ...]:
    if not block.links:
        return ("no links",)
    density = block.link_density
    if density > 0.9:
        return ("all link", f"all link, size {min(size, 5)}")
    return ("few links",) if density < 0.2 else ("some links",) if density < 0.5 else ("many links",)


def _marks_of_short(text: str) -> list[str]:
    found = []
    if text.isupper():
        found.append("capitals")
    if text[0] in _SYMBOLS:
        found.append("symbol first")
    if "|" in text:
        found.append("bar")
    if "©" in text:
        found.append("copyright sign")
    if "@" in text or "http" in text or "www." in text:
        found.append("address")
    digits = len(_DIGITS.findall(text)) if text.isascii() else sum(map(str.isdigit, text))
    if digits * 4 > len(text):
        found.append("figures")
    elif digits:
        found.append("some figures")
    return found
