"""Migrations: from nothing to the models and back, whole or not at all, by one process at a time."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text
from sqlalchemy.schema import CreateIndex

from etl.errors import DatabaseError, SchemaTooNew
from etl.load import schema
from etl.load.columns import for_migrations
from etl.load.engine import open_engine, reading, writing
from etl.load.models import metadata
from tests.databases import Databases, SqliteFiles
from tests.factories import article
from tests.load.loading import load, rows
from tests.snapshot import migrated, statements

ROOT = Path(__file__).parents[2]
LATER = '''"""A later migration."""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "9999", "{head}", None, None
def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO extra VALUES (1)")
    {then}
def downgrade():
    op.drop_table("extra")
'''


COMPARED = {"compare_type": True, "compare_server_default": True, "include_name": schema.is_modelled}


def tables(engine: Engine) -> set[str]:
    """The tables, without the full-text index, which is no model's."""
    with reading(engine) as connection:
        return {name for name in inspect(connection).get_table_names() if schema.is_modelled(name, "table")}


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations with a further one, whose file is given: as of a newer news-etl."""
    folder = tmp_path / "migrations"
    shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / "versions" / "9999_later.py"
    file.write_text(LATER.format(head=schema.head_revision(), then="pass"))
    monkeypatch.setattr(schema, "migrations_folder", lambda: folder)
    return file


def test_the_schema_goes_up_down_and_up_again(empty_database: Engine) -> None:
    assert schema.current_revision(empty_database) is None
    schema.upgrade(empty_database)
    assert schema.current_revision(empty_database) == schema.head_revision()
    load(empty_database, article())
    schema.downgrade(empty_database, "base")
    assert (tables(empty_database), schema.current_revision(empty_database)) == ({"alembic_version"}, None)
    schema.upgrade(empty_database)
    assert tables(empty_database) == {*metadata.tables, "alembic_version"}
    assert load(empty_database, article()) == ["loaded"]


def test_a_new_sqlite_file_is_as_the_migrations_make_it_one_after_the_other(sqlite_files: SqliteFiles) -> None:
    """After a new migration `python -m tests.snapshot` renews the text; until then the migration runs after it."""
    engine = open_engine(sqlite_files.empty())
    schema.upgrade(engine)
    with reading(engine) as connection:
        assert statements(connection) == migrated()


def test_migrations_and_models_say_the_same(database: Engine) -> None:
    with reading(database) as connection:
        context = MigrationContext.configure(connection, opts=COMPARED)
        assert compare_metadata(context, for_migrations()) == []


def test_postgresql_has_the_kinds_of_indexes_that_the_models_name(postgres: Databases) -> None:
    said = {str(index.name): index for table in for_migrations().tables.values() for index in table.indexes if index.info}
    assert len(said) > 5
    engine = open_engine(postgres.current())
    with reading(engine) as connection:
        made = {str(row.indexname): str(row.indexdef) for row in connection.execute(text("SELECT * FROM pg_indexes"))}
    for name, index in said.items():
        modelled = str(CreateIndex(index).compile(engine))
        assert ("USING hash" in modelled, "WHERE" in modelled) == ("USING hash" in made[name], "WHERE" in made[name]), name
    engine.dispose()


def test_constraints_have_the_names_and_the_rules_that_the_models_give_them(database: Engine) -> None:
    with reading(database) as connection:
        found = inspect(connection)
        for table in metadata.tables.values():
            checks = {check["name"] for check in found.get_check_constraints(table.name)}
            named = {str(c.name) for c in table.constraints if type(c).__name__ == "CheckConstraint"}
            assert checks == {f"ck_{table.name}_{name.removeprefix(f'ck_{table.name}_')}" for name in named}
            assert found.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
            assert all(key["name"] for key in found.get_foreign_keys(table.name))


def test_postgresql_has_the_comments(postgres: Databases) -> None:
    engine = open_engine(postgres.current())
    with reading(engine) as connection:
        found = inspect(connection)
        stored = {name: found.get_table_comment(name)["text"] for name in metadata.tables}
        stored |= {
            f"{name}.{column['name']}": column["comment"] for name in metadata.tables for column in found.get_columns(name)
        }
    engine.dispose()
    modelled = {name: table.comment for name, table in metadata.tables.items()}
    modelled |= {str(column): column.comment for table in metadata.tables.values() for column in table.columns}
    assert stored == modelled


def test_every_table_and_column_has_a_comment() -> None:
    missing = [table.name for table in metadata.tables.values() if not table.comment]
    missing += [str(column) for table in metadata.tables.values() for column in table.columns if not column.comment]
    assert missing == []


def test_the_numbers_of_the_files_are_the_revisions_that_alembic_sees() -> None:
    configuration = Config()
    configuration.set_main_option("script_location", str(schema.migrations_folder()))
    configuration.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(configuration)
    assert script.get_heads() == [schema.head_revision()]
    assert sorted(found.revision for found in script.walk_revisions()) == schema.revisions()


def test_migrations_import_nothing_of_the_program() -> None:
    files = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    imports = re.compile(r"^\s*(from|import) etl\b", re.MULTILINE)
    assert (len(files) > 0, [file.name for file in files if imports.search(file.read_text("utf-8"))]) == (True, [])


def test_an_older_database_is_brought_up_to_date_and_keeps_its_rows(database: Engine, later: Path) -> None:
    load(database, article())
    schema.ensure_current(database)
    assert schema.current_revision(database) == "9999"
    assert rows(database, "SELECT count(*) FROM articles, extra") == [(1,)]


def test_before_an_upgrade_a_copy_of_the_file_is_kept(sqlite_database: Engine, later: Path) -> None:
    load(sqlite_database, article())
    schema.ensure_current(sqlite_database)
    copy = sqlite3.connect(f"{sqlite_database.url.database}.before-9999")
    assert copy.execute("SELECT count(*), (SELECT version_num FROM alembic_version) FROM articles").fetchall() == [
        (1, schema.revisions()[-2])
    ]
    copy.close()


def test_a_new_file_is_not_copied(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'news.db'}")
    schema.ensure_current(engine)
    engine.dispose()
    assert [path.name for path in tmp_path.iterdir()] == ["news.db"]


def test_a_migration_that_fails_is_taken_back_and_can_be_run_again(database: Engine, later: Path) -> None:
    load(database, article())
    whole = later.read_text()
    later.write_text(whole.replace("    pass", '    op.execute("INSERT INTO nowhere VALUES (1)")'))
    with pytest.raises(DatabaseError, match="the migration failed and was taken back; the data is as before"):
        schema.ensure_current(database)
    assert ("extra" in tables(database), schema.current_revision(database)) == (False, schema.revisions()[-2])
    later.write_text(whole)
    schema.ensure_current(database)
    assert rows(database, "SELECT count(*) FROM articles, extra") == [(1,)]


def test_a_newer_database_is_refused_and_left_alone(database: Engine) -> None:
    with writing(database) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(
        SchemaTooNew, match=r"its schema has revision 9999, this news-etl \(.*\) knows up to .*; use a newer news-etl"
    ):
        schema.ensure_current(database)
    assert schema.current_revision(database) == "9999"


def test_a_database_with_tables_of_others_is_refused(empty_database: Engine) -> None:
    with writing(empty_database) as connection:
        connection.execute(text("CREATE TABLE articles (id INTEGER)"))
    with pytest.raises(
        DatabaseError, match=r"there are tables here that news-etl did not make \(articles\); use another database"
    ):
        schema.ensure_current(empty_database)
    assert tables(empty_database) == {"articles"}


def test_processes_that_start_at_once_on_a_new_database_all_succeed(databases: Databases) -> None:
    url = databases.empty()
    script = "import sys; from etl.load.engine import *; from etl.load.schema import *; ensure_current(open_engine(sys.argv[1]))"
    started = [subprocess.Popen([sys.executable, "-c", script, url], stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 3
    engine = open_engine(url)
    assert schema.current_revision(engine) == schema.head_revision()
    engine.dispose()


def test_the_command_alembic_works_at_the_root(sqlite_files: SqliteFiles) -> None:
    url = sqlite_files.empty()
    commands = ["upgrade head", "check", "downgrade base", "upgrade head"]
    script = f"from alembic.config import main\nfor line in {commands}: main(line.split())"
    environment = os.environ | {"NEWS_ETL_DATABASE": url}
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    engine = open_engine(url)
    assert schema.current_revision(engine) == schema.head_revision()
    engine.dispose()
