"""From arguments to files."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from etl.errors import UsageError
from etl.extract import Limits, find_sources, read
from etl.records import Page, Source, SourceKind
from tests.extract.building import html, record, written

PAGE = html()


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as people have them, the current one."""
    for name in ("b.html", "a.html", "sub/c.htm", "sub/deep/d.txt", "no-suffix", "x.warc"):
        written(tmp_path / name, record(PAGE) if name.endswith("warc") else PAGE)
    for name in (".hidden.html", ".git/e.html", "a.json", "b.meta.json", "orphan.meta.json", "sub/c.htm.json"):
        written(tmp_path / name, b"{}")
    for name in ("a_files/frame.html", "style.css", "logo.PNG", "hts-cache/new.html", "hts-log.txt", "x.warc.sha256"):
        written(tmp_path / name, PAGE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(folder: Path, *arguments: str, stdin: str = "") -> list[str]:
    found = find_sources(arguments, stdin=io.StringIO(stdin))
    return [os.path.relpath(source.uri, folder) for source in found]


EVERYTHING = ["a.html", "b.html", "no-suffix", "sub/c.htm", "sub/deep/d.txt", "x.warc"]


def test_folder_gives_all_below_it_sorted_without_hidden_files_sidecars_and_companions(tree: Path) -> None:
    assert names(tree, ".") == EVERYTHING


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["b.html", "a.html"], ["b.html", "a.html"]),
        (["b.html", ".", "b.html", "./sub/../b.html"], ["b.html", "a.html", *EVERYTHING[2:]]),
        (["*.html"], ["a.html", "b.html"]),
        (["*"], EVERYTHING),
        (["**/*.htm"], ["sub/c.htm"]),
        (["**"], EVERYTHING),
        (["su[b]"], ["sub/c.htm", "sub/deep/d.txt"]),
        ([".hidden.html"], [".hidden.html"]),
        (["style.css"], ["style.css"]),
        (["a.html", "a.json"], ["a.html"]),
    ],
)
def test_order_is_that_of_the_arguments_and_nothing_comes_twice(tree: Path, arguments: list[str], expected: list[str]) -> None:
    assert names(tree, *arguments) == expected


def test_lists_name_sources_one_a_line(tree: Path) -> None:
    written(tree / "list.txt", "\ufeff# sources\n\nb.html\n  sub  \n*.warc\n".encode())
    expected = ["b.html", "sub/c.htm", "sub/deep/d.txt", "x.warc"]
    assert names(tree, "@list.txt") == expected
    assert names(tree, "-", stdin="b.html\r\nsub\n*.warc") == expected


def test_path_with_signs_of_a_glob_is_a_path_first(tree: Path) -> None:
    written(tree / "odd[1]*.html", PAGE)
    written(tree / "@odd.html", PAGE)
    assert names(tree, "odd[1]*.html", "@odd.html") == ["odd[1]*.html", "@odd.html"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["a.html", "missing.html"], "missing.html: there is no such file or folder."),
        (["*.nothing"], "*.nothing: no page or archive matches this pattern."),
        (["empty"], "empty: no page or archive is in this folder."),
        (["@missing.txt"], "@missing.txt: the list of sources cannot be read (No such file or directory)."),
        (["@bad.txt"], "missing.html (named in bad.txt): there is no such file or folder."),
        (["-"], "missing.html (named in standard input): there is no such file or folder."),
        (["pipe"], "pipe: this is neither a file nor a folder."),
        (["a.json", "@comments.txt"], "a.json, @comments.txt: no page or archive is named here."),
    ],
)
def test_argument_that_names_nothing_is_refused_before_anything_is_read(tree: Path, arguments: list[str], problem: str) -> None:
    (tree / "empty").mkdir()
    os.mkfifo(tree / "pipe")
    written(tree / "bad.txt", b"a.html\nmissing.html\n")
    written(tree / "comments.txt", b"# nothing\n")
    with pytest.raises(UsageError) as caught:
        next(find_sources(arguments, stdin=io.StringIO("a.html\nmissing.html")))
    assert str(caught.value) == problem


def test_source_tells_kind_size_and_time(tree: Path) -> None:
    os.utime(tree / "x.warc", (1_700_000_000, 1_700_000_000))
    (found,) = find_sources(["x.warc"])
    assert (found.kind, found.uri, found.size) == (SourceKind.WARC, str(tree / "x.warc"), len(record(PAGE)))
    assert found.modified_at is not None
    assert found.modified_at.isoformat() == "2023-11-14T22:13:20+00:00"


def test_links_are_followed_once(tree: Path) -> None:
    (tree / "link.html").symlink_to("a.html")
    (tree / "loop").symlink_to(".")
    (tree / "broken.html").symlink_to("nowhere")
    assert names(tree, ".") == EVERYTHING


def test_broken_link_that_is_named_is_unreadable(tree: Path) -> None:
    (tree / "broken.html").symlink_to("nowhere")
    (source,) = find_sources(["broken.html"])
    (found,) = read(source, Limits())
    assert not isinstance(found, Page)


def test_name_that_is_not_utf8_is_read_and_written_as_storable_text(tree: Path) -> None:
    raw = os.fsencode(tree) + b"/odd\xe9.html"
    with open(raw, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(PAGE)
    (source,) = find_sources(["odd*"])
    assert source.uri == f"{tree}/odd\\xe9.html"
    (found,) = read(source, Limits())
    assert isinstance(found, Page)
    assert (found.source, found.content) == (source.uri, PAGE)


def test_folder_that_cannot_be_listed_is_left_out(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("deep"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert names(tree, ".") == [name for name in EVERYTHING if "deep" not in name]


def test_source_is_read_as_it_is_now(tree: Path) -> None:
    path = tree / "new.warc"
    (source,) = find_sources([str(written(path, b""))])
    written(path, record(PAGE), record(PAGE))
    assert [type(item) for item in read(source, Limits())] == [Page, Page]
    assert [type(item) for item in read(Source(kind=SourceKind.WARC, uri=str(path)), Limits())] == [Page, Page]
