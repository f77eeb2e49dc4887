"""The page's visible text as a list of blocks, made in one walk over the tree.

A block is a run of inline text inside one block-level element: a paragraph, a heading, a list item, the loose text of a `div`.
Every field that reads visible text (by-line, date line, standfirst, tags, body, related links) reads this list, so that no field
walks the tree or collects text again. Line breaks (`<br>`) inside a block are newlines in its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from etl.transform.hints import HIDDEN, NEGATIVE, attribute_hint, tag_hint

_BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "noframes",
        "ol",
        "option",
        "optgroup",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "video",
        "audio",
        "iframe",
        "picture",
        "amp-img",
    ]
)
# Never text of the page; taken out of the tree when a document is made, listed here for trees that come otherwise.
_NO_TEXT = frozenset(["script", "style", "template", "svg", "math", "noscript", "head", "object", "applet", "canvas", "map"])
_DISPLAY_NONE = re.compile(r"display\s*:\s*none", re.I)  # style="display: none"
_BREAK = "\ue000"  # private use: stands for <br> until white space is folded


class TextBlock:
    """One run of text. `index` is its place in the list; `hints` the bits of `etl.transform.hints` of all its ancestors."""

    __slots__ = ("element", "hints", "index", "inner_hints", "link_chars", "links", "tag", "text")

    def __init__(self, index: int, element: etree._Element, tag: str, text: str, hints: int) -> None:
        self.index = index
        self.element = element
        """The nearest block-level ancestor."""
        self.tag = tag
        """Its tag."""
        self.text = text
        """White space folded; `\\n` for a line break inside the block."""
        self.hints = hints
        self.inner_hints = 0
        """The bits of the inline elements inside it."""
        self.links: list[tuple[etree._Element, str]] = []
        """The `a` elements in it (or around it), with their text."""
        self.link_chars = 0
        """How many characters of the text are link text."""

    @property
    def link_density(self) -> float:
        """Share of the text that is link text, 0 to 1."""
        return min(1.0, self.link_chars / len(self.text)) if self.text else 0.0

    def __repr__(self) -> str:
        return f"<{self.index} {self.tag} {self.hints:#x} {self.text[:60]!r}>"


def read_blocks(root: etree._Element) -> list[TextBlock]:
    """All text below `root`, in document order. Depth of nesting is no limit."""
    return _Walk().run(root)


class _Walk:
    """The walk's state: the text gathered since the last block boundary, and the links open in it."""

    def __init__(self) -> None:
        self.blocks: list[TextBlock] = []
        self.parts: list[str] = []
        self.anchors: list[tuple[etree._Element, int]] = []  # (a, first part of its text), open ones
        self.closed: list[tuple[etree._Element, str]] = []
        self.inner_hints = 0
        self.wrappers: set[etree._Element] = set()

    def run(self, root: etree._Element) -> list[TextBlock]:
        # A wrapper round the headline is no side bar, whatever its class says (`content-sidebar-wrap`).
        self.wrappers = {ancestor for heading in root.iter("h1") for ancestor in heading.iterancestors()} | {root}
        # One frame an element: (element, its children, the block element it belongs to, hints, whether it is itself a block).
        stack = [self._enter(root, root, 0)]
        while stack:
            element, children, block, hints, is_block = stack[-1]
            child = next(children, None)
            if child is not None:
                tag = child.tag
                if isinstance(tag, str) and tag not in _NO_TEXT:
                    if tag == "br":
                        self.parts.append(_BREAK)
                    else:
                        stack.append(self._enter(child, block, hints))
                        continue
                if child.tail:
                    self.parts.append(child.tail)
                continue
            stack.pop()
            if is_block:
                self._flush(element, hints)
            elif element.tag == "a" and self.anchors:
                self._close_anchor()
            if stack and element.tail:
                self.parts.append(element.tail)
        return self.blocks

    def _enter(
        self, element: etree._Element, block: etree._Element, hints: int
    ) -> tuple[etree._Element, Iterator[etree._Element], etree._Element, int, bool]:
        tag = str(element.tag)
        is_block = tag in _BLOCK_TAGS
        if is_block:
            self._flush(block, hints)
            block = element
        own = tag_hint(tag)
        get = element.get
        if element.attrib:
            style = get("style")
            own |= attribute_hint((get("class") or "", get("id") or "", get("role") or "", get("itemprop") or ""))
            if get("hidden") is not None or (style and _DISPLAY_NONE.search(style)):
                own |= HIDDEN
            if element in self.wrappers:
                own &= ~NEGATIVE
            if not is_block:
                self.inner_hints |= own
        if tag == "a":
            self.anchors.append((element, len(self.parts)))
        if element.text:
            self.parts.append(element.text)
        return element, iter(element), block, hints | own, is_block

    def _close_anchor(self) -> None:
        anchor, start = self.anchors.pop()
        text = _fold("".join(self.parts[start:]))
        if text:
            self.closed.append((anchor, text))

    def _flush(self, element: etree._Element, hints: int) -> None:
        """Close the run of text gathered so far: it belongs to `element`."""
        parts = self.parts
        if not parts:
            return
        for number, (anchor, start) in enumerate(self.anchors):  # a link around blocks: its text so far belongs to this one
            text = _fold("".join(parts[start:]))
            if text:
                self.closed.append((anchor, text))
            self.anchors[number] = (anchor, 0)
        text = _fold("".join(parts))
        parts.clear()
        if not text:
            self.closed.clear()
            return
        block = TextBlock(len(self.blocks), element, str(element.tag), text, hints)
        block.inner_hints, self.inner_hints = self.inner_hints, 0
        if self.closed:
            block.links = self.closed
            block.link_chars = sum(len(text) for _, text in self.closed)
            self.closed = []
        self.blocks.append(block)


def _fold(text: str) -> str:
    if _BREAK not in text:
        return " ".join(text.split())
    return "\n".join(" ".join(line.split()) for line in text.split(_BREAK)).strip("\n")
