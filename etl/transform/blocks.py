"""The page's visible text as a list of blocks, made in one walk over the tree.

A block is a run of inline text inside one block-level element: a paragraph, a heading, a list item, the loose text of a `div`.
Every field that reads visible text (by-line, date line, standfirst, tags, body, related links) reads this list, so that no field
walks the tree or collects text again. Line breaks (`<br>`) inside a block are newlines in its text.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from itertools import chain
from typing import Any, NamedTuple

from lxml import etree

from etl.transform.hints import (
    ATTRIBUTE_HINTS,
    BY_TAG,
    BYLINE,
    COMMENTS,
    COOKIE,
    DATE,
    FOOTER,
    NEGATIVE,
    STANDFIRST,
    TITLE,
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BLOCK_TAGS = _names(
    "address article aside audio amp-img blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main menu nav noframes ol "
    "optgroup option p picture pre search section select summary table tbody td tfoot th thead tr ul video"
)
NO_TEXT = _names("script style template svg math noscript object applet canvas map textarea")
"""Never text of the page: to be taken out of a tree before its blocks are read. `noscript` repeats pictures and counters."""
# What an element is to the walk; the rest is inline text.
_INLINE, _BREAK, _ANCHOR, _BLOCK, _ROOT = range(5)
# A root's own classes tell the kind of page (`single-post has-sidebar`), not the place of a text.
_KINDS = {**dict.fromkeys(_BLOCK_TAGS, _BLOCK), "html": _ROOT, "body": _ROOT, "a": _ANCHOR, "br": _BREAK}
_TAGS = {tag: (_KINDS.get(tag, _INLINE), BY_TAG.get(tag, 0)) for tag in {*_KINDS, *BY_TAG}}
"""(what an element is to the walk, bits of its tag)"""
_OTHER = (_INLINE, 0)
_END = (None,)
# A text of so many characters with few links is running text.
_RUNNING = 60
_FEW_LINKS = 0.3
_MUCH = 0.4
# Comments can be longer than the story; cookie notices and small print can be longer than a short one.
_NEVER_STORY = COMMENTS | FOOTER | COOKIE
_CLEARED = (NEGATIVE | BYLINE | DATE | TITLE | STANDFIRST) & ~_NEVER_STORY
_LINE = "\ue000"  # private use: stands for <br> until white space is folded


class Box:
    """A block-level element on the way from the root to a text: the skeleton of the page, without inline elements."""

    __slots__ = ("depth", "element", "hints", "own_hints", "parent", "tag")

    def __init__(self, element: etree._Element, tag: str, parent: Box | None, own_hints: int, hints: int) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.own_hints = own_hints
        """The bits of this element and of the inline elements between it and its parent."""
        self.hints = hints
        """The bits of this element and all its ancestors."""

    def __repr__(self) -> str:
        return f"<{self.tag} {self.element.get('class') or self.element.get('id') or ''}>"


class TextBlock:
    """One run of text. `index` is its place in the list; `hints` the bits of `etl.transform.hints` of all its ancestors."""

    __slots__ = ("box", "element", "hints", "index", "inner_hints", "link_chars", "link_density", "links", "tag", "text")

    def __init__(
        self, index: int, box: Box, text: str, links: list[tuple[etree._Element, str]] | None = None, inner_hints: int = 0
    ) -> None:
        self.index = index
        self.box = box
        self.element = box.element
        """The nearest block-level ancestor."""
        self.tag = box.tag
        """Its tag."""
        self.text = text
        """White space folded; `\\n` for a line break inside the block."""
        self.hints = box.hints
        self.inner_hints = inner_hints
        """The bits of the inline elements inside it."""
        self.links = [] if links is None else links
        """The `a` elements in it (or around it), with their text."""
        self.link_chars = sum([len(text) for _, text in links]) if links else 0
        """How many characters of the text are link text."""
        self.link_density = min(1.0, self.link_chars / len(text)) if links else 0.0
        """Share of the text that is link text, 0 to 1."""

    def __repr__(self) -> str:
        return f"<{self.index} {self.tag} {self.hints:#x} {self.text[:60]!r}>"


class Reading(NamedTuple):
    """What the walk over a tree brings home."""

    blocks: list[TextBlock]
    """All text, in document order."""
    itemprops: list[etree._Element]
    """The elements that have an `itemprop`, in document order."""


def walk(root: etree._Element, headings: Iterable[etree._Element]) -> Reading:
    """Walk over all below `root`. Depth of nesting is no limit. The tree must be free of `NO_TEXT` and comments.

    `headings` are the tree's `h1` elements.
    """
    reading = _Walk(root, headings).run()
    _clear_wrappers(reading.blocks)
    return reading


def read_blocks(root: etree._Element) -> list[TextBlock]:
    """The text below `root` alone."""
    return walk(root, root.iter("h1")).blocks


def is_inline(tag: str) -> bool:
    """Whether an element's text runs on in the text around it."""
    return _TAGS.get(tag, _OTHER)[0] in {_INLINE, _ANCHOR}


class _Walk:
    """The walk's state: the text gathered since the last block boundary, and the links open in it."""

    def __init__(self, root: etree._Element, headings: Iterable[etree._Element]) -> None:
        self.root = root
        self.blocks: list[TextBlock] = []
        self.parts: list[str] = []
        self.anchors: list[tuple[etree._Element | None, int]] = []  # (a, first part of its text), open ones; None once ended
        self.closed: list[tuple[etree._Element, str]] = []
        self.folded = (0, "")  # how many parts were folded last, and their text
        # A wrapper round the headline is no side bar, whatever its class says (`content-sidebar-wrap`).
        self.wrappers = {ancestor for heading in headings for ancestor in heading.iterancestors()}

    def run(self) -> Reading:  # noqa: C901 - the one loop over all elements of all pages: calls would double its cost
        parts, wrappers = self.parts, self.wrappers
        tags, attributes = _TAGS.get, ATTRIBUTE_HINTS
        outer = self.root.getparent()
        innermost: Any = outer
        kind, hints = _INLINE, 0
        box = Box(self.root, str(self.root.tag), None, 0, 0)  # the innermost open one
        inner_hints = 0  # the bits of the inline elements since the last block boundary
        itemprops: list[etree._Element] = []
        opened: list[tuple[Any, int, int, Box]] = []  # what `innermost`, `kind`, `hints` and `box` were outside
        for element in chain(self.root.iter(etree.Element), _END):
            parent = outer if element is None else element.getparent()
            while innermost is not parent:
                if kind >= _BLOCK:
                    if parts:
                        self._flush(box, inner_hints)
                    inner_hints = 0
                elif kind == _ANCHOR:
                    self._close_anchor()
                if (text := innermost.tail) and (parts or not text.isspace()):
                    parts.append(text)
                innermost, kind, hints, box = opened.pop()
            if element is None:
                break
            opened.append((innermost, kind, hints, box))
            innermost = element
            tag: Any = element.tag
            kind, own = tags(tag, _OTHER)
            # Most values are addresses and other things that nobody reads here: names alone cost less than half.
            for name in element.keys():  # noqa: SIM118 - elements are no dicts
                if name in attributes:
                    own |= attributes[name][element.get(name, "")]
                    if name == "itemprop":
                        itemprops.append(element)
            if own & NEGATIVE and element in wrappers:
                own &= ~NEGATIVE
            if kind >= _BLOCK:
                if parts:
                    self._flush(box, inner_hints)
                inner_hints = 0
                if kind == _ROOT:
                    own = 0
                box = Box(element, tag, box, own | (hints & ~box.hints), hints | own)
            elif kind == _BREAK:
                parts.append(_LINE)
            else:
                inner_hints |= own
                if kind == _ANCHOR:
                    self._open_anchor(element)
            hints |= own
            # White space before the first word of a run is none of its text.
            if (text := element.text) and (parts or not text.isspace()):
                parts.append(text)
        return Reading(self.blocks, itemprops)

    def _open_anchor(self, anchor: etree._Element) -> None:
        """Begin a link. One open round it ends there, as in a browser (HTML Standard, 13.2.6.4.7): its author forgot `</a>`.

        https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inbody
        """
        if self.anchors:
            self._close_anchor()
            self.anchors.append((None, 0))
        self.anchors.append((anchor, len(self.parts)))

    def _close_anchor(self) -> None:
        anchor, start = self.anchors.pop()
        if anchor is not None and (text := self._folded(start)):
            self.closed.append((anchor, text))

    def _flush(self, box: Box, inner_hints: int) -> None:
        """Close the run of text gathered so far: it belongs to the innermost box."""
        if self.anchors:
            anchor, start = self.anchors[-1]
            if anchor is not None:  # a link around blocks: its text so far belongs to this one
                if text := self._folded(start):
                    self.closed.append((anchor, text))
                self.anchors[-1] = (anchor, 0)
        if text := self._folded(0):
            self.blocks.append(TextBlock(len(self.blocks), box, text, self.closed, inner_hints))
            self.closed = []
        elif self.closed:
            self.closed = []
        self.parts.clear()
        self.folded = (0, "")

    def _folded(self, start: int) -> str:
        """The text of the run from a part of it on, white space folded."""
        parts = self.parts
        if start:
            return _fold(parts[start:])
        if self.folded[0] != len(parts):  # a run that is all link is asked for twice: for the link and for the block
            self.folded = (len(parts), _fold(parts))
        return self.folded[1]


def _clear_wrappers(blocks: list[TextBlock]) -> None:
    """An element that holds much of the page's running text is no side bar, advert or by-line, whatever its class says.

    (`<article class="post author-jane tag-news has-sidebar">`)
    """
    running = 0
    marked: list[tuple[Box, float]] = []
    for block in blocks:
        length = len(block.text)
        if length >= _RUNNING and block.link_chars < _FEW_LINKS * length and not block.hints & _NEVER_STORY:
            running += length
            if block.hints & _CLEARED:
                marked.append((block.box, length))
    much = _MUCH * running
    if sum([length for _, length in marked]) <= much:
        return
    wrappers = {box for box, length in totals(marked).items() if length > much and box.own_hints & _CLEARED}
    if wrappers:
        hints: dict[Box | None, int] = {None: 0}
        for block in blocks:
            block.hints = _hints_without(block.box, wrappers, hints)


def totals(values: Iterable[tuple[Box, float]]) -> dict[Box, float]:
    """Values of boxes summed up over all that stands inside each box. However deep the nesting, each box is visited once."""
    sums: dict[Any, float] = {None: 0.0}  # what is around the outermost
    for box, value in values:
        if box in sums:
            sums[box] += value
            continue
        if box.parent not in sums:
            for outer in reversed(boxes_up_to(box.parent, sums)):  # a box comes after those around it
                sums[outer] = 0.0
        sums[box] = value
    inward = list(sums)
    for box in inward[:0:-1]:
        sums[box.parent] += sums[box]
    del sums[None]
    return sums


def boxes_up_to(box: Box | None, known: Container[Box | None]) -> list[Box]:
    """A box and those around it, up to the first known one."""
    path = []
    while box is not None and box not in known:
        path.append(box)
        box = box.parent
    return path


def _hints_without(box: Box, wrappers: set[Box], known: dict[Box | None, int]) -> int:
    if box in known:
        return known[box]
    path = boxes_up_to(box, known)
    hints = known[path[-1].parent]
    for inner in reversed(path):
        if inner in wrappers:
            inner.own_hints &= ~_CLEARED
        hints |= inner.own_hints
        inner.hints = known[inner] = hints
    return hints


def _fold(parts: list[str]) -> str:
    text = parts[0] if len(parts) == 1 else "".join(parts)
    if _LINE not in text:
        return " ".join(text.split())
    return "\n".join([" ".join(line.split()) for line in text.split(_LINE)]).strip("\n")
