"""The blocks that a publisher's profile names, by XPath or by heading: their kind is known, whatever the words say."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from etl.records import Block
from etl.transform.document import Document
from etl.transform.fields.related.cards import Card
from etl.transform.fields.related.groups import Group
from etl.transform.text import fold


class NamedBlocks:
    """What the layout of the page's profile says of its blocks."""

    def __init__(self, document: Document) -> None:
        self._elements: dict[etree._Element, Block] = {}
        self.headings: dict[str, Block] = {}
        """Headings, folded, with the kind of their blocks."""
        for block in document.layout.related if document.layout else ():
            if block.xpath:
                for found in document.select(block.xpath):
                    if isinstance(found, etree._Element):
                        self._elements.setdefault(found, block.block)
            elif block.heading:
                self.headings[fold(block.heading)] = block.block

    def parts(self, cards: list[Card]) -> Iterator[tuple[Block | None, list[Card]]]:
        """The cards in the profile's elements by their kind, and the rest with None."""
        if not self._elements:
            yield None, cards
            return
        parts: dict[Block | None, list[Card]] = {}
        for card in cards:
            parts.setdefault(self._kind_around(card.anchor), []).append(card)
        yield from parts.items()

    def by_heading(self, group: Group) -> Block | None:
        """The kind of a group under a heading that the profile names."""
        return self.headings.get(fold(group.heading.text)) if group.heading and self.headings else None

    def _kind_around(self, anchor: etree._Element) -> Block | None:
        element: etree._Element | None = anchor
        while element is not None:
            if element in self._elements:
                return self._elements[element]
            element = element.getparent()
        return None
