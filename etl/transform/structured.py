"""What a page declares in machine-readable form: JSON-LD, microdata and meta tags, as plain data.

The one place where broken JSON is mended. JSON-LD is read as sites write it (https://schema.org, `@graph`, lists, nested
objects), not by the full JSON-LD processing model: no context is fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

Node = dict[str, Any]

ARTICLE_TYPES = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "asknewsarticle",
        "reviewnewsarticle",
        "advertisercontentarticle",
        "satiricalarticle",
        "techarticle",
        "scholarlyarticle",
        "medicalscholarlyarticle",
        "report",
        "blogposting",
        "liveblogposting",
        "socialmediaposting",
        "discussionforumposting",
        "review",
        "criticreview",
        "webpage",
        "itempage",
        "aboutpage",
        "medicalwebpage",
        "recipe",
        "howto",
        "videoobject",
        "audioobject",
        "podcastepisode",
        "imagegallery",
        "creativework",
    ]
)
"""Types (lower case, without address) whose node can describe the page's story; see `rank_of_type`."""

SITE_TYPES = frozenset({"website", "newsmediaorganization"})
"""Types whose name is the site's."""

_STORY_TYPES = frozenset(
    t
    for t in ARTICLE_TYPES
    if "article" in t or t in {"report", "blogposting", "liveblogposting", "socialmediaposting", "discussionforumposting"}
)
_PAGE_TYPES = frozenset({"webpage", "itempage", "aboutpage", "medicalwebpage", "creativework"})
_MAX_NODES = 2_000
_MAX_DEPTH = 12
# <!-- … -->, /* … */, //<![CDATA[ … //]]> and a trailing semicolon round JSON-LD. Each end is one piece after another, without
# alternatives for white space: that is cut off between them.
_OPENINGS = re.compile(r"(?:<!--|/\*.{0,40}?\*/|//|<!\[CDATA\[)", re.S)
_CLOSINGS = (";", "-->", "*/", "]]>", "//", "/*")
# Control characters in strings are the commonest fault; strict=False takes them.
# [1, 2, ]; strings are passed over, since `", ]"` may be text
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*"?)|,(\s*[}\]])', re.S)
# The repair looks ahead from every quotation mark: its time grows with the square of the length (a second at this one).
_REPAIR_LIMIT = 40_000


def load_json(text: str) -> Any:
    """JSON as found in a page's script, mended where a library can; None when nothing can be made of it."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    text = _unwrapped(text)
    for candidate in (text, _TRAILING_COMMA.sub(r"\1\2", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    if not text or len(text) > _REPAIR_LIMIT:
        return None
    import json_repair  # here, because few pages need it and it imports much

    try:
        return json_repair.loads(text, skip_json_loads=True) or None
    except (ValueError, RecursionError, IndexError):
        return None


def _unwrapped(text: str) -> str:
    """JSON without the comments and marks that stand round it."""
    text = text.strip()
    while opening := _OPENINGS.match(text):
        text = text[opening.end() :].lstrip()
    for closing in _CLOSINGS:
        text = text.removesuffix(closing).rstrip()
    return text


def linked_data(scripts: Iterable[str]) -> list[Node]:
    """All JSON-LD objects of a page that have a type, outermost first, in the page's order."""
    nodes: list[Node] = []
    for script in scripts:
        for node in _objects(load_json(script), 0):
            if types_of(node):
                nodes.append(node)
                if len(nodes) >= _MAX_NODES:
                    return nodes
    return nodes


def _objects(value: Any, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for child in value.values():
            if isinstance(child, dict | list):
                yield from _objects(child, depth + 1)
    elif isinstance(value, list):
        for child in value:
            if isinstance(child, dict | list):
                yield from _objects(child, depth + 1)


def types_of(node: Node) -> tuple[str, ...]:
    """The node's types, lower case, without `http://schema.org/`."""
    declared = node.get("@type") or node.get("type") or ()
    if isinstance(declared, str):
        return (_bare(declared),)
    return tuple([_bare(name) for name in declared if isinstance(name, str)]) if isinstance(declared, list) else ()


@lru_cache(maxsize=1_000)
def _bare(name: str) -> str:
    return re.split(r"[/#:]", name)[-1].lower()


def rank_of_type(node: Node) -> int:
    """How well a node's type suits a story: 3 an article, 2 another work (video, recipe), 1 a page, 0 none of them."""
    best = 0
    for name in types_of(node):
        if name in _STORY_TYPES:
            return 3
        if name in _PAGE_TYPES:
            best = max(best, 1)
        elif name in ARTICLE_TYPES:
            best = max(best, 2)
    return best


def strings(value: Any) -> list[str]:
    """The texts of a JSON-LD value: a string, a list of them, objects with `name` or `@value`."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [str(value)]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    if isinstance(value, dict):
        return strings(value.get("@value") or value.get("name") or value.get("headline"))
    return []


def microdata(element: etree._Element) -> str:
    """The value of an `itemprop` element (https://html.spec.whatwg.org/multipage/microdata.html#values)."""
    for attribute in ("content", "datetime"):
        if (value := element.get(attribute)) is not None:
            return value
    tag = element.tag
    if tag in {"a", "link", "area"}:
        return element.get("href") or ""
    if tag in {"img", "audio", "video", "source", "iframe", "embed", "track"}:
        return element.get("src") or ""
    return " ".join("".join(element.itertext()).split())
