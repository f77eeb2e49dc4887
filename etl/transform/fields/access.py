"""Who can read the whole story at the publisher's.

In order of trust: a declared tier (`article:content_tier`), which alone tells metered pages; `isAccessibleForFree` in JSON-LD and
microdata, of the story or of a part of it; meta tags that say paid or premium; the start of a subscription service's script; the
words printed where the free part ends, or in a box called `paywall`; what the feed says. The class alone tells nothing: sites put
it on free stories too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from etl.records import Access, Origin
from etl.transform import hints
from etl.transform.document import Document
from etl.transform.reading import Found, Story
from etl.transform.structured import Node, microdata, strings
from etl.transform.words import every

_TIERS = {
    Access.FREE: "free open public unlocked none",
    Access.METERED: "metered meter registered registration freemium",
    Access.SUBSCRIBER: "locked paid premium subscriber subscribers subscription hard plus paywalled closed",
}
_BY_TIER = {word: access for access, words in _TIERS.items() for word in words.split()}
_TRUE, _FALSE = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})
# article:content_tier, cXenseParse:abc-tier, article.access
_TIER_NAME = re.compile(r"(?:content)?[_:.\-]?tier$|(?:article|content)[_:.\-]access(?:_?level)?$")
# isPremium, article:premium, cXenseParse:isPaidContent, requiresSubscription; not adv:premium
_PAID_NAME = re.compile(r"^(?!adv?[_:.\-]).{0,40}?(?:premium|is_?paid(?:_?content)?|requires_?subscription)$|^paid$")
# basicSubscriptions.init({type: "NewsArticle", isAccessibleForFree: true, isPartOfType: […]})
_SCRIPT_CALL = re.compile(r"\binit\(\s{0,20}\{[^{}]{0,300}?\bisAccessibleForFree[\"']?\s{0,5}:\s{0,5}[\"']?(true|false)\b")
_NAME = b"isAccessibleForFree"
_BEYOND = 4
"""Blocks after the text in which the words of a paywall can stand."""
_LONGEST_CALL = 300


def extract_access(document: Document, story: Story) -> Found[Access] | None:
    """`free`, `metered` or `subscriber`; None where the page does not say, or says both."""
    declared = _tier(document) or _linked_data(document) or _microdata(document) or _paid(document) or _script(document)
    return declared or _printed(document, story) or told_access(document)


def told_access(document: Document) -> Found[Access] | None:
    """What the page's feed, or whoever kept the page, says: a tier, whether it is premium, whether it is free."""
    for name in ("access", "premium", "free"):
        word = document.hints.get(name, "").rpartition("/")[2].strip().lower()
        access = _BY_TIER.get(word)
        if name != "access":
            paid, free = (_TRUE, _FALSE) if name == "premium" else (_FALSE, _TRUE)
            access = Access.SUBSCRIBER if word in paid else Access.FREE if word in free else None
        if access:
            return Found(access, Origin.FEED, name)
    return None


def _tier(document: Document) -> Found[Access] | None:
    for name, values in document.metas.items():
        if _names_tier(name) and (access := _BY_TIER.get(values[0].strip().lower())):
            return Found(access, Origin.META, f"meta {name}")
    return None


@lru_cache(maxsize=2_000)
def _names_tier(name: str) -> bool:
    return _TIER_NAME.search(name) is not None


def _linked_data(document: Document) -> Found[Access] | None:
    for node in document.story_nodes:
        if "isAccessibleForFree" in node:
            if access := _free([node["isAccessibleForFree"], *_of_parts(node)]):
                return Found(access, Origin.JSON_LD, "isAccessibleForFree")
        # A part that is not free closes the story; one that is free says nothing of the others.
        elif _free(_of_parts(node)) is Access.SUBSCRIBER:
            return Found(Access.SUBSCRIBER, Origin.JSON_LD, "isAccessibleForFree of a part")
    return None


def _of_parts(node: Node) -> list[Any]:
    """What a story's parts say of themselves."""
    parts = node.get("hasPart")
    listed = [parts] if isinstance(parts, dict) else parts if isinstance(parts, list) else []
    return [part.get("isAccessibleForFree") for part in listed if isinstance(part, dict)]


def _microdata(document: Document) -> Found[Access] | None:
    said = [microdata(element) for element in document.itemprops.get("isaccessibleforfree", ())]
    access = _free(said)
    return Found(access, Origin.MICRODATA, "itemprop isAccessibleForFree") if access else None


def _free(said: Iterable[Any]) -> Access | None:
    """From the values of `isAccessibleForFree`: true, "False", "https://schema.org/True"."""
    words = {word for value in said for word in _words(value)}
    if words & _TRUE and words & _FALSE:
        return None
    return Access.FREE if words & _TRUE else Access.SUBSCRIBER if words & _FALSE else None


def _words(value: Any) -> list[str]:
    if isinstance(value, bool):
        return [str(value).lower()]
    return [text.rpartition("/")[2].strip().lower() for text in strings(value)]


def _paid(document: Document) -> Found[Access] | None:
    for name, values in document.metas.items():
        if _names_paid(name):
            word = values[0].strip().lower()
            if word in _TRUE or word in _FALSE:
                return Found(Access.SUBSCRIBER if word in _TRUE else Access.FREE, Origin.META, f"meta {name}")
    return None


@lru_cache(maxsize=2_000)
def _names_paid(name: str) -> bool:
    return _PAID_NAME.search(name) is not None


def _script(document: Document) -> Found[Access] | None:
    """What the page tells a subscription service at its start. The page's bytes tell sooner than its scripts that it does not."""
    if _NAME not in document.decoded.utf8:
        return None
    said = [match[1] for _, script in document.state_scripts() for match in _SCRIPT_CALL.finditer(script)]
    access = _free(said)
    return Found(access, Origin.HEURISTIC, "script isAccessibleForFree") if access else None


def _printed(document: Document, story: Story) -> Found[Access] | None:
    """The words where the free part ends: in the last block of the text, shortly after it, or in a paywall's box amid it."""
    start, last = story.first_index, story.last_index
    if start is None or last is None:
        return None
    walls = (block for block in document.blocks[start:last] if block.hints & hints.PAYWALL)
    for block in (*document.blocks[last : last + 1 + _BEYOND], *walls):
        if block.hints & (hints.HIDDEN | hints.COMMENTS) or len(block.text) > _LONGEST_CALL:
            continue
        text = block.text.casefold()
        for access in (Access.METERED, Access.SUBSCRIBER):
            if any(map(text.__contains__, every("access", access.value))):
                return Found(access, Origin.HEURISTIC, f"{block.tag} {block.index}")
    return None
