"""Links round images: one to another page of the site makes a picture that page's thumbnail."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from etl.transform.document import Document
from etl.transform.fields.images.pictures import identity_of
from etl.transform.site import domain_of
from etl.transform.urls import key_of, split_address

_IMAGE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif|bmp|tiff?)(?:$|[?#])", re.I)
# /image/12, /photo-gallery/…, /wiki/File:Ferry.jpg: the picture's own page
_PICTURE_PAGE = re.compile(
    r"[/_.?&=-](?:image[ns]?|imagens|imagenes|img|pictures?|photos?|fotos?|foto[_-]?galerias?|galler(?:y|ies|i|ia)|galer(?:ie|ia)s?|bild(?:er)?|"
    r"file|attachment(?:_id)?|media|multimedia|zoom|album|slide(?:show|r)?|popup|lightbox)s?(?:[/_.:=&-]|\d|$)",
    re.I,
)
_NUMBER = re.compile(r"\d{5,}")
_LEVELS = 6
_SHORTEST_NAME = 8


def leads_elsewhere(document: Document, image: etree._Element, url: str) -> bool:
    """Whether an image at an address links to another page of the site: not its file, its own page, a page of the story's."""
    anchor = next((element for element in islice(image.iterancestors(), _LEVELS) if element.tag == "a"), None)
    href = document.absolute(anchor.get("href")) if anchor is not None else None
    if href is None or document.url is None or _IMAGE_FILE.search(href):
        return False
    there, here = split_address(href), split_address(document.url)
    if domain_of(there.hostname or "") != domain_of(here.hostname or ""):
        return False
    if key_of(href).startswith(key_of(document.url)) or _PICTURE_PAGE.search(f"{there.path}?{there.query}"):
        return False
    name = identity_of(url)
    if len(name) >= _SHORTEST_NAME and name in href.casefold():
        return False
    return set(_NUMBER.findall(href)).isdisjoint(_NUMBER.findall(document.url))
