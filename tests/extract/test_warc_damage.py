"""Broken archives: every whole record is given, what is lost is told, nothing is raised."""

from __future__ import annotations

import gzip
import random
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import Limits
from etl.records import Page, Rejected
from tests.extract.building import address, brief, html, items, members, record, stories, story, written

ALL = [address(number) for number in range(6)]


def garbled(data: bytes, start: int, count: int = 20) -> bytes:
    """`count` bytes from `start` on changed, each one."""
    return data[:start] + bytes(byte ^ 0x5A for byte in data[start : start + count]) + data[start + count :]


@pytest.mark.parametrize("digests", [True, False])
@pytest.mark.parametrize("compressed", [True, False])
def test_whole_archive_gives_every_page(tmp_path: Path, compressed: bool, digests: bool) -> None:
    records = stories(6, digests=digests)
    path = written(tmp_path / "a.warc", *(members(records) if compressed else records))
    assert brief(items(path)) == ALL


def test_archive_that_is_one_single_gzip_member_gives_every_page(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", gzip.compress(b"".join(stories(6))))
    assert brief(items(path)) == ALL


@pytest.mark.parametrize("compressed", [True, False])
def test_cut_archive_gives_what_is_whole_and_one_row_for_the_rest(tmp_path: Path, compressed: bool) -> None:
    records = stories(6)
    data = b"".join(members(records) if compressed else records)
    path = written(tmp_path / "a.warc.gz", data[:-700])
    found = items(path)
    assert brief(found) == [*ALL[:5], "truncated!"]
    lost = found[-1]
    assert isinstance(lost, Rejected)
    start = len(b"".join((members(records) if compressed else records)[:5]))
    assert (lost.page.record, lost.page.url) == (str(start), ALL[5])
    assert f"{start} to {len(data) - 700}" in lost.message


@pytest.mark.parametrize("compressed", [True, False])
@pytest.mark.parametrize("place", ["head", "body", "end"])
def test_damage_costs_only_the_record_it_hits(tmp_path: Path, compressed: bool, place: str) -> None:
    parts = stories(6, digests=True)
    parts = members(parts) if compressed else parts
    size = len(parts[2])
    parts[2] = garbled(parts[2], {"head": 0, "body": size // 2, "end": size - 25}[place])
    found = brief(items(written(tmp_path / "a.warc.gz", *parts)))
    assert found == [*ALL[:2], "corrupt!", *ALL[3:]]


def test_damage_over_several_records_is_one_row(tmp_path: Path) -> None:
    parts = members(stories(6))
    data = garbled(b"".join(parts), len(parts[0]) + len(parts[1]) // 2, len(parts[1]) + 20)
    assert brief(items(written(tmp_path / "a.warc.gz", data))) == [ALL[0], "corrupt!", *ALL[3:]]


def test_neighbours_that_are_damaged_are_a_row_each_with_their_addresses(tmp_path: Path) -> None:
    parts = members(stories(6))
    for number in (2, 3):
        parts[number] = garbled(parts[number], len(parts[number]) - 300)
    found = items(written(tmp_path / "a.warc.gz", *parts))
    assert brief(found) == [*ALL[:2], "corrupt!", "corrupt!", *ALL[4:]]
    assert [item.page.url for item in found if isinstance(item, Rejected)] == ALL[2:4]


def test_record_with_a_monstrous_header_costs_only_itself(tmp_path: Path) -> None:
    parts = [story(0), record(b"x", "X-Long: " + 50_000 * "y"), record(b"x", "X-Long: " + 200_000 * "y"), story(1)]
    assert brief(items(written(tmp_path / "a.warc.gz", *members(parts)))) == [ALL[0], "corrupt", "corrupt!", ALL[1]]
    assert brief(items(written(tmp_path / "a.warc", *parts))) == [ALL[0], "corrupt", "corrupt!", ALL[1]]


def test_plain_and_compressed_records_in_one_file(tmp_path: Path) -> None:
    parts = stories(6)
    path = written(tmp_path / "a.warc", *parts[:2], *members(parts[2:4]), *parts[4:])
    assert brief(items(path)) == ALL


@pytest.mark.parametrize("junk", [b"\x00" * 512 + b"junk", b"junk" * 1000, random.Random(1).randbytes(3000)])
@pytest.mark.parametrize("compressed", [True, False])
def test_junk_between_records_costs_no_record(tmp_path: Path, compressed: bool, junk: bytes) -> None:
    parts = stories(6)
    parts = members(parts) if compressed else parts
    path = written(tmp_path / "a.warc.gz", *parts[:3], junk, *parts[3:])
    assert brief(items(path)) == [*ALL[:3], "corrupt!", *ALL[3:]]


@pytest.mark.parametrize("compressed", [True, False])
def test_padding_between_records_is_no_damage(tmp_path: Path, compressed: bool) -> None:
    parts = stories(6)
    parts = members(parts) if compressed else parts
    path = written(tmp_path / "a.warc.gz", *parts[:3], b"\r\n\r\n" + b"\x00" * 100_000, *parts[3:], b"\x00" * 512)
    assert brief(items(path)) == ALL


@pytest.mark.parametrize("lie", [-500, +500, +5000])
@pytest.mark.parametrize("compressed", [True, False])
def test_record_with_a_wrong_length_is_corrupt_and_the_next_is_found(tmp_path: Path, compressed: bool, lie: int) -> None:
    parts = stories(6)
    block = parts[2].partition(b"\r\n\r\n")[2][:-4]
    parts[2] = record(block, url=ALL[2], length=len(block) + lie)
    parts = members(parts) if compressed else parts
    assert brief(items(written(tmp_path / "a.warc.gz", *parts))) == [*ALL[:2], "corrupt!", *ALL[3:]]


def test_last_record_with_a_length_beyond_the_file_is_truncated(tmp_path: Path) -> None:
    parts = stories(5)
    path = written(tmp_path / "a.warc", *parts, record(b"HTTP/1.1 200 OK\r\n\r\nshort", length=10**15))
    assert brief(items(path)) == [*ALL[:5], "truncated!"]


def test_wrong_checksum_of_a_member_is_corrupt_where_no_digest_proves_the_record(tmp_path: Path) -> None:
    parts = members(stories(6))
    parts[2] = garbled(parts[2], len(parts[2]) - 8, 4)
    assert brief(items(written(tmp_path / "a.warc.gz", *parts))) == [*ALL[:2], "corrupt!", *ALL[3:]]


def test_record_is_given_when_its_digest_proves_it_though_the_checksum_is_wrong(tmp_path: Path) -> None:
    parts = members(stories(6, digests=True))
    parts[2] = garbled(parts[2], len(parts[2]) - 8, 4)
    assert brief(items(written(tmp_path / "a.warc.gz", *parts))) == [*ALL[:3], "corrupt!", *ALL[3:]]


def test_cut_inside_the_last_checksum_gives_the_record_and_tells_the_cut(tmp_path: Path) -> None:
    path = written(tmp_path / "a.warc.gz", b"".join(members(stories(6)))[:-4])
    assert brief(items(path)) == [*ALL, "truncated!"]


def test_single_member_damaged_in_the_middle_gives_all_records_before(tmp_path: Path) -> None:
    data = zlib.compress(b"".join(stories(40, words=200)), wbits=31)
    broken = data[: len(data) // 2] + data[len(data) // 2 + 500 :]
    found = items(written(tmp_path / "a.warc.gz", broken))
    assert brief(found)[:19] == [address(number) for number in range(19)]
    assert brief(found)[-1] == "corrupt!"


def test_damage_that_deflate_does_not_notice_is_found_by_digests_and_told_by_the_checksum(tmp_path: Path) -> None:
    data = bytearray(zlib.compress(b"".join(stories(40, words=200, digests=True)), wbits=31))
    data[len(data) // 2] ^= 1
    found = items(written(tmp_path / "a.warc.gz", bytes(data)))
    pages = [item for item in found if isinstance(item, Page)]
    wholes = {address(number): html(number, 200) for number in range(40)}
    assert len(pages) >= 19
    assert all(page.content == wholes[str(page.url)] for page in pages)
    assert brief(found)[-1] == "corrupt!"


def test_digest_that_is_wrong_makes_the_record_corrupt(tmp_path: Path) -> None:
    parts = stories(6, digests=True)
    parts[2] = parts[2].replace(b"Story 2", b"Storm 2")
    assert brief(items(written(tmp_path / "a.warc.gz", *members(parts)))) == [*ALL[:2], "corrupt!", *ALL[3:]]


def test_reading_goes_on_behind_any_item(tmp_path: Path) -> None:
    parts = members([*stories(3), record(b"x", type_="metadata"), *stories(3)])
    parts[1] = garbled(parts[1], len(parts[1]) // 2)
    path = written(tmp_path / "a.warc.gz", *parts, gzip.compress(b"".join(stories(3))))
    found = items(path)
    places = [item.page.record if isinstance(item, Rejected) else item.record for item in found]
    assert [items(path, after=place) for place in places] == [found[number + 1 :] for number in range(len(found))]


def test_bomb_in_an_archive_is_passed_and_the_rest_found(tmp_path: Path) -> None:
    bomb = gzip.compress(record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"\x00" * 3_000_000))
    path = written(tmp_path / "a.warc.gz", gzip.compress(story(0)), bomb, gzip.compress(story(1)))
    limits = Limits(max_page_bytes=100_000, max_compressed_bytes=100_000, ratio_free_bytes=1_000_000)
    assert brief(items(path, limits)) == [ALL[0], "too-large", ALL[1]]


ARCHIVES = {True: members(stories(5, words=8)), False: stories(5, words=8)}


@settings(max_examples=60, deadline=None)
@given(st.data(), st.booleans())
def test_any_damage_leaves_the_records_it_does_not_touch(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, compressed: bool
) -> None:
    parts = ARCHIVES[compressed]
    whole = b"".join(parts)
    start = data.draw(st.integers(0, len(whole) - 1))
    junk = data.draw(st.binary(min_size=1, max_size=300))
    broken = whole[:start] + junk + whole[start + len(junk) :]
    found = items(written(tmp_path_factory.mktemp("w") / "a.warc.gz", broken))
    offset, untouched = 0, []
    for number, part in enumerate(parts):
        if broken[offset : offset + len(part)] == part:
            untouched.append(address(number))
        offset += len(part)
    pages = [item.url for item in found if isinstance(item, Page)]
    assert [url for url in pages if url in untouched] == untouched


@settings(max_examples=60, deadline=None)
@given(st.data(), st.booleans())
def test_any_cut_leaves_the_records_before_it(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, compressed: bool
) -> None:
    parts = ARCHIVES[compressed]
    cut = data.draw(st.integers(0, sum(map(len, parts))))
    found = items(written(tmp_path_factory.mktemp("w") / "a.warc.gz", b"".join(parts)[:cut]))
    before = sum(sum(map(len, parts[: number + 1])) <= cut for number in range(5))
    pages = [item.url for item in found if isinstance(item, Page)]
    assert pages[:before] == ALL[:before]
    assert len(pages) <= before + 1


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=2000),
    st.sampled_from(["a.warc.gz", "a.warc", "a.html", "a", "a.txt.gz"]),
    st.sampled_from([b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08\x00", b"\x28\xb5\x2f\xfd"]),
)
def test_random_bytes_never_raise(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str, start: bytes) -> None:
    assert len(items(written(tmp_path_factory.mktemp("w") / name, start + data))) == 1
