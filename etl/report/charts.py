"""The report's charts: each as a title, a description in words, the drawing at several widths, and the table behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from markupsafe import Markup

from etl.report.bins import Bin, unit
from etl.report.drawing import MIDDLE, NARROW, WIDE, drawn
from etl.report.network import Network, spec_of
from etl.report.rising import Rise
from etl.report.words import short

OTHERS = "all others"
_PALETTE = [f"var(--c{number})" for number in range(1, 7)]
_REST = "var(--c0)"
_FATES = {
    "loaded": "var(--c3)", "updated": "var(--c1)", "superseded": "var(--c4)", "unchanged": "var(--c0)", "rejected": "var(--c2)",
}  # fmt: skip
_STEPS = {"day": "%-d %b", "week": "%-d %b", "month": "%b %Y", "year": "%Y"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """A chart as the page shows it."""

    name: str
    """For addresses inside the page."""
    title: str
    text: str
    """What is to be seen in it, for those who do not see it."""
    drawings: Mapping[int, Markup]
    columns: Sequence[str]
    """The first is text, the others are numbers."""
    table: Sequence[Sequence[Any]]


def days_chart(bins: Sequence[Bin], series: Mapping[str, Sequence[int]]) -> Chart:
    """Articles by day (or a longer step) and publisher."""
    step = unit(bins[0].start, bins[-1].start)
    totals = [sum(column) for column in zip(*series.values(), strict=True)]
    top = max(range(len(bins)), key=lambda place: totals[place])
    return Chart(
        name="days",
        title=f"Articles a {step}",
        text=f"Stacked bars, one a {step} from {bins[0].label} to {bins[-1].label}, by publisher: {sum(totals)} articles; "
        f"most, {totals[top]}, on {bins[top].label}.",
        drawings=drawn(lambda width: _days(bins, series, width), (NARROW, MIDDLE, WIDE)),
        columns=[step.capitalize(), *series, "Together"],
        table=[(bin_.label, *column, sum(column)) for bin_, *column in zip(bins, *series.values(), strict=True)],
    )


def runs_chart(runs: Sequence[Mapping[str, Any]], labels: Sequence[str]) -> Chart:
    """What the last runs did with the pages they saw."""
    data = [
        {"run": label, "order": order, "fate": fate, "pages": run[fate], "tip": f"{label}: {run[fate]} pages {fate}"}
        for label, run in zip(labels, runs, strict=True)
        for order, fate in enumerate(_FATES)
        if run[fate]
    ]
    last = runs[-1]
    return Chart(
        name="runs",
        title="Pages in the last runs",
        text=f"Stacked bars, one for each of the last {len(runs)} runs, by what became of the pages. The last run saw "
        f"{last['pages_seen']} pages: " + ", ".join(f"{last[fate]} {fate}" for fate in _FATES) + ".",
        drawings=drawn(lambda width: _runs(data, labels, width), (NARROW, MIDDLE)),
        columns=["Run", "Status", "Pages", *(fate.capitalize() for fate in _FATES)],
        table=[(label, r["status"], r["pages_seen"], *(r[f] for f in _FATES)) for label, r in zip(labels, runs, strict=True)],
    )


def rising_chart(rises: Sequence[Rise]) -> Chart:
    """Tags on the rise: expected and seen."""
    data = [
        {
            "tag": short(rise.tag, 34),
            "place": place,
            "expected": round(rise.expected, 1),
            "seen": rise.recent,
            "tip": f"{short(rise.tag, 60)}: {rise.recent} articles, {rise.expected:.1f} expected",
        }
        for place, rise in enumerate(rises)
    ]
    first = rises[0]
    return Chart(
        name="rising",
        title="Tags on the rise",
        text=f"For each of {len(rises)} tags the number of articles to be expected in the last days and the number seen, joined "
        f"by a line. The clearest rise: {first.tag}, {first.recent} articles where {first.expected:.1f} were to be expected.",
        drawings=drawn(lambda width: _rising(data, width), (NARROW, MIDDLE)),
        columns=["Tag", "Seen", "Expected", "In the days before", "Standard deviations"],
        table=[(rise.tag, rise.recent, f"{rise.expected:.1f}", rise.before, f"{rise.score:.1f}") for rise in rises],
    )


def network_chart(network: Network) -> Chart:
    """Tags that stand together."""
    strongest = network.pairs[0]
    return Chart(
        name="network",
        title="Tags that appear together",
        text=f"A network of {len(network.tags)} tags; a line joins two that stand on the same articles, the thicker the more. "
        f"Most often together: {strongest.one} and {strongest.other}, on {strongest.articles} articles.",
        drawings=drawn(lambda width: spec_of(network, width), (NARROW, MIDDLE)),
        columns=["Tag", "And", "Articles"],
        table=[(pair.one, pair.other, pair.articles) for pair in network.pairs],
    )


def _stacked(bins: Sequence[Bin], series: Mapping[str, Sequence[int]]) -> list[dict[str, Any]]:
    """Each bar's place in its stack, reckoned here: Vega-Lite does not stack bars that have two ends in time."""
    data = []
    for place, bin_ in enumerate(bins):
        below = 0
        for name, numbers in series.items():
            if number := numbers[place]:
                ends = {"start": _utc(bin_.start), "end": _utc(bin_.end), "low": below, "high": below + number}
                data.append({"publisher": name, "tip": f"{name}, {bin_.label}: {number}", **ends})
                below += number
    return data


def _labelled(series: Mapping[str, Sequence[int]], most: int) -> dict[str, Sequence[int]]:
    """The same under names for which there is room, still apart from each other."""
    labelled: dict[str, Sequence[int]] = {}
    for name, numbers in series.items():
        label = short(name, most)
        labelled[f"{short(name, most - 2)} {len(labelled)}" if label in labelled else label] = numbers
    return labelled


def _utc(day: dt.date) -> int:
    """Milliseconds, which no time zone of the machine moves."""
    return (day - dt.date(1970, 1, 1)).days * 86_400_000


def _days(bins: Sequence[Bin], series: Mapping[str, Sequence[int]], width: int) -> dict[str, Any]:
    series = _labelled(series, 16 if width == NARROW else 22)
    data, names = _stacked(bins, series), list(series)
    top = max(row["high"] for row in data)
    colours = [_REST if name == OTHERS else _PALETTE[place % len(_PALETTE)] for place, name in enumerate(names)]
    time = alt.Axis(
        format=_STEPS[unit(bins[0].start, bins[-1].start)], title=None, grid=False, labelFlush=True, tickCount=max(3, width // 95)
    )
    scale = alt.Scale(type="utc", domain=[_utc(bins[0].start), _utc(bins[-1].end)])
    legend = None if len(names) == 1 else alt.Legend(columns={NARROW: 2, MIDDLE: 3}.get(width, 4))
    chart = (
        alt.Chart(_values(data))
        .mark_bar(stroke="var(--paper)", strokeWidth=1.5 if width > 6 * len(bins) else 0)
        .encode(
            x=alt.X("start:T", scale=scale, axis=time),
            x2="end:T",
            y=alt.Y("low:Q", axis=_counts_axis("Articles", top), scale=alt.Scale(domain=[0, top * 1.05], nice=False)),
            y2="high:Q",
            color=alt.Color("publisher:N", scale=alt.Scale(domain=names, range=colours), legend=legend),
            description="tip:N",
        )
    )
    return _spec(chart, width, 300 if width > NARROW else 280)


def _runs(data: list[dict[str, Any]], labels: Sequence[str], width: int) -> dict[str, Any]:
    top = max(sum(row["pages"] for row in data if row["run"] == label) for label in labels)
    fates = [fate for fate in _FATES if any(row["fate"] == fate for row in data)] or ["loaded"]
    chart = (
        alt.Chart(_values(data))
        .mark_bar(size=max(6, min(34, width // (2 * len(labels)))))
        .encode(
            x=alt.X(
                "run:N",
                sort=None,
                scale=alt.Scale(domain=list(labels)),
                axis=alt.Axis(
                    title=None, labelAngle=0, labelOverlap="greedy", labelExpr="split(datum.label, ' · ')", ticks=False
                ),
            ),
            y=alt.Y("pages:Q", axis=_counts_axis("Pages", top)),
            color=alt.Color(
                "fate:N",
                scale=alt.Scale(domain=fates, range=[_FATES[fate] for fate in fates]),
                legend=alt.Legend(columns=3 if width == NARROW else 5),
            ),
            order="order:Q",
            description="tip:N",
        )
    )
    return _spec(chart, width, 260)


def _rising(data: list[dict[str, Any]], width: int) -> dict[str, Any]:
    """The tag's name stands over its line: beside it a phone has no room."""
    row = alt.Y("place:O", axis=None)
    base = alt.Chart(_values(data))
    top = max(row["seen"] for row in data)
    seen = alt.X("seen:Q", axis=_counts_axis("Articles", top), scale=alt.Scale(zero=True, nice=True))
    lines = base.mark_rule(strokeWidth=3, color="var(--c0)", opacity=0.55, yOffset=9).encode(x=seen, x2="expected:Q", y=row)
    before = base.mark_point(filled=False, size=70, strokeWidth=2, color="var(--soft)", fill="var(--paper)", yOffset=9, opacity=1)
    after = base.mark_point(filled=True, size=110, color="var(--c2)", yOffset=9, opacity=1)
    names = base.mark_text(align="left", baseline="middle", yOffset=-9, fontSize=13, color="var(--ink)")
    chart = alt.layer(
        lines,
        before.encode(x="expected:Q", y=row, description="tip:N"),
        after.encode(x=seen, y=row, description="tip:N"),
        names.encode(x=alt.datum(0), y=row, text="tag:N"),
    )
    return _spec(chart, width, 44 * len(data) + 40)


def _counts_axis(title: str, greatest: int) -> alt.Axis:
    """Of whole things: of few there are no halves, which a fixed number of ticks would show."""
    return alt.Axis(title=title, tickCount=max(1, min(5, greatest)), format="~s", domain=False, ticks=False)


def _values(data: list[dict[str, Any]]) -> alt.InlineData:
    return alt.InlineData(values=data)


def _spec(chart: Any, width: int, height: int) -> dict[str, Any]:
    spec: dict[str, Any] = chart.properties(width=width, height=height).to_dict()
    spec.pop("config", None)
    return spec
