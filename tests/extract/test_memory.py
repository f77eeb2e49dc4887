"""Memory does not grow with the source, nor with what a bomb unpacks to."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from etl.extract import Limits, read, source_of
from tests.extract.building import address, brief, http, members, record, stories, story, written

MIB = 1024 * 1024
LIMITS = Limits(max_page_bytes=MIB, max_compressed_bytes=MIB, max_ratio=10**6)
HUGE = 60 * MIB


@pytest.fixture(autouse=True)
def _traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def peak(path: Path, expected: list[str]) -> float:
    """Mebibytes in use at most while the file is read."""
    source = source_of(path)
    tracemalloc.reset_peak()
    base = tracemalloc.get_traced_memory()[0]
    assert brief(read(source, LIMITS)) == expected
    return (tracemalloc.get_traced_memory()[1] - base) / MIB


def gzipped(*parts: bytes, zeros: int) -> bytes:
    """One gzip member with so many zero bytes before the last part, made without holding them."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=1, mtime=0) as stream:
        for part in parts[:-1]:
            stream.write(part)
        for _ in range(zeros // MIB):
            stream.write(bytes(MIB))
        stream.write(parts[-1])
    return buffer.getvalue()


def head(kind: str) -> bytes:
    block = http(b"", kind=kind)
    return record(block, length=len(block) + HUGE).removesuffix(b"\r\n\r\n")


@pytest.mark.parametrize(("kind", "expected"), [("video/mp4", "(video)"), ("text/html", "too-large")])
@pytest.mark.parametrize("compressed", [True, False])
def test_record_far_larger_than_memory_should_hold(tmp_path: Path, compressed: bool, kind: str, expected: str) -> None:
    path = tmp_path / "a.warc.gz"
    if compressed:
        written(path, *members([story(0)]), gzipped(head(kind), b"\r\n\r\n", zeros=HUGE), *members([story(1)]))
    else:
        written(path, story(0), head(kind))
        with path.open("r+b") as file:  # a sparse file
            file.seek(HUGE, io.SEEK_END)
            file.write(b"\r\n\r\n" + story(1))
    assert peak(path, [address(0), expected, address(1)]) < 6


def test_archive_of_many_records(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", *members(stories(400)))
    assert peak(path, [address(number) for number in range(400)]) < 4


@pytest.mark.parametrize("name", ["a.html.gz", "a.jsonl.gz", "a.mhtml.gz"])
def test_bomb_in_one_file(tmp_path: Path, name: str) -> None:
    start = {
        "a.html.gz": b"<html>",
        "a.jsonl.gz": b'{"html": "',
        "a.mhtml.gz": b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n",
    }[name]
    data = gzipped(start, b"", zeros=HUGE)
    assert peak(written(tmp_path / name, data), ["too-large"]) < 24


def test_bomb_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive, archive.open("a.html", "w") as stream:
        stream.write(b"<html>")
        for _ in range(HUGE // MIB):
            stream.write(bytes(MIB))
    assert peak(path, ["too-large"]) < 8


def test_bomb_of_nothing_in_a_tar(tmp_path: Path) -> None:
    path = written(tmp_path / "a.tar.gz", gzipped(b"", b"", zeros=HUGE))
    assert brief(read(source_of(path), Limits(ratio_free_bytes=MIB))) == ["too-large"]
