"""Charts as SVG that needs no script: drawn once for each width by Vega (vl-convert), in colours that the page's style sheet
names.

So a chart follows the reader's light or dark scheme, and its labels stay readable on a phone. What Vega writes is tidied here:
its own background, roles and labels go; the marks keep theirs as tooltips.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import vl_convert
from lxml import etree
from markupsafe import Markup

NARROW, MIDDLE, WIDE = 328, 560, 1040
"""Pixels between a phone's margins (360 wide), of a column, of the whole page."""

CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": "sans-serif",  # by which Vega reckons the room that a text takes
    "padding": 0,
    "autosize": {"type": "fit", "contains": "padding"},
    "view": {"stroke": None},
    "axis": {
        "labelColor": "var(--soft)",
        "titleColor": "var(--soft)",
        "gridColor": "var(--line)",
        "domainColor": "var(--line)",
        "tickColor": "var(--line)",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelPadding": 6,
    },
    "legend": {
        "labelColor": "var(--ink)",
        "labelFontSize": 12,
        "orient": "top",
        "title": None,
        "symbolType": "square",
        "symbolSize": 110,
        "labelLimit": 0,  # names are shortened before: Vega would cut through characters
        "columnPadding": 30,  # the reader's letters may be wider than those that Vega knows
        "padding": 0,
        "offset": 10,
    },
}

# What a text of a page may hold, and what breaks the drawing program or XML: control characters, halves of characters.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SVG = "{http://www.w3.org/2000/svg}"
_UNUSED = ("role", "aria-roledescription", "aria-hidden", "pointer-events", "class", "font-family")
_DEFAULTS = {"opacity": "1", "stroke-width": "1", "x2": "0", "y2": "0", "font-weight": "normal"}


def drawn(spec: Callable[[int], Mapping[str, Any]], widths: tuple[int, ...]) -> dict[int, Markup]:
    """A chart at several widths, from what makes its Vega-Lite or Vega specification for one."""
    return {width: _svg(spec(width)) for width in widths}


def _svg(spec: Mapping[str, Any]) -> Markup:
    fit: dict[str, Any] = _fit(spec)
    vega = "/vega/" in fit["$schema"]
    svg = vl_convert.vega_to_svg(fit) if vega else vl_convert.vegalite_to_svg({**fit, "config": CONFIG})
    return Markup(_tidied(svg))  # noqa: S704 (written by lxml from a tree that Vega made, every text in it escaped)


def _fit(part: Any) -> Any:
    if isinstance(part, str):
        return _UNFIT.sub("", part)
    if isinstance(part, Mapping):
        return {name: _fit(value) for name, value in part.items()}
    return [_fit(value) for value in part] if isinstance(part, list) else part


def _tidied(svg: str) -> str:
    root = etree.fromstring(svg.encode())
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("aria-hidden", "true")  # the figure has the chart's name and description
    for element in list(root.iter(f"{_SVG}*")):
        _tidy(element)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _tidy(element: etree._Element) -> None:
    told = element.attrib.pop("aria-label", None)
    if told and element.get("aria-roledescription") not in {"axis", "legend", "title"}:
        etree.SubElement(element, f"{_SVG}title").text = told
    for name in _UNUSED:
        element.attrib.pop(name, None)
    for name, value in _DEFAULTS.items():
        if element.get(name) == value:
            del element.attrib[name]
    above = element.getparent()
    if element.tag == f"{_SVG}path" and not element.get("d") and above is not None:
        above.remove(element)
