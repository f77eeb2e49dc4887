"""Many rows into PostgreSQL: by COPY and merges where the user may, else row by row; faults are those of other statements."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from etl.load.copying import COPIED
from etl.load.engine import open_engine, reading, writing
from etl.load.models import publishers
from etl.load.statements import add, change, upsert
from tests.databases import PostgresServer
from tests.factories import article
from tests.load.loading import load, rows

MANY = 2 * COPIED


def some(number: int, name: str | None = None) -> list[dict[str, Any]]:
    """Publishers' rows."""
    return [{"id": n, "domain": f"site{n}.example", "name": name} for n in range(1, number + 1)]


@pytest.mark.parametrize("number", [1, COPIED - 1, COPIED, MANY])
def test_rows_are_added_changed_and_merged_however_many_they_are(database: Engine, number: int) -> None:
    with writing(database) as connection:
        add(connection, publishers, some(number))
        change(connection, publishers, [{"id": row["id"], "name": "changed"} for row in some(number)])
        upsert(connection, publishers, some(number + 1, name="merged \0\ud800 – 'all'\t\n\\."))
        upsert(connection, publishers, some(number + 2, name="again"))
        upsert(connection, publishers, some(2, name=None))
    expected = [(n, f"site{n}.example", None if n <= 2 else "again") for n in range(1, number + 3)]
    assert rows(database, "SELECT id, domain, name FROM publishers ORDER BY id") == expected


def test_signs_that_copy_itself_uses_are_stored_as_they_are(database: Engine) -> None:
    name = "a\tb\nc\\d\\N \\. „e“ é 漢"
    with writing(database) as connection:
        add(connection, publishers, some(MANY, name=name))
    assert rows(database, "SELECT DISTINCT name FROM publishers") == [(name,)]


def test_a_row_that_is_there_already_is_the_fault_of_the_row(database: Engine) -> None:
    with writing(database) as connection:
        add(connection, publishers, some(MANY))
    with pytest.raises(IntegrityError), writing(database) as connection:
        add(connection, publishers, some(MANY))
    assert rows(database, "SELECT count(*) FROM publishers") == [(MANY,)]


def test_a_lost_connection_is_not_the_fault_of_a_row(postgres: PostgresServer) -> None:
    engine = open_engine(postgres.current())
    with engine.connect() as connection:
        victim = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": victim})
        with pytest.raises(DBAPIError) as caught:
            add(connection, publishers, some(MANY))
        assert caught.value.connection_invalidated
    engine.dispose()


def test_a_user_without_temporary_tables_loads_and_updates_as_others_do(postgres: PostgresServer) -> None:
    engine = open_engine(postgres.current())
    with engine.begin() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f'REVOKE TEMPORARY ON DATABASE "{name}" FROM PUBLIC'))
        connection.execute(text("CREATE ROLE loader LOGIN"))
        for kind in ("TABLES", "SEQUENCES"):
            connection.execute(text(f"GRANT ALL ON ALL {kind} IN SCHEMA public TO loader"))
    loader = open_engine(engine.url.set(username="loader", password="").render_as_string(hide_password=False))
    try:
        articles = [article(f"https://gazette.example/{n}") for n in range(MANY)]
        assert load(loader, *articles) == ["loaded"] * MANY
        changed = [article(f"https://gazette.example/{n}", title="Another") for n in range(MANY)]
        assert set(load(loader, *changed, version="v2")) <= {"updated", "superseded", "loaded"}
        assert rows(loader, "SELECT DISTINCT count(*) FROM articles") == [(MANY,)]
    finally:
        loader.dispose()
        with engine.begin() as connection:
            connection.execute(text("DROP OWNED BY loader"))
            connection.execute(text("DROP ROLE loader"))
        engine.dispose()


def test_nothing_is_left_of_a_merge(postgres: PostgresServer) -> None:
    engine = open_engine(postgres.current())
    with writing(engine) as connection:
        upsert(connection, publishers, some(MANY))
    with reading(engine) as connection:
        left = connection.execute(text("SELECT count(*) FROM pg_class WHERE relname LIKE 'incoming%'")).scalar_one()
    engine.dispose()
    assert left == 0
