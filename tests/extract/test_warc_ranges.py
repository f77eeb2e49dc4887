"""Large archives cut into ranges that are read ahead: whoever reads them, the items are those of one reading in one go."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import members as members_of_archives
from etl.extract import read, source_of, tars, zips
from etl.extract.warc_ranges import Part
from etl.records import Page, Rejected
from tests.extract.building import LIMITS, address, brief, html, http, items, members, record, stories, story, written

SMALL = replace(LIMITS, range_bytes=1500)
"""One story, or a part of one, where a record is compressed; some stories where it is not."""


class Ahead:
    """Reads at once, but passes everything through pickle as another process would get it. `lost`: the tasks that fail."""

    def __init__(self, lost: Callable[[int], bool] = lambda number: False) -> None:
        self._lost = lost
        self.parts: list[Part | None] = []

    def __call__(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        for number, task in enumerate(tasks):
            value = None if self._lost(number) else function(pickle.loads(pickle.dumps(task)))
            self.parts.append(pickle.loads(pickle.dumps(value)))
            yield self.parts[-1]


def whole(found: Iterable[object]) -> str:
    """The items with all that they hold, to be compared."""
    return "\n".join(repr(item) for item in found)


def noted(number: int) -> bytes:
    """A metadata record that stands behind story `number` and names its author."""
    return record(
        json.dumps({"author": f"Author {number}"}).encode(),
        f"WARC-Refers-To: <urn:uuid:{number}>",
        type_="metadata",
        url=address(number),
        kind="application/json",
    )


def named(number: int) -> bytes:
    return story(number).replace(b"<urn:uuid:00000000-0000-4000-8000-000000000000>", b"<urn:uuid:%d>" % number)


def in_a_page() -> list[bytes]:
    """Pages that hold the text of other archives: a start of records that is none."""
    return [record(http(html(n) + b"\r\n\r\n" + story(90 + n)), url=address(n)) for n in range(12)]


def stored(pack: Callable[[bytes], bytes], length: int | None = None) -> list[bytes]:
    """Members that are not compressed and hold records of other archives; `length` other than None is a lie."""
    inner = [record(http(html(n) + b"\r\n\r\n" + pack(story(90 + n))), url=address(n), length=length) for n in range(12)]
    return [gzip.compress(one, compresslevel=0, mtime=0) for one in inner]


def compressed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def broken(parts: list[bytes], number: int) -> list[bytes]:
    return [*parts[:number], parts[number][:100] + bytes(60) + parts[number][160:], *parts[number + 1 :]]


ARCHIVES: dict[str, list[bytes]] = {
    "plain": stories(40),
    "members": members(stories(40)),
    "members of several records": members(b"".join(stories(40)[n : n + 3]) for n in range(0, 40, 3)),
    "one member": [gzip.compress(b"".join(stories(40)), mtime=0)],
    "one large member among small ones": members([*stories(5), b"".join(stories(30)), *stories(5)]),
    "one record larger than ranges": members([story(1), story(2, words=900), story(3), story(4)]),
    "padding as long as ranges": [*members(stories(4)), bytes(5000), *members(stories(4))],
    "plain, then compressed": [*stories(12), *members(stories(12))],
    "compressed, then plain": [*members(stories(12)), *stories(40)],
    "notes behind their pages": members(part for n in range(20) for part in (named(n), noted(n))),
    "notes before their pages": members(part for n in range(20) for part in (noted(n), named(n))),
    "archives in pages": in_a_page(),
    "archives in pages of members that are not compressed": stored(bytes),
    "compressed archives in pages": stored(compressed),
    "archives in pages that are damaged": [*members(stories(1)), *stored(bytes, length=1000)],
    "padding in members": members(b"\r\n" + one for one in stories(40)),
    "damaged": broken(members(stories(30)), 7),
    "damaged, plain": broken(stories(40), 25),
    "cut": [b"".join(members(stories(20)))[:-400]],
    "nothing but damage": [part for n in range(20) for part in broken(members(stories(20)), n)[n : n + 1]],
    "junk at the end": [*members(stories(20)), b"no record" * 400],
    "no record": [b"WARC/1.0\r\n" + b"nothing" * 3000],
}


@pytest.mark.parametrize("size", [300, 1500, 4000])
@pytest.mark.parametrize("archive", ARCHIVES)
def test_ranges_give_what_one_reading_gives(tmp_path: Path, archive: str, size: int) -> None:
    path = written(tmp_path / "a.warc.gz", *ARCHIVES[archive])
    found = read(source_of(path), replace(LIMITS, range_bytes=size), ahead=Ahead())
    assert whole(found) == whole(items(path))


@pytest.mark.parametrize("archive", ARCHIVES)
def test_ranges_that_could_not_be_read_ahead_are_read_after_all(tmp_path: Path, archive: str) -> None:
    path = written(tmp_path / "a.warc.gz", *ARCHIVES[archive])
    for lost in (lambda number: True, lambda number: number % 3 == 0, lambda number: number == 1):
        assert whole(read(source_of(path), SMALL, ahead=Ahead(lost))) == whole(items(path))


@pytest.mark.parametrize("archive", ["plain", "members", "one member", "members of several records", "notes behind their pages"])
def test_reading_goes_on_behind_any_item(tmp_path: Path, archive: str) -> None:
    path = written(tmp_path / "a.warc.gz", *ARCHIVES[archive])
    for item in items(path)[::7]:
        last = item.page.record if isinstance(item, Rejected) else item.record
        assert whole(read(source_of(path), SMALL, after=last, ahead=Ahead())) == whole(items(path, after=last))


@pytest.mark.parametrize("archive", ["plain", "members", "padding in members"])
def test_parts_are_read_ahead_and_each_record_in_one_of_them(tmp_path: Path, archive: str) -> None:
    ahead = Ahead()
    path = written(tmp_path / "a.warc.gz", *ARCHIVES[archive])
    list(read(source_of(path), SMALL, ahead=ahead))
    parts = [part for part in ahead.parts if part]
    assert len(parts) > 3
    assert [entry.item.url for part in parts for entry in part.entries if isinstance(entry.item, Page)] == [
        address(number) for number in range(40)
    ]
    assert all(one.ends == two.begins for one, two in pairwise(parts))


def test_a_part_takes_its_pages_digest_along(tmp_path: Path) -> None:
    ahead = Ahead()
    path = written(tmp_path / "a.warc.gz", *ARCHIVES["members"])
    list(read(source_of(path), SMALL, ahead=ahead))
    part = next(part for part in ahead.parts if part)
    assert all("sha256" in vars(entry.item) for entry in part.entries)


def test_a_part_ends_early_where_a_file_is_packed_tightly(tmp_path: Path) -> None:
    page = b"<!DOCTYPE html><html><body><p>" + b"the same again " * 2000
    parts = [record(http(page), url=address(number)) for number in range(60)]
    path = written(tmp_path / "a.warc.gz", gzip.compress(b"".join(parts), mtime=0), *members(stories(5)))
    ahead = Ahead()
    found = list(read(source_of(path), SMALL, ahead=ahead))
    assert brief(found) == [*map(address, range(60)), *map(address, range(5))]
    most = 16 * SMALL.range_bytes + 2 * len(page)
    assert max(sum(len(e.item.content) for e in part.entries if isinstance(e.item, Page)) for part in ahead.parts if part) < most


def test_an_archive_that_stands_as_it_is_in_another_is_cut_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for reader in (zips, tars, members_of_archives):
        monkeypatch.setattr(reader, "IN_MEMORY", 50_000)
    data = b"".join(members(stories(80)))
    paths = tmp_path / "a.wacz", tmp_path / "a.tar", tmp_path / "nested.zip"
    with zipfile.ZipFile(paths[0], "w") as archive:
        archive.writestr("archive/a.warc.gz", data)
    with tarfile.open(paths[1], "w") as tar:
        tar.addfile(_of_size(len(data)), io.BytesIO(data))
    with zipfile.ZipFile(paths[2], "w") as archive:
        archive.writestr("note.txt", b"before it")
        archive.write(paths[0], "inner.wacz")
    for path in paths:
        ahead = Ahead()
        found = list(read(source_of(path), replace(LIMITS, range_bytes=20_000), ahead=ahead))
        assert whole(found) == whole(items(path))
        assert sum(len(part.entries) for part in ahead.parts if part) == 80


def _of_size(size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo("a.warc.gz")
    info.size = size
    return info


def test_a_small_file_and_what_is_no_file_are_read_here(tmp_path: Path) -> None:
    def nobody(function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        raise AssertionError("nothing is to be read ahead")

    path = written(tmp_path / "a.warc.gz", *members(stories(3)))
    assert len(list(read(source_of(path), LIMITS, ahead=nobody))) == 3
    outer = written(tmp_path / "b.warc.gz.gz", gzip.compress(path.read_bytes()))
    assert whole(read(source_of(outer), SMALL, ahead=nobody)) == whole(items(outer))


def test_an_archive_that_goes_away_meanwhile_is_told(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", *members(stories(20)))
    source = source_of(path)
    path.unlink()
    (found,) = read(source, SMALL, ahead=Ahead())
    assert brief([found]) == ["unreadable!"]


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(["plain", "members", "members of several records", "one member", "archives in pages"]))
def test_any_damage_is_the_same_in_ranges(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, archive: str) -> None:
    bytes_ = b"".join(ARCHIVES[archive][:12])
    start = data.draw(st.integers(0, len(bytes_) - 1))
    junk = data.draw(st.binary(max_size=300) | st.just(bytes(2000)))
    cut = data.draw(st.integers(0, 400))
    path = written(
        tmp_path_factory.mktemp("w") / "a.warc.gz", bytes_[:start] + junk + bytes_[start + len(junk) : len(bytes_) - cut]
    )
    limits = replace(LIMITS, range_bytes=data.draw(st.integers(100, 3000)))
    assert whole(read(source_of(path), limits, ahead=Ahead())) == whole(items(path))
