"""The label that stands beside the headline and leads to the story's section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from etl.transform import hints
from etl.transform.blocks import TextBlock
from etl.transform.document import Document
from etl.transform.reading import Story

# eyebrow, c-topLabel, entry-category, articleTitleSection, primary-topic, filed_under; not `labels` and `tags`, which are topics
_NAMES = re.compile(
    r"eye-?brow|unibrow|over-?line|top-?label|(?<![a-z])(?:categor(?:y|ies)|kategorien?|rubri[ck]s?|rubriken?|ressorts?|cat-?links|"
    r"primary-?topic|section-?(?:name|title|label|link)|(?:article|story|title|entry|post)-?section|filed(?:-?under)?|kickers?)(?![a-z])",
    re.I,
)
_CATEGORY, _AUTHOR = "category", "author"
_OTHERS = hints.NAV | hints.FOOTER | hints.RELATED | hints.HIDDEN | hints.FORM | hints.SHARE | hints.COMMENTS
_BEFORE, _BEHIND = 4, 4
"""Blocks over and under the headline among which the label is looked for."""
_LONGEST = 120
_LONGEST_CLASS = 80
_STORY = "hentry"
"""The class of a whole story, which has its category beside it: `post hentry category-isles`."""
_NUMBER = re.compile(r"\d{2}")


def labels_beside(document: Document, story: Story) -> Iterator[str]:
    """The texts of the links over the headline, and then of those under it, that call themselves the story's category."""
    if story.headline is None:
        return
    place = story.headline.index
    first = story.first_index
    end = min(place + 1 + _BEHIND, first if first is not None and first > place else place + 1 + _BEHIND)
    over = document.blocks[max(0, place - _BEFORE) : place]
    for block in (*reversed(over), *document.blocks[place + 1 : end]):
        if block.links and len(block.text) <= _LONGEST and not block.hints & _OTHERS:
            yield from (text for anchor, text in block.links if _is_label(anchor, block) and not _NUMBER.search(text))


def _is_label(anchor: etree._Element, block: TextBlock) -> bool:
    rel = anchor.get("rel") or ""
    if _CATEGORY in rel or _AUTHOR in rel:
        return _CATEGORY in rel
    around = (anchor, block.element, block.element.getparent())
    return any(_names_label(element.get("class") or "") for element in around if element is not None)


@lru_cache(maxsize=5_000)
def _names_label(names: str) -> bool:
    return len(names) <= _LONGEST_CLASS and _STORY not in names and _NAMES.search(names.replace("_", "-")) is not None
