"""MHTML as Chromium, Firefox add-ons and Internet Explorer save it."""

from __future__ import annotations

import base64
import gzip
import quopri
from pathlib import Path

import pytest

from etl.extract import Limits
from etl.records import Page
from tests.extract.building import FETCHED, brief, html, items, written

PAGE = html(1, 30) + "Größe\n".encode()

BLINK = b"""From: <Saved by Blink>\r
Snapshot-Content-Location: https://example.com/2024/story?id=1\r
Subject: =?utf-8?Q?A=20story?=\r
Date: Wed, 1 May 2024 12:00:00 +0200\r
MIME-Version: 1.0\r
Content-Type: multipart/related;\r
\ttype="text/html";\r
\tboundary="----MultipartBoundary--abc----"\r
\r
\r
------MultipartBoundary--abc----\r
Content-Type: text/html\r
Content-ID: <frame-1@mhtml.blink>\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: https://example.com/2024/story?id=1\r
\r
%s\r
------MultipartBoundary--abc----\r
Content-Type: image/png\r
Content-Transfer-Encoding: base64\r
Content-Location: https://example.com/a.png\r
\r
iVBORw0KGgo=\r
------MultipartBoundary--abc----\r
Content-Type: text/html\r
Content-Transfer-Encoding: quoted-printable\r
Content-Location: cid:frame-2@mhtml.blink\r
\r
<p>An advert in a frame</p>\r
------MultipartBoundary--abc------\r
"""

IE = b"""From: "Saved by Internet Explorer 11"\r
Date: Wed, 1 May 2024 10:00:00 GMT\r
MIME-Version: 1.0\r
Content-Type: multipart/related; start="<two>"; boundary=xyz\r
\r
This is a multi-part message in MIME format.\r
\r
--xyz\r
Content-Type: text/html\r
Content-ID: <one>\r
\r
<p>Not this one</p>\r
--xyz\r
Content-Type: multipart/alternative; boundary=inner\r
\r
--inner\r
Content-Type: text/html;\r
\tcharset="windows-1252"\r
Content-ID: <two>\r
Content-Transfer-Encoding: base64\r
Content-Location: https://example.com/ie\r
\r
%s\r
--inner--\r
--xyz--\r
"""


def quoted(data: bytes) -> bytes:
    return quopri.encodestring(data).replace(b"\n", b"\r\n")


def test_page_saved_by_a_browser_is_read_with_address_and_time(tmp_path: Path) -> None:
    path = written(tmp_path / "story.mhtml", BLINK % quoted(PAGE))
    (found,) = items(path)
    assert isinstance(found, Page)
    assert found.content.replace(b"\r\n", b"\n").strip() == PAGE.strip()
    assert (found.url, found.media_type, found.fetched_at, found.record) == (
        "https://example.com/2024/story?id=1",
        "text/html",
        FETCHED,
        None,
    )


@pytest.mark.parametrize("name", ["story.mht", "story", "story.mhtml.gz"])
def test_part_that_the_header_names_is_the_page(tmp_path: Path, name: str) -> None:
    data = IE % base64.encodebytes(PAGE)
    (found,) = items(written(tmp_path / name, gzip.compress(data, mtime=0) if name.endswith("gz") else data))
    assert isinstance(found, Page)
    assert (found.content, found.url, found.charset) == (PAGE, "https://example.com/ie", "windows-1252")


def test_page_without_parts_is_read_too(tmp_path: Path) -> None:
    data = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=koi8-r\r\nContent-Location: http://example.com/\r\n\r\n" + PAGE
    (found,) = items(written(tmp_path / "a.mht", data))
    assert isinstance(found, Page)
    assert (found.content, found.url, found.charset) == (PAGE, "http://example.com/", "koi8-r")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ((BLINK % quoted(PAGE))[:1500], "truncated!"),
        (BLINK.replace(b"Type: text/html", b"Type: image/gif"), "not-html"),
        (BLINK % b"", "empty"),
        (BLINK % quoted(PAGE * 9), "too-large"),
        (BLINK % (b"=00" * 40_000), "too-large"),
        (BLINK[:330], "truncated!"),
        (b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n" + b"X: y\r\n" * 60_000, "corrupt!"),
    ],
)  # fmt: skip
def test_what_holds_no_whole_page_is_rejected(tmp_path: Path, data: bytes, expected: str) -> None:
    limits = Limits(max_page_bytes=8000, max_compressed_bytes=8000)
    assert brief(items(written(tmp_path / "a.mhtml", data), limits)) == [expected]


def test_saved_page_is_not_given_again_on_resuming(tmp_path: Path) -> None:
    assert items(written(tmp_path / "a.mhtml", BLINK % quoted(PAGE)), after="") == []
