"""JSON Lines of crawlers."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import Limits
from etl.records import Page
from tests.extract.building import FETCHED, brief, html, items, written

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = html(1, 5).decode()
URL = "https://example.com/1"


def line(**values: object) -> bytes:
    return json.dumps(values).encode() + b"\n"


PACKERS: list[Callable[[bytes], bytes]] = [bytes, gzip.compress, zstd.compress]


@pytest.mark.parametrize("name", ["crawl.jsonl", "crawl.ndjson", "crawl"])
@pytest.mark.parametrize("pack", PACKERS)
def test_each_line_is_a_page(tmp_path: Path, pack: Callable[[bytes], bytes], name: str) -> None:
    data = line(
        url=URL, html=PAGE + "größer", fetched_at="2024-05-01T10:00:00Z", headers={"Content-Type": "text/html; charset=latin-1"}
    )
    path = written(tmp_path / name, pack(data + b"\n" + line(url=URL + "0", text="A story.")))
    modified = path.stat().st_mtime
    first, second = items(path)
    assert first == Page(
        source=str(path),
        record="1",
        url=URL,
        content=(PAGE + "größer").encode(),
        media_type="text/html",
        charset="utf-8",  # the text is decoded already, whatever the server called it
        fetched_at=FETCHED,
    )
    assert isinstance(second, Page)
    assert (second.record, second.url, second.content, second.media_type) == ("2", URL + "0", b"A story.", "text/plain")
    assert second.fetched_at is not None
    assert second.fetched_at.timestamp() == pytest.approx(modified)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (line(url=URL, raw_html=PAGE), URL),
        (line(url=URL, body=PAGE, status=200), URL),
        (line(url=URL, content="Only words"), URL),
        (line(html=PAGE, url=None), "a.jsonl"),
        (line(html=PAGE, url=5), "a.jsonl"),
        (line(html=PAGE, url=URL, fetched_at="yesterday"), URL),
        (line(html=PAGE, url=URL, fetched_at=FETCHED.timestamp()), URL),
        (line(html="\ud800" + PAGE, url=URL), URL),
        (line(url=URL, html=PAGE, status=404), "(status-404)"),
        (line(url=URL, html="", status_code=301), "(redirect)"),
        (line(url=URL, html=""), "empty"),
        (line(url=URL), "not-html"),
        (line(url=URL, html=None, text=["x"]), "not-html"),
        (line(url=URL, html="\x89PNG\r\n\x1a\n"), "not-html"),
        (line(url=URL, html="x" * 20_000), "too-large"),
        (line(url=URL, html="x" * 200_000), "too-large"),
    ],
)
def test_object_becomes_what_it_holds(tmp_path: Path, one: bytes, expected: str) -> None:
    limits = Limits(max_page_bytes=10_000, max_compressed_bytes=10_000)
    path = written(tmp_path / "a.jsonl", line(url="https://example.com/0", html=PAGE) + one)
    assert brief(items(path, limits))[1:] == [expected]


@pytest.mark.parametrize(
    "data",
    [
        b"[\n" + line(url=URL, html=PAGE).strip() + b",\n" + line(url=URL, text="x") + b"]\n",
        json.dumps([{"url": URL, "html": PAGE}, {"url": URL, "text": "x"}]).encode(),
        json.dumps([{"url": URL, "html": PAGE}, {"url": URL, "text": "x"}], indent=2).encode(),
        b"[" + line(url=URL, html=PAGE).strip() + b",\n " + line(url=URL, text="x").strip() + b"]",
        b"\xef\xbb\xbf" + line(url=URL, html=PAGE) + b"\r\n" + line(url=URL, text="x"),
    ],
)
def test_list_of_pages_is_read_however_it_is_laid_out(tmp_path: Path, data: bytes) -> None:
    found = items(written(tmp_path / "crawl.json", data))
    assert [(item.record, item.url) for item in found if isinstance(item, Page)] == [("1", URL), ("2", URL)]
    assert len(found) == 2


def test_one_page_as_one_document(tmp_path: Path) -> None:
    path = written(tmp_path / "page.json", json.dumps({"html": PAGE, "url": URL}, indent=4).encode())
    assert brief(items(path)) == [URL]


def test_broken_line_costs_only_itself(tmp_path: Path) -> None:
    good = line(url=URL, html=PAGE)
    path = written(tmp_path / "a.jsonl", good, b'{"url": "x", "html"\n', b"[1]\n", b'{"a":' * 90_000 + b"\n", good, good[:40])
    assert brief(items(path)) == [URL, "corrupt!", "not-html", "corrupt!", URL, "truncated!"]


def test_cut_compressed_file_gives_the_lines_before(tmp_path: Path) -> None:
    data = gzip.compress(b"".join(line(url=f"{URL}{number}", html=html(number, 400).decode()) for number in range(8)))
    found = brief(items(written(tmp_path / "a.jsonl.gz", data[:-2000])))
    assert found == [*(f"{URL}{number}" for number in range(7)), "truncated!"]


def test_reading_goes_on_behind_any_line(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", *(line(url=f"{URL}{number}", html=PAGE) for number in range(4)))
    found = items(path)
    assert [items(path, after=str(number)) for number in range(5)] == [found[number:] for number in range(5)]


@pytest.mark.parametrize("data", [b"{}", b'{"name": "x", "version": "1"}', b"[1, 2]", b'{\n "name": [\n 1\n ]\n}', b'"text"'])
def test_json_of_another_kind_is_one_rejection_or_more(tmp_path: Path, data: bytes) -> None:
    assert set(brief(items(written(tmp_path / "a.json", data)))) == {"not-html"}


def test_document_that_is_broken_is_one_rejection(tmp_path: Path) -> None:
    data = json.dumps({"url": URL, "html": PAGE, "more": list(range(50))}, indent=1).encode()[:-30]
    assert brief(items(written(tmp_path / "a.json", data))) == ["corrupt!"]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_random_lines_never_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = written(tmp_path_factory.mktemp("j") / "a.jsonl", line(url=URL, html=PAGE), data, b"\n", line(url=URL, html=PAGE))
    found = brief(items(path))
    assert (found[0], found[-1]) == (URL, URL)
