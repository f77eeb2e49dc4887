"""`python -m tests.snapshot`: write what the migrations make of a new SQLite file (`schema.SNAPSHOT`)."""

from __future__ import annotations

from sqlalchemy import Connection

from etl.load import schema
from etl.load.engine import open_engine, reading


def migrated() -> str:
    """The text of a database that every migration made, one after the other."""
    engine = open_engine("sqlite://")
    schema.upgrade(engine, at_once=False)
    with reading(engine) as connection:
        return statements(connection)


def statements(connection: Connection) -> str:
    """The text that makes an empty SQLite database like this one: what is declared, then the rows, of which there are few."""
    made = list(connection.exec_driver_sql(f"SELECT sql FROM {_MADE} ORDER BY type = 'view', type = 'trigger', rowid").scalars())
    settings = connection.exec_driver_sql("SELECT k, v FROM article_search_config WHERE k <> 'version' ORDER BY k")
    made += [f"INSERT INTO article_search (article_search, rank) VALUES ('{name}', {value})" for name, value in settings]
    for table in connection.exec_driver_sql(
        f"SELECT name FROM {_MADE} AND type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
    ).scalars():
        columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
        quoted = " || ', ' || ".join(f'quote("{column}")' for column in columns)
        rows = connection.exec_driver_sql(f"SELECT {quoted} FROM {table} ORDER BY 1").scalars()
        made += [f"INSERT INTO {table} VALUES ({row})" for row in rows]
    return "".join(f"{statement}{schema.END}" for statement in made)


# All but what is made by itself: indexes of constraints, tables of the full-text index.
_MADE = r"sqlite_schema WHERE sql IS NOT NULL AND NOT (type = 'table' AND name LIKE 'article\_search\_%' ESCAPE '\')"


if __name__ == "__main__":
    (schema.migrations_folder() / schema.SNAPSHOT).write_text(migrated(), "utf-8")
