"""Single saved pages and their sidecars."""

from __future__ import annotations

import bz2
import datetime as dt
import gzip
import json
import logging
import lzma
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.extract import Limits, read, source_of
from etl.extract.mirror import mirror_url
from etl.extract.naming import sidecar_names
from etl.records import Page, Reason, Rejected, SourceKind
from tests.extract.building import FETCHED, brief, html, items, written

PAGE = html()


def page(path: Path, limits: Limits | None = None) -> Page:
    (found,) = items(path, limits or Limits())
    assert isinstance(found, Page), brief([found])
    return found


def test_saved_page_is_one_page_with_the_time_of_its_file(tmp_path: Path) -> None:
    path = written(tmp_path / "story.html", PAGE)
    os.utime(path, (FETCHED.timestamp(), FETCHED.timestamp()))
    assert items(path) == [Page(source=str(path), content=PAGE, media_type="text/html", fetched_at=FETCHED)]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.html", PAGE, "text/html"),
        ("a.HTM", PAGE, "text/html"),
        ("a.xhtml", b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x"><html></html>', "text/html"),
        ("a.txt", b"A story.", "text/plain"),
        ("a.txt", PAGE, "text/html"),
        ("a.html", b"Only words in a file for HTML.", "text/html"),
        ("story", PAGE, "text/html"),
        ("story", b"A story without tags.", "text/plain"),
        ("index.php?id=1", PAGE, "text/html"),
        ("a.html", b"\xef\xbb\xbf\n  <HTML>", "text/html"),
        ("a.html", "<html>größer".encode("utf-16"), "text/html"),
        ("a.html", "<html>größer".encode("utf-16-le"), "text/html"),
        ("a.html", b"<html>with a \x00 in it", "text/html"),
        ("a.html", b"<!-- saved from url=(0023)https://example.com/ -->\n<html>", "text/html"),
        ("a.txt", "Größe 10".encode("latin-1"), "text/plain"),
        ("a.txt", "Новости".encode("koi8-r"), "text/plain"),
        ("a.txt", "Новости".encode("utf-16"), "text/plain"),
    ],
)
def test_kind_is_told_by_content_before_name(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    found = page(written(tmp_path / name, data))
    assert (found.media_type, found.content) == (kind, data)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("name", ["a.html.gz", "a.gz", "a.html"])
def test_compressed_page_is_unpacked_whatever_its_name(tmp_path: Path, pack: Callable[[bytes], bytes], name: str) -> None:
    assert page(written(tmp_path / name, pack(PAGE))).content == PAGE


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \n\r\n", Reason.EMPTY),
        (b"\x00" * 5000, Reason.EMPTY),
        (gzip.compress(b"", mtime=0), Reason.EMPTY),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Reason.NOT_HTML),
        (b"%PDF-1.7", Reason.NOT_HTML),
        (bytes(range(256)), Reason.NOT_HTML),
        (b'<?xml version="1.0"?><rss version="2.0"></rss>', Reason.NOT_HTML),
        (b'<svg xmlns="http://www.w3.org/2000/svg"></svg>', Reason.NOT_HTML),
        (gzip.compress(PAGE, mtime=0)[:-500], Reason.TRUNCATED),
        (gzip.compress(PAGE, mtime=0)[:-3], Reason.TRUNCATED),
        (gzip.compress(PAGE, mtime=0)[:700] + b"\x00" * 100 + gzip.compress(PAGE, mtime=0)[800:], Reason.CORRUPT),
        (gzip.compress(PAGE, mtime=0) + b"not gzip", Reason.CORRUPT),
        (PAGE + b"\n" * 11_000, Reason.TOO_LARGE),
        (gzip.compress(PAGE + b"\n" * 11_000, mtime=0), Reason.TOO_LARGE),
        (gzip.compress(html(1, 145), mtime=0), Reason.TOO_LARGE),
    ],
)
def test_what_is_no_page_is_rejected_with_its_reason(tmp_path: Path, data: bytes, reason: Reason) -> None:
    path = written(tmp_path / "a.html", data)
    (found,) = items(path, Limits(max_page_bytes=10_000, max_compressed_bytes=5000))
    assert isinstance(found, Rejected)
    assert (found.reason, found.page.source) == (reason, str(path))
    assert found.source_damaged is (reason in (Reason.TRUNCATED, Reason.CORRUPT))


def test_file_that_is_gone_or_locked_is_unreadable_and_nothing_is_raised(tmp_path: Path) -> None:
    path = written(tmp_path / "a.html", PAGE)
    source = source_of(path)
    path.unlink()
    (found,) = read(source, Limits())
    assert isinstance(found, Rejected)
    assert (found.reason, found.message, found.source_damaged) == (
        Reason.UNREADABLE,
        "It cannot be read: No such file or directory.",
        True,
    )
    assert source_of(path).kind is SourceKind.UNKNOWN
    assert brief(read(source_of(path), Limits())) == ["unreadable!"]


def test_plain_page_is_not_given_again_on_resuming(tmp_path: Path) -> None:
    path = written(tmp_path / "a.html", PAGE)
    assert items(path, after="") == []


@pytest.mark.parametrize("name", ["a.json", "a.meta.json", "a.html.json", "a.html.meta.json"])
@pytest.mark.parametrize("saved", ["a.html", "a.html.gz"])
def test_sidecar_gives_address_time_and_charset(tmp_path: Path, name: str, saved: str) -> None:
    written(tmp_path / name, json.dumps({"url": "https://example.com/x", "fetched_at": "2024-05-01T12:00:00+02:00"}).encode())
    path = written(tmp_path / saved, gzip.compress(PAGE, mtime=0) if saved.endswith("gz") else PAGE)
    assert items(path) == [
        Page(source=str(path), url="https://example.com/x", content=PAGE, media_type="text/html", fetched_at=FETCHED)
    ]


@pytest.mark.parametrize(
    ("values", "charset"),
    [
        ({"charset": "windows-1251"}, "windows-1251"),
        ({"headers": {"Content-Type": 'text/html; Charset="koi8-r"'}}, "koi8-r"),
        ({"headers": {"content-type": "text/html"}}, None),
        ({"headers": "text/html; charset=x"}, None),
        ({"charset": 5}, None),
    ],
)
def test_sidecar_may_name_the_charset_or_the_header(tmp_path: Path, values: dict[str, object], charset: str | None) -> None:
    written(tmp_path / "a.json", json.dumps(values).encode())
    assert page(written(tmp_path / "a.html", PAGE)).charset == charset


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"url": 5}', '{"fetched_at": "yesterday"}', '{"fetched_at": 1e300}', "[" * 100_000, "\xff"],
)
def test_broken_sidecar_is_logged_and_does_no_harm(tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture) -> None:
    written(tmp_path / "a.json", text.encode("latin-1"))
    path = written(tmp_path / "a.html", PAGE)
    with caplog.at_level(logging.WARNING):
        found = page(path)
    assert (found.url, found.content) == (None, PAGE)
    assert f"{tmp_path / 'a.json'}" in caplog.text


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2024-05-01T10:00:00Z", FETCHED),
        ("2024-05-01 10:00:00", FETCHED),
        ("2024-05-01", FETCHED.replace(hour=0)),
        (FETCHED.timestamp(), FETCHED),
    ],
)
def test_time_of_a_sidecar_is_utc_when_it_names_no_zone(tmp_path: Path, time: object, expected: dt.datetime) -> None:
    written(tmp_path / "a.json", json.dumps({"fetched_at": time}).encode())
    assert page(written(tmp_path / "a.html", PAGE)).fetched_at == expected


def test_names_of_sidecars() -> None:
    assert sidecar_names("x/a.html") == ["a.html.meta.json", "a.html.json", "a.meta.json", "a.json"]
    assert sidecar_names("README") == ["README.meta.json", "README.json"]
    assert sidecar_names("v1.2 of the story") == ["v1.2 of the story.meta.json", "v1.2 of the story.json"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/m/www.example.com/2024/story.html", "https://www.example.com/2024/story.html"),
        ("/m/www.example.com/index.html", "https://www.example.com/"),
        ("/m/www.example.com/a/index.html.gz", "https://www.example.com/a/"),
        ("/m/http/example.co.uk/a b.html", "http://example.co.uk/a%20b.html"),
        ("/m/example.com/story?id=5", "https://example.com/story?id=5"),
        ("/m/example.com:8080/a.html", "https://example.com:8080/a.html"),
        ("/m/example.com+8080/a.html", "https://example.com:8080/a.html"),
        ("/m/news.example.org/mirrors/example.com/a.html", "https://example.com/a.html"),
        ("/home/john.doe/a.html", None),
        ("/srv/pages.old/a.html", None),
        ("/srv/v1.2/a.html", None),
        ("/srv/archive.zip/a.html", None),
        ("/srv/example.com", None),
        ("/srv/com/a.html", None),
        ("/srv/co.uk/a.html", None),
        ("/srv/-bad.com/a.html", None),
        ("a.html", None),
    ],
)
def test_mirror_folders_spell_the_address_where_they_are_named_like_hosts(path: str, expected: str | None) -> None:
    assert mirror_url(path) == expected


def test_page_of_a_mirror_has_its_address_as_a_hint_only(tmp_path: Path) -> None:
    found = page(written(tmp_path / "www.example.com/a/story.html", PAGE))
    assert (found.url, found.hints) == (None, {"mirror_url": "https://www.example.com/a/story.html"})
