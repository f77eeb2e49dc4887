"""The story's text where the publisher's profile names the elements that hold it."""

from __future__ import annotations

from functools import reduce

from etl.transform import hints
from etl.transform.blocks import TextBlock
from etl.transform.document import Document
from etl.transform.profiled import profile_elements
from etl.transform.text import fold

_OUT = hints.NEGATIVE & ~hints.HEADER & ~hints.NAV & ~hints.TAGS
"""What stands in a story's element and is no text of it: pictures, adverts, boxes."""
_LINKS = 0.8


def profiled_blocks(document: Document, title: str) -> list[TextBlock]:
    """The blocks of text in the elements that the profile names, in the page's order; none where it names none."""
    inside = {child for element in profile_elements(document, "body") for child in element.iter()}
    if not inside:
        return []
    blocks = [block for block in document.blocks if block.element in inside]
    # What all of them share is said of the element as a whole, which the profile vouches for.
    shared = reduce(lambda bits, block: bits & block.hints, blocks, ~0)
    headline = fold(title)
    return [
        block
        for block in blocks
        if not block.hints & ~shared & _OUT and block.link_density < _LINKS and fold(block.text) != headline
    ]
