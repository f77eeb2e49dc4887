"""What the profile of the page's publisher finds on the page: the first source of every field.

The form of a profile is `etl.transform.profiles`' matter; here its XPaths meet a document.
"""

from __future__ import annotations

from typing import Any, get_args

from lxml import etree

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.profiles import FieldName, Layout, Profile
from etl.transform.reading import Found
from etl.transform.text import clean
from etl.transform.xpaths import compiled

_PARTED = frozenset(["br", "p", "div", "section", "li", "ul", "ol", "dd", "dt", "td", "tr", "h1", "h2", "h3", "h4", "h5", "h6"])
_FIELDS: tuple[FieldName, ...] = get_args(FieldName)


def settle_profile(document: Document, profile: Profile | None) -> None:
    """Give the document its profile: choose the layout, and take out what the layout says is never part of the story.

    To be called before any field but the address is read.
    """
    document.profile = profile
    document.layout = _layout(document, profile) if profile else None
    if document.layout and document.layout.remove:
        for element in _elements(document, document.layout.remove):
            _take_out(element)
        document.forget_tree()


def profile_found(document: Document, field: FieldName) -> Found[str] | None:
    """The first text that the profile's XPaths for a field give."""
    texts = profile_texts(document, field)
    return Found(texts.value[0], texts.origin, texts.detail) if texts else None


def profile_texts(document: Document, field: FieldName) -> Found[tuple[str, ...]] | None:
    """All texts of the first of the profile's XPaths for a field that gives any: tags, authors one by one."""
    for expression in _expressions(document, field):
        texts = tuple(text for value in document.select(expression) if (text := _text(value)))
        if texts:
            return Found(texts, Origin.PROFILE, expression)
    return None


def profile_elements(document: Document, field: FieldName) -> list[etree._Element]:
    """The elements at the first of the profile's XPaths for a field that finds any."""
    for expression in _expressions(document, field):
        if elements := _elements(document, (expression,)):
            return elements
    return []


def _layout(document: Document, profile: Profile) -> Layout | None:
    """The design this page has: the one in force when the page was captured comes first, then the newest."""
    captured = document.fetched_at.date() if document.fetched_at else None
    return next((layout for layout in profile.layouts_on(captured) if _matches(document, layout)), None)


def _matches(document: Document, layout: Layout) -> bool:
    if layout.when:
        return bool(compiled(layout.when)(document.root))  # `count(//p) > 9` is an answer too
    return any(_first(document, expression) for name in _FIELDS for expression in getattr(layout.fields, name))


def _first(document: Document, expression: str) -> bool:
    return any(True if isinstance(value, etree._Element) else bool(_text(value)) for value in document.select(expression))


def _expressions(document: Document, field: FieldName) -> tuple[str, ...]:
    if document.layout is None:
        return ()
    expressions: tuple[str, ...] = getattr(document.layout.fields, field)
    return expressions


def _elements(document: Document, expressions: tuple[str, ...]) -> list[etree._Element]:
    return [value for expression in expressions for value in document.select(expression) if isinstance(value, etree._Element)]


def _text(value: Any) -> str:
    if isinstance(value, etree._Element):
        value = value.get("content") or value.get("datetime") or _shown(value)
    return clean(str(value))


def _shown(element: etree._Element) -> str:
    """The text as printed: inline elements run on, others are parted."""
    parts: list[str] = []
    for event, child in etree.iterwalk(element, events=("start", "end")):
        if child.tag in _PARTED:
            parts.append(" ")
        if event == "start":
            parts.append(child.text or "")
        elif child is not element:
            parts.append(child.tail or "")
    return "".join(parts)


def _take_out(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
