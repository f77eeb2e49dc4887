"""What a page declares as its description, and whether a text says the same."""

from __future__ import annotations

from collections.abc import Iterable

from etl.transform.document import Document
from etl.transform.structured import strings
from etl.transform.text import clean_meta, fold

_METAS = ("og:description", "twitter:description", "description", "dc.description", "parsely-description")
_LINKED = ("alternativeHeadline", "description", "abstract")
_LONGEST = 600
_LEAST = 12
_ALIKE = 60
"""Characters at the beginning that two tellings of one text have in common: descriptions are cut short."""


def descriptions(document: Document) -> list[str]:
    """The page's descriptions in meta tags and JSON-LD; alternative headlines count."""
    texts = document.meta(*_METAS)
    for node in document.story_nodes[:3]:
        texts += [clean_meta(text) for name in _LINKED for text in strings(node.get(name))]
    return list(dict.fromkeys(texts))


def repeats(text: str, others: Iterable[str]) -> bool:
    """Whether one of the others says the same, at least at its beginning."""
    plain = fold(text[:_LONGEST])
    for other in others:
        told = fold(other[:_LONGEST])
        if told and (plain == told or plain[:_ALIKE] == told[:_ALIKE] or (len(told) > _LEAST and told in plain[: len(told)])):
            return True
    return False
