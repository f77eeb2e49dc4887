"""The website in a real browser: it opens without a fault, asks nothing of other hosts, and a question gives its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser import Visit, visit
from tests.explore.exploring import Explored

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def sound(visited: Visit, address: str) -> bool:
    return visited.problems == [] and all(request.startswith((address, "data:")) for request in visited.requests)


@pytest.mark.parametrize("path", ["", "news", "news/articles", "news/article_overview?_search=harbour", "news/articles/1"])
def test_a_page_opens_without_a_fault_and_without_other_hosts(browser: Browser, explored: Explored, path: str) -> None:
    with visit(browser, explored.address + path) as visited:
        assert visited.page.locator("h1").count() >= 1
        assert sound(visited, explored.address), (visited.problems, visited.requests)


def test_a_click_on_a_question_gives_its_answer(browser: Browser, explored: Explored) -> None:
    with visit(browser, f"{explored.address}news") as visited:
        with visited.page.expect_navigation():
            visited.page.get_by_role("link", name="Which headlines were changed within an hour?").click()
        cells = visited.page.locator("table.rows-and-columns td").all_inner_texts()
        assert [cell.strip() for cell in cells] == [
            "Lund bridge closed after lorry hits pier",
            "Lund bridge stays closed for three weeks",
            "338",
            "0.93",
        ]
        assert sound(visited, explored.address), (visited.problems, visited.requests)


def test_a_facet_narrows_the_articles(browser: Browser, explored: Explored) -> None:
    with visit(browser, f"{explored.address}news/articles", width=390) as visited:
        with visited.page.expect_navigation():
            visited.page.locator(".facet-results").get_by_role("link", name="fr", exact=True).click()
        assert visited.page.get_by_text("Les huîtres du golfe changent de nom").count() >= 1
        assert visited.page.get_by_text("Die alte Seilbahn fährt wieder").count() == 0
        assert sound(visited, explored.address), (visited.problems, visited.requests)
