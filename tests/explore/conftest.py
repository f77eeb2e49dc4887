"""The bundled samples in a SQLite file, and `news-etl explore` on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from etl.cli.exits import Exit
from etl.job import load_sources
from etl.settings import Settings
from tests.databases import SqliteFiles
from tests.explore.exploring import Explored
from tests.test_cli import ROOT


@pytest.fixture(scope="module")
def database(sqlite_files: SqliteFiles) -> Path:
    """The bundled samples in a SQLite file."""
    url = sqlite_files.empty()
    load_sources(Settings(database=url, in_process=True), [str(ROOT / "samples")], command="test")
    return Path(make_url(url).database or "")


@pytest.fixture(scope="module")
def explored(database: Path) -> Iterator[Explored]:
    """One server for all questions."""
    running = Explored(database)
    yield running
    status, errors = running.stop()
    assert (status, "Traceback" in errors) == (Exit.DONE, False)
