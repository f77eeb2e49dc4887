"""What archives note of a page beside it: WARC metadata records, lines of JSON, sidecars."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.hints import fields_of, hints_of
from etl.records import Page
from tests.extract.building import address, brief, html, http, items, record, written

NOTES = b"title: Ferry returns\r\nauthor: Ada Brook\r\nauthor: Ben Cole\r\ntags: Ships\r\nvia: https://example.com/feed\r\n"
HINTS = {"title": "Ferry returns", "author": "Ada Brook\nBen Cole", "tags": "Ships"}


@pytest.mark.parametrize(
    ("values", "hints"),
    [
        ({"title": " Ferry\n returns ", "url": "x", "html": "y"}, {"title": "Ferry returns"}),
        ({"authors": ["Ada Brook", {"name": "Ben Cole"}, None, 3.5]}, {"author": "Ada Brook\nBen Cole\n3.5"}),
        ({"author": {"@type": "Person", "name": "Ada Brook"}}, {"author": "Ada Brook"}),
        ({"authors": [], "byline": "By Ada Brook"}, {"author": "By Ada Brook"}),
        ({"keywords": "Ships, Bridges"}, {"tags": "Ships, Bridges"}),
        ({"datePublished": "2024-03-05", "date_modified": 1709625600}, {"published": "2024-03-05", "updated": "1709625600"}),
        ({"date": "2024-03-01", "publish_date": "2024-03-05"}, {"published": "2024-03-05"}),
        ({"isAccessibleForFree": False, "isPremium": True}, {"premium": "true", "free": "false"}),
        (
            {"site_name": "Gazette", "og:title": "T", "News Keywords": ["a", "b"]},
            {"title": "T", "tags": "a\nb", "site": "Gazette"},
        ),
        ({"title": None, "tags": {}, "author": [[[["deep"]]]], "mirror_url": "http://evil.example/"}, {}),
    ],
)
def test_common_names_of_notes_are_known(values: dict[str, Any], hints: dict[str, str]) -> None:
    assert hints_of(values) == hints


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["title", "authors", "tags", "date", "premium"]) | st.text(), JSON_VALUES))
def test_whatever_the_notes_hold_hints_are_short_texts(values: dict[str, Any]) -> None:
    assert all(text and len(text) < 300_000 for text in hints_of(values).values())


@settings(max_examples=60)
@given(st.binary())
def test_whatever_the_bytes_fields_are_read(block: bytes) -> None:
    assert all(name for name in fields_of(block) if name.strip())


def notes(block: bytes = NOTES, kind: str = "application/warc-fields", header: str = "WARC-Refers-To", of: int = 1) -> bytes:
    return record(block, f"{header}: {name(of)}", type_="metadata", kind=kind, url=address(of))


def name(number: int) -> str:
    return f"<urn:uuid:0000000{number}-0000-4000-8000-000000000000>"


def page(number: int = 1) -> bytes:
    whole = record(http(html(number)), url=address(number))
    return whole.replace(b"<urn:uuid:00000000-0000-4000-8000-000000000000>", name(number).encode(), 1)


def asked(number: int = 1) -> bytes:
    return record(b"GET / HTTP/1.1\r\n\r\n", f"WARC-Concurrent-To: {name(number)}", type_="request", kind="application/http")


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ((page(), asked(), notes()), [HINTS]),
        ((notes(), page(), asked()), [HINTS]),
        ((page(), asked(), notes(header="WARC-Concurrent-To"), page(2), notes(b"tags: Ports", of=2)), [HINTS, {"tags": "Ports"}]),
        ((page(), notes(of=2), page(2)), [{}, HINTS]),
        ((page(), notes(json.dumps({"authors": ["Ada Brook"]}).encode(), "application/json")), [{"author": "Ada Brook"}]),
        ((page(), notes(b"{broken", "application/json")), [{}]),
        ((page(), notes(b"fetchTimeMs: 12\r\noutlink: https://example.com/ L a/@href\r\n")), [{}]),
        ((page(), notes(b"title: " + b"x" * 70_000)), [{}]),
        ((page(), *[asked(2)] * 20, notes(), page(2)), [{}, {}]),
    ],
)
def test_notes_before_or_behind_a_page_are_its_hints(
    tmp_path: Path, parts: tuple[bytes, ...], found: list[dict[str, str]], packed: bool
) -> None:
    path = written(tmp_path / "a.warc.gz", *map(gzip.compress, parts)) if packed else written(tmp_path / "a.warc", *parts)
    assert [dict(item.hints) for item in items(path) if isinstance(item, Page)] == found


def test_the_order_of_records_stays_and_reading_goes_on_behind_each(tmp_path: Path) -> None:
    parts = (page(), asked(), notes(), record(http(b"", status="404 Not Found")), notes(of=2), page(2))
    path = written(tmp_path / "a.warc", *parts)
    whole = items(path)
    words = [address(1), "(request)", "(metadata)", "(status-404)", "(metadata)", address(2)]
    assert brief(whole) == words
    first = whole[0]
    assert isinstance(first, Page)
    assert brief(items(path, after=first.record)) == words[1:]


def test_lines_of_json_and_sidecars_give_hints(tmp_path: Path) -> None:
    said = {"url": address(1), "title": "Ferry returns", "authors": ["Ada Brook", "Ben Cole"], "tags": "Ships"}
    lines = written(tmp_path / "a.jsonl", json.dumps(said | {"html": html().decode()}).encode())
    saved = written(tmp_path / "b.html", html())
    written(tmp_path / "b.html.json", json.dumps(said).encode())
    assert [dict(item.hints) for path in (lines, saved) for item in items(path) if isinstance(item, Page)] == [HINTS, HINTS]


def test_a_line_with_a_wrong_time_keeps_its_hints(tmp_path: Path) -> None:
    line = {"url": address(1), "fetched_at": "last week", "html": html().decode(), "title": "Ferry returns"}
    (found,) = items(written(tmp_path / "a.jsonl", json.dumps(line).encode()))
    assert isinstance(found, Page)
    assert dict(found.hints) == {"title": "Ferry returns"}
