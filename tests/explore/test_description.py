"""What Datasette is told stands to the models, views and queries."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, inspect

from etl.explore.description import DATABASE, description, plain
from etl.load.models import metadata
from etl.recipes import every_recipe


def test_every_table_column_and_query_is_described() -> None:
    described = description()["databases"][DATABASE]
    for table in metadata.tables.values():
        assert described["tables"][table.name]["description"], table.name
        assert list(described["tables"][table.name]["columns"]) == [column.name for column in table.columns]
    assert sorted(query["sql"] for query in described["queries"].values()) == sorted(recipe.sql for recipe in every_recipe())


def test_no_query_hides_a_table_or_view(sqlite_database: Engine) -> None:
    inspector = inspect(sqlite_database)
    names = {*inspector.get_table_names(), *inspector.get_view_names()}
    assert names.isdisjoint(description()["databases"][DATABASE]["queries"])


def test_what_is_shown_first_names_columns_that_are_there(sqlite_database: Engine) -> None:
    tables = description()["databases"][DATABASE]["tables"]
    inspector = inspect(sqlite_database)
    for name, settings in tables.items():
        columns = {column["name"] for column in inspector.get_columns(name)}
        keys = ("sort", "sort_desc", "label_column", "fts_pk")
        named = {settings[key] for key in keys if key in settings} | set(settings.get("facets", ()))
        assert named <= columns, name


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("`reason_code` is the word ([all of them](reasons.md)).", "reason_code is the word (all of them)."),
        ("Nothing to change [here].", "Nothing to change [here]."),
    ],
)
def test_markdown_becomes_plain_text(markdown: str, text: str) -> None:
    assert plain(markdown) == text
