"""The bundled samples, a capture in the form of the Jerusalem Post's among them, give the same content on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from etl.job import load_sources
from etl.load.engine import open_engine
from etl.settings import Settings
from tests.databases import Databases, PostgresServer, SqliteFiles, content

SAMPLES = Path(__file__).parents[1] / "samples"


def loaded(databases: Databases) -> dict[str, list[tuple[Any, ...]]]:
    url = databases.empty()
    load_sources(Settings(database=url, in_process=True), [str(SAMPLES)], command="test")
    engine = open_engine(url)
    try:
        return content(engine)
    finally:
        engine.dispose()


def test_samples_give_the_same_content_on_sqlite_and_postgresql(sqlite_files: SqliteFiles, postgres: PostgresServer) -> None:
    on_sqlite, on_postgresql = loaded(sqlite_files), loaded(postgres)
    assert len(on_sqlite["articles"]) > 12
    assert on_sqlite == on_postgresql
