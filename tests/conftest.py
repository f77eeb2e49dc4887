"""Fixtures for every test: databases. A test that takes `database` runs twice, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from etl.load.engine import open_engine
from tests.browser import running_browser
from tests.databases import Databases, PostgresServer, SqliteFiles, postgres_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# How long an example takes says something of the machine, not of the code.
settings.register_profile("news-etl", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("news-etl")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """The PostgreSQL server of the test run."""
    with postgres_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    """The folder of SQLite files of the test run."""
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> Databases:
    """Makes databases of either kind."""
    made: Databases = request.getfixturevalue("sqlite_files" if request.param == "sqlite" else "postgres")
    return made


@pytest.fixture
def database(databases: Databases) -> Iterator[Engine]:
    """A database with the current schema and no rows."""
    engine = open_engine(databases.current())
    yield engine
    engine.dispose()


@pytest.fixture
def empty_database(databases: Databases) -> Iterator[Engine]:
    """A database without a schema."""
    engine = open_engine(databases.empty())
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_database(sqlite_files: SqliteFiles) -> Iterator[Engine]:
    """A SQLite database with the current schema and no rows, for what PostgreSQL has not."""
    engine = open_engine(sqlite_files.current())
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium, for the tests of one module: its event loop must not stand in the way of others. See `tests.browser`."""
    with running_browser() as running:
        yield running
