"""Pictures that a page's metadata declares as the story's: JSON-LD `image`, og:image."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.records import Image
from etl.transform.document import Document
from etl.transform.fields.credit import split_credit
from etl.transform.fields.images.pictures import identity_of, is_default
from etl.transform.structured import Node, rank_of_type, strings
from etl.transform.text import clean_meta

_STORY = 3
_META = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src")


def declared_images(document: Document) -> tuple[Image, ...]:
    """The declared pictures, each once, without logos and the site's stand-ins."""
    found: dict[str, Image] = {}
    for image in (*_from_json_ld(document), *_from_meta(document)):
        if image.url is None or is_default(image.url):
            continue
        identity = identity_of(image.url)
        known = found.get(identity)
        if known is None or (image.caption and not known.caption):
            found[identity] = image
    return tuple(found.values())


def _from_json_ld(document: Document) -> Iterator[Image]:
    by_id = {node["@id"]: node for node in document.linked_data if isinstance(node.get("@id"), str) and "url" in node}
    for node in document.story_nodes:
        if rank_of_type(node) < _STORY:
            continue
        for value in _listed(node.get("image")):
            if isinstance(value, str):
                yield Image(url=document.absolute(value))
            elif isinstance(value, dict):
                whole = by_id.get(value.get("@id"), {}) | value if isinstance(value.get("@id"), str) else value
                yield _image(document, whole)


def _image(document: Document, node: Node) -> Image:
    address = next(iter(strings(node.get("url")) or strings(node.get("contentUrl"))), None)
    printed = next((clean_meta(text) for name in ("caption", "description") for text in strings(node.get(name))), "")
    caption, credit = split_credit(printed)
    named = next((clean_meta(text) for name in ("creditText", "copyrightNotice") for text in strings(node.get(name))), None)
    if named:
        label, own = split_credit(named)
        credit = own or label
    return Image(url=document.absolute(address), caption=caption, credit=credit)


def _from_meta(document: Document) -> Iterator[Image]:
    for url in document.meta(*_META):
        yield Image(url=document.absolute(url))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
