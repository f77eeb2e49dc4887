"""Compressed streams: all that can be unpacked is given before damage is told."""

from __future__ import annotations

import bz2
import errno
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract.blobs import Damaged
from etl.extract.inflate import Member, Unpacked, coding_of, unpacked
from etl.extract.limits import Limits
from etl.records import Reason
from tests.extract.building import html

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

DATA = html(1, 3000)
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "deflate": lambda data: zlib.compress(data, wbits=-15),
    "zstd": zstd.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
}


def drained(member: Member, size: int = 1000) -> tuple[bytes, Reason | None]:
    """What is given, and what is told then."""
    parts = []
    try:
        while data := member.read(size):
            parts.append(data)
    except Damaged as damage:
        return b"".join(parts), damage.reason
    return b"".join(parts), None


@pytest.mark.parametrize("coding", PACKERS)
def test_member_is_given_whole_and_says_where_it_ends(coding: str) -> None:
    packed = PACKERS[coding](DATA)
    member = Member(io.BytesIO(b"before" + packed + b"behind"), 6, coding, Limits())
    assert drained(member) == (DATA, None)
    assert member.end == 6 + len(packed)


@pytest.mark.parametrize("coding", PACKERS)
def test_member_that_is_cut_gives_its_beginning(coding: str) -> None:
    given_, reason = drained(Member(io.BytesIO(PACKERS[coding](DATA)[:-40]), 0, coding, Limits()))
    assert DATA.startswith(given_)
    assert reason is Reason.TRUNCATED


@pytest.mark.parametrize("size", [1, 1000, 10**6])
def test_wrong_checksum_is_told_behind_the_last_byte(size: int) -> None:
    packed = gzip.compress(DATA, mtime=0)
    broken = packed[:-8] + b"\x00\x00\x00\x00" + packed[-4:]
    # zlib goes on to the checksum in the call that gives the last byte, which is lost with it
    assert drained(Member(io.BytesIO(broken), 0, "gzip", Limits()), size) == (DATA[:-1], Reason.CORRUPT)


def test_bomb_is_told_from_its_ratio() -> None:
    limits = Limits(ratio_free_bytes=100_000, max_ratio=50)
    given_, reason = drained(Member(io.BytesIO(gzip.compress(bytes(10**6))), 0, "gzip", limits))
    assert reason is Reason.TOO_LARGE
    assert len(given_) <= 101_000


def test_members_of_one_file_are_one_stream_and_padding_is_no_part_of_it() -> None:
    packed = (
        gzip.compress(DATA[:5000], mtime=0)
        + gzip.compress(b"", mtime=0)
        + b"\x00" * 100_000
        + gzip.compress(DATA[5000:], mtime=0)
        + b"\x00" * 100
    )
    assert unpacked(io.BytesIO(packed), Limits()).read() == DATA
    assert unpacked(io.BytesIO(DATA), Limits()).read() == DATA


def test_bytes_behind_the_last_member_are_damage() -> None:
    stream = Unpacked(io.BytesIO(gzip.compress(DATA, mtime=0) + b"junk"), "gzip", Limits())
    with pytest.raises(Damaged, match="follow its end"):
        list(iter(lambda: stream.read(1000), b""))


def test_fault_of_the_disc_is_not_taken_for_damage() -> None:
    class Failing(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        Member(Failing(), 0, "gzip", Limits()).read()


def test_header_that_claims_gigabytes_of_memory_is_damage() -> None:
    packed = lzma.compress(b"x", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}])
    assert drained(Member(io.BytesIO(packed), 0, "xz", Limits())) == (b"", Reason.CORRUPT)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(PACKERS)), st.integers(0, 5000), st.binary(max_size=50), st.integers(1, 5000))
def test_any_damage_gives_a_beginning_and_never_raises_another_error(coding: str, at: int, junk: bytes, size: int) -> None:
    packed = PACKERS[coding](DATA[:4000])
    broken = packed[:at] + junk + packed[at + len(junk) + 1 :]
    drained(Member(io.BytesIO(broken), 0, coding, Limits()), size)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["gzip", "zlib", "deflate"]), st.floats(0, 1), st.binary(max_size=20), st.booleans())
def test_of_damaged_data_as_much_is_given_as_zlib_gives_byte_by_byte(coding: str, at: float, junk: bytes, cut: bool) -> None:
    packed = PACKERS[coding](DATA)
    place = int(at * len(packed))
    damaged = packed[:place] + junk + (b"" if cut else packed[place + len(junk) :])
    assert len(drained(Member(io.BytesIO(damaged), 0, coding, Limits()))[0]) >= len(_by_zlib(damaged, coding))


def _by_zlib(damaged: bytes, coding: str) -> bytes:
    inner, given = zlib.decompressobj({"gzip": 31, "zlib": 15, "deflate": -15}[coding]), b""
    try:
        while not inner.eof and (byte := inner.decompress(inner.unconsumed_tail or damaged, 1)):
            given, damaged = given + byte, b""
    except zlib.error:
        pass
    return given


def test_first_bytes_tell_the_coding() -> None:
    found = {coding: coding_of(pack(DATA)[:8]) for coding, pack in PACKERS.items()}
    assert found == {"gzip": "gzip", "zlib": None, "deflate": None, "zstd": "zstd", "bzip2": "bzip2", "xz": "xz"}
