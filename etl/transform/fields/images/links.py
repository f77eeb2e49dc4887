"""Links round images: one to another page of the site makes a picture that page's thumbnail."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from urllib.parse import unquote

from lxml import etree

from etl.transform import words
from etl.transform.document import Document
from etl.transform.fields.images.pictures import identity_of
from etl.transform.fields.related.addresses import Shape, shape_of
from etl.transform.site import domain_of
from etl.transform.urls import key_of, split_address

_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|bmp|tiff?)(?:$|[?#])", re.I)
_NUMBER = re.compile(r"\d{5,}")
_LEVELS = 6
_LINKS = 20
"""Of a figure: one with more is a gallery."""
_SHORTEST_NAME = 8


def leads_elsewhere(document: Document, image: etree._Element, url: str) -> bool:
    """Whether an image at an address links to another page of the site: not its file, its own page, a page of the story's."""
    href = _target(document, image)
    if href is None or document.url is None or _IMAGE_FILE.search(href):
        return False
    there, here = split_address(href), split_address(document.url)
    if domain_of(there.hostname or "") != domain_of(here.hostname or ""):
        return False
    if key_of(href).startswith(key_of(document.url)) or _picture_page().search(unquote(f"{there.path}?{there.query}")):
        return False
    name = identity_of(url)
    if len(name) >= _SHORTEST_NAME and name in href.casefold():
        return False
    return set(_NUMBER.findall(href)).isdisjoint(_NUMBER.findall(document.url))


def is_linked(image: etree._Element) -> bool:
    """Whether an image is a link, wherever it leads."""
    return any(element.tag == "a" for element in islice(image.iterancestors(), _LEVELS))


def leads_to_story(document: Document, image: etree._Element) -> bool:
    """Whether an image links to what can be a story: no front page, no section."""
    there = split_address(_target(document, image) or "")
    return shape_of(there.path.rstrip("/"), there.query) is not Shape.NONE


def is_linked_whole(figure: etree._Element) -> bool:
    """Whether a figure's caption is linked as its picture is: it stands in a link, or links twice to the same page."""
    if any(around.tag == "a" for around in islice(figure.iterancestors(), _LEVELS)):
        return True
    linked = [anchor.get("href") for anchor in islice(figure.iter("a"), _LINKS)]
    return len(set(linked)) < len(linked)


def _target(document: Document, image: etree._Element) -> str | None:
    anchor = next((element for element in islice(image.iterancestors(), _LEVELS) if element.tag == "a"), None)
    return document.absolute(anchor.get("href")) if anchor is not None else None


@cache
def _picture_page() -> re.Pattern[str]:
    """/image/12, /photo-gallery/…, /wiki/File:Ferry.jpg: the picture's own page"""
    names = "|".join(map(re.escape, words.every("images", "pages")))
    return re.compile(rf"[/_.?&=-](?:{names})(?:[/_.:=&-]|\d|$)", re.I)
