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
from etl.load.queries import ask
from etl.pipeline import load_sources
from etl.recipes import PAGES, every_recipe, recipes
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
        _, found = ask(connection, sql)
    rows = [tuple(_cell(value) for value in row.values()) for row in found]
    printed = [tuple(re.split(r"(?<!\\)\|", line.strip("|").strip())) for line in table.splitlines()[2:]]
    assert rows == [tuple(cell.strip() for cell in row) for row in printed]


def test_every_query_of_the_catalogue_is_documented_under_its_own_name() -> None:
    documented = {str(parameters.values[0]).strip() for parameters in RECIPES}
    assert [recipe.name for recipe in every_recipe() if recipe.sql not in documented] == []
    names = [recipe.name for recipe in every_recipe()]
    assert sorted(set(names)) == sorted(names)


def test_nothing_of_the_catalogue_is_passed_over() -> None:
    files = [ROOT / "etl" / "recipes" / f"{page}.sql" for page in PAGES]
    assert [len(recipes(page)) for page in PAGES] == [file.read_text("utf-8").count("-- ## ") for file in files]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat() if value.tzinfo else str(value)
    return str(value).replace("|", "\\|").replace("\n", " ")
