"""Pages of the report for its tests."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from etl.load.engine import open_engine, reading
from etl.report import report, settle
from tests.databases import SqliteFiles
from tests.report.newsroom import fill


def written(engine: Engine, **asked: Any) -> str:
    """The report on a database, as on the day after the newsroom's last one."""
    given: dict[str, Any] = {"since": None, "until": None, "zone": ZoneInfo("UTC"), "today": dt.date(2024, 5, 10)} | asked
    with reading(engine) as connection:
        return report(connection, settle(connection, **given))


@pytest.fixture(scope="module")
def newsroom_page(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the invented newspapers, as a file."""
    engine = open_engine(sqlite_files.current())
    fill(engine)
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
