"""Asks for all that the page tells, and writes it through its template. Every text of a page goes through autoescape."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from sqlalchemy import Connection, func, select

from etl import __version__
from etl.load.models import articles
from etl.report import words
from etl.report.attention import warnings
from etl.report.bins import bins, unit
from etl.report.changes import changed_words
from etl.report.charts import OTHERS, Chart, days_chart, network_chart, rising_chart, runs_chart
from etl.report.network import network
from etl.report.queries import coverage, loads, output, stories, topics
from etl.report.queries.views import COVERED
from etl.report.rising import Rise, rising
from etl.report.scope import Scope

PUBLISHERS = 6
"""Publishers with a colour of their own."""
COVERAGE_ROWS = 12
TAGS = 12

Row = Mapping[str, Any]


def render(connection: Connection, scope: Scope) -> str:
    """The page."""
    environment = _environment(scope)
    style = (files("etl.report") / "templates" / "style.css").read_text("utf-8")
    total = connection.scalar(select(func.count()).select_from(articles)) or 0
    load = loads.last_load(connection)
    facts: dict[str, Any] = {"scope": scope, "version": __version__, "style": style, "digest": words.digest(style), "load": load}
    if load is None and not total:
        return environment.get_template("empty.html").render(facts)
    facts |= {"warnings": warnings(load, loads.running(connection), scope), "total": total}
    facts |= (
        _loads(connection, load, scope) | _output(connection, scope) | _topics(connection, scope) | _stories(connection, scope)
    )
    return environment.get_template("report.html").render(facts | _coverage(connection, scope))


def _environment(scope: Scope) -> Environment:
    environment = Environment(
        loader=PackageLoader("etl.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        keep_trailing_newline=True,
        lstrip_blocks=True,
    )
    told = (words.number, words.count, words.percent, words.day, words.long_day, words.duration, words.safe_url)
    environment.filters.update({function.__name__: function for function in told})
    environment.filters["moment"] = partial(words.moment, zone=scope.zone)
    return environment


def _loads(connection: Connection, load: loads.Load | None, scope: Scope) -> dict[str, Any]:
    runs = loads.history(connection)
    labels = [f"{run['run_id']} · {run['started_at'].astimezone(scope.zone):%-d %b}" for run in runs]
    return {"runs_chart": runs_chart(runs, labels) if len(runs) > 1 else None, "account": _account(load.run) if load else ""}


def _account(run: Row) -> str:
    """`Of 18 pages 13 were new articles, 5 were rejected.`"""
    if not run["pages_seen"]:
        return "The sources gave no new page."
    fates = [words.count(run[fate], *told) for fate, told in _FATES.items() if run[fate]]
    return f"Of {words.count(run['pages_seen'], 'page')} {', '.join(fates)}."


_FATES = {
    "loaded": ("was a new article", "were new articles"),
    "updated": ("changed an article", "changed an article"),
    "superseded": ("showed an older state of one", "showed an older state of one"),
    "unchanged": ("brought nothing new", "brought nothing new"),
    "rejected": ("was rejected", "were rejected"),
}


def _output(connection: Connection, scope: Scope) -> dict[str, Any]:
    days = output.days(connection, scope)
    counted: Counter[str] = Counter()
    for row in days:
        counted[row["publisher"] or "unknown"] += row["articles"]
    ranked = sorted(counted, key=lambda name: (-counted[name], name))
    return {
        "number": counted.total(),
        "before": output.number_before(connection, scope),
        "undated": output.number_undated(connection, scope),
        "publishers": [(name, counted[name]) for name in ranked],
        "authors": output.top_authors(connection, scope),
        "number_of_authors": output.number_of_authors(connection, scope),
        "days_chart": _days_chart(days, ranked, scope) if days else None,
        "step": unit(scope.since, scope.until),
    }


def _days_chart(days: Sequence[Row], ranked: Sequence[str], scope: Scope) -> Chart:
    steps = bins(scope.since, scope.until)
    # Seven names are no more than six and "all others".
    named = ranked if len(ranked) <= PUBLISHERS else ranked[: PUBLISHERS - 1]
    series = {name: [0] * len(steps) for name in (*named, *([OTHERS] if len(named) < len(ranked) else []))}
    places: dict[dt.date, int] = {}
    for place, step in enumerate(steps):
        places |= {step.start + dt.timedelta(days=number): place for number in range((step.end - step.start).days)}
    for row in days:
        name = row["publisher"] or "unknown"
        series[name if name in series else OTHERS][places[row["published_date"]]] += row["articles"]
    return days_chart(steps, series)


def _topics(connection: Connection, scope: Scope) -> dict[str, Any]:
    rises: list[Rise] = rising(topics.tag_counts(connection, scope), topics.totals(connection, scope))
    names = {rise.tag for rise in rises}
    common = topics.top_tags(connection, scope)
    found = network(topics.pairs(connection, scope, {*names, *(row["tag"] for row in common)}), names)
    return {
        "rising_chart": rising_chart(rises) if rises else None,
        "network_chart": network_chart(found) if found else None,
        "top_tags": common[:TAGS],
    }


def _stories(connection: Connection, scope: Scope) -> dict[str, Any]:
    revised = stories.revised_headlines(connection, scope)
    changed, titles = stories.number_revised(connection, scope)
    return {
        "carried": stories.carried(connection, scope),
        "linked": stories.most_linked(connection, scope),
        "read": stories.most_read(connection, scope),
        "revised": [(row, *changed_words(row["old_title"], row["new_title"])) for row in revised],
        "number_revised": changed,
        "number_of_titles": titles,
    }


def _coverage(connection: Connection, scope: Scope) -> dict[str, Any]:
    found = coverage.coverage(connection, scope)
    return {
        "fields": COVERED,
        "coverage": found[:COVERAGE_ROWS],
        "coverage_rest": len(found) - COVERAGE_ROWS,
        "coverage_together": coverage.together(found),
    }
