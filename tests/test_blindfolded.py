"""The corpus with one kind of help taken out of its pages: what goes, and that all else stays."""

from __future__ import annotations

import pytest

from benchmarks.blindfolded import changed, table, without_json_ld, without_names, without_scripts
from benchmarks.inputs import Input

LD = b'<script type="application/ld+json">{"headline": "Tides"}</script>'
CODE = b'<script>let a = "<div class=x id=y>";</script>'


def test_names_become_meaningless_but_stay_alike() -> None:
    html = b'<div class="byline big" id="top"><p class=\'byline\' data-ui-testid="author" href="/byline">By</p></div>'
    page = without_names(html)
    assert not any(word in page for word in (b"big", b"top", b"author"))
    first, second = page.split(b'class="')[1:]
    assert first.split()[0] == second.split(b'"')[0]
    assert page.endswith(b'href="/byline">By</p></div>')


@pytest.mark.parametrize(
    ("change", "page", "left"),
    [
        (without_json_ld, LD + CODE + b"<p>Text</p>", CODE + b"<p>Text</p>"),
        (without_scripts, LD + CODE + b"<p>Text</p>", b"<p>Text</p>"),
        (without_names, LD + CODE + b"<p>Text</p>", LD + CODE + b"<p>Text</p>"),
    ],
)
def test_nothing_else_goes(change: object, page: bytes, left: bytes) -> None:
    assert callable(change)
    assert change(page) == left


def test_address_and_time_of_a_page_stay() -> None:
    page = Input("https://gazette.example/1", LD + b"x", "2025-03-01T00:00:00Z")
    assert list(changed(iter([page]), without_scripts)) == [Input(page.url, b"x", page.fetched)]


def test_the_table_has_a_column_a_variant() -> None:
    assert list(table({"whole": {"day, news": 0.9}, "names": {"day, news": 0.8}})) == [
        "| field, collection | whole | names |",
        "|---|--:|--:|",
        "| day, news | 0.900 | 0.800 |",
    ]
