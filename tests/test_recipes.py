"""The queries of docs/: each runs on both databases and gives the same rows, those that the page prints."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from etl.job import load_sources
from etl.load.engine import open_engine, reading
from etl.load.queries import ask
from etl.recipes import PAGES, every_recipe, recipes
from etl.settings import Settings
from tests.databases import Databases

ROOT = Path(__file__).parents[1]
_SQL = re.compile(r"```sql\n(.*?)```\n\n(\|.*?)\n\n", re.S)


def printed_queries(page: Path) -> list[Any]:
    """The queries of a page and the rows that it prints under each, as parameters."""
    found = enumerate(_SQL.findall(page.read_text("utf-8")), 1)
    return [pytest.param(sql, _printed(table), id=f"{page.stem}-{number}") for number, (sql, table) in found]


def _printed(table: str) -> list[tuple[str, ...]]:
    rows = [re.split(r"(?<!\\)\|", line.removeprefix("|").removesuffix("|")) for line in table.splitlines()[2:]]
    return [tuple(each.strip() for each in row) for row in rows]


_PAGES = [page for page in sorted((ROOT / "docs").glob("*.md")) if page.stem != "export"]  # that is DuckDB's
RECIPES = [query for page in _PAGES for query in printed_queries(page)]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def samples(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """The bundled samples, loaded."""
    databases: Databases = request.getfixturevalue("sqlite_files" if request.param == "sqlite" else "postgres")
    url = databases.empty()
    load_sources(Settings(database=url, in_process=True), [str(ROOT / "samples")], command="test")
    engine = open_engine(url)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(("sql", "printed"), RECIPES)
def test_a_documented_query_gives_the_printed_rows(samples: Engine, sql: str, printed: list[tuple[str, ...]]) -> None:
    with reading(samples) as connection:
        _, found = ask(connection, sql)
    assert [tuple(cell(value) for value in row.values()) for row in found] == printed


def test_every_query_of_the_catalogue_is_documented_under_its_own_name() -> None:
    documented = {str(parameters.values[0]).strip() for parameters in RECIPES}
    assert [recipe.name for recipe in every_recipe() if recipe.sql not in documented] == []
    names = [recipe.name for recipe in every_recipe()]
    assert sorted(set(names)) == sorted(names)


def test_nothing_of_the_catalogue_is_passed_over() -> None:
    files = [ROOT / "etl" / "recipes" / f"{page}.sql" for page in PAGES]
    assert [len(recipes(page)) for page in PAGES] == [file.read_text("utf-8").count("-- ## ") for file in files]


def cell(value: Any) -> str:
    """A value as the pages print it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat() if value.tzinfo else str(value)
    return str(value).replace("|", "\\|").replace("\n", " ")
