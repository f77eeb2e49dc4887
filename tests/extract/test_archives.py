"""ZIP, WACZ and TAR: members are read like files, under limits, and nothing leads outside."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import stat
import sys
import tarfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.extract import Limits
from etl.records import Page, Reason, Rejected
from tests.extract.building import FETCHED, address, brief, html, items, members, record, stories, written

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

PAGE = html()
SIDECAR = json.dumps({"url": "https://example.com/a", "fetched_at": "2024-05-01T10:00:00Z"}).encode()
FILES = {
    "pages/a.html": PAGE,
    "pages/a.json": SIDECAR,
    "pages/b.txt": b"A story without tags.",
    "pages/b_files/x.html": PAGE,  # no companion: there is no b.html
    "pages/a_files/frame.html": PAGE,
    "pages/logo.png": b"\x89PNG",
    "__MACOSX/pages/._a.html": b"\x00\x05",
    "www.example.com/2024/c.html.gz": gzip.compress(PAGE, mtime=0),
}
EXPECTED = {
    "pages/a.html": "https://example.com/a",
    "pages/a.json": "(sidecar)",
    "pages/b.txt": "archive",
    "pages/b_files/x.html": "archive",
    "pages/a_files/frame.html": "(asset)",
    "pages/logo.png": "(asset)",
    "__MACOSX/pages/._a.html": "(hidden)",
    "www.example.com/2024/c.html.gz": "archive",
}


def zipped(files: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(ZipInfo(name, (2024, 5, 1, 10, 0, 0)), data, method)
    return buffer.getvalue()


def tarred(files: dict[str, bytes], form: int = tarfile.PAX_FORMAT) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), int(FETCHED.timestamp())
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def gnu(files: dict[str, bytes]) -> bytes:
    return tarred(files, tarfile.GNU_FORMAT)


def tar_gz(files: dict[str, bytes]) -> bytes:
    return gzip.compress(tarred(files))


def tar_zst(files: dict[str, bytes]) -> bytes:
    return bytes(zstd.compress(tarred(files)))


def stored(files: dict[str, bytes]) -> bytes:
    return zipped(files, ZIP_STORED)


Packer = Callable[[dict[str, bytes]], bytes]
PACKERS: list[Packer] = [zipped, stored, tarred, gnu, tar_gz, tar_zst]
TARS: list[Packer] = [tarred, gnu, tar_gz, tar_zst]


@pytest.mark.parametrize("pack", PACKERS)
def test_members_are_read_like_the_files_of_a_folder(tmp_path: Path, pack: Packer) -> None:
    found = items(written(tmp_path / "archive", pack(FILES)))
    assert brief(found) == list(EXPECTED.values())
    assert [item.record for item in found if not isinstance(item, Rejected)] == list(FILES)


@pytest.mark.parametrize("pack", PACKERS)
def test_page_of_a_member_has_sidecar_time_and_mirror_hint(tmp_path: Path, pack: Packer) -> None:
    path = written(tmp_path / "archive", pack(FILES))
    pages = {item.record: item for item in items(path) if isinstance(item, Page)}
    assert pages["pages/a.html"] == Page(
        source=str(path),
        record="pages/a.html",
        url="https://example.com/a",
        content=PAGE,
        media_type="text/html",
        fetched_at=FETCHED,
    )
    assert pages["pages/b.txt"].fetched_at == FETCHED
    mirrored = pages["www.example.com/2024/c.html.gz"]
    assert (mirrored.content, mirrored.hints) == (PAGE, {"mirror_url": "https://www.example.com/2024/c.html"})


@pytest.mark.parametrize("pack", PACKERS)
def test_reading_goes_on_behind_any_member_and_inside_of_one(tmp_path: Path, pack: Packer) -> None:
    warc = b"".join(members(stories(3)))
    inner = zipped({"x/in.html": PAGE, "x/in.warc.gz": warc})
    path = written(tmp_path / "archive", pack({"a.html": PAGE, "b.warc.gz": warc, "c.zip": inner, "d.html": PAGE}))
    found = [item for item in items(path) if isinstance(item, Page)]
    places = [item.record for item in found]
    first, second = len(members(stories(1))[0]), len(b"".join(members(stories(2))))
    assert places == [
        "a.html",
        *(f"b.warc.gz!{offset}" for offset in (0, first, second)),
        "c.zip!x/in.html",
        *(f"c.zip!x/in.warc.gz!{offset}" for offset in (0, first, second)),
        "d.html",
    ]
    assert [items(path, after=place) for place in places] == [found[number + 1 :] for number in range(len(found))]
    assert items(path, after="gone.html") == found


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
def test_wacz_gives_the_pages_of_its_archives_only(tmp_path: Path, method: int) -> None:
    files = {
        "datapackage.json": b"{}",
        "pages/pages.jsonl": b'{"url": "https://example.com/", "text": "x"}\n',
        "indexes/index.cdx.gz": gzip.compress(b"x", mtime=0),
        "archive/data.warc.gz": b"".join(members([record(b"a", type_="warcinfo"), *stories(2)])),
    }
    path = written(tmp_path / "crawl.wacz", zipped(files, method))
    assert brief(items(path)) == ["(index)", "(index)", "(index)", "(warcinfo)", address(0), address(1)]


def test_large_archive_inside_is_read_where_it_lies_or_through_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.extract.members.IN_MEMORY", 1000)
    monkeypatch.setattr("etl.extract.zips.IN_MEMORY", 1000)
    monkeypatch.setattr("etl.extract.tars.IN_MEMORY", 1000)
    limits = Limits(max_page_bytes=5000, max_compressed_bytes=3000)
    for pack in PACKERS:
        files = {"a.html": PAGE, "b.warc.gz": b"".join(members(stories(5))), "c.html": PAGE, "d.html": html(1, 90)}
        found = items(written(tmp_path / "archive", pack(files)), limits)
        assert brief(found) == ["archive", *(address(number) for number in range(5)), "archive", "too-large"]


@pytest.mark.parametrize("pack", PACKERS)
@pytest.mark.parametrize("name", ["../a.html", "/etc/a.html", "x/../../a.html", "C:\\a.html", "..\\a.html"])
def test_member_that_leads_outside_is_unsafe_and_the_rest_is_read(tmp_path: Path, pack: Packer, name: str) -> None:
    found = items(written(tmp_path / "archive", pack({name: PAGE, "b.html": PAGE})))
    assert brief(found) == ["unsafe", "archive"]


def test_links_and_devices_are_unsafe(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, type_ in [("s", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("d", tarfile.CHRTYPE), ("f", tarfile.FIFOTYPE)]:
            info = tarfile.TarInfo(f"{name}.html")
            info.type, info.linkname = type_, "/etc/passwd"
            archive.addfile(info)
        archive.addfile(tarfile.TarInfo("empty.html"))
    path = written(tmp_path / "a.tar", buffer.getvalue())
    assert brief(items(path)) == ["unsafe", "unsafe", "unsafe", "unsafe", "empty"]


def test_link_and_locked_member_of_a_zip_are_unsafe(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        link = ZipInfo("link.html")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("locked.html", PAGE)
    data = bytearray(buffer.getvalue())
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 8] |= 1
    assert brief(items(written(tmp_path / "a.zip", bytes(data)))) == ["unsafe", "unsafe"]


@pytest.mark.parametrize("pack", PACKERS)
def test_bomb_in_a_member_is_too_large_and_the_rest_is_read(tmp_path: Path, pack: Packer) -> None:
    bomb = b"<html>" + b"\x00" * 3_000_000
    path = written(
        tmp_path / "archive",
        pack({"a.html": PAGE, "bomb.html": bomb, "bomb.html.gz": gzip.compress(bomb, mtime=0), "c.html": PAGE}),
    )
    limits = Limits(max_page_bytes=100_000, max_compressed_bytes=100_000)
    assert brief(items(path, limits)) == ["archive", "too-large", "too-large", "archive"]


def test_archive_of_bombs_or_too_many_members_is_not_read_to_its_end(tmp_path: Path) -> None:
    files = {f"{number}.html": b"<html>" + b" " * 90_000 for number in range(40)}
    limits = Limits(ratio_free_bytes=1_000_000)
    assert brief(items(written(tmp_path / "a.zip", zipped(files)), limits))[-2:] == ["a.zip", "too-large"]
    limits = Limits(max_members=3)
    for pack in PACKERS:
        found = brief(items(written(tmp_path / "archive", pack(files)), limits))
        assert found == ["archive", "archive", "archive", "too-large"]


def test_archives_nested_too_deep_are_not_opened(tmp_path: Path) -> None:
    data = PAGE
    for _ in range(5):
        data = zipped({"x": data})
    assert brief(items(written(tmp_path / "a.zip", data))) == ["too-large"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (zipped({}), ["empty"]),
        (zipped(FILES)[:-30], [*EXPECTED.values(), "truncated!"]),
        (b"PK\x03\x04 not at all", ["truncated!"]),
        (zipped({"word/document.xml": b"<x/>"}), ["(asset)"]),
    ],
)
def test_archive_without_pages_or_directory_says_so(tmp_path: Path, data: bytes, expected: list[str]) -> None:
    assert brief(items(written(tmp_path / "archive", data))) == expected


class Unseekable(io.RawIOBase):
    """Where a ZIP is written to a pipe, sizes and checksums stand behind the contents."""

    def __init__(self) -> None:
        super().__init__()
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self.data += bytes(data)
        return len(bytes(data))


def piped(files: dict[str, bytes]) -> bytes:
    sink = Unseekable()
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return sink.data


CUTTABLE: list[Packer] = [zipped, stored, piped]


@pytest.mark.parametrize("pack", CUTTABLE)
def test_cut_zip_gives_the_members_before(tmp_path: Path, pack: Packer) -> None:
    files = {f"x/{number}.html": html(number, 200) for number in range(4)}
    data = pack({"x/": b"", "x/0.html": files["x/0.html"], "x/0.json": SIDECAR} | files)
    cut = data.index(b"x/3.html") + 700
    found = items(written(tmp_path / "a.zip", data[:cut]))
    assert brief(found) == ["https://example.com/a", "(sidecar)", "a.zip", "a.zip", "truncated!", "truncated!"]
    assert [item.content for item in found if isinstance(item, Page)] == [html(number, 200) for number in range(3)]
    at = data.index(b"x/1.html") + 2000
    broken = data[:at] + b"\xff" * 9 + data[at + 9 : cut]
    assert brief(items(written(tmp_path / "b.zip", broken)))[2] == "corrupt!"


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_damaged_member_of_a_zip_costs_only_itself(tmp_path: Path, method: int) -> None:
    data = bytearray(zipped({f"{number}.html": html(number) for number in range(3)}, method))
    middle = len(data) // 2
    data[middle : middle + 9] = b"\xff" * 9
    assert brief(items(written(tmp_path / "a.zip", bytes(data)))) == ["a.zip", "corrupt!", "a.zip"]


@pytest.mark.parametrize("pack", [tarred, gnu])
def test_damaged_header_in_a_tar_costs_only_its_member(tmp_path: Path, pack: Packer) -> None:
    data = bytearray(pack({f"{number}.html": html(number) for number in range(4)}))
    start = data.index(b"1.html")
    data[start : start + 20] = b"\xff" * 20
    assert brief(items(written(tmp_path / "a.tar", bytes(data)))) == ["a.tar", "corrupt!", "a.tar", "a.tar"]


@pytest.mark.parametrize("pack", TARS)
def test_cut_tar_gives_the_members_before(tmp_path: Path, pack: Packer) -> None:
    files = {f"{number}.html": html(number, 4000) for number in range(4)}
    data = pack(files)
    found = brief(items(written(tmp_path / "a.tar", data[: len(data) * 6 // 10])))
    assert found[0] == "a.tar"
    assert found[-1] == "truncated!"
    assert 2 <= found.count("a.tar") <= 3


def test_extended_header_of_monstrous_size_is_not_held_in_memory(tmp_path: Path) -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 10**12
    data = info.tobuf(tarfile.GNU_FORMAT) + b"30 path=" + b"x" * 5000
    assert brief(items(written(tmp_path / "a.tar", data))) == ["corrupt!"]


def test_long_and_foreign_names_are_kept(tmp_path: Path) -> None:
    files = {"x/" * 90 + "größe.html": PAGE, "short.html": PAGE}
    for pack in PACKERS:
        found = items(written(tmp_path / "archive", pack(files)))
        assert [item.record for item in found if isinstance(item, Page)] == list(files)


def test_zip_time_is_of_the_archive_where_the_member_has_none(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr(ZipInfo("a.html"), PAGE)
    path = written(tmp_path / "a.zip", buffer.getvalue())
    (found,) = items(path)
    assert isinstance(found, Page)
    assert found.fetched_at == dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)


def test_broken_sidecar_in_an_archive_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = written(tmp_path / "a.zip", zipped({"x/a.html": PAGE, "x/a.json": b"{"}))
    assert brief(items(path)) == ["a.zip", "(sidecar)"]
    assert f"{path}!x/a.json" in caplog.text


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(PACKERS))
def test_any_damage_is_told_and_nothing_raised(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, pack: Packer
) -> None:
    whole = pack({"a.html": html(1, 10), "b.warc.gz": b"".join(members(stories(2, words=4))), "c.txt": b"text"})
    start = data.draw(st.integers(0, len(whole) - 1))
    junk = data.draw(st.binary(max_size=200))
    cut = data.draw(st.integers(start, len(whole)))
    broken = whole[:start] + junk + whole[cut:]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of names that come twice
        found = items(written(tmp_path_factory.mktemp("a") / "archive.zip", broken))
    assert all(item.reason is not Reason.PARSE_ERROR for item in found if isinstance(item, Rejected))
