"""The label that stands beside the headline and leads to the story's section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from etl.transform import hints, words
from etl.transform.blocks import TextBlock
from etl.transform.document import Document
from etl.transform.reading import Story
from etl.transform.text import fold
from etl.transform.urls import split_address

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
_MARKS = " \t/>»›|·:•→-–"
_MOST_WORDS = 4
_STORY_WORDS = 4
"""Hyphens in the last step of an address that is a story's: `/ferry-runs-again-after-nine-days`."""
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
            yield from (
                text.strip(_MARKS) for anchor, text in block.links if _is_label(anchor, block) and _names_section(anchor, text)
            )


def _names_section(anchor: etree._Element, text: str) -> bool:
    """Whether a link's few words can be a section's: it leads to no person or story, and calls to nothing."""
    address = split_address(anchor.get("href") or "")
    if address.scheme not in {"", "http", "https"}:
        return False
    steps = address.path.casefold().strip("/").split("/")
    if len(text.split()) > _MOST_WORDS or _NUMBER.search(text) or steps[-1].count("-") >= _STORY_WORDS:
        return False
    return _persons().isdisjoint(steps) and fold(text) not in _calls()


def _is_label(anchor: etree._Element, block: TextBlock) -> bool:
    rel = anchor.get("rel") or ""
    if _CATEGORY in rel or _AUTHOR in rel:
        return _CATEGORY in rel
    around = (anchor, block.element, block.element.getparent())
    return any(_names_label(element.get("class") or "") for element in around if element is not None)


@lru_cache(maxsize=5_000)
def _names_label(names: str) -> bool:
    return len(names) <= _LONGEST_CLASS and _STORY not in names and _NAMES.search(names.replace("_", "-")) is not None


@lru_cache(maxsize=1)
def _persons() -> frozenset[str]:
    """Folders of persons' pages."""
    lists = (("section", "persons"), ("authors", "author_paths"), ("authors", "person_paths"))
    return frozenset(word for subject, name in lists for word in words.every(subject, name))


@lru_cache(maxsize=1)
def _calls() -> frozenset[str]:
    """Labels that call to something, or tell a kind of story and no section."""
    return frozenset(fold(word) for word in words.every("section", "no_label"))
