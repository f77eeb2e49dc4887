"""Records of whole archives: which are pages, and the quirks of crawlers."""

from __future__ import annotations

import base64
import datetime as dt
import gzip
import hashlib
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter

from etl.extract import Limits
from etl.records import Page, PassedOver, Rejected
from tests.extract.building import FETCHED, brief, digest, html, http, items, record, written

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = html()


def only(path: Path, *records: bytes, limits: Limits | None = None) -> Page | Rejected | PassedOver:
    """The one item of an archive of these records."""
    found = items(written(path / "a.warc.gz", *(gzip.compress(one, mtime=0) for one in records)), limits or Limits())
    assert len(found) == 1, brief(found)
    return found[0]


def content(path: Path, block: bytes) -> bytes | str:
    """The bytes of the page, or why it is none."""
    found = only(path, record(block))
    return found.content if isinstance(found, Page) else brief([found])[0]


def brotli(data: bytes) -> bytes:
    buffer = BytesIO()
    writer = BrotliWriter(buffer)
    writer.write(data)
    writer.close()
    return buffer.getvalue()


def chunked(data: bytes, size: int = 1000) -> bytes:
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\nX-Trailer: 1\r\n\r\n"


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data, wbits=-15)


def test_response_becomes_a_page_with_all_that_its_record_says(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", gzip.compress(record(http(PAGE, kind="text/html; charset=ISO-8859-1"))))
    assert items(path) == [
        Page(
            source=str(path),
            record="0",
            url="https://example.com/story",
            content=PAGE,
            media_type="text/html",
            charset="ISO-8859-1",
            fetched_at=FETCHED,
        )
    ]


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (record(b"software: x", type_="warcinfo", url=None, kind="application/warc-fields"), "(warcinfo)"),
        (record(b"GET / HTTP/1.1\r\n\r\n", type_="request"), "(request)"),
        (record(http(b""), type_="revisit"), "(revisit)"),
        (record(b"a: b", type_="metadata", kind="application/warc-fields"), "(metadata)"),
        (record(PAGE, type_="continuation"), "(continuation)"),
        (record(PAGE, type_="something new"), "(unknown)"),
        (record(http(PAGE, "Location: /new", status="301 Moved Permanently")), "(redirect)"),
        (record(http(PAGE, "Location: /new", status="308 Permanent Redirect")), "(redirect)"),
        (record(http(PAGE, status="404 Not Found")), "(status-404)"),
        (record(http(b"", status="304 Not Modified")), "(status-304)"),
        (record(http(PAGE, status="206 Partial Content")), "(status-206)"),
        (record(http(b"\x89PNG\r\n\x1a\n", kind="image/png")), "(image)"),
        (record(http(b"\x89PNG\r\n\x1a\n", kind="text/html")), "(image)"),
        (record(http(b"%PDF-1.4", kind="application/octet-stream")), "(pdf)"),
        (record(http(b"%PDF-1.4", kind="application/pdf")), "(pdf)"),
        (record(http(b"p { color: red }", kind="text/css")), "(style)"),
        (record(http(b"var x = 1", kind="text/javascript; charset=utf-8")), "(script)"),
        (record(http(b'{"a": 1}', kind="application/json")), "(json)"),
        (record(http(b'<?xml version="1.0"?><rss version="2.0"></rss>', kind="text/xml")), "(feed)"),
        (record(http(b'<?xml version="1.0"?><urlset></urlset>', kind="application/xml")), "(xml)"),
        (record(http(b"\x00\x01\x02\x03", kind="application/octet-stream")), "(other-type)"),
        (record(http(b"User-agent: *", kind="text/plain"), url="https://example.com/robots.txt"), "(site-file)"),
        (record(http(b"x", kind="text/plain"), url="https://example.com/.well-known/security.txt"), "(site-file)"),
        (record(b"20240501\n192.0.2.1", kind="text/dns", url="dns:example.com"), "(internal)"),
        (record(PAGE, type_="resource", kind="text/html", url="urn:text:https://example.com/"), "(internal)"),
        (record(b"log", type_="resource", kind="text/plain", url="metadata://gnu.org/wget/wget.log"), "(internal)"),
    ],
)  # fmt: skip
def test_what_is_no_page_is_passed_over_with_a_word(tmp_path: Path, one: bytes, expected: str) -> None:
    assert brief([only(tmp_path, one)]) == [expected]


@pytest.mark.parametrize(
    ("one", "media_type"),
    [
        (record(http(PAGE)), "text/html"),
        (record(http(PAGE, kind="application/xhtml+xml")), "text/html"),
        (record(http(PAGE, kind="")), "text/html"),
        (record(http(PAGE, kind="text/plain")), "text/html"),
        (record(http(PAGE, kind="application/octet-stream")), "text/html"),
        (record(http(b'<?xml version="1.0"?><html xmlns="x">' + PAGE, kind="application/xml")), "text/html"),
        (record(http(b"Warning: no cache\n" + PAGE)), "text/html"),
        (record(http("A story without a tag.".encode("utf-16"), kind="text/plain")), "text/plain"),
        (record(http(b"A story without a tag.", kind="text/plain; charset=utf-8")), "text/plain"),
        (record(http(b"Only words, said to be HTML.")), "text/html"),
        (record(PAGE, type_="resource", kind="text/html"), "text/html"),
        (record(b"The text of a WET file.", type_="conversion", kind="text/plain"), "text/plain"),
    ],
)
def test_media_type_is_told_by_the_content(tmp_path: Path, one: bytes, media_type: str) -> None:
    found = only(tmp_path, one)
    assert isinstance(found, Page), brief([found])
    assert found.media_type == media_type


@pytest.mark.parametrize(
    "block",
    [
        http(chunked(PAGE), "Transfer-Encoding: chunked"),
        http(PAGE, "Transfer-Encoding: chunked"),  # stored without the chunks, as many crawlers do
        http(chunked(gzip.compress(PAGE, mtime=0)), "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
        http(gzip.compress(PAGE, mtime=0), "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
        http(PAGE, "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
        http(gzip.compress(PAGE, mtime=0), "Content-Encoding: x-gzip"),
        http(gzip.compress(PAGE[:100], mtime=0) + gzip.compress(PAGE[100:], mtime=0), "Content-Encoding: gzip"),
        http(gzip.compress(PAGE, mtime=0), "Content-Encoding: GZIP"),
        http(gzip.compress(gzip.compress(PAGE, mtime=0)), "Content-Encoding: gzip, gzip"),
        http(gzip.compress(PAGE, mtime=0)),  # the header left out
        http(zlib.compress(PAGE), "Content-Encoding: deflate"),
        http(raw_deflate(PAGE), "Content-Encoding: deflate"),
        http(PAGE, "Content-Encoding: deflate"),
        http(brotli(PAGE), "Content-Encoding: br"),
        http(PAGE, "Content-Encoding: br"),
        http(zstd.compress(PAGE), "Content-Encoding: zstd"),
        http(PAGE, "Content-Encoding: zstd"),
        http(brotli(gzip.compress(PAGE, mtime=0)), "Content-Encoding: gzip", "Content-Encoding: br"),
        http(PAGE, "Content-Encoding: identity"),
        http(PAGE, "Content-Encoding: utf-8"),
        http(PAGE, "Content-Encoding: something"),
        http(PAGE, "Content-Length: 3"),
        http(PAGE, "Content-Length: 3000000"),
        http(PAGE, "X-Crawl-Content-Encoding: gzip"),
        http(PAGE, "Broken header line", "Folded: one\r\n  two"),
        http(PAGE, "Bytes: \xff\xfe"),
        http(PAGE, "Set-Cookie: " + 40_000 * "c"),
        http(PAGE).replace(b"\r\n", b"\n", 3),
        b"HTTP/2 200\r\ncontent-type: text/html\r\n\r\n" + PAGE,
        b"HTTP/1.1 200 OK\r\n\r\n" + PAGE,
        PAGE,  # no HTTP header at all
    ],
)
def test_bodies_are_decoded_as_far_as_their_bytes_bear_out(tmp_path: Path, block: bytes) -> None:
    assert content(tmp_path, block) == PAGE


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (http(chunked(PAGE)[:-900], "Transfer-Encoding: chunked"), "truncated"),
        (http(gzip.compress(PAGE, mtime=0)[:-900], "Content-Encoding: gzip"), "truncated"),
        (http(zlib.compress(PAGE)[:-900], "Content-Encoding: deflate"), "truncated"),
        (http(zstd.compress(PAGE)[:-900], "Content-Encoding: zstd"), "truncated"),
        (http(brotli(PAGE)[:-900], "Content-Encoding: br"), "corrupt"),
        (http(gzip.compress(PAGE, mtime=0)[:500] + gzip.compress(PAGE, mtime=0)[600:], "Content-Encoding: gzip"), "corrupt"),
        (http(b"\x00\x01\x02" * 100, "Content-Encoding: compress"), "undecodable"),
        (http(PAGE, "Content-Encoding: gzip, gzip, gzip, gzip"), "undecodable"),
        (http(b""), "empty"),
        (http(b" \r\n\t\n"), "empty"),
        (http(b"", "Content-Encoding: gzip"), "empty"),
    ],
)
def test_body_that_is_not_whole_is_no_page(tmp_path: Path, block: bytes, expected: str) -> None:
    assert content(tmp_path, block) == expected


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "chunked", ""])
def test_bombs_are_too_large_in_any_coding(tmp_path: Path, coding: str) -> None:
    bomb = b"<html>" + b"\x00" * 3_000_000
    packers: dict[str, Callable[[bytes], bytes]] = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "br": brotli,
        "zstd": zstd.compress,
        "chunked": chunked,
        "": bytes,
    }
    header = "Transfer-Encoding: chunked" if coding == "chunked" else f"Content-Encoding: {coding}"
    limits = Limits(max_page_bytes=1_000_000, max_compressed_bytes=100_000)
    found = only(tmp_path, record(http(packers[coding](bomb), header)), limits=limits)
    assert brief([found]) == ["too-large"]


def test_page_at_the_limit_passes_and_one_byte_more_does_not(tmp_path: Path) -> None:
    one = record(http(PAGE))
    assert brief([only(tmp_path, one, limits=Limits(max_page_bytes=len(PAGE), max_compressed_bytes=10))]) != ["too-large"]
    assert brief([only(tmp_path, one, limits=Limits(max_page_bytes=len(PAGE) - 1))]) == ["too-large"]


def test_video_larger_than_any_page_is_passed_over_all_the_same(tmp_path: Path) -> None:
    one = record(http(b"\x00" * 500_000, kind="video/mp4"))
    assert brief([only(tmp_path, one, limits=Limits(max_page_bytes=1000, max_compressed_bytes=1000))]) == ["(video)"]


@pytest.mark.parametrize("headers", [("WARC-Truncated: length",), ("WARC-Segment-Number: 1",)])
def test_page_that_the_crawler_cut_is_truncated(tmp_path: Path, headers: tuple[str, ...]) -> None:
    assert brief([only(tmp_path, record(http(PAGE), *headers))]) == ["truncated"]


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256", "sha512"])
@pytest.mark.parametrize("name", ["WARC-Block-Digest", "WARC-Payload-Digest"])
def test_digests_are_compared_in_any_notation(tmp_path: Path, name: str, algorithm: str) -> None:
    block = http(PAGE)
    covered = block if name == "WARC-Block-Digest" else PAGE
    base32 = digest(covered, algorithm)
    assert isinstance(only(tmp_path, record(block, f"{name}: {base32}")), Page)
    raw = hashlib.new(algorithm, covered).digest()
    for notation in (base32.lower().rstrip("="), f"{algorithm}:{raw.hex()}", f"{algorithm}:{base64.b64encode(raw).decode()}"):
        assert isinstance(only(tmp_path, record(block, f"{name}: {notation}")), Page)
    assert brief([only(tmp_path, record(block, f"{name}: {digest(covered + b'!', algorithm)}"))]) == ["corrupt!"]


@pytest.mark.parametrize("label", ["sha1:short", "crc32:0000", "", "sha1", "sha256:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"])
def test_digest_that_says_nothing_usable_is_no_fault_of_the_page(tmp_path: Path, label: str) -> None:
    assert isinstance(only(tmp_path, record(http(PAGE), f"WARC-Block-Digest: {label}")), Page)


def test_payload_digest_may_be_of_the_body_as_sent_or_decoded(tmp_path: Path) -> None:
    sent = chunked(gzip.compress(PAGE, mtime=0))
    block = http(sent, "Transfer-Encoding: chunked", "Content-Encoding: gzip")
    for covered in (sent, gzip.compress(PAGE, mtime=0), PAGE):
        assert isinstance(only(tmp_path, record(block, f"WARC-Payload-Digest: {digest(covered)}")), Page)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("<https://example.com/story>", "https://example.com/story"),  # wget
        ("https://example.com/größe", "https://example.com/größe"),
        ("https://[broken/story", "https://[broken/story"),
        (None, None),
    ],
)
def test_address_comes_from_the_record(tmp_path: Path, url: str | None, expected: str | None) -> None:
    found = only(tmp_path, record(http(PAGE), url=url))
    assert isinstance(found, Page)
    assert found.url == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2024-05-01T10:00:00Z", FETCHED),
        ("2024-05-01T12:00:00+02:00", FETCHED),
        ("2024-05-01T10:00:00.123456789Z", FETCHED.replace(microsecond=123456)),
    ],
)
def test_time_comes_from_the_record(tmp_path: Path, date: str, expected: dt.datetime) -> None:
    found = only(tmp_path, record(http(PAGE), date=date))
    assert isinstance(found, Page)
    assert found.fetched_at == expected


def test_record_without_a_date_has_the_time_of_the_file(tmp_path: Path) -> None:
    found = only(tmp_path, record(http(PAGE), date="long ago"))
    assert isinstance(found, Page)
    modified = dt.datetime.fromtimestamp((tmp_path / "a.warc.gz").stat().st_mtime, dt.UTC)
    assert found.fetched_at == modified


PACKERS: list[Callable[[bytes], bytes]] = [bytes, gzip.compress, zstd.compress]


@pytest.mark.parametrize("pack", PACKERS)
def test_archive_is_plain_or_compressed_whatever_its_name(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = written(tmp_path / "crawl.bin", *(pack(record(http(html(n)), url=f"https://example.com/{n}")) for n in range(3)))
    assert brief(items(path)) == [f"https://example.com/{n}" for n in range(3)]


def test_records_with_bare_line_feeds_or_without_an_end_are_read(tmp_path: Path) -> None:
    bare = record(http(PAGE), line_end="\n", url="https://example.com/1")
    endless = record(http(PAGE), url="https://example.com/2").removesuffix(b"\r\n\r\n")
    path = written(tmp_path / "a.warc", bare, endless, record(http(PAGE), url="https://example.com/3"))
    assert brief(items(path)) == [f"https://example.com/{n}" for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (PAGE, "not-html"),
        (b'<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>', "not-html"),
        (b'{"message": "Not Found"}', "not-html"),
        (b"404 page not found\n", "not-html"),
        (gzip.compress(PAGE, mtime=0), "not-html"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not-html"),
        (b"", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (gzip.compress(record(http(PAGE)), mtime=0)[:300], "truncated!"),
    ],
)
def test_what_only_has_the_name_of_an_archive_is_rejected(tmp_path: Path, data: bytes, expected: str) -> None:
    assert brief(items(written(tmp_path / "a.warc.gz", data))) == [expected]


def test_rejection_names_the_error_of_a_storage_service(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", b'<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>')
    (found,) = items(path)
    assert isinstance(found, Rejected)
    assert found.message == "Named like an archive (.warc.gz), but an error answer of a storage service (NoSuchKey)."
