"""Opening databases, and how transactions behave on them."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from etl.errors import DatabaseError
from etl.load.engine import on_network, open_engine, reading, writing
from etl.load.schema import ensure_current
from tests.load.loading import rows


def message(url: str, **options: bool) -> str:
    with pytest.raises(DatabaseError) as raised:
        open_engine(url, **options)
    return str(raised.value)


def test_sqlite_files_are_opened_for_readers_beside_a_writer_and_with_checked_references(sqlite_database: Engine) -> None:
    pragmas = ("journal_mode", "foreign_keys", "synchronous")
    assert [rows(sqlite_database, f"PRAGMA {pragma}")[0][0] for pragma in pragmas] == ["wal", 1, 2]


def test_a_database_in_memory_works(tmp_path: Path) -> None:
    engine = open_engine("sqlite://")
    ensure_current(engine)
    assert rows(engine, "SELECT count(*) FROM articles") == [(0,)]
    engine.dispose()


@pytest.mark.parametrize("prefix", ["postgresql+psycopg", "postgresql", "postgres"])
def test_postgresql_is_reached_by_psycopg_whatever_the_usual_prefix(postgres: object, prefix: str) -> None:
    url = postgres.empty().replace("postgresql+psycopg", prefix)  # type: ignore[attr-defined]
    engine = open_engine(url)
    assert engine.dialect.driver == "psycopg"
    engine.dispose()


def test_a_database_that_has_to_be_there_is_not_created(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'news.db'}"
    assert message(url, must_exist=True) == f"{url}: there is no such database; `news-etl load` creates it"
    assert list(tmp_path.iterdir()) == []
    open_engine(url).dispose()
    open_engine(url, must_exist=True).dispose()


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/none/news.db"
    assert message(url) == f"{url}: there is no folder {tmp_path}/none; create it first"


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert message(f"sqlite:///{tmp_path}") == f"sqlite:///{tmp_path}: this is a folder; name a file in it"


def test_a_file_of_another_kind_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "news.db"
    file.write_text("not a database, " * 100)
    assert "the file is not a SQLite database; name another (file is not a database)" in message(f"sqlite:///{file}")
    assert file.read_text() == "not a database, " * 100


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("news.db", "database: not a database URL; expected sqlite:///FILE or postgresql://USER@HOST/NAME"),
        ("mysql://me:secret@host/news", "mysql://me:***@host/news: this kind of database is not supported"),
        ("postgresql+psycopg2://me:secret@host/news", "postgresql+psycopg2://me:***@host/news: this kind of database is not"),
    ],
)
def test_other_urls_are_refused_with_the_password_hidden(url: str, expected: str) -> None:
    assert message(url).startswith(expected)
    assert "secret" not in message(url)


def test_a_server_that_cannot_be_reached_is_told_with_the_password_hidden() -> None:
    told = message("postgresql://me:secret@127.0.0.1:1/news?connect_timeout=3")
    assert told.startswith("postgresql+psycopg://me:***@127.0.0.1:1/news?connect_timeout=3: connection failed")
    assert ("secret" in told, "\n" in told) == (False, False)


def test_a_database_that_is_not_on_the_server_is_told(postgres: object) -> None:
    url = postgres.empty() + "_none"  # type: ignore[attr-defined]
    url = url.replace("?", "_none?").removesuffix("_none")
    assert "does not exist" in message(url)


def test_without_the_driver_the_extra_is_named(tmp_path: Path) -> None:
    script = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from etl.errors import DatabaseError; from etl.load.engine import open_engine\n"
        "try: open_engine('postgresql://me:secret@host/news')\n"
        "except DatabaseError as error: print(error)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout == (
        "postgresql+psycopg://me:***@host/news: PostgreSQL needs the extra `postgresql`: pip install 'news-etl[postgresql]'\n"
    )


def test_a_transaction_is_whole_or_nothing_tables_included(empty_database: Engine) -> None:
    with contextlib.suppress(RuntimeError), writing(empty_database) as connection:
        connection.execute(text("CREATE TABLE t (a INTEGER)"))
        connection.execute(text("INSERT INTO t VALUES (1)"))
        raise RuntimeError
    with writing(empty_database) as connection:
        connection.execute(text("CREATE TABLE t (a INTEGER)"))
    assert rows(empty_database, "SELECT count(*) FROM t") == [(0,)]


def test_writers_that_read_first_take_turns(empty_database: Engine) -> None:
    with writing(empty_database) as connection:
        connection.execute(text("CREATE TABLE counter (value INTEGER)"))
        connection.execute(text("INSERT INTO counter VALUES (0)"))

    def count() -> None:
        for _ in range(25):
            with writing(empty_database) as connection:
                value = connection.execute(text("SELECT value FROM counter")).scalar_one()
                connection.execute(text("UPDATE counter SET value = :value"), {"value": value + 1})

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(empty_database, "SELECT value FROM counter") == [(100,)]


def test_a_reader_does_not_wait_for_a_writer(database: Engine) -> None:
    with writing(database) as connection:
        connection.execute(text("INSERT INTO tags (id, name, slug) VALUES (1, 'a', 'a')"))
        with reading(database) as other:
            assert other.execute(text("SELECT count(*) FROM tags")).scalar_one() == 0


def test_a_database_that_others_keep_locked_is_told(sqlite_database: Engine) -> None:
    holder = sqlite3.connect(sqlite_database.url.database or "", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    engine = open_engine(sqlite_database.url.update_query_dict({"timeout": "0.1"}).render_as_string())
    with pytest.raises(DatabaseError, match="another program keeps the database locked; try again"), writing(engine):
        pass
    engine.dispose()
    holder.close()


def test_a_file_that_may_only_be_read_is_read(sqlite_database: Engine) -> None:
    sqlite_database.dispose()
    engine = open_engine(f"sqlite:///file:{sqlite_database.url.database}?mode=ro&uri=true")
    assert rows(engine, "SELECT count(*) FROM articles") == [(0,)]
    with pytest.raises(DatabaseError, match="the file is read-only; check its permissions"), writing(engine) as connection:
        connection.execute(text("INSERT INTO tags (id, name, slug) VALUES (1, 'a', 'a')"))
    engine.dispose()


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("/home/me/news.db", False),
        ("/mnt/nas/news.db", True),
        ("/mnt/nas/local/news.db", False),
        ("/mnt/nasty/news.db", False),
        ("/mnt/my files/news.db", True),
        ("", False),
    ],
)
def test_files_on_network_file_systems_are_told_from_others(file: str, expected: bool) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\nnas:/share /mnt/nas nfs4 rw 0 0\n/dev/sdb1 /mnt/nas/local xfs rw 0 0\n"
        "me@host: /mnt/my\\040files fuse.sshfs rw 0 0\n\n"
    )
    assert on_network(file, mounts) is expected


def test_a_file_on_a_network_file_system_keeps_its_rollback_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.load.engine.on_network", lambda file: file.endswith("news.db"))
    engine = open_engine(f"sqlite:///{tmp_path / 'news.db'}")
    assert rows(engine, "PRAGMA journal_mode") == [("delete",)]
    engine.dispose()
