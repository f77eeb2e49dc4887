"""Lists of stories behind tabs: `Most read | Latest` over two panels, of which a reader sees one.

The tab is its panel's heading, wherever it stands. Tab and panel find each other as in the WAI-ARIA tabs pattern
(https://www.w3.org/WAI/ARIA/apg/patterns/tabs/) and in Bootstrap: by the panel's id, by the tab's id, or by their order.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from etl.transform.blocks import Box
from etl.transform.text import clean
from etl.transform.xpaths import compiled

_LEVELS = 8
"""How many boxes above a card its panel can be."""
_CLASSES = frozenset({"tab-pane", "tabpane", "tab-panel", "tabpanel", "tabs-panel", "ui-tabs-panel"})
_LONGEST = 40  # characters of a tab
_OF_PANEL = "//*[@aria-controls=$id or @href=$anchor or @data-target=$anchor or @data-bs-target=$anchor]"
_BY_ID = "//*[@id=$id]"
_LISTS = 'preceding-sibling::*/descendant-or-self::*[@role="tablist"]'
_TABS = './/*[@role="tab"]'
_UP = 3


@dataclass(frozen=True, slots=True)
class Tab:
    """What is printed on a tab, and on all tabs of its list."""

    text: str
    all_texts: tuple[str, ...]


def panel_around(box: Box) -> Box | None:
    """The innermost panel of tabs around a box."""
    around: Box | None = box
    for _ in range(_LEVELS):
        if around is None:
            return None
        element = around.element
        if element.get("role") == "tabpanel" or not _CLASSES.isdisjoint((element.get("class") or "").lower().split()):
            return around
        around = around.parent
    return None


def tab_of(panel: Box) -> Tab | None:
    """The tab that opens a panel; None where none is found."""
    element = panel.element
    tab = _named_by(element)
    if tab is None:
        return _by_order(element)
    tabs = next((list_ for list_ in tab.iterancestors() if len(_texts(list_)) > 1), None)
    return _tab(_text(tab), _texts(tabs) if tabs is not None else [])


def _named_by(panel: etree._Element) -> etree._Element | None:
    own, label = panel.get("id"), panel.get("aria-labelledby")
    found = compiled(_OF_PANEL)(panel, id=own, anchor=f"#{own}") if own else []
    if not found and label:
        found = compiled(_BY_ID)(panel, id=label)
    return found[0] if found else None


def _by_order(panel: etree._Element) -> Tab | None:
    """Where neither names the other, the first tab opens the first panel."""
    place = sum(1 for other in panel.itersiblings(preceding=True) if isinstance(other.tag, str))
    around: etree._Element | None = panel
    for _ in range(_UP):
        if around is None:
            break
        if lists := compiled(_LISTS)(around):
            texts = _texts(lists[-1])
            return _tab(texts[place], texts) if place < len(texts) else None
        around = around.getparent()
    return None


def _tab(text: str, texts: list[str]) -> Tab | None:
    return Tab(text, tuple(texts)) if 0 < len(text) <= _LONGEST else None


def _texts(tabs: etree._Element) -> list[str]:
    return [_text(tab) for tab in compiled(_TABS)(tabs)]


def _text(tab: etree._Element) -> str:
    return clean(" ".join(tab.itertext()))
