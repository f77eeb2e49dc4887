"""Alembic's environment: on the connection that `etl.load.schema` hands over; for the command `alembic` on one of its own."""

from __future__ import annotations

import os

from alembic import context
from sqlalchemy import Connection

from etl.load.columns import for_migrations
from etl.load.engine import open_engine, shown, writing
from etl.load.models import metadata as metadata  # makes the models known
from etl.load.schema import is_modelled


def run(connection: Connection) -> None:
    """Run the migrations inside the connection's transaction: all of them or none."""
    context.configure(
        connection=connection,
        target_metadata=for_migrations(),
        render_as_batch=connection.dialect.name == "sqlite",
        include_name=is_modelled,  # type: ignore[arg-type]  # Alembic names the kinds as literals
        compare_type=True,
        compare_server_default=True,
        transaction_per_migration=False,
    )
    context.run_migrations()


def run_alone() -> None:
    """The command `alembic`: the database is named by NEWS_ETL_DATABASE."""
    engine = open_engine(os.environ.get("NEWS_ETL_DATABASE", "sqlite:///news.db"))
    context.config.print_stdout("database: %s", shown(engine.url))
    with writing(engine) as connection:
        run(connection)
    engine.dispose()


if context.is_offline_mode():
    raise SystemExit("Offline mode is not supported: the migrations look at the database they change.")
if (given := context.config.attributes.get("connection")) is not None:
    run(given)
else:
    run_alone()
