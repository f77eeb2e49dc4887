"""A real browser for tests: headless Chromium, driven by Playwright. Tests that need it are skipped where there is none.

    def test_the_page_opens(browser: Browser) -> None:
        with visit(browser, "http://127.0.0.1:8001/", width=390, scheme="dark") as visited:
            assert visited.page.title() == "News"
        assert visited.problems == []

The fixture is in `conftest.py`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE = 20_000
"""Milliseconds for a page: a busy machine is slow, and no test may fail for that."""


@dataclass
class Visit:
    """A page in the browser, and what happened on it."""

    page: Page
    problems: list[str] = field(default_factory=list)
    """Errors and warnings of the console, uncaught errors, dialogs: none on a sound page."""
    requests: list[str] = field(default_factory=list)
    """Addresses that were asked for, the page's own first."""


def find_chromium() -> str | None:
    """The browser's program: NEWS_ETL_TEST_CHROMIUM, or the first of the usual names on the path."""
    return os.environ.get("NEWS_ETL_TEST_CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), None)


@contextlib.contextmanager
def running_browser() -> Iterator[Browser]:
    """Chromium, or the test is skipped with what to do about it."""
    program = find_chromium()
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium); or name one in NEWS_ETL_TEST_CHROMIUM")
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed (extra `dev`)")
    with sync_api.sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, timeout=60_000)
        except sync_api.Error as error:
            pytest.skip(f"{program} does not start: {str(error).splitlines()[0]}")
        yield browser
        browser.close()


@contextlib.contextmanager
def visit(
    browser: Browser, url: str, *, width: int = 1280, height: int = 900, scheme: Literal["light", "dark"] = "light"
) -> Iterator[Visit]:
    """Open an address in a window of its own, and note all that happens until the block ends."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    visited = Visit(page)
    page.on("console", lambda message: _note(visited, message))
    page.on("pageerror", lambda error: visited.problems.append(f"uncaught: {error}"))
    page.on("dialog", lambda dialog: _dismiss(visited, dialog))
    page.on("request", lambda request: visited.requests.append(request.url))
    try:
        page.goto(url, wait_until="load")
        yield visited
    finally:
        context.close()


def overflow(page: Page) -> list[str]:
    """Elements that stick out of the window to the right, as tag and text: none where nothing scrolls sideways. What scrolls by
    itself, and what is hidden from the eye, does not count."""
    found: list[str] = page.evaluate(_STICKING_OUT)
    return found


_STICKING_OUT = """() => {
  const wide = document.documentElement.scrollWidth > window.innerWidth
    ? [`the page is ${document.documentElement.scrollWidth} wide`] : []
  const out = [...document.body.querySelectorAll("*")].filter(element => {
    const box = element.getBoundingClientRect()
    return box.width > 1 && box.left >= 0 && box.right > window.innerWidth + 1 && !element.closest(".scroll")
  })
  return [...wide, ...out.map(element => `${element.tagName}: ${element.textContent.trim().slice(0, 60)}`)]
}"""


def _note(visited: Visit, message: Any) -> None:
    if message.type in {"error", "warning"}:
        visited.problems.append(f"{message.type}: {message.text}")


def _dismiss(visited: Visit, dialog: Any) -> None:
    visited.problems.append(f"dialog: {dialog.message}")
    dialog.dismiss()
