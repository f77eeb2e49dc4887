"""The story's headline, as the page shows it: without site name, kicker or section.

Sources in order of trust: the profile; an `h1` that metadata confirms; JSON-LD `headline`; og:title and its kin; a lone `h1`;
`<title>`.
"""

from __future__ import annotations

import re

from lxml import etree

from etl.records import Origin
from etl.transform.blocks import TextBlock
from etl.transform.document import Document
from etl.transform.reading import Found
from etl.transform.structured import strings
from etl.transform.text import clean, clean_meta, fold

_TITLE = etree.XPath("string(//title)")
# "Headline | Site", "Headline - Site", "Site: Headline" stay one text; parts are tried against the headings of the page.
_SEPARATOR = re.compile(r"\s+[|\-–—·•»:]\s+|\s*\|\s*")
_META = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "citation_title",
    "title",
)


def extract_title(document: Document) -> Found[str] | None:
    """The headline, or None where the page has none."""
    declared = _declared(document)
    headings = [block for block in document.blocks if block.tag == "h1"]
    for heading in headings:
        text = clean(heading.text)
        if any(_same_headline(text, found.value) for found in declared):
            return Found(text, Origin.HTML, "h1")
    if declared:
        return declared[0]
    if headings:
        return Found(clean(headings[0].text), Origin.HTML, "h1")
    title = clean(_TITLE(document.root))
    return Found(_SEPARATOR.split(title)[0], Origin.HTML, "title") if title else None


def headline_block(document: Document, title: str) -> TextBlock | None:
    """The block that shows the title; None when the page does not show it."""
    wanted = fold(title)
    shown = [block for block in document.blocks if fold(block.text) == wanted]
    return min(shown, key=lambda block: (block.tag != "h1", block.index), default=None)


def _declared(document: Document) -> list[Found[str]]:
    found = [
        Found(text, Origin.JSON_LD, "headline")
        for node in document.story_nodes
        for value in strings(node.get("headline"))
        if (text := clean_meta(value))
    ]
    found += [Found(text, Origin.META, f"meta {name}") for name in _META for text in document.meta(name)]
    return found


def _same_headline(shown: str, declared: str) -> bool:
    parts = [declared, *_SEPARATOR.split(declared)]
    return any(fold(shown) == fold(part) for part in parts)
