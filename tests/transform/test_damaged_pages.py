"""Pages cut, spliced and scrambled on their way: an article or a reason comes out, never a fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.records import Page, Reason, Rejected
from etl.transform import transform

PAGES = [path.read_bytes() for path in sorted(Path("samples").glob("*.html"))]
CHARACTERS = st.sampled_from([bytes([byte]) for byte in b"<>\"'/& =[]{}\\\0\xffa"])


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample after some of what happens to files: cut, parts of another in it, parts lost, repeated or overwritten."""
    content = draw(st.sampled_from(PAGES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        part = content[start : start + draw(st.integers(0, 3_000))]
        match draw(st.sampled_from(["cut", "splice", "lose", "repeat", "overwrite"])):
            case "cut":
                content = content[:start]
            case "splice":
                other = draw(st.sampled_from(PAGES))
                content = content[:start] + other[draw(st.integers(0, len(other))) :][:5_000] + content[start:]
            case "lose":
                content = content[:start] + content[start + len(part) :]
            case "repeat":
                content = content[:start] + part * draw(st.integers(1, 20)) + content[start:]
            case _:
                content = content[:start] + draw(CHARACTERS) + content[start + 1 :]
    return content


def outcome_of(content: bytes) -> Reason | None:
    page = Page(source="page.html", url="https://www.news.example/a/2024/05/02/b-1", content=content, media_type="text/html")
    outcome = transform(page)
    return outcome.reason if isinstance(outcome, Rejected) else None


@given(damaged())
@settings(max_examples=200, deadline=None)
def test_a_damaged_page_is_read_or_turned_down_with_a_reason(content: bytes) -> None:
    assert outcome_of(content) is not Reason.PARSE_ERROR


@pytest.mark.parametrize(
    "filling",
    [
        "<a href='/news/2024/05/02/a-story-about-ferries-1'>A story about the ferries" * 3_000,
        "<a name='here'>" * 3_000,
        "<div>" * 30_000,
        "<h2><a href='/a-1'>" * 3_000,
        "<p>By Jane Roe, 2 May 2024</p>" * 5_000,
        "<ul><li><a href='/tag/ferries'>Ferries</a> <span>27</span>" * 2_000,
        "<img src='http://[' alt='A ferry in port'>" * 2_000,
        "<script type='application/ld+json'>{" + " " * 100_000 + "</script>",
        "<time datetime='2024-05-02'>" * 5_000,
        "<table><tr><td>One" * 3_000,
        "<b>One <i>two " * 5_000,
    ],
    ids=lambda filling: filling[:24],
)
def test_a_page_of_one_thing_without_end_is_no_fault(filling: str) -> None:
    start, end = PAGES[0].split(b"</h1>", 1)
    assert outcome_of(start + b"</h1>" + filling.encode() + end) is not Reason.PARSE_ERROR
