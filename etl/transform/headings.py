"""The headings a page shows, each with its words sorted into kicker and headline.

Finds and takes apart; which heading is the story's, `etl.transform.fields.title` decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import etree

from etl.transform import hints
from etl.transform.blocks import TextBlock, is_inline
from etl.transform.text import clean

if TYPE_CHECKING:
    from etl.transform.document import Document

_LEVELS = {f"h{n}": n for n in range(1, 7)}
_NO_HEADING_ABOVE = frozenset(["article", "main", "section", "body", "aside", "li", "table", "html"])
# Class words that make a part of a heading something else than the headline: bits of `hints`, and words that say so only here.
_NO_HEADLINE = (
    hints.KICKER | hints.TAGS | hints.DATE | hints.BYLINE | hints.COMMENTS | hints.SHARE | hints.CAPTION | hints.PAYWALL
)
_LABEL = re.compile(
    r"(?:^|[\s_-])(?:label|badge|icon|flag|prefix|rubric|category|section|sub-?(?:line|title|head(?:line)?)|count(?:er)?)(?:$|[\s_-])",
    re.I,
)
# For screen readers alone. Of that only what a mark parts from the headline is none of it: ` | The Observer`, `Opinion: `
_UNSEEN = re.compile(r"(?:^|\s)(?:(?:element|visually)-?(?:hidden|invisible)|sr-?only|screen-?reader(?:-text)?)(?:$|\s)", re.I)
# ": Headline", ":Headline", "- Headline" after a kicker
_LEADING_MARK = re.compile(r"\s*(?:[:\-–—|/•·]+\s+|[:|]\s*(?=\S))")
_MARKS = " \t\n:-–—|/•·"
_PUNCTUATION = re.compile(r"[\W_]*")
_QUOTES = "\"'„“«»‘’"
_MAX_LENGTH = 500
_MOST = 150


class Heading:
    """One heading: an h1 to h6, or an element that calls itself a headline."""

    def __init__(self, element: etree._Element, blocks: tuple[TextBlock, ...]) -> None:
        self.element = element
        self.blocks = blocks
        self.level = _LEVELS.get(str(element.tag), 7)
        """1 to 6; 7 for an element that is a headline by its class or `itemprop` alone."""
        self.hints = blocks[0].hints
        """The bits of its first block."""

    @property
    def first(self) -> TextBlock:
        """The block it begins in."""
        return self.blocks[0]

    @property
    def length(self) -> int:
        """Characters of all its text, about."""
        return sum(len(block.text) for block in self.blocks)

    @property
    def place(self) -> str:
        """Its tag, for `inspect`."""
        return str(self.element.tag)

    @cached_property
    def printed(self) -> str:
        """All its text."""
        return clean(" ".join(block.text for block in self.blocks))

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The runs of text it is made of, without those that are none of the headline by class or mark: kicker, badge, date.

        A kicker that nothing tells from the headline is the first of them.
        """
        return tuple(clean(part) for part in self._parts)

    @cached_property
    def text(self) -> str:
        """Its parts in one line."""
        return clean(_join(self._parts))

    @cached_property
    def _parts(self) -> list[str]:
        parts = _with_marks(_runs(self.element))
        if len(parts) < 2:
            return [self.printed]
        start = 1 if not parts[0][1] or (parts[1][1] and _is_kicker(parts[0][0], parts[1][0])) else 0
        # All of them named as something else than the headline: the names mislead, the longest is what counts.
        kept = [text for text, wanted in parts[start:] if wanted] or [max((text for text, _ in parts), key=len)]
        if kept[0] is not parts[0][0]:
            kept[0] = kept[0].lstrip(_MARKS)
        return kept


def read_headings(blocks: Iterable[TextBlock]) -> list[Heading]:
    """The headings, in the page's order; no more than a story's headline could stand among."""
    marked = ((_element(block), block) for block in blocks if block.hints & hints.HEADING or block.box.own_hints & hints.TITLE)
    found = []
    for element, group in groupby(marked, key=lambda pair: pair[0]):
        same = tuple(block for _, block in group)
        if element is not None and sum(len(block.text) for block in same) <= _MAX_LENGTH:
            found.append(Heading(element, same))
            if len(found) == _MOST:
                break
    return found


def in_breadcrumb(heading: Heading, document: Document) -> bool:
    """Whether a heading is the last step of a breadcrumb: marked as such, or next to links to the pages above it."""
    if heading.hints & hints.BREADCRUMB:
        after = document.blocks[heading.blocks[-1].index + 1 :][:3]
        # A wrapper of the whole page that calls itself so says nothing.
        return any(not block.hints & hints.BREADCRUMB for block in after)
    path = urlsplit(document.url or "").path
    node = heading.element
    for _ in range(3):
        parent = node.getparent()
        if parent is None or _has_text(node.itersiblings()):
            return False
        before = list(node.itersiblings(preceding=True))
        anchors = [anchor for sibling in before for anchor in sibling.iter("a")]
        if len(anchors) > 1:
            texts = sum(len("".join(anchor.itertext()).strip()) for anchor in anchors)
            others = sum(len("".join(sibling.itertext()).strip()) for sibling in before)
            return others - texts < 3 * len(anchors) + 3 and all(_is_above(anchor.get("href"), path) for anchor in anchors)
        if _has_text(before):
            return False
        node = parent
    return False


def _element(block: TextBlock) -> etree._Element | None:
    """The outermost h1 to h6 round a block; else the block's own element if that calls itself a headline."""
    element = block.element
    if block.hints & hints.HEADING:
        found = None
        node: etree._Element | None = element
        while node is not None and node.tag not in _NO_HEADING_ABOVE:
            if node.tag in _LEVELS:
                found = node
            node = node.getparent()
        if found is not None:
            return found
    own = _own_hints(element) | hints.attribute_hint("itemprop", element.get("itemprop") or "")
    return element if own & hints.TITLE and element.tag in {"div", "p", "span", "td"} else None


def _runs(element: etree._Element) -> Iterator[tuple[str, bool]]:
    """The runs of text right below a heading (or below its only child), and whether each belongs to the headline."""
    while len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0]
    parent = element.getparent()
    own = _own_hints(element) | (_own_hints(parent) if parent is not None else 0)
    yield element.text or "", True
    for child in element:
        if isinstance(child.tag, str):
            text = "".join(child.itertext())
            name = child.get("class") or ""
            unseen = _UNSEEN.search(name) and (_LEADING_MARK.match(text) or text.rstrip().endswith(":"))
            wanted = not (_own_hints(child) & ~own & _NO_HEADLINE or _LABEL.search(name) or unseen)
            yield (text if is_inline(child.tag) else f" {text} "), wanted
        yield child.tail or "", True


def _with_marks(runs: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Runs with words in them; a mark that stands alone (`<span>:</span>`) opens the run after it."""
    found: list[tuple[str, bool]] = []
    mark = ""
    for text, wanted in runs:
        if _PUNCTUATION.fullmatch(text):
            mark += text
            continue
        found.append((mark + text, wanted))
        mark = ""
    if found and mark.strip():
        found[-1] = (found[-1][0] + mark, found[-1][1])
    return found


def _is_kicker(first: str, second: str) -> bool:
    """Whether the mark before a second run makes the first a kicker: not where one word or two come after a whole sentence."""
    return bool(_LEADING_MARK.match(second)) and not (len(second.strip(_MARKS).split()) < 3 and len(first.split()) > 4)


def _join(parts: list[str]) -> str:
    """Parts as they stand; a space where only the style sheet parts them (`Night trains` + `More sleepers to come`)."""
    text = ""
    for part in parts:
        missing = len(text) > 3 and len(part) > 3 and text[-1].islower() and (part[0].isupper() or part[0] in _QUOTES)
        text += f" {part}" if missing else part
    return text


def _own_hints(element: etree._Element) -> int:
    return hints.name_hint(f"{element.get('class') or ''} {element.get('id') or ''}")


def _has_text(elements: Iterable[etree._Element]) -> bool:
    return any(text.strip() for element in elements for text in element.itertext())


def _is_above(href: str | None, path: str) -> bool:
    try:
        above = urlsplit(href or "#").path.rstrip("/")
    except ValueError:  # href="http://["
        return False
    return path.startswith(above + "/") or above == ""
