"""Pages of the report for its tests."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, make_url

from etl.load.engine import open_engine, reading
from etl.report import report, settle
from tests.databases import SqliteFiles
from tests.report.newsroom import fill


def written(engine: Engine, **asked: Any) -> str:
    """The report on a database, as on the day after the newsroom's last one."""
    given: dict[str, Any] = {"since": None, "until": None, "zone": ZoneInfo("UTC"), "today": dt.date(2024, 5, 10)} | asked
    with reading(engine) as connection:
        return report(connection, settle(connection, **given))


@pytest.fixture(scope="session")
def filled(sqlite_files: SqliteFiles) -> Path:
    """A SQLite file with the invented newspapers, to be copied."""
    url = sqlite_files.current()
    engine = open_engine(url)
    fill(engine)
    engine.dispose()
    return Path(make_url(url).database or "")


@pytest.fixture
def newsroom(filled: Path, tmp_path: Path) -> Iterator[Engine]:
    """A database of the invented newspapers, for one test."""
    shutil.copyfile(filled, tmp_path / "newsroom.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'newsroom.db'}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def newsroom_page(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the invented newspapers, as a file."""
    engine = open_engine(f"sqlite:///{filled}")
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(written(engine), "utf-8")
    engine.dispose()
    return file


@pytest.fixture(scope="module")
def empty_page(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on a database without rows, as a file."""
    engine = open_engine(sqlite_files.current())
    file = tmp_path_factory.mktemp("report") / "empty.html"
    file.write_text(written(engine), "utf-8")
    engine.dispose()
    return file
