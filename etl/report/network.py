"""The network of tags that stand together: which tags and pairs are in it, and how Vega lays it out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.report.words import short

TAGS = {328: 12, 560: 24}
"""Tags for which there is room, by the drawing's width."""
HEIGHTS = {328: 430, 560: 520}
"""Of that many tags; of fewer it is lower."""
LABEL = {328: 14, 560: 20}
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tags and the number of articles that have both."""

    one: str
    other: str
    articles: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """Tags, the most joined first, and the pairs among them, the commonest first."""

    tags: Sequence[str]
    rising: Collection[str]
    pairs: Sequence[Pair]


def network(rows: Iterable[Mapping[str, Any]], rising: Collection[str]) -> Network | None:
    """From pairs, the commonest first; tags on the rise come first. None where no tags stand together."""
    pairs = [Pair(row["tag"], row["other_tag"], row["articles"]) for row in rows]
    weights: dict[str, int] = {}
    for pair in pairs:
        for tag in (pair.one, pair.other):
            weights[tag] = weights.get(tag, 0) + pair.articles
    tags = sorted(weights, key=lambda tag: (tag not in rising, -weights[tag], tag))
    return Network(tags=tags, rising=rising, pairs=pairs) if pairs else None


def spec_of(network: Network, width: int) -> dict[str, Any]:
    """The Vega specification: forces, in a space squeezed sideways, so that the circles that push each other apart there are as
    wide here as a name, and names do not cover each other."""
    tags = list(network.tags[: TAGS[width]])
    pairs = [pair for pair in network.pairs if pair.one in tags and pair.other in tags]
    joined = [tag for tag in tags if any(tag in (pair.one, pair.other) for pair in pairs)]
    place = {tag: number for number, tag in enumerate(joined)}
    most = max((pair.articles for pair in pairs), default=1)
    nodes = [
        {"name": short(tag, LABEL[width]), "rising": tag in network.rising, "n": _weight(tag, pairs), "tip": _tip(tag, pairs)}
        for tag in joined
    ]
    links = [{"source": place[p.one], "target": place[p.other], "width": 1 + 5 * p.articles / most} for p in pairs]
    return _vega(nodes, links, width, max(180, HEIGHTS[width] * len(nodes) // TAGS[width]))


def _weight(tag: str, pairs: Sequence[Pair]) -> int:
    return sum(pair.articles for pair in pairs if tag in (pair.one, pair.other))


def _tip(tag: str, pairs: Sequence[Pair]) -> str:
    others = [f"{short(p.other if p.one == tag else p.one, 60)} ({p.articles})" for p in pairs if tag in (p.one, p.other)]
    return f"{short(tag, 60)}, with {', '.join(others[:6])}{', …' if len(others) > 6 else ''}"


def _vega(nodes: list[dict[str, Any]], links: list[dict[str, Any]], width: int, height: int) -> dict[str, Any]:
    side = LABEL[width] * 3.4  # half a name of that many characters, at 12 px
    extents = [{"type": "extent", "field": field, "signal": signal} for field, signal in (("x", "across"), ("y", "down"))]
    forces = [
        {"force": "center", "x": 0, "y": 0},
        {"force": "collide", "radius": 24, "iterations": 4},
        {"force": "nbody", "strength": -60},
        {"force": "x", "x": 0, "strength": 0.06},
        {"force": "y", "y": 0, "strength": 0.06},
        {"force": "link", "links": "pairs", "distance": 52},
    ]
    force = {"type": "force", "static": True, "iterations": 400, "forces": forces}
    return {
        "$schema": "https://vega.github.io/schema/vega/v6.json",
        "width": width,
        "height": height,
        "padding": 0,
        "background": "transparent",
        "data": [
            {"name": "pairs", "values": links},
            {"name": "tags", "values": nodes, "transform": [force, *extents]},
        ],
        "scales": [
            {"name": "x", "type": "linear", "domain": {"signal": "across"}, "range": [side, width - side]},
            {"name": "y", "type": "linear", "domain": {"signal": "down"}, "range": [12, height - 26]},
            {"name": "size", "type": "sqrt", "domain": {"data": "tags", "field": "n"}, "zero": True, "range": [20, 420]},
        ],
        "marks": [_lines(), _dots(), _names()],
    }


def _lines() -> dict[str, Any]:
    ends = {f"{end}{axis.upper()}": f"datum.{end}.{axis}" for end in ("source", "target") for axis in "xy"}
    signals = {name: {"signal": f"scale('{name[-1].lower()}', {path})"} for name, path in ends.items()}
    encode = {"stroke": {"value": "var(--c0)"}, "strokeOpacity": {"value": 0.45}, "strokeWidth": {"field": "width"}}
    return {
        "type": "rule",
        "from": {"data": "pairs"},
        "encode": {
            "enter": encode
            | {"x": signals["sourceX"], "y": signals["sourceY"], "x2": signals["targetX"], "y2": signals["targetY"]}
        },
    }


def _dots() -> dict[str, Any]:
    encode = {
        "x": {"scale": "x", "field": "x"},
        "y": {"scale": "y", "field": "y"},
        "size": {"scale": "size", "field": "n"},
        "fill": {"signal": "datum.rising ? 'var(--c2)' : 'var(--c1)'"},
        "stroke": {"value": "var(--paper)"},
        "strokeWidth": {"value": 1.5},
        "description": {"field": "tip"},
    }
    return {"type": "symbol", "from": {"data": "tags"}, "encode": {"enter": encode}}


def _names() -> dict[str, Any]:
    """With a halo in the paper's colour, drawn under the letters: a line behind a name does not strike it through."""
    encode = {
        "x": {"scale": "x", "field": "x"},
        "y": {"scale": "y", "field": "y", "offset": {"signal": "sqrt(scale('size', datum.n)) / 2 + 10"}},
        "text": {"field": "name"},
        "align": {"value": "center"},
        "baseline": {"value": "middle"},
        "fontSize": {"value": 12},
        "fontWeight": {"signal": "datum.rising ? 'bold' : 'normal'"},
        "fill": {"value": "var(--ink)"},
        "stroke": {"value": "var(--paper)"},
        "strokeWidth": {"value": 4},
        "strokeJoin": {"value": "round"},
    }
    return {"type": "text", "from": {"data": "tags"}, "encode": {"enter": encode}}
