"""Which configured source a file belongs to, by the publisher that it names."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.attribution import publisher_of
from etl.config import AnySource, Fetch, FilesSource, UrlsSource


def files(publisher: str | None, *paths: str) -> FilesSource:
    return FilesSource(name=publisher or "none", kind="files", paths=paths, publisher=publisher)


@pytest.mark.parametrize(
    ("uri", "publisher"),
    [
        ("/spool/the%20post/20240501.warc.gz", "post.example"),
        ("/spool/other/20240501.warc.gz", None),
        ("/spool/the%20post.warc.gz", None),
        ("/archive/gazette/2024/a.warc.gz", "gazette.example"),
        ("/archive/gazette2/a.warc.gz", None),
        ("/archive/one.zip", "herald.example"),
        ("/archive/one.zip.bak", None),
        ("/news/2024-05-01.warc.gz", "times.example"),
        ("/news/2023-05-01.warc.gz", None),
        ("s3://bucket/a.warc.gz", "sun.example"),
        ("s3://bucket2/a.warc.gz", None),
        ("/unnamed/a.html", None),
    ],
)
def test_a_file_is_of_the_publisher_whose_source_names_it(uri: str, publisher: str | None) -> None:
    post = UrlsSource(name="the post", kind="urls", urls=("https://post.example/",), publisher="post.example")
    sources: list[AnySource] = [
        post,
        files("gazette.example", "/archive/gazette"),
        files("herald.example", "/archive/one.zip"),
        files("times.example", "/news/2024-*.warc.gz"),
        files("sun.example", "s3://bucket/*.warc.gz"),
        files(None, "/unnamed"),
    ]
    assert publisher_of(sources, Fetch(spool="/spool"))(uri) == publisher


def test_a_list_names_its_files_and_one_that_is_gone_names_nothing(tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<p>A page.</p>", "utf-8")
    (tmp_path / "list.txt").write_text(f"{page}\n", "utf-8")
    of = publisher_of([files("gone.example", "@/no/list"), files("gazette.example", f"@{tmp_path}/list.txt")], Fetch())
    assert (of(str(page)), of(str(tmp_path / "b.html"))) == ("gazette.example", None)
