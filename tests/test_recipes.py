"""The queries of docs/: each runs on both databases and gives the same rows, those that the page prints."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from etl.load.engine import open_engine, reading
from etl.pipeline import load_sources
from etl.settings import Settings
from tests.databases import Databases

ROOT = Path(__file__).parents[1]
_SQL = re.compile(r"```sql\n(.*?)```\n\n(\|.*?)\n\n", re.S)
RECIPES = [
    pytest.param(sql, table, id=f"{page.stem}-{number}")
    for page in sorted((ROOT / "docs").glob("*.md"))
    for number, (sql, table) in enumerate(_SQL.findall(page.read_text("utf-8")), 1)
]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def samples(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The bundled samples, loaded."""
    databases: Databases = request.getfixturevalue("sqlite_files" if request.param == "sqlite" else "postgres")
    url = databases.empty()
    load_sources(Settings(database=url, in_process=True), [str(ROOT / "samples")], command="test")
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(("sql", "table"), RECIPES)
def test_a_documented_query_gives_the_printed_rows(samples: Engine, sql: str, table: str) -> None:
    with reading(samples) as connection:
        result = connection.exec_driver_sql(sql.replace("%", "%%") if samples.dialect.name == "postgresql" else sql)
        rows = [tuple(_cell(value) for value in row) for row in result]
    printed = [tuple(re.split(r"(?<!\\)\|", line.strip("|").strip())) for line in table.splitlines()[2:]]
    assert rows == [tuple(cell.strip() for cell in row) for row in printed]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    return str(value).replace("|", "\\|").replace("\n", " ")
