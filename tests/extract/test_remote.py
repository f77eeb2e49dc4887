"""Files on other machines: fsspec's own memory, and a real web server with ranges, without, and with faults."""

from __future__ import annotations

import datetime as dt
import gzip
import sys
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import fsspec
import pytest
from sqlalchemy import Engine

from etl.cli.exits import Exit
from etl.config import FilesSource
from etl.errors import UsageError
from etl.extract import Limits, find_sources, read
from etl.extract.remote import _address, _instant
from etl.hiding import hidden
from etl.job import Report
from etl.nightly import run_sources
from etl.records import Page, Reason, Rejected
from etl.settings import Settings
from tests.extract.building import address, brief, html, stories
from tests.load.loading import rows
from tests.pages import story as news
from tests.servers import Answer, Server, http_server
from tests.test_cli import run

WARC = b"".join(map(gzip.compress, stories(8)))
MOMENT = dt.datetime(2024, 5, 1, 10, tzinfo=dt.UTC)
ALL = [address(number) for number in range(8)]


@pytest.fixture
def server() -> Iterator[Server]:
    with http_server() as server:
        yield server
    fsspec.filesystem("http").clear_instance_cache()


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    files = fsspec.filesystem("memory")
    files.store.clear()
    yield files
    files.store.clear()


def found(*arguments: str) -> list[str]:
    """What the arguments come to."""
    return [word for source in find_sources(arguments) for word in brief(read(source, Limits()))]


def test_folders_globs_and_files_are_read_as_on_this_machine(memory: fsspec.AbstractFileSystem) -> None:
    for name, content in {
        "/bucket/a.warc.gz": WARC,
        "/bucket/saved/b.html": html(1),
        "/bucket/saved/b.html.json": b'{"url": "https://example.com/b"}',
        "/bucket/saved/b_files/frame.html": html(2),
        "/bucket/saved/style.css": b"p {}",
        "/bucket/.hidden/c.html": html(3),
    }.items():
        memory.pipe(name, content)
    assert found("memory://bucket") == [*ALL, "https://example.com/b"]
    assert found("memory://bucket/*.warc.gz") == ALL
    assert found("memory://bucket/saved/*.html", "memory://bucket/saved/b.html") == ["https://example.com/b"]
    assert found("memory://bucket/.hidden/*.html") == ["c.html"]


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize("size", [True, False])
def test_an_archive_of_a_web_server_is_read_with_ranges_and_without(server: Server, ranges: bool, size: bool) -> None:
    server.file("/a.warc.gz?key=1", WARC, etag='"1"', ranges=ranges)
    if not size:
        whole = server.routes["/a.warc.gz?key=1"]
        server.routes["/a.warc.gz?key=1"] = lambda request: Answer(status=405) if request.method == "HEAD" else whole(request)  # type: ignore[operator]
    assert found(f"{server.url}/a.warc.gz?key=1") == ALL


@pytest.mark.parametrize("ranges", [True, False])
def test_a_zip_is_read_from_its_end(server: Server, ranges: bool) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.html", html(1))
    server.file("/a.zip", packed.getvalue(), etag='"1"', ranges=ranges)
    assert found(f"{server.url}/a.zip") == ["a.zip"]


def test_a_glob_over_the_links_of_a_web_server(server: Server) -> None:
    server.page("/pages/", "<a href='a.html'>a</a> <a href='b.html'>b</a> <a href='c.css'>c</a>")
    for name in "ab":
        server.file(f"/pages/{name}.html", html(1), etag=f'"{name}"')
    sources = list(find_sources([f"{server.url}/pages/*.html"]))
    assert [(source.uri.rpartition("/")[2], source.size, source.etag) for source in sources] == [
        ("a.html", len(html(1)), '"a"'),
        ("b.html", len(html(1)), '"b"'),
    ]
    assert found(f"{server.url}/pages/*.html") == ["a.html", "b.html"]


@pytest.mark.parametrize("ranges", [True, False])
def test_an_archive_that_breaks_off_gives_what_came_and_says_so(server: Server, ranges: bool) -> None:
    long = b"".join(map(gzip.compress, stories(150)))
    server.file("/a.warc.gz", long, etag='"1"', ranges=ranges, breaks_at=len(long) // 2)
    (source,) = find_sources([f"{server.url}/a.warc.gz"])
    items = list(read(source, Limits()))
    last = items[-1]
    assert isinstance(last, Rejected)
    assert (last.reason, last.source_damaged, "cannot be read" in last.message) == (Reason.UNREADABLE, True, True)
    assert brief(items[:-1]) == [address(number) for number in range(len(items) - 1)]
    assert len(items) > 20 or not ranges  # without ranges, what came may be lost with the connection


def test_a_file_that_disappears_is_one_rejection(server: Server) -> None:
    server.file("/a.warc.gz", WARC, etag='"1"')
    (source,) = find_sources([f"{server.url}/a.warc.gz"])
    del server.routes["/a.warc.gz"]
    (item,) = read(source, Limits())
    assert isinstance(item, Rejected)
    assert (item.reason, item.message) == (Reason.UNREADABLE, "It cannot be read: it is not there.")


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        ("{url}/gone.warc.gz", "no page or archive is there"),
        ("{url}/*.warc.gz", "no page or archive is there"),
        ("memory://nowhere/*.html", "no page or archive is there"),
        ("http://127.0.0.1:9/a.html", "it cannot be reached"),
        ("gopher://example.org/a", "nothing is read by gopher://"),
    ],
)
def test_an_address_that_names_nothing_is_told_at_once(server: Server, argument: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        list(find_sources([argument.format(url=server.url)]))


@pytest.mark.parametrize(("module", "argument"), [("fsspec", "https://example.org/a"), ("s3fs", "s3://bucket/a.warc.gz")])
def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch, module: str, argument: str) -> None:
    for name in [module, *(name for name in sys.modules if name.startswith(f"{module}."))]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError, match=r"need the extra 'remote' .* pip install 'news-etl\[remote\]'"):
        list(find_sources([argument]))


def test_passwords_and_signatures_stand_nowhere(server: Server) -> None:
    server.file("/a.warc.gz?X-Amz-Signature=hunter2&v=1", WARC, etag='"1"')
    with_secrets = server.url.replace("://", "://me:hunter2@") + "/a.warc.gz?X-Amz-Signature=hunter2&v=1"
    (source,) = find_sources([with_secrets])
    pages = list(read(source, Limits()))
    assert (brief(pages), "hunter2" in repr((source, pages))) == (ALL, False)
    assert source.uri == server.url.replace("://", "://me:***@") + "/a.warc.gz?X-Amz-Signature=***&v=1"
    with pytest.raises(UsageError) as told:
        list(find_sources([with_secrets.replace("a.warc", "b.warc")]))
    assert "hunter2" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("sftp://me:secret@host/a and sftp://you@host/b", "sftp://me:***@host/a and sftp://you@host/b"),
        ("https://host/a?sig=1234&v=2#top", "https://host/a?sig=***&v=2#top"),
        ("https://host/a?design=1", "https://host/a?design=1"),
        ("mail me@example.org: hello", "mail me@example.org: hello"),
    ],
)
def test_what_is_hidden(text: str, shown: str) -> None:
    assert hidden(text) == shown


@pytest.mark.parametrize(
    ("name", "argument", "expected"),
    [
        ("bucket/a/b.html", "s3://bucket/a/*", "s3://bucket/a/b.html"),
        ("/a/b.html", "sftp://me:x@host/a/*", "sftp://me:x@host/a/b.html"),
        ("box/a/b.html", "abfs://box@account.example/a/*", "abfs://box@account.example/a/b.html"),
        ("https://host/a/b.html", "https://host/a/*", "https://host/a/b.html"),
        ("/a/b.html", "file:///a/*", "file:///a/b.html"),
    ],
)
def test_the_address_of_what_a_glob_finds(name: str, argument: str, expected: str) -> None:
    assert _address(name, argument) == expected


@pytest.mark.parametrize("value", ["Wed, 01 May 2024 10:00:00 GMT", "2024-05-01T10:00:00Z", 1714557600, MOMENT])
def test_times_of_all_storages(value: object) -> None:
    assert _instant(value) == MOMENT
    assert _instant("soon") is None


def nightly(database: Engine, *paths: str) -> Report:
    settings = Settings(database=database.url.render_as_string(hide_password=False), in_process=True, skip_done=True)
    return run_sources(settings, [FilesSource(name="far", kind="files", paths=paths)], command="test")


def test_the_next_night_reads_only_what_has_changed(sqlite_database: Engine, server: Server) -> None:
    for number in (1, 2):
        server.file(f"/{number}.html", news(number).encode(), etag=f'"{number}"')
    paths = [f"{server.url}/{number}.html" for number in (1, 2)]
    first = nightly(sqlite_database, *paths)
    fsspec.filesystem("http").clear_instance_cache()
    server.requests.clear()
    second = nightly(sqlite_database, *paths)
    assert (dict(first.progress.pages), second.progress.sources_skipped) == ({"loaded": 2}, 2)
    assert {request.method for request in server.requests} == {"HEAD"}
    server.file("/2.html", news(2).encode()[:-1] + b"\n", etag='"2b"')  # of the same length
    third = nightly(sqlite_database, *paths)
    assert (dict(third.progress.pages), third.progress.sources_skipped) == ({"unchanged": 1}, 1)


def test_what_broke_off_is_read_again_by_the_next_night(sqlite_database: Engine, server: Server) -> None:
    lines = "".join(f'{{"url": "https://news.example/{n}", "html": {html_of(n)}}}\n' for n in range(40)).encode()
    server.file("/a.jsonl", lines, etag='"1"', ranges=False, breaks_at=len(lines) // 2)
    first = nightly(sqlite_database, f"{server.url}/a.jsonl")
    state = "SELECT state, last_record, error LIKE '%cannot be read%' FROM source_files"
    assert (rows(sqlite_database, state), len(first.progress.incomplete)) == ([("incomplete", None, 1)], 1)
    server.file("/a.jsonl", lines, etag='"1"')
    second = nightly(sqlite_database, f"{server.url}/a.jsonl")
    assert (rows(sqlite_database, "SELECT count(*) FROM articles"), second.progress.incomplete) == ([(40,)], [])
    assert rows(sqlite_database, "SELECT state FROM source_files") == [("done",)]


def html_of(number: int) -> str:
    import json

    return json.dumps(news(number))


def test_an_address_is_loaded_as_a_file_is_and_its_password_stands_nowhere(server: Server, tmp_path: Path) -> None:
    server.file("/a.html", news(1).encode(), etag='"1"')
    secret = server.url.replace("://", "://me:hunter2@")
    (tmp_path / "list.txt").write_text(f"{secret}/a.html\n", "utf-8")
    config = f'[[sources]]\nname = "far"\nkind = "files"\npaths = ["{secret}/a.html", "{secret}/gone.html"]\n'
    (tmp_path / "news-etl.toml").write_text(config, "utf-8")
    done = run("load", "@list.txt", "--verbose", cwd=tmp_path)
    assert (done.returncode, "1 loaded" in done.stdout) == (Exit.DONE, True)
    failed = run("run", "--verbose", cwd=tmp_path)
    assert (failed.returncode, "/gone.html: no page or archive is there" in failed.stdout) == (Exit.SOURCE_FAILED, True)
    told = [done.stdout, done.stderr, failed.stdout, failed.stderr, run("config", "show", cwd=tmp_path).stdout]
    kept = (tmp_path / "news.db").read_bytes() + b"".join(file.read_bytes() for file in tmp_path.glob("news.db-*"))
    assert ("hunter2" in "".join(told), b"hunter2" in kept, b"me:***@" in kept) == (False, False, True)


def test_a_rejected_page_of_a_remote_file_is_read_again(server: Server, tmp_path: Path) -> None:
    server.file("/a.html", b"<html><title>T</title></html>", etag='"1"')
    first = run("load", f"{server.url}/a.html", "--in-process", cwd=tmp_path)
    server.file("/a.html", news(1).encode(), etag='"2"')
    again = run("retry", "--in-process", cwd=tmp_path)
    assert ("1 rejected" in first.stdout, "1 loaded" in again.stdout) == (True, True)


def test_pages_of_a_remote_file_carry_no_path_of_this_machine(memory: fsspec.AbstractFileSystem, tmp_path: Path) -> None:
    memory.pipe("/bucket/a.html", html(1))
    (source,) = find_sources(["memory://bucket/a.html"])
    (page,) = read(source, Limits())
    assert isinstance(page, Page)
    assert page.source == "memory://bucket/a.html"
