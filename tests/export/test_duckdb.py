"""The DuckDB session of docs/export.md gives the rows that the page prints; the columns have their types."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.export.formats import make_format
from etl.export.job import export
from etl.export.options import FormatName
from etl.export.selection import Selection
from tests.test_recipes import ROOT, cell, printed_queries

SESSION = printed_queries(ROOT / "docs" / "export.md")


@pytest.fixture(scope="module")
def folder(whole_samples: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `exported/` is: the samples, in Parquet."""
    made = tmp_path_factory.mktemp("duckdb")
    parquet = make_format(FormatName.PARQUET)
    export(whole_samples, made / "exported", parquet, Selection(), now=lambda: dt.datetime.now(dt.UTC))
    return made


def ask(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(config={"file_search_path": str(folder)}) as connection:
        return connection.execute(sql).fetchall()


@pytest.mark.parametrize(("sql", "printed"), SESSION)
def test_the_documented_session_gives_the_printed_rows(folder: Path, sql: str, printed: list[tuple[str, ...]]) -> None:
    assert [tuple(cell(value) for value in row) for row in ask(folder, sql)] == printed


def test_the_session_is_there() -> None:
    assert len(SESSION) == 3


def test_the_columns_have_the_types_of_what_they_hold(folder: Path) -> None:
    found = ask(folder, "DESCRIBE SELECT * FROM read_parquet('exported/articles/*/*.parquet', hive_partitioning = true)")
    types = {row[0]: row[1] for row in found}
    wanted = ("published_at", "published_date", "word_count", "title", "key_sha256", "published_month")
    expected = ["TIMESTAMP WITH TIME ZONE", "DATE", "BIGINT", "VARCHAR", "BLOB", "VARCHAR"]
    assert [types[name] for name in wanted] == expected
