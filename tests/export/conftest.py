"""The bundled samples, loaded into a database of either kind, for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import update

from etl.job import load_sources
from etl.load.engine import open_engine, writing
from etl.load.models import articles
from etl.settings import Settings
from tests.databases import Databases

SAMPLES = Path(__file__).parents[2] / "samples"


def _loaded(databases: Databases) -> str:
    url = databases.empty()
    load_sources(Settings(database=url, in_process=True), [str(SAMPLES)], command="test")
    return url


@pytest.fixture(scope="module")
def whole_samples(request: pytest.FixtureRequest) -> str:
    """The URL of a SQLite file with the samples."""
    return _loaded(request.getfixturevalue("sqlite_files"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def samples(request: pytest.FixtureRequest) -> str:
    """The URL of a database with the samples; one article has lost its date."""
    url = _loaded(request.getfixturevalue("sqlite_files" if request.param == "sqlite" else "postgres"))
    engine = open_engine(url)
    with writing(engine) as connection:
        undated = {"published_at": None, "published_date": None, "published_precision": None}
        connection.execute(update(articles).where(articles.c.title.like("Divers%")).values(undated))
    engine.dispose()
    return url
