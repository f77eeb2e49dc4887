"""Some records of a source and no others: the same as reading all of it and throwing the rest away."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.extract import read, source_of
from etl.extract.warc_frames import Place
from etl.records import Page, PassedOver, Rejected
from tests.extract.building import LIMITS, address, brief, html, items, members, record, stories, written

BROKEN = stories(5)
BROKEN[2] = BROKEN[2][:-200]  # its length is a lie: the stretch is lost


def zipped(path: Path, content: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, content: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in content.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def lines(path: Path) -> Path:
    return written(path, *(json.dumps({"url": address(n), "html": html(n).decode()}).encode() + b"\n" for n in range(5)))


PAGES = {f"pages/{number}.html": html(number) for number in range(5)} | {"pages/a!b.html": html(9), "pages/empty.html": b""}
ARCHIVES: dict[str, Callable[[Path], Path]] = {
    "plain.warc": lambda folder: written(folder / "a.warc", *stories(5)),
    "members.warc.gz": lambda folder: written(folder / "a.warc.gz", *members(stories(5))),
    "one-member.warc.gz": lambda folder: written(folder / "a.warc.gz", gzip.compress(b"".join(stories(5)))),
    "broken.warc": lambda folder: written(folder / "a.warc", *BROKEN),
    "pages.zip": lambda folder: zipped(folder / "a.zip", PAGES),
    "pages.tar.gz": lambda folder: tarred(folder / "a.tar.gz", PAGES),
    "lines.jsonl": lambda folder: lines(folder / "a.jsonl"),
    "warc-in.zip": lambda folder: zipped(folder / "a.zip", PAGES | {"b.warc.gz": b"".join(members(stories(5)))}),
}


def place(item: Page | Rejected | PassedOver) -> str | None:
    return item.page.record if isinstance(item, Rejected) else item.record


@pytest.mark.parametrize("name", ARCHIVES)
def test_each_record_and_each_pair_is_found_as_in_the_whole(tmp_path: Path, name: str) -> None:
    path = ARCHIVES[name](tmp_path)
    whole = {place(item): item for item in items(path)}
    assert len(whole) > 3
    for first in whole:
        for second in whole:
            only = {first, second}
            found = list(read(source_of(path), LIMITS, only=only))
            assert found == [item for item in whole.values() if place(item) in only]


def test_a_record_is_sought_and_what_stands_before_it_is_not_read(tmp_path: Path) -> None:
    parts = members(stories(4))
    start = sum(map(len, parts[:3]))
    path = written(tmp_path / "a.warc.gz", b"\xff" * start, parts[3])  # nothing before it can be read
    (found,) = read(source_of(written(tmp_path / "b.warc.gz", *parts)), LIMITS, only={str(start)})
    source = source_of(tmp_path / "b.warc.gz")
    (tmp_path / "b.warc.gz").write_bytes(path.read_bytes())
    assert list(read(source, LIMITS, only={str(start)})) == [found]


@pytest.mark.parametrize("only", [{"999999"}, {"no place"}, {str(Place(0, 5))}, {None}, {"pages/7.html"}])
@pytest.mark.parametrize("name", ["plain.warc", "members.warc.gz", "pages.zip", "pages.tar.gz"])
def test_what_is_not_there_gives_nothing(tmp_path: Path, name: str, only: set[str | None]) -> None:
    assert list(read(source_of(ARCHIVES[name](tmp_path)), LIMITS, only=only)) == []


def test_a_place_inside_of_a_record_is_a_lost_stretch(tmp_path: Path) -> None:
    (lost,) = read(source_of(ARCHIVES["plain.warc"](tmp_path)), LIMITS, only={"17"})
    assert (isinstance(lost, Rejected), brief([lost])) == (True, ["corrupt!"])


def test_the_page_of_a_file_is_the_record_none(tmp_path: Path) -> None:
    path = written(tmp_path / "a.html", html())
    assert list(read(source_of(path), LIMITS, only={None})) == items(path)


def test_what_a_metadata_record_behind_the_page_says_comes_with_it(tmp_path: Path) -> None:
    note = record(
        b'{"author": "Ada Ferrymann"}',
        "WARC-Refers-To: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        type_="metadata",
        kind="application/json",
    )
    path = written(tmp_path / "a.warc", stories(1)[0], note, *stories(3))
    (page,) = (item for item in read(source_of(path), LIMITS, only={"0"}))
    assert (isinstance(page, Page), page == items(path)[0]) == (True, True)
