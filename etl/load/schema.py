"""The schema's revision: what it is, what it should be, and bringing it there by the migrations in `migrations/`.

Alembic is imported only when there is something to migrate: asking for the revision is part of every start.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

import etl
from etl.errors import DatabaseError, SchemaTooNew
from etl.load.engine import reading, shown, writing

if TYPE_CHECKING:
    from alembic.config import Config

log = logging.getLogger(__name__)

_VERSION = "alembic_version"  # the table
_REVISION_FILE = re.compile(r"(\d{4})_\w+\.py")  # 0001_initial.py


def ensure_current(engine: Engine) -> None:
    """Bring a fresh or older database up to date. Raises SchemaTooNew for one that a newer news-etl made."""
    if current_revision(engine) != head_revision():
        upgrade(engine)


def current_revision(engine: Engine) -> str | None:
    """The database's revision; None where it has no schema yet."""
    with reading(engine) as connection:
        return _revision(connection)


def head_revision() -> str:
    """The newest revision that this program knows."""
    return revisions()[-1]


def revisions() -> list[str]:
    """The revisions that this program knows, oldest first: the numbers of the files in `migrations/versions`."""
    names = (path.name for path in (migrations_folder() / "versions").iterdir())
    return sorted(match[1] for name in names if (match := _REVISION_FILE.fullmatch(name)))


def is_modelled(name: str | None, kind: str, parents: Mapping[str, str | None] = MappingProxyType({})) -> bool:
    """Whether Alembic is to compare a thing with the models: the full-text index is another one on each database, and in none."""
    table = parents.get("table_name") or name or ""
    return not table.startswith("article_search")


def migrations_folder() -> Path:
    """Where the migrations are: inside the installed package, or at the top of the repository."""
    package = Path(etl.__file__).parent
    installed = package / "_migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


def upgrade(engine: Engine, *, at_once: bool = True) -> None:
    """Run the migrations that the database lacks: all of them, or, when one fails, none.

    A new SQLite file gets what they make at once (`SNAPSHOT`), unless told otherwise. Of several processes that start at once one
    migrates, the others wait and find it done. A SQLite file with data in it is first copied to `FILE.before-REVISION`, beside
    it.
    """
    with writing(engine) as connection:
        found = _revision(connection)
        if found == head_revision():
            return
        _check_known(engine, connection, found)
        if found is not None and engine.dialect.name == "sqlite":
            _back_up(engine, f"before-{head_revision()}")
        if at_once and engine.dialect.name == "sqlite" and not inspect(connection).has_table(_VERSION):
            _make_new(connection)
        if _revision(connection) != head_revision():
            _migrate(connection, "upgrade", "head")
        log.info("%s: schema brought from revision %s to %s", shown(engine.url), found or "none", head_revision())


def downgrade(engine: Engine, revision: str) -> None:
    """Take migrations back, down to a revision (`base`: all of them). What only the newer schema can hold is lost."""
    with writing(engine) as connection:
        _check_known(engine, connection, _revision(connection))
        if engine.dialect.name == "sqlite":
            _back_up(engine, "before-downgrade")
        _migrate(connection, "downgrade", revision)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _check_known(engine: Engine, connection: Connection, found: str | None) -> None:
    if found is not None and found not in revisions():
        known = f"this news-etl ({etl.__version__}) knows up to {head_revision()}"
        raise SchemaTooNew(shown(engine.url), f"its schema has revision {found}, {known}; use a newer news-etl")
    if found is None and (foreign := {"articles", "pages", "load_runs"} & set(inspect(connection).get_table_names())):
        listed = ", ".join(sorted(foreign))
        raise DatabaseError(
            shown(engine.url), f"there are tables here that news-etl did not make ({listed}); use another database"
        )


def _make_new(connection: Connection) -> None:
    """Give an empty SQLite file the schema of the snapshot. The migrations, one after the other, would take a sixth of the time
    in which one page is loaded, most of it to import Alembic."""
    for statement in (migrations_folder() / SNAPSHOT).read_text("utf-8").split(END):
        if statement:
            connection.exec_driver_sql(statement)


SNAPSHOT = "new.sqlite.sql"
"""What the migrations make of a new SQLite file, as text in their folder: `python -m tests.snapshot` writes it, a test compares
it with them. Migrations that are newer than it run after it."""
END = ";\n\n"
"""Of a statement in it: none has an empty line inside."""


def _back_up(engine: Engine, suffix: str) -> None:
    """Copy the file by SQLite's own backup, which knows of the write-ahead log; whole under its name, or not there at all."""
    database = engine.url.database
    if not database or database == ":memory:":
        return
    copy = Path(f"{database}.{suffix}")
    unfinished = copy.with_name(copy.name + ".part")
    unfinished.unlink(missing_ok=True)
    source, target = sqlite3.connect(database), sqlite3.connect(unfinished)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()
    unfinished.replace(copy)
    log.info("%s: kept a copy at %s", shown(engine.url), copy)


def _migrate(connection: Connection, direction: str, revision: str) -> None:
    from alembic import command

    run: Any = getattr(command, direction)
    if connection.dialect.name == "sqlite":
        # Batch operations drop and make tables anew; what refers to them is checked when the transaction ends.
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    try:
        run(_configuration(connection), revision)
    except SQLAlchemyError as error:
        raise DatabaseError(
            shown(connection.engine.url), f"the migration failed and was taken back; the data is as before ({error})"
        ) from error


def _configuration(connection: Connection) -> Config:
    from alembic.config import Config

    configuration = Config()
    configuration.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    configuration.attributes["connection"] = connection
    return configuration
