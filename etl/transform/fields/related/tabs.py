"""Lists of stories behind tabs: `Most read | Latest` over two panels, of which a reader sees one.

The tab is its panel's heading, wherever it stands. Tab and panel find each other as in the WAI-ARIA tabs pattern
(https://www.w3.org/WAI/ARIA/apg/patterns/tabs/) and in Bootstrap: by the panel's id, by the tab's id, or by their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from lxml import etree

from etl.transform.blocks import Box
from etl.transform.text import clean
from etl.transform.xpaths import compiled

_LEVELS = 8
"""How many boxes above a card its panel can be."""
_MOST = 30
"""So many panels and lists of tabs are looked into, and so many tabs of a list: what has more is a table or an attack."""
_UP = 3
_LONGEST = 40  # characters of a tab
_PANEL_CLASSES = frozenset({"tab-pane", "tabpane", "tab-panel", "tabpanel", "tabs-panel", "ui-tabs-panel"})
_LISTS = '//*[@role="tablist"]'
_TABS = './/*[@role="tab"]'
_POINTERS = ("aria-controls", "href", "data-target", "data-bs-target")


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
        if element.get("role") == "tabpanel" or not _PANEL_CLASSES.isdisjoint((element.get("class") or "").lower().split()):
            return around
        around = around.parent
    return None


class Tabs:
    """The lists of tabs of a page, read once, when the first panel is met."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, Tab | None] = {}
        self._lists: dict[etree._Element, list[Tab]] | None = None
        self._by_name: dict[str, Tab] = {}
        """Tabs by the panel's id and, behind a blank, which no id holds, by their own."""

    def of(self, panel: Box) -> Tab | None:
        """The tab that opens a panel; None where none is found."""
        element = panel.element
        if self._lists is None:
            self._lists = self._read(element.getroottree())
        if element not in self._known and self._lists and len(self._known) < _MOST:
            self._known[element] = self._named(element) or self._by_order(element, self._lists)
        return self._known.get(element)

    def _read(self, page: etree._ElementTree) -> dict[etree._Element, list[Tab]]:
        lists = {}
        for tablist in islice(compiled(_LISTS)(page), _MOST):
            elements = compiled(_TABS)(tablist)[:_MOST]
            texts = tuple(clean(" ".join(element.itertext())) for element in elements)
            tabs = [Tab(text, texts) for text in texts]
            lists[tablist] = tabs
            for element, tab in zip(elements, tabs, strict=True):
                names = [(element.get(pointer) or "").removeprefix("#") for pointer in _POINTERS]
                for name in [*names, f" {element.get('id') or ''}"]:
                    self._by_name.setdefault(name, tab)
        return lists

    def _named(self, panel: etree._Element) -> Tab | None:
        own, label = panel.get("id"), panel.get("aria-labelledby")
        tab = (self._by_name.get(own) if own else None) or (self._by_name.get(f" {label}") if label else None)
        return tab if tab and 0 < len(tab.text) <= _LONGEST else None

    def _by_order(self, panel: etree._Element, lists: dict[etree._Element, list[Tab]]) -> Tab | None:
        """Where neither names the other, the first tab of the list right before the panels opens the first panel."""
        place = sum(1 for other in islice(panel.itersiblings(etree.Element, preceding=True), _MOST))
        around: etree._Element | None = panel
        for _ in range(_UP):
            before = islice(around.itersiblings(etree.Element, preceding=True), _MOST) if around is not None else ()
            for sibling in before:
                tablist = next((element for element in islice(sibling.iter(etree.Element), _MOST) if element in lists), None)
                if tablist is not None:
                    tabs = lists[tablist]
                    return tabs[place] if place < len(tabs) and 0 < len(tabs[place].text) <= _LONGEST else None
            around = around.getparent() if around is not None else None
        return None
