"""Charts as SVG that needs no script: drawn once for each width by Vega (vl-convert), in colours that the page's style sheet
names.

So a chart follows the reader's light or dark scheme, and its labels stay readable on a phone. What Vega writes is tidied here:
its own background, roles and labels go; the marks keep theirs as tooltips.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import vl_convert
from lxml import etree
from markupsafe import Markup

NARROW, MIDDLE, WIDE = 328, 560, 1040
"""Pixels between a phone's margins (360 wide), of a column, of the whole page."""

CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": "inherit",
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
        "labelLimit": 190,
        "padding": 0,
        "offset": 10,
    },
}

_SVG = "{http://www.w3.org/2000/svg}"
_UNUSED = ("role", "aria-roledescription", "aria-hidden", "pointer-events", "class")
_DEFAULTS = {"opacity": "1", "stroke-width": "1", "x2": "0", "y2": "0", "font-weight": "normal"}


def drawn(spec: Callable[[int], Mapping[str, Any]], widths: tuple[int, ...]) -> dict[int, Markup]:
    """A chart at several widths, from what makes its Vega-Lite or Vega specification for one."""
    return {width: _svg(spec(width)) for width in widths}


def _svg(spec: Mapping[str, Any]) -> Markup:
    vega = "/vega/" in spec["$schema"]
    svg = vl_convert.vega_to_svg(dict(spec)) if vega else vl_convert.vegalite_to_svg({**spec, "config": CONFIG})
    return Markup(_tidied(svg))  # noqa: S704 (written by lxml from a tree that Vega made, every text in it escaped)


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
