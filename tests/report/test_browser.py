"""The report in a real browser: it opens without a sound, shows its charts, fits a phone, follows the scheme, and can be used by
all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser import overflow, visit
from tests.report.newsroom import SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHARTS = ["runs", "days", "rising", "network"]
WIDTHS = [320, 390, 700, 1280]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_opens_without_errors_requests_or_anything_that_sticks_out(
    browser: Browser, newsroom_page: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    with visit(browser, newsroom_page.as_uri(), width=width, scheme=scheme) as visited:
        out = overflow(visited.page)
    assert (visited.problems, visited.requests, out) == ([], [newsroom_page.as_uri()], [])


@pytest.mark.parametrize("width", WIDTHS)
def test_each_chart_is_seen_once_with_its_marks(browser: Browser, newsroom_page: Path, width: int) -> None:
    with visit(browser, newsroom_page.as_uri(), width=width) as visited:
        seen = visited.page.evaluate(
            """() => [...document.querySelectorAll("figure.chart")].map(figure => {
              const drawings = [...figure.querySelectorAll("svg")].filter(svg => svg.getBoundingClientRect().width > 0)
              const marks = drawings.flatMap(svg => [...svg.querySelectorAll("path > title")])
              const painted = marks.filter(title => title.parentElement.getBoundingClientRect().height > 0)
              return [figure.querySelector("h3").id.slice(6), drawings.length, painted.length]
            })"""
        )
    assert [(name, drawings) for name, drawings, _ in seen] == [(name, 1) for name in CHARTS]
    assert [marks >= least for (_, _, marks), least in zip(seen, [15, 80, 6, 7], strict=True)] == [True] * len(CHARTS), seen


def test_letters_in_a_phones_charts_are_large_enough_to_read(browser: Browser, newsroom_page: Path) -> None:
    with visit(browser, newsroom_page.as_uri(), width=360) as visited:
        heights = visited.page.evaluate(
            """() => [...document.querySelectorAll("svg text")]
              .map(text => text.getBoundingClientRect().height).filter(Boolean)"""
        )
    assert min(heights) >= 11


def test_the_dark_scheme_changes_paper_and_charts(browser: Browser, newsroom_page: Path) -> None:
    colours = []
    for scheme in ("light", "dark"):
        with visit(browser, newsroom_page.as_uri(), scheme=scheme) as visited:
            colours.append(
                visited.page.evaluate(
                    """() => {
                      const bar = [...document.querySelectorAll(".w1040 path")].find(path => path.querySelector("title"))
                      return [getComputedStyle(document.body).backgroundColor, getComputedStyle(bar).fill]
                    }"""
                )
            )
    light, dark = colours
    assert [_lightness(light[0]) > 230, _lightness(dark[0]) < 40, light[1] == dark[1]] == [True, True, False]


def _lightness(colour: str) -> float:
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    return (red + green + blue) / 3


def test_a_headline_of_markup_is_shown_and_not_run(browser: Browser, newsroom_page: Path) -> None:
    with visit(browser, newsroom_page.as_uri()) as visited:
        shown = visited.page.locator(".headline", has_text="alert(1)").first.inner_text()
        scripts = visited.page.locator("script").count()
    assert (shown, scripts, visited.problems) == (SCRIPT, 0, [])


def test_links_lead_to_places_on_the_page_or_to_the_web(browser: Browser, newsroom_page: Path) -> None:
    with visit(browser, newsroom_page.as_uri()) as visited:
        addresses = visited.page.evaluate("() => [...document.links].map(link => link.getAttribute('href'))")
        missing = visited.page.evaluate(
            """() => [...document.querySelectorAll('a[href^="#"]')]
              .filter(link => !document.getElementById(link.hash.slice(1))).length"""
        )
        visited.page.get_by_role("link", name="Stories").click()
        top = visited.page.locator("#stories").bounding_box()
    assert (missing, [address for address in addresses if not re.match(r"#|https?://", address)]) == (0, [])
    assert (len(addresses) > 40, top is not None and -5 <= top["y"] < 100) == (True, True)


def test_the_table_behind_a_chart_opens(browser: Browser, newsroom_page: Path) -> None:
    with visit(browser, newsroom_page.as_uri(), width=390) as visited:
        figure = visited.page.locator("figure", has_text="Articles a day")
        figure.get_by_text("The figures behind this chart").click()
        figure.get_by_role("table").wait_for(state="visible")
        rows = figure.get_by_role("row").count()
        out = overflow(visited.page)
    assert (rows, out) == (29, [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_no_rule_of_accessibility_is_broken(
    browser: Browser, newsroom_page: Path, width: int, scheme: Literal["light", "dark"]
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed (extra `dev`)")
    with visit(browser, newsroom_page.as_uri(), width=width, scheme=scheme) as visited:
        visited.page.evaluate("() => document.querySelectorAll('details').forEach(details => { details.open = true })")
        found = axe.Axe().run(visited.page)
    assert found.violations_count == 0, found.generate_report()


def test_the_page_of_an_empty_database_is_as_sound(browser: Browser, empty_page: Path) -> None:
    with visit(browser, empty_page.as_uri(), width=360, scheme="dark") as visited:
        out = overflow(visited.page)
        text = visited.page.locator("main").inner_text()
    assert (visited.problems, visited.requests, out) == ([], [empty_page.as_uri()], [])
    assert "Nothing has been loaded into this database yet." in text
